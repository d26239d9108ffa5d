"""Writing with plain sqlite3: one transaction, and one sentence where the disk refuses."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pmfacil.core.errors import NotKept
from pmfacil.store.errors import not_kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.store.held import Database


@contextmanager
def writing(database: Database) -> Iterator[Database]:
    """Do everything inside in one transaction; raises `NotKept` where the database did not take it."""
    database.ready()
    try:
        database.execute("BEGIN IMMEDIATE")
        yield database
        database.execute("COMMIT")
    except sqlite3.Error as fault:
        database.mark(fault)
        raise not_kept(fault) from fault
    finally:
        database.rollback()  # of what was not committed; some faults have done so by themselves


def begin_log(database: Database) -> None:
    """Begin the write-ahead log where it is empty: a change that has to make it takes twice as long as the next."""
    log = database.path.with_name(f"{database.path.name}-wal")
    with suppress(OSError, NotKept):  # a place that has no such log, or takes nothing: whoever keeps something is told
        if not log.stat().st_size:
            with writing(database):
                (version,) = database.execute("PRAGMA user_version").fetchone()
                database.execute(f"PRAGMA user_version = {version}")
