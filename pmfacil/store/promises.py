"""The actions of all post-mortems, with plain sqlite3: sections, counts, progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core.ending import ActionId
from pmfacil.core.following import SOON
from pmfacil.core.model import ActionState, ActionType, PostMortemId
from pmfacil.core.promises import Progress, Promise, Section, Wanted
from pmfacil.store.reading import LEFT_OUT, OPEN, day_of, escaped, instant_of, reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pmfacil.store.held import Database

_SECTIONS: Final = {
    Section.OVERDUE: f"{OPEN} AND action.due < :today",
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
_COUNTED: Final = f"""
    FROM action
    WHERE action.post_mortem NOT IN {LEFT_OUT}
"""
_LINES: Final = """
    SELECT pm.id, action.id, action.text, action.owner, action.due, action.type, action.state, action.reason, pm.title,
        action.moved_at
    FROM (
        SELECT action.rowid AS place {among} AND {told}
        ORDER BY action.due IS NULL, action.due, action.post_mortem LIMIT :most
    ) JOIN action ON action.rowid = place JOIN post_mortem AS pm ON pm.id = action.post_mortem
    ORDER BY action.due IS NULL, action.due, pm.id, action.position
"""
_SUMS: Final = f"""
    count(CASE WHEN {OPEN} AND action.due < :today THEN 1 END) AS overdue,
    count(CASE WHEN {OPEN} THEN 1 END) AS open,
    count(CASE WHEN action.state = 'done' THEN 1 END) AS done,
    count(CASE WHEN action.state = 'verified' THEN 1 END), count(CASE WHEN action.state = 'dropped' THEN 1 END)
"""
_NAMED: Final = "HAVING open + done > 0 AND name LIKE :name ESCAPE '!'"
# People are never ranked: theirs is the order of the alphabet.
_BY_OWNER: Final = f"""
    SELECT action.owner COLLATE NOCASE, min(action.owner) AS name, {_SUMS}
    {_COUNTED} GROUP BY 1 {_NAMED} ORDER BY name = '', name COLLATE NOCASE LIMIT :most
"""
_BY_POST_MORTEM: Final = f"""
    SELECT action.post_mortem, (SELECT title FROM post_mortem WHERE id = action.post_mortem) AS name, {_SUMS}
    {_COUNTED} GROUP BY 1 {_NAMED} ORDER BY overdue DESC, open DESC, name, 1 LIMIT :most
"""
_STANDS: Final = f"""
    SELECT EXISTS (
        SELECT 1 {_LIVING} AND action.post_mortem = ? AND action.id = ? AND action.state NOT IN ('verified', 'dropped')
    )
"""
_WORDED: Final = """
    AND (action.text LIKE :word{place} ESCAPE '!' OR action.owner LIKE :word{place} ESCAPE '!'
        OR action.state LIKE :word{place} ESCAPE '!' OR action.reason LIKE :word{place} ESCAPE '!'
        OR pm.title LIKE :word{place} ESCAPE '!')
"""
_NAMED_SO: Final = " AND ' ' || action.owner LIKE :word{place} ESCAPE '!'"


class SqlBoard:
    """The board over the connection that the shelf opened."""

    def __init__(self, connection: Database) -> None:
        """Read over `connection`, which stays the caller's to close."""
        self._connection = connection

    def promises(self, section: Section, wanted: Wanted, today: date, most: int) -> tuple[Promise, ...]:
        """Return the actions of a section, the most pressing first; raises `CannotRead`."""
        narrowed, values = _narrowed(wanted, today)
        with reading(self._connection, "The actions"):
            asked = _LINES.format(among=_among(wanted), told=f"{_SECTIONS[section]}{narrowed}")
            return tuple(_promise(row) for row in self._connection.execute(asked, {**values, "most": most}))

    def tally(self, wanted: Wanted, today: date) -> Mapping[Section, int]:
        """Return how many actions each section has; raises `CannotRead`."""
        narrowed, values = _narrowed(wanted, today)
        with reading(self._connection, "The actions"):
            return {
                section: int(
                    self._connection.execute(
                        f"SELECT count(*) {_among(wanted)} AND {told}{narrowed}", values
                    ).fetchone()[0]
                )
                for section, told in _SECTIONS.items()
            }

    def progress(self, wanted: Wanted, today: date) -> Progress:
        """Return how far all of them have come, with those that are verified or dropped; raises `CannotRead`."""
        narrowed, values = _narrowed(wanted, today)
        with reading(self._connection, "The actions"):
            row = self._connection.execute(f"SELECT '', '', {_SUMS} {_among(wanted)}{narrowed}", values).fetchone()
            return Progress(*row)

    def progress_by_owner(self, name: str, today: date, most: int) -> tuple[Progress, ...]:
        """Return the owners with unverified actions, by the alphabet, nobody last; raises `CannotRead`."""
        return self._progress(_BY_OWNER, name, today, most)

    def progress_by_post_mortem(self, title: str, today: date, most: int) -> tuple[Progress, ...]:
        """Return the post-mortems with unverified actions, most overdue first; raises `CannotRead`."""
        return self._progress(_BY_POST_MORTEM, title, today, most)

    def stands(self, post_mortem: PostMortemId, action: ActionId) -> bool:
        """Tell whether an action is on the board still; raises `CannotRead`."""
        with reading(self._connection, "The actions"):
            return bool(self._connection.execute(_STANDS, (post_mortem, action)).fetchone()[0])

    def _progress(self, asked: str, name: str, today: date, most: int) -> tuple[Progress, ...]:
        with reading(self._connection, "The actions"):
            values = {"today": today.isoformat(), "name": _anywhere(name), "most": most}
            return tuple(Progress(*row) for row in self._connection.execute(asked, values))


def _among(wanted: Wanted) -> str:
    """Return where to look: the titles are needed for words alone."""
    return _LIVING if wanted.words else _COUNTED


def _narrowed(wanted: Wanted, today: date) -> tuple[str, dict[str, object]]:
    told, values = "", dict[str, object](today=today.isoformat(), soon=(today + SOON).isoformat())
    for place, word in enumerate(wanted.words):
        told += (_NAMED_SO if word.startswith("@") else _WORDED).format(place=place)
        # Beginnings of names alone: @ana is not Dana.
        values[f"word{place}"] = f"% {escaped(word[1:])}%" if word.startswith("@") else _anywhere(word)
    if wanted.owner is not None:
        told += " AND action.owner = :owner COLLATE NOCASE"
        values["owner"] = wanted.owner
    if wanted.post_mortem is not None:
        told += " AND action.post_mortem = :of"
        values["of"] = wanted.post_mortem
    return told, values


def _anywhere(words: str) -> str:
    """Return the pattern for words that stand anywhere."""
    return f"%{escaped(words)}%"


def _promise(row: tuple[str, str, str, str, str | None, str | None, str, str, str, str | None]) -> Promise:
    pm, action, text, owner, due, type_, state, reason, title, moved_at = row
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
        instant_of(moved_at) if moved_at else None,
    )
