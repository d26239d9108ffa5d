"""Once a day while the app is used: a look at every page, a backup, and the end of what was put away long ago."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Refusal
from pmfacil.store.backup import backups_of, daily_backup, due
from pmfacil.store.errors import is_damage
from pmfacil.store.held import Database
from pmfacil.store.purge import purge, purge_backups, put_away

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

KEPT_FOR: Final = timedelta(days=30)
"""How long what was put away stays in the file."""

_DAMAGED: Final = (
    "The daily look at the database found damage, so no backup was made of it. "
    "Write open reports as JSON, leave, and run `pmfacil doctor`."
)
_NOT_BACKED_UP: Final = "Today's backup was not made ({}). Nothing else is affected; `pmfacil backup` tries again."
_NOT_PURGED: Final = "What was deleted 30 days ago is not gone yet: {} `pmfacil purge` tries again."


class Daily:
    """The daily work on one database file, over a connection of its own: for a thread beside the app's."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        """Work on the database at `path`."""
        self._path = path
        self._clock = clock
        self._connection: sqlite3.Connection | None = None
        self._stopped = False

    def run(self, *, resting: bool) -> str:
        """Do what is due and return what somebody should know; empty: nothing.

        Purging keeps others from writing while it lasts, so it is done only while the room is `resting`.
        """
        if self._stopped:
            return ""
        try:
            # Not by `open_database`: closing the file that it looks into would take SQLite's locks from the app.
            with closing(Database(self._path)) as self._connection:
                said = self._done(self._connection, resting=resting)
        except (sqlite3.Error, OSError) as fault:
            said = _DAMAGED if is_damage(fault) else _NOT_BACKED_UP.format(fault)
        return "" if self._stopped else said

    def stop(self) -> None:
        """Let go of it at once; may be called from another thread, and before or after `run` as well."""
        self._stopped = True
        if self._connection is not None:
            try:
                self._connection.interrupt()
            except sqlite3.ProgrammingError:  # it is closed by now
                return

    def _done(self, connection: Database, *, resting: bool) -> str:
        now = self._clock()
        if not self._stopped and due(backups_of(self._path), now, self._path):
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                return _DAMAGED
            try:
                daily_backup(connection, now)
            except Refusal as refusal:
                return _NOT_BACKED_UP.format(str(refusal).rstrip("."))
        if resting and not self._stopped and (gone := tuple(put_away(connection, now - KEPT_FOR))):
            try:
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("PRAGMA foreign_keys = ON")
                purge_backups(backups_of(self._path), gone)
                purge(connection, now - KEPT_FOR)
            except Refusal as refusal:
                return _NOT_PURGED.format(refusal)
        return ""
