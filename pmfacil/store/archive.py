"""Full-text search over everything, and written post-mortems, with plain sqlite3 and FTS5.

The index is brought up to date when somebody searches, post-mortem by post-mortem, told by its revision.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from pmfacil.archive import Excerpt
from pmfacil.core.errors import Gone
from pmfacil.core.record import Part, Passage, Record, RecordId
from pmfacil.store.finding import newest_passing, passing
from pmfacil.store.reading import day_of, reading
from pmfacil.store.writing import writing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import date

    from pmfacil.archive import Hit, Query

_RANKED: Final = 2000  # of many places with these words the newest are ranked: the rest would only make one wait
_EXCERPTS: Final = 3
_OPENS, _CLOSES = "\x02", "\x03"  # what was typed is shown without control characters, so these are ours

_STALE: Final = """
    SELECT pm.id, pm.revision FROM post_mortem AS pm LEFT JOIN searchable ON searchable.owner = pm.id
    WHERE searchable.revision IS NOT pm.revision
"""
_STALE_RECORDS: Final = """
    SELECT record.id, 0 FROM record LEFT JOIN searchable ON searchable.owner = record.id
    WHERE searchable.owner IS NULL
"""
# `?1` is a JSON list of ids: a thousand post-mortems are as many statements as one. FTS5 writes what it has gathered
# whenever an id is smaller than the one before, hence the order.
_THESE: Final = "(SELECT value FROM json_each(?1))"
_FORGET: Final = (
    f"""INSERT INTO passage_words (passage_words, rowid, text)
        SELECT 'delete', id, text FROM passage WHERE owner IN {_THESE} ORDER BY id""",
    f"DELETE FROM passage WHERE owner IN {_THESE}",
)
_SAID: Final = f"""
    INSERT INTO passage (owner, part, item, text)
    SELECT owner, part, item, text FROM (
        SELECT id AS owner, 'title' AS part, '' AS item, title AS text FROM post_mortem WHERE id IN {_THESE}
        UNION ALL SELECT id, 'summary', '', summary FROM post_mortem WHERE id IN {_THESE}
        UNION ALL SELECT id, 'facts', '', happened FROM post_mortem WHERE id IN {_THESE}
        UNION ALL SELECT id, 'facts', '', trim(team || ' ' || severity) FROM post_mortem WHERE id IN {_THESE}
        UNION ALL SELECT post_mortem, 'tag', '', tag FROM tag WHERE post_mortem IN {_THESE}
        UNION ALL SELECT id, 'impact', '', impact FROM post_mortem WHERE id IN {_THESE}
        UNION ALL SELECT id, 'trigger', '', "trigger" FROM post_mortem WHERE id IN {_THESE}
        UNION ALL SELECT post_mortem, 'timeline', id, trim(text || ' ' || known)
            FROM entry WHERE post_mortem IN {_THESE}
        UNION ALL SELECT post_mortem, 'second account', id, text FROM dissent WHERE post_mortem IN {_THESE}
        UNION ALL SELECT post_mortem, 'cause', id, text FROM cause WHERE post_mortem IN {_THESE}
        UNION ALL SELECT post_mortem, 'what worked', id, text FROM strength WHERE post_mortem IN {_THESE}
        UNION ALL SELECT post_mortem, 'action', id, trim(text || ' ' || owner || ' ' || done_when || ' ' || reason)
            FROM action WHERE post_mortem IN {_THESE}
        UNION ALL SELECT post_mortem, 'parked fix', id, text FROM parked_fix WHERE post_mortem IN {_THESE}
        UNION ALL SELECT post_mortem, 'accepted risk', cause, reason FROM accepted_risk WHERE post_mortem IN {_THESE}
        UNION ALL SELECT post_mortem, 'open question', id, text FROM question WHERE post_mortem IN {_THESE}
        UNION ALL SELECT post_mortem, 'follow-up', action, trim(note || ' ' || elsewhere)
            FROM finding WHERE post_mortem IN {_THESE}
        UNION ALL SELECT id, 'title', '', title FROM record WHERE id IN {_THESE}
        UNION ALL SELECT record, part, position, text FROM record_passage WHERE record IN {_THESE} AND part <> 'title'
    ) WHERE text <> ''
"""
_LEARN: Final = f"""
    INSERT INTO passage_words (rowid, text) SELECT id, text FROM passage WHERE owner IN {_THESE} ORDER BY id
"""

_FOUND: Final = """
    SELECT passage.owner, passage.id, passage.part, passage.item, found.score FROM (
        SELECT rowid AS id, rank AS score FROM passage_words WHERE passage_words MATCH ? ORDER BY rowid DESC LIMIT ?
    ) AS found JOIN passage ON passage.id = found.id
"""
# Only these places get an excerpt; asked one by one, each would look up the whole word again.
_SNIPPETS: Final = """
    SELECT rowid, CASE WHEN rowid IN (SELECT value FROM json_each(?)) THEN snippet(passage_words, 0, ?, ?, '…', 18) END
    FROM passage_words WHERE passage_words MATCH ? ORDER BY rowid DESC LIMIT ?
"""

_LEARNT_AT_ONCE: Final = 500  # post-mortems that the index takes in with one statement
_AT_ONCE: Final = 200  # post-mortems looked up in one statement


class SqlArchive:
    """The record over the connection that the shelf opened."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Work over `connection`, which stays the caller's to close."""
        self._connection = connection
        self._up_to: tuple[int, int] | None = None

    def search(self, query: Query, today: date, most: int) -> tuple[Hit, ...]:
        """Return where the query is found, the best first; raises `CannotRead`, and `NotKept` for the index."""
        self.catch_up()
        with reading("The record"):
            if not query.phrases:
                return tuple(newest_passing(self._connection, query, today, most))
            match = _match(query)
            places: dict[str, list[tuple[int, float, int, str, str]]] = {}
            for owner, rowid, part, item, score in self._connection.execute(_FOUND, (match, _RANKED)):
                places.setdefault(owner, []).append((part != Part.TITLE, score, rowid, part, item))
            best = sorted(places, key=lambda owner: min(places[owner])[:2])
            hits = self._passing(query, today, best, most)
            return tuple(self._with_excerpts(hits, places, match))

    def catch_up(self) -> None:
        """Bring the index up to date with what was written since; raises `NotKept`."""
        seen = (self._connection.total_changes, self._data_version())
        if seen == self._up_to:
            return
        with reading("The record"):
            stale = [*self._connection.execute(_STALE), *self._connection.execute(_STALE_RECORDS)]
        if stale:
            with writing(self._connection) as connection:
                for start in range(0, len(stale), _LEARNT_AT_ONCE):
                    some = stale[start : start + _LEARNT_AT_ONCE]
                    owners = json.dumps([owner for owner, _ in some])
                    for statement in (*_FORGET, _SAID, _LEARN):
                        connection.execute(statement, (owners,))
                    connection.executemany("REPLACE INTO searchable VALUES (?, ?)", some)
        self._up_to = (self._connection.total_changes, self._data_version())

    def add_record(self, record: Record) -> None:
        """Write a record that the store does not have; raises `NotKept`."""
        on = record.occurred_on.isoformat() if record.occurred_on else None
        own = (record.id, record.title, record.source, record.taken_in_at.isoformat(), on, record.text)
        rows = [(record.id, place, one.part, one.text, one.when) for place, one in enumerate(record.passages)]
        with writing(self._connection) as connection:
            connection.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, NULL)", own)
            connection.executemany("INSERT INTO record_passage VALUES (?, ?, ?, ?, ?)", rows)

    def record(self, id: RecordId) -> Record:
        """Return a record; raises `Gone`, `CannotRead`."""
        with reading("This record"):
            row = self._connection.execute(
                "SELECT title, source, taken_in_at, occurred_on, text FROM record WHERE id = ? AND deleted_at IS NULL",
                (id,),
            ).fetchone()
            if row is None:
                what = "record"
                raise Gone(what)
            passages = self._connection.execute(
                'SELECT part, text, "when" FROM record_passage WHERE record = ? ORDER BY position', (id,)
            )
            title, source, taken_in_at, occurred_on, text = row
            found = tuple(Passage(Part(part), words, when) for part, words, when in passages)
            return Record(id, title, source, datetime.fromisoformat(taken_in_at), text, day_of(occurred_on), found)

    def same_text(self, text: str) -> RecordId | None:
        """Return the record whose document says exactly this; raises `CannotRead`."""
        with reading("The record"):
            asked = "SELECT id FROM record WHERE length(text) = ? AND text = ? AND deleted_at IS NULL"
            row = self._connection.execute(asked, (len(text), text)).fetchone()
        return RecordId(row[0]) if row else None

    def _passing(self, query: Query, today: date, owners: list[str], most: int) -> list[Hit]:
        """Return those of `owners` that pass the filters, in their order."""
        hits: list[Hit] = []
        for start in range(0, len(owners), _AT_ONCE):
            some = owners[start : start + _AT_ONCE]
            found = {hit.id: hit for hit in passing(self._connection, query, today, some)}
            hits += [found[owner] for owner in some if owner in found]
            if len(hits) >= most:
                break
        return hits[:most]

    def _with_excerpts(
        self, hits: list[Hit], places: dict[str, list[tuple[int, float, int, str, str]]], match: str
    ) -> Iterator[Hit]:
        best = {hit.id: sorted(places[hit.id])[:_EXCERPTS] for hit in hits}
        wanted = json.dumps([rowid for found in best.values() for _, _, rowid, _, _ in found])
        told = dict(self._connection.execute(_SNIPPETS, (wanted, _OPENS, _CLOSES, match, _RANKED)))
        for hit in hits:
            excerpts = (Excerpt(part, item, _pieces(told[rowid])) for _, _, rowid, part, item in best[hit.id])
            yield replace(hit, excerpts=tuple(excerpts))

    def _data_version(self) -> int:
        with reading("The database"):
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


def _match(query: Query) -> str:
    """Return the query in FTS5's own words: every phrase must occur, and its last word may go on unless quoted."""
    return " AND ".join(
        f'"{" ".join(words)}"{"" if place in query.whole else " *"}' for place, words in enumerate(query.phrases)
    )


def _pieces(marked: str) -> tuple[tuple[str, bool], ...]:
    """Return an excerpt as pieces, each with whether it is what was looked for."""
    pieces: list[tuple[str, bool]] = []
    for place, part in enumerate(marked.split(_OPENS)):
        lit, _, rest = part.partition(_CLOSES) if place else ("", "", part)
        pieces += [(text, found) for text, found in ((lit, True), (rest, False)) if text]
    return tuple(pieces)
