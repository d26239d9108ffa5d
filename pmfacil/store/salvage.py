"""Reading what can be read of a damaged database: row by row, around every page that cannot be read.

It works on a copy. Where the first page is lost, and with it the list of tables, that of a fresh database takes its
place: tables that this version made stand in the same pages.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

from pmfacil.store.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Row = dict[str, object]

DERIVED: Final = frozenset({"tag", "passage", "searchable"})
"""Tables that are made from others, and need no salvage."""

_LAST: Final = 2**63 - 1
_PROBES: Final = 4000  # places in one table where reading begins anew
_STEPS: Final = 100_000  # of SQLite's machine between two looks at how far it has come
_HEADER: Final = 100
_INTERIOR: Final = 5  # a page of a table's tree that points at others (sqlite.org/fileformat2.html, section 1.6)
_MOST_MISSING: Final = 64  # a length that says more than this much is gone is damaged itself


class Salvaged:
    """What was read of one table, and whether something in it could not be."""

    def __init__(self, rows: list[Row], *, whole: bool) -> None:
        """Keep the rows, in the order in which they were written."""
        self.rows = rows
        self.whole = whole


def tables(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the tables that hold what people entered, those that others point at first."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    names = [str(name) for (name,) in found]
    return tuple(name for name in names if name not in DERIVED and not name.startswith(("sqlite_", "passage_words")))


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the names of a table's columns; none where it is not there."""
    return [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]


@contextmanager
def readable(copy: Path) -> Iterator[sqlite3.Connection | None]:
    """Yield a connection to a damaged copy, its first page replaced if need be; None where nothing helps.

    A byte of text that is none becomes U+FFFD: the words around it are worth having.
    """
    for mend in (_lengthen, _graft):
        if not _lists_tables(copy):
            mend(copy)
    if not _lists_tables(copy):
        yield None
        return
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        yield connection


def salvage(connection: sqlite3.Connection, table: str, wanted: Sequence[str]) -> Salvaged:
    """Read every row of a table that can be read, with those of the `wanted` columns that it has."""
    try:
        there = set(columns(connection, table))
        pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
    except sqlite3.Error:
        return Salvaged([], whole=False)
    names = [name for name in wanted if name in there]
    if not names:  # an older version did not have it
        return Salvaged([], whole=True)
    reader = _Reader(connection, table, names, patience=20 + pages)
    return reader.read()


class _Reader:
    """One table's rows by their row ids; damage may lead in circles, so its patience ends."""

    def __init__(self, connection: sqlite3.Connection, table: str, names: list[str], patience: int) -> None:
        cells = ", ".join(f'"{name}"' for name in names)
        self._asked = f"SELECT rowid, {cells} FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"  # noqa: S608 - names of our own
        self._connection = connection
        self._names = names
        self._patience = patience
        self._whole = True
        self._rows: dict[int, tuple[object, ...]] = {}

    def read(self) -> Salvaged:
        self._connection.set_progress_handler(self._weary, _STEPS)
        try:
            self._around_damage()
        finally:
            self._connection.set_progress_handler(None, 0)
        rows = [dict(zip(self._names, self._rows[rowid], strict=True)) for rowid in sorted(self._rows)]
        return Salvaged(rows, whole=self._whole)

    def _around_damage(self) -> None:
        waiting = [(1, _LAST)]
        for _ in range(_PROBES):
            if not waiting or self._patience <= 0:
                return
            low, high = waiting.pop()
            stopped = self._sweep(low, high, "ASC")
            if stopped is None:
                continue
            self._whole = False
            back = self._sweep(low, high, "DESC")
            low, high = stopped + 1, high if back is None else back - 1
            if low < high:  # what cannot be read lies between, and perhaps something that can
                middle = (low + high) // 2
                waiting += [(middle + 1, high), (low, middle)]

    def _sweep(self, low: int, high: int, direction: str) -> int | None:
        """Read from one end until a row cannot be read; return the last that could, None where all could."""
        last = low - 1 if direction == "ASC" else high + 1
        try:
            for rowid, *cells in self._connection.execute(f"{self._asked} {direction}", (low, high)):
                last = min(max(rowid, low), high)  # damage leads astray
                self._rows[rowid] = tuple(cells)
        except sqlite3.Error:
            return last
        return None

    def _weary(self) -> int:
        self._patience -= 1
        return int(self._patience <= 0)


def _lists_tables(copy: Path) -> bool:
    try:
        with closing(sqlite3.connect(copy)) as connection:
            return bool(columns(connection, "post_mortem"))
    except sqlite3.Error:
        return False


def _lengthen(copy: Path) -> None:
    """Give a copy that was cut off its length back, in empty pages: it is refused as a whole otherwise."""
    with copy.open("rb+") as file:
        header = file.read(_HEADER)
        size, pages = int.from_bytes(header[16:18]), int.from_bytes(header[28:32])
        length = copy.stat().st_size
        if size > _HEADER and length < pages * size <= _MOST_MISSING * length:
            file.truncate(pages * size)


def _graft(copy: Path) -> None:
    """Give the copy the list of tables of a fresh database, and a first page that tells its true length."""
    fresh = copy.with_name("fresh.db")
    with closing(open_database(fresh)) as connection:
        size = int(connection.execute("PRAGMA page_size").fetchone()[0])
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = fresh.read_bytes()
    length = max(len(whole), copy.stat().st_size)
    with copy.open("rb+") as file:
        file.truncate(length - length % size)
        for number in _list_of_tables(whole):
            file.seek(number * size)
            file.write(whole[number * size : (number + 1) * size])
        file.seek(28)
        file.write((length // size).to_bytes(4) + bytes(8))


def _list_of_tables(whole: bytes) -> list[int]:
    """Return the pages, from 0, of the tree that lists tables: the first one, and the leaves below it."""
    cells = int.from_bytes(whole[_HEADER + 3 : _HEADER + 5])
    if whole[_HEADER] != _INTERIOR:
        return [0]
    pointers = (int.from_bytes(whole[at : at + 2]) for at in range(_HEADER + 12, _HEADER + 12 + 2 * cells, 2))
    leaves = [int.from_bytes(whole[at : at + 4]) for at in pointers]
    last = int.from_bytes(whole[_HEADER + 8 : _HEADER + 12])
    return [0, *(number - 1 for number in (*leaves, last))]
