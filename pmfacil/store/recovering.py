"""Recovering a damaged database into a new file: what can be read, then what the newest good backup has."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Refusal
from pmfacil.store.aside import refuse_existing, set_aside
from pmfacil.store.backup import made_in
from pmfacil.store.database import open_database
from pmfacil.store.filling import Filling, Rows, is_full, own_row, title_of
from pmfacil.store.log import lost_saves
from pmfacil.store.salvage import columns, readable, salvage, tables
from pmfacil.store.whole import write_new

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pmfacil.store.salvage import Row

_BESIDE: Final = ("draft", "sitting")  # kept beside the post-mortem, without a revision of their own

UNLISTED: Final = "The list of post-mortems could not be read to its end: others may be lost."
"""What there is to say where nobody can know what is missing."""

_LISTS: Final = frozenset({"post_mortem", "record"})

_Held = dict[str, Rows]


@dataclass(frozen=True, slots=True)
class Recovery:
    """What a recovery brought: how many the file itself gave, and a sentence for each that is not what it was.

    `changed` are the ids that the sentences are about.
    """

    into: Path
    whole: int
    changed: tuple[str, ...]
    from_backup: tuple[str, ...]
    incomplete: tuple[str, ...]
    lost: tuple[str, ...]
    backup: Path | None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What there is to say, a sentence each."""
        every = self.whole + len(self.from_backup)
        first = (
            f"{every} post-mortem{'s' * (every != 1)} recovered into {self.into}, {self.whole} from the file itself."
        )
        return (first, *self.from_backup, *self.incomplete, *self.lost)


@dataclass
class _Told:
    whole: int = 0
    changed: list[str] = field(default_factory=list)
    from_backup: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def recover(path: Path, into: Path, backups: Path) -> Recovery:
    """Write what can be saved of the database at `path` into the new file `into`; the old one is not touched.

    Post-mortems that cannot be read are taken from the newest good backup in the folder `backups`. Every one in the new
    file loads. Raises `CannotWrite`, `CannotOpen`.
    """
    refuse_existing(into)
    with set_aside(path) as copy, _newest_good(backups) as (backup, source):
        fresh = copy.with_name("recovered.db")
        saves = lost_saves(copy.with_name(f"{copy.name}-wal"))
        with closing(open_database(fresh)) as connection:
            connection.execute("PRAGMA synchronous = OFF")  # what is to last is written whole in the end
            held, broken, sound = _held(copy, connection)
            kept = {} if source is None else _all(source, connection)
            told = _filled(Filling(connection), held, kept, sound=sound)
            told.lost += [UNLISTED] if broken & _LISTS else []
            told.lost += [_unlogged(saves)] if saves else []
            told.incomplete += [_gaps(table) for table in sorted(broken - _LISTS)]
            write_new(connection, into)
    return Recovery(
        into, told.whole, tuple(told.changed), tuple(told.from_backup), tuple(told.incomplete), tuple(told.lost), backup
    )


def _filled(filling: Filling, held: _Held, kept: _Held, *, sound: bool) -> _Told:
    told = _Told()
    # What a sound file does not have was deleted, and stays so.
    for key in held if sound else dict.fromkeys((*held, *kept)):
        rows, older = held.get(key, {}), kept.get(key)
        title = f"“{title_of(rows if own_row(rows, 'post_mortem') or own_row(rows, 'record') else older or {})}”"
        before = len(told.incomplete)
        better = None if sound and is_full(rows) else _better(rows, older)
        if better is not None and filling.put(key, better):
            told.from_backup.append(f"{title} was taken from the backup, which has the same revision.")
        elif filling.put(key, rows):
            told.whole += 1
            told.incomplete += _missing(filling, key, rows, title)
            if len(told.incomplete) == before:
                continue
        elif older is not None and filling.put(key, older):
            told.from_backup.append(f"{title} was taken from the backup; what was entered after it is lost.")
        elif filling.put_words(key, rows):
            told.lost.append(f"{title} does not open any more. Its words are kept as a written post-mortem.")
        else:
            told.lost.append(f"{title} ({key}) is lost.")
        told.changed.append(key)
    return told


def _better(rows: Rows, older: Rows | None) -> Rows | None:
    """Return what a backup knows of the same revision: there, nothing can be missing."""
    mine, theirs = own_row(rows, "post_mortem"), own_row(older or {}, "post_mortem")
    if older is None or mine is None or theirs is None or mine["revision"] != theirs["revision"]:
        return None
    return {**older, **{table: rows[table] for table in _BESIDE if rows.get(table)}}


def _missing(filling: Filling, id: str, rows: Rows, title: str) -> Iterator[str]:
    if not is_full(rows):
        yield f"{title} lacks lines that could not be read."
    if steps := filling.steps_lost(id, rows):
        yield f"{title} has lost {steps} step{'s' * (steps != 1)} of its undo."


def _held(copy: Path, fresh: sqlite3.Connection) -> tuple[_Held, set[str], bool]:
    """Return what the damaged file holds, by post-mortem; which tables have gaps; and whether it is sound after all."""
    held: _Held = {}
    broken: set[str] = set()
    with readable(copy) as connection:
        if connection is None:
            return held, {*_LISTS}, False
        for table in tables(fresh):
            found = salvage(connection, table, columns(fresh, table))
            if not found.whole:
                broken.add(table)
            _sort_in(held, table, found.rows)
    return held, broken, not broken and _sound(copy)


def _unlogged(saves: int) -> str:
    return f"The write-ahead log is damaged: the newest changes, {saves} or fewer, cannot be read."


def _gaps(table: str) -> str:
    return f"Rows of the table “{table}” could not be read: a post-mortem taken from the file itself may lack them."


def _all(source: sqlite3.Connection, fresh: sqlite3.Connection) -> _Held:
    """Return what a good backup holds, by post-mortem."""
    held: _Held = {}
    for table in tables(fresh):
        _sort_in(held, table, salvage(source, table, columns(fresh, table)).rows)
    return held


def _sort_in(held: _Held, table: str, rows: list[Row]) -> None:
    column = {"post_mortem": "id", "record": "id", "record_passage": "record"}.get(table, "post_mortem")
    for row in rows:
        if isinstance(key := row.get(column), str):
            held.setdefault(key, {}).setdefault(table, []).append(row)


def _sound(copy: Path) -> bool:
    try:
        with closing(sqlite3.connect(copy)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False


@contextmanager
def _newest_good(folder: Path) -> Iterator[tuple[Path | None, sqlite3.Connection | None]]:
    for made in made_in(folder):
        try:
            with set_aside(made.path) as copy:
                if _sound(copy):
                    with closing(open_database(copy)) as connection:
                        yield made.path, connection
                        return
        except Refusal:
            continue
    yield None, None
