"""Which post-mortems pass the filters of a query: statements over the indexes of schema 3."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from pmfacil.archive import OPEN_STATE, OVERDUE_STATE, Hit, Query
from pmfacil.core.kind import Kind
from pmfacil.core.stage import Stage
from pmfacil.store.reading import DAY, NEWEST, OPEN, escaped, stage_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_OURS: Final = f"""
    SELECT pm.id, pm.title, pm.kind, {DAY} AS day, pm.closed_at,
        EXISTS (SELECT 1 FROM sitting WHERE sitting.post_mortem = pm.id) AS met
    FROM post_mortem AS pm WHERE pm.deleted_at IS NULL
"""
_RECORDS: Final = """
    SELECT record.id, record.title, coalesce(record.occurred_on, substr(record.taken_in_at, 1, 10)) AS day,
        record.occurred_on IS NOT NULL
    FROM record WHERE record.deleted_at IS NULL
"""
_NEWEST: Final = f" {NEWEST} LIMIT ?"
_NEWEST_RECORDS: Final = """
    ORDER BY record.occurred_on DESC, record.taken_in_at DESC LIMIT ?
"""
_RECORD_DAY: Final = "record.occurred_on"

Conditions = list[tuple[str, tuple[object, ...]]]


def passing(connection: sqlite3.Connection, query: Query, today: date, among: Sequence[str]) -> list[Hit]:
    """Return those of some post-mortems, ours and written ones, that pass the filters."""
    marks = f"IN ({', '.join('?' * len(among))})"
    hits: list[Hit] = []
    if _wants_ours(query):
        hits += _ours(connection, query, today, f" AND pm.id {marks}", among)
    if _wants_records(query):
        hits += _records(connection, query, f" AND record.id {marks}", among)
    return hits


def newest_passing(connection: sqlite3.Connection, query: Query, today: date, most: int) -> list[Hit]:
    """Return the newest post-mortems, ours and written ones, that pass the filters."""
    hits: list[Hit] = []
    if _wants_ours(query):
        hits += _ours(connection, query, today, _NEWEST, [most])
    if _wants_records(query):
        hits += _records(connection, query, _NEWEST_RECORDS, [most])
    return sorted(hits, key=lambda hit: hit.on, reverse=True)[:most]


def _wants_ours(query: Query) -> bool:
    return query.stage is not Stage.WRITTEN


def _wants_records(query: Query) -> bool:
    """Tell whether a written post-mortem can pass: nobody told us its kind, tags, team or actions."""
    told = query.kind or query.tags or query.team or query.owner or query.state
    return not told and query.stage in (None, Stage.WRITTEN)


def _ours(connection: sqlite3.Connection, query: Query, today: date, end: str, given: Sequence[object]) -> list[Hit]:
    conditions = [*_facts(query), *_actions(query, today), *_days(query, DAY)]
    statement = _OURS + "".join(f" AND {told}" for told, _ in conditions) + _stage(query) + end
    values = [value for _, values in conditions for value in values]
    return [
        Hit(id_, title, Kind(kind), stage_of(closed_at, met), date.fromisoformat(day))
        for id_, title, kind, day, closed_at, met in connection.execute(statement, (*values, *given))
    ]


def _records(connection: sqlite3.Connection, query: Query, end: str, given: Sequence[object]) -> list[Hit]:
    conditions = _days(query, _RECORD_DAY)
    if conditions:  # nobody can tell whether what has no day was before or after
        conditions.append(("record.occurred_on IS NOT NULL", ()))
    statement = _RECORDS + "".join(f" AND {told}" for told, _ in conditions) + end
    values = [value for _, values in conditions for value in values]
    return [
        Hit(id_, title, Kind.OTHER, Stage.WRITTEN, date.fromisoformat(day), dated=bool(dated))
        for id_, title, day, dated in connection.execute(statement, (*values, *given))
    ]


def _facts(query: Query) -> Conditions:
    found: Conditions = []
    if query.kind is not None:
        found.append(("pm.kind = ?", (query.kind.value,)))
    if query.team:
        found.append(_a_word_of("pm.team", query.team))
    for tag in query.tags:
        told = "pm.id IN (SELECT post_mortem FROM tag WHERE tag >= ? AND tag < ?)"
        found.append((told, (tag, f"{tag}\U0010ffff")))
    return found


def _actions(query: Query, today: date) -> Conditions:
    """Return the conditions that one and the same action must meet."""
    told, values = ["action.post_mortem = pm.id"], list[object]()
    if query.owner:
        owned, said = _a_word_of("action.owner", query.owner)
        told.append(owned)
        values += said
    match query.state:
        case "":
            pass
        case state if state == OPEN_STATE:
            told.append(OPEN)
        case state if state == OVERDUE_STATE:
            told.append(f"{OPEN} AND action.due < ?")
            values.append(today.isoformat())
        case state:
            told.append("action.state = ?")
            values.append(state)
    if len(told) == 1:
        return []
    return [(f"EXISTS (SELECT 1 FROM action WHERE {' AND '.join(told)})", tuple(values))]


def _days(query: Query, day: str) -> Conditions:
    found: Conditions = []
    if query.after is not None:
        found.append((f"{day} >= ?", (query.after.isoformat(),)))
    if query.before is not None:
        found.append((f"{day} < ?", (query.before.isoformat(),)))
    return found


def _stage(query: Query) -> str:
    met = "EXISTS (SELECT 1 FROM sitting WHERE sitting.post_mortem = pm.id)"
    match query.stage:
        case Stage.CLOSED:
            return " AND pm.closed_at IS NOT NULL"
        case Stage.LIVE:
            return f" AND pm.closed_at IS NULL AND {met}"
        case Stage.PREPARING:
            return f" AND pm.closed_at IS NULL AND NOT {met}"
        case _:
            return ""


def _a_word_of(column: str, said: str) -> tuple[str, tuple[object, ...]]:
    """Return the condition that a word in the column begins so: “ruiz” finds Ana Ruiz."""
    pattern = escaped(said)
    return f"({column} LIKE ? ESCAPE '!' OR {column} LIKE ? ESCAPE '!')", (f"{pattern}%", f"% {pattern}%")
