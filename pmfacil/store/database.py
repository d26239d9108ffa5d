"""One connection to one file, set so that nothing shown as kept is lost."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from pmfacil.paths import make_folder
from pmfacil.store.errors import CannotOpen, cannot_open
from pmfacil.store.held import Database
from pmfacil.store.migrations import APPLICATION_ID, NEWEST, migrate

if TYPE_CHECKING:
    from pathlib import Path

# The file's first bytes (sqlite.org/fileformat2.html, section 1.3).
_MAGIC: Final = b"SQLite format 3\x00"
_SCHEMA_COOKIE, _USER_VERSION, _APPLICATION_ID = slice(40, 44), slice(60, 64), slice(68, 72)


def open_database(path: Path) -> Database:
    """Return a connection to the database at `path`, made or brought up to date where needed.

    Raises `CannotOpen` for a file that is none of ours, or from a newer pmfacil: such a file is not touched.
    """
    try:
        make_folder(path.parent)
        if path.exists():
            _inspect(path)
        else:
            path.touch(mode=0o600)
        return _connected(path)
    except sqlite3.Error as fault:
        raise cannot_open(path, fault) from fault
    except OSError as fault:
        raise CannotOpen(
            path, f"cannot be opened ({fault.strerror or fault}). Choose another place with --db."
        ) from fault


def _inspect(path: Path) -> None:
    """Look at the file's first bytes without SQLite, which would leave files of its own beside one we refuse."""
    with path.open("rb") as file:
        header = file.read(100)
    if not header:
        return
    if not header.startswith(_MAGIC):
        raise CannotOpen(path, "this is not a database that pmfacil can read. Choose another file with --db.")
    _refuse_foreign(
        path,
        application=int.from_bytes(header[_APPLICATION_ID]),
        version=int.from_bytes(header[_USER_VERSION]),
        used=any(header[_SCHEMA_COOKIE]),
    )


def _refuse_foreign(path: Path, *, application: int, version: int, used: bool) -> None:
    if application != APPLICATION_ID and (application or version or used):
        raise CannotOpen(path, "this database belongs to another program. Choose another file with --db.")
    if version > NEWEST:
        raise CannotOpen(path, f"a newer pmfacil wrote this (version {version}). Update pmfacil to open it.")


def _look(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema's version of a database that is ours; whether it can be read at all is seen by the way."""
    version = _number(connection, "user_version")
    # Not only in the first bytes: what was written last may still lie beside the file, in its write-ahead log.
    application, used = _number(connection, "application_id"), _number(connection, "schema_version") > 0
    _refuse_foreign(path, application=application, version=version, used=used)
    connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    return version


def _connected(path: Path) -> Database:
    connection = Database(path)
    try:
        version = _looked(connection, path)
        connection.set_up()
        if version < NEWEST:
            migrate(connection, path, version)
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.leave()
        raise
    return connection


def _looked(connection: Database, path: Path) -> int:
    """Look at it, also where it was brought with its write-ahead log to a place that can have none."""
    try:
        return _look(connection, path)
    except sqlite3.OperationalError as fault:
        if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CANTOPEN:
            raise
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # alone with it, SQLite can read the log
    version = _look(connection, path)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA locking_mode = NORMAL")
    return version


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
