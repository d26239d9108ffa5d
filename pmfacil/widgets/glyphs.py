"""The signs on the screen, from what common terminal fonts carry (WGL4), each with an ASCII stand-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pmfacil.core.model import EntryKind, Mark


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of signs; a word always stands beside them."""

    prompt: str = "›"
    star: str = "*"
    tick: str = "√"
    untick: str = "·"
    filled: str = "●"
    hollow: str = "○"
    diamond: str = "◆"
    square: str = "■"
    hollow_square: str = "□"
    up: str = "▲"
    right: str = "►"
    dot: str = "·"
    dash: str = "–"
    branch: str = "├ "
    last: str = "└ "
    through: str = "│ "
    solid: str = "█"
    upper: str = "▀"
    lower: str = "▄"

    def of_kind(self, kind: EntryKind) -> str:
        """Return the sign of a timeline entry."""
        match kind:
            case EntryKind.EVENT:
                return self.filled
            case EntryKind.CHANGE:
                return self.diamond
            case EntryKind.SIGNAL:
                return self.up
            case EntryKind.DECISION:
                return self.square
            case EntryKind.ACTION:
                return self.right
            case EntryKind.COMMUNICATION:
                return self.hollow_square
            case EntryKind.RECOVERY:
                return self.hollow

    def of_mark(self, mark: Mark) -> str:
        """Return the sign of a leaf of the why tree."""
        match mark:
            case Mark.OPEN:
                return self.hollow
            case Mark.CONTRIBUTING:
                return self.diamond
            case Mark.ROOT:
                return self.filled
            case Mark.STOPPED:
                return self.square


UNICODE: Final = Glyphs()
ASCII: Final = Glyphs(
    prompt=">",
    tick="x",
    untick="-",
    filled="o",
    hollow="O",
    diamond="<",
    square="#",
    hollow_square="=",
    up="^",
    right=">",
    dot="-",
    dash="-",
    branch="|-",
    last="`-",
    through="| ",
    solid="#",
    upper="#",
    lower="#",
)


def glyphs_for(encoding: str) -> Glyphs:
    """Return the signs that an output encoding can carry."""
    try:
        "›●○◆■□▲►├└│█▀▄√–·".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE
