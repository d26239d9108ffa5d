"""What is read back from a database in which any cell may hold anything: refusals, and nothing else."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from datetime import timedelta
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Final

from pmfacil.archive import Phrase, Query
from pmfacil.core.errors import Refusal
from pmfacil.core.promises import Section, Wanted
from pmfacil.core.record import RecordId
from pmfacil.library import Library
from pmfacil.store import open_shelf
from pmfacil.store.patches import DamagedPatchError, applied
from soak.fuzzing import mutating, words
from soak.fuzzing.part import shown, sound
from soak.scene import furnish
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pmfacil.core.model import PostMortem, PostMortemId

_CASES_ON_ONE: Final = 40  # of a connection, so that opening is tried too
_ASKED: Final = ("pager", '"graph"', "a release", "queue*", "Überlast", "14:06", "state:open", "kind:incident", "x")
_DAYS: Final = ("", "2026-13-01", "0000-00-00", "9999-12-31", "99999-01-01", "2026-03-12", "2026-03-12T14:00:00", "12")
_MOMENTS: Final = (
    "0001-01-01T00:00:00+00:00",
    "9999-12-31T23:59:59-23:59",
    "2026-03-12T14:00:00Z",
    "2026-03-12T25:00Z",
)


class Cells:
    """Random values in random cells of a real database, which is then used as the app would."""

    def __init__(self, folder: Path) -> None:
        """Furnish a database to break; every case mends what it broke."""
        self._path = folder / "cells" / "pmfacil.db"
        self._ids = furnish(self._path, Random(f"{folder.name}"), 4, 60)
        with closing(sqlite3.connect(self._path)) as raw:
            self._places = list(_places(raw))
        self._open()
        self._used = 0

    def _open(self) -> None:
        self._shelf = open_shelf(self._path)
        for setting in ("foreign_keys = OFF", "ignore_check_constraints = ON", "synchronous = OFF"):
            self._shelf._connection.execute(f"PRAGMA {setting}")

    def draw(self, rng: Random) -> object:
        """Return which cells hold what."""
        cells = [
            (*rng.choice(self._places), rng.random(), rng.randrange(10**9)) for _ in range(rng.choice((1, 1, 2, 5)))
        ]
        return cells, rng.choice(_ASKED), rng.randrange(len(self._ids))

    def check(self, case: object) -> None:
        """Break the cells, read everything, and mend them."""
        cells, asked, which = case  # type: ignore[misc]  # what `draw` returned
        self._used += 1
        if self._used % _CASES_ON_ONE == 0:
            self._shelf.close()
            self._open()
        connection = self._shelf._connection
        connection.execute("BEGIN")
        before = [self._break(connection, *cell) for cell in cells]  # type: ignore[has-type]  # as above
        connection.execute("COMMIT")
        try:
            for read in self._reads(asked, self._ids[which]):  # type: ignore[has-type]  # as above
                _refused(read)
        finally:
            if connection.in_transaction:
                connection.rollback()
            for statement, rest in reversed([one for one in before if one]):
                with suppress(sqlite3.IntegrityError):
                    connection.execute(statement, rest)

    def _break(
        self, connection: sqlite3.Connection, table: str, column: str, place: float, seed: int
    ) -> tuple[str, list[object]] | None:
        rowids = [row for (row,) in connection.execute(f"SELECT rowid FROM {table}")]  # noqa: S608 - SQLite's own names
        if not rowids:
            return None
        rowid = rowids[int(place * len(rowids))]
        words, connection.row_factory = connection.row_factory, None
        was = connection.execute(f'SELECT "{column}" FROM {table} WHERE rowid = ?', (rowid,)).fetchone()[0]  # noqa: S608
        connection.row_factory = words  # bytes that another cell of this case was given
        statement = f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?'  # noqa: S608 - as above
        try:
            connection.execute(statement, (_wrong(Random(seed), was), rowid))
        except (sqlite3.IntegrityError, sqlite3.OperationalError, OverflowError, UnicodeError):
            return None  # not even SQLite takes this
        return statement, [was, rowid]

    def _reads(self, asked: str, id: PostMortemId) -> Iterator[Callable[[], object]]:
        shelf, clock = self._shelf, FakeClock()
        today = clock().date()
        library = Library(shelf, clock, Ids(f"f{self._used}"), zone="UTC")
        yield lambda: shown(*(one.title for one in library.summaries()))
        yield library.due
        yield library.trends
        yield lambda: _used(library, id)
        for section in Section:
            yield lambda section=section: shelf.board.promises(section, Wanted(), today, 50)  # type: ignore[misc]  # a lambda in a loop
        yield lambda: shelf.board.progress(Wanted(), today)
        yield lambda: shelf.board.progress_by_owner("", today, 9)
        yield lambda: shelf.board.progress_by_post_mortem("", today, 9)
        yield lambda: library.past(id).similar("a release to every partner")
        yield lambda: shelf.past_stories(id, 9)
        yield lambda: shelf.past_causes(id, 9)
        yield lambda: shelf.promised_by(id, "a", ("tag 1",), 9)
        yield lambda: library.archive.search(asked)
        yield lambda: shelf.archive.search(Query((Phrase("pager"),), after=today - timedelta(days=99)), today, 9)
        yield lambda: shelf.archive.record(RecordId("r0"))


class Patches:
    """Steps of the history as the journal may hold them after damage: damaged, or applied."""

    def __init__(self, folder: Path) -> None:
        """Take the steps of a real journal."""
        path = folder / "patches" / "pmfacil.db"
        ids = furnish(path, Random("patches"), 1, 80)
        with closing(open_shelf(path)) as shelf:
            self._pm: PostMortem = shelf.load(ids[0]).history.present
            rows = shelf._connection.execute("SELECT forward, backward FROM journal").fetchall()
        self._steps = [json.loads(text) for row in islice(rows, 200) for text in row]

    def draw(self, rng: Random) -> object:
        """Return a step with something wrong."""
        step = rng.choice(self._steps)
        for _ in range(rng.randrange(1, 4)):
            step = mutating.value(rng, step)
        text = json.dumps(step)
        return mutating.text(rng, text) if rng.random() < 0.2 else text

    def check(self, case: object) -> None:
        """Apply it."""
        with suppress(DamagedPatchError):
            applied(self._pm, str(case))


def _places(raw: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield every column that holds something, but for those of the search index."""
    for (table,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        ours = not table.startswith(("sqlite_", "passage", "tag", "searchable"))
        if ours and raw.execute(f"SELECT 1 FROM {table}").fetchone():  # noqa: S608 - SQLite's own names
            yield from ((table, column) for _, column, *_ in raw.execute(f"PRAGMA table_info({table})"))


def _used(library: Library, id: PostMortemId) -> None:
    service = library.open(id)
    pm = service.snapshot.post_mortem
    for entry in pm.entries:
        sound(entry.at, wide=True)
    while service.snapshot.undoable and len(service._history.past) > 1:
        service._history = service._history.undo()


def _refused(read: Callable[[], object]) -> None:
    try:
        read()
    except Refusal as refusal:
        shown(str(refusal))


def _wrong(rng: Random, was: object) -> object:
    match rng.randrange(11):
        case 0:
            return None
        case 1:
            return rng.choice((0, -1, 2**63 - 1, -(2**63), 1e308, float("inf"), 0.5, 10**12))
        case 2:
            return rng.randbytes(rng.randrange(9))
        case 3:
            return rng.choice(_DAYS)
        case 4:
            return rng.choice(_MOMENTS)
        case 5:
            return rng.choice(
                ("[]", "{}", "null", "[1]", '["a", "a"]', "[[[]]]", '{"a": NaN}', "[" * 3000, '[{"at": 1}]')
            )
        case 6:
            return words.line(rng, 3).encode(errors="replace").decode()
        case 7 if isinstance(was, str):
            return was.encode()
        case 8 if isinstance(was, str):
            try:
                return json.dumps(mutating.value(rng, json.loads(was)))
            except ValueError:
                return was[: rng.randrange(len(was) + 1)]
        case _:
            return mutating.text(rng, was).encode(errors="replace").decode() if isinstance(was, str) else ""
