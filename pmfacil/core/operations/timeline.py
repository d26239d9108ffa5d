"""Verbs of the timeline: what happened, when, and that the room agrees on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmfacil.core.errors import Unfit
from pmfacil.core.model import Agreement, Dissent, DissentId, Entry, EntryId, EntryKind, PostMortem
from pmfacil.core.operations.items import find, swapped, without
from pmfacil.core.text import kept, required
from pmfacil.core.verbs import verb

if TYPE_CHECKING:
    from datetime import datetime


@verb("add an entry")
def record_entry(pm: PostMortem, entry: Entry) -> PostMortem:
    """Put an entry where its time belongs; without a time, after the last one."""
    return _amended(pm, _placed(pm.entries, _sound(entry)))


@verb("edit an entry")
def revise_entry(pm: PostMortem, entry: Entry) -> PostMortem:
    """Replace the entry with that id by this one, moving it where its time now belongs."""
    before = find(pm.entries, entry.id, "entry")
    revised = _sound(entry)
    if revised.at == before.at:
        return _amended(pm, swapped(pm.entries, revised))
    return _amended(pm, _placed(without(pm.entries, entry.id), revised))


@verb("re-time an entry")
def retime_entry(pm: PostMortem, id: EntryId, at: datetime | None) -> PostMortem:
    """Move an entry to another instant, keeping how long it took; None: nobody knows when."""
    entry = find(pm.entries, id, "entry")
    lasted = entry.until - entry.at if entry.until and entry.at else None
    until = at + lasted if at is not None and lasted is not None else None
    moved = replace(entry, at=at, until=until)
    return _amended(pm, _placed(without(pm.entries, id), moved))


@verb("delete an entry")
def delete_entry(pm: PostMortem, id: EntryId) -> PostMortem:
    """Take an entry away, and the evidence links that point at it."""
    find(pm.entries, id, "entry")
    causes = tuple(
        replace(cause, evidence=tuple(one for one in cause.evidence if one != id)) if id in cause.evidence else cause
        for cause in pm.causes
    )
    return _amended(replace(pm, causes=causes), without(pm.entries, id))


@verb("star an entry")
def star_entry(pm: PostMortem, id: EntryId) -> PostMortem:
    """Star an entry that tells the story, or take the star back; the agreement is not touched."""
    entry = find(pm.entries, id, "entry")
    return replace(pm, entries=swapped(pm.entries, replace(entry, starred=not entry.starred)))


@verb("change the kind of an entry")
def classify_entry(pm: PostMortem, id: EntryId, kind: EntryKind) -> PostMortem:
    """Say what kind of thing an entry tells of; only a signal keeps whether it was acted on."""
    entry = find(pm.entries, id, "entry")
    acted_on = entry.acted_on if kind is EntryKind.SIGNAL else None
    return _amended(pm, swapped(pm.entries, replace(entry, kind=kind, acted_on=acted_on)))


@verb("say whether a signal was acted on")
def judge_signal(pm: PostMortem, id: EntryId, *, acted_on: bool | None) -> PostMortem:
    """Say whether a signal was acted on, or visible and not acted on; None: not said."""
    entry = find(pm.entries, id, "entry")
    if entry.kind is not EntryKind.SIGNAL:
        msg = "Only a signal can be acted on or not. Make this entry a signal first."
        raise Unfit(msg)
    return _amended(pm, swapped(pm.entries, replace(entry, acted_on=acted_on)))


@verb("agree on the timeline")
def agree_timeline(pm: PostMortem, now: datetime) -> PostMortem:
    """Stamp that the room agrees on the timeline as it stands."""
    if not pm.entries:
        msg = "There is no timeline to agree on yet: type the first entry."
        raise Unfit(msg)
    return replace(pm, agreement=Agreement(now))


@verb("keep a second account")
def dissent_from_timeline(pm: PostMortem, id: DissentId, account: str) -> PostMortem:
    """Keep a second account beside the timeline; nothing merges it away, and it names nobody."""
    return replace(pm, dissents=(*pm.dissents, Dissent(id, required(account, "second account"))))


def _sound(entry: Entry) -> Entry:
    if entry.until is not None and (entry.at is None or entry.until < entry.at):
        msg = "An entry cannot end before it starts. Check the two times."
        raise Unfit(msg)
    return replace(entry, text=required(entry.text, "entry"), evidence=kept(entry.evidence))


def _placed(entries: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    if entry.at is None:
        return (*entries, entry)
    later = (i for i, other in enumerate(entries) if other.at is not None and other.at > entry.at)
    index = next(later, len(entries))
    return (*entries[:index], entry, *entries[index:])


def _amended(pm: PostMortem, entries: tuple[Entry, ...]) -> PostMortem:
    stamp = replace(pm.agreement, amended=True) if pm.agreement else None
    return replace(pm, entries=entries, agreement=stamp)
