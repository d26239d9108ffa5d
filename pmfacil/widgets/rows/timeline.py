"""The timeline as rows: days, entries in columns, silent gaps, second accounts, the room's agreement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from textual.content import Content

from pmfacil.core import saying
from pmfacil.core.model import Anchor, Entry, EntryId, EntryKind, PostMortem
from pmfacil.core.radar import gaps
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    memory = _memory(zone, view.clocks, glyphs)
    told = memory.told(_wanted(pm, view))
    widths = max(map(_TIME, told), default=0), max(map(_KIND, told), default=0)
    silent = gaps(pm) if not view.only else {}
    anchors = _anchors(pm)
    shown: date | None = None
    zoned = False
    for one in told:
        entry, on = one.entry, one.on
        if on is not None and on != shown:
            yield _day(on, None if zoned else entry.at, zone)
            shown, zoned = on, zoned or entry.at is not None
        elif entry.id in silent:
            yield parts.note(f"{saying.length(silent[entry.id])} with nothing recorded", indent=widths[0] + 2)
        yield one.row(widths, anchors.get(entry.id, ()))
        if entry.known:
            yield _known(entry, widths[0], glyphs)


def _wanted(pm: PostMortem, view: View) -> Sequence[Entry]:
    """Return the entries that are looked at: those asked for, up to the moment that the room stands at."""
    entries = pm.entries
    if view.stand is not None:
        places = [index for index, entry in enumerate(entries) if entry.id == view.stand]
        entries = entries[: places[0] + 1] if places else entries
    return [entry for entry in entries if view.shows(entry)] if view.only else entries


class _Told:
    """An entry as it is told on one clock: when, on which day, and its row as it was last wanted."""

    __slots__ = ("_anchors", "_glyphs", "_row", "_widths", "entry", "kind_width", "on", "time_width", "when")

    def __init__(self, entry: Entry, zone: tzinfo, clocks: Clocks, glyphs: Glyphs) -> None:
        self.entry, self._glyphs = entry, glyphs
        self.when = saying.when(entry, zone)
        self.on = entry.day
        if entry.at is not None:
            self.on = entry.at.astimezone(zone).date()
            self.when += f" {saying.clock(entry.at, UTC)}Z" if clocks is Clocks.BOTH else ""
        self.time_width, self.kind_width = len(self.when), len(entry.kind)
        self._widths = 0, 0
        self._anchors: tuple[Anchor, ...] = ()
        self._row = parts.blank()

    def row(self, widths: tuple[int, int], anchors: tuple[Anchor, ...]) -> Row:
        """Return its row, in columns as wide as the widest time and kind."""
        if widths != self._widths or anchors != self._anchors:
            self._widths, self._anchors = widths, anchors
            self._row = _row(self.entry, self.when, widths, self._glyphs, anchors)
        return self._row


class _Memory:
    """What was made of entries, on one clock and in one set of signs.

    A kept line leaves all entries but one the very values that they were. They are told by identity: to compare or
    to hash three hundred entries by what is in them took longer than to keep the new one.
    """

    def __init__(self, zone: tzinfo, clocks: Clocks, glyphs: Glyphs) -> None:
        self._how = zone, clocks, glyphs
        self._told: dict[int, _Told] = {}

    def told(self, entries: Iterable[Entry]) -> list[_Told]:
        """Return entries as they are told here."""
        known = self._told.get
        return [known(id(entry)) or self._made(entry) for entry in entries]

    def _made(self, entry: Entry) -> _Told:
        if len(self._told) >= _REMEMBERED:
            self._told.clear()
        # The entry is held with what was made of it: no other value can take its identity meanwhile.
        told = self._told[id(entry)] = _Told(entry, *self._how)
        return told


_memory = lru_cache(maxsize=4)(_Memory)
_TIME, _KIND = attrgetter("time_width"), attrgetter("kind_width")


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
