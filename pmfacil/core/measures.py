"""Durations between the moments of an incident, each with an honest status; nothing defaults to zero."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pmfacil.core.model import Anchor

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from pmfacil.core.model import Entry, PostMortem


class Status(StrEnum):
    """How far a duration can be trusted (product.md, section 4)."""

    RECORDED = "recorded"
    PENDING = "pending"
    NOT_APPLICABLE = "not applicable"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Duration:
    """One duration: what it is called, between which moments, and how long where that is recorded.

    `approximate` where either end is; `missing` are the moments that nobody has marked with an instant yet.
    """

    name: str
    start: Anchor
    end: Anchor
    status: Status
    length: timedelta | None = None
    approximate: bool = False
    missing: tuple[Anchor, ...] = ()


# All but the acknowledgement are counted from when the impact began: what those hit by it lived through.
MEASURED: Final = (
    ("time to detect", Anchor.IMPACT_BEGAN, Anchor.DETECTED),
    ("time to acknowledge", Anchor.DETECTED, Anchor.ACKNOWLEDGED),
    ("time to mitigate", Anchor.IMPACT_BEGAN, Anchor.MITIGATED),
    ("time to resolve", Anchor.IMPACT_BEGAN, Anchor.RESOLVED),
)
"""Which durations there are, and between which moments."""


def durations(pm: PostMortem) -> tuple[Duration, ...]:
    """Return every duration with its status; an end before its start is invalid, and has no length."""
    marked = anchored(pm)
    return tuple(_duration(marked, name, start, end) for name, start, end in MEASURED)


def anchored(pm: PostMortem) -> dict[Anchor, Entry | None]:
    """Return the moments that were marked, with their entries; None where one does not apply."""
    wanted = {mark.entry for mark in pm.anchors}
    entries = {entry.id: entry for entry in pm.entries if entry.id in wanted}
    return {mark.anchor: entries[mark.entry] if mark.entry is not None else None for mark in pm.anchors}


def _duration(marked: dict[Anchor, Entry | None], name: str, start: Anchor, end: Anchor) -> Duration:
    if any(anchor in marked and marked[anchor] is None for anchor in (start, end)):
        return Duration(name, start, end, Status.NOT_APPLICABLE)
    first, last = _instant(marked.get(start)), _instant(marked.get(end))
    if first is None or last is None:
        missing = tuple(anchor for anchor, at in ((start, first), (end, last)) if at is None)
        return Duration(name, start, end, Status.PENDING, missing=missing)
    if last < first:
        return Duration(name, start, end, Status.INVALID)
    unsure = any(entry is not None and entry.approximate for entry in (marked[start], marked[end]))
    return Duration(name, start, end, Status.RECORDED, last - first, approximate=unsure)


def _instant(entry: Entry | None) -> datetime | None:
    return entry.at if entry is not None else None
