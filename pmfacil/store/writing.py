"""Writing with plain sqlite3: one transaction, and one sentence where the disk refuses."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

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
