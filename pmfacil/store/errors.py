"""What can be wrong with the file, in sentences."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import NotKept, Refusal
from pmfacil.paths import shown

if TYPE_CHECKING:
    from pathlib import Path


class CannotOpen(Refusal):
    """The database cannot be used; it was not touched."""

    def __init__(self, path: Path, why: str) -> None:
        """Name the file and say what is wrong and what to do."""
        self.path = path
        super().__init__(f"{shown(path)}: {why}")


class CannotRead(Refusal):
    """Something in the database cannot be read; it was not touched."""

    def __init__(self, what: str, why: object) -> None:
        """Name what was read and why it could not be."""
        self.what = what
        super().__init__(f"{what} cannot be read ({why}). Nothing was changed; `pmfacil doctor` looks it over.")


DAMAGED: Final = (
    "The database file is damaged, so nothing more is written into it. "
    "Write the report as JSON, leave, and run `pmfacil doctor`."
)
"""What is said of every write once damage was seen."""

_KIND: Final = 0xFF  # what SQLite adds above it tells kinds of a fault apart
_DAMAGE: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
# What FTS5 says of its own tables: the pages beneath them are whole.
_INDEX: Final = sqlite3.SQLITE_CORRUPT_VTAB

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
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    _INDEX: "The search index is damaged, nothing else. `pmfacil doctor --rebuild-index` learns it anew.",
    sqlite3.SQLITE_IOERR: "The disk did not take this, so it was not kept. Check the disk and press Enter again.",
}


def cannot_open(path: Path, fault: sqlite3.Error) -> CannotOpen:
    """Return the refusal that says why a file could not be opened or brought up to date."""
    return CannotOpen(
        path, _OPENING.get(_code(fault) & _KIND, f"cannot be opened ({fault}). Choose another place with --db.")
    )


def not_kept(fault: BaseException | None) -> NotKept:
    """Return the refusal that says why a write failed; the words are still on the screen."""
    full = _code(fault)
    said = _WRITING.get(full) or _WRITING.get(full & _KIND)
    return NotKept(said or f"The database did not take this ({fault}), so it was not kept. Press Enter again.")


def is_damage(fault: BaseException | None) -> bool:
    """Tell whether SQLite found the file damaged; what the search index says of itself is no such thing."""
    return _code(fault) != _INDEX and _code(fault) & _KIND in _DAMAGE


def _code(fault: BaseException | None) -> int:
    return int(getattr(fault, "sqlite_errorcode", 0))
