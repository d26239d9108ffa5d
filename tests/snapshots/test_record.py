"""The library with what is due, search, and a written post-mortem: as pictures, to be looked at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from pmfacil.app import PmFacilApp
from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.ending import ActionId
from pmfacil.core.facts import Facts
from pmfacil.core.kind import Kind
from pmfacil.core.model import Entry, EntryId
from pmfacil.widgets.glyphs import ASCII
from tests.driving import Facilitator
from tests.meetings import settle_something

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from pmfacil.library import Library
    from tests.clock import FakeClock

    Story = Callable[[Facilitator], Awaitable[None]]
    Compare = Callable[..., bool]

SIZES = [(80, 24), (120, 36)]

WRITTEN = """\
# Confirmation mail arrived a day late

Date: 2025-11-03

## Summary

On a Monday morning the relay held back 40,000 confirmation mails for eleven hours. Customers wrote to support, and
some ordered twice. Nothing was lost.

## Timeline

| Time | What happened |
|---|---|
| 06:10 | A new relay is put in front of the mail queue |
| 07:45 | The queue passes 10,000 messages; nobody is paged |
| 11:20 | Support asks whether mail is down |
| 17:05 | The relay's limit is raised and the queue drains |

## Root causes

- The relay drops connections over its limit without saying so, and its default of twenty was taken over unseen
- The alert on the length of the queue had been switched off for a load test in spring

## Action items

- [x] Page on-call when the queue is longer than 5,000 for ten minutes (operations)
- [ ] Check limits of a new part against yesterday's peak before it carries traffic (platform)

## Notes

The relay was chosen for its price. Its manual names the limit on page 212.
"""


def fill(library: Library, clock: FakeClock) -> None:
    """Post-mortems at every stage, with promises that are late, and two that were written elsewhere."""
    today = date(2026, 3, 12)
    for title, kind, day, team in (
        ("Checkout refuses cards in two regions", Kind.INCIDENT, date(2026, 2, 9), "payments"),
        (
            "The relay between warehouse and shop stood still over a whole weekend",
            Kind.INCIDENT,
            date(2026, 2, 16),
            "shop",
        ),
    ):
        service = library.open(library.begin(title, kind, day))
        settle_something(service)
        service.do(verbs.state_facts, Facts(happened="Orders waited at the relay.", team=team, tags=("queue",)))
        service.do(verbs.record_entry, Entry(EntryId("e1"), "The relay refuses connections, and its queue grows"))
        cause = service.snapshot.post_mortem.settlements[-1].causes[0]
        service.do(verbs.reword_cause, cause, "Limits of the relay are read by nobody before a release")
        late = today - timedelta(days=3)
        service.do(
            verbs.agree_action, ActionId("a1"), "Alert on the queue of the relay", (cause,), owner="Ana", due=late
        )
        service.do(verbs.agree_action, ActionId("a2"), "Rehearse a relay that stops", (cause,), owner="Ben")
        service.do(verbs.plan_follow_up, day + timedelta(weeks=3), day)
        service.do(verbs.close_meeting, clock())
    live = library.open(library.begin("Late migration of the ledger", Kind.DEADLINE, date(2026, 3, 6)))
    live.steer(lambda sitting: sitting.enter(Step.OPEN, clock()))
    library.begin("Search returns yesterday's prices", Kind.INCIDENT, date(2026, 3, 11))
    library.archive.take_in(WRITTEN, "2025-11-03-mail.md")
    library.archive.take_in("# A queue of printers\n\nThe relay in the cellar was wet.\n", "printers.md")


async def due(somebody: Facilitator) -> None:
    """What is due greets; every stage has its line."""


async def found(somebody: Facilitator) -> None:
    """Two words: titles, places, what was meant in another weight."""
    await somebody.write("relay queue")
    await somebody.press("down")


async def nothing(somebody: Facilitator) -> None:
    """Nothing fits."""
    await somebody.write("relay zeppelin owner:ana")


async def wrong_filter(somebody: Facilitator) -> None:
    """The list stays; a sentence says what the filter could be."""
    await somebody.write("relay")
    await somebody.write("relay state:zz")


async def more_than_fits(somebody: Facilitator) -> None:
    """More than are shown, and more than the screen holds."""
    library = somebody.app._library
    for number in range(60):
        library.begin(f"Checkout outage {number + 1}", Kind.INCIDENT, date(2025, 1, 1) + timedelta(days=number))
    await somebody.write("outage kind:incident")
    await somebody.press("pagedown")


async def taking_in(somebody: Facilitator) -> None:
    """Where are the ones that were written before?"""
    await somebody.press("f3")


async def record(somebody: Facilitator) -> None:
    """A written post-mortem, opened where the words were found."""
    await somebody.write("drains")
    await somebody.press("down", "enter")


STORIES = [due, found, nothing, wrong_filter, more_than_fits, taking_in, record]


def _before(story: Story) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def run(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await story(Facilitator(pilot))
        await pilot.pause()

    return run


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_screen(
    story: Story, size: tuple[int, int], library: Library, clock: FakeClock, tmp_path: Path, snap_compare: Compare
) -> None:
    fill(library, clock)
    assert snap_compare(PmFacilApp(library, tmp_path / "reports"), terminal_size=size, run_before=_before(story))


@pytest.mark.parametrize("story", [found, record], ids=lambda story: story.__name__)
def test_projector(story: Story, library: Library, clock: FakeClock, tmp_path: Path, snap_compare: Compare) -> None:
    fill(library, clock)
    app = PmFacilApp(library, tmp_path / "reports", theme="projector")
    assert snap_compare(app, terminal_size=(120, 36), run_before=_before(story))


def test_signs_in_ascii(library: Library, clock: FakeClock, tmp_path: Path, snap_compare: Compare) -> None:
    fill(library, clock)
    app = PmFacilApp(library, tmp_path / "reports", glyphs=ASCII)
    assert snap_compare(app, terminal_size=(80, 24), run_before=_before(found))
