"""The pieces of which a written time is made, as patterns: a day, a time of day, how sure, which part of the day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

from pmfacil.intake.dates import month_number

_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_YEAR: Final = r"(?:19|20)\d{2}(?!\d|[:.]\d)"

DAY: Final = re.compile(
    rf"""
      (?P<iso>(?P<iy>\d{{4}})[-/.](?P<im>\d{{1,2}})[-/.](?P<id>\d{{1,2}})(?!\d))
    | (?P<packed>(?P<py>(?:19|20)\d{{2}})(?P<pm>[01]\d)(?P<pd>[0-3]\d)(?=T?\s?\d{{2}}:?\d{{2}}))
    | (?P<numbers>(?P<na>\d{{1,2}})(?P<dot>[/.-])(?P<nb>\d{{1,2}})(?P=dot)(?P<ny>\d{{4}}|\d{{2}})(?![\d.]))
    | (?P<short>(?P<sa>\d{{1,2}})(?P<slash>[/-])(?P<sb>\d{{1,2}})
        (?=[\sT,@]+(?:at\s)?\d{{1,2}}[:.]\d{{2}}|\]|(?<=\d\d[/-]\d\d)(?:\s*[:|]|\s[-–—]\s)))
    | (?P<british>(?P<bd>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]*(?P<bm>{_MONTH})(?![a-z])\.?
        (?:,?[\s-]+(?P<by>{_YEAR})|[\s-](?P<by2>'\d{{2}}|(?<=-)\d{{2}})(?![\d:.]))?)
    | (?P<american>(?P<am>{_MONTH})(?![a-z])\.?[\s-]+(?P<ad>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.]\d)(?![\d%])
        (?:\s?[-–]\s?(?P<aend>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.]))?
        (?:,?[\s-]+(?P<ay>{_YEAR}))?)
    | (?P<word>(?:today|yesterday)\b)
    | (?P<broken>\d{{1,4}}[/-]\d{{1,2}}[/-]\d{{1,5}}|\d{{5}}-\d{{2}}-\d{{2}})(?=\s+[-–—]\s|\s*[:|\]])
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A day, in any of the ways that people write one; `broken` is what was meant as one and is none."""

TIME: Final = re.compile(
    r"""
      (?P<colon>(?P<ch>[01]?\d|2[0-3]):(?P<cm>[0-5]\d)(?::(?P<cs>[0-5]\d)(?P<part>[.,]\d+)?)?(?!:?\d)
        (?:\s?(?P<cp>[ap])(?:m\b|\.m\b\.?)|(?P<cx>[ap])\b)?)
    | (?P<dotted>(?P<dh>[01]?\d|2[0-3])\.(?P<dm>[0-5]\d)(?![\d.%])(?:\s?(?P<dp>[ap])(?:m\b|\.m\b\.?))?)
    | (?P<hour>(?P<hh>1[0-2]|0?[1-9])\s?(?P<hp>[ap])(?:m\b|\.m\b\.?))
    | (?P<french>(?P<fh>[01]?\d|2[0-3])h(?P<fm>[0-5]\d)?\b)
    | (?P<four>(?P<qh>[01]\d|2[0-3])(?P<qm>[0-5]\d)(?P<hours>\s?h(?:ou)?rs?\b|h\b)?(?!\d|[.,:]\d))
    | (?P<bare>(?P<bh>1[0-2]|[1-9])(?=\s?[-–]\s?\d{1,2}(?::\d\d)?\s?[ap]m\b))
    | (?P<noon>(?:noon|midday)\b)
    | (?P<midnight>midnight\b)
    | (?P<unknown>--:--|(?:\?\?|\d{1,2}):\?\?|xx:xx)
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A time of day, or the marks that people put where they do not know it."""

WEEKDAY: Final = re.compile(
    r"\(?(?P<weekday>mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)\b[.)]?",
    re.IGNORECASE,
)
UNSURE: Final = re.compile(
    r"~|≈|∼|\b(?:ca|approx|circa|c)\.?(?=\s)|\b(?:about|around|roughly|approximately)\b", re.IGNORECASE
)
"""What stands before a time that is not sure."""

DOUBT: Final = re.compile(
    r"\s?\?+|\s(?:approx(?:imately)?|or so|roughly)\b\.?|[\s-]?ish\b"
    r"|\s?\((?:maybe|approx|ca|about|or so|estimate)[^)]*\)",
    re.IGNORECASE,
)
"""What stands after one."""

PART_OF_DAY: Final = re.compile(
    r"(?:(?:early|late|mid)[\s-])?(?:in\s+the\s+)?(?:morning|afternoon|evening|night)\b(?:\s+of)?", re.IGNORECASE
)

_NOON: Final = 12
_CENTURY: Final = 2000
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it is written. `year` may be missing; `swapped` is the other reading of 03/04/2026.

    `order` tells how a day in numbers can only be meant: `month` first in 03/14, `day` first in 14/03.
    """

    month: int
    day: int
    year: int | None = None
    swapped: Day | None = None
    ago: int | None = None
    order: str = ""

    def __str__(self) -> str:
        """Return it as ISO 8601 writes it, without a year where none is given."""
        shown = f"{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{shown}" if self.year is not None else shown


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as it is written.

    `marked` where am or pm is said, `twelve` where it could be either; `loose` where it might be a number as well.
    """

    time: time
    marked: bool = False
    twelve: bool = False
    fraction: bool = False
    loose: bool = False
    seconds: bool = False

    def __str__(self) -> str:
        """Return it on the 24-hour clock, with seconds where they are written."""
        return f"{self.time:%H:%M:%S}" if self.seconds else f"{self.time:%H:%M}"


def day_of(found: re.Match[str]) -> Day | None:
    """Return the day that `DAY` matched; None where the calendar has no such day."""
    if found["iso"]:
        return _day(found["iy"], found["im"], found["id"])
    if found["packed"]:
        return _day(found["py"], found["pm"], found["pd"])
    if found["numbers"]:
        return _numbered(found["na"], found["nb"], found["ny"], dotted=found["dot"] == ".")
    if found["short"]:
        # 12-05 is month and day as in ISO 8601, 12/05 may be either.
        first = _day(None, found["sa"], found["sb"])
        return first if found["slash"] == "-" else _either(first, _day(None, found["sb"], found["sa"]))
    if found["british"]:
        return _day(found["by"] or found["by2"], str(month_number(found["bm"])), found["bd"])
    if found["american"]:
        return _day(found["ay"], str(month_number(found["am"])), found["ad"])
    if found["word"]:
        return Day(0, 0, ago=int(found["word"].casefold() == "yesterday"))
    return None


def clock_of(found: re.Match[str]) -> Clock | None:
    """Return the time of day that `TIME` matched; None where it says that nobody knows."""
    if found["unknown"]:
        return None
    if found["noon"] or found["midnight"]:
        return Clock(time(_NOON if found["noon"] else 0), marked=True)
    hour = int(next(found[name] for name in ("ch", "dh", "hh", "fh", "qh", "bh") if found[name]))
    minute = int(found["cm"] or found["dm"] or found["fm"] or found["qm"] or 0)
    half = (found["cp"] or found["cx"] or found["dp"] or found["hp"] or "").casefold()
    twelve = not half and 1 <= hour <= _NOON and not found["four"] and found[0][0] != "0"
    # An am or pm beside a time of the 24-hour clock says nothing.
    if half and 1 <= hour <= _NOON:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    read = time(hour, minute, int(found["cs"] or 0))
    loose = bool((found["dotted"] or found["four"]) and not half and not found["hours"])
    exact = bool(found["cs"])
    return Clock(read, marked=bool(half), twelve=twelve, fraction=bool(found["part"]), loose=loose, seconds=exact)


def weekday_of(found: re.Match[str]) -> int:
    """Return the weekday that `WEEKDAY` matched, Monday being 0."""
    return _WEEKDAYS.index(found["weekday"][:3].casefold())


def _numbered(first: str, second: str, year: str, *, dotted: bool) -> Day | None:
    if dotted and (len(year) != 4 or len(second) != 2):  # noqa: PLR2004 - else 1.2.11 would be a day, not a version
        return None
    british, american = _day(year, second, first), _day(year, first, second)
    # Dots are day first wherever they are used; with strokes, month first is the commoner of the two in public
    # post-mortems, and a document that shows the other order is read in that order (see `placing.Order`).
    return british if dotted else _either(american, british)


def _either(first: Day | None, second: Day | None) -> Day | None:
    if first is None or second is None:
        known = first or second
        return replace(known, order="month" if second is None else "day") if known else None
    if first == second:
        return first
    return Day(first.month, first.day, first.year, swapped=second)


def _day(year: str | None, month: str, day: str) -> Day | None:
    digits = year.lstrip("'") if year else ""
    number = (int(digits) + (_CENTURY if len(digits) == 2 else 0)) if digits else None  # noqa: PLR2004 - two digits
    try:
        date(number if number is not None else 2000, int(month), int(day))
    except ValueError:
        return None
    return Day(int(month), int(day), number)
