"""What a timeline does not say yet: silent gaps, missing moments, contradictions, memory without a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pmfacil.core.kind import Kind
from pmfacil.core.measures import Status, anchored, durations
from pmfacil.core.model import Anchor, EntryId, EntryKind
from pmfacil.core.saying import length

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pmfacil.core.model import PostMortem

_SILENCE: Final = timedelta(minutes=15)
_SHARE: Final = 8  # a silence counts from a quarter of an hour on, and from an eighth of the whole in long stories
_LONGEST: Final = 3  # silences named; more would be a list nobody reads aloud

EXPECTED: Final = {
    Kind.INCIDENT: tuple(Anchor),
    Kind.ESCALATION: (Anchor.IMPACT_BEGAN, Anchor.DETECTED, Anchor.RESOLVED),
    Kind.PROJECT: (Anchor.DETECTED,),
    Kind.DEADLINE: (Anchor.DETECTED,),
    Kind.OTHER: (Anchor.IMPACT_BEGAN, Anchor.DETECTED, Anchor.RESOLVED),
}
"""Which moments matter for which kind of failure (product.md, section 2)."""


class Concern(StrEnum):
    """What kind of thing the radar saw."""

    CONTRADICTION = "contradiction"
    SIGNAL = "signal not acted on"
    GAP = "silent gap"
    MISSING = "moment not marked"
    RECOLLECTION = "recollection"


@dataclass(frozen=True, slots=True)
class Blip:
    """One thing worth a question: which entry it stands at (where it stands at one), and in words."""

    concern: Concern
    text: str
    entry: EntryId | None = None


def radar(pm: PostMortem) -> tuple[Blip, ...]:
    """Return what is worth asking about, the gravest first; an empty timeline has nothing to ask about yet."""
    if not pm.entries:
        return ()
    return (*_contradictions(pm), *_signals(pm), *_gaps(pm), *_missing(pm), *_recollections(pm))


def silence(pm: PostMortem) -> timedelta:
    """Return from which length on a time with nothing recorded is worth a line."""
    known = [entry.at for entry in pm.entries if entry.at is not None]
    return max(_SILENCE, (known[-1] - known[0]) / _SHARE) if known else _SILENCE


def gaps(pm: PostMortem) -> dict[EntryId, timedelta]:
    """Return how long nothing was recorded before an entry, where that is long enough to notice."""
    threshold = silence(pm)
    found: dict[EntryId, timedelta] = {}
    last: datetime | None = None
    for entry in pm.entries:
        if (at := entry.at) is None:
            continue
        if last is not None and at - last >= threshold:
            found[entry.id] = at - last
        ends = entry.until or at
        last = ends if last is None or ends > last else last
    return found


def _contradictions(pm: PostMortem) -> Iterator[Blip]:
    marked, measured = anchored(pm), durations(pm)
    for duration in measured:
        if duration.status is Status.INVALID:
            entry = marked[duration.end]
            yield Blip(
                Concern.CONTRADICTION,
                f"“{duration.end}” comes before “{duration.start}”",
                entry.id if entry else None,
            )
    ordered = [anchor for anchor in Anchor if (entry := marked.get(anchor)) is not None and entry.at is not None]
    told = {(duration.start, duration.end) for duration in measured}
    for first, second in pairwise(ordered):
        before, after = marked[first], marked[second]
        if before and after and before.at and after.at and after.at < before.at and (first, second) not in told:
            yield Blip(Concern.CONTRADICTION, f"“{second}” comes before “{first}”", after.id)


def _signals(pm: PostMortem) -> Iterator[Blip]:
    for entry in pm.entries:
        if entry.kind is EntryKind.SIGNAL and entry.acted_on is False:
            yield Blip(Concern.SIGNAL, entry.text, entry.id)


def _gaps(pm: PostMortem) -> Iterator[Blip]:
    longest = sorted(gaps(pm).items(), key=lambda gap: gap[1], reverse=True)[:_LONGEST]
    for entry, lasted in longest:
        yield Blip(Concern.GAP, f"{length(lasted)} with nothing recorded", entry)


def _missing(pm: PostMortem) -> Iterator[Blip]:
    marked = anchored(pm)
    for anchor in EXPECTED[pm.kind]:
        if anchor not in marked:
            yield Blip(Concern.MISSING, anchor.value)


def _recollections(pm: PostMortem) -> Iterator[Blip]:
    told = [entry for entry in pm.entries if not entry.evidence]
    if told and len(told) < len(pm.entries):
        yield Blip(Concern.RECOLLECTION, f"{len(told)} of {len(pm.entries)} entries without a record", told[0].id)
    elif told:
        yield Blip(Concern.RECOLLECTION, "no entry has a link to a record", told[0].id)
