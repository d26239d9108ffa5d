"""Times as machines write them: ISO in all its forms, epoch numbers, spreadsheets' dates."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pmfacil.intake.sources.json_shapes import excerpt
from pmfacil.intake.sources.plain import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIRST_YEAR, _LAST_YEAR = 1990, 2100  # outside lie mistakes: zero dates, wrong units, 32-bit overflows
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FROM: Final = int(datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp())
_TO: Final = int(datetime(_LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp())
_SCALES: Final = (1, 10**3, 10**6, 10**9)  # seconds to nanoseconds; the spans of 1990 to 2100 do not overlap
_MICROSECOND: Final = 6  # digits of a second's fraction that a datetime holds
_NOON: Final = 12
_NO_TIME, _OUTSIDE = "is no time", f"lies outside the years {_FIRST_YEAR} to {_LAST_YEAR}"
_LONGEST: Final = 80  # characters of the longest form below, with room
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_NUMBER: Final = re.compile(r"\d{1,24}(?:\.\d{1,24})?", re.ASCII)
_BASIC: Final = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(?![\d:])", re.ASCII)
_CLOCK: Final = r"""
    (?:(?:T|,?\s+|,)(?:at\s+)?
       (?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?
       (?:\s*(?P<half>[ap])\.?m\.?)?
       (?:\s*(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?
          (?:\s*[\[(]?[A-Za-z]+(?:[/_][A-Za-z]+)*[\])]?)?))?
    )?"""
_WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
_DATES: Final = (
    r"(?P<year>\d{4})(?P<dash>[-/])(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})",
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
    r"(?P<one>\d{1,2})/(?P<two>\d{1,2})/(?P<year>\d{4})",
    _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<name>[a-z]{3,9})\.?[\s,-]+(?P<year>\d{4})",
    _WEEKDAY + r"(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
)
_FORMS: Final = tuple(re.compile(date + _CLOCK, re.VERBOSE | re.IGNORECASE | re.ASCII) for date in _DATES)
_SLASHED: Final = re.compile(r"\s*(\d{1,2})/(\d{1,2})/\d{4}\b", re.ASCII)
_TIME_ALONE: Final = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:\s*[ap]\.?m\.?)?", re.IGNORECASE | re.ASCII)


class NoInstant(ValueError):
    """A value that names no usable instant; `str()` is a sentence without its full stop."""

    def __init__(self, value: object, why: str) -> None:
        """Quote the value, and say what is wrong with it."""
        super().__init__(f"{quoted(value)} {why}")


class DayAlone(NoInstant):
    """A value that names a day, but no time of day; none is made up."""

    def __init__(self, value: object, day: date) -> None:
        """Keep the day."""
        super().__init__(value, "names no time of day")
        self.day = day


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in UTC; `zoned` tells whether the source named its zone, as epoch numbers do by nature."""

    at: datetime
    zoned: bool


def moment(value: object, *, day_first: bool | None = None) -> Moment | None:
    """Return the instant that a value of a file names; None where it is empty or missing.

    Text without a zone is taken as UTC. Numbers are seconds, milliseconds, microseconds or nanoseconds since 1970,
    whichever falls between 1990 and 2100. `day_first` says how to read 03/04/2024; None refuses it as ambiguous.
    Raises `NoInstant` for anything else, and `DayAlone` where only the time of day is missing.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise NoInstant(str(value).lower(), _NO_TIME)
    if isinstance(value, int | float):
        if isinstance(value, float) and not math.isfinite(value):
            raise NoInstant(str(value), _NO_TIME)
        return _from_epoch(Decimal(str(value)), value)
    if not isinstance(value, str):
        raise NoInstant(excerpt(value), _NO_TIME)
    said = value.strip()
    if not said:
        return None
    return _from_text(said, day_first=day_first)


def day_first(values: Iterable[object]) -> bool | None:
    """Return whether dates like 03/04/2024 in a column begin with the day; None where none of them tells."""
    told: set[bool] = set()
    for value in values:
        found = _SLASHED.match(value) if isinstance(value, str) else None
        if found and (int(found[1]) > _NOON) != (int(found[2]) > _NOON):
            told.add(int(found[1]) > _NOON)
    return told.pop() if len(told) == 1 else None


def _from_epoch(number: Decimal, value: object) -> Moment:
    for scale in _SCALES:
        if _FROM * scale <= number < _TO * scale:
            return Moment(_EPOCH + timedelta(microseconds=int(number * 10**_MICROSECOND / scale)), zoned=True)
    raise NoInstant(value, _OUTSIDE)


def _from_text(said: str, *, day_first: bool | None) -> Moment:
    if len(said) > _LONGEST:
        raise NoInstant(said, _NO_TIME)
    if _NUMBER.fullmatch(said):
        return _from_epoch(Decimal(said), said)
    extended = _BASIC.sub(lambda at: f"{at[1]}-{at[2]}-{at[3]}T{at[4]}:{at[5]}:{at[6] or '00'}", said, count=1)
    for form in _FORMS:
        if found := form.fullmatch(extended):
            return _from_parts(found.groupdict(), said, day_first=day_first)
    if _TIME_ALONE.fullmatch(said):
        raise NoInstant(said, "names no day: write the date before it, or in a column called date")
    raise NoInstant(said, _NO_TIME)


def _from_parts(parts: dict[str, str | None], said: str, *, day_first: bool | None) -> Moment:
    year = int(parts["year"] or 0)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise NoInstant(said, _OUTSIDE)
    try:
        month, day = _month_and_day(parts, said, day_first=day_first)
        zone = _zone(parts)
        wall = datetime(year, month, day, *_clock(parts), tzinfo=zone or UTC)
    except NoInstant:
        raise
    except ValueError:
        raise NoInstant(said, _NO_TIME) from None
    if parts["hour"] is None:
        raise DayAlone(said, wall.date())
    return Moment(wall.astimezone(UTC), zoned=zone is not None)


def _month_and_day(parts: dict[str, str | None], said: str, *, day_first: bool | None) -> tuple[int, int]:
    if name := parts.get("name"):
        return _MONTHS.index(name[:3].casefold()) + 1, int(parts["day"] or 0)
    if "one" not in parts:
        return int(parts["month"] or 0), int(parts["day"] or 0)
    one, two = int(parts["one"] or 0), int(parts["two"] or 0)
    if day_first is None and one != two and max(one, two) <= _NOON:
        raise NoInstant(said, "can be read two ways: write days as 2024-12-31")
    first = one > _NOON if day_first is None else day_first
    return (two, one) if first else (one, two)


def _clock(parts: dict[str, str | None]) -> tuple[int, int, int, int]:
    hour = int(parts["hour"] or 0)
    if half := parts["half"]:
        if not 1 <= hour <= _NOON:
            raise ValueError
        hour = hour % _NOON + (_NOON if half in "pP" else 0)
    fraction = (parts["fraction"] or "")[:_MICROSECOND].ljust(_MICROSECOND, "0")
    return hour, int(parts["minute"] or 0), int(parts["second"] or 0), int(fraction)


def _zone(parts: dict[str, str | None]) -> timezone | None:
    if parts["zone"] is None:
        return None
    away = timedelta(hours=int(parts["hours"] or 0), minutes=int(parts["minutes"] or 0))
    return timezone(-away if parts["sign"] == "-" else away)
