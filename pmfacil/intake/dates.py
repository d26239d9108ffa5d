"""Days as people type them: friday, +2w, 12 March, end of month."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_CENTURY: Final = 100  # a year of two digits is one of this century's
_SHORTEST: Final = 3  # letters that tell one weekday or month from another

_RELATIVE: Final = re.compile(r"\+\s?(\d{1,3})\s?(d|days?|w|weeks?|m|months?)")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMERIC: Final = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?\.?")
_NAMED: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+)\.?(?:,?\s+(\d{4}))?")
_AMERICAN: Final = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")


def understand_date(text: str, today: date) -> date | None:
    """Return the day that `text` names, seen from `today`; None where it names none.

    A weekday is the next one after today ("last friday" the one before); a day without a year is the nearest
    one, in the past or to come. Numbers are day first, as in Britain: 12/3 is 12 March.
    """
    said = " ".join(text.casefold().split())
    for read in (_said, _weekday, _relative, _iso, _numeric, _named):
        if (day := read(said, today)) is not None:
            return day
    return None


def month_number(name: str) -> int | None:
    """Return 1 to 12 for a month's name or an abbreviation of three letters or more."""
    return _number(name.casefold().rstrip("."), _MONTHS)


def nearest_year(month: int, day: int, today: date) -> date | None:
    """Return the day of that month that lies nearest to `today`; None where the calendar has none."""
    years = (today.year - 1, today.year, today.year + 1)
    days = [found for year in years if (found := _date(year, month, day)) is not None]
    return min(days, key=lambda found: abs(found - today), default=None)


def _said(said: str, today: date) -> date | None:
    match said:
        case "today" | "now":
            return today
        case "tomorrow":
            return today + timedelta(days=1)
        case "yesterday":
            return today - timedelta(days=1)
        case "next week":
            return today + timedelta(days=7 - today.weekday())
        case "end of week" | "eow":
            return today + timedelta(days=(4 - today.weekday()) % 7)
        case "end of month" | "eom":
            return today.replace(day=monthrange(today.year, today.month)[1])
        case _:
            return None


def _weekday(said: str, today: date) -> date | None:
    words = said.removeprefix("on ").removeprefix("next ").removeprefix("this ")
    wanted = _number(words.removeprefix("last "), _WEEKDAYS)
    if wanted is None:
        return None
    ahead = (wanted - 1 - today.weekday()) % 7
    if words.startswith("last "):
        return today - timedelta(days=7 - ahead)
    return today + timedelta(days=ahead or 7)


def _relative(said: str, today: date) -> date | None:
    found = _RELATIVE.fullmatch(said)
    if found is None:
        return None
    count, unit = int(found[1]), found[2][0]
    if unit == "m":
        months = today.month - 1 + count
        year, month = today.year + months // 12, months % 12 + 1
        return _date(year, month, min(today.day, monthrange(year, month)[1]))
    return today + timedelta(days=count * (7 if unit == "w" else 1))


def _iso(said: str, _today: date) -> date | None:
    found = _ISO.fullmatch(said)
    return _date(int(found[1]), int(found[2]), int(found[3])) if found else None


def _numeric(said: str, today: date) -> date | None:
    found = _NUMERIC.fullmatch(said)
    if found is None:
        return None
    day, month = int(found[1]), int(found[2])
    if found[3] is None:
        return nearest_year(month, day, today)
    year = int(found[3])
    return _date(year if year >= _CENTURY else 20 * _CENTURY + year, month, day)


def _named(said: str, today: date) -> date | None:
    found = _NAMED.fullmatch(said)
    if found is not None:
        day, name, year = found[1], found[2], found[3]
    elif (found := _AMERICAN.fullmatch(said)) is not None:
        day, name, year = found[2], found[1], found[3]
    else:
        return None
    month = month_number(name)
    if month is None:
        return None
    return _date(int(year), month, int(day)) if year else nearest_year(month, int(day), today)


def _number(name: str, names: tuple[str, ...]) -> int | None:
    if len(name) < _SHORTEST:
        return None
    return next((index for index, known in enumerate(names, 1) if known.startswith(name)), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
