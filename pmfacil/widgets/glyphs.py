"""The signs on the screen, from what common terminal fonts carry (WGL4), each with an ASCII stand-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
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
        return {
            "event": self.filled,
            "change": self.diamond,
            "signal": self.up,
            "decision": self.square,
            "action": self.right,
            "communication": self.hollow_square,
            "recovery": self.hollow,
        }[kind]

    def of_mark(self, mark: Mark) -> str:
        """Return the sign of a leaf of the why tree."""
        return {
            "open": self.hollow,
            "contributing factor": self.diamond,
            "root cause": self.filled,
            "stopped": self.square,
        }[mark]


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
