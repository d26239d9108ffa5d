"""A row of a ledger: a lead in a column of its own, a text that wraps beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.content import Content

_LEAST_TEXT: Final = 12  # cells a text keeps beside its lead, however narrow the terminal


@dataclass(frozen=True, eq=False)
class Row:
    """One row: a lead of fixed width, a text that wraps beside it, and the lead of its further lines.

    A row without a `key` is a heading or a note: the highlight passes it by.
    """

    key: str
    lead: Content
    text: Content
    follow: Content | None = None

    def __eq__(self, other: object) -> bool:
        """Compare words and styles; content by itself compares words alone."""
        if not isinstance(other, Row):
            return NotImplemented
        mine, theirs = (self.lead, self.text, self.follow), (other.lead, other.text, other.follow)
        return self.key == other.key and all(map(_same, mine, theirs))

    def __hash__(self) -> int:
        """Return what equal rows share."""
        return hash((self.key, self.lead.plain, self.text.plain))

    def fits(self, width: int) -> bool:
        """Tell whether the row is one line of `width` cells."""
        return self.text.cell_length <= self._room(width)

    def block(self, width: int) -> Content:
        """Return the row as lines that fit `width` cells."""
        lines = [self.text] if self.fits(width) else self.text.wrap(self._room(width))
        follow = self.follow if self.follow is not None else Content(" " * self.lead.cell_length)
        leads = [self.lead] + [follow] * (len(lines) - 1)
        return Content("\n").join([Content.assemble(lead, line) for lead, line in zip(leads, lines, strict=True)])

    def _room(self, width: int) -> int:
        return max(_LEAST_TEXT, width - self.lead.cell_length)


def shared(one: list[Row], other: list[Row]) -> int:
    """Return how many rows are the same in both, from the first on."""
    for index, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine is not theirs and mine != theirs:
            return index
    return min(len(one), len(other))


def _same(one: Content | None, other: Content | None) -> bool:
    return one is other or (one is not None and other is not None and one.is_same(other))
