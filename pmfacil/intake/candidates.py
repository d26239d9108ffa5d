"""From read lines to the entries that they propose: placed in time, with their words, duplicates marked."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pmfacil.core.model import Entry, EntryId, EntryKind
from pmfacil.core.timer import ZERO
from pmfacil.intake.block import Verdict
from pmfacil.intake.pieces import Day
from pmfacil.intake.placing import ROLL_WRITTEN, Placed, day_named, place
from pmfacil.intake.stamp import Stamp
from pmfacil.intake.timeline import line_for, understand
from pmfacil.intake.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from pmfacil.intake.block import Block, Reading
    from pmfacil.intake.placing import Context

_LINK: Final = re.compile(r"https?://[^\s)\]>|\"']+")
_ONE_LINK: Final = re.compile(r"[^\[\]]*\[[^\[\]]+\]\(https?://[^\s()]+\)[^\[\]]*")
_KIND: Final = re.compile(rf"[*_]*(?P<kind>{'|'.join(kind.value for kind in EntryKind)})[*_]*:", re.IGNORECASE)
_TELLING: Final = 16  # letters that two different entries of one minute hardly share
_LETTERS: Final = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry as it would be taken: where it lies in time, its words, and whether the timeline has it already."""

    reading: Reading
    placed: Placed
    text: str
    kind: EntryKind
    evidence: str
    approximate: bool
    duplicate: bool = False

    @property
    def said(self) -> str:
        """Its words as an entry says them; where its link is the target of a Markdown link, the words of that stay."""
        if not self.evidence or _ONE_LINK.fullmatch(self.text) is None:
            return self.text
        return self.text.replace(f"]({self.evidence})", "").replace("[", "", 1)

    def entry(self, id: EntryId) -> Entry:
        """Return the entry itself."""
        return Entry(
            id,
            self.said,
            kind=self.kind,
            at=self.placed.at,
            until=self.placed.until,
            day=self.placed.day if self.placed.at is None else None,
            approximate=self.approximate,
            evidence=self.evidence,
        )


def candidates(block: Block, context: Context, known: Iterable[Entry] = ()) -> tuple[Candidate, ...]:
    """Return the entries that a block proposes, in its order; those that are in `known` already are marked."""
    seen: dict[object, list[str]] = defaultdict(list)
    for entry in known:
        seen[_moment(entry.at, entry.day)].append(_letters(entry.text))
    found = []
    for candidate in _assembled(block, _setting(block, context)):
        there = seen[_moment(candidate.placed.at, candidate.placed.day)]
        words = _letters(candidate.said)
        found.append(replace(candidate, duplicate=bool(words) and any(_same(words, other) for other in there)))
        there.append(words)
    return tuple(found)


def dated(block: Block, context: Context) -> bool:
    """Tell whether it is known on which day the times of a block lie, from the context or from what it says."""
    return _setting(block, context).day is not None


def line_of(candidate: Candidate, context: Context) -> str:
    """Return the line that a candidate would be typed as."""
    return line_for(candidate.entry(EntryId("")), context.zone)


def corrected(reading: Reading, line: str, context: Context, before: Candidate | None) -> Reading:
    """Return a line as it was corrected by hand; a kind that is not said anew stays what it was."""
    said = understand(line, context)
    kind = said.kind if said.kind_given or before is None else before.kind
    day = Day(said.day.month, said.day.day, said.day.year) if said.day is not None else None
    return replace(
        reading,
        verdict=Verdict.ENTRY,
        words=said.text,
        stamp=Stamp(day=day, approximate=said.approximate),
        at=said.at,
        until=said.until,
        kind=kind,
        evidence=said.evidence,
        shift=ZERO,
    )


def _setting(block: Block, context: Context) -> Context:
    """Return the context with what the block says of all its lines; what the caller knows comes first."""
    told = zone_named(block.zone) or context.told
    setting = replace(context, roll=ROLL_WRITTEN, month_first=block.month_first, twelve=block.twelve, told=told)
    if setting.day is None and block.day is not None:
        setting = replace(setting, day=day_named(block.day, None, setting))
    if setting.day is None:
        setting = replace(setting, day=_first_day(block.readings, setting))
    return setting


def _first_day(readings: Sequence[Reading], context: Context) -> date | None:
    """Return the first day that the lines name, one with its year before one without."""
    dated = [one.stamp for one in readings if one.verdict is not Verdict.NONE and one.stamp.day is not None]
    dated.sort(key=lambda stamp: stamp.day is None or stamp.day.year is None)
    return day_named(dated[0], None, context) if dated else None


def _assembled(block: Block, context: Context) -> Iterator[Candidate]:
    for reading, words in _with_words(block.readings):
        if reading.verdict is Verdict.DAY:
            day = day_named(reading.stamp, context.day, context)
            context = replace(context, day=day or context.day, last=None)
            continue
        placed = _placed(reading, context)
        context = _after(placed, context)
        yield _candidate(reading, placed, " ".join(words))


def _with_words(readings: Sequence[Reading]) -> Iterator[tuple[Reading, list[str]]]:
    """Yield every entry with all its words, and every day."""
    words: list[str] = []
    entry: Reading | None = None
    for reading in readings:
        if reading.verdict is Verdict.CONTINUATION:
            words += [reading.words] if reading.words else []
        elif reading.verdict is not Verdict.NONE:
            if entry is not None:
                yield entry, words
            entry, words = reading, [reading.words] if reading.words else []
    if entry is not None:
        yield entry, words


def _placed(reading: Reading, context: Context) -> Placed:
    if reading.at is not None:
        return Placed(reading.at, reading.until)
    placed = place(reading.stamp, context)
    if placed.at is None or not reading.shift:
        return placed
    until = placed.until + reading.shift if placed.until is not None else None
    return replace(placed, at=placed.at + reading.shift, until=until, notes=("moved by hand",))


def _after(placed: Placed, context: Context) -> Context:
    if placed.at is not None:
        return replace(context, last=placed.at)
    return replace(context, day=placed.day, last=None) if placed.day is not None else context


def _candidate(reading: Reading, placed: Placed, text: str) -> Candidate:
    link = _LINK.search(text)
    kind = _KIND.match(text)
    return Candidate(
        reading,
        placed,
        text,
        kind=reading.kind or (EntryKind(kind["kind"].casefold()) if kind else EntryKind.EVENT),
        evidence=reading.evidence or (link[0].rstrip(".,;:") if link else ""),
        approximate=reading.stamp.approximate,
    )


def _moment(at: datetime | None, day: date | None) -> object:
    return at.replace(second=0, microsecond=0) if at is not None else day


def _letters(text: str) -> str:
    return _LETTERS.sub("", text).casefold()


def _same(words: str, other: str) -> bool:
    """Tell whether two texts of one minute say the same: equal, or one goes on where the other ends."""
    shorter = min(len(words), len(other))
    return words == other or (shorter >= _TELLING and (words.startswith(other) or other.startswith(words)))
