"""Verbs about the post-mortem as a whole: its title, its people, its agenda, its norms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmfacil.core.agenda import scaled
from pmfacil.core.errors import Unfit
from pmfacil.core.model import Kind, Person, PersonId, PostMortem
from pmfacil.core.operations.items import find, swapped, without
from pmfacil.core.text import kept, required
from pmfacil.core.verbs import verb

if TYPE_CHECKING:
    from datetime import date, datetime

    from pmfacil.core.agenda import Boxes
    from pmfacil.core.model import PostMortemId


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
    """Return a new post-mortem that keeps what repeats: kind, zone, agenda and people, nobody present yet."""
    fresh = begin(id, title, pm.kind, None, now, zone=pm.zone)
    return replace(fresh, boxes=pm.boxes, people=tuple(replace(person, present=False) for person in pm.people))


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


@verb("change the agenda")
def plan_agenda(pm: PostMortem, total: int) -> PostMortem:
    """Scale every box to a meeting of `total` minutes."""
    return replace(pm, boxes=scaled(total))


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
