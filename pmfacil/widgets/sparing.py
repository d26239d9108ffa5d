"""What a screen sends to the terminal: the cells that changed, and no others.

Textual's own compositor begins each at the left edge of its widget, and renders every widget of every line between the
first and the last that changed: one second of the clock cost 2,200 bytes and thirty widgets, over a shared screen each
second of a meeting. Textual has no public door for this, so the part of it that is used here is pinned by
`tests/widgets/test_painting.py`, and by the bound on Textual's version in pyproject.toml.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rich.color import ColorSystem
from textual._compositor import Compositor, CompositorUpdate
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    Piece = tuple[int, int, Strip]  # where it is written (column, line), and what


class SparingCompositor(Compositor):
    """Sends the cells that are to be painted and no others.

    Textual's own begins each at the left edge of its widget, and renders every widget of every line between the
    first and the last that changed: one second of the clock cost 2,200 bytes and thirty widgets.
    """

    def render_partial_update(self) -> SparingUpdate | None:  # type: ignore[override]  # both are a CompositorUpdate
        """Return what is to be painted now, or None where there is nothing."""
        screen = self.size.region
        regions = [region.intersection(screen) for region in self._dirty_regions]
        self._dirty_regions.clear()
        spans = list(self._regions_to_spans(region for region in regions if region))
        return SparingUpdate(list(self._pieces(spans))) if spans else None

    def _pieces(self, spans: list[tuple[int, int, int]]) -> Iterator[Piece]:
        chops = self._chops(spans)
        for y, start, stop in spans:
            for left, right in pairwise(self.cuts[y]):
                strip = chops[y].get(left)
                if strip is not None and left < stop and right > start:
                    begin = max(left, start)
                    yield begin, y, strip.crop(begin - left, min(right, stop) - left)

    def _chops(self, spans: list[tuple[int, int, int]]) -> dict[int, dict[int, Strip | None]]:
        """Return the lines of the spans, cut at the edges of widgets; those in front hide those behind."""
        found: dict[int, dict[int, Strip | None]] = {y: {} for y, _, _ in spans}
        missing: dict[tuple[int, int], int] = {}  # line and first cell of each piece, with the cell after its last
        for y, start, stop in spans:
            for left, right in pairwise(self.cuts[y]):
                if left < stop and right > start:
                    found[y][left] = None
                    missing[y, left] = right
        for widget, (region, clip) in self.visible_widgets.items():
            if not missing:
                break  # what lies behind is not seen, so it need not be rendered
            shown = region.intersection(clip)
            mine = [(y, left) for y, left in missing if shown.contains(left, y)]
            if not mine:
                continue
            top, bottom = mine[0][0], mine[-1][0]
            first, last = min(left for _, left in mine), max(missing[place] for place in mine)
            strips = widget.render_lines(Region(first - region.x, top - region.y, last - first, bottom + 1 - top))
            for y, left in mine:
                found[y][left] = strips[y - top].crop(left - first, missing.pop((y, left)) - first)
        return found


class SparingUpdate(CompositorUpdate):
    """Pieces of lines to be written, each with where it begins."""

    def __init__(self, pieces: list[Piece]) -> None:
        """Write these pieces."""
        self._pieces = pieces

    def render_segments(self, console: Console) -> str:
        """Return what a terminal is sent; a style that goes on in the next piece is sent once."""
        colours = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001 - as Strip.render looks it up
        runs: list[tuple[str, str, list[str]]] = []
        after = (-1, -1)
        for x, y, strip in self._pieces:
            move = "" if after == (x, y) else f"\x1b[{y + 1};{x + 1}H"
            for segment in strip:
                # Styles may differ in what no terminal is told, so the sequences around the text are compared.
                style = segment.style
                said = "\0" if style is None else Strip.render_style(style, "\0", color_system=colours)
                before, _, behind = said.partition("\0")
                if not runs or runs[-1][:2] != (before, behind):
                    runs.append((before, behind, []))
                runs[-1][2].append(move + segment.text)
                move = ""
            after = (x + strip.cell_length, y)
        return "".join(f"{before}{''.join(texts)}{behind}" for before, behind, texts in runs)
