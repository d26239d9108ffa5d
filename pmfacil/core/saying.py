"""Days, times and lengths as they are said: on the screen and in the report alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta, tzinfo

    from pmfacil.core.model import Entry

_LONGEST_ZONE = 64  # characters; IANA's longest has 32, and Python goes a step deeper for each part of a name
_MINUTES_IN_HOUR, _HOURS_SAID = 60, 48


def zone_of(name: str) -> tzinfo:
    """Return a zone by its IANA name; one that this machine does not know reads as UTC."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if len(name) > _LONGEST_ZONE:
        return ZoneInfo("UTC")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def day(value: date) -> str:
    """Return a day in words: 12 March 2026."""
    return f"{value.day} {value:%B} {value.year}"


def short_day(value: date) -> str:
    """Return a day in little room: Thu 12 Mar."""
    return f"{value:%a} {value.day} {value:%b}"


def clock(value: datetime, zone: tzinfo) -> str:
    """Return a time of day, with seconds only where there are any."""
    local = value.astimezone(zone)
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def here(value: datetime) -> str:
    """Return a moment of the meeting on the clock of the room: the laptop's own zone, to the minute."""
    return f"{value.astimezone():%H:%M}"


def when(entry: Entry, zone: tzinfo) -> str:
    """Return when an entry happened; `?` where nobody knows."""
    if entry.at is None:
        return "?"
    said = clock(entry.at, zone)
    if entry.until is not None:
        said += f"–{clock(entry.until, zone)}"
    return f"~{said}" if entry.approximate else said


def length(span: timedelta) -> str:
    """Return a length of time in words: 19 minutes, 2 h 5 min, 3 days."""
    minutes = round(span.total_seconds() / 60)
    if minutes < 1:
        return "under a minute"
    if minutes < _MINUTES_IN_HOUR:
        return f"{minutes} minute{'s' * (minutes != 1)}"
    hours, rest = divmod(minutes, _MINUTES_IN_HOUR)
    if hours < _HOURS_SAID:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{hours // 24} days"


def listed(words: list[str]) -> str:
    """Return words as a list in a sentence: a, b and c."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
