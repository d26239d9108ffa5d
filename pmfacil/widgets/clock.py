"""The big clock: heavy digits that survive a compressed screen share."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from textual.content import Content

from pmfacil.core.timer import Phase
from pmfacil.widgets.plain import Line

if TYPE_CHECKING:
    from datetime import timedelta

    from pmfacil.core.timer import Reading
    from pmfacil.widgets.glyphs import Glyphs

# Three by five points a digit; a point is one cell wide and half a cell high, which is about square.
_POINTS: Final = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    "+": ("   ", " # ", "###", " # ", "   "),
}


def clock_text(remaining: timedelta) -> str:
    """Return time left as `18:42`, or time over as `+2:05`; an hour and more counts on in minutes."""
    seconds = int(remaining.total_seconds() // 1)
    over = seconds < 0
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'+' if over else ''}{minutes}:{rest:02d}"


def phase_words(reading: Reading) -> str:
    """Return what the clock's colour says, in words; a clock that stands says so."""
    words = {
        Phase.CALM: "left",
        Phase.HALF: "left, half gone",
        Phase.LOW: "left, wrap up",
        Phase.LAST: "left, last words",
        Phase.OVER: "over",
    }[reading.phase]
    return words if reading.running else f"{words} · paused"


def drawn(text: str, glyphs: Glyphs, *, scale: int = 1) -> str:
    """Return `text` (digits, colon, plus) as lines of blocks, `scale` times as large."""
    gap = " " * scale
    return "\n".join(map(gap.join, zip(*(_block(char, glyphs, scale) for char in text), strict=True)))


@cache
def _block(char: str, glyphs: Glyphs, scale: int) -> tuple[str, ...]:
    """Return the lines of one character."""
    points = ["".join(point * scale for point in row) for row in _POINTS[char] for _ in range(scale)]
    if glyphs.upper == glyphs.solid:  # no half blocks here: a line a point
        return tuple(line.replace("#", glyphs.solid) for line in points)
    if len(points) % 2:
        points.append(" " * len(points[0]))
    blocks = {"##": glyphs.solid, "# ": glyphs.upper, " #": glyphs.lower, "  ": " "}
    pairs = zip(points[::2], points[1::2], strict=True)
    return tuple("".join(blocks[up + down] for up, down in zip(*pair, strict=True)) for pair in pairs)


class BigClock(Line):
    """What a countdown says, in large digits over a line of words; colour and words change together."""

    DEFAULT_CSS = """
    BigClock {
        width: auto;
        min-width: 24;
        height: auto;
        text-align: right;
    }
    """

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        """Draw with these signs."""
        super().__init__(id=id)
        self._glyphs = glyphs
        self._phase: Phase | None = None

    def tell(self, reading: Reading, *, scale: int = 1, small: bool = False) -> None:
        """Show a reading: large, or on one line where the screen is small."""
        if reading.phase is not self._phase:
            self._phase = reading.phase
            self.set_class(reading.phase in (Phase.LOW, Phase.LAST), "-low")
            self.set_class(reading.phase is Phase.OVER, "-over")
        text, words = clock_text(reading.remaining), phase_words(reading)
        if small:
            self.say(Content(f"{text} {words}"))
            return
        self.say(Content(f"{drawn(text, self._glyphs, scale=scale)}\n{words}"))
