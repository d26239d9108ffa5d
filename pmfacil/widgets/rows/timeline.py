"""The timeline as rows: days, entries in columns, silent gaps, second accounts, the room's agreement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from textual.content import Content

from pmfacil.core import saying
from pmfacil.core.model import Anchor, Entry, EntryId, EntryKind, PostMortem
from pmfacil.core.radar import gaps
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.widgets.glyphs import Glyphs

_STYLES: Final = {
    EntryKind.EVENT: "$foreground",
    EntryKind.CHANGE: "$primary",
    EntryKind.SIGNAL: "$error",
    EntryKind.DECISION: "$accent",
    EntryKind.ACTION: "$primary",
    EntryKind.COMMUNICATION: "$foreground",
    EntryKind.RECOVERY: "$success",
}
_REMEMBERED: Final = 8192  # rows; a long timeline repaints from memory what did not change

STARRED: Final = "starred"
"""The word that shows starred entries alone."""


class Clocks(StrEnum):
    """Which clock the times are shown on."""

    INCIDENT = "the incident's zone"
    UTC = "UTC"
    BOTH = "both clocks"


@dataclass(frozen=True, slots=True)
class View:
    """How the room looks at the timeline: on which clock, which entries alone, from which entry's moment."""

    clocks: Clocks = Clocks.INCIDENT
    only: str = ""
    stand: EntryId | None = None

    def shows(self, entry: Entry) -> bool:
        """Tell whether an entry is among those that are wanted: of a kind, starred, or with these words."""
        wanted = self.only.casefold()
        return not wanted or wanted == entry.kind or (wanted == STARRED and entry.starred) or wanted in _words(entry)


def timeline_rows(pm: PostMortem, glyphs: Glyphs, view: View = View()) -> list[Row]:
    """Return the whole body of the timeline step."""
    if not pm.entries:
        empty = [
            parts.note("Facts alone, with their times: what was done, seen, decided, said.", style=""),
            parts.note("Type the first one, from before it began: 13:58 change Release 4.12 reaches all regions"),
            parts.note("Or paste a chat, a log, a document: you see every line before it is kept."),
        ]
        return [*empty, *_accounts(pm)]
    entries = list(_entries(pm, glyphs, view))
    if view.stand is not None:
        return [*entries, *_covered(pm, view.stand)]
    return [*_filtered(pm, view), *entries, *_accounts(pm), *_agreement(pm, glyphs)]


def _words(entry: Entry) -> str:
    return f"{entry.text} {entry.evidence} {entry.known}".casefold()


def _entries(pm: PostMortem, glyphs: Glyphs, view: View) -> Iterator[Row]:
    zone = UTC if view.clocks is Clocks.UTC else saying.zone_of(pm.zone)
    wanted = [entry for entry in _seen(pm, view) if view.shows(entry)]
    whens = [_when(entry, zone, view.clocks) for entry in wanted]
    width = max((len(when) for when in whens), default=0)
    kinds = max((len(entry.kind.value) for entry in wanted), default=0)
    silent = gaps(pm) if not view.only else {}
    anchors = _anchors(pm)
    shown: date | None = None
    zoned = False
    for entry, when in zip(wanted, whens, strict=True):
        on = entry.at.astimezone(zone).date() if entry.at is not None else entry.day
        if on is not None and on != shown:
            yield _day(on, None if zoned else entry.at, zone)
            shown, zoned = on, zoned or entry.at is not None
        elif entry.id in silent:
            yield parts.note(f"{saying.length(silent[entry.id])} with nothing recorded", indent=width + 2)
        yield _row(entry, when, (width, kinds), glyphs, anchors.get(entry.id, ()))
        if entry.known:
            yield _known(entry, width, glyphs)


def _seen(pm: PostMortem, view: View) -> tuple[Entry, ...]:
    """Return the entries up to the moment that the room stands at."""
    places = [index for index, entry in enumerate(pm.entries) if entry.id == view.stand]
    return pm.entries[: places[0] + 1] if places else pm.entries


def _when(entry: Entry, zone: tzinfo, clocks: Clocks) -> str:
    said = saying.when(entry, zone)
    return f"{said} {saying.clock(entry.at, UTC)}Z" if clocks is Clocks.BOTH and entry.at is not None else said


def _anchors(pm: PostMortem) -> dict[EntryId, tuple[Anchor, ...]]:
    marked: dict[EntryId, tuple[Anchor, ...]] = {}
    for mark in pm.anchors:
        if mark.entry is not None:
            marked[mark.entry] = (*marked.get(mark.entry, ()), mark.anchor)
    return marked


def _day(on: date, first: datetime | None, zone: tzinfo) -> Row:
    """Return the line of a day; the first one that has a time names the zone."""
    if first is None:
        return parts.note(saying.day(on))
    offset = f"{first.astimezone(zone):%z}"
    return parts.note(f"{saying.day(on)} · times in {zone} (UTC{offset[:3]}:{offset[3:5]})")


@lru_cache(maxsize=_REMEMBERED)
def _row(entry: Entry, when: str, widths: tuple[int, int], glyphs: Glyphs, anchors: tuple[Anchor, ...]) -> Row:
    width, kinds = widths
    lead = joined(
        plain(when.rjust(width), parts.STRONG if entry.at else parts.QUIET),
        Content("  "),
        parts.padded(f"{glyphs.of_kind(entry.kind)} {entry.kind.value}", kinds + 2, _STYLES[entry.kind]),
        plain(f" {glyphs.star if entry.starred else ' '} ", parts.ACCENT),
    )
    said = {True: "acted on", False: "not acted on", None: ""}[entry.acted_on]
    marked = parts.tail(*anchors, style=parts.ACCENT)
    evidence = "" if entry.evidence in entry.text else entry.evidence
    return Row(entry.id, lead, joined(plain(entry.text), marked, parts.tail(said, evidence)))


def _known(entry: Entry, width: int, glyphs: Glyphs) -> Row:
    return Row("", plain(f"{' ' * (width + 2)}{glyphs.last}"), plain(f"known then: {entry.known}", parts.QUIET))


def _covered(pm: PostMortem, stand: EntryId) -> Iterator[Row]:
    later = len(pm.entries) - 1 - next((i for i, one in enumerate(pm.entries) if one.id == stand), len(pm.entries) - 1)
    yield parts.blank()
    said = f"{later} later {'entry is' if later == 1 else 'entries are'} covered." if later else "Nothing came later."
    yield parts.note(f"{said} ↓ goes on to the next, Esc uncovers all.", style=parts.ACCENT)


def _filtered(pm: PostMortem, view: View) -> Iterator[Row]:
    if view.only:
        count = sum(1 for entry in pm.entries if view.shows(entry))
        yield parts.note(
            f"Only “{view.only}”: {count} of {len(pm.entries)} entries. Esc shows them all.", style=parts.ACCENT
        )


def _accounts(pm: PostMortem) -> Iterator[Row]:
    if pm.dissents:
        yield parts.blank()
        yield parts.heading("Second accounts", "kept beside the timeline, never merged")
    for dissent in pm.dissents:
        yield Row(dissent.id, Content("  "), plain(dissent.text))


def _agreement(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    if pm.agreement is None:
        return
    at = saying.here(pm.agreement.at)
    since = ", changed since: F6 asks again" if pm.agreement.amended else ""
    yield parts.blank()
    style = parts.ACCENT if pm.agreement.amended else parts.GOOD
    yield parts.note(f"{glyphs.tick} The room agreed on this timeline at {at}{since}", style=style)
