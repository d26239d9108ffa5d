"""The board in its main states, at the two sizes that people share: as pictures, to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.app import PmFacilApp
from pmfacil.widgets.glyphs import ASCII
from tests.boards import well_filled
from tests.driving import Facilitator, make_app

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from pmfacil.library import Library
    from tests.clock import FakeClock

    Story = Callable[[Facilitator], Awaitable[None]]
    Compare = Callable[..., bool]

SIZES = [(80, 24), (120, 36)]


async def pressing(somebody: Facilitator) -> None:
    """Every section, the first action marked, the highlight on the second."""
    await somebody.press("f4")


async def further_down(somebody: Facilitator) -> None:
    """The end of the list: without a date, later."""
    await somebody.press("pagedown", "pagedown")


async def owners(somebody: Facilitator) -> None:
    """By owner, in the order of the alphabet."""
    await somebody.press("tab")


async def post_mortems(somebody: Facilitator) -> None:
    """By post-mortem, most overdue first."""
    await somebody.press("tab", "tab")


async def one_owner(somebody: Facilitator) -> None:
    """Narrowed to one owner, after a change that can be taken back."""
    await somebody.press("tab", "down", "enter", "f5")


async def blocked(somebody: Facilitator) -> None:
    """Why is it blocked? The reason is being typed."""
    await somebody.press("f7", *"no licence")


async def wrong_date(somebody: Facilitator) -> None:
    """A day that is none: the sentence, and the words."""
    await somebody.press("f9", *"soonish", "enter")


async def nothing_fits(somebody: Facilitator) -> None:
    """Words that no action has."""
    await somebody.press(*"zebra")


def _after(story: Story | None) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def run(pilot: Pilot[None]) -> None:
        await pilot.pause()
        somebody = Facilitator(pilot)
        await somebody.press("f6")
        if story is not None:
            await story(somebody)
        await pilot.pause()

    return run


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
@pytest.mark.parametrize(
    "story", [pressing, owners, post_mortems, blocked, wrong_date], ids=lambda story: story.__name__
)
def test_filled(
    story: Story, size: tuple[int, int], library: Library, clock: FakeClock, tmp_path: Path, snap_compare: Compare
) -> None:
    well_filled(library, clock)
    assert snap_compare(make_app(library, tmp_path), terminal_size=size, run_before=_after(story))


@pytest.mark.parametrize("story", [further_down, one_owner, nothing_fits], ids=lambda story: story.__name__)
def test_small(story: Story, library: Library, clock: FakeClock, tmp_path: Path, snap_compare: Compare) -> None:
    well_filled(library, clock)
    assert snap_compare(make_app(library, tmp_path), terminal_size=(80, 24), run_before=_after(story))


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
def test_empty(size: tuple[int, int], library: Library, tmp_path: Path, snap_compare: Compare) -> None:
    assert snap_compare(make_app(library, tmp_path), terminal_size=size, run_before=_after(None))


def test_projector(library: Library, clock: FakeClock, tmp_path: Path, snap_compare: Compare) -> None:
    well_filled(library, clock)
    app = make_app(library, tmp_path, theme="projector")
    assert snap_compare(app, terminal_size=(120, 36), run_before=_after(pressing))


def test_signs_in_ascii(library: Library, clock: FakeClock, tmp_path: Path, snap_compare: Compare) -> None:
    well_filled(library, clock)
    app = PmFacilApp(library, tmp_path, glyphs=ASCII)
    assert snap_compare(app, terminal_size=(80, 24), run_before=_after(owners))
