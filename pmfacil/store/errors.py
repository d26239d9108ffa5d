"""What can be wrong with the file, in sentences."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import NotKept, Refusal

if TYPE_CHECKING:
    from pathlib import Path


class CannotOpen(Refusal):
    """The database cannot be used; it was not touched."""

    def __init__(self, path: Path, why: str) -> None:
        """Name the file and say what is wrong and what to do."""
        self.path = path
        super().__init__(f"{path}: {why}")


class CannotRead(Refusal):
    """Something in the database cannot be read; it was not touched."""

    def __init__(self, what: str, why: object) -> None:
        """Name what was read and why it could not be."""
        self.what = what
        super().__init__(f"{what} cannot be read ({why}). Nothing was changed; keep a copy of the file.")


_OPENING: Final = {
    sqlite3.SQLITE_NOTADB: "this is not a database that pmfacil can read. Choose another file with --db.",
    sqlite3.SQLITE_CORRUPT: "this is not a database that pmfacil can read: it is damaged. Choose another with --db.",
    sqlite3.SQLITE_FULL: "the disk is full. Free some space and start again.",
    sqlite3.SQLITE_BUSY: "another program holds this database. Close it there and start again.",
    sqlite3.SQLITE_LOCKED: "another program holds this database. Close it there and start again.",
    sqlite3.SQLITE_READONLY: "it is read-only here. Check the permissions of its folder, or choose another with --db.",
}

_WRITING: Final = {
    sqlite3.SQLITE_FULL: "The disk is full, so this was not kept. Free some space and press Enter again.",
    sqlite3.SQLITE_READONLY: "The database is read-only here, so this was not kept. Check the folder's permissions.",
    sqlite3.SQLITE_BUSY: "Another program holds the database, so this was not kept. Press Enter again in a moment.",
    sqlite3.SQLITE_LOCKED: "Another program holds the database, so this was not kept. Press Enter again in a moment.",
    sqlite3.SQLITE_IOERR: "The disk did not take this, so it was not kept. Check the disk and press Enter again.",
}


def cannot_open(path: Path, fault: sqlite3.Error) -> CannotOpen:
    """Return the refusal that says why a file could not be opened or brought up to date."""
    return CannotOpen(path, _OPENING.get(_code(fault), f"cannot be opened ({fault}). Choose another place with --db."))


def not_kept(fault: BaseException | None) -> NotKept:
    """Return the refusal that says why a write failed; the words are still on the screen."""
    return NotKept(_WRITING.get(_code(fault), f"The database did not take this ({fault}). Nothing else was lost."))


def _code(fault: BaseException | None) -> int:
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF  # without what SQLite adds to tell kinds of it apart
