"""The pieces that rows of every step are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row

if TYPE_CHECKING:
    from datetime import datetime

QUIET = "$quiet"
ACCENT = "$accent"
GOOD = "$success"
BAD = "$error"
STRONG = "bold"


def heading(text: str, note: str = "") -> Row:
    """Return a heading over the rows that follow."""
    return Row("", Content(""), joined(plain(text, STRONG), plain(f"  {note}" if note else "", QUIET)))


def note(text: str, *, indent: int = 0, style: str = QUIET) -> Row:
    """Return a quiet line between rows."""
    return Row("", Content(" " * indent), plain(text, style))


def blank() -> Row:
    """Return an empty line."""
    return Row("", Content(""), Content(" "))


def tail(*notes: str, style: str = QUIET) -> Content:
    """Return what stands after a text, each part after a dot."""
    said = "".join(f"  · {part}" for part in notes if part)
    return plain(said, style) if said else Content("")


def padded(text: str, cells: int, style: str = "") -> Content:
    """Return text filled up with blanks to that many cells, for a column."""
    content = plain(text, style)
    return content.pad_right(max(0, cells - content.cell_length))


def local(value: datetime) -> datetime:
    """Return an instant on the clock of the wall: the laptop's own zone."""
    return value.astimezone()
