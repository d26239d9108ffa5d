"""From what a line says to an instant: the day it lies on, the clock it was read from, nights when clocks change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pmfacil.core.saying import zone_of
from pmfacil.core.timer import ZERO
from pmfacil.intake.dates import nearest_year
from pmfacil.intake.zones import zone_named

if TYPE_CHECKING:
    from datetime import time, tzinfo

    from pmfacil.core.model import PostMortem
    from pmfacil.intake.pieces import Clock, Day
    from pmfacil.intake.stamp import Stamp

ROLL_TYPED: Final = timedelta(hours=12)
"""A typed time this much before the newest entry means the next day: rooms add what they forgot, hours later."""

ROLL_WRITTEN: Final = timedelta(hours=6)
"""In material that is written down in order, as little as this means the next day."""

_HALF: Final = timedelta(hours=12)
_AFTERNOON: Final = timedelta(hours=6)  # 1:52 after 11:30 is the afternoon; 9:15 after 9:30 is out of order
_YEARS_BACK: Final = 28  # every weekday meets every day of the year within 28 years


@dataclass(frozen=True, slots=True)
class Context:
    """What a line is read against.

    `zone` is the incident's, `day` what a bare time means (None: unknown), `last` the entry before, `now` the moment;
    `roll` is from how much earlier on a time means the next day. In a document `month_first` says how 03/04 is
    meant (None: undecided), `twelve` that it uses the 12-hour clock without saying am or pm, and `told` is the zone
    that a heading gives to all its times.
    """

    zone: str
    day: date | None
    last: datetime | None
    now: datetime
    roll: timedelta = ROLL_TYPED
    month_first: bool | None = None
    twelve: bool = False
    told: tzinfo | None = None

    @classmethod
    def of(cls, pm: PostMortem, *, last: datetime | None, now: datetime) -> Context:
        """Return the context of a post-mortem's timeline; without a day of its own, today is meant."""
        return cls(pm.zone, day_of_story(pm) or now.astimezone(zone_of(pm.zone)).date(), last, now)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a stamp lies: an instant, or a day alone, or neither; `notes` is what to point out."""

    at: datetime | None = None
    until: datetime | None = None
    day: date | None = None
    notes: tuple[str, ...] = ()


def day_of_story(pm: PostMortem) -> date | None:
    """Return the day on which a post-mortem's story begins; None where neither it nor an entry says."""
    if pm.occurred_on is not None or not pm.entries:
        return pm.occurred_on
    days = (entry.at.astimezone(zone_of(pm.zone)).date() if entry.at else entry.day for entry in pm.entries)
    return next((day for day in days if day is not None), None)


def place(stamp: Stamp, context: Context) -> Placed:
    """Return where a stamp lies; what the line does not say and the context does not know stays unknown."""
    zone = zone_named(stamp.zone) or context.told or zone_of(context.zone)
    base = context.last.astimezone(zone).date() if context.last is not None else context.day
    notes = () if not stamp.zone or zone_named(stamp.zone) else (f"no zone is called {stamp.zone}",)
    if stamp.broken:
        return Placed(notes=("no such day",))
    on = day_named(stamp, base, context)
    if stamp.clock is None:
        return Placed(day=on, notes=notes)
    if (on or base) is None:
        return Placed(notes=("on which day?",))
    at, more = _placed(stamp.clock, on, base, zone, context)
    until = _end(stamp, at, zone, context)
    return Placed(at, until, notes=(*more, *notes))


def day_named(stamp: Stamp, base: date | None, context: Context) -> date | None:
    """Return the day that a stamp names, with the year it does not say; None where it names none."""
    if stamp.day is not None:
        return _full(stamp.day, base, context, stamp.weekday)
    if stamp.weekday is not None and base is not None:
        return base + timedelta(days=(stamp.weekday - base.weekday()) % 7)
    return None


def _full(day: Day, base: date | None, context: Context, weekday: int | None) -> date | None:
    today = context.now.astimezone(zone_of(context.zone)).date()
    if day.ago is not None:
        return today - timedelta(days=day.ago)
    first = _dated(day, base, today, weekday)
    if day.swapped is None:
        return first
    other = _dated(day.swapped, base, today, weekday)
    if context.month_first is not None:
        return first if context.month_first else other
    if base is not None and first is not None and other is not None:
        return min((first, other), key=lambda found: abs(found - base))
    return first or other


def _dated(day: Day, base: date | None, today: date, weekday: int | None) -> date | None:
    if day.year is not None:
        return date(day.year, day.month, day.day) if MINYEAR < day.year < MAXYEAR else None
    if base is not None and weekday is None:
        return nearest_year(day.month, day.day, base)
    # A post-mortem looks back: the newest such day that is not to come, and on the weekday that is said.
    around = base.year + 1 if base is not None else today.year
    latest = today if base is None else date.max
    for year in range(around, around - _YEARS_BACK, -1):
        try:
            found = date(year, day.month, day.day)
        except ValueError:
            continue
        if found <= latest and weekday in (None, found.weekday()):
            return found
    return nearest_year(day.month, day.day, base or today)


def _placed(
    clock: Clock, on: date | None, base: date | None, zone: tzinfo, context: Context
) -> tuple[datetime, tuple[str, ...]]:
    last, start = context.last, on or base or date.min
    at, notes = instant(start, clock.time, zone)
    if on is not None or last is None or at >= last:
        return at, notes
    if context.twelve and clock.twelve and ZERO <= at + _HALF - last <= _AFTERNOON:
        return at + _HALF, (*notes, "read as the afternoon")
    if last - at > context.roll:
        at, notes = instant(start + timedelta(days=1), clock.time, zone)
        return at, ("next day", *notes)
    return at, (*notes, "earlier than the last entry")


def _end(stamp: Stamp, at: datetime, zone: tzinfo, context: Context) -> datetime | None:
    if stamp.end is None:
        return None
    on = at.astimezone(zone).date()
    named = _full(stamp.end_day, on, context, None) if stamp.end_day else None
    until, _ = instant(named or on, stamp.end.time, zone)
    if until < at and named is None:
        until, _ = instant(on + timedelta(days=1), stamp.end.time, zone)
    return until if until >= at else None


def instant(day: date, at: time, zone: tzinfo) -> tuple[datetime, tuple[str, ...]]:
    """Return a wall time as a UTC instant, and what is odd about it on nights when the clocks change."""
    wall = datetime.combine(day, at, tzinfo=zone)
    found = wall.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        return found, ("the clocks go forward over this time",)
    if wall.replace(fold=1).utcoffset() != wall.utcoffset():
        return found, ("this time comes twice that night; the first is taken",)
    return found, ()
