"""What surrounds the meeting, as pictures: the follow-up, what earlier rooms promised, who got the report."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmfacil.app import PmFacilApp
from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.ending import ActionId
from pmfacil.core.facts import Facts
from pmfacil.core.kind import Kind
from pmfacil.core.model import ActionState
from pmfacil.screens.messages import FollowUpRequested, OpenRequested
from tests.driving import Facilitator, until_measured
from tests.meetings import settle_something

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library
    from tests.clock import FakeClock

    Story = Callable[[Facilitator, Library, FakeClock], Awaitable[None]]

SIZES = [(80, 24), (120, 36)]
TODAY = date(2026, 3, 12)


def _earlier(library: Library) -> Facilitation:
    service = library.open(library.begin("Checkout outage", Kind.INCIDENT, date(2026, 2, 19)))
    settle_something(service)
    service.do(verbs.state_facts, Facts(team="payments", tags=("checkout",)))
    causes = service.snapshot.post_mortem.settlements[0].causes
    for key, text, owner, days in (
        ("a", "Release checkout to one region first, the others an hour later", "Ana Ruiz", -3),
        ("b", "Cap the retries of checkout at three", "Ben Okoro", -1),
        ("c", "Test the failover runbook in the staging area, with somebody who has never done it", "Chidi Obi", 5),
        ("d", "Page support when the error rate is over 1 % for five minutes", "", 12),
    ):
        action = ActionId(key)
        due = TODAY + timedelta(days=days)
        service.do(verbs.agree_action, action, text, causes, owner=owner, due=due, done_when="a release waits an hour")
    service.do(verbs.move_action, ActionId("b"), ActionState.DONE, "", service.now())
    service.do(verbs.move_action, ActionId("c"), ActionState.BLOCKED, "the staging area is being moved", service.now())
    service.do(verbs.plan_follow_up, TODAY, date(2026, 2, 19))
    service.do(verbs.close_meeting, service.now())
    return service


async def _follow(somebody: Facilitator, library: Library) -> None:
    one = _earlier(library).snapshot.post_mortem.id
    somebody.app.post_message(FollowUpRequested(one))
    await somebody.pilot.pause()


async def follow_up(somebody: Facilitator, library: Library, clock: FakeClock) -> None:
    """Some answers are given, one asks for its effect, one is late."""
    await _follow(somebody, library)
    await somebody.line("Two releases waited an hour, one was stopped https://deploys.example/4.14")
    await somebody.press("f5", "f4", *"Billing retries as often", "enter")
    clock.advance(minutes=4, seconds=30)
    somebody.app.beat()


async def follow_up_ends(somebody: Facilitator, library: Library, clock: FakeClock) -> None:
    """The end asks whether to look once more."""
    await _follow(somebody, library)
    await somebody.press("f5", "ctrl+n")


async def follow_up_in_the_report(somebody: Facilitator, library: Library, clock: FakeClock) -> None:
    """The report carries what was found."""
    await _follow(somebody, library)
    await somebody.line("Two releases waited an hour")
    await somebody.press("f5", "f7", "ctrl+n", "enter")
    await until_measured(somebody.pilot)
    await somebody.press(*["pagedown"] * 6)


async def promised_before(somebody: Facilitator, library: Library, clock: FakeClock) -> None:
    """The opening shows what the same team promised earlier and has not done yet."""
    _earlier(library)
    new = library.begin("Checkout slow again", Kind.INCIDENT, date(2026, 3, 11))
    library.open(new).do(verbs.state_facts, Facts(team="payments"))
    somebody.app.post_message(OpenRequested(new, live=True))
    await somebody.pilot.pause()
    await somebody.line("Ana Ruiz, on-call")
    await somebody.press("end", "pagedown", "pagedown")


async def close_shared(somebody: Facilitator, library: Library, clock: FakeClock) -> None:
    """Readers one after the other, and the record of who got the report."""
    new = library.begin("Checkout slow again", Kind.INCIDENT, date(2026, 3, 11))
    somebody.app.post_message(OpenRequested(new, live=True))
    await somebody.pilot.pause()
    await somebody.go(Step.CLOSE)
    await somebody.lines("Ben Okoro", "support")
    await somebody.press("up")
    await somebody.lines("payments team")
    await somebody.press("f7", "enter")


STORIES = [follow_up, follow_up_ends, follow_up_in_the_report, promised_before, close_shared]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_around_the_meeting(
    story: Story,
    size: tuple[int, int],
    library: Library,
    clock: FakeClock,
    snap_compare: Callable[..., bool],
) -> None:
    async def play(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await story(Facilitator(pilot), library, clock)
        await until_measured(pilot)

    app = PmFacilApp(library, Path("reports"))
    assert snap_compare(app, terminal_size=size, run_before=play)
