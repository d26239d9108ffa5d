"""The library's side of the store, over plain sqlite3, so that the first list is there before any ORM is.

Importing SQLModel costs a third of a second; it is imported when a post-mortem is first loaded or saved.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Gone
from pmfacil.core.facts import Kind
from pmfacil.core.model import ActionState, PostMortemId
from pmfacil.library import Stage, Summary
from pmfacil.past import PastAction, PastCause
from pmfacil.store.database import open_database
from pmfacil.store.errors import CannotRead, not_kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pmfacil.core.agenda import Step
    from pmfacil.core.model import PostMortem
    from pmfacil.core.sitting import Sitting
    from pmfacil.facilitation import Loaded, Move
    from pmfacil.store.repository import SqlRepository

_LISTING: Final = """
    SELECT pm.id, pm.title, pm.kind, pm.occurred_on, pm.created_at, pm.follow_up_on, pm.rehearsal, pm.closed_at,
        EXISTS (SELECT 1 FROM sitting WHERE sitting.post_mortem = pm.id) AS met,
        (SELECT count(*) FROM action WHERE action.post_mortem = pm.id
            AND action.state NOT IN ('done', 'verified', 'dropped')) AS open_actions
    FROM post_mortem AS pm
    WHERE pm.deleted_at IS NULL
    ORDER BY coalesce(pm.occurred_on, date(pm.created_at)) DESC, pm.created_at DESC, pm.id
"""

_CAUSES: Final = """
    SELECT pm.id, cause.id, cause.text, pm.title, coalesce(pm.occurred_on, date(pm.created_at)) AS happened
    FROM cause JOIN post_mortem AS pm ON pm.id = cause.post_mortem
    WHERE pm.deleted_at IS NULL AND pm.rehearsal = 0 AND pm.id != ?
        AND cause.mark IN ('root cause', 'contributing factor')
    ORDER BY happened DESC, pm.id, cause.position
    LIMIT ?
"""
_PROMISED: Final = """
    SELECT post_mortem, cause, text, owner, due, state, position FROM action
    UNION ALL
    SELECT link.post_mortem, link.cause, text, owner, due, state, action.position
    FROM action_cause AS link JOIN action ON action.post_mortem = link.post_mortem AND action.id = link.action
    ORDER BY position
"""


def open_shelf(path: Path) -> SqlShelf:
    """Open the database at `path`, made where there is none; raises `CannotOpen` and touches nothing else."""
    return SqlShelf(open_database(path))


class SqlShelf:
    """Every post-mortem in one file; one connection, one thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over an open connection."""
        self._connection = connection
        self._opened: SqlRepository | None = None
        self._version = self._data_version()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def listing(self) -> tuple[Summary, ...]:
        """Return every post-mortem that is not deleted, newest first; raises `CannotRead`."""
        with _reading("The list of post-mortems"):
            return tuple(_summary(row) for row in self._connection.execute(_LISTING))

    def past_causes(self, but: PostMortemId, most: int) -> tuple[PastCause, ...]:
        """Return the newest causes of all other post-mortems with their actions; raises `CannotRead`."""
        with _reading("What earlier post-mortems found"):
            promised: dict[tuple[str, str], list[tuple[str, str, str | None, str]]] = {}
            for pm, cause, *action in self._connection.execute(_PROMISED):
                promised.setdefault((pm, cause), []).append((action[0], action[1], action[2], action[3]))
            return tuple(
                _past_cause(text, title, date.fromisoformat(happened), promised.get((pm, cause), ()))
                for pm, cause, text, title, happened in self._connection.execute(_CAUSES, (but, most))
            )

    def has(self, id: PostMortemId) -> bool:
        """Tell whether the store has it, deleted or not; raises `CannotRead`."""
        with _reading("The list of post-mortems"):
            return self._connection.execute("SELECT 1 FROM post_mortem WHERE id = ?", (id,)).fetchone() is not None

    def put_away(self, id: PostMortemId, now: datetime) -> None:
        """Mark it deleted; raises `Gone`, `NotKept`."""
        self._mark(id, now.isoformat(), "SELECT 1 FROM post_mortem WHERE id = ? AND deleted_at IS NULL")

    def bring_back(self, id: PostMortemId) -> None:
        """Take the mark back; raises `Gone`, `NotKept`."""
        self._mark(id, None, "SELECT 1 FROM post_mortem WHERE id = ?")

    def add(self, pm: PostMortem, sitting: Sitting | None) -> None:
        """Write a post-mortem that the store does not have; raises `NotKept`."""
        self._repository.add(pm, sitting)

    def load(self, id: PostMortemId) -> Loaded:
        """Return the post-mortem with that id; raises `Gone`, `CannotRead`."""
        return self._repository.load(id)

    def save(self, move: Move, revision: int) -> int:
        """Write the move and return the new revision; raises `ConflictError`, `NotKept`."""
        return self._repository.save(move, revision)

    def keep_sitting(self, id: PostMortemId, sitting: Sitting) -> None:
        """Write the running meeting; raises `NotKept`."""
        self._repository.keep_sitting(id, sitting)

    def keep_draft(self, id: PostMortemId, step: Step, text: str) -> None:
        """Write a half-typed line; raises `NotKept`."""
        self._repository.keep_draft(id, step, text)

    def changed_elsewhere(self) -> bool:
        """Tell whether another connection wrote since the last call; raises `CannotRead`."""
        before, self._version = self._version, self._data_version()
        return before != self._version

    @property
    def _repository(self) -> SqlRepository:
        if self._opened is None:
            from pmfacil.store.repository import SqlRepository  # noqa: PLC0415 - see the module's docstring

            self._opened = SqlRepository(self._connection)
        return self._opened

    def _mark(self, id: PostMortemId, deleted_at: str | None, known: str) -> None:
        with self._writing() as connection:
            if connection.execute(known, (id,)).fetchone() is None:
                what = "post-mortem"
                raise Gone(what)
            connection.execute("UPDATE post_mortem SET deleted_at = ? WHERE id = ?", (deleted_at, id))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection
            self._connection.execute("COMMIT")
        except sqlite3.Error as fault:
            raise not_kept(fault) from fault
        finally:
            self._connection.rollback()  # of what was not committed; some faults have done so by themselves

    def _data_version(self) -> int:
        with _reading("The database"):
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


@contextmanager
def _reading(what: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, ValueError) as fault:
        raise CannotRead(what, fault) from fault


def _summary(row: tuple[str, str, str, str | None, str, str | None, int, str | None, int, int]) -> Summary:
    id_, title, kind, occurred_on, created_at, follow_up_on, rehearsal, closed_at, met, open_actions = row
    stage = Stage.CLOSED if closed_at else Stage.LIVE if met else Stage.PREPARING
    return Summary(
        id=PostMortemId(id_),
        title=title,
        kind=Kind(kind),
        stage=stage,
        occurred_on=date.fromisoformat(occurred_on) if occurred_on else None,
        created_at=datetime.fromisoformat(created_at),
        open_actions=open_actions,
        follow_up_on=date.fromisoformat(follow_up_on) if follow_up_on else None,
        rehearsal=bool(rehearsal),
    )


def _past_cause(text: str, title: str, on: date, promised: Iterable[tuple[str, str, str | None, str]]) -> PastCause:
    actions = (
        PastAction(what, owner, date.fromisoformat(due) if due else None, ActionState(state), title, on)
        for what, owner, due, state in promised
    )
    return PastCause(text, title, on, tuple(actions))
