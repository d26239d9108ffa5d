"""The signs on the screen, from what common terminal fonts carry (WGL4), each with an ASCII stand-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pmfacil.core.model import EntryKind, Mark

# By the words of their members: the model that names those is loaded with the first post-mortem.
_KINDS: Final = {
    "event": "filled",
    "change": "diamond",
    "signal": "up",
    "decision": "square",
    "action": "right",
    "communication": "hollow_square",
    "recovery": "hollow",
}
_MARKS: Final = {"open": "hollow", "contributing factor": "diamond", "root cause": "filled", "stopped": "square"}


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
        sign: str = getattr(self, _KINDS[kind])
        return sign

    def of_mark(self, mark: Mark) -> str:
        """Return the sign of a leaf of the why tree."""
        sign: str = getattr(self, _MARKS[mark])
        return sign


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
