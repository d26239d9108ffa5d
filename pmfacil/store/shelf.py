"""The library's side of the store, over plain sqlite3, so that the first list is there before any ORM is.

Importing SQLModel costs a third of a second; it is imported when a post-mortem is first loaded or saved, and search,
board and trends when they are first asked.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pmfacil.core.errors import Gone
from pmfacil.store.database import open_database
from pmfacil.store.listing import counted, listed, one_listed, read_due
from pmfacil.store.reading import reading
from pmfacil.store.writing import writing

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from pmfacil.core.model import PostMortem, PostMortemId
    from pmfacil.core.sitting import Sitting
    from pmfacil.facilitation import Loaded, Move
    from pmfacil.library import Due, Summary
    from pmfacil.past import PastAction, PastCause, PastStory
    from pmfacil.store.archive import SqlArchive
    from pmfacil.store.held import Database
    from pmfacil.store.promises import SqlBoard
    from pmfacil.store.repository import SqlRepository
    from pmfacil.trends import Told

_KNOWN = "SELECT 1 FROM post_mortem WHERE id = :id UNION ALL SELECT 1 FROM record WHERE id = :id"
_STANDING = """
    SELECT 1 FROM post_mortem WHERE id = :id AND deleted_at IS NULL
    UNION ALL SELECT 1 FROM record WHERE id = :id AND deleted_at IS NULL
"""
_REVISIONS = "SELECT id, revision FROM post_mortem WHERE closed_at IS NOT NULL AND deleted_at IS NULL"


def open_shelf(path: Path) -> SqlShelf:
    """Open the database at `path`, made where there is none; raises `CannotOpen` and touches nothing else."""
    return SqlShelf(open_database(path))


class SqlShelf:
    """Every post-mortem in one file; one connection, one thread."""

    def __init__(self, connection: Database) -> None:
        """Take over an open connection."""
        self._connection = connection
        self._opened: SqlRepository | None = None
        self._version = self._data_version()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @property
    def board(self) -> SqlBoard:
        """The actions of all post-mortems."""
        from pmfacil.store.promises import SqlBoard

        return SqlBoard(self._connection)

    @cached_property
    def archive(self) -> SqlArchive:
        """Search, and written post-mortems."""
        from pmfacil.store.archive import SqlArchive

        return SqlArchive(self._connection)

    def listing(self, most: int | None = None) -> tuple[Summary, ...]:
        """Return post-mortems that are not deleted, newest first, `most` of them; raises `CannotRead`."""
        with reading(self._connection, "The list of post-mortems"):
            return listed(self._connection, most)

    def count(self) -> int:
        """Return how many there are that are not deleted; raises `CannotRead`."""
        with reading(self._connection, "The list of post-mortems"):
            return counted(self._connection)

    def summary(self, id: PostMortemId) -> Summary | None:
        """Return the line of one post-mortem; None where it is not here. Raises `CannotRead`."""
        with reading(self._connection, "The list of post-mortems"):
            return one_listed(self._connection, id)

    def due(self, today: date) -> Due:
        """Return what waits to be followed up or done; raises `CannotRead`."""
        with reading(self._connection, "What is due"):
            return read_due(self._connection, today)

    def told(self, today: date) -> Told:
        """Return what trends are worked out from; raises `CannotRead`."""
        from pmfacil.store.trends import read_told

        return read_told(self._connection, today)

    def past_causes(self, but: PostMortemId, most: int) -> tuple[PastCause, ...]:
        """Return the newest causes of all other post-mortems with their actions; raises `CannotRead`."""
        from pmfacil.store.memory import read_causes

        with reading(self._connection, "What earlier post-mortems found"):
            return read_causes(self._connection, but, most)

    def past_stories(self, but: PostMortemId, most: int) -> tuple[PastStory, ...]:
        """Return what the newest other post-mortems were about, with their actions; raises `CannotRead`."""
        from pmfacil.store.memory import read_stories

        with reading(self._connection, "What earlier post-mortems found"):
            return read_stories(self._connection, but, most)

    def promised_by(self, but: PostMortemId, team: str, tags: tuple[str, ...], most: int) -> tuple[PastAction, ...]:
        """Return open actions of other post-mortems of the same team or with one of these tags, oldest due first."""
        from pmfacil.store.memory import read_promised_by

        with reading(self._connection, "What earlier post-mortems promised"):
            return read_promised_by(self._connection, but, team, tags, most)

    def has(self, id: PostMortemId) -> bool:
        """Tell whether the store has it, deleted or not; raises `CannotRead`."""
        with reading(self._connection, "The list of post-mortems"):
            return self._connection.execute("SELECT 1 FROM post_mortem WHERE id = ?", (id,)).fetchone() is not None

    def stamps(self) -> dict[PostMortemId, int]:
        """Return the revision of every closed post-mortem that is not deleted; raises `CannotRead`."""
        with reading(self._connection, "The list of post-mortems"):
            return dict(self._connection.execute(_REVISIONS))

    def put_away(self, id: PostMortemId, now: datetime) -> None:
        """Mark it deleted; raises `Gone`, `NotKept`."""
        self._mark(id, now.isoformat(), _STANDING)

    def bring_back(self, id: PostMortemId) -> None:
        """Take the mark back; raises `Gone`, `NotKept`."""
        self._mark(id, None, _KNOWN)

    def add(self, pm: PostMortem, sitting: Sitting | None) -> None:
        """Write a post-mortem that the store does not have; raises `NotKept`."""
        self._repository.add(pm, sitting)

    def load(self, id: PostMortemId) -> Loaded:
        """Return the post-mortem with that id; raises `Gone`, `CannotRead`."""
        return self._repository.load(id)

    def save(self, move: Move, revision: int) -> int:
        """Write the move and return the new revision; raises `ConflictError`, `NotKept`."""
        return self._repository.save(move, revision)

    def get_ready(self, pm: PostMortem) -> None:
        """Do ahead what the first change would wait for."""
        self._repository.get_ready(pm)

    def keep_sitting(self, id: PostMortemId, sitting: Sitting) -> None:
        """Write the running meeting; raises `NotKept`."""
        self._repository.keep_sitting(id, sitting)

    def keep_draft(self, id: PostMortemId, place: str, text: str) -> None:
        """Write a half-typed line; raises `NotKept`."""
        self._repository.keep_draft(id, place, text)

    def notices(self) -> tuple[str, ...]:
        """Return what happened to the file that somebody should know, each once."""
        return self._connection.notices()

    def changed_elsewhere(self) -> bool:
        """Tell whether another connection wrote since the last call; raises `CannotRead`."""
        before, self._version = self._version, self._data_version()
        return before != self._version

    @property
    def _repository(self) -> SqlRepository:
        if self._opened is None:
            from pmfacil.store.repository import SqlRepository

            self._opened = SqlRepository(self._connection)
        return self._opened

    def _mark(self, id: PostMortemId, deleted_at: str | None, known: str) -> None:
        with writing(self._connection) as connection:
            if connection.execute(known, {"id": id}).fetchone() is None:
                what = "post-mortem"
                raise Gone(what)
            connection.execute("UPDATE post_mortem SET deleted_at = ? WHERE id = ?", (deleted_at, id))
            connection.execute("UPDATE record SET deleted_at = ? WHERE id = ?", (deleted_at, id))

    def _data_version(self) -> int:
        with reading(self._connection, "The database"):
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
