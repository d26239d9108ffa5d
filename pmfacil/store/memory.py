"""What earlier post-mortems found and promised, with plain sqlite3."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final

from pmfacil.core.model import ActionState
from pmfacil.core.record import Part
from pmfacil.past import PastAction, PastCause, PastStory
from pmfacil.store.reading import DAY, NEWEST, OPEN, day_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from pmfacil.core.model import PostMortemId

_NEWEST: Final = f"""
    FROM post_mortem AS pm WHERE pm.deleted_at IS NULL AND pm.rehearsal = 0 AND pm.id <> ?
    {NEWEST}
"""
_TITLES: Final = f"SELECT pm.id, pm.title, {DAY} {_NEWEST}"
_STORIES: Final = f'SELECT pm.id, pm.title, {DAY}, pm.happened, pm.impact, pm."trigger", pm.summary {_NEWEST} LIMIT ?'
_CAUSES: Final = """
    SELECT id, text FROM cause WHERE post_mortem = ? AND mark IN ('root cause', 'contributing factor')
    ORDER BY position
"""
_AGREED: Final = """
    SELECT cause, text, owner, due, state, position FROM action WHERE post_mortem = ?1
    UNION ALL
    SELECT link.cause, text, owner, due, state, action.position
    FROM action_cause AS link JOIN action ON action.post_mortem = link.post_mortem AND action.id = link.action
    WHERE link.post_mortem = ?1
    ORDER BY position
"""
_ALL_AGREED: Final = "SELECT text, owner, due, state FROM action WHERE post_mortem = ? ORDER BY position"
_WRITTEN: Final = """
    SELECT record.id, record.title, coalesce(record.occurred_on, substr(record.taken_in_at, 1, 10))
    FROM record WHERE record.deleted_at IS NULL
    ORDER BY record.occurred_on DESC, record.taken_in_at DESC
"""
# Left to itself SQLite reads the whole document and spares the sorting of its two or three causes.
_PASSAGES: Final = """
    SELECT text FROM record_passage INDEXED BY record_passage_part WHERE part = ? AND record = ? ORDER BY position
"""
_SAME: Final = f"""
    SELECT action.text, action.owner, action.due, action.state, pm.title, {DAY}
    FROM post_mortem AS pm JOIN action ON action.post_mortem = pm.id
    WHERE pm.deleted_at IS NULL AND pm.rehearsal = 0 AND pm.id <> ?
        AND {OPEN}
        AND (pm.id IN (SELECT id FROM post_mortem WHERE team = ? AND team <> ''){{tagged}})
    ORDER BY action.due IS NULL, action.due, pm.id, action.position LIMIT ?
"""

_Row = tuple[str, str, str | None, str]


def read_causes(connection: sqlite3.Connection, but: PostMortemId, most: int) -> tuple[PastCause, ...]:
    """Return the newest causes of all other post-mortems with their actions, ours before written ones."""
    return tuple(islice(_causes(connection, but), most))


def read_stories(connection: sqlite3.Connection, but: PostMortemId, most: int) -> tuple[PastStory, ...]:
    """Return what the newest other post-mortems were about, with what was agreed, ours before written ones."""
    return tuple(islice(_stories(connection, but, most), most))


def read_promised_by(
    connection: sqlite3.Connection, but: PostMortemId, team: str, tags: tuple[str, ...], most: int
) -> tuple[PastAction, ...]:
    """Return open actions of other post-mortems of the same team or with one of these tags, oldest due first."""
    marks = ", ".join("?" * len(tags))
    tagged = f" OR pm.id IN (SELECT post_mortem FROM tag WHERE tag IN ({marks}))" if tags else ""
    rows = connection.execute(_SAME.format(tagged=tagged), (but, team, *tags, most))
    return tuple(_action((text, owner, due, state), title, on) for text, owner, due, state, title, on in rows)


def _causes(connection: sqlite3.Connection, but: PostMortemId) -> Iterator[PastCause]:
    for id_, title, on in connection.execute(_TITLES, (but,)):
        causes = connection.execute(_CAUSES, (id_,)).fetchall()
        if not causes:
            continue
        agreed: dict[str, list[_Row]] = {}
        for cause, text, owner, due, state, _ in connection.execute(_AGREED, (id_,)):
            agreed.setdefault(cause, []).append((text, owner, due, state))
        for cause, text in causes:
            yield PastCause(text, title, date.fromisoformat(on), _actions(agreed.get(cause, ()), title, on))
    for id_, title, on in connection.execute(_WRITTEN):
        for (text,) in connection.execute(_PASSAGES, (Part.CAUSE, id_)):
            yield PastCause(text, title, date.fromisoformat(on))


def _stories(connection: sqlite3.Connection, but: PostMortemId, most: int) -> Iterator[PastStory]:
    for id_, title, on, *told in connection.execute(_STORIES, (but, most)):
        actions = _actions(connection.execute(_ALL_AGREED, (id_,)), title, on)
        yield PastStory(id_, title, date.fromisoformat(on), " ".join((title, *told)), actions)
    for id_, title, on in connection.execute(_WRITTEN):
        told = [text for (text,) in connection.execute(_PASSAGES, (Part.SUMMARY, id_))]
        yield PastStory(id_, title, date.fromisoformat(on), " ".join((title, *told)))


def _actions(rows: Iterable[_Row], title: str, on: str) -> tuple[PastAction, ...]:
    return tuple(_action(row, title, on) for row in rows)


def _action(row: _Row, title: str, on: str) -> PastAction:
    text, owner, due, state = row
    return PastAction(text, owner, day_of(due), ActionState(state), title, date.fromisoformat(on))
