"""Tables with a heading: CSV with commas, semicolons or tabs, as spreadsheets and log tools write them."""

from __future__ import annotations

import csv
import io
import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Unfit
from pmfacil.core.model import EntryKind
from pmfacil.intake.sources.gathering import Gathering
from pmfacil.intake.sources.instants import DayAlone, NoInstant, day_first, moment
from pmfacil.intake.sources.mapping import JOINED, Unmapped, guess, known, second_time, unmapped, untold
from pmfacil.intake.sources.sourced import LARGEST, RAW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.intake.sources.mapping import Told
    from pmfacil.intake.sources.sourced import Batch

_DELIMITERS: Final = {",": "CSV table", ";": "CSV table", "\t": "TSV table"}
_SAMPLE: Final = 20  # rows that show whether this is a table
_MARKED: Final = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)  # the first line of some spreadsheets
_IDENTIFIER: Final = re.compile(r"[A-Za-z_@][\w.@-]*")
_FEWEST: Final = 3  # columns by whose names alone a table is known
_ENDINGS: Final = (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was recognised: its column names, and its lines, of which the first `skipped` come before them."""

    columns: tuple[str, ...]
    delimiter: str
    lines: list[str]
    skipped: int = 0


def table_in(text: str, name: str, told: Told = untold) -> Table | None:
    """Return the table that `text` is; None where it is none, such as prose with commas.

    What the columns are called decides, or how even the rows are; `name` ending in .csv only helps in doubt.
    """
    lines = list(io.StringIO(text, newline=""))
    begun = next((place for place, line in enumerate(lines) if line.strip()), 0)
    mark = _MARKED.fullmatch(lines[begun]) if lines else None
    with _wide_fields():
        found = [_seen(lines, one, begun + (mark is not None)) for one in ([mark[1]] if mark else _DELIMITERS)]
    tables = [(table, sample) for table, sample in found if _headed(table)]
    tables.sort(key=lambda one: (guess(one[0].columns) is not None, len(one[0].columns)), reverse=True)
    for table, sample in tables:
        mapping = told(table.columns)
        if guess(table.columns) or (mapping and known(table.columns, mapping)) or _even(table, sample, name):
            return table
    return None


def read_table(table: Table, told: Told = untold) -> Batch:
    """Return what a table says happened, in the order of its lines; raises `Unmapped` where no column can be read."""
    mapping = told(table.columns)
    chosen = mapping or guess(table.columns)
    if chosen is None or not known(table.columns, chosen):
        raise Unmapped(table.columns, unmapped(table.columns, mapping))
    or_at = "" if mapping else second_time(table.columns, chosen)
    where = {column: place for place, column in reversed(list(enumerate(table.columns)))}

    def cell(row: list[str], column: str) -> str:
        if column in where:
            return row[where[column]].strip() if where[column] < len(row) else ""
        return " ".join(filter(None, (cell(row, one) for one in column.split(JOINED)))) if JOINED in column else ""

    with _wide_fields():
        first = day_first(cell(row, chosen.time) for _, row, _ in _rows(table))
        gathering = Gathering(_DELIMITERS[table.delimiter], "Line", day_first=first, columns=table.columns)
        for number, row, raw in _rows(table):
            if any(map(str.strip, row)):
                gathering.take(
                    number,
                    raw,
                    at=cell(row, chosen.time),
                    or_at=cell(row, or_at),
                    text=cell(row, chosen.text),
                    kind=kind_named(cell(row, chosen.kind)),
                    until=cell(row, chosen.end),
                    evidence=cell(row, chosen.evidence),
                )
        _check_last(table, gathering)
    return gathering.batch()


def kind_named(value: object) -> EntryKind:
    """Return the kind whose name `value` is; anything else is an event."""
    with suppress(ValueError):
        return EntryKind(value.strip().casefold() if isinstance(value, str) else "")
    return EntryKind.EVENT


def _seen(lines: list[str], delimiter: str, skipped: int) -> tuple[Table, list[list[str]]]:
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(islice(csv.reader(islice(lines, skipped, None), delimiter=delimiter), _SAMPLE + 1))
    columns = tuple(one.strip() for one in rows[0]) if rows else ()
    return Table(columns, delimiter, lines, skipped), rows[1:]


def _headed(table: Table) -> bool:
    filled = [column for column in table.columns if column]
    return len(filled) > 1 and not any(map(_is_time, filled))


def _is_time(value: str) -> bool:
    try:
        return moment(value) is not None
    except DayAlone:
        return True
    except NoInstant:
        return False


def _even(table: Table, sample: list[list[str]], name: str) -> bool:
    """Tell whether most rows are as wide as a heading that prose would not have."""
    filled = [row for row in sample if row]
    wide = [row for row in filled if len(row) == len(table.columns)]
    if not filled or len(wide) * 2 <= len(filled):
        return False
    plain_names = all(_IDENTIFIER.fullmatch(column) for column in table.columns if column)
    return name.casefold().endswith(_ENDINGS) or (plain_names and len(table.columns) >= _FEWEST)


def _rows(table: Table) -> Iterator[tuple[int, list[str], str]]:
    """Yield the number of the line where each row begins, its cells, and its beginning as it stands in the file."""
    reader = csv.reader(islice(table.lines, table.skipped, None), delimiter=table.delimiter)
    begun = table.skipped
    try:
        for row in reader:
            ended = table.skipped + reader.line_num
            if begun > table.skipped:
                yield begun + 1, row, "".join(line[:RAW] for line in table.lines[begun : min(ended, begun + RAW)])
            begun = ended
    except csv.Error as fault:
        sentence = f"Line {begun + 1} cannot be read as CSV ({fault}): save the table again as CSV."
        raise Unfit(sentence) from None


def _check_last(table: Table, gathering: Gathering) -> None:
    """Note a quotation mark that is never closed: everything behind it has become one cell."""
    reader = csv.reader(islice(table.lines, table.skipped, None), delimiter=table.delimiter, strict=True)
    begun = 0
    try:
        for _ in reader:
            begun = reader.line_num
    except csv.Error as fault:
        if "end of data" in str(fault):
            gathering.leave_out(
                f"Line {table.skipped + begun + 1}: a quotation mark is never closed, so lines ran together."
            )


@contextmanager
def _wide_fields() -> Iterator[None]:
    """Let a field be as long as the file: the module's own limit fails on what log tools write."""
    before = csv.field_size_limit(LARGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)
