"""When a typed line says that something happened: the grammar of `when`, and wall time to instants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from pmfacil.intake.dates import month_number, nearest_year

# Abbreviations that name one offset where people write English post-mortems; others stay part of the text.
_OFFSETS: Final = {
    "UTC": 0, "GMT": 0, "Z": 0, "BST": 60, "CET": 60, "CEST": 120, "EST": -300, "EDT": -240,
    "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
}  # fmt: skip

_TIME: Final = r"""
    (?: (?P<h{n}>[01]?\d|2[0-3]):(?P<m{n}>[0-5]\d)(?::(?P<s{n}>[0-5]\d))?(?:[.,]\d+)?(?:\s?(?P<p{n}>[ap]\.?m\.?))?
      | (?P<hd{n}>[01]\d|2[0-3])\.(?P<md{n}>[0-5]\d)(?![.\d])
      | (?P<hh{n}>1[0-2]|[1-9])\s?(?P<pp{n}>[ap]m)
      | (?P<h4{n}>[01]\d|2[0-3])(?P<m4{n}>[0-5]\d)
    )"""

_WHEN: Final = re.compile(
    rf"""
    (?P<approx>[~≈]\s?|ca\.?\s|about\s|around\s)?
    (?: (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})[T\s,]\s*
      | (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>[A-Za-z]{{3,9}})\.?(?:,?\s+(?P<year>\d{{4}}))?,?\s+(?:at\s+)?
      | (?P<month2>[A-Za-z]{{3,9}})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year2>\d{{4}}))?,?\s+(?:at\s+)?
    )?
    (?P<approx2>[~≈]\s?)?
    {_TIME.format(n=1)}
    (?:\s?[-–]\s?{_TIME.format(n=2)})?
    (?P<doubt>\s?\?|[\s-]?ish\b)?
    (?:\s?(?P<zone>Z|UTC|GMT|BST|CES?T|[ECMP][SD]T)(?:(?P<zoned>[+-]\d{{1,2}}))?\b|\s?(?P<offset>[+-]\d{{2}}:?\d{{2}}))?
    (?=$|[\s,:;|\]–-])
    """,
    re.VERBOSE,
)
_SHIFT: Final = re.compile(r"(?P<sign>[+-])(?P<count>\d{1,4})(?P<unit>s|m|min|mins|h|hrs?)?(?=\s|$)")
_COUNTED: Final = re.compile(r"\s+(?:[a-z]{3,}[^s\W]s|[a-z]+ies|percent|ms|kb|mb|gb|of)\b|\s*%")
_ROLL: Final = timedelta(hours=12)
_NOON: Final = 12


@dataclass(frozen=True, slots=True)
class When:
    """What a line says of its time: the instants (UTC), how sure, what to point out, and the rest of the line."""

    at: datetime | None
    until: datetime | None
    approximate: bool
    given: bool
    notes: tuple[str, ...]
    rest: str


def read_when(line: str, *, zone: tzinfo, day: date, last: datetime | None, now: datetime) -> When:
    """Return what `line` says at its start about when; a line that says nothing has no time, and none is invented.

    A time without a day lies on the day of `last` (else on `day`), or on the next day where it would be more than
    twelve hours before `last`. `+7` counts from `last`, `-10m` and `now` from `now`.
    """
    word, _, rest = line.partition(" ")
    if word.casefold().rstrip(",") == "now":
        return When(_minute(now), None, approximate=False, given=True, notes=(), rest=rest)
    if word == "?":
        return When(None, None, approximate=False, given=True, notes=(), rest=rest)
    if shifted := _SHIFT.match(line):
        return _shifted(shifted, line, last, now)
    found = _WHEN.match(line)
    if found is None or (found["h41"] and _COUNTED.match(line, found.end())):
        return When(None, None, approximate=False, given=False, notes=(), rest=line)
    read = _wall(found, zone, day, last)
    return read or When(None, None, approximate=False, given=False, notes=(), rest=line)


def _minute(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(second=0, microsecond=0)


def _shifted(found: re.Match[str], line: str, last: datetime | None, now: datetime) -> When:
    forward, unit = found["sign"] == "+", found["unit"] or ""
    since = last if forward else _minute(now)
    if since is None or (not forward and not unit):
        return When(None, None, approximate=False, given=False, notes=(), rest=line)
    seconds = int(found["count"]) * {"s": 1, "h": 3600}.get(unit[:1], 60)
    step = timedelta(seconds=seconds if forward else -seconds)
    return When(since + step, None, approximate=False, given=True, notes=(), rest=line[found.end() :].lstrip())


def _wall(found: re.Match[str], zone: tzinfo, day: date, last: datetime | None) -> When | None:
    where = _named_zone(found) or zone
    base = last.astimezone(where).date() if last is not None else day
    dated = _named_day(found, base)
    if dated is _NO_DAY:
        return None
    start, end = _time(found, 1), _time(found, 2)
    if start is None:
        return None
    at, notes = _instant(dated if isinstance(dated, date) else base, start, where)
    if dated is None and last is not None and at < last:
        if last - at > _ROLL:
            at, notes = _instant(base + timedelta(days=1), start, where)
            notes = ("next day", *notes)
        else:
            notes = (*notes, "earlier than the last entry")
    until = None
    if end is not None:
        until, _ = _instant(at.astimezone(where).date(), end, where)
        if until < at:
            until, _ = _instant(at.astimezone(where).date() + timedelta(days=1), end, where)
    doubt = bool(found["approx"] or found["approx2"] or found["doubt"])
    return When(at, until, approximate=doubt, given=True, notes=notes, rest=found.string[found.end() :])


_NO_DAY: Final = object()


def _named_day(found: re.Match[str], base: date) -> date | object | None:
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        number, name, year = (
            found["day"] or found["day2"],
            found["month"] or found["month2"],
            found["year"] or found["year2"],
        )
        if number is None:
            return None
        month = month_number(name)
        if month is None:
            return _NO_DAY
        return date(int(year), month, int(number)) if year else nearest_year(month, int(number), base) or _NO_DAY
    except ValueError:
        return _NO_DAY


def _named_zone(found: re.Match[str]) -> tzinfo | None:
    if found["offset"]:
        digits = found["offset"].replace(":", "")
        minutes = int(digits[1:3]) * 60 + int(digits[3:5])
        return timezone(timedelta(minutes=-minutes if digits[0] == "-" else minutes)) if minutes < 24 * 60 else None
    if not found["zone"]:
        return None
    minutes = _OFFSETS[found["zone"]] + int(found["zoned"] or 0) * 60
    return timezone(timedelta(minutes=minutes)) if abs(minutes) < 24 * 60 else None


def _time(found: re.Match[str], which: int) -> time | None:
    hour = next((found[f"{name}{which}"] for name in ("h", "hd", "hh", "h4") if found[f"{name}{which}"]), None)
    if hour is None:
        return None
    minute = next((found[f"{name}{which}"] for name in ("m", "md", "m4") if found[f"{name}{which}"]), "0")
    half = (found[f"p{which}"] or found[f"pp{which}"] or "")[:1]
    value = int(hour)
    if half:
        if not 1 <= value <= _NOON:
            return None
        value = value % _NOON + (_NOON if half == "p" else 0)
    return time(value, int(minute), int(found[f"s{which}"] or 0))


def _instant(day: date, at: time, zone: tzinfo) -> tuple[datetime, tuple[str, ...]]:
    wall = datetime.combine(day, at, tzinfo=zone)
    instant = wall.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        return instant, ("the clocks go forward over this time",)
    if wall.replace(fold=1).utcoffset() != wall.utcoffset():
        return instant, ("this time comes twice that night; the first is taken",)
    return instant, ()
