"""When a typed line says that something happened: a stamp, or one of the short forms of live capture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pmfacil.intake.placing import place
from pmfacil.intake.stamp import read_head

if TYPE_CHECKING:
    from pmfacil.intake.placing import Context
    from pmfacil.intake.stamp import Stamp

_SHIFT: Final = re.compile(r"(?P<sign>[+-])(?P<count>\d{1,4})(?P<unit>s|m|min|mins|h|hrs?)?(?=\s|$)")


@dataclass(frozen=True, slots=True)
class When:
    """What a line says of its time: the instants (UTC), how sure, what to point out, and the rest of the line.

    `day` is set where the line names a day and no time.
    """

    at: datetime | None = None
    until: datetime | None = None
    day: date | None = None
    approximate: bool = False
    given: bool = True
    notes: tuple[str, ...] = ()
    rest: str = ""


def read_when(line: str, context: Context) -> When:
    """Return what `line` says at its start about when; a line that says nothing has no time, and none is invented.

    A time without a day lies on the day of the last entry, or on the next day where it would be much earlier than
    that. `+7` counts from the last entry, `-10m` and `now` from now, and `?` says that nobody knows.
    """
    word, _, rest = line.partition(" ")
    if word.casefold().rstrip(",") == "now":
        return When(_minute(context.now), rest=rest)
    if word == "?":
        return When(rest=rest)
    if shifted := _SHIFT.match(line):
        return _shifted(shifted, line, context)
    head = read_head(line)
    if head is None or head.stamp.broken or not (head.stamp.timed or head.apart or _whole(head.stamp)):
        return When(given=False, rest=line)
    placed = place(head.stamp, context)
    return When(placed.at, placed.until, placed.day, head.stamp.approximate, notes=placed.notes, rest=head.text)


def _whole(stamp: Stamp) -> bool:
    return stamp.day is not None and stamp.day.year is not None


def _minute(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(second=0, microsecond=0)


def _shifted(found: re.Match[str], line: str, context: Context) -> When:
    forward, unit = found["sign"] == "+", found["unit"] or ""
    since = context.last if forward else _minute(context.now)
    if since is None or (not forward and not unit):
        return When(given=False, rest=line)
    seconds = int(found["count"]) * {"s": 1, "h": 3600}.get(unit[:1], 60)
    step = timedelta(seconds=seconds if forward else -seconds)
    return When(since + step, rest=line[found.end() :].lstrip())
