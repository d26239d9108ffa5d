"""A written post-mortem as rows: as it was written, with what was recognised named beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core import saying
from pmfacil.core.record import Part
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.record import Record

_PART: Final = 10  # cells of the longest part and the gap after it


def record_rows(record: Record) -> list[Row]:
    """Return every passage in reading order under where it came from; each row's key is its place."""
    return [*_head(record), *_passages(record)]


def _head(record: Record) -> Iterator[Row]:
    happened = f"happened on {saying.day(record.occurred_on)}" if record.occurred_on else "day unknown"
    taken = saying.day(record.taken_in_at.astimezone().date())
    yield parts.note(f"{record.source} · {happened} · taken in on {taken}")
    yield parts.blank()


def _passages(record: Record) -> Iterator[Row]:
    before = None
    for place, one in enumerate(record.passages):
        if one.part is Part.TITLE and one.text == record.title:
            continue
        if before not in (None, one.part, Part.TEXT):  # what is no part of its own is mostly the heading of the next
            yield parts.blank()
        named = one.part.value if one.part is not Part.TEXT and one.part is not before else ""
        lead = parts.padded(named, _PART, parts.ACCENT)
        when = plain(f"{one.when}  ", parts.QUIET) if one.when else plain("")
        yield Row(str(place), lead, joined(when, plain(one.text)))
        before = one.part
