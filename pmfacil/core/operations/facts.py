"""Verbs about the post-mortem as a whole: its title, its people, its agenda, its norms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pmfacil.core.agenda import DEFAULT_BOXES, scaled
from pmfacil.core.errors import Unfit
from pmfacil.core.facts import Facts, Person
from pmfacil.core.model import PostMortem
from pmfacil.core.operations.closing import add_reader
from pmfacil.core.operations.items import find, swapped, without
from pmfacil.core.text import kept, required
from pmfacil.core.verbs import verb

if TYPE_CHECKING:
    from datetime import date, datetime

    from pmfacil.core.agenda import Boxes
    from pmfacil.core.facts import Involvement, PersonId
    from pmfacil.core.kind import Kind
    from pmfacil.core.model import PostMortemId

_WORDS: Final = ("severity", "happened", "lasted", "people_affected", "contacts", "money", "links", "team")


def begin(
    id: PostMortemId,
    title: str,
    kind: Kind,
    occurred_on: date | None,
    now: datetime,
    *,
    zone: str = "UTC",
) -> PostMortem:
    """Return a new post-mortem; refuses with `Empty` where the title has no words."""
    return PostMortem(
        id=id,
        title=required(title, "title"),
        kind=kind,
        created_at=now,
        occurred_on=occurred_on,
        zone=zone,
    )


def as_template(pm: PostMortem, id: PostMortemId, title: str, now: datetime) -> PostMortem:
    """Return a new post-mortem that keeps what repeats: kind, zone, team, tags, agenda, people; nobody present yet."""
    fresh = begin(id, title, pm.kind, None, now, zone=pm.zone)
    facts = Facts(team=pm.facts.team, tags=pm.facts.tags)
    return replace(
        fresh, boxes=pm.boxes, facts=facts, people=tuple(replace(person, present=False) for person in pm.people)
    )


@verb("rename")
def rename(pm: PostMortem, title: str) -> PostMortem:
    """Give the post-mortem another title."""
    return replace(pm, title=required(title, "title"))


@verb("change the kind")
def change_kind(pm: PostMortem, kind: Kind) -> PostMortem:
    """Say what kind of failure it was."""
    return replace(pm, kind=kind)


@verb("change the day")
def date_incident(pm: PostMortem, occurred_on: date | None) -> PostMortem:
    """Say on which day it happened; None where nobody knows."""
    return replace(pm, occurred_on=occurred_on)


@verb("change the facts")
def state_facts(pm: PostMortem, facts: Facts) -> PostMortem:
    """Keep what was gathered before the meeting; a tag that is there twice is kept once."""
    words = {name: kept(getattr(facts, name)) for name in _WORDS}
    tags = tuple(dict.fromkeys(tag for one in facts.tags if (tag := kept(one).lstrip("#").casefold())))
    return replace(pm, facts=Facts(**words, tags=tags, meets_at=facts.meets_at))


@verb("change the time zone")
def set_zone(pm: PostMortem, zone: str) -> PostMortem:
    """Say in which zone (an IANA name) times are shown and typed; instants stay what they are."""
    return replace(pm, zone=required(zone, "time zone"))


@verb("change the agenda")
def plan_agenda(pm: PostMortem, total: int, shape: Boxes = DEFAULT_BOXES) -> PostMortem:
    """Scale every box to a meeting of `total` minutes, in the proportions of `shape`."""
    return replace(pm, boxes=scaled(total, shape))


@verb("change the agenda")
def plan_boxes(pm: PostMortem, boxes: Boxes) -> PostMortem:
    """Set every box by itself, in minutes."""
    if min(boxes) < 1:
        msg = "Every step needs at least one minute."
        raise Unfit(msg)
    return replace(pm, boxes=boxes)


@verb("tick a norm")
def tick_norm(pm: PostMortem, norm: str) -> PostMortem:
    """Tick a norm as read aloud, or take the tick back."""
    read = tuple(one for one in pm.norms_read if one != norm)
    return replace(pm, norms_read=read if len(read) < len(pm.norms_read) else (*read, norm))


@verb("add a person")
def welcome(pm: PostMortem, id: PersonId, name: str, role: str) -> PostMortem:
    """Add somebody who is here."""
    person = Person(id, required(name, "name"), kept(role), present=True)
    return replace(pm, people=(*pm.people, person))


@verb("invite a person")
def invite(pm: PostMortem, id: PersonId, name: str, role: str, involvement: Involvement | None = None) -> PostMortem:
    """Add somebody who is to come, with what they bring to the conversation."""
    person = Person(id, required(name, "name"), kept(role), involvement=involvement)
    return replace(pm, people=(*pm.people, person))


@verb("change an involvement")
def involve(pm: PostMortem, id: PersonId, involvement: Involvement | None) -> PostMortem:
    """Say what somebody brings to the conversation; None where that is not known."""
    person = find(pm.people, id, "person")
    return replace(pm, people=swapped(pm.people, replace(person, involvement=involvement)))


@verb("make a reader of a person")
def read_instead(pm: PostMortem, id: PersonId) -> PostMortem:
    """Let somebody read the report rather than sit in the room."""
    person = find(pm.people, id, "person")
    return replace(add_reader(pm, person.name), people=without(pm.people, id))


@verb("change a person")
def introduce(pm: PostMortem, id: PersonId, name: str, role: str) -> PostMortem:
    """Correct somebody's name or role."""
    person = find(pm.people, id, "person")
    changed = replace(person, name=required(name, "name"), role=kept(role))
    return replace(pm, people=swapped(pm.people, changed))


@verb("mark attendance")
def mark_present(pm: PostMortem, id: PersonId, *, present: bool) -> PostMortem:
    """Say whether somebody is here."""
    person = find(pm.people, id, "person")
    return replace(pm, people=swapped(pm.people, replace(person, present=present)))


@verb("remove a person")
def remove_person(pm: PostMortem, id: PersonId) -> PostMortem:
    """Take somebody off the list."""
    find(pm.people, id, "person")
    return replace(pm, people=without(pm.people, id))
