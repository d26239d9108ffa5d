"""What `pmfacil.trends` needs of the whole record, in few queries that an old, large library bears."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

from pmfacil.core.following import OVER
from pmfacil.core.kind import Kind
from pmfacil.core.model import ActionState, Anchor
from pmfacil.store.reading import DAY, LEFT_OUT, NEWEST, OPEN, instant_of, reading
from pmfacil.trends import MOST_CAUSES, MOST_SHOWN, MOST_SPANS, OLD, Moment, Told, ToldCause

if TYPE_CHECKING:
    import sqlite3

    from pmfacil.store.held import Database

_NEWEST: Final = f"{NEWEST}, pm.id"
_COUNTED: Final = "pm.deleted_at IS NULL AND pm.rehearsal = 0"

_COUNTS: Final = f"""
    SELECT substr({DAY}, 1, 7) AS month, pm.kind, count(*) FROM post_mortem AS pm WHERE {_COUNTED}
    GROUP BY month, pm.kind
"""
_IMPORTED: Final = """
    SELECT substr(coalesce(occurred_on, substr(taken_in_at, 1, 10)), 1, 7) AS month, count(*) FROM record
    WHERE deleted_at IS NULL GROUP BY month
"""
# CROSS JOIN keeps SQLite from beginning with the other table.
_CAUSES: Final = f"""
    SELECT pm.id, cause.text, {DAY} FROM post_mortem AS pm CROSS JOIN cause ON cause.post_mortem = pm.id
    WHERE {_COUNTED} AND cause.mark IN ('root cause', 'contributing factor')
    {_NEWEST}, cause.position LIMIT ?
"""
_NAMES: Final = "SELECT post_mortem, name FROM person WHERE post_mortem IN (SELECT value FROM json_each(?))"
# A tag that names a team, or somebody with an @, would rank them.
_TAGS: Final = f"""
    SELECT tag, count(*) AS many FROM tag
    WHERE post_mortem NOT IN {LEFT_OUT} AND tag NOT GLOB '@*'
        AND tag NOT IN (SELECT lower(team) FROM post_mortem WHERE team <> '')
    GROUP BY tag ORDER BY many DESC, tag LIMIT ?
"""
# All of them stand in the index `action_due`; to look up the post-mortem of each would take ten times as long as
# to take off those that do not count.
_STATES: Final = f"""
    SELECT state, sum(many), sum(late) FROM (
        SELECT state, count(*) AS many, count(CASE WHEN due < :today THEN 1 END) AS late FROM action GROUP BY state
        UNION ALL
        SELECT state, -count(*), -count(CASE WHEN due < :today THEN 1 END) FROM action
        WHERE post_mortem IN {LEFT_OUT} GROUP BY state
    ) GROUP BY state
"""
_YOUNG: Final = f"""
    SELECT substr(settlement.at, 1, 10) AS agreed_on, count(*)
    FROM settlement CROSS JOIN action
        ON action.post_mortem = settlement.post_mortem AND action.settlement = settlement.id
    WHERE settlement.at >= ? AND {OPEN} AND settlement.post_mortem NOT IN {LEFT_OUT}
    GROUP BY agreed_on
"""
_MOVED: Final = f"""
    SELECT action.state, settlement.at, action.moved_at
    FROM post_mortem AS pm CROSS JOIN action ON action.post_mortem = pm.id
        JOIN settlement ON settlement.post_mortem = pm.id AND settlement.id = action.settlement
    WHERE {_COUNTED} AND action.state IN ('done', 'verified') AND action.moved_at IS NOT NULL
    {_NEWEST}, action.position LIMIT ?
"""
_MOMENTS: Final = f"""
    SELECT pm.id, {DAY}, anchor.anchor, entry.at, entry.approximate
    FROM (SELECT id, occurred_on, created_at FROM post_mortem AS pm WHERE {_COUNTED} {_NEWEST} LIMIT ?) AS pm
        CROSS JOIN anchor ON anchor.post_mortem = pm.id
        JOIN entry ON entry.post_mortem = pm.id AND entry.id = anchor.entry
    WHERE entry.at IS NOT NULL
    {_NEWEST}
"""


def read_told(connection: Database, today: date) -> Told:
    """Return what the whole record tells as it stands at one moment; raises `CannotRead`."""
    with reading(connection, "What the whole record tells"):
        connection.execute("BEGIN")  # one state of the file, whatever another window writes meanwhile
        try:
            return _told(connection, today)
        finally:
            connection.rollback()


def _told(connection: sqlite3.Connection, today: date) -> Told:
    counted = connection.execute(_STATES, {"today": today.isoformat()})
    states = [(ActionState(state), many, late) for state, many, late in counted]
    young = connection.execute(_YOUNG, ((today - OLD).isoformat(),))
    moved = connection.execute(_MOVED, (MOST_SPANS,))
    return Told(
        today=today,
        counts=tuple((_month(month), Kind(kind), many) for month, kind, many in connection.execute(_COUNTS)),
        imported=tuple((_month(month), many) for month, many in connection.execute(_IMPORTED)),
        causes=_causes(connection),
        tags=tuple(connection.execute(_TAGS, (MOST_SHOWN,))),
        states=tuple((state, many) for state, many, _ in states),
        overdue=sum(late for state, _, late in states if state not in OVER),
        agreed_on=tuple((date.fromisoformat(on), many) for on, many in young),
        moved=tuple((ActionState(state), instant_of(agreed), instant_of(at)) for state, agreed, at in moved),
        moments=_moments(connection),
    )


def _causes(connection: sqlite3.Connection) -> tuple[ToldCause, ...]:
    found = connection.execute(_CAUSES, (MOST_CAUSES,)).fetchall()
    names: defaultdict[str, list[str]] = defaultdict(list)
    for pm, name in connection.execute(_NAMES, (json.dumps(list({pm for pm, _, _ in found})),)):
        names[pm].append(name)
    return tuple(ToldCause(pm, text, date.fromisoformat(on), tuple(names[pm])) for pm, text, on in found)


def _moments(connection: sqlite3.Connection) -> tuple[tuple[date, tuple[Moment, ...]], ...]:
    found: dict[str, tuple[date, list[Moment]]] = {}
    for pm, on, anchor, at, approximate in connection.execute(_MOMENTS, (MOST_SPANS,)):
        _, moments = found.setdefault(pm, (date.fromisoformat(on), []))
        moments.append(Moment(Anchor(anchor), instant_of(at), bool(approximate)))
    return tuple((on, tuple(moments)) for on, moments in found.values())


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")
