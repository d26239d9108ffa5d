"""The pieces that rows of every step are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from textual.content import Content

from pmfacil.widgets.ledger import Row
from pmfacil.widgets.plain import joined, plain

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta, tzinfo

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


def zone_of(name: str) -> tzinfo:
    """Return a zone by its IANA name; a name that this machine does not know reads as UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def day(value: date) -> str:
    """Return a day as it is said: 12 March 2026."""
    return f"{value.day} {value:%B} {value.year}"


def short_day(value: date) -> str:
    """Return a day in little room: Thu 12 Mar."""
    return f"{value:%a} {value.day} {value:%b}"


def time(value: datetime, zone: tzinfo) -> str:
    """Return a time of day, with seconds only where there are any."""
    local = value.astimezone(zone)
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def lasting(span: timedelta) -> str:
    """Return a length of time in words: 19 minutes, 2 h 5 min, 3 days."""
    minutes = round(span.total_seconds() / 60)
    if minutes < 1:
        return "under a minute"
    if minutes < 60:  # noqa: PLR2004 - minutes in an hour
        return f"{minutes} minute{'s' * (minutes != 1)}"
    hours, rest = divmod(minutes, 60)
    if hours < 48:  # noqa: PLR2004 - up to two days people count hours
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{hours // 24} days"


def padded(text: str, cells: int, style: str = "") -> Content:
    """Return text filled up with blanks to that many cells, for a column."""
    content = plain(text, style)
    return content.pad_right(max(0, cells - content.cell_length))


def local(value: datetime) -> datetime:
    """Return an instant on the clock of the wall: the laptop's own zone."""
    return value.astimezone()
