"""A part of the screen that draws its own lines; what stands around them, Textual draws once.

Textual draws a changed line with its borders, padding and effects anew, looks up colours through everything that the
part stands in, and lays its words out as if they could be anything: a second of the clock was two such parts, and an
Enter three. The words here are plain and fit nearly always. `tests/widgets/test_drawn.py` holds both ways side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.color import Color
    from textual.filter import LineFilter
    from textual.geometry import Region, Size


@dataclass(frozen=True, slots=True)
class _Around:
    """What Textual drew of a part that has this size; only what stands around the lines inside stays as it was."""

    size: Size
    inside: Size
    side: int
    top: int
    whole: list[Strip]
    filters: Sequence[LineFilter]
    background: Color


class Drawn(Widget):
    """A widget whose subclass draws its lines. It has no effect that would change them (opacity, tint, hatch)."""

    _around: _Around | None = None

    def drawn(self, y: int, width: int) -> Strip | None:
        """Return line `y` of what is inside, `width` cells; None asks Textual to draw the part this time."""
        raise NotImplementedError

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return these lines of the part."""
        first, last = crop.column_span
        around = self._around
        if around is None or around.size != self.outer_size:
            around = self._around = self._drawn_around()
            return [around.whole[y].crop(first, last) for y in crop.line_range]
        width, side = around.inside.width, around.side
        lines: list[Strip] = []
        for y in crop.line_range:
            if not 0 <= y - around.top < around.inside.height:
                lines.append(around.whole[y].crop(first, last))
                continue
            if (line := self.drawn(y - around.top, width)) is None:
                return super().render_lines(crop)
            for effect in around.filters:
                line = line.apply_filter(effect, around.background)
            if side <= first and last <= side + width:
                lines.append(line.crop(first - side, last - side))
            else:
                left, right = around.whole[y].crop(0, side), around.whole[y].crop(side + width)
                lines.append(Strip.join([left, line, right]).crop(first, last))
        return lines

    def notify_style_update(self) -> None:
        """Draw everything anew in other colours."""
        super().notify_style_update()
        self._around = None

    def _drawn_around(self) -> _Around:
        gutter = self.styles.gutter
        return _Around(
            self.outer_size,
            self.scrollable_content_region.size,
            gutter.left,
            gutter.top,
            super().render_lines(self.outer_size.region),
            self.get_line_filters(),
            self.background_colors[1],
        )
