"""The stamp at the start of a line: what the line itself says of its day, its time, its zone, and how sure it is.

Read from left to right, piece by piece, in whatever order people write them; nothing is worked out here, and
nothing is added that is not written (`placing` does the working out).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pmfacil.intake import pieces, zones

if TYPE_CHECKING:
    from pmfacil.intake.pieces import Clock, Day

_LONGEST: Final = 200  # characters in which everything that a stamp is made of has begun
_START: Final = re.compile(r"[\s*_`\[{(]*")
_SOFT: Final = re.compile(r"[\s,@*_`\[{]*(?:(?<=\d)T(?=\d))?")
_HARD: Final = re.compile(r"[\s*_`\])]*(?:[:|]|--+|[-–—])[\s*_`\[]*")
_BRACKET: Final = re.compile(r"[\s,]*\(\s*")
_ZONE: Final = re.compile(rf"[\s(]*(?P<zone>{zones.PATTERN})\)?", re.VERBOSE)
_LEADING: Final = re.compile(
    r"(?P<word>at|on|by|between|from|since|starting(?:\s+(?:at|on|from))?|in\s+the|until|(?:shortly\s+)?(?:after|before))(?=[\s~*_`])",
    re.IGNORECASE,
)
_TO: Final = re.compile(r"\s*(?:-+>?|–|—|→|~|(?:to|till|until|(?P<and>and))(?=\s))\s*", re.IGNORECASE)
_ENDS: Final = re.compile(r"$|\.(?=\s+[A-Z])|[\s,:;|\])}*_`–—-]|/(?=\s)")
_OTHER_CLOCK: Final = re.compile(
    rf"\s*(?:\((?P<inner>[^()]{{3,24}})\)|/\s*(?P<slashed>[^()/]{{3,20}}?{zones.PATTERN}))", re.VERBOSE
)
_DAY_ENDS: Final = re.compile(r"\s*(?:$|[:|)\]]|[-–—](?=\s))")
_SEPARATOR: Final = re.compile(r"\s*(?:->|=>|→|--+|(?<=\S)[-–—]|[-–—](?=\s|$)|\.(?=\s+[A-Z])|[,:;|])|\s+")
_CLOSER: Final = re.compile(r"\s*(?:\*+|_+|`+|\)|\]|\}+)")
_LATE_YEAR: Final = re.compile(r"\s+(?P<year>(?:19|20)\d{2})(?![\w:.])")
_TODAY: Final = re.compile(r"[\s,]*(?:at\s+)?")
_PLURAL: Final = re.compile(r"\s+(?:[a-z]{3,}[^s\W]s|[a-z]+ies|percent|ms|kb|mb|gb|of)\b|\s*%")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a line says of when; every part is None, empty or False where it says nothing of it."""

    day: Day | None = None
    clock: Clock | None = None
    end: Clock | None = None
    end_day: Day | None = None
    zone: str = ""
    weekday: int | None = None
    approximate: bool = False
    unknown: bool = False
    broken: bool = False
    led_by: str = ""
    stop: int = 0

    @property
    def dated(self) -> bool:
        """Tell whether a day stands there, be it one that the calendar does not have."""
        return self.day is not None or self.broken

    @property
    def timed(self) -> bool:
        """Tell whether a time stands there, or the marks that say that nobody knows it."""
        return self.clock is not None or self.unknown


NO_STAMP: Final = Stamp()
"""What a line has that says nothing of when."""


@dataclass(frozen=True, slots=True)
class Head:
    """A line cut after its stamp. `apart`: a mark stands between the two, as in `14:05 - text` or `[14:05] text`."""

    stamp: Stamp
    text: str
    apart: bool


def read_head(line: str) -> Head | None:
    """Return the stamp at the start of `line` and the text after it; None where none stands there."""
    best, now = None, Stamp()
    while now.stop < _LONGEST and (following := _next(line, now)) is not None:
        now = following
        if (now.dated or now.timed) and _ENDS.match(line, now.stop) and not _dangling(line, now):
            best = now
    if best is None:
        return None
    stop, apart = _after(line, best.stop)
    return Head(best, line[stop:], apart)


def _dangling(line: str, now: Stamp) -> bool:
    """Tell whether the last thing read is only the promise of a piece to come: `Saturday` before its day."""
    return bool(re.search(r"(?:[~≈]|\b(?:around|about|at|on|between|from|ca\.?))\s*$", line[: now.stop], re.IGNORECASE))


def _next(line: str, now: Stamp) -> Stamp | None:
    at = _end_of(_SOFT if now.stop else _START, line, now.stop)
    for read in (_leading, _unsure, _weekday, _part_of_day, _day, _clock, _range, _zone, _other_clock, _doubt, _year):
        if (found := read(line, now, at)) is not None:
            return found
    return _beyond(line, now)


def _end_of(pattern: re.Pattern[str], line: str, at: int) -> int:
    found = pattern.match(line, at)
    return found.end() if found else at


def _leading(line: str, now: Stamp, at: int) -> Stamp | None:
    found = _LEADING.match(line, at)
    if found is None or now.clock is not None:
        return None
    word = found["word"].casefold()
    unsure = now.approximate or word.endswith(("after", "before"))
    return replace(now, led_by=now.led_by if now.stop else word, approximate=unsure, stop=found.end())


def _unsure(line: str, now: Stamp, at: int) -> Stamp | None:
    found = None if now.clock is not None else pieces.UNSURE.match(line, at)
    return replace(now, approximate=True, stop=found.end()) if found else None


def _weekday(line: str, now: Stamp, at: int) -> Stamp | None:
    found = pieces.WEEKDAY.match(line, at)
    if found is None or now.weekday is not None:
        return None
    follows = re.compile(r"[\s,]*").match(line, found.end())
    beyond = follows.end() if follows else found.end()
    if now.day is None and not pieces.DAY.match(line, beyond) and not (now.clock is None and _time_at(line, beyond)):
        return None
    return replace(now, weekday=pieces.weekday_of(found), stop=found.end())


def _part_of_day(line: str, now: Stamp, at: int) -> Stamp | None:
    found = pieces.PART_OF_DAY.match(line, at)
    if found is None or now.clock is not None:
        return None
    beyond = _end_of(_SOFT, line, found.end())
    if now.day is None and not pieces.DAY.match(line, beyond):
        return None
    return replace(now, approximate=True, stop=found.end())


def _day(line: str, now: Stamp, at: int) -> Stamp | None:
    found = None if now.dated else pieces.DAY.match(line, at)
    if found is None:
        return None
    if now.clock is not None and now.weekday is None and now.led_by != "on" and not _DAY_ENDS.match(line, found.end()):
        return None  # `14:05 12 March build goes out`: the day belongs to the words
    day = pieces.day_of(found)
    if found["word"] and not _time_at(line, _end_of(_TODAY, line, found.end())):
        return None  # `Today we found`
    loose = (found["bm"] or found["am"] or "")[:1].islower() and day is not None and day.year is None
    if loose and now.clock is None and not _time_at(line, _end_of(_SOFT, line, found.end())):
        return None  # `2 may be broken`
    return replace(now, day=day, broken=day is None, stop=found.end())


def _time_at(line: str, at: int) -> re.Match[str] | None:
    return pieces.TIME.match(line, at)


def _clock(line: str, now: Stamp, at: int) -> Stamp | None:
    found = None if now.timed else _time_at(line, at)
    if found is None or not _plausible(line, now, found):
        return None
    clock = pieces.clock_of(found)
    return replace(now, clock=clock, unknown=clock is None, stop=found.end())


def _plausible(line: str, now: Stamp, found: re.Match[str]) -> bool:
    """Refuse what has the shape of a time and is a number: `4.12 reaches`, `1405 requests`, `2024 was`."""
    if found["dotted"] and not found["dp"]:
        return now.dated or len(found["dh"]) == 2  # noqa: PLR2004 - 09.15, not 9.15
    if found["four"] and not found["hours"]:
        return not _PLURAL.match(line, found.end())
    return True


def _range(line: str, now: Stamp, _at: int) -> Stamp | None:
    to = _TO.match(line, now.stop)
    if to is None or now.end is not None or (to["and"] and "between" not in line[: now.stop].casefold()):
        return None
    day = pieces.DAY.match(line, to.end())
    if now.clock is None:
        between = day if now.day is not None and now.end_day is None else None
        return replace(now, end_day=pieces.day_of(between), stop=between.end()) if between else None
    start = _end_of(re.compile(r"[\s,T]*"), line, day.end()) if day else to.end()
    found = _time_at(line, start)
    if found is not None and found["unknown"]:
        return replace(now, approximate=True, stop=found.end())
    if found is None or (found["four"] and ":" in line[: now.stop]):
        return None
    end = pieces.clock_of(found)
    if end is None or not _ENDS.match(line, found.end()):
        return None
    end_day = pieces.day_of(day) if day else None
    return replace(now, clock=_shared_half(now.clock, end), end=end, end_day=end_day, stop=found.end())


def _shared_half(start: Clock, end: Clock) -> Clock:
    """Return the start with the afternoon of the end: 02:00 and 02:30 PM."""
    later = start.time.replace(hour=start.time.hour + 12) if start.time.hour < 12 else start.time  # noqa: PLR2004
    shared = end.marked and not start.marked and end.time.hour >= 12 and later <= end.time  # noqa: PLR2004 - noon
    return replace(start, time=later, marked=True) if shared else start


def _zone(line: str, now: Stamp, _at: int) -> Stamp | None:
    if now.clock is None or (now.zone and now.end is None):
        return None
    found = _ZONE.match(line, now.stop)
    if found is None or (found[0].count("(") != found[0].count(")")):
        return None
    return replace(now, zone=now.zone or found["zone"], stop=found.end())


def _other_clock(line: str, now: Stamp, _at: int) -> Stamp | None:
    found = None if now.clock is None else _OTHER_CLOCK.match(line, now.stop)
    if found is None:
        return None
    inner = (found["inner"] or found["slashed"]).strip()
    time = _time_at(inner, 0)
    rest = inner[time.end() :] if time else inner
    if time is None or (rest and not _ZONE.fullmatch(rest)):
        return None
    return replace(now, stop=found.end())


def _doubt(line: str, now: Stamp, _at: int) -> Stamp | None:
    found = pieces.DOUBT.match(line, now.stop) if now.clock is not None and not now.approximate else None
    return replace(now, approximate=True, stop=found.end()) if found else None


def _year(line: str, now: Stamp, _at: int) -> Stamp | None:
    """Read the year at the end, as `date` prints it: Thu Mar 4 14:05:30 UTC 2021."""
    found = _LATE_YEAR.match(line, now.stop) if now.clock and now.day and now.weekday is not None else None
    if found is None or now.day is None or now.day.year is not None:
        return None
    return replace(now, day=replace(now.day, year=int(found["year"])), stop=found.end())


def _beyond(line: str, now: Stamp) -> Stamp | None:
    """Look past a mark that separates: a time after its day, a day in brackets after its time."""
    hard = _HARD.match(line, now.stop)
    if hard and now.dated and not now.timed:
        return _clock(line, now, hard.end())
    if hard and now.clock is not None and not now.dated and "|" in hard[0]:
        return _day(line, now, hard.end())
    bracket = _BRACKET.match(line, now.stop)
    if bracket and now.clock is not None and not now.dated:
        found = _day(line, now, bracket.end())
        closed = re.compile(r"\s*\)").match(line, found.stop) if found else None
        return replace(found, stop=closed.end()) if found and closed else None
    return None


def _after(line: str, stop: int) -> tuple[int, bool]:
    """Return where the text begins after a stamp, and whether more than a space stands between."""
    before = line[:stop]
    opened = {
        "*": before.count("*"), "_": before.count("_"), "`": before.count("`"),
        ")": before.count("(") - before.count(")"), "]": before.count("[") - before.count("]"),
        "}": before.count("{") - before.count("}"),
    }  # fmt: skip
    marks = 0
    while stop < len(line):
        closer = _CLOSER.match(line, stop)
        kind = closer[0].strip()[0] if closer else ""
        if closer and (opened.get(kind, 0) > 0 or closer.end() == len(line)):
            opened[kind] = 0
        elif (closer := _SEPARATOR.match(line, stop)) is None:
            break
        marks += bool(closer[0].strip())
        stop = closer.end()
    return stop, marks > 0 or stop == len(line)
