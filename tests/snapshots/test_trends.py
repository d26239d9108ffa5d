"""The page of trends as pictures: empty and full, at the two sizes that people share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.widgets.glyphs import ASCII
from tests.screens.test_trends import Host, empty, sample

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    Compare = Callable[..., bool]

SIZES = [(80, 24), (120, 36)]


def _after(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def run(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()

    return run


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
@pytest.mark.parametrize("pages", [0, 1, 2, 3])
def test_full(pages: int, size: tuple[int, int], tmp_path: Path, snap_compare: Compare) -> None:
    assert snap_compare(Host(sample, tmp_path), terminal_size=size, run_before=_after(*["pagedown"] * pages))


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
def test_empty(size: tuple[int, int], tmp_path: Path, snap_compare: Compare) -> None:
    assert snap_compare(Host(empty, tmp_path), terminal_size=size, run_before=_after())


@pytest.mark.parametrize("theme", ["projector", "terminal"])
def test_theme(theme: str, tmp_path: Path, snap_compare: Compare) -> None:
    host = Host(sample, tmp_path, theme=theme)
    assert snap_compare(host, terminal_size=(120, 36), run_before=_after("f5"))


def test_signs_in_ascii(tmp_path: Path, snap_compare: Compare) -> None:
    assert snap_compare(Host(sample, tmp_path, glyphs=ASCII), terminal_size=(80, 24), run_before=_after())
