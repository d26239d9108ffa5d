"""Ways to look at a timeline: moments, radar, one entry's point of view, clocks, filters, jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.core.agenda import Step
from pmfacil.core.model import Anchor, EntryKind
from pmfacil.screens.dialogs.pick import PickScreen
from pmfacil.screens.viewing import ViewingScreen
from pmfacil.widgets.ledger import Ledger

if TYPE_CHECKING:
    from tests.driving import Facilitator

STORY = (
    "2026-03-12 13:58 change Release 4.12 reaches all regions #impact",
    "14:05 signal p99 alert fires #detected",
    "14:31 decision Roll back rather than scale out",
    "14:48 recovery Error rate back under 1 % #resolved",
    "2026-03-13 09:00 communication All-clear mail goes out",
)


@pytest.fixture
async def timeline(somebody: Facilitator) -> Facilitator:
    await somebody.go(Step.TIMELINE)
    await somebody.lines(*STORY)
    return somebody


def _view(somebody: Facilitator) -> ViewingScreen:
    screen = somebody.screen
    assert isinstance(screen, ViewingScreen)
    return screen


def _here(somebody: Facilitator) -> str:
    screen = somebody.screen
    return next(one.text for one in screen.post_mortem.entries if one.id == screen.body.key)


async def _find(somebody: Facilitator, words: str) -> None:
    await somebody.press("ctrl+f")
    await somebody.line(words)


async def test_one_press_of_an_arrow_is_one_row(timeline: Facilitator) -> None:
    await timeline.press("up")
    assert _here(timeline).startswith("Error rate")
    await timeline.press("up")
    assert _here(timeline).startswith("Roll back")


async def test_moments_are_typed_picked_taken_back_and_ruled_out(timeline: Facilitator) -> None:
    marked = {one.anchor: one.entry for one in timeline.screen.post_mortem.anchors}
    assert set(marked) == {Anchor.IMPACT_BEGAN, Anchor.DETECTED, Anchor.RESOLVED}
    await _find(timeline, "14:31")
    await timeline.press("shift+f5")
    assert isinstance(timeline.app.screen, PickScreen)
    await timeline.press("down", "down", "down", "enter")
    entry = next(one for one in timeline.screen.post_mortem.entries if one.text.startswith("Roll back"))
    assert timeline.screen.post_mortem.anchors[-1].anchor is Anchor.MITIGATED
    assert timeline.screen.post_mortem.anchors[-1].entry == entry.id
    assert "mitigated" in timeline.body
    await timeline.press("f17", "down", "down", "down", "enter")  # f17 is what most terminals send for shift+f5
    assert Anchor.MITIGATED not in {one.anchor for one in timeline.screen.post_mortem.anchors}
    await timeline.press("shift+f5", "pagedown", "enter")
    assert timeline.screen.post_mortem.anchors[-1].entry is None
    await timeline.press("shift+f5", "escape")
    assert timeline.screen.STEP is Step.TIMELINE


async def test_an_edit_may_say_which_moment_it_is(timeline: Facilitator) -> None:
    await _find(timeline, "14:31")
    await timeline.press("enter")
    await timeline.line(f"{timeline.typed} #mitigated")
    assert timeline.screen.post_mortem.anchors[-1].anchor is Anchor.MITIGATED


async def test_the_radar_stands_beside_the_list_and_leads_to_what_it_asks_about(timeline: Facilitator) -> None:
    aside = timeline.screen.query_one("#aside", Ledger)
    assert "resolve      50 minutes" in aside.said
    assert "acknowledge  pending" in aside.said
    await timeline.press("up", "up", "f10", "enter")  # to where the longest silence ended
    assert _here(timeline).startswith("All-clear")
    await timeline.press("f20", "escape")
    assert timeline.screen.STEP is Step.TIMELINE


async def test_an_empty_timeline_has_no_radar_and_nothing_to_stand_at(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.press("f10")
    assert somebody.said("echo") == "There is nothing to look over yet."
    await somebody.press("shift+f2")
    assert "Highlight the entry to stand at first" in somebody.said("echo")
    for key in ("f4", "f5", "f8", "shift+f5"):
        await somebody.press(key)
        assert somebody.said("echo") == "Highlight an entry first, with the arrow keys."
    await somebody.press("ctrl+down")
    await _find(somebody, "14:05")
    assert somebody.said("echo") == "No entry has “14:05”."


async def test_standing_at_a_moment_covers_what_came_later(timeline: Facilitator) -> None:
    await _find(timeline, "14:05")
    await timeline.press("shift+f2")
    assert "Roll back" not in timeline.body
    assert "3 later entries are covered" in timeline.body
    assert timeline.said("question") == "What did you know here?"
    await timeline.write("nothing unusual on the graph")
    assert timeline.said("echo") == "what was known then"
    await timeline.press("enter")
    await timeline.line("we expected a quiet day")
    assert timeline.screen.post_mortem.entries[1].known == "nothing unusual on the graph; we expected a quiet day"
    await timeline.press("down")
    assert _here(timeline).startswith("Roll back")
    assert "2 later entries are covered" in timeline.body
    await timeline.press("pagedown", "down", "down", "down")
    assert "Nothing came later." in timeline.body
    await timeline.press("escape")
    assert "covered" not in timeline.body
    await timeline.press("shift+f2", "shift+f2")
    assert _view(timeline).standing is None


async def test_the_entry_one_stands_at_may_go(timeline: Facilitator) -> None:
    await _find(timeline, "14:05")
    await timeline.press("shift+f2")
    await timeline.press("delete")
    assert _view(timeline).standing is None
    assert "Roll back" in timeline.body


async def test_times_are_shown_on_three_clocks(timeline: Facilitator) -> None:
    zone = timeline.screen.post_mortem.zone
    await timeline.press("shift+f6")
    assert timeline.said("echo") == "Times in UTC."
    await timeline.press("f18")
    assert timeline.said("echo") == f"{zone}, then UTC."
    assert "14:05 14:05Z" in timeline.body
    await timeline.press("shift+f6")
    assert timeline.said("echo") == f"Times in {zone}."


@pytest.mark.parametrize(
    ("words", "there"),
    [("14:10", "Roll back"), ("13 march", "All-clear"), ("2026-03-12", "Release"), ("23:59", "All-clear")],
)
async def test_a_time_or_a_day_is_jumped_to(timeline: Facilitator, words: str, there: str) -> None:
    await _find(timeline, words)
    assert _here(timeline).startswith(there)


async def test_some_entries_can_be_shown_alone(timeline: Facilitator) -> None:
    await _find(timeline, "signal")
    assert "Only “signal”: 1 of 5 entries" in timeline.body
    await timeline.line("15:10 A new event")  # what is typed is seen, whatever was shown
    assert "Only" not in timeline.body
    await timeline.press("f4")
    await _find(timeline, "starred")
    assert "Only “starred”: 1 of 6 entries" in timeline.body
    await timeline.press("escape")
    assert "Only" not in timeline.body
    await _find(timeline, "nobody wrote this")
    assert timeline.said("echo") == "No entry has “nobody wrote this”."
    await _find(timeline, "mail")
    await _find(timeline, "")
    assert "Only" not in timeline.body
    await timeline.press("ctrl+f", "escape")
    assert timeline.typed == ""


async def test_days_are_walked_through(timeline: Facilitator) -> None:
    await timeline.press("ctrl+up")
    assert _here(timeline).startswith("Release")
    await timeline.press("ctrl+up", "ctrl+down")
    assert _here(timeline).startswith("All-clear")


async def test_one_key_flips_the_day_and_the_kind_of_what_is_typed(timeline: Facilitator) -> None:
    await timeline.write("0:20 alert is quiet")
    assert "13 March 00:20" in timeline.said("echo")
    await timeline.press("tab")
    assert "14 March 00:20" in timeline.said("echo")
    await timeline.press("tab")
    assert "13 March 00:20" in timeline.said("echo")
    await timeline.press("f5")
    assert "change" in timeline.said("echo")
    await timeline.press("enter")
    entry = next(one for one in timeline.screen.post_mortem.entries if one.text == "alert is quiet")
    assert (f"{entry.at:%d %H:%M}", entry.kind) == ("13 00:20", EntryKind.CHANGE)
    await timeline.write("no time here")
    await timeline.press("tab")
    assert timeline.typed == "no time here"
