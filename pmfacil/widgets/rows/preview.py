"""A paste or a file before it is taken in, line by line: what each line was understood as, and its words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pmfacil.core import saying
from pmfacil.intake.block import Verdict
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, tzinfo

    from pmfacil.intake.block import Reading
    from pmfacil.intake.candidates import Candidate
    from pmfacil.widgets.glyphs import Glyphs

_SHOWN: Final = 400  # characters of a line; a log line may have thousands
_WHEN: Final = 20
_REMEMBERED: Final = 8192  # rows; of a long paste only what changed is made anew


def preview_rows(
    readings: Sequence[Reading], found: Mapping[int, Candidate], zone: tzinfo, glyphs: Glyphs
) -> list[Row]:
    """Return a row for each line that is not blank; `found` are the entries by the number of their line."""
    rows, shown = [], None
    for reading in readings:
        if reading.blank:
            continue
        candidate = found.get(reading.number)
        on = _day(candidate, zone)
        if on is not None and on != shown:
            rows.append(parts.note(saying.day(on)))
            shown = on
        rows.append(_row(reading, candidate, zone, glyphs))
    return rows


def _day(candidate: Candidate | None, zone: tzinfo) -> date | None:
    if candidate is None:
        return None
    return candidate.placed.at.astimezone(zone).date() if candidate.placed.at else candidate.placed.day


@lru_cache(maxsize=_REMEMBERED)
def _row(reading: Reading, candidate: Candidate | None, zone: tzinfo, glyphs: Glyphs) -> Row:
    key = str(reading.number)
    if candidate is None:
        verdict = {Verdict.CONTINUATION: "goes on", Verdict.DAY: "a day"}.get(reading.verdict, "not an entry")
        lead = joined(parts.padded(f"  {glyphs.untick}", 4, parts.QUIET), parts.padded(verdict, _WHEN, parts.QUIET))
        style = "" if reading.verdict is Verdict.CONTINUATION else parts.QUIET
        return Row(key, lead, plain(_short(reading.words or reading.raw), style))
    taken = bool(candidate.text) and not candidate.duplicate
    when = _when(candidate, zone)
    lead = joined(
        parts.padded(f"  {glyphs.tick if taken else glyphs.untick}", 4, parts.GOOD if taken else parts.QUIET),
        parts.padded(when, _WHEN, parts.STRONG if candidate.placed.at and taken else parts.QUIET),
    )
    words = plain(_short(reading.words or "its words are below"), "" if taken and reading.words else parts.QUIET)
    return Row(key, lead, joined(words, parts.tail(*_notes(candidate), style=parts.ACCENT)))


def _when(candidate: Candidate, zone: tzinfo) -> str:
    at, until = candidate.placed.at, candidate.placed.until
    if at is None:
        said = "time unknown" if candidate.placed.day is None else "day alone"
    else:
        said = f"{'~' if candidate.approximate else ''}{saying.clock(at, zone)}"
        said += f"–{saying.clock(until, zone)}" if until is not None else ""
    kind = candidate.kind.value
    return said if kind == "event" else f"{said} {kind}"


def _notes(candidate: Candidate) -> tuple[str, ...]:
    wordless = ("no words",) * (not candidate.text)
    return (*("already there",) * candidate.duplicate, *wordless, *candidate.placed.notes)


def _short(words: str) -> str:
    return words.strip() if len(words) <= _SHOWN else f"{words.strip()[:_SHOWN]}…"
