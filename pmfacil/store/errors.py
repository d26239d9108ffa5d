"""What can be wrong with the file, in sentences."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from pmfacil.core.errors import Refusal
from pmfacil.facilitation import NotKept

if TYPE_CHECKING:
    from pathlib import Path


class CannotOpen(Refusal):
    """The database cannot be used; it was not touched."""

    def __init__(self, path: Path, why: str) -> None:
        """Name the file and say what is wrong and what to do."""
        self.path = path
        super().__init__(f"{path}: {why}")


_SENTENCES = {
    sqlite3.SQLITE_FULL: "The disk is full, so this was not kept. Free some space and press Enter again.",
    sqlite3.SQLITE_READONLY: "The database is read-only here, so this was not kept. Check the folder's permissions.",
    sqlite3.SQLITE_BUSY: "Another program holds the database, so this was not kept. Press Enter again in a moment.",
    sqlite3.SQLITE_LOCKED: "Another program holds the database, so this was not kept. Press Enter again in a moment.",
    sqlite3.SQLITE_IOERR: "The disk did not take this, so it was not kept. Check the disk and press Enter again.",
}


def not_kept(fault: BaseException | None) -> NotKept:
    """Return the refusal that says why a write failed; the words are still on the screen."""
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    return NotKept(_SENTENCES.get(code, f"The database did not take this ({fault}). Nothing else was lost."))
