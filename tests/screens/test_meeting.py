"""The live screens under somebody's hands: what keys and lines do, and that no words are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.app import PmFacilApp
from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.errors import NotKept
from pmfacil.core.gate import settlement_standing
from pmfacil.core.model import Mark
from pmfacil.screens.actions import ActionsScreen
from pmfacil.screens.causes import CausesScreen
from pmfacil.screens.dialogs.help import HelpScreen
from pmfacil.screens.dialogs.pick import PickScreen
from pmfacil.screens.report import ReportScreen
from pmfacil.screens.step import StepScreen
from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.drawn import Drawn
from tests.driving import Facilitator
from tests.hostile import HOSTILE
from tests.meetings import settle_something
from tests.painted import both_ways, watch_paints

if TYPE_CHECKING:
    from pathlib import Path

    from tests.clock import FakeClock


async def _settle(somebody: Facilitator) -> None:
    settle_something(somebody.screen.service)
    somebody.screen.snapshot = somebody.screen.service.snapshot
    await somebody.pilot.pause()


# -- capture --------------------------------------------------------------------------------------------


async def test_words_typed_after_enter_begin_a_new_line(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.press(*"one", "enter", *"two", "enter", *"thr")
    assert [entry.text for entry in somebody.screen.post_mortem.entries] == ["one", "two"]
    assert somebody.typed == "thr"


async def test_refused_words_come_back_before_what_was_typed_since(somebody: Facilitator) -> None:
    await somebody.go(Step.ACTIONS)
    await somebody.write("Stage every release")
    capture = somebody.screen.capture
    capture.put("")
    capture.put(" and more")
    somebody.screen._take("Stage every release")
    assert somebody.typed == "Stage every release and more"
    assert "Actions open when the causes are settled" in somebody.said("echo")


async def test_a_full_disk_keeps_the_words_on_the_screen(
    somebody: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    await somebody.go(Step.TIMELINE)

    def refuse(*_: object) -> int:
        sentence = "The disk is full."
        raise NotKept(sentence)

    repository = somebody.screen.service._repository
    monkeypatch.setattr(repository, "save", refuse)
    monkeypatch.setattr(repository, "keep_draft", refuse)
    await somebody.line("14:05 alert fires")
    assert somebody.typed == "14:05 alert fires"
    assert somebody.said("echo") == "The disk is full."
    somebody.screen.keep_draft()
    assert somebody.said("echo") == "The disk is full."
    monkeypatch.undo()
    await somebody.press("enter")
    assert [entry.text for entry in somebody.screen.post_mortem.entries] == ["alert fires"]


async def test_pasted_lines_all_arrive(somebody: Facilitator) -> None:
    from textual.events import Paste

    await somebody.go(Step.CAUSES)
    somebody.screen.capture.post_message(Paste("one\r\ntwo\nthree"))
    await somebody.pilot.pause()
    assert somebody.typed == "one two three"
    somebody.screen.capture.select_all()
    somebody.screen.capture.post_message(Paste("instead"))
    await somebody.pilot.pause()
    assert somebody.typed == "instead"


async def test_half_typed_words_wait_in_their_step(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.write("14:05 sig")
    await somebody.go(Step.CAUSES)
    assert somebody.typed == ""
    await somebody.press("ctrl+g")
    assert somebody.typed == "14:05 sig"
    assert somebody.screen.service.draft(Step.TIMELINE) == "14:05 sig"


async def test_a_question_sets_words_aside_and_gives_them_back(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.line("14:05 alert")
    await somebody.write("half a tho")
    await somebody.press("f7")
    assert somebody.typed == ""
    assert somebody.said("echo").startswith("What did it look like from another seat?")
    await somebody.write("From support")
    somebody.screen.keep_draft()
    assert somebody.screen.service.draft(Step.TIMELINE) == "half a tho From support"
    await somebody.press("enter")
    assert somebody.screen.post_mortem.dissents[0].text == "From support"
    assert somebody.typed == "half a tho"
    await somebody.press("f6")
    await somebody.press("escape")
    assert somebody.typed == "half a tho"
    assert somebody.screen.post_mortem.agreement is None


async def test_an_answer_that_is_refused_stays_to_be_mended(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.press("f7", "enter")
    assert "type the second account first" in somebody.said("echo")
    await somebody.line("It began earlier")
    assert len(somebody.screen.post_mortem.dissents) == 1


async def test_undo_waits_while_words_are_half_typed(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.line("14:05 alert")
    await somebody.write("half")
    await somebody.press("ctrl+z")
    assert len(somebody.screen.post_mortem.entries) == 1
    await somebody.press("ctrl+u", "ctrl+z")
    assert somebody.screen.post_mortem.entries == ()
    await somebody.press("ctrl+z", "ctrl+z")
    assert somebody.said("echo") == "There is nothing to undo."
    await somebody.press("ctrl+y")
    assert somebody.said("echo").startswith("Done again: add an entry")


async def test_f3_parks_what_is_typed_or_begins_a_fix(somebody: Facilitator) -> None:
    await somebody.write("a canary stage")
    await somebody.press("f3")
    assert [fix.text for fix in somebody.screen.post_mortem.fixes] == ["a canary stage"]
    assert somebody.said("parked") == "1 fix parked"
    await somebody.press("f3")
    assert somebody.typed == "! "
    await somebody.press(*"two", "enter")
    assert somebody.said("parked") == "2 fixes parked"


@pytest.mark.parametrize("step", list(Step))
async def test_hostile_words_crash_no_step(somebody: Facilitator, step: Step) -> None:
    await _settle(somebody)
    await somebody.go(step)
    for words in HOSTILE.values():
        if step is Step.CLOSE:
            somebody.screen.select("field:open question")
        somebody.screen.capture.put(words.replace("\ud800", "").replace("\x00", ""))
        await somebody.press("enter")
        somebody.screen._take(f"!{words}")
    assert len(somebody.screen.post_mortem.fixes) == len(HOSTILE)
    somebody.screen.action_report()
    await somebody.pilot.pause()
    assert isinstance(somebody.app.screen, ReportScreen)
    assert somebody.app.is_running


# -- steps ------------------------------------------------------------------------------------------------


async def test_open_ticks_norms_names_people_and_scales_the_agenda(somebody: Facilitator) -> None:
    await somebody.press("enter", "enter")
    assert len(somebody.screen.post_mortem.norms_read) == 2
    await somebody.line("Ana Ruiz, on-call")
    person = somebody.screen.post_mortem.people[0]
    somebody.screen.select(f"person:{person.id}")
    await somebody.press("enter")
    assert not somebody.screen.post_mortem.people[0].present
    await somebody.press("f8")
    await somebody.line("Ana Ruiz, payments")
    assert somebody.screen.post_mortem.people[0].role == "payments"
    await somebody.press("delete")
    assert somebody.screen.post_mortem.people == ()
    await somebody.press("f8")
    assert "Highlight a person" in somebody.said("echo")
    await somebody.press("f5")
    assert sum(somebody.screen.post_mortem.boxes) == 90
    somebody.screen.select("agenda")
    await somebody.press("enter")
    assert sum(somebody.screen.post_mortem.boxes) == 60
    assert somebody.screen.service.snapshot.sitting.planned.total_seconds() == 3600


async def test_the_timeline_is_edited_starred_classified_and_deleted_in_place(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.press("f4")
    assert "Highlight an entry first" in somebody.said("echo")
    await somebody.line("14:05 alert fires")
    await somebody.press("f4", "f5", "f5", "f8")
    entry = somebody.screen.post_mortem.entries[0]
    assert (entry.starred, entry.kind.value, entry.acted_on) == (True, "signal", False)
    await somebody.press("enter")
    assert somebody.typed == "14:05 signal alert fires (not acted on)"
    await somebody.press("ctrl+u")
    await somebody.line("14:02 signal alert fires twice")
    entry = somebody.screen.post_mortem.entries[0]
    assert (entry.text, entry.starred, entry.acted_on) == ("alert fires twice", True, None)
    await somebody.press("f6", "enter")
    assert somebody.screen.post_mortem.agreement is not None
    await somebody.press("delete")
    assert somebody.screen.post_mortem.entries == ()


async def test_causes_go_deeper_line_by_line_and_branch_where_the_highlight_stands(somebody: Facilitator) -> None:
    await somebody.go(Step.CAUSES)
    for line in ("38 % of customers", "Release 4.12", "one", "two", "three"):
        await somebody.line(line)
    await somebody.press("up", "up")
    await somebody.line("branch")
    pm = somebody.screen.post_mortem
    assert (pm.impact, pm.trigger) == ("38 % of customers", "Release 4.12")
    parents = {cause.text: next((one.text for one in pm.causes if one.id == cause.parent), None) for cause in pm.causes}
    assert parents == {"one": None, "two": "one", "three": "two", "branch": "one"}
    await somebody.press("f7")
    await somebody.line("outside our control")
    assert somebody.screen.post_mortem.causes[-1].mark is Mark.STOPPED
    await somebody.press("f7")
    assert somebody.screen.post_mortem.causes[-1].mark is Mark.OPEN
    await somebody.press("enter")
    await somebody.press("ctrl+u")
    await somebody.line("another branch")
    assert somebody.screen.post_mortem.causes[-1].text == "another branch"
    await somebody.press("f5", "f5", "delete")
    assert len(somebody.screen.post_mortem.causes) == 3
    somebody.screen.select("impact")
    await somebody.press("enter", "ctrl+u")
    await somebody.line("40 % of customers")
    assert somebody.screen.post_mortem.impact == "40 % of customers"
    await somebody.press("f4")
    assert "Highlight a why first" in somebody.said("echo")
    await somebody.press("f8")
    await somebody.press("f6")
    assert "one line is still open" in somebody.said("echo")


async def test_evidence_is_picked_from_the_timeline(somebody: Facilitator) -> None:
    await _settle(somebody)
    await somebody.go(Step.CAUSES)
    somebody.screen.select(somebody.screen.post_mortem.causes[0].id)
    await somebody.press("f8")
    assert "no timeline to point at" in somebody.said("echo")
    await somebody.go(Step.TIMELINE)
    await somebody.lines("14:05 alert", "14:10 ticket")
    await somebody.go(Step.CAUSES)
    await somebody.press("f8")
    assert isinstance(somebody.app.screen, PickScreen)
    await somebody.press("down", "up", "pagedown", "enter")
    assert somebody.screen.post_mortem.causes[0].evidence == (somebody.screen.post_mortem.entries[1].id,)
    await somebody.press("f8", "pageup", "escape")
    assert len(somebody.screen.post_mortem.causes[0].evidence) == 1


async def test_what_worked_goes_into_the_highlighted_area(somebody: Facilitator) -> None:
    await somebody.go(Step.WORKED)
    await somebody.press("f4")
    assert "Highlight something that worked" in somebody.said("echo")
    await somebody.press("ctrl+n")
    assert somebody.screen.STEP is Step.WORKED
    assert "One look at detection" in somebody.said("echo")
    await somebody.press("f5")
    await somebody.line("Rolling back took four minutes")
    strength = somebody.screen.post_mortem.strengths[0]
    assert strength.area.value == "response"
    await somebody.press("f4", "enter", "ctrl+u")
    await somebody.line("Rolling back took three minutes")
    assert somebody.screen.post_mortem.strengths[0].keep
    assert somebody.screen.post_mortem.strengths[0].text == "Rolling back took three minutes"
    await somebody.press("delete")
    assert somebody.screen.post_mortem.strengths == ()


async def test_what_worked_asks_once_before_it_is_left_empty(somebody: Facilitator) -> None:
    await somebody.go(Step.WORKED)
    await somebody.press("ctrl+n", "ctrl+n")
    assert somebody.screen.STEP is Step.ACTIONS


async def test_the_locked_actions_jump_to_what_is_missing(somebody: Facilitator) -> None:
    await somebody.go(Step.CAUSES)
    await somebody.lines("impact", "trigger", "one")
    await somebody.go(Step.ACTIONS)
    assert "one line is still open" in somebody.body
    await somebody.press("enter")
    assert isinstance(somebody.app.screen, CausesScreen)
    assert somebody.screen.body.key == somebody.screen.post_mortem.causes[0].id


async def test_no_key_and_no_palette_entry_makes_an_action_behind_a_closed_gate(somebody: Facilitator) -> None:
    await somebody.go(Step.ACTIONS)
    await somebody.line("! a canary")
    offered = {command.id for command in somebody.screen.commands}
    assert offered.isdisjoint({"actions.adopt", "actions.merge", "actions.risk", "actions.drop", "actions.none"})
    fix = somebody.screen.post_mortem.fixes[0]
    somebody.screen.select(f"fix:{fix.id}")
    await somebody.press("f4", "f5", "f6", "f7", "f8", "enter")
    await somebody.press("escape")
    await somebody.line("Stage every release")
    for action in ("adopt", "merge", "risk", "drop", "no_actions"):
        await somebody.screen.run_action(action)
    assert somebody.screen.post_mortem.actions == ()


async def test_even_without_the_screens_own_guard_the_verb_refuses(
    somebody: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    await somebody.go(Step.ACTIONS)
    await somebody.line("! a canary")
    monkeypatch.setattr(ActionsScreen, "check_action", lambda *_: True)
    monkeypatch.setattr("pmfacil.screens.actions.settlement_standing", lambda _pm: object())
    somebody.screen.select(f"fix:{somebody.screen.post_mortem.fixes[0].id}")
    await somebody.line("Stage every release")
    assert "Actions open when the causes are settled" in somebody.said("echo")
    await somebody.press("ctrl+u", "f4", "enter")
    assert "Actions open when the causes are settled" in somebody.said("echo")
    assert somebody.screen.post_mortem.actions == ()


async def test_actions_are_agreed_edited_covered_and_deleted(somebody: Facilitator) -> None:
    await _settle(somebody)
    await somebody.go(Step.ACTIONS)
    await somebody.line("! a canary")
    await somebody.line("! an alert")
    await somebody.line("Stage every release @ana by +2w #prevent when: a bad build stops")
    assert somebody.said("echo").startswith("Kept: 5 of 6, tighten.")
    await somebody.line("Test it")
    assert "It still needs an owner (@name) and a date (by friday)" in somebody.said("echo")
    pm = somebody.screen.post_mortem
    somebody.screen.select(f"action:{pm.actions[1].id}")
    await somebody.press("enter", "ctrl+u")
    await somebody.line("Test it twice @ben by +1w /A")
    assert somebody.screen.post_mortem.actions[1].owner == "ben"
    somebody.screen.select(f"fix:{pm.fixes[0].id}")
    await somebody.press("f5", "enter")
    somebody.screen.select(f"fix:{pm.fixes[1].id}")
    await somebody.press("enter", "enter")
    assert len(somebody.screen.post_mortem.actions) == 3
    somebody.screen.select(f"action:{pm.actions[0].id}")
    await somebody.press("delete", "f4", "f6")
    assert somebody.said("echo").startswith("Why does the room accept this risk?")
    assert len(somebody.screen.post_mortem.actions) == 2


async def test_a_risk_is_accepted_and_no_actions_agreed_with_reasons(somebody: Facilitator) -> None:
    await _settle(somebody)
    await somebody.go(Step.ACTIONS)
    await somebody.press("f8")
    await somebody.line("A partner owns it")
    assert somebody.screen.post_mortem.no_actions_because == "A partner owns it"
    cause = somebody.screen.post_mortem.settlements[0].causes[0]
    somebody.screen.select(f"cause:{cause}")
    await somebody.press("f6")
    await somebody.line("It is rare")
    assert somebody.screen.post_mortem.accepted_risks[0].reason == "It is rare"


async def test_a_fix_cannot_be_merged_into_nothing_and_is_dropped_with_a_reason(somebody: Facilitator) -> None:
    await _settle(somebody)
    await somebody.go(Step.ACTIONS)
    await somebody.line("! a canary")
    somebody.screen.select(f"fix:{somebody.screen.post_mortem.fixes[0].id}")
    await somebody.press("f5")
    assert "no action to merge it into yet" in somebody.said("echo")
    await somebody.press("f7")
    await somebody.line("The pipeline has one now")
    assert somebody.screen.post_mortem.fixes[0].reason == "The pipeline has one now"


async def test_the_close_fills_field_by_field_and_ends_with_the_report(somebody: Facilitator) -> None:
    await _settle(somebody)
    await somebody.go(Step.CLOSE)
    for line in ("Ana", "Payments", "tomorrow"):
        await somebody.line(line)
    await somebody.press("enter")
    await somebody.line("many")
    assert "as a number" in somebody.said("echo")
    await somebody.press("ctrl+u")
    await somebody.line("7 hands")
    await somebody.line("What else depends on it?")
    closing = somebody.screen.post_mortem.closing
    assert (closing.report_owner, closing.audience, closing.learned) == ("Ana", "Payments", 7)
    assert closing.follow_up_on is not None
    assert closing.share_on is not None
    somebody.screen.select(f"question:{somebody.screen.post_mortem.questions[0].id}")
    await somebody.press("enter", "ctrl+u")
    await somebody.line("Who else depends on it?")
    await somebody.press("delete")
    assert somebody.screen.post_mortem.questions == ()
    somebody.screen.select("field:follow-up")
    await somebody.press("enter", "ctrl+u")
    await somebody.line("+9w")
    assert "two to four weeks on" in somebody.said("echo")
    await somebody.press("escape")
    for field in ("learned", "share on"):
        somebody.screen.select(f"field:{field}")
        await somebody.press("delete")
    somebody.screen.select("field:share on")
    await somebody.line("soonish")
    assert "is no day I know" in somebody.said("echo")
    await somebody.press("ctrl+u", "f6")
    assert isinstance(somebody.app.screen, ReportScreen)
    assert somebody.app.opened is not None
    assert somebody.app.opened.snapshot.sitting.clock.running_since is None
    await somebody.press("escape")
    await somebody.screen.run_action("reopen")
    assert somebody.screen.post_mortem.closing.closed_at is None


# -- time ----------------------------------------------------------------------------------------------------


async def test_the_clock_is_paused_extended_and_set_back(somebody: Facilitator, clock: FakeClock) -> None:
    await somebody.press("ctrl+t")
    assert "paused" in somebody.said("clock")
    await somebody.press("ctrl+t", "f9", "shift+f9", "ctrl+f9")
    assert somebody.screen.service.snapshot.sitting.clock.budget.total_seconds() == 600
    clock.advance(minutes=1)
    await somebody.screen.run_action("restart")
    assert somebody.screen.service.snapshot.sitting.clock.budget.total_seconds() == 300
    await somebody.screen.run_action("speed")
    assert somebody.screen.service.snapshot.sitting.rate == 1  # only a rehearsal's clock can run faster


async def test_offers_are_made_taken_and_let_go(somebody: Facilitator, clock: FakeClock) -> None:
    clock.advance(minutes=45)
    somebody.app.beat()
    assert "pmfacil was away for 45 minutes" in somebody.said("offer")
    await somebody.press("ctrl+o")
    assert somebody.said("offer") == ""
    clock.advance(minutes=30)
    somebody.app.beat()
    await somebody.press("escape")
    somebody.app.beat()
    assert "min behind" in somebody.said("offer")
    await somebody.press("escape")
    somebody.app.beat()
    assert somebody.said("offer") == ""
    await somebody.press("ctrl+o", "escape")
    await somebody.screen.run_action("replan")
    assert "shared out" in somebody.said("echo")


async def test_landing_books_part_two(somebody: Facilitator, clock: FakeClock) -> None:
    await somebody.go(Step.CAUSES)
    for _ in range(75):
        clock.advance(minutes=1)
        somebody.app.beat()
    assert "5 min left and the causes are open" in somebody.said("offer")
    await somebody.press("ctrl+o")
    await somebody.line("someday")
    assert "That is no day I know" in somebody.said("echo")
    await somebody.press("ctrl+u")
    await somebody.line("+1w")
    landing = somebody.screen.post_mortem.landing
    assert landing is not None
    assert landing.part_two_on is not None
    assert settlement_standing(somebody.screen.post_mortem) is None


async def test_the_bell_rings_once_a_warning(
    somebody: Facilitator, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(PmFacilApp, "bell", lambda _self: rung.append(1))
    for _ in range(6 * 60):
        clock.advance(seconds=1)
        somebody.app.beat()
    assert len(rung) == 4


async def test_questions_help_presenter_and_themes(somebody: Facilitator) -> None:
    first = somebody.said("question")
    await somebody.press("f2")
    assert somebody.said("question") != first
    await somebody.press("f1", "down", "pagedown")
    assert isinstance(somebody.app.screen, HelpScreen)
    await somebody.press("escape", "f12", "f12")
    await somebody.screen.run_action("theme")
    await somebody.pilot.pause()
    assert somebody.app.theme == "projector"


async def test_the_arrow_keys_move_the_highlight_and_keep_the_words(somebody: Facilitator) -> None:
    before = somebody.screen.body.key
    await somebody.write("half")
    await somebody.press("down", "pagedown", "pageup", "delete")
    assert somebody.screen.body.key == before
    assert somebody.typed == "half"
    somebody.screen.query_one(CaptureLine).cursor_position = 0
    await somebody.press("delete")
    assert somebody.typed == "alf"


async def test_a_kept_line_goes_from_the_line_into_the_list_in_one_paint(
    somebody: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 0.0005)  # so that nothing waits, and comes to be in one by that
    await somebody.go(Step.TIMELINE)
    await somebody.write("14:05 the pool ran dry")
    paints = watch_paints(somebody.app, monkeypatch)
    await somebody.press("enter")
    line = somebody.screen.capture.region.y
    first = {y: strip.text for _, y, strip in paints[0]}
    assert line in first
    assert any("the pool ran dry" in text for text in first.values())


async def test_what_another_window_does_appears_by_itself(
    somebody: Facilitator, tmp_path: Path, clock: FakeClock
) -> None:
    from pmfacil.facilitation import Facilitation
    from pmfacil.store import open_shelf
    from tests.clock import Ids

    other = open_shelf(tmp_path / "pmfacil.db")
    Facilitation(other, somebody.screen.post_mortem.id, clock, Ids("other")).do(verbs.rename, "Renamed elsewhere")
    somebody.app.beat()
    await somebody.pilot.pause()
    assert somebody.said("title").startswith("Renamed elsewhere")
    other.close()


async def test_a_click_moves_the_highlight_and_leaves_the_hands_on_the_line(somebody: Facilitator) -> None:
    await somebody.pilot.click("#body", offset=(5, 5))
    assert somebody.app.focused is somebody.screen.capture


async def test_a_window_that_shrinks_and_grows_loses_nothing(somebody: Facilitator) -> None:
    await somebody.write("half")
    await somebody.pilot.resize_terminal(20, 5)
    await somebody.pilot.pause()
    await somebody.press(*" blind")
    await somebody.pilot.resize_terminal(120, 36)
    await somebody.pilot.pause()
    await somebody.press(*" more")
    assert somebody.typed == "half blind more"
    assert "How we talk" in somebody.body


async def test_styles_are_set_once_on_a_new_screen_and_anew_on_one_that_comes_back(
    somebody: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A theme may have been chosen meanwhile; a screen that is new has been given its styles already."""
    styled: list[Step] = []
    monkeypatch.setattr(StepScreen, "update_node_styles", lambda screen, animate=True: styled.append(screen.STEP))
    await somebody.go(Step.WORKED)
    assert styled == [Step.WORKED]  # by the size of the window
    await somebody.go(Step.OPEN)
    assert styled == [Step.WORKED, Step.OPEN]


async def test_in_another_theme_every_part_of_a_meeting_looks_as_textual_would_draw_it(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.line("14:05 signal the alert fires")
    for _ in range(3):
        somebody.screen.action_theme()
        await somebody.pilot.pause()
        parts = [part for part in somebody.screen.walk_children() if isinstance(part, Drawn) and part.region]
        assert {"clock", "body", "capture", "rail-timeline"} <= {part.id for part in parts}
        for part in parts:
            mine, theirs = both_ways(part, part.outer_size.region)
            assert mine == theirs, (somebody.app.theme, part)
