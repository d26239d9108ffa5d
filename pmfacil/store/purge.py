"""Purging: what was put away goes for good, from the file, its write-ahead log, the search index and the backups."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Refusal
from pmfacil.store.aside import CannotWrite, replace_whole, set_aside
from pmfacil.store.backup import made_in
from pmfacil.store.errors import not_kept
from pmfacil.store.migrations import APPLICATION_ID
from pmfacil.store.whole import counts, verify
from pmfacil.store.writing import writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pmfacil.store.held import Database

_PUT_AWAY: Final = """
    SELECT id, title FROM post_mortem WHERE deleted_at < ?1 UNION ALL SELECT id, title FROM record WHERE deleted_at < ?1
"""
_BEFORE_A_MIGRATION: Final = re.compile(r"[^.].*-v\d+(-\d+)?(\.[^.]+)?")
_THESE: Final = "(SELECT value FROM json_each(?1))"
_FORGET: Final = {
    "post_mortem": f"DELETE FROM post_mortem WHERE id IN {_THESE}",  # noqa: S608 - put together of constants
    "record": f"DELETE FROM record WHERE id IN {_THESE}",  # noqa: S608 - as above
    "passage": f"DELETE FROM passage WHERE owner IN {_THESE}",  # noqa: S608 - as above
    "searchable": f"DELETE FROM searchable WHERE owner IN {_THESE}",  # noqa: S608 - as above
}
# A word that FTS5 is told to forget stays in its old segments until they are merged; built anew, it is in none.
_RELEARN: Final = "INSERT INTO passage_words (passage_words) VALUES ('rebuild')"


@dataclass(frozen=True, slots=True)
class Purged:
    """What went; `settled` tells whether its bytes are out of the files too.

    They are not while another window reads: the write-ahead log goes when that window is closed.
    """

    ids: tuple[str, ...]
    settled: bool


def put_away(connection: sqlite3.Connection, before: datetime) -> dict[str, str]:
    """Return the ids of what was put away before an instant, with the titles; raises `sqlite3.Error`."""
    return dict(connection.execute(_PUT_AWAY, (before.astimezone(UTC).isoformat(),)))


def purge(connection: Database, before: datetime) -> Purged:
    """Delete for good what was put away before an instant (in UTC); raises `NotKept`.

    It cannot be undone, and it takes as long as writing the whole file.
    """
    try:
        ids = tuple(put_away(connection, before))
    except sqlite3.Error as fault:
        raise not_kept(fault) from fault
    if not ids:
        return Purged((), settled=True)
    with writing(connection):
        forget(connection, ids)
    try:
        return Purged(ids, settled=_swept(connection))
    except sqlite3.Error as fault:
        raise not_kept(fault) from fault


def forget(connection: sqlite3.Connection, ids: tuple[str, ...]) -> None:
    """Delete post-mortems and records with all that belongs to them, within the caller's transaction."""
    told = json.dumps(ids)
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table, statement in _FORGET.items():
        if table in there:
            connection.execute(statement, (told,))
    if "passage_words" in there:
        connection.execute(_RELEARN)


def purge_backups(folder: Path, ids: tuple[str, ...]) -> tuple[Path, ...]:
    """Take post-mortems out of every backup in a folder and return those that changed; raises `CannotWrite`.

    Each is written anew beside itself, looked at, and put in its place in one step. Where one refuses, the others
    are done all the same. Purge the database after its backups: it alone knows what is to go.
    """
    changed: list[Path] = []
    refusals: list[Refusal] = []
    for path in _backups(folder):
        try:
            if _purged(path, ids):
                changed.append(path)
        except Refusal as refusal:
            refusals.append(refusal)
    if refusals:
        raise refusals[0]
    return tuple(changed)


def _swept(connection: sqlite3.Connection) -> bool:
    """Write the file anew without free pages; tell whether the write-ahead log could be emptied too."""
    connection.execute("VACUUM")
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _backups(folder: Path) -> Iterator[Path]:
    yield from (made.path for made in made_in(folder))
    yield from sorted(path for path in folder.glob("*") if _BEFORE_A_MIGRATION.fullmatch(path.name))


def _purged(path: Path, ids: tuple[str, ...]) -> bool:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with set_aside(path) as copy, closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            if not _holds(connection, ids):
                return False
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("BEGIN")
            forget(connection, ids)
            connection.execute("COMMIT")
            unfinished.touch(mode=0o600)
            connection.execute("VACUUM INTO ?", (str(unfinished),))
            verify(unfinished, (counts(connection),))
        replace_whole(unfinished, path)
    except (sqlite3.Error, OSError) as fault:
        raise CannotWrite(path, fault) from fault
    finally:
        unfinished.unlink(missing_ok=True)
    return True


def _holds(connection: sqlite3.Connection, ids: tuple[str, ...]) -> bool:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        return False
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    asked = [f"SELECT 1 FROM {table} WHERE id IN {_THESE}" for table in ("post_mortem", "record") if table in there]  # noqa: S608 - constants
    return connection.execute(" UNION ALL ".join(asked), (json.dumps(ids),)).fetchone() is not None
