"""Whether the path still leads to the file that is open: SQLite writes on into one that has no name any more."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import NotKept
from pmfacil.store.whole import write_numbered

if TYPE_CHECKING:
    from pathlib import Path

_ELSEWHERE: Final = "The database file was moved or replaced, so this was not kept. Put it back and press Enter again."
_SAVED: Final = "The database file was gone, so this was not kept. All before it is in {}: open that, and go on there."
_GONE: Final = "The database file is gone and could not be written anew ({}): this was not kept. Export the report now."


class Place:
    """The file that a connection writes into."""

    def __init__(self, path: Path) -> None:
        """Remember which file `path` leads to; raises `OSError`."""
        self.path = path
        self._file = self._there()
        self._saved: Path | None = None

    def check(self, connection: sqlite3.Connection) -> None:
        """Raise `NotKept` unless the path still leads to that file; to be asked before every write.

        Where no file is there, everything that the connection holds is written anew, once, under the same name.
        """
        try:
            there = self._there()
        except OSError:
            self._save(connection)
        else:
            if there == self._file:
                return
        if self._saved is not None:
            raise NotKept(_SAVED.format(self._saved))
        raise NotKept(_ELSEWHERE)

    def _save(self, connection: sqlite3.Connection) -> None:
        try:
            self._saved = write_numbered(connection, self.path)
        except (sqlite3.Error, OSError) as fault:
            raise NotKept(_GONE.format(fault)) from fault

    def _there(self) -> tuple[int, int]:
        told = self.path.stat()
        return told.st_dev, told.st_ino
