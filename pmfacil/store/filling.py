"""Filling a fresh database with post-mortems out of another one, each of which must then load."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Refusal
from pmfacil.core.model import PostMortemId
from pmfacil.core.record import Part, Passage, Record, RecordId
from pmfacil.store.archive import SqlArchive
from pmfacil.store.repository import SqlRepository

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmfacil.store.held import Database
    from pmfacil.store.salvage import Row

Rows = dict[str, list["Row"]]
"""The rows that belong together, by table."""

_WORDS: Final = ("title", "happened", "impact", "trigger", "summary", "name", "text", "known", "reason", "note")
_UNKNOWN: Final = "a post-mortem whose title is lost"


def own_row(rows: Mapping[str, list[Row]], table: str) -> Row | None:
    """Return the one row of a table that stands for the whole; None where it is not there."""
    found = rows.get(table, [])
    return found[0] if found else None


def title_of(rows: Mapping[str, list[Row]]) -> str:
    """Return what a post-mortem or record is called, as far as one knows."""
    row = own_row(rows, "post_mortem") or own_row(rows, "record") or {}
    return str(row.get("title") or _UNKNOWN)


def is_full(rows: Mapping[str, list[Row]]) -> bool:
    """Tell whether no item is missing among others: their places run without a gap."""
    for some in rows.values():
        if some and "id" in some[0] and "position" in some[0]:
            places = {row["position"] for row in some}
            if places != set(range(len(some))):
                return False
    return True


class Filling:
    """The new database, and what went into it."""

    def __init__(self, connection: Database) -> None:
        """Write over `connection`, which stays the caller's to close."""
        self._connection = connection
        self._repository = SqlRepository(connection)
        self._archive = SqlArchive(connection)

    def put(self, id: str, rows: Mapping[str, list[Row]]) -> bool:
        """Write one post-mortem or record; tell whether it is there and loads. Otherwise nothing is left of it."""
        own = own_row(rows, "post_mortem") or own_row(rows, "record")
        if own is None:
            return False
        away, own["deleted_at"] = own.get("deleted_at"), None  # what was put away does not load
        try:
            self._write(rows)
            self._load(id, rows)
            self._put_away(id, away)
        except (sqlite3.Error, Refusal, OverflowError, UnicodeError):
            self._connection.rollback()
            self._remove(id)
            return False
        finally:
            own["deleted_at"] = away
        return True

    def steps_lost(self, id: str, rows: Mapping[str, list[Row]]) -> int:
        """Return how many steps of undo and redo do not lead anywhere any more."""
        if own_row(rows, "record") or (own_row(rows, "post_mortem") or {}).get("deleted_at"):
            return 0
        history = self._repository.load(PostMortemId(id)).history
        return len(rows.get("journal", [])) - len(history.past) - len(history.future)

    def put_words(self, id: str, rows: Mapping[str, list[Row]]) -> bool:
        """Write down as a written post-mortem what can be read of one that does not load; tell whether it has words."""
        words = [
            str(row[name]).strip()
            for table, some in rows.items()
            if table != "journal"
            for row in some
            for name in _WORDS
            if str(row.get(name) or "").strip()
        ]
        if not words:
            return False
        passages = tuple(Passage(Part.TEXT, text) for text in words)
        title = f"{title_of(rows)} (what could be read)"
        now = datetime.now(UTC)
        self._archive.add_record(Record(RecordId(id), title, "recovered", now, "\n\n".join(words), None, passages))
        return True

    def _write(self, rows: Mapping[str, list[Row]]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        for table, some in rows.items():
            for row in some:
                names = ", ".join(f'"{name}"' for name in row)
                marks = ", ".join("?" * len(row))
                self._connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608 - names of our own
        self._connection.execute("COMMIT")

    def _load(self, id: str, rows: Mapping[str, list[Row]]) -> None:
        if own_row(rows, "record"):
            self._archive.record(RecordId(id))
        else:
            self._repository.load(PostMortemId(id))

    def _put_away(self, id: str, at: object) -> None:
        if at is not None:
            self._connection.execute("UPDATE post_mortem SET deleted_at = ? WHERE id = ?", (at, id))
            self._connection.execute("UPDATE record SET deleted_at = ? WHERE id = ?", (at, id))

    def _remove(self, id: str) -> None:
        self._connection.execute("DELETE FROM post_mortem WHERE id = ?", (id,))
        self._connection.execute("DELETE FROM record WHERE id = ?", (id,))
