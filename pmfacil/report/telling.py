"""Timeline entries as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core import saying
from pmfacil.core.model import EntryKind
from pmfacil.report.document import Table

if TYPE_CHECKING:
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
        on = entry.at.astimezone(zone).date() if entry.at else shown
        day = saying.day(on) if on is not None and on != shown else ""
        shown = on
        rows.append((f"{day} {saying.when(entry, zone)}".strip(), entry.kind.value, _entry(entry)))
    return Table((f"When ({pm.zone})", "Kind", "What happened"), tuple(rows))


def _entry(entry: Entry) -> str:
    notes = []
    if entry.kind is EntryKind.SIGNAL and entry.acted_on is not None:
        notes.append("acted on" if entry.acted_on else "not acted on")
    if entry.evidence:
        notes.append(entry.evidence)
    return f"{entry.text} ({'; '.join(notes)})" if notes else entry.text
