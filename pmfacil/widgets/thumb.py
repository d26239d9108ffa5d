"""The thumb of a scrollbar: told of a list only where it would look otherwise, for it paints itself whole each time."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.scrollbar import ScrollBar

_EIGHTHS: Final = 8  # of a cell, in which Textual draws both ends of a thumb


def move_thumb(bar: ScrollBar, lines: int, position: float) -> None:
    """Show where in a list of that many lines the window stands; nothing is painted where that looks the same."""
    seen = bar.window_size  # none yet before it is laid out
    if not seen or thumb(seen, lines, position) != thumb(seen, bar.window_virtual_size, bar.position):
        bar.window_virtual_size, bar.position = lines, position


def thumb(seen: int, lines: int, position: float) -> tuple[int, int]:
    """Return where a thumb begins and how long it is, in eighths of a cell, in a window that shows `seen` lines."""
    if lines <= seen:
        return 0, 0
    length = max(1.0, seen * seen / lines)
    return int((seen - length) * position / (lines - seen) * _EIGHTHS), ceil(length * _EIGHTHS)
