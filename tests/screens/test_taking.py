"""Material coming in: nothing enters unseen, and what was understood can be mended before it does."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest
from textual.events import Paste

from pmfacil.columns import ColumnMemory
from pmfacil.core.agenda import Step
from pmfacil.core.model import EntryKind
from pmfacil.intake.material import read_paste
from pmfacil.screens.aids import Aids
from pmfacil.screens.dialogs.pick import PickScreen
from pmfacil.screens.dialogs.preview import PreviewScreen
from pmfacil.screens.taking import TakingScreen
from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line
from tests.hostile import HOSTILE
from tests.rest import quiet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pmfacil.intake.block import Block
    from pmfacil.intake.sources import Told
    from tests.driving import Facilitator

CHAT = "on-call  2:05 PM\np99 alert fires\nsupport  2:12 PM\nfirst tickets\nthree by now\nThanks all\n"
LIST = "- 23:50 alert fires\n- 00:10 rolled back\nSome words about it\n"


@pytest.fixture
async def timeline(somebody: Facilitator) -> Facilitator:
    await somebody.go(Step.TIMELINE)
    return somebody


def _preview(somebody: Facilitator) -> PreviewScreen:
    screen = somebody.app.screen
    assert isinstance(screen, PreviewScreen)
    return screen


def _lines(somebody: Facilitator) -> list[str]:
    return _preview(somebody).query_one(Ledger).said.splitlines()


def _head(somebody: Facilitator) -> str:
    return _preview(somebody).query_one("#preview-head", Line).said


def _taken(somebody: Facilitator) -> list[tuple[str, str]]:
    entries = somebody.screen.post_mortem.entries
    return [(f"{one.at:%d %H:%M}" if one.at else "?", one.text) for one in entries]


async def _bring_in(somebody: Facilitator, path: Path) -> None:
    screen = somebody.screen
    assert isinstance(screen, TakingScreen)
    screen.bring_in(path)
    await somebody.pilot.pause()


async def test_a_pasted_chat_is_seen_first_and_one_undo_takes_it_back(timeline: Facilitator) -> None:
    await timeline.paste(CHAT)
    assert _head(timeline) == "2 entries to take in, from the paste. Is this what it says?"
    assert timeline.app.screen_stack[0].query_one(CaptureLine).value == ""
    await timeline.press("enter")
    assert _taken(timeline) == [("12 14:05", "p99 alert fires"), ("12 14:12", "first tickets three by now Thanks all")]
    assert timeline.said("echo") == "2 entries taken in. ^Z takes them back."
    await timeline.press("ctrl+z")
    assert _taken(timeline) == []


async def test_leaving_the_preview_takes_nothing(timeline: Facilitator) -> None:
    await timeline.paste(CHAT)
    await timeline.press("escape")
    assert _taken(timeline) == []
    assert timeline.said("echo") == "Nothing was taken in."


async def test_what_is_there_already_is_not_taken_twice(timeline: Facilitator) -> None:
    await timeline.paste(CHAT)
    await timeline.press("enter")
    await timeline.paste(CHAT)
    assert _head(timeline).startswith("0 entries")
    assert sum("already there" in line for line in _lines(timeline)) == 2
    await timeline.press("enter")
    assert len(_taken(timeline)) == 2
    assert timeline.said("echo") == "There was nothing new in it."


async def test_a_line_can_be_left_out_joined_or_made_an_entry(timeline: Facilitator) -> None:
    await timeline.paste(LIST)
    await timeline.press("space")  # the first can only be an entry or none
    assert _head(timeline).startswith("1 entry ")
    await timeline.press("space", "down", "space")  # words of the entry above
    assert _head(timeline).startswith("1 entry ")
    await timeline.press("down", "space", "space", "enter")
    assert _taken(timeline) == [("12 23:50", "alert fires rolled back"), ("?", "Some words about it")]


async def test_a_line_is_corrected_as_it_would_be_typed(timeline: Facilitator) -> None:
    await timeline.paste(LIST)
    await timeline.press("f2")
    capture = _preview(timeline).query_one(CaptureLine)
    assert capture.value == "2026-03-12 23:50 event alert fires"
    capture.value = "23:40 signal p99 alert fires https://x.example"
    await timeline.press("enter", "pagedown", "pageup", "down", "f2", "escape", "enter")
    (first, second) = timeline.screen.post_mortem.entries
    assert (first.text, first.kind, first.evidence) == ("p99 alert fires", EntryKind.SIGNAL, "https://x.example")
    assert f"{second.at:%d %H:%M}" == "13 00:10"


async def test_an_entry_and_those_after_it_move_to_the_other_day(timeline: Facilitator) -> None:
    await timeline.paste("- 23:50 alert fires\n- 23:55 paged\n")
    await timeline.press("down", "tab", "f5", "enter")
    assert [one[0] for one in _taken(timeline)] == ["12 23:50", "13 23:55"]
    assert timeline.screen.post_mortem.entries[1].kind is EntryKind.CHANGE


async def test_the_shift_of_a_day_can_be_taken_back(timeline: Facilitator) -> None:
    await timeline.paste("- 23:50 alert fires\n- words\n")
    await timeline.press("tab", "tab", "tab", "down", "f5", "enter")
    assert [one[0] for one in _taken(timeline)] == ["12 23:50"]


async def test_a_wordless_entry_is_not_taken(timeline: Facilitator) -> None:
    await timeline.paste("- 14:05 one\n- 14:10\n")
    assert "no words" in _lines(timeline)[-1]
    await timeline.press("enter")
    assert [one[1] for one in _taken(timeline)] == ["one"]


async def test_a_click_only_moves_the_highlight(timeline: Facilitator) -> None:
    await timeline.paste(LIST)
    await timeline.pilot.click("#lines", offset=(5, 3))
    assert _preview(timeline).query_one(Ledger).key == "2"
    assert _preview(timeline).commands


async def test_hostile_words_are_shown_as_they_were_pasted(timeline: Facilitator) -> None:
    await timeline.paste("".join(f"14:{number:02} {words}\n" for number, words in enumerate(HOSTILE.values(), 1)))
    await timeline.press("f2", "escape", "enter")
    assert len(timeline.screen.post_mortem.entries) > 1


async def test_a_pasted_table_is_read_as_one(timeline: Facilitator) -> None:
    await timeline.paste("time,message\n2026-03-12T14:05:00Z,alert fires\n2026-03-12T14:31:00Z,rolled back\n")
    assert "2 entries to take in, from CSV table" in _head(timeline)
    await timeline.press("enter")
    assert _taken(timeline) == [("12 14:05", "alert fires"), ("12 14:31", "rolled back")]


async def test_a_file_comes_in_and_what_was_left_out_is_said(timeline: Facilitator, tmp_path: Path) -> None:
    path = tmp_path / "alerts.csv"
    path.write_text("time,text\n2026-03-12T14:05:00Z,alert fires\nsoon,rolled back\n")
    await _bring_in(timeline, path)
    assert "“soon” is no time" in _preview(timeline).query_one("#preview-note", Line).said
    await timeline.press("enter")
    assert _taken(timeline) == [("12 14:05", "alert fires")]


async def test_a_file_that_says_nothing_is_refused_in_a_sentence(timeline: Facilitator, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("only words\n")
    await _bring_in(timeline, path)
    assert timeline.said("echo").startswith("Nothing in notes.txt says when something happened.")
    await _bring_in(timeline, tmp_path / "gone.txt")
    assert "gone.txt cannot be read" in timeline.said("echo")


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Reading goes on once this is set."""
    go_on = Event()

    def read(text: str, **named: Told) -> Block:
        assert go_on.wait(10)
        return read_paste(text, **named)

    monkeypatch.setattr("pmfacil.screens.taking.read_paste", read)
    yield go_on
    go_on.set()


async def test_the_room_types_on_while_a_paste_is_read(timeline: Facilitator, slowly: Event) -> None:
    timeline.screen.capture.post_message(Paste(CHAT))
    await quiet()
    assert timeline.said("echo") == "Reading it … Go on meanwhile."
    await timeline.app._press_keys([*"half", "space", "a"])
    await quiet()
    assert timeline.typed == "half a"
    slowly.set()
    await timeline.pilot.pause()
    assert len(_lines(timeline)) > 1
    await timeline.press("escape")
    assert timeline.typed == "half a"


async def test_a_paste_that_was_read_meanwhile_waits_for_the_room_to_come_back(
    timeline: Facilitator, slowly: Event
) -> None:
    for text in (CHAT, LIST):
        timeline.screen.capture.post_message(Paste(text))
    await quiet()
    timeline.screen.action_go("causes")
    await quiet()
    slowly.set()
    await timeline.pilot.pause()
    assert timeline.screen.STEP is Step.CAUSES
    timeline.screen.action_go("timeline")
    await timeline.pilot.pause()
    first = _lines(timeline)
    await timeline.press("escape")
    assert _lines(timeline) != first
    await timeline.press("escape")
    assert timeline.screen.STEP is Step.TIMELINE


async def test_the_picker_opens_and_can_be_left(timeline: Facilitator) -> None:
    await timeline.press("shift+f3")
    assert type(timeline.app.screen).__name__ == "FileOpen"
    await timeline.press("escape")
    assert timeline.screen.STEP is Step.TIMELINE


ODD = "Uhrzeit,Was,Wer\n2026-03-12T14:05:00Z,Alarm,Ana\n"


async def test_columns_are_asked_for_once_and_can_be_asked_for_again(timeline: Facilitator, tmp_path: Path) -> None:
    path = tmp_path / "tabelle.csv"
    path.write_text(ODD)
    await _bring_in(timeline, path)
    assert isinstance(timeline.app.screen, PickScreen)
    await timeline.press("enter")
    await timeline.press("down", "down", "enter")  # the wrong one: who
    assert _lines(timeline)[-1].endswith("Ana")
    await timeline.press("f7")
    await timeline.press("enter")
    await timeline.press("down", "enter")
    assert _lines(timeline)[-1].endswith("Alarm")
    await timeline.press("enter")
    assert _taken(timeline) == [("12 14:05", "Alarm")]
    path.write_text(ODD.replace("Alarm", "Entwarnung"))
    await _bring_in(timeline, path)
    assert _lines(timeline)[-1].endswith("Entwarnung")


@pytest.mark.parametrize("keys", [["escape"], ["enter", "escape"]])
async def test_asking_for_columns_can_be_left(timeline: Facilitator, tmp_path: Path, keys: list[str]) -> None:
    path = tmp_path / "tabelle.csv"
    path.write_text(ODD)
    await _bring_in(timeline, path)
    for key in keys:
        await timeline.press(key)
    assert timeline.screen.STEP is Step.TIMELINE
    assert _taken(timeline) == []


async def test_a_disk_that_refuses_to_remember_does_not_stop_the_meeting(
    timeline: Facilitator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    screen = timeline.screen
    assert isinstance(screen, TakingScreen)
    refusing = ColumnMemory(tmp_path / "file" / "columns.json")
    monkeypatch.setattr(screen, "aids", Aids(columns=refusing))
    path = tmp_path / "tabelle.csv"
    path.write_text(ODD)
    await _bring_in(timeline, path)
    await timeline.press("enter")
    await timeline.press("down", "enter")
    assert _lines(timeline)[-1].endswith("Alarm")
    assert "was not written" in timeline.app.screen_stack[0].query_one("#echo", Line).said
