"""The coach: what was kept may be put better; nothing waits for it, and nothing keeps what was taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pmfacil.app import PmFacilApp
from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.ending import ActionId
from pmfacil.core.guide import Prompt
from pmfacil.core.kind import Kind
from pmfacil.core.model import ActionState
from pmfacil.past import Past
from pmfacil.screens.aids import Aids
from pmfacil.screens.dialogs.pick import PickScreen
from pmfacil.store.errors import CannotRead
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line
from pmfacil.wording.lexicon import BUILT_IN, extended
from tests.driving import Facilitator
from tests.meetings import settle_something

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library
    from pmfacil.past import PastCause
    from tests.clock import FakeClock


def _offer(somebody: Facilitator) -> str:
    line = somebody.app.screen.query_one("#offer", Line)
    return line.said if line.display else ""


def _beside(somebody: Facilitator) -> str:
    return somebody.screen.query_one("#aside", Ledger).said


# -- wording -------------------------------------------------------------------------------------------


async def test_blame_is_kept_at_once_and_a_question_is_asked(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.line("14:05 On-call failed to notice the alert")
    assert [one.text for one in somebody.screen.post_mortem.entries] == ["On-call failed to notice the alert"]
    assert _offer(somebody).startswith("Reframe? What was competing for attention")
    assert "^O rewords it · Esc leaves it" in _offer(somebody)
    somebody.app.beat()
    assert _offer(somebody)


async def test_words_put_in_another_way_take_the_place_of_the_first(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.line("14:05 signal On-call failed to notice the alert https://x.example")
    await somebody.press("ctrl+o")
    assert somebody.typed == "On-call failed to notice the alert"
    await somebody.line("The alert came among 140 others")
    (entry,) = somebody.screen.post_mortem.entries
    assert (entry.text, entry.kind.value, entry.evidence) == (
        "The alert came among 140 others", "signal", "https://x.example",
    )  # fmt: skip
    assert _offer(somebody) == ""
    await somebody.press("ctrl+z")
    assert somebody.screen.post_mortem.entries == (), "one undo takes the line and its rewording back"


async def test_a_second_wording_that_blames_is_asked_about_too(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.line("It was human error")
    await somebody.press("ctrl+o")
    await somebody.line("It was a careless rollout")
    assert _offer(somebody).startswith("Reframe?")
    await somebody.press("ctrl+o")
    await somebody.press("escape")
    assert somebody.screen.post_mortem.entries[0].text == "It was a careless rollout"


async def test_a_sentence_that_can_do_without_the_word_is_offered_without_it(somebody: Facilitator) -> None:
    await somebody.go(Step.CAUSES)
    await somebody.line("The table was accidentally deleted")
    assert _offer(somebody).startswith("Reframe? The table was deleted")
    await somebody.press("ctrl+o")
    assert somebody.screen.post_mortem.impact == "The table was deleted"


async def test_leaving_it_leaves_it_and_any_other_change_ends_the_offer(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.line("14:05 It was human error")
    await somebody.press("escape")
    assert _offer(somebody) == ""
    await somebody.line("14:06 It was human error again")
    await somebody.press("f4")
    somebody.app.beat()
    assert _offer(somebody) == ""
    await somebody.line("14:07 All was quiet")
    assert _offer(somebody) == ""


async def test_a_light_word_is_only_a_question_in_passing(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.line("14:05 It was a one-off")
    assert somebody.said("echo") == "What else had to be true?"
    assert _offer(somebody) == ""


async def test_an_edit_is_looked_over_and_dates_and_owners_are_not(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.line("14:05 All was quiet")
    await somebody.press("enter")
    await somebody.line("14:05 All was quiet, they should have tested it")
    assert _offer(somebody).startswith("Reframe?")
    await somebody.go(Step.WORKED)
    await somebody.line("Luckily nobody was careless: the team was not lazy, our mistake")
    assert _offer(somebody).startswith("Reframe?")
    await somebody.press("ctrl+o")
    await somebody.line("The graph showed it in two minutes")
    assert somebody.screen.post_mortem.strengths[0].text == "The graph showed it in two minutes"
    await somebody.go(Step.OPEN)
    await somebody.line("Careless Ops, human error")
    assert _offer(somebody) == ""


async def test_nothing_that_was_taken_back_is_left_in_the_file(
    somebody: Facilitator, library: Library, tmp_path: Path
) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.write("14:05 Ravi carelessly broke the zebra")
    somebody.screen.keep_draft()
    await somebody.press("enter")
    await somebody.press("ctrl+o")
    await somebody.line("One step reached every zebra")
    somebody.screen.keep_draft()
    library._shelf.close()  # type: ignore[attr-defined]  # the fixture's own store
    written = b"".join(path.read_bytes() for path in tmp_path.glob("pmfacil.db*"))  # noqa: ASYNC240 - after all is done
    assert b"One step reached every zebra" in written
    for trace in (b"carelessly", b"Ravi", b"reframe", b"strong", b"blame"):
        assert trace not in written, trace


async def test_a_team_has_its_own_words_and_questions(begun: Facilitation, library: Library, tmp_path: Path) -> None:
    aids = Aids(
        lexicon=extended(BUILT_IN, {"blame": ["muppetry"]}),
        prompts={Step.TIMELINE: (Prompt("What did the night shift see?"),)},
    )
    app = PmFacilApp(library, tmp_path, start=begun.snapshot.post_mortem.id, live=True, aids=lambda: aids)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        somebody = Facilitator(pilot)
        await somebody.go(Step.TIMELINE)
        assert somebody.said("question") == "What did the night shift see?"
        await somebody.line("14:05 Pure muppetry")
        assert _offer(somebody).startswith("Reframe?")


async def test_an_entry_that_ends_a_silence_is_asked_about(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.line("14:05 alert fires")
    await somebody.line("14:31 rolled back")
    assert somebody.said("echo") == "26 minutes with nothing recorded before this. What happened in between?"


# -- causes --------------------------------------------------------------------------------------------


async def _whys(somebody: Facilitator, *lines: str) -> None:
    await somebody.go(Step.CAUSES)
    await somebody.lines("Checkout failed for 52 minutes", "Release 4.12", *lines)


async def test_a_fix_that_was_not_there_is_parked_and_asked_about(somebody: Facilitator) -> None:
    await _whys(somebody)
    await somebody.line("There was no canary stage")
    assert "That names what was not there." in _offer(somebody)
    assert "parks “" in _offer(somebody)
    await somebody.press("ctrl+o")
    (fix,) = somebody.screen.post_mortem.fixes
    assert "canary" in fix.text
    await somebody.line("The pipeline sends a build to every region in one step")
    assert somebody.screen.post_mortem.causes[0].text == "The pipeline sends a build to every region in one step"
    assert somebody.screen.post_mortem.actions == (), "parked, and no door past the gate"


async def test_an_answer_that_says_the_same_again_is_pointed_out(somebody: Facilitator) -> None:
    await _whys(somebody, "The currency table allows an empty minor unit")
    await somebody.line("An empty minor unit is allowed by the currency tables")
    assert _offer(somebody).startswith("That says the same again: “The currency table allows")
    await somebody.press("ctrl+o")
    await somebody.line("Imports from partners skip the check")
    assert somebody.screen.post_mortem.causes[-1].text == "Imports from partners skip the check"
    assert _offer(somebody) == ""


async def test_rewording_a_why_is_looked_over(somebody: Facilitator) -> None:
    await _whys(somebody, "The table allows an empty unit")
    await somebody.press("enter")
    await somebody.line("Human error")
    assert _offer(somebody).startswith("Reframe?")


async def test_what_was_found_and_promised_before_stands_beside(
    library: Library, begun: Facilitation, tmp_path: Path
) -> None:
    earlier = library.open(library.begin("Payments outage", Kind.INCIDENT, date(2026, 1, 5)))
    settle_something(earlier)
    cause = earlier.snapshot.post_mortem.settlements[-1].causes[0]
    earlier.do(verbs.reword_cause, cause, "The staged pipeline is switched off for hot fixes")
    earlier.do(verbs.agree_action, ActionId("a1"), "Stage hot fixes too", (cause,), owner="Ana")
    app = PmFacilApp(library, tmp_path, start=begun.snapshot.post_mortem.id, live=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        somebody = Facilitator(pilot)
        await _whys(somebody)
        await somebody.line("Hot fixes switch the staged pipeline off")
        assert (
            somebody.said("echo")
            == "“Stage hot fixes too” was promised in January 2026, not done. What stood in its way?"
        )
        assert "The staged pipeline is switched off for hot fixes  · Payments outage  · January 2026" in _beside(
            somebody
        )
        await somebody.press("f10")
        assert isinstance(somebody.app.screen, PickScreen)
        await somebody.press("escape")


async def test_a_past_that_cannot_be_read_does_not_stop_the_room(
    library: Library, begun: Facilitation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> tuple[PastCause, ...]:
        what = "The past"
        raise CannotRead(what, ValueError("damaged"))

    monkeypatch.setattr(library, "past", lambda _but: Past(refuse))
    app = PmFacilApp(library, tmp_path, start=begun.snapshot.post_mortem.id, live=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        somebody = Facilitator(pilot)
        settle_something(somebody.screen.service)
        await somebody.go(Step.CAUSES)
        await somebody.lines("Partners skip the check")
        assert len(somebody.screen.post_mortem.causes) == 6
        somebody.screen.action_undo()
        await somebody.go(Step.ACTIONS)
        await somebody.line("Require a minor unit in partner imports @ben by 2026-04-01")
        assert somebody.said("echo").startswith("Kept: ")


async def test_sides_nobody_looked_at_and_causes_without_a_record_are_asked_about(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.line("14:05 alert fires")
    await _whys(somebody, "The cache was cold", "The pipeline ran twice", "The code takes both")
    await somebody.press("f5")
    assert "Not looked at yet?" in _beside(somebody)
    assert "people, communication, process, environment" in _beside(somebody)
    assert "Which entry shows it?" in _beside(somebody)
    await somebody.press("f10", "enter")
    assert somebody.screen.body.key == somebody.screen.post_mortem.causes[-1].id


async def test_one_line_that_goes_deep_alone_is_asked_for_a_branch(somebody: Facilitator) -> None:
    await _whys(somebody, "The cache was cold", "The pipeline ran twice", "The code takes both")
    await somebody.line("Nothing counts the runs")
    assert somebody.said("echo") == "One line goes four whys deep, and stands alone. What else had to be true?"


# -- actions -------------------------------------------------------------------------------------------


@pytest.fixture
async def actions(somebody: Facilitator) -> Facilitator:
    settle_something(somebody.screen.service)
    await somebody.line("Ana Ruiz, on-call")
    await somebody.go(Step.ACTIONS)
    return somebody


async def test_an_action_is_kept_graded_and_sharpened(actions: Facilitator) -> None:
    await actions.line("improve monitoring")
    assert actions.said("echo").startswith("Kept: 2 of 6, not yet an action.") or "of 6, not yet" in actions.said(
        "echo"
    )
    assert "an owner (@name) and a date (by friday)" in actions.said("echo")
    assert "not yet an action" in _beside(actions)
    await actions.press("enter")
    await actions.line(
        "Add an alert on p99 > 500 ms for checkout @ana by 2026-04-02 #detect when: it fires in the game day"
    )
    (action,) = actions.screen.post_mortem.actions
    assert action.owner == "Ana Ruiz", "an owner that only one of the room can be"
    assert actions.said("echo").startswith("Kept: 6 of 6, ready.")
    assert "prevent 0 · detect 1 · mitigate 0" in actions.body
    assert "Causes and actions" in _beside(actions)


async def test_what_care_is_asked_for_is_asked_about(actions: Facilitator) -> None:
    await actions.line("Be more careful with the console @ana by 2026-04-02")
    assert _offer(actions).startswith("Reframe? What would make care unnecessary here?")
    await actions.press("ctrl+o")
    await actions.line("Colour the production console red")
    (action,) = actions.screen.post_mortem.actions
    assert (action.text, action.owner) == ("Colour the production console red", "Ana Ruiz")


async def test_a_type_is_guessed_while_typing_and_names_are_completed(actions: Facilitator) -> None:
    await actions.write("Add an alert on queue depth above 500")
    assert actions.said("echo").endswith("#detect?")
    await actions.press(*" @an")
    await actions.pilot.pause()
    await actions.press("right")
    assert actions.typed == "Add an alert on queue depth above 500 @ana"


async def test_the_same_promise_made_before_is_told(library: Library, begun: Facilitation, tmp_path: Path) -> None:
    earlier = library.open(library.begin("Payments outage", Kind.INCIDENT, date(2026, 1, 5)))
    settle_something(earlier)
    cause = earlier.snapshot.post_mortem.settlements[-1].causes[0]
    earlier.do(verbs.agree_action, ActionId("a1"), "Stage all hot fixes in one region first", (cause,), owner="Ana")
    service = begun
    settle_something(service)
    app = PmFacilApp(library, tmp_path, start=begun.snapshot.post_mortem.id, live=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        somebody = Facilitator(pilot)
        await somebody.go(Step.ACTIONS)
        await somebody.line("Stage hot fixes in one region first @ben by 2026-04-01")
        assert "was promised in January 2026, not done. What stopped it?" in somebody.said("echo")


async def test_the_coach_shows_accepted_risks_and_too_many_actions(actions: Facilitator, clock: FakeClock) -> None:
    await actions.press("f10")
    assert actions.said("echo") == "There is nothing to look over yet."
    for number in range(6):
        await actions.lines(f"Add a limit of {number + 2} retries to the client @ana by 2026-04-02 #mitigate")
    assert "6 actions. Which would we really do?" in _beside(actions)
    assert "mitigate 6" in _beside(actions)
    service = actions.screen.service
    first = service.snapshot.post_mortem.actions[0]
    assert first.state is ActionState.AGREED
