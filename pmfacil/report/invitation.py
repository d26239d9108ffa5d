"""The invitation to a meeting, as plain text to paste into a mail or a calendar; it names roles before names."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pmfacil.core import saying
from pmfacil.core.agenda import STEPS
from pmfacil.core.guide import NORMS, PURPOSE
from pmfacil.core.readiness import window
from pmfacil.core.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pmfacil.core.model import PostMortem

_SHOWN: Final = 20  # entries of the draft that a mail can carry
_LABEL: Final = 17  # characters of the longest label of a fact, and the gap after it

_BRING: Final = (
    "What you knew, saw and expected at the time. Notes, screenshots and links help;",
    "explanations and fixes can wait until we are in the room.",
)
_BEFOREHAND: Final = "Please read the draft beforehand, and say what is missing or looked different from your seat."


def invitation(pm: PostMortem, now: datetime) -> str:
    """Return the whole invitation; what is not known yet is left out."""
    sections = (
        ("", (f"Post-mortem: {_line(pm.title)}", *_when(pm, now))),
        ("Why we meet", (PURPOSE,)),
        ("How we talk", (f"- {norm.text}" for norm in NORMS)),
        ("Agenda", _agenda(pm)),
        ("What we know so far", _known(pm)),
        ("What it affected", _affected(pm)),
        (f"Draft timeline, times in {_line(pm.zone)}", _draft(pm)),
        ("Invited", _invited(pm)),
        ("What to bring", (*_BRING, *([_BEFOREHAND] if pm.entries else []))),
    )
    told = ((title, tuple(lines)) for title, lines in sections)
    return "\n\n".join("\n".join((title, *lines) if title else lines) for title, lines in told if lines) + "\n"


def _when(pm: PostMortem, now: datetime) -> Iterator[str]:
    total = sum(pm.boxes)
    start = pm.facts.meets_at
    if start is None:
        found = window(pm, now)
        best = f"; best by {saying.short_day(found.latest.astimezone())}" if found and found.latest > now else ""
        yield f"When: to be agreed{best} ({total} minutes)"
        return
    local, end = start.astimezone(), (start + timedelta(minutes=total)).astimezone()
    yield f"When: {local:%A} {saying.day(local)}, {saying.here(start)}–{saying.here(end)} {local:%Z} ({total} minutes)"
    there = start.astimezone(saying.zone_of(pm.zone))
    if there.utcoffset() != local.utcoffset():
        day = "" if there.date() == local.date() else f"{saying.short_day(there)} "
        yield f"      {day}{there:%H:%M} in {_line(pm.zone)}"


def _agenda(pm: PostMortem) -> Iterator[str]:
    start, passed = pm.facts.meets_at, 0
    for step, minutes in zip(STEPS, pm.boxes, strict=True):
        lead = f"{saying.here(start + timedelta(minutes=passed))}  " if start is not None else ""
        yield f"{lead}{step.called} ({minutes} minute{'s' * (minutes != 1)})"
        passed += minutes
    if start is not None:
        yield f"{saying.here(start + timedelta(minutes=passed))}  End"


def _known(pm: PostMortem) -> Iterator[str]:
    facts = pm.facts
    severity = f"severity: {_line(facts.severity)}" if facts.severity else ""
    said = (pm.kind.value, saying.day(pm.occurred_on) if pm.occurred_on else "", severity)
    head = ", ".join(word for word in said if word)
    yield f"{head[0].upper()}{head[1:]}"
    if facts.happened:
        yield _line(facts.happened)
    if facts.links:
        yield f"Links: {_line(facts.links)}"


def _affected(pm: PostMortem) -> Iterator[str]:
    facts = pm.facts
    told = (
        ("Lasted", facts.lasted),
        ("Affected", facts.people_affected),
        ("Support contacts", facts.contacts),
        ("Money", facts.money),
    )
    for label, words in told:
        if words:
            yield f"{f'{label}:':{_LABEL}} {_line(words)}"


def _draft(pm: PostMortem) -> Iterator[str]:
    zone = saying.zone_of(pm.zone)
    times = [saying.when(entry, zone) for entry in pm.entries[:_SHOWN]]
    width = max(map(len, times), default=0)
    shown = None
    for entry, when in zip(pm.entries, times, strict=False):
        day = entry.at.astimezone(zone).date() if entry.at is not None else entry.day
        if day is not None and day != shown:
            yield saying.day(day)
            shown = day
        yield f"  {when:>{width}}  {_line(entry.text)}"
    if (more := len(pm.entries) - _SHOWN) > 0:
        yield f"… and {more} more entr{'y' if more == 1 else 'ies'}."


def _invited(pm: PostMortem) -> Iterator[str]:
    # Roles, as in the report; who has none told yet could not be recognised without a name.
    named = Counter(_line(person.role or person.name) for person in pm.people)
    yield from (f"- {name}{f' ({count})' if count > 1 else ''}" for name, count in named.items())


def _line(words: str) -> str:
    return " ".join(visible(words).split())
