"""The timeline as rows: days, entries in columns, silent gaps, second accounts, the room's agreement."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from textual.content import Content

from pmfacil.core import saying
from pmfacil.core.model import Entry, EntryKind, PostMortem
from pmfacil.widgets.ledger import Row
from pmfacil.widgets.plain import joined, plain
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

# A silence is worth a line from a quarter of an hour on, and an eighth of the whole story in long ones.
_SILENCE, _SHARE = timedelta(minutes=15), 8


def timeline_rows(pm: PostMortem, glyphs: Glyphs) -> list[Row]:
    """Return the whole body of the timeline step."""
    entries = list(_entries(pm, glyphs)) or [
        parts.note("Facts alone, with their times: what was done, seen, decided, said.", style=""),
        parts.note("Type the first one, from before it began: 13:58 change Release 4.12 reaches all regions"),
    ]
    return [*entries, *_accounts(pm), *_agreement(pm, glyphs)]


def _entries(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    zone = saying.zone_of(pm.zone)
    whens = [saying.when(entry, zone) for entry in pm.entries]
    width = max((len(when) for when in whens), default=0)
    kinds = max((len(entry.kind.value) for entry in pm.entries), default=0)
    silence = _threshold(pm)
    shown: date | None = None
    last: datetime | None = None
    for entry, when in zip(pm.entries, whens, strict=True):
        if entry.at is not None:
            on = entry.at.astimezone(zone).date()
            if on != shown:
                yield _day(entry.at.astimezone(zone), pm.zone, first=shown is None)
                shown = on
            elif last is not None and entry.at - last >= silence:
                yield parts.note(f"{saying.length(entry.at - last)} with nothing recorded", indent=width + 2)
            last = entry.until or entry.at
        yield _row(entry, when, width, kinds, glyphs)


def _threshold(pm: PostMortem) -> timedelta:
    known = [entry.at for entry in pm.entries if entry.at is not None]
    return max(_SILENCE, (known[-1] - known[0]) / _SHARE) if known else _SILENCE


def _day(local: datetime, zone: str, *, first: bool) -> Row:
    named = f"{saying.day(local.date())}"
    offset = f"{local:%z}"
    return parts.note(f"{named} · times in {zone} (UTC{offset[:3]}:{offset[3:5]})" if first else named)


def _row(entry: Entry, when: str, width: int, kinds: int, glyphs: Glyphs) -> Row:
    lead = joined(
        plain(when.rjust(width), parts.STRONG if entry.at else parts.QUIET),
        Content("  "),
        parts.padded(f"{glyphs.of_kind(entry.kind)} {entry.kind.value}", kinds + 2, _STYLES[entry.kind]),
        plain(f" {glyphs.star if entry.starred else ' '} ", parts.ACCENT),
    )
    said = {True: "acted on", False: "not acted on", None: ""}[entry.acted_on]
    return Row(entry.id, lead, joined(plain(entry.text), parts.tail(said, entry.evidence)))


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
