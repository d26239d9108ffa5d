"""One incident from the first fact to the effect that was seen: prepared, met about, closed, followed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmfacil.core.agenda import Step
from pmfacil.core.model import ActionState, PostMortemId
from pmfacil.core.stage import Stage
from pmfacil.screens.following import FollowUpScreen
from pmfacil.screens.prepare import PrepareScreen
from pmfacil.screens.report import ReportScreen
from tests.driving import Facilitator, make_app
from tests.meetings import settle_something

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.library import Library
    from tests.clock import FakeClock


async def test_an_incident_is_prepared_met_about_closed_and_followed_up(
    library: Library, clock: FakeClock, tmp_path: Path
) -> None:
    reports = tmp_path / "reports"
    app = make_app(library, reports)
    async with app.run_test(size=(120, 36)) as pilot:
        somebody = Facilitator(pilot)
        await _prepare(somebody)
        one = library.summaries()[0].id
        assert library.summaries()[0].stage is Stage.PREPARING
        await somebody.press("ctrl+n")
        await _meet(somebody)
        await _close(somebody)
        assert isinstance(app.screen, ReportScreen)
        await somebody.press("ctrl+l")
        assert "follow-up Thu 2 Apr" in somebody.body

        clock.advance(minutes=21 * 24 * 60)
        await somebody.press("f6", "escape")  # to the board and home again
        assert somebody.said("motto") == "1 follow-up is due (F7), 2 actions are overdue (F6)"
        await _follow_up(somebody)
        assert isinstance(app.screen, ReportScreen)
        await somebody.press("f6")

    _check_what_came_of_it(library, one, reports)


async def _prepare(somebody: Facilitator) -> None:
    await somebody.press("ctrl+n", *"Checkout outage", "enter", "enter", *"yesterday", "enter")
    assert isinstance(somebody.app.screen, PrepareScreen)
    await somebody.line("Checkout answered with errors in two regions")


async def _meet(somebody: Facilitator) -> None:
    assert somebody.screen.STEP is Step.OPEN
    await somebody.lines("Ana Ruiz, on-call", "Ben Okoro, payments")
    await somebody.go(Step.TIMELINE)
    await somebody.lines("13:58 change Checkout 4.12 reaches all regions", "14:05 signal p99 alert fires")
    await somebody.go(Step.CAUSES)
    await somebody.press("down", "down")
    service = somebody.screen.service
    settle_something(service)
    await somebody.go(Step.ACTIONS)
    await somebody.lines(
        "release checkout to one region first @Ana by +2w #prevent done when: a release waits an hour",
        "cap the retries of checkout at three @Ben by +2w #mitigate done when: load test shows three",
    )
    assert len(service.snapshot.post_mortem.actions) == 2


async def _close(somebody: Facilitator) -> None:
    await somebody.go(Step.CLOSE)
    await somebody.press("enter", "enter")
    await somebody.line("Ben")
    await somebody.line("support, payments team")
    await somebody.line("tomorrow")
    await somebody.press("enter")
    await somebody.press("f7", "enter")
    assert "Kept." in somebody.said("echo")
    await somebody.press("f6")


async def _follow_up(somebody: Facilitator) -> None:
    await somebody.press("f7")
    assert isinstance(somebody.app.screen, FollowUpScreen)
    await somebody.line("Two releases waited an hour, one was stopped")
    await somebody.press("f5")
    await somebody.press("f8")
    await somebody.line("the client retries no more since 4.14")
    assert somebody.said("ends") == "all answered"
    await somebody.press("ctrl+n", "enter")


def _check_what_came_of_it(library: Library, one: PostMortemId, reports: Path) -> None:
    pm = library.open(one).snapshot.post_mortem
    assert [action.state for action in pm.actions] == [ActionState.VERIFIED, ActionState.DROPPED]
    assert pm.sharings[0].text == "support, payments team"
    assert pm.closing.follow_up_on is None
    assert library.due().follow_ups == ()
    (report,) = reports.glob("*.md")
    text = report.read_text(encoding="utf-8")
    for words in (
        "Checkout answered with errors in two regions",
        "## Follow-up result",
        "effect seen",
        "Two releases waited an hour",
        "the client retries no more since 4.14",
        "Sent on 12 March 2026",
    ):
        assert words in text, words
