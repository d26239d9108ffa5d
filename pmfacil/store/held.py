"""The connection to the file, asked before every write whether that can still be done without losing a word."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final, assert_never

from pmfacil.core.errors import NotKept, Refusal
from pmfacil.paths import shown
from pmfacil.store.errors import DAMAGED, is_damage
from pmfacil.store.place import Found, Place

_Row = tuple[object, ...]

BUSY_MS: Final = 5000
"""How long one window waits for another, in milliseconds."""

_RENEWED: Final = "The database file was deleted, so everything was written anew under its name. Nothing was lost."
_MOVED: Final = "The database file or its drive was moved away, so this was not kept. Put it back, and saving goes on."
_TAKEN: Final = (
    "Another file took the database's place, so this was not kept. All before it is in {}: put that back, or open it."
)
_GONE: Final = "The database file is gone, so this was not kept. All before it is in {}: open that, and go on there."
_NOWHERE: Final = "The database file is gone and cannot be written anew ({}): this was not kept. Export the report now."
_SIDE_FILES: Final = ("-wal", "-shm", "-journal")


class Database(sqlite3.Connection):
    """A connection in autocommit: transactions begin where the code says so, never by themselves."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`, which must be there; raises `sqlite3.Error`, `OSError`."""
        self.path = path
        self.opened = 0
        self._damaged = False
        self._saved: Path | None = None
        self._seen = Found.HERE
        self._notices: list[str] = []
        self._place = Place(path)  # first: SQLite would make a file where there is none
        try:
            self.connect()
        except sqlite3.Error:
            self._place.close()
            raise

    def connect(self) -> None:
        """Open the file that the path leads to now, in place of the one before."""
        own = dict(self.__dict__)  # opened once more, a connection forgets what it is and what was put on it
        super().__init__(self.path, isolation_level=None, timeout=BUSY_MS / 1000)
        self.__dict__.update(own)
        self.row_factory = _words
        self.opened += 1

    def set_up(self) -> None:
        """Set what makes sure that nothing shown as kept is lost, and that what was purged is gone."""
        self.execute("PRAGMA secure_delete = ON")
        self.execute("PRAGMA trusted_schema = OFF")
        # A place that cannot have a write-ahead log (some network drives) works without: windows wait longer then.
        with suppress(sqlite3.OperationalError):
            self.execute("PRAGMA journal_mode = WAL")
        # A power cut must lose nothing that the screen showed as kept.
        self.execute("PRAGMA synchronous = FULL")

    def ready(self) -> None:
        """Raise `NotKept` unless the file can be written into by its name; to be asked before every write.

        A file that was deleted is written anew with everything in it, and the connection goes on in that one.
        """
        if self._damaged:
            raise NotKept(DAMAGED)
        match found := self._place.look():
            case Found.HERE:
                self._saved = None
            case Found.GONE:
                self._renew()
            case Found.MOVED:
                self._settle()
                raise NotKept(_MOVED)
            case Found.TAKEN:
                self._settle()
                raise NotKept(_TAKEN.format(shown(self._rescued("another file is there"))))
            case _:
                assert_never(found)

    def notices(self) -> tuple[str, ...]:
        """Look at the file, and return what somebody should know of it, each once."""
        found = self._place.look()
        if found is not self._seen:
            self._seen = found
            try:
                self.ready()
            except NotKept as refusal:
                self._notices.append(str(refusal))
        notices, self._notices = tuple(self._notices), []
        return notices

    def mark(self, fault: BaseException | None) -> None:
        """Remember where a fault tells of damage: a damaged file is never written into."""
        if is_damage(fault) and not self._damaged:
            self._damaged = True
            self._notices.append(DAMAGED)

    def close(self) -> None:
        """Close the file. One that was deleted is written anew first; one that is damaged is left as it is."""
        if self._damaged:
            self.leave()
        else:
            with suppress(NotKept):  # what could be rescued is, and nobody is left to be told
                self.ready()
            super().close()
            self._place.close()

    def _renew(self) -> None:
        from pmfacil.store.whole import write_new  # noqa: PLC0415 - seldom wanted

        self._settle()
        try:
            for part in _SIDE_FILES:  # they belong to the file that is gone: beside another one they would break it
                self.path.with_name(self.path.name + part).unlink(missing_ok=True)
            self._saved = write_new(self, self.path)
            self.connect()
            self.set_up()
            self.execute("PRAGMA foreign_keys = ON")
            place = Place(self.path)
        except (Refusal, sqlite3.Error, OSError) as fault:
            raise NotKept(_GONE.format(shown(self._rescued(fault)))) from fault
        self._place.close()
        self._place = place
        self._saved = None
        self._notices.append(_RENEWED)

    def _rescued(self, why: object) -> Path:
        """Return the file beside, or in a temporary folder, into which everything was written once."""
        from tempfile import mkdtemp  # noqa: PLC0415 - seldom wanted

        from pmfacil.store.whole import write_numbered  # noqa: PLC0415 - as above

        if self._saved is not None and self._saved.exists():
            return self._saved
        try:
            self._saved = write_numbered(self, self.path)
        except (sqlite3.Error, OSError):
            try:
                self._saved = write_numbered(self, Path(mkdtemp(prefix="pmfacil-")) / self.path.name)
            except (sqlite3.Error, OSError) as fault:
                raise NotKept(_NOWHERE.format(why)) from fault
        return self._saved

    def _settle(self) -> None:
        """Move the write-ahead log into its own file: beside another one of that name it would break that."""
        with suppress(sqlite3.Error):
            self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def leave(self) -> None:
        """Close without moving the write-ahead log into the file, which SQLite does for whoever closes last."""
        last = None
        with suppress(sqlite3.Error, OSError):
            if self.path.with_name(f"{self.path.name}-wal").stat().st_size:
                where = f"{self.path.absolute().as_uri()}?mode=ro"
                last = sqlite3.connect(where, uri=True, timeout=BUSY_MS / 1000)
                last.execute("PRAGMA user_version").fetchone()
        super().close()
        self._place.close()
        if last is not None:
            last.close()


def _words(_cursor: sqlite3.Cursor, row: _Row) -> _Row:
    """Return a row as it is; raises `DataError` for bytes, which SQLite takes into any column, and we into none."""
    if bytes in map(type, row):
        msg = "bytes stand where words should"
        raise sqlite3.DataError(msg)
    return row
