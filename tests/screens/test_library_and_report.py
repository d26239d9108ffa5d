"""Home and the report: begin, open, rename, duplicate, delete, rehearse; read, mend, write."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from textual.events import ScreenResume

from pmfacil.app import PmFacilApp
from pmfacil.core.kind import Kind
from pmfacil.screens.dialogs.new import NewScreen
from pmfacil.screens.library import LibraryScreen
from pmfacil.screens.messages import LiveRequested, OpenRequested, ReportRequested, StepRequested
from pmfacil.screens.prepare import PrepareScreen
from pmfacil.screens.report import ReportScreen
from pmfacil.screens.step import StepScreen
from pmfacil.widgets.ledger import Ledger
from tests.driving import Facilitator
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from pmfacil.library import Library
    from pmfacil.store import SqlShelf


@pytest.fixture
async def home(library: Library, tmp_path: Path) -> AsyncIterator[Facilitator]:
    app = PmFacilApp(library, tmp_path / "reports", complaints=("settings.toml: theme is odd.",))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        yield Facilitator(pilot)


async def test_an_empty_library_explains_itself(home: Facilitator) -> None:
    assert "No post-mortems yet" in home.body
    await home.press("enter", "f4", "f5", "f8", "ctrl+z")
    assert "Nothing was deleted" in home.said("echo")
    await home.press("f1", "enter")


async def test_a_list_that_cannot_be_read_is_a_sentence_and_ends_nothing(home: Facilitator, shelf: SqlShelf) -> None:
    shelf._connection.execute("ALTER TABLE post_mortem RENAME TO away")
    await home.press("escape")
    home.app.screen.post_message(ScreenResume())
    await home.pilot.pause()
    assert home.said("echo").endswith("Nothing was changed; `pmfacil doctor` looks it over.")
    shelf._connection.execute("ALTER TABLE away RENAME TO post_mortem")
    await home.press("f9", "ctrl+l")
    assert "No post-mortems yet" in home.body


async def test_a_rehearsal_that_the_disk_does_not_take_is_a_sentence(home: Facilitator, shelf: SqlShelf) -> None:
    shelf._connection.execute("PRAGMA query_only = ON")
    await home.press("ctrl+r")
    assert isinstance(home.app.screen, LibraryScreen)
    assert any("was not kept" in one.message for one in home.app._notifications)


async def test_three_fields_begin_a_post_mortem(home: Facilitator, library: Library) -> None:
    await home.press("ctrl+n", *"Late migration", "enter", "ctrl+u", *"proj", "enter", *"yesterday", "enter")
    assert isinstance(home.app.screen, PrepareScreen)
    await home.press("ctrl+n")
    assert isinstance(home.app.screen, StepScreen)
    (one,) = library.summaries()
    assert (one.title, one.kind, one.occurred_on) == ("Late migration", Kind.PROJECT, date(2026, 3, 11))


async def test_a_new_post_mortem_that_is_not_ready_says_what_is_missing(home: Facilitator, library: Library) -> None:
    await home.press("ctrl+n", "up", *"soonish", "enter")
    assert home.said("new-echo") == "Give it a title: what failed, for whom?"
    await home.press(*"x", "enter", "ctrl+u", *"rumour", "enter", "enter")
    assert "That is no kind I know" in home.said("new-echo")
    await home.press("f5", "tab", "enter")
    assert "That is no day I know" in home.said("new-echo")
    await home.press("shift+tab", "escape")
    assert isinstance(home.app.screen, LibraryScreen)
    assert library.summaries() == ()


async def test_a_dialog_answers_once_however_fast_the_keys_come(home: Facilitator) -> None:
    await home.press("ctrl+n")
    dialog = home.app.screen
    assert isinstance(dialog, NewScreen)
    dialog.answer(None)
    dialog.answer(None)
    await home.pilot.pause()
    assert isinstance(home.app.screen, LibraryScreen)


async def test_typing_narrows_the_list_and_enter_opens(home: Facilitator, library: Library) -> None:
    for title in ("Checkout outage", "Late migration"):
        library.begin(title, Kind.INCIDENT, None)
    home.app.screen.post_message(LiveRequested())
    await home.press(*"migr")
    assert "Checkout" not in home.body
    await home.press("escape")
    assert "Checkout" in home.body
    await home.press("down", "up", "pagedown", "pageup")
    await home.press(*"migr", "enter")
    assert home.said("title") == "Prepare · Late migration"
    await home.press("ctrl+l")
    assert isinstance(home.app.screen, LibraryScreen)


async def test_rename_duplicate_delete_and_bring_back(home: Facilitator, library: Library) -> None:
    library.begin("Checkout outage", Kind.INCIDENT, None)
    await home.press("x", "backspace", "f4", "ctrl+u", "enter")
    assert "type the title first" in home.said("echo")
    await home.press(*"Payment outage", "enter")
    assert [one.title for one in library.summaries()] == ["Payment outage"]
    await home.press("f5")
    assert len(library.summaries()) == 2
    await home.press("delete", "escape")
    assert len(library.summaries()) == 2
    await home.press("f8", "enter")
    assert [one.title for one in library.summaries()] == ["Payment outage"]
    await home.press("ctrl+z")
    assert home.said("echo") == "It is back."
    assert len(library.summaries()) == 2


async def test_one_key_begins_a_rehearsal_whose_clock_can_run_faster(home: Facilitator) -> None:
    await home.press("ctrl+r")
    for speed in ("10 times", "60 times", "real time"):
        await home.press("shift+f12")
        assert speed in home.said("echo")
    await home.press("ctrl+r")
    assert home.typed == "Hub operator, operations"
    await home.press("ctrl+r")
    assert "Enter keeps this line first" in home.said("echo")
    await home.press("enter")
    for _ in range(4):
        await home.press("ctrl+r", "enter")
    await home.press("ctrl+r")
    assert "The room has said what it has to say here" in home.said("echo")


async def test_the_worked_example_opens_on_its_report(home: Facilitator) -> None:
    await home.app.screen.run_action("worked")
    await home.pilot.pause()
    assert isinstance(home.app.screen, ReportScreen)
    await home.press("escape")
    step = home.screen.STEP
    await home.press("ctrl+g")
    assert home.screen.STEP is not step
    assert home.screen.service.snapshot.sitting.clock.running_since is None


async def test_another_post_mortem_takes_the_place_of_the_open_one(home: Facilitator, library: Library) -> None:
    first, second = (library.begin(title, Kind.OTHER, None) for title in ("first", "second"))
    for one in (first, second, first):
        home.app.post_message(OpenRequested(one))
        await home.pilot.pause()
    assert home.said("title") == "Prepare · first"


async def test_what_is_gone_cannot_be_opened_and_nothing_breaks(home: Facilitator, library: Library) -> None:
    new = library.begin("first", Kind.OTHER, None)
    library.delete(new)
    home.app.post_message(OpenRequested(new))
    home.app.post_message(ReportRequested())
    from pmfacil.core.agenda import Step

    home.app.post_message(StepRequested(Step.OPEN))
    await home.pilot.pause()
    assert isinstance(home.app.screen, LibraryScreen)


async def _report(home: Facilitator, library: Library, title: str = "Checkout outage") -> None:
    home.app.post_message(OpenRequested(library.begin(title, Kind.INCIDENT, date(2026, 3, 12))))
    await home.pilot.pause()
    await home.press("ctrl+s")


async def test_the_report_is_read_mended_and_written(home: Facilitator, library: Library, tmp_path: Path) -> None:
    await _report(home, library)
    assert "Before it goes out" in home.body
    await home.press("down", "pagedown", "up", "f1", "escape")
    await home.press("f5")
    await home.line("In our own words.")
    assert "In our own words." in home.body
    await home.press("ctrl+z", "ctrl+y", "f6")
    assert len(list((tmp_path / "reports").iterdir())) == 4
    await home.press("f7", "escape")
    await home.press("f7", "ctrl+u", "enter")
    await home.line(str(tmp_path / "elsewhere"))
    assert len(list((tmp_path / "elsewhere").iterdir())) == 4
    await home.press("x", "enter")
    await home.press("ctrl+l")
    assert isinstance(home.app.screen, LibraryScreen)


async def test_a_folder_that_cannot_be_written_keeps_what_was_typed(
    home: Facilitator, library: Library, tmp_path: Path
) -> None:
    await _report(home, library)
    (tmp_path / "file").write_text("x")
    await home.press("f7", "ctrl+u")
    await home.line(str(tmp_path / "file" / "deeper"))
    assert "was not written" in home.said("echo")
    assert home.typed == str(tmp_path / "file" / "deeper")


async def test_hostile_titles_crash_neither_home_nor_report(home: Facilitator, library: Library) -> None:
    for words in HOSTILE.values():
        library.begin(words, Kind.INCIDENT, None)
    home.app.post_message(OpenRequested(library.summaries()[0].id))
    await home.pilot.pause()
    await home.press("ctrl+s", "ctrl+l")
    assert isinstance(home.app.screen, LibraryScreen)
    for _ in HOSTILE:
        await home.press("f8", "escape", "down")
    await home.press("f4", "escape", "ctrl+p", "escape")
    assert home.app.is_running


@pytest.mark.parametrize("keys", [["a"], ["enter"], ["f4"], ["f5"], ["f7"], ["f8"]])
async def test_no_key_of_the_library_ends_the_app_where_the_file_cannot_be_read(
    home: Facilitator, library: Library, shelf: SqlShelf, keys: list[str]
) -> None:
    library.begin("Checkout outage", Kind.INCIDENT, None)
    await home.press("f9", "ctrl+l")
    shelf._connection.execute("ALTER TABLE post_mortem RENAME TO away")
    await home.press(*keys)
    assert "cannot be read" in home.said("echo") + "".join(one.message for one in home.app._notifications)


async def test_a_highlight_told_of_after_the_list_emptied_is_let_be(home: Facilitator) -> None:
    body = home.app.screen.query_one("#body", Ledger)
    assert body.keys == ()
    body.post_message(Ledger.Highlighted(body, "gone"))
    await home.pilot.pause()
    assert home.app.is_running
