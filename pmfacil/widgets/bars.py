"""Bars out of blocks, lying and standing; the number always stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from pmfacil.widgets.plain import joined, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmfacil.widgets.glyphs import Glyphs

BAR: Final = "$primary"


def bar(value: int, most: int, width: int, glyphs: Glyphs, *, style: str = BAR) -> Content:
    """Return a bar that is `width` cells long for `most`; what is more than nothing is seen.

    It fills the lower half of its line, so that bars on lines below each other stay apart.
    """
    if value <= 0 or most <= 0 or width <= 0:
        return Content("")
    return plain(glyphs.lower * min(width, max(1, round(width * value / most))), style)


def number(value: int, cells: int, style: str = "") -> Content:
    """Return a number that ends where the others of its column end; nothing at all is quiet."""
    said = f"{value:,}"
    return plain(said.rjust(cells), style or ("" if value else "$quiet"))


def widest(values: Sequence[int]) -> int:
    """Return how many cells a column of these numbers needs."""
    return max((len(f"{value:,}") for value in values), default=1)


def columns(values: Sequence[int], height: int, cells: int, glyphs: Glyphs, *, style: str = BAR) -> list[Content]:
    """Return standing bars, line by line from the top: each `cells` wide with a gap of one on either side."""
    most = max(values, default=0)
    halves = [0 if value <= 0 else max(1, round(2 * height * value / most)) for value in values]
    return [
        joined(*(plain(f" {_slice(one, line, glyphs) * cells} ", style) for one in halves)) for line in _down(height)
    ]


def labels(words: Sequence[str], cells: int, style: str = "") -> Content:
    """Return a line of words, each in the middle under a column of that many cells; none of them is cut."""
    return plain("".join(word.center(cells + 2) for word in words), style)


def _down(height: int) -> range:
    return range(height - 1, -1, -1)


def _slice(halves: int, line: int, glyphs: Glyphs) -> str:
    """Return what a column shows in a line, counted from the bottom."""
    above = halves - 2 * line
    return glyphs.solid if above > 1 else glyphs.lower if above == 1 else " "
