"""What is due, as a calendar file (RFC 5545): open actions and the follow-up, as all-day events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pmfacil.core.following import OVER
from pmfacil.core.text import visible
from pmfacil.report.tables import addressed, source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from icalendar import Event

    from pmfacil.core.model import Action, PostMortem

_MAKER: Final = "-//pmfacil//post-mortem//EN"
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})  # RFC 5545, section 3.3.11


@dataclass(frozen=True, slots=True)
class _Texts:
    r"""Texts as the value of a property. The library's own take the letters `\N` of a path for a line break."""

    texts: tuple[str, ...]

    def to_ical(self) -> bytes:
        return ",".join(text.translate(_ESCAPES) for text in self.texts).encode()


@dataclass(frozen=True, slots=True)
class _Due:
    """An event to be: its UID is the same in every export, so that a calendar replaces what it has."""

    uid: str
    on: date
    summary: str
    description: tuple[str, ...]
    categories: tuple[str, ...]


def calendar(pm: PostMortem, now: datetime) -> str:
    """Return the calendar of a post-mortem, stamped `now` (an aware instant); without anything due it has no events.

    Nobody is invited and nothing rings: an event takes no time (`TRANSP:TRANSPARENT`) and lasts its whole day
    (RFC 5545, section 3.6.1: a date without an end).
    """
    from icalendar import Calendar  # noqa: PLC0415 - costs 60 ms, which other forms need not wait for

    made = Calendar()
    made.add("prodid", _MAKER)
    made.add("version", "2.0")
    for due in (*_actions(pm), *_follow_up(pm)):
        made.add_component(_event(due, now))
    written: bytes = made.to_ical()
    return written.decode()


def _event(due: _Due, now: datetime) -> Event:
    from icalendar import Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", due.uid)
    event.add("dtstamp", now)
    event.add("dtstart", due.on)
    event.add("summary", _Texts((due.summary,)), encode=False)
    event.add("description", _Texts(("\n".join(due.description),)), encode=False)
    event.add("categories", _Texts(due.categories), encode=False)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _actions(pm: PostMortem) -> Iterator[_Due]:
    for action in pm.actions:
        if action.due is not None and action.state not in OVER:
            kind = (action.type.value,) if action.type else ()
            owner = f"@{visible(action.owner).lstrip('@')}: " if action.owner.strip() else ""
            summary = f"{owner}{visible(action.text)}"
            description = tuple(_description(pm, action))
            yield _Due(_uid(pm.id, action.id), action.due, summary, description, ("post-mortem", *kind))


def _description(pm: PostMortem, action: Action) -> Iterator[str]:
    if action.done_when.strip():
        yield f"Done when: {visible(action.done_when)}"
    yield f"Addresses: {visible(addressed(pm, action))}"
    yield _from(pm)


def _follow_up(pm: PostMortem) -> Iterator[_Due]:
    on = pm.closing.follow_up_on
    if on is not None:
        summary = f"Follow-up: {visible(pm.title)}"
        description = ("The room looks again at what was agreed: is it done, and did it work?", _from(pm))
        yield _Due(_uid(pm.id), on, summary, description, ("post-mortem", "follow-up"))


def _from(pm: PostMortem) -> str:
    return f"From the post-mortem: {visible(source(pm))}"


def _uid(*ids: str) -> str:
    # Quoted, so that no id can contain the `+` between two, and none can break the line.
    return f"{'+'.join(quote(one, safe='') for one in ids)}@pmfacil"
