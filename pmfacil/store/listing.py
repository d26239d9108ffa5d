"""The lines of the library and what is due, with plain sqlite3: the first list is there before any ORM is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core.kind import Kind
from pmfacil.core.stage import Stage
from pmfacil.library import Due, Summary
from pmfacil.store.reading import LEFT_OUT, NEWEST, OPEN, day_of, instant_of, stage_of

if TYPE_CHECKING:
    import sqlite3
    from datetime import date, datetime

    from pmfacil.core.model import PostMortemId

    _Line = tuple[PostMortemId, str, str, str | None, str, str | None, int, str | None, int, int]
    _WrittenLine = tuple[PostMortemId, str, str | None, str]

_SUMMARY: Final = """
    SELECT pm.id, pm.title, pm.kind, pm.occurred_on, pm.created_at, pm.follow_up_on, pm.rehearsal, pm.closed_at,
        EXISTS (SELECT 1 FROM sitting WHERE sitting.post_mortem = pm.id) AS met,
        (SELECT count(*) FROM action WHERE action.post_mortem = pm.id
            AND action.state NOT IN ('done', 'verified', 'dropped')) AS open_actions
    FROM post_mortem AS pm WHERE pm.deleted_at IS NULL
"""
_NEWEST: Final = f" {NEWEST} LIMIT ?"
_WRITTEN: Final = """
    SELECT record.id, record.title, record.occurred_on, record.taken_in_at FROM record WHERE record.deleted_at IS NULL
"""
_NEWEST_WRITTEN: Final = """
    ORDER BY record.occurred_on DESC, record.taken_in_at DESC LIMIT ?
"""
_COUNT: Final = """
    SELECT (SELECT count(*) FROM post_mortem INDEXED BY post_mortem_day WHERE deleted_at IS NULL)
        + (SELECT count(*) FROM record INDEXED BY record_day WHERE deleted_at IS NULL)
"""
_DUE: Final = " AND pm.rehearsal = 0 AND pm.follow_up_on <= ? ORDER BY pm.follow_up_on, pm.id LIMIT ?"
_OVERDUE: Final = f"""
    SELECT count(*) FROM action WHERE {OPEN} AND action.due < ? AND action.post_mortem NOT IN {LEFT_OUT}
"""
_ALL: Final = -1  # SQLite's own word for "no limit"
_MOST_DUE: Final = 200


def listed(connection: sqlite3.Connection, most: int | None) -> tuple[Summary, ...]:
    """Return the newest post-mortems, ours and written ones."""
    limit = _ALL if most is None else most
    ours = [_summary(row) for row in connection.execute(_SUMMARY + _NEWEST, (limit,))]
    written = [_written(row) for row in connection.execute(_WRITTEN + _NEWEST_WRITTEN, (limit,))]
    if not written:
        return tuple(ours)
    both = sorted([*ours, *written], key=_newness, reverse=True)
    return tuple(both[:most])


def _newness(one: Summary) -> tuple[bool, date, datetime]:
    """Return what to sort by: written ones of which nobody knows the day come last."""
    return one.occurred_on is not None or one.stage is not Stage.WRITTEN, one.day, one.created_at


def counted(connection: sqlite3.Connection) -> int:
    """Return how many post-mortems there are."""
    return int(connection.execute(_COUNT).fetchone()[0])


def one_listed(connection: sqlite3.Connection, id: PostMortemId) -> Summary | None:
    """Return the line of one post-mortem, ours or a written one; None where it is not here."""
    if (row := connection.execute(f"{_SUMMARY} AND pm.id = ?", (id,)).fetchone()) is not None:
        return _summary(row)
    row = connection.execute(f"{_WRITTEN} AND record.id = ?", (id,)).fetchone()
    return None if row is None else _written(row)


def read_due(connection: sqlite3.Connection, today: date) -> Due:
    """Return which follow-ups are due, and how many actions are overdue."""
    day = today.isoformat()
    follow_ups = tuple(_summary(row) for row in connection.execute(_SUMMARY + _DUE, (day, _MOST_DUE)))
    return Due(follow_ups, int(connection.execute(_OVERDUE, (day,)).fetchone()[0]))


def _summary(row: _Line) -> Summary:
    id_, title, kind, occurred_on, created_at, follow_up_on, rehearsal, closed_at, met, open_actions = row
    return Summary(
        id=id_,
        title=title,
        kind=Kind(kind),
        stage=stage_of(closed_at, met),
        occurred_on=day_of(occurred_on),
        created_at=instant_of(created_at),
        open_actions=open_actions,
        follow_up_on=day_of(follow_up_on),
        rehearsal=bool(rehearsal),
    )


def _written(row: _WrittenLine) -> Summary:
    id_, title, occurred_on, taken_in_at = row
    return Summary(
        id_,
        title,
        Kind.OTHER,
        Stage.WRITTEN,
        day_of(occurred_on),
        instant_of(taken_in_at),
        open_actions=0,
        follow_up_on=None,
        rehearsal=False,
    )
