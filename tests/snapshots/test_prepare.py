"""The preparation in its main states, at the two sizes that people share: as pictures, to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.core.model import Anchor
from pmfacil.widgets.rows import prepare as rows
from tests.screens.test_prepare import Preparer, Preparing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library

    Story = Callable[[Preparer], Awaitable[None]]
    Compare = Callable[..., bool]

SIZES = [(80, 24), (120, 36)]

FILLED = {
    rows.HAPPENED: "A third of checkouts failed after a release reached all regions in one step",
    f"{rows.FIELD}severity": "SEV-1",
    f"{rows.FIELD}team": "Payments",
    rows.TAGS: "checkout, release",
    f"{rows.FIELD}links": "https://tickets.example/4711",
    rows.LASTED: "42 minutes",
    f"{rows.FIELD}people_affected": "about 1,200 customers",
    f"{rows.FIELD}contacts": "38 tickets",
    f"{rows.FIELD}money": "£40k refunded, not final",
    f"{rows.MOMENT}{Anchor.IMPACT_BEGAN}": "12:58",
    f"{rows.MOMENT}{Anchor.DETECTED}": "13:05",
    f"{rows.MOMENT}{Anchor.ACKNOWLEDGED}": "~13:12",
    f"{rows.MOMENT}{Anchor.MITIGATED}": "13:31",
    f"{rows.MOMENT}{Anchor.RESOLVED}": "13:40",
    rows.MEETS: "mon 10:00",
}
PEOPLE = (
    "Ana Ruiz, on-call engineer, responder",
    "Ben Okoro, payments lead, involved",
    "Cai Lindqvist, customer care, context",
    "Dee Park, search team, outside view",
    "Eli Roth, facilitator, outside view",
)


async def _fill(somebody: Preparer) -> None:
    for key, text in FILLED.items():
        await somebody.fill(key, text)


async def _invite(somebody: Preparer, *people: str) -> None:
    await somebody.go_to(rows.SOMEBODY)
    for one in people:
        await somebody.line(one)


async def empty(somebody: Preparer) -> None:
    """Nothing is told yet, and nothing is demanded."""


async def filled(somebody: Preparer) -> None:
    """All that is known before a good meeting."""
    await _fill(somebody)
    await _invite(somebody, *PEOPLE)
    await somebody.go_to(rows.TITLE)


async def filled_below(somebody: Preparer) -> None:
    """The same, further down, with a name half typed."""
    await filled(somebody)
    await somebody.go_to(rows.SOMEBODY)
    await somebody.write("Fay Moss, network engineer, resp")


async def people_advice(somebody: Preparer) -> None:
    """A leader, a facilitator with a stake, nobody from outside."""
    await _fill(somebody)
    await _invite(
        somebody, "Ana Ruiz, on-call engineer and facilitator, involved", "Rosa Kent, director of engineering, context"
    )
    await somebody.press("up")


async def ready_below(somebody: Preparer) -> None:
    """Where the checklist is at the end of the list, it can be walked down to."""
    await people_advice(somebody)
    for _ in range(30):
        await somebody.press("down")


async def wrong_input(somebody: Preparer) -> None:
    """What cannot be read comes back with a sentence."""
    await _fill(somebody)
    await somebody.fill(rows.MEETS, "sometime soon")


async def too_late(somebody: Preparer) -> None:
    """A planned time outside the window."""
    await _fill(somebody)
    await somebody.fill(rows.MEETS, "26 march 10:00")
    await somebody.go_to(rows.MEETS)


async def edited(somebody: Preparer) -> None:
    """Words come back into the line to be edited."""
    await _fill(somebody)
    await somebody.enter(rows.HAPPENED)


STORIES = [empty, filled, filled_below, people_advice, ready_below, wrong_input, too_late, edited]


def _before(story: Story) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def run(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await story(Preparer(pilot))
        await pilot.pause()

    return run


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_preparing(
    story: Story, size: tuple[int, int], service: Facilitation, library: Library, tmp_path: Path, snap_compare: Compare
) -> None:
    app = Preparing(library, tmp_path / "reports", service)
    assert snap_compare(app, terminal_size=size, run_before=_before(story))


def test_preparing_on_a_projector(
    service: Facilitation, library: Library, tmp_path: Path, snap_compare: Compare
) -> None:
    app = Preparing(library, tmp_path / "reports", service)
    app.theme = "projector"
    assert snap_compare(app, terminal_size=(120, 36), run_before=_before(people_advice))
