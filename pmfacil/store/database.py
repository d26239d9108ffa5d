"""One connection to one file, set so that nothing shown as kept is lost."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from pmfacil.store.errors import CannotOpen
from pmfacil.store.migrations import NEWEST, migrate

if TYPE_CHECKING:
    from pathlib import Path

APPLICATION_ID: Final = 0x706D6661
"""Marks a file as ours ("pmfa"), so that no other program's database is taken for one."""

_BUSY_MS: Final = 5000


def open_database(path: Path) -> sqlite3.Connection:
    """Return a connection to the database at `path`, made or brought up to date where needed.

    Raises `CannotOpen` for a file that is none of ours, or from a newer pmfacil: such a file is not touched.
    """
    try:
        if path.parent != path:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.is_file():
            _inspect(path)
        else:
            path.touch(mode=0o600)
        return _ready(path)
    except sqlite3.DatabaseError as fault:
        raise CannotOpen(path, f"this is not a database that pmfacil can read ({fault}).") from fault
    except OSError as fault:
        raise CannotOpen(
            path, f"cannot be opened ({fault.strerror or fault}). Choose another place with --db."
        ) from fault


def _inspect(path: Path) -> None:
    if path.stat().st_size == 0:
        return
    with sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True) as looking:
        application = looking.execute("PRAGMA application_id").fetchone()[0]
        version = looking.execute("PRAGMA user_version").fetchone()[0]
        tables = looking.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    looking.close()
    if application != APPLICATION_ID and (tables or version):
        raise CannotOpen(path, "this database belongs to another program. Choose another file with --db.")
    if version > NEWEST:
        raise CannotOpen(path, f"a newer pmfacil wrote this (version {version}). Update pmfacil to open it.")


def _ready(path: Path) -> sqlite3.Connection:
    # Autocommit: transactions begin where the code says so, never by themselves.
    connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_MS / 1000)
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version < NEWEST:
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection, path, version)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    # A power cut must lose nothing that the screen showed as kept.
    connection.execute("PRAGMA synchronous = FULL")
    return connection
