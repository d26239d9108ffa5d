"""Verbs of the timeline: what happened, when, and that the room agrees on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Unfit
from pmfacil.core.model import (
    Agreement,
    Anchor,
    AnchorMark,
    Dissent,
    DissentId,
    Entry,
    EntryId,
    EntryKind,
    PostMortem,
)
from pmfacil.core.operations.items import find, swapped, without
from pmfacil.core.saying import zone_of
from pmfacil.core.text import kept, required
from pmfacil.core.verbs import verb

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

_KINDS: Final = {
    Anchor.IMPACT_BEGAN: EntryKind.EVENT,
    Anchor.DETECTED: EntryKind.SIGNAL,
    Anchor.ACKNOWLEDGED: EntryKind.ACTION,
    Anchor.MITIGATED: EntryKind.RECOVERY,
    Anchor.RESOLVED: EntryKind.RECOVERY,
}


@verb("add an entry")
def record_entry(pm: PostMortem, entry: Entry) -> PostMortem:
    """Put an entry where its time belongs; without a time, after the last one."""
    return _amended(pm, _placed(pm, pm.entries, _sound(entry)))


@verb("add entries")
def record_entries(pm: PostMortem, entries: Iterable[Entry]) -> PostMortem:
    """Put many entries where their times belong, as one change: one undo takes them all back."""
    placed = pm.entries
    for entry in entries:
        placed = _placed(pm, placed, _sound(entry))
    return _amended(pm, placed)


@verb("edit an entry")
def revise_entry(pm: PostMortem, entry: Entry) -> PostMortem:
    """Replace the entry with that id by this one, moving it where its time now belongs."""
    before = find(pm.entries, entry.id, "entry")
    revised = _sound(entry)
    if (revised.at, revised.day) == (before.at, before.day):
        return _amended(pm, swapped(pm.entries, revised))
    return _amended(pm, _placed(pm, without(pm.entries, entry.id), revised))


@verb("re-time an entry")
def retime_entry(pm: PostMortem, id: EntryId, at: datetime | None) -> PostMortem:
    """Move an entry to another instant, keeping how long it took; None: nobody knows when."""
    entry = find(pm.entries, id, "entry")
    lasted = entry.until - entry.at if entry.until and entry.at else None
    until = at + lasted if at is not None and lasted is not None else None
    moved = replace(entry, at=at, until=until, day=None)
    return _amended(pm, _placed(pm, without(pm.entries, id), moved))


@verb("delete an entry")
def delete_entry(pm: PostMortem, id: EntryId) -> PostMortem:
    """Take an entry away, with the evidence links and the moments that point at it."""
    find(pm.entries, id, "entry")
    causes = tuple(
        replace(cause, evidence=tuple(one for one in cause.evidence if one != id)) if id in cause.evidence else cause
        for cause in pm.causes
    )
    anchors = tuple(mark for mark in pm.anchors if mark.entry != id)
    return _amended(replace(pm, causes=causes, anchors=anchors), without(pm.entries, id))


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


@verb("say when a moment was")
def time_anchor(pm: PostMortem, anchor: Anchor, id: EntryId, at: datetime, *, approximate: bool = False) -> PostMortem:
    """Say when a moment was: its entry is re-timed, or one with that id begins, which says no more than the moment."""
    marked = next((mark.entry for mark in pm.anchors if mark.anchor is anchor and mark.entry is not None), None)
    if marked is not None:
        retimed = retime_entry(pm, marked, at)
        sure = replace(find(retimed.entries, marked, "entry"), approximate=approximate)
        return replace(retimed, entries=swapped(retimed.entries, sure))
    called = anchor.value.capitalize()
    entry = Entry(id, called, _KINDS[anchor], at, approximate=approximate)
    return mark_anchor(record_entry(pm, entry), anchor, id)


@verb("note what was known")
def note_known(pm: PostMortem, id: EntryId, known: str) -> PostMortem:
    """Note what was known, seen and expected at the moment of an entry; empty words take the note away."""
    entry = find(pm.entries, id, "entry")
    return _amended(pm, swapped(pm.entries, replace(entry, known=kept(known))))


@verb("mark a moment")
def mark_anchor(pm: PostMortem, anchor: Anchor, id: EntryId) -> PostMortem:
    """Say that an entry is that moment; the entry that was it before is so no longer."""
    find(pm.entries, id, "entry")
    return _with_anchor(pm, AnchorMark(anchor, id))


@verb("rule a moment out")
def rule_out_anchor(pm: PostMortem, anchor: Anchor) -> PostMortem:
    """Say that a moment does not apply to this failure, as detection does not to a missed deadline."""
    return _with_anchor(pm, AnchorMark(anchor))


@verb("take a mark back")
def clear_anchor(pm: PostMortem, anchor: Anchor) -> PostMortem:
    """Say nothing of a moment any more."""
    return replace(pm, anchors=tuple(mark for mark in pm.anchors if mark.anchor is not anchor))


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
    return replace(entry, text=required(entry.text, "entry"), evidence=kept(entry.evidence), known=kept(entry.known))


def _placed(pm: PostMortem, entries: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    """Return the entries with `entry` before the first later one, looked for from the end, where most belong."""
    if entry.at is None and entry.day is None:
        return (*entries, entry)
    zone = zone_of(pm.zone)
    index = len(entries)
    for place in range(len(entries) - 1, -1, -1):
        other = entries[place]
        if other.at is None and other.day is None:
            continue
        if not _later(other, entry, zone):
            break
        index = place
    return (*entries[:index], entry, *entries[index:])


def _later(other: Entry, entry: Entry, zone: tzinfo) -> bool:
    """Tell whether `other` comes after `entry`; where only a day is known, it stands after what has a time."""
    if other.at is not None and entry.at is not None:
        return other.at > entry.at
    mine, theirs = _day_of(entry, zone), _day_of(other, zone)
    return theirs > mine or (theirs == mine and other.at is None and entry.at is not None)


def _day_of(entry: Entry, zone: tzinfo) -> date:
    if entry.at is not None:
        return entry.at.astimezone(zone).date()
    return entry.day or date.min


def _with_anchor(pm: PostMortem, mark: AnchorMark) -> PostMortem:
    return replace(pm, anchors=(*(one for one in pm.anchors if one.anchor is not mark.anchor), mark))


def _amended(pm: PostMortem, entries: tuple[Entry, ...]) -> PostMortem:
    stamp = replace(pm.agreement, amended=True) if pm.agreement else None
    return replace(pm, entries=entries, agreement=stamp)
