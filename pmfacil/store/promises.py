"""The actions of all post-mortems, with plain sqlite3: sections, counts, progress."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from pmfacil.core.ending import ActionId
from pmfacil.core.following import SOON
from pmfacil.core.model import ActionState, ActionType, PostMortemId
from pmfacil.core.promises import Progress, Promise, Section, Wanted
from pmfacil.store.reading import day_of, reading

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import date

_SECTIONS: Final = {
    Section.OVERDUE: "action.state IN ('agreed', 'in progress', 'blocked') AND action.due < :today",
    Section.SOON: "action.state IN ('agreed', 'in progress') AND action.due BETWEEN :today AND :soon",
    Section.BLOCKED: "action.state = 'blocked' AND (action.due IS NULL OR action.due >= :today)",
    Section.UNVERIFIED: "action.state = 'done'",
    Section.UNDATED: "action.state IN ('agreed', 'in progress') AND action.due IS NULL",
    Section.LATER: "action.state IN ('agreed', 'in progress') AND action.due > :soon",
}
_LIVING: Final = """
    FROM action JOIN post_mortem AS pm ON pm.id = action.post_mortem
    WHERE pm.deleted_at IS NULL AND pm.rehearsal = 0
"""
# To look up the post-mortem of each would take ten times as long as to leave out those that do not count.
_COUNTED: Final = """
    FROM action
    WHERE action.post_mortem NOT IN (SELECT id FROM post_mortem WHERE deleted_at IS NOT NULL OR rehearsal <> 0)
"""
_LINES: Final = """
    SELECT pm.id, action.id, action.text, action.owner, action.due, action.type, action.state, action.reason, pm.title,
        (SELECT at FROM settlement WHERE settlement.post_mortem = pm.id AND settlement.id = action.settlement) AS agreed
    FROM (
        SELECT action.rowid AS place {among} AND {told}
        ORDER BY action.due IS NULL, action.due, action.post_mortem LIMIT :most
    ) JOIN action ON action.rowid = place JOIN post_mortem AS pm ON pm.id = action.post_mortem
    ORDER BY action.due IS NULL, action.due, pm.id, action.position
"""
_OWNERS: Final = "action.owner COLLATE NOCASE, min(action.owner)"
_POST_MORTEMS: Final = "action.post_mortem, (SELECT title FROM post_mortem WHERE id = action.post_mortem)"
_PROGRESS: Final = """
    SELECT {of},
        sum(action.state IN ('agreed', 'in progress', 'blocked') AND action.due < :today) AS overdue,
        sum(action.state IN ('agreed', 'in progress', 'blocked')) AS open,
        sum(action.state = 'done') AS done, sum(action.state = 'verified'), sum(action.state = 'dropped')
    {counted} GROUP BY 1 HAVING open + done > 0 ORDER BY overdue DESC, open DESC, 2 LIMIT :most
"""


class SqlBoard:
    """The board over the connection that the shelf opened."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read over `connection`, which stays the caller's to close."""
        self._connection = connection

    def promises(self, section: Section, wanted: Wanted, today: date, most: int) -> tuple[Promise, ...]:
        """Return the actions of a section, the most pressing first; raises `CannotRead`."""
        narrowed, values = _narrowed(wanted, today)
        with reading("The actions"):
            asked = _LINES.format(among=_among(wanted), told=f"{_SECTIONS[section]}{narrowed}")
            return tuple(_promise(row) for row in self._connection.execute(asked, {**values, "most": most}))

    def tally(self, wanted: Wanted, today: date) -> Mapping[Section, int]:
        """Return how many actions each section has; raises `CannotRead`."""
        narrowed, values = _narrowed(wanted, today)
        with reading("The actions"):
            return {
                section: int(
                    self._connection.execute(
                        f"SELECT count(*) {_among(wanted)} AND {told}{narrowed}", values
                    ).fetchone()[0]
                )
                for section, told in _SECTIONS.items()
            }

    def progress_by_owner(self, today: date, most: int) -> tuple[Progress, ...]:
        """Return the owners with open actions, those with the most overdue first; raises `CannotRead`."""
        return self._progress(_OWNERS, today, most)

    def progress_by_post_mortem(self, today: date, most: int) -> tuple[Progress, ...]:
        """Return the post-mortems with actions that are not verified, most overdue first; raises `CannotRead`."""
        return self._progress(_POST_MORTEMS, today, most)

    def _progress(self, of: str, today: date, most: int) -> tuple[Progress, ...]:
        asked = _PROGRESS.format(of=of, counted=_COUNTED)
        with reading("The actions"):
            rows = self._connection.execute(asked, {"today": today.isoformat(), "most": most})
            return tuple(Progress(*row) for row in rows)


def _among(wanted: Wanted) -> str:
    """Return where to look: the titles are needed for words alone."""
    return _LIVING if wanted.words else _COUNTED


def _narrowed(wanted: Wanted, today: date) -> tuple[str, dict[str, object]]:
    told, values = "", dict[str, object](today=today.isoformat(), soon=(today + SOON).isoformat())
    for place, word in enumerate(wanted.words):
        columns = ("action.text", "action.owner", "pm.title")
        told += f" AND ({' OR '.join(f'{column} LIKE :word{place} ESCAPE {_ESCAPE}' for column in columns)})"
        values[f"word{place}"] = f"%{word.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
    if wanted.owner is not None:
        told += " AND action.owner = :owner COLLATE NOCASE"
        values["owner"] = wanted.owner
    if wanted.post_mortem is not None:
        told += " AND action.post_mortem = :of"
        values["of"] = wanted.post_mortem
    return told, values


_ESCAPE: Final = "'!'"


def _promise(row: tuple[str, str, str, str, str | None, str | None, str, str, str, str]) -> Promise:
    pm, action, text, owner, due, type_, state, reason, title, agreed = row
    return Promise(
        PostMortemId(pm),
        ActionId(action),
        text,
        owner,
        day_of(due),
        ActionType(type_) if type_ else None,
        ActionState(state),
        reason,
        title,
        datetime.fromisoformat(agreed),
    )
