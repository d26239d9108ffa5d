"""What a line of a document is made of around its words: bullet, heading, quote, row of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_QUOTE: Final = re.compile(r"\s*(?:>\s?)+(?!>)")
_HEADING: Final = re.compile(r"(?P<marks>#{1,6})\s+(?P<words>.*)$")
_BULLET: Final = re.compile(r"(?:[-*+•‣◦·–]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?|-(?=\d{1,2}/\d)")
_RULE: Final = re.compile(r"[\s|:+=-]*$")
_BAR: Final = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Shape:
    """A line without its container. `cells` are the cells of a table row; `body` then holds them joined by bars."""

    body: str
    indent: int = 0
    heading: int = 0
    bullet: bool = False
    quoted: bool = False
    cells: tuple[str, ...] = ()

    @property
    def listed(self) -> bool:
        """Tell whether the line is an item of a list or a row of a table: a place where entries stand."""
        return self.bullet or bool(self.cells)


def shape_of(raw: str) -> Shape:
    """Return what stands around the words of a line, and the words."""
    line = raw.expandtabs(4)
    quote = _QUOTE.match(line)
    rest = line[quote.end() :] if quote else line
    indent = len(rest) - len(rest.lstrip())
    body = raw.strip() if quote is None else rest.strip()
    if heading := _HEADING.match(body):
        words = heading["words"].rstrip().rstrip("#").strip()
        return Shape(words, indent, heading=len(heading["marks"]), quoted=bool(quote))
    bullet = _BULLET.match(body)
    if bullet:
        body = body[bullet.end() :]
    if body.startswith("|"):
        cells = tuple(cell.strip() for cell in _BAR.split(body.strip().strip("|")))
        return Shape(" | ".join(cells), indent, bullet=bool(bullet), quoted=bool(quote), cells=cells)
    return Shape(body, indent, bullet=bool(bullet), quoted=bool(quote))


def is_rule(raw: str) -> bool:
    """Tell whether a line only draws: the line under a table's head, a rule between parts."""
    return bool(raw.strip()) and _RULE.fullmatch(raw) is not None
