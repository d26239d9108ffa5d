"""Whether a post-mortem is ready for its meeting: when to meet, whom to ask, what is still to be found out.

All of it is advice: nothing here refuses anything (product.md, section 3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pmfacil.core import saying
from pmfacil.core.facts import Involvement
from pmfacil.core.kind import Kind
from pmfacil.core.measures import anchored
from pmfacil.core.model import Anchor
from pmfacil.core.radar import EXPECTED
from pmfacil.core.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from pmfacil.core.facts import Person, PersonId
    from pmfacil.core.model import Entry, PostMortem

TOO_SOON: Final = timedelta(hours=12)
"""Under this long after it was over, people are still recovering."""

INCIDENT_WINDOW: Final = (timedelta(hours=48), timedelta(hours=72))
OTHER_WINDOW: Final = (TOO_SOON, timedelta(days=7))
"""How long after an operational incident, and after any other failure, it is best to meet."""

ENOUGH_ENTRIES: Final = 5
"""A draft of this many entries is what makes twenty minutes enough for the timeline."""

FEWEST: Final = 3
MOST: Final = 12
"""How many people can hold the perspectives, and how many still talk as one group."""

ENDS: Final = (Anchor.IMPACT_BEGAN, Anchor.RESOLVED)
"""The moments without which nobody knows how long it went on."""

_PASSED: Final = timedelta(hours=12)  # a meeting that did not begin by then was put off
_NAME: Final = 30  # cells that a name may take in a sentence
_SATURDAY: Final = 5

_LEADS: Final = re.compile(
    r"\b(?:[sea]?vp|c[efiost]o|ciso|c[mp]o|vice[- ]president|president|director|chief|managing|head of"
    r"|(?<!account )(?<!sales )(?<!customer )executive|(?<!business )(?<!channel )partner(?!\s+\w))\b",
    re.IGNORECASE,
)
_HELPS_ONE: Final = re.compile(r"\b(?:assistant|secretary|[pe]a to)\b", re.IGNORECASE)
_FACILITATES: Final = re.compile(r"\b(?:co-?)?(?:facilitat|moderat)(?:or|es|ing|ion)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(
    r"\d|\b(?:no|none|nobody|one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?"
    r"|half|third|quarter|all|every|everybody|everyone)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Window:
    """The best time to meet, and what to say of the time that is planned (or that none is).

    `fits` where the planned time is neither too soon nor too late; there is nothing to advise then.
    """

    earliest: datetime
    latest: datetime
    advice: str
    fits: bool = False


class Topic(StrEnum):
    """What a piece of advice on people is about."""

    INVOLVED = "involved"
    OUTSIDE = "outside"
    LEADER = "leader"
    FACILITATOR = "facilitator"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to consider about who is invited; `person` where it is about one of them."""

    topic: Topic
    sentence: str
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist: what is good to have before the room meets, and whether it is there."""

    key: str
    sentence: str
    done: bool


def matters(anchor: Anchor, kind: Kind) -> bool:
    """Tell whether a moment matters for that kind of failure; any other can be left."""
    return anchor in EXPECTED[kind]


def window(pm: PostMortem, now: datetime) -> Window | None:
    """Return the best time to meet, and advice on the time that is planned; None where nothing says when it happened.

    It is counted from when it was resolved, else from the last instant of the timeline, else from the end of its day.
    The day on which it closes counts whole; one that closes at a weekend stays open over the Monday.
    """
    if (over := _over(pm)) is None:
        return None
    soonest, longest = INCIDENT_WINDOW if pm.kind is Kind.INCIDENT else OTHER_WINDOW
    earliest, latest = over + soonest, over + longest
    if (weekday := latest.astimezone().weekday()) >= _SATURDAY:
        latest += timedelta(days=7 - weekday)
    planned = pm.facts.meets_at
    missed = _day(latest) < _day(now)
    best = f"between {_said(earliest)} and {_said(latest)}"
    if planned is None:
        faded = f"It was best to meet by {_said(latest)}. Memories fade: meet as soon as people can."
        return Window(earliest, latest, faded if missed else f"Best {best}.")
    if planned < now - _PASSED:
        return Window(earliest, latest, "That time has passed. When does the room meet?")
    if planned < over + TOO_SOON:
        recovering = "Too soon: within 12 hours of the end people are still recovering."
        return Window(earliest, latest, f"{recovering} Aim for a day {best}.")
    if _day(planned) > _day(latest):
        aim = "meet as soon as people can" if missed else f"aim for {_said(latest)} at the latest"
        return Window(earliest, latest, f"Late: memories fade, so {aim}.")
    return Window(earliest, latest, "", fits=True)


def advice(pm: PostMortem) -> tuple[Advice, ...]:
    """Return what to consider about who is invited; nothing while nobody is."""
    if not pm.people:
        return ()
    return (*_facilitators(pm.people), *_perspectives(pm.people), *_leaders(pm.people), *_size(pm.people))


def leads(person: Person) -> bool:
    """Tell whether somebody leads many and was not part of it, and so is better served by the report."""
    part = person.involvement in (Involvement.INVOLVED, Involvement.RESPONDER)
    return not part and bool(_LEADS.search(person.role)) and not _HELPS_ONE.search(person.role)


def readiness(pm: PostMortem, now: datetime) -> tuple[Check, ...]:
    """Return the checklist for the meeting."""
    facts = pm.facts
    told = f"{facts.lasted} {facts.people_affected} {facts.contacts} {facts.money}"
    found = window(pm, now)
    timed = _timed(pm)
    leading = [person for person in pm.people if _FACILITATES.search(person.role)]
    stakes = any(person.involvement is Involvement.INVOLVED for person in leading)
    return (
        Check("happened", "What happened is told", bool(facts.happened)),
        Check("affected", "A number for the impact", bool(_NUMBER.search(told))),
        *(() if timed is None else (Check("moments", "Start and end are timed", timed),)),
        Check("timeline", "Five entries are drafted", len(pm.entries) >= ENOUGH_ENTRIES),
        Check("people", "People, with their part", _known(pm.people)),
        Check(
            "meeting",
            "A time to meet that fits",
            facts.meets_at is not None and (found is None or found.fits),
        ),
        Check("facilitator", "A neutral facilitator", bool(leading) and not stakes),
    )


def _over(pm: PostMortem) -> datetime | None:
    resolved = anchored(pm).get(Anchor.RESOLVED)
    if resolved is not None and resolved.at is not None:
        return resolved.until or resolved.at
    zone = saying.zone_of(pm.zone)
    known = [end for entry in pm.entries if (end := _end(entry, zone)) is not None]
    return max(known) if known else _end_of_day(pm.occurred_on, zone)


def _end(entry: Entry, zone: tzinfo) -> datetime | None:
    return entry.until or entry.at or _end_of_day(entry.day, zone)


def _end_of_day(day: date | None, zone: tzinfo) -> datetime | None:
    # The first and the last years of the calendar have days that no window fits around.
    if day is None or not MINYEAR < day.year < MAXYEAR - 1:
        return None
    return datetime.combine(day, time(23, 59), tzinfo=zone).astimezone(UTC)


def _said(at: datetime) -> str:
    return saying.short_day(_day(at))


def _day(at: datetime) -> date:
    return at.astimezone().date()


def _timed(pm: PostMortem) -> bool | None:
    """Tell whether the two ends of the impact are timed, or ruled out; None where the kind has no such moments."""
    if not matters(Anchor.RESOLVED, pm.kind):
        return None
    marked = anchored(pm)
    for anchor in ENDS:
        entry = marked.get(anchor)
        if anchor not in marked or (entry is not None and entry.at is None):
            return False
    return True


def _known(people: tuple[Person, ...]) -> bool:
    return bool(people) and all(person.involvement is not None for person in people)


def _facilitators(people: tuple[Person, ...]) -> Iterator[Advice]:
    ranks = {Involvement.OUTSIDE: 0, Involvement.CONTEXT: 1, None: 2, Involvement.RESPONDER: 3}
    for person in people:
        if person.involvement is not Involvement.INVOLVED or not _FACILITATES.search(person.role):
            continue
        free = [one for one in people if one.involvement is not Involvement.INVOLVED and not leads(one)]
        others = [_name(one) for one in sorted(free, key=lambda one: ranks[one.involvement])][:2]
        instead = f"{' or '.join(others)} could" if others else "Somebody from another team could"
        yield Advice(
            Topic.FACILITATOR,
            f"{_name(person)} facilitates and was directly involved. A stake in it? {instead} lead instead.",
            person.id,
        )


def _perspectives(people: tuple[Person, ...]) -> Iterator[Advice]:
    there = {person.involvement for person in people}
    if Involvement.INVOLVED not in there:
        yield Advice(Topic.INVOLVED, "Nobody who was directly involved is invited: who knows it from the inside?")
    if Involvement.OUTSIDE not in there:
        yield Advice(Topic.OUTSIDE, "Nobody with an outside view: one or two outsiders ask fresh questions.")


def _leaders(people: tuple[Person, ...]) -> Iterator[Advice]:
    for person in people:
        if leads(person):
            yield Advice(
                Topic.LEADER,
                f"{_name(person)} ({shortened(person.role, _NAME)}) is better served by the report. "
                "Add to readers instead?",
                person.id,
            )


def _size(people: tuple[Person, ...]) -> Iterator[Advice]:
    if len(people) > MOST:
        yield Advice(Topic.SIZE, f"{len(people)} people are too many for one conversation: {MOST} at most can talk.")
    elif len(people) < FEWEST:
        yield Advice(Topic.SIZE, "Fewer than three people cannot hold the perspectives: who else saw it?")


def _name(person: Person) -> str:
    return shortened(person.name, _NAME)
