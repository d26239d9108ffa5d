"""The timeline as the report tells it: entries as a table, and how long things took."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core import saying
from pmfacil.core.measures import Status, durations
from pmfacil.core.model import EntryKind
from pmfacil.report.document import Item, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.measures import Duration
    from pmfacil.core.model import Entry, PostMortem

_SHORT: Final = 20  # entries that still fit beside the rest on two pages


def told_entries(pm: PostMortem) -> list[Entry]:
    """Return the entries that tell the story: the starred ones, or the first ones where none is."""
    return [entry for entry in pm.entries if entry.starred] or list(pm.entries[:_SHORT])


def timeline_table(entries: list[Entry], pm: PostMortem) -> Table:
    """Return entries as a table; the day stands where it changes."""
    zone = saying.zone_of(pm.zone)
    rows, shown = [], None
    for entry in entries:
        on = entry.at.astimezone(zone).date() if entry.at else entry.day or shown
        day = saying.day(on) if on is not None and on != shown else ""
        shown = on
        when = f"{day} {saying.when(entry, zone)}".strip()
        rows.append((when, entry.kind.value, _entry(entry, pm)))
    return Table((f"When ({pm.zone})", "Kind", "What happened"), tuple(rows))


def told_durations(pm: PostMortem) -> Iterator[Item]:
    """Yield how long things took, each with its honest status; nothing where no moment was marked."""
    if not pm.anchors:
        return
    for duration in durations(pm):
        yield Item(said_duration(duration), duration.name.capitalize())


def said_duration(duration: Duration) -> str:
    """Return a duration in words, or what is missing for it."""
    match duration.status:
        case Status.RECORDED if duration.length is not None:
            return f"{'about ' if duration.approximate else ''}{saying.length(duration.length)}"
        case Status.PENDING:
            missing = saying.listed([f"“{anchor.value}”" for anchor in duration.missing])
            return f"pending: nothing in the timeline is marked as {missing}, with a time"
        case Status.INVALID:
            return f"invalid: “{duration.end.value}” lies before “{duration.start.value}”"
        case _:
            return "not applicable"


def _entry(entry: Entry, pm: PostMortem) -> str:
    notes = [mark.anchor.value for mark in pm.anchors if mark.entry == entry.id]
    if entry.kind is EntryKind.SIGNAL and entry.acted_on is not None:
        notes.append("acted on" if entry.acted_on else "not acted on")
    if entry.evidence:
        notes.append(entry.evidence)
    if entry.known:
        notes.append(f"known then: {entry.known}")
    return f"{entry.text} ({'; '.join(notes)})" if notes else entry.text
