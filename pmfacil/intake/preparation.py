"""What is typed before a meeting: a kind, a day, a zone, an agenda, a person, the time of the meeting, a moment.

Each reader returns what it understood, or raises `Unfit` with a sentence that says what would do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

from pmfacil.core import saying
from pmfacil.core.agenda import DEFAULT_BOXES, LEARNING_REVIEW, PRESETS, STEPS, scaled
from pmfacil.core.errors import Unfit
from pmfacil.core.facts import Involvement
from pmfacil.core.kind import Kind
from pmfacil.core.measures import anchored
from pmfacil.core.model import Anchor
from pmfacil.core.text import shortened
from pmfacil.intake import pieces
from pmfacil.intake.clock import read_when
from pmfacil.intake.dates import understand_date
from pmfacil.intake.placing import Context, day_of_story

if TYPE_CHECKING:
    from datetime import date, time

    from pmfacil.core.agenda import Boxes
    from pmfacil.core.model import PostMortem

_BRINGS: Final = {
    "involved": Involvement.INVOLVED,
    "directly involved": Involvement.INVOLVED,
    "responder": Involvement.RESPONDER,
    "responded": Involvement.RESPONDER,
    "context": Involvement.CONTEXT,
    "outside": Involvement.OUTSIDE,
    "outsider": Involvement.OUTSIDE,
    "outside view": Involvement.OUTSIDE,
}
_BESIDE_A_TIME: Final = frozenset({"at", "@", "on", "-", "–"})
_FURTHEST: Final = timedelta(days=366)
_LONGEST_BOX: Final = 480
_MOST_DIGITS: Final = 3
_QUOTED: Final = 30  # characters of what was typed that a sentence says again


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to invite, as typed: `Ana Ruiz, on-call engineer, responder`."""

    name: str
    role: str
    involvement: Involvement | None


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was, how sure, and what to point out about it."""

    at: datetime
    approximate: bool
    notes: tuple[str, ...]


def read_kind(words: str) -> Kind:
    """Return the kind that begins so, or whose second word does: `project`, `incident`, `client`."""
    said = words.casefold()
    for kind in Kind:
        if any(kind.value[at:].startswith(said) for at in (0, kind.value.find(" ") + 1)):
            return kind
    raise _unknown(words, "kind", f"There are: {', '.join(kind.value for kind in Kind)}.")


def read_past_day(words: str, today: date) -> date:
    """Return the day on which something failed; a bare weekday is the last one."""
    day = understand_date(f"last {words}", today) or understand_date(words, today)
    if day is None:
        raise _unknown(words, "day", "Try “yesterday”, “friday” or “12 March”.")
    return day


def read_zone(words: str) -> str:
    """Return the IANA name of a zone; the city alone will do where only one zone is called so."""
    said = words.casefold().replace(" ", "_")
    known = _zones()
    if said in known:
        return known[said]
    found = [name for folded, name in known.items() if folded.rpartition("/")[2] == said]
    if len(found) != 1:
        raise _unknown(words, "time zone", "Write one like “Europe/London” or “UTC”.")
    return found[0]


def read_agenda(words: str, boxes: Boxes) -> Boxes:
    """Return the minutes of each step: scaled to one number, set by six, or `learning` for the learning review."""
    said = words.casefold()
    numbers = re.findall(r"[0-9]+", said)
    strange = re.sub(r"learning|review|min(?:ute)?s?|[0-9\s,;/+·-]", "", said)
    learning = "learning" in said or "review" in said
    if strange or not (numbers or learning) or any(len(number) > _MOST_DIGITS for number in numbers):
        raise _unknown(words, "agenda", "Type the minutes of the whole meeting, or of each of the six steps.")
    minutes = [int(number) for number in numbers]
    if learning:
        return scaled(minutes[0] if minutes else sum(LEARNING_REVIEW), LEARNING_REVIEW)
    if len(minutes) == 1:
        # From the usual shapes themselves, so that scaling often does not add up what rounding left.
        usual = (shape for shape in (DEFAULT_BOXES, LEARNING_REVIEW) if _is_scaled(boxes, shape))
        return scaled(minutes[0], next(usual, boxes))
    if len(minutes) != len(STEPS):
        sentence = "An agenda takes one number, for the whole meeting, or six: one for each step."
        raise Unfit(sentence)
    if not all(1 <= one <= _LONGEST_BOX for one in minutes):
        sentence = f"Every step takes 1 to {_LONGEST_BOX} minutes."
        raise Unfit(sentence)
    return (minutes[0], minutes[1], minutes[2], minutes[3], minutes[4], minutes[5])


def next_agenda(boxes: Boxes) -> Boxes:
    """Return the usual agenda after this one: three lengths, and then the learning review."""
    usual = (*(scaled(total) for total in PRESETS), LEARNING_REVIEW)
    return usual[(usual.index(boxes) + 1) % len(usual)] if boxes in usual else usual[0]


def read_guest(words: str) -> Guest:
    """Return a name, a role and what somebody brings, with commas between them; all but the name may be missing."""
    name, *others = (part.strip() for part in words.split(","))
    involvement = _BRINGS.get(others[-1].casefold()) if others else None
    if involvement is not None:
        others.pop()
    if not name:
        sentence = "Begin with a name: “Ana Ruiz, on-call engineer, responder”."
        raise Unfit(sentence)
    return Guest(name, ", ".join(part for part in others if part), involvement)


def read_meeting(words: str, now: datetime) -> datetime:
    """Return the instant of `fri 10:00`, `tomorrow 14:00`, `14:30` or an ISO one, on the clock of the room."""
    at = _instant(words, now)
    if at is None and (day := understand_date(words, now.astimezone().date())) is not None:
        sentence = f"At what time on {saying.short_day(day)}? Try “{words} 10:00”."
        raise Unfit(sentence)
    if at is None:
        raise _unknown(words, "time to meet", "Try “fri 10:00”, “tomorrow 14:00” or “2026-03-13 10:00”.")
    said = f"{saying.short_day(at.astimezone())} {saying.here(at)}"
    if at < now:
        sentence = f"{said} has passed. Type a time to come."
        raise Unfit(sentence)
    if at > now + _FURTHEST:
        sentence = f"{said} in {at.year} is more than a year away. Type an earlier time."
        raise Unfit(sentence)
    return at.astimezone(UTC)


def read_moment(words: str, anchor: Anchor, pm: PostMortem, now: datetime) -> Moment:
    """Return when a moment was, read as on the timeline: on the day of the story, or after the moment before it."""
    day = day_of_story(pm) or now.astimezone(saying.zone_of(pm.zone)).date()
    when = read_when(words, Context(pm.zone, day, _moment_before(anchor, pm), now))
    if when.at is None or when.rest.strip():
        raise _unknown(words, "time", "Try “13:58”, “~14:05” or “12 Mar 13:58”.")
    if when.until is not None:
        sentence = "A moment is one point in time: type “14:05”, or “~14:05” where nobody is sure."
        raise Unfit(sentence)
    return Moment(when.at, when.approximate, when.notes)


@cache
def _zones() -> dict[str, str]:
    # Looking through the machine's zone files takes as long as a typed letter may.
    return {name.casefold(): name for name in available_timezones()}


def _moment_before(anchor: Anchor, pm: PostMortem) -> datetime | None:
    marked, moments = anchored(pm), tuple(Anchor)
    earlier = (marked.get(one) for one in moments[: moments.index(anchor)])
    known = [entry.at for entry in earlier if entry is not None and entry.at is not None]
    return known[-1] if known else None


def _is_scaled(boxes: Boxes, shape: Boxes) -> bool:
    try:
        return boxes == scaled(sum(boxes), shape)
    except Unfit:
        return False


def _instant(words: str, now: datetime) -> datetime | None:
    today = now.astimezone().date()
    try:
        exact = datetime.fromisoformat(words)
    except ValueError:
        exact = None
    if exact is not None and len(words) > len("2026-03-13"):
        return exact.astimezone() if _placeable(exact.date()) else None
    said = [word for word in words.replace(",", " ").split() if word.casefold() not in _BESIDE_A_TIME]
    last = [(said[:-count], said[-count:]) for count in (2, 1)]
    first = [(said[count:], said[:count]) for count in (2, 1)]
    for day_words, time_words in (*last, *first):
        clock = _clock(" ".join(time_words))
        day = understand_date(" ".join(day_words), today) if day_words else today
        if clock is not None and day is not None and _placeable(day):
            at = datetime.combine(day, clock).astimezone()
            passed = not day_words and at < now
            return datetime.combine(day + timedelta(days=1), clock).astimezone() if passed else at
    return None


def _clock(words: str) -> time | None:
    found = pieces.TIME.fullmatch(words)
    clock = pieces.clock_of(found) if found is not None else None
    return clock.time if clock is not None else None


def _placeable(day: date) -> bool:
    return MINYEAR < day.year < MAXYEAR


def _unknown(words: str, what: str, instead: str) -> Unfit:
    return Unfit(f"“{shortened(words, _QUOTED)}” is no {what} I know. {instead}")
