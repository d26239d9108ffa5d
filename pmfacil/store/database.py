"""One connection to one file, set so that nothing shown as kept is lost."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from pmfacil.paths import make_folder
from pmfacil.store.errors import CannotOpen, cannot_open
from pmfacil.store.migrations import APPLICATION_ID, NEWEST, migrate

if TYPE_CHECKING:
    from pathlib import Path

_BUSY_MS: Final = 5000
_Row = tuple[object, ...]

# The file's first bytes (sqlite.org/fileformat2.html, section 1.3).
_MAGIC: Final = b"SQLite format 3\x00"
_SCHEMA_COOKIE, _USER_VERSION, _APPLICATION_ID = slice(40, 44), slice(60, 64), slice(68, 72)


def open_database(path: Path) -> sqlite3.Connection:
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


def _connected(path: Path) -> sqlite3.Connection:
    # Autocommit: transactions begin where the code says so, never by themselves.
    connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_MS / 1000)
    connection.row_factory = _words
    try:
        _make_ready(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_ready(connection: sqlite3.Connection, path: Path) -> None:
    version = _number(connection, "user_version")
    # Once more: what was written last may still lie beside the file, in its write-ahead log.
    application, used = _number(connection, "application_id"), _number(connection, "schema_version") > 0
    _refuse_foreign(path, application=application, version=version, used=used)
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    # A place that cannot have a write-ahead log (some network drives) works without: windows wait longer then.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")
    # A power cut must lose nothing that the screen showed as kept.
    connection.execute("PRAGMA synchronous = FULL")
    if version < NEWEST:
        migrate(connection, path, version)
    connection.execute("PRAGMA foreign_keys = ON")


def _words(_cursor: sqlite3.Cursor, row: _Row) -> _Row:
    """Return a row as it is; raises `DataError` for bytes, which SQLite takes into any column, and we into none."""
    if bytes in map(type, row):
        msg = "bytes stand where words should"
        raise sqlite3.DataError(msg)
    return row


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
