"""The moments of an incident as rows to pick from, for one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmfacil.core import saying
from pmfacil.core.measures import anchored
from pmfacil.core.model import Anchor
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.model import Entry, PostMortem
    from pmfacil.widgets.glyphs import Glyphs


def anchor_rows(pm: PostMortem, entry: Entry, glyphs: Glyphs) -> list[Row]:
    """Return a row for each moment, and then for ruling one out; a key says what picking the row does."""
    return [parts.note(f"“{entry.text}”"), *_moments(pm, entry, glyphs), *_ruled_out(pm)]


def _moments(pm: PostMortem, entry: Entry, glyphs: Glyphs) -> Iterator[Row]:
    marked, zone = anchored(pm), saying.zone_of(pm.zone)
    for anchor in Anchor:
        at = marked.get(anchor)
        here = at is not None and at.id == entry.id
        lead = parts.padded(f"{glyphs.tick if here else glyphs.untick} ", 3, parts.GOOD if here else parts.QUIET)
        note = "this entry; again takes it back" if here else ""
        if at is not None and not here:
            note = f"now {saying.when(at, zone)} {at.text}"
        elif at is None and anchor in marked:
            note = "ruled out"
        yield Row(f"{'clear' if here else 'mark'}:{anchor.value}", lead, joined(plain(anchor.value), parts.tail(note)))


def _ruled_out(pm: PostMortem) -> Iterator[Row]:
    marked = anchored(pm)
    yield parts.blank()
    for anchor in Anchor:
        if anchor not in marked:
            yield Row(f"rule out:{anchor.value}", plain("   "), plain(f"“{anchor.value}” does not apply here"))
        elif marked[anchor] is None:
            yield Row(f"clear:{anchor.value}", plain("   "), plain(f"“{anchor.value}” applies after all"))
