"""Writing with plain sqlite3: one transaction, and one sentence where the disk refuses."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pmfacil.store.errors import not_kept

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Do everything inside in one transaction; raises `NotKept` where the database did not take it."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
    except sqlite3.Error as fault:
        raise not_kept(fault) from fault
    finally:
        connection.rollback()  # of what was not committed; some faults have done so by themselves
