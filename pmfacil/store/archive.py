"""Full-text search over everything, and written post-mortems, with plain sqlite3 and FTS5.

The index is brought up to date when somebody searches, post-mortem by post-mortem, told by its revision.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pmfacil.archive import Excerpt
from pmfacil.core.errors import Gone
from pmfacil.core.record import Part, Passage, Record, RecordId
from pmfacil.store.finding import newest_passing, passing
from pmfacil.store.reading import day_of, instant_of, reading
from pmfacil.store.writing import writing

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from datetime import date

    from pmfacil.archive import Hit, Phrase, Query
    from pmfacil.store.held import Database

    _Place = tuple[int, str, str]
    _Places = dict[str, list[_Place]]

_RANKED: Final = 2000  # of many places with these words the newest are ranked: the rest would only make one wait
_LOOKED_AT: Final = 50_000  # places of one phrase, where no place has them all
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


def _dotted(*columns: str) -> str:
    """Return the words of some columns as one text, with a dot between them; each is NOT NULL."""
    later = (f" || CASE WHEN {column} = '' THEN '' ELSE ' · ' || {column} END" for column in columns[1:])
    return f"ltrim({columns[0]}{''.join(later)}, ' ·')"


_SAID: Final = f"""
    INSERT INTO passage (owner, part, item, text)
    SELECT owner, part, item, text FROM (
        SELECT id AS owner, 'title' AS part, '' AS item, title AS text FROM post_mortem WHERE id IN {_THESE}
        UNION ALL SELECT id, 'summary', '', summary FROM post_mortem WHERE id IN {_THESE}
        UNION ALL SELECT id, 'facts', '', happened FROM post_mortem WHERE id IN {_THESE}
        UNION ALL SELECT id, 'facts', '',
            {_dotted("team", "severity", "lasted", "people_affected", "contacts", "money", "links")}
            FROM post_mortem WHERE id IN {_THESE}
        UNION ALL SELECT post_mortem, 'tag', '', tag FROM tag WHERE post_mortem IN {_THESE}
        UNION ALL SELECT id, 'impact', '', impact FROM post_mortem WHERE id IN {_THESE}
        UNION ALL SELECT id, 'trigger', '', "trigger" FROM post_mortem WHERE id IN {_THESE}
        UNION ALL SELECT post_mortem, 'timeline', id, {_dotted("text", "known", "evidence")}
            FROM entry WHERE post_mortem IN {_THESE}
        UNION ALL SELECT post_mortem, 'second account', id, text FROM dissent WHERE post_mortem IN {_THESE}
        UNION ALL SELECT post_mortem, 'cause', id, {_dotted("text", "reason")}
            FROM cause WHERE post_mortem IN {_THESE}
        UNION ALL SELECT post_mortem, 'what worked', id, text FROM strength WHERE post_mortem IN {_THESE}
        UNION ALL SELECT post_mortem, 'action', id, {_dotted("text", "owner", "done_when", "effect", "reason")}
            FROM action WHERE post_mortem IN {_THESE}
        UNION ALL SELECT id, 'no actions', '', no_actions_because FROM post_mortem WHERE id IN {_THESE}
        UNION ALL SELECT post_mortem, 'parked fix', id, {_dotted("text", "reason")}
            FROM parked_fix WHERE post_mortem IN {_THESE} AND action IS NULL
        UNION ALL SELECT post_mortem, 'adopted fix', action, {_dotted("text", "reason")}
            FROM parked_fix WHERE post_mortem IN {_THESE} AND action IS NOT NULL
        UNION ALL SELECT post_mortem, 'accepted risk', cause, reason FROM accepted_risk WHERE post_mortem IN {_THESE}
        UNION ALL SELECT post_mortem, 'open question', id, text FROM question WHERE post_mortem IN {_THESE}
        UNION ALL SELECT post_mortem, 'follow-up', action, {_dotted("note", "elsewhere", "link")}
            FROM finding WHERE post_mortem IN {_THESE}
        UNION ALL SELECT id, 'title', '', title FROM record WHERE id IN {_THESE}
        UNION ALL SELECT record, part, position, text FROM record_passage WHERE record IN {_THESE} AND part <> 'title'
    ) WHERE text <> ''
"""
_KNOWN: Final = "SELECT 1 FROM searchable WHERE owner IN (SELECT value FROM json_each(?))"
# What FTS5 forgets stays in its older segments until they are merged; words that a room took back must not.
_SWEEP: Final = "INSERT INTO passage_words (passage_words) VALUES ('optimize')"
_LEARN: Final = f"""
    INSERT INTO passage_words (rowid, text) SELECT id, text FROM passage WHERE owner IN {_THESE} ORDER BY id
"""

_FOUND: Final = """
    SELECT passage.owner, passage.id, passage.part, passage.item, found.score FROM (
        SELECT rowid AS id, rank AS score FROM passage_words WHERE passage_words MATCH ? ORDER BY rowid DESC LIMIT ?
    ) AS found JOIN passage ON passage.id = found.id
"""
# Post-mortems that say a phrase anywhere: whether in the title, and with the last place in each.
_SAYING: Final = """
    SELECT passage.owner, max(passage.part = 'title'), max(passage.id) FROM (
        SELECT rowid AS id FROM passage_words WHERE passage_words MATCH ? ORDER BY rowid DESC LIMIT ?
    ) AS found JOIN passage ON passage.id = found.id GROUP BY passage.owner
"""
_PLACES: Final = f"SELECT id, part, item FROM passage WHERE id IN {_THESE}"
# Only these places get an excerpt; asked one by one, each would look up the whole word again.
_SNIPPETS: Final = f"""
    SELECT rowid, snippet(passage_words, 0, ?2, ?3, '…', 18) FROM passage_words
    WHERE passage_words MATCH ?4 AND rowid BETWEEN ?5 AND ?6 AND +rowid IN {_THESE}
"""

_ENDINGS: Final = (
    "ing", "ed", "er", "ation", "ment", "ness", "ly", "ally", "ility", "ability", "ibility", "ive", "atively", "able",
    "ible", "ance", "ence", "ful", "ous", "ity", "ising", "izing", "ization", "isation", "ional", "ator", "ingly",
    "edly",
)  # fmt: skip

_LEARNT_AT_ONCE: Final = 500  # post-mortems that the index takes in with one statement
_AT_ONCE: Final = 200  # post-mortems looked up in one statement


class SqlArchive:
    """The record over the connection that the shelf opened."""

    def __init__(self, connection: Database) -> None:
        """Work over `connection`, which stays the caller's to close."""
        self._connection = connection
        self._up_to: tuple[int, int, int] | None = None

    def search(self, query: Query, today: date, most: int) -> tuple[Hit, ...]:
        """Return where the query is found, the best first; raises `CannotRead`, and `NotKept` for the index."""
        self.catch_up()
        with reading(self._connection, "The record"):
            if not query.phrases:
                return tuple(newest_passing(self._connection, query, today, most))
            match = " AND ".join(map(_match, query.phrases))
            together = self._together(match)
            hits = self._passing(query, today, list(together), most)
            found = list(self._with_excerpts(hits, together, match))
            if len(hits) < most and len(query.phrases) > 1:
                found += self._apart(query, today, most - len(hits), but=together)
            return tuple(found)

    def catch_up(self) -> None:
        """Bring the index up to date with what was written since; raises `NotKept`."""
        version = self._data_version()  # asked first: what another window writes from here on is seen next time
        if self._up_to == self._state(version):
            return
        with reading(self._connection, "The record"):
            stale = [*self._connection.execute(_STALE), *self._connection.execute(_STALE_RECORDS)]
            forgotten = self._connection.execute(_KNOWN, (json.dumps([owner for owner, _ in stale]),)).fetchone()
        if stale:
            with writing(self._connection) as connection:
                for start in range(0, len(stale), _LEARNT_AT_ONCE):
                    some = stale[start : start + _LEARNT_AT_ONCE]
                    owners = json.dumps([owner for owner, _ in some])
                    for statement in (*_FORGET, _SAID, _LEARN):
                        connection.execute(statement, (owners,))
                    connection.executemany("REPLACE INTO searchable VALUES (?, ?)", some)
                if forgotten:
                    connection.execute(_SWEEP)
        self._up_to = self._state(version)

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
        with reading(self._connection, "This record"):
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
            return Record(id, title, source, instant_of(taken_in_at), text, day_of(occurred_on), found)

    def same_text(self, text: str) -> RecordId | None:
        """Return the record whose document says exactly this; raises `CannotRead`."""
        with reading(self._connection, "The record"):
            # The plus keeps SQLite from working out the length of what is asked for, and then reading every document.
            asked = "SELECT id FROM record WHERE length(text) = ? AND +text = ? AND deleted_at IS NULL"
            row = self._connection.execute(asked, (len(text), text)).fetchone()
        return RecordId(row[0]) if row else None

    def _together(self, match: str) -> _Places:
        """Return the post-mortems that have a place with all the words, the best first, with their places."""
        found: dict[str, list[tuple[int, float, _Place]]] = {}
        for owner, rowid, part, item, score in self._connection.execute(_FOUND, (match, _RANKED)):
            found.setdefault(owner, []).append((part != Part.TITLE, score, (rowid, part, item)))
        best = sorted(found, key=lambda owner: min(found[owner])[:2])
        return {owner: [place for *_, place in sorted(found[owner])[:_EXCERPTS]] for owner in best}

    def _apart(self, query: Query, today: date, most: int, but: Container[str]) -> Iterator[Hit]:
        """Return those that say every phrase, yet not in one place: those that have one in the title first."""
        saying: dict[str, list[tuple[int, int]]] = {}
        for number, phrase in enumerate(query.phrases):
            rows = self._connection.execute(_SAYING, (_match(phrase), _LOOKED_AT))
            saying = {
                owner: [*saying.get(owner, ()), (titled, rowid)]
                for owner, titled, rowid in rows
                if (owner in saying if number else owner not in but)
            }
        best = sorted(saying, key=lambda owner: max(saying[owner]), reverse=True)
        hits = self._passing(query, today, best, most)
        rowids = {hit.id: sorted({rowid for _, rowid in saying[hit.id]})[:_EXCERPTS] for hit in hits}
        wanted = json.dumps([rowid for some in rowids.values() for rowid in some])
        known = {rowid: (rowid, part, item) for rowid, part, item in self._connection.execute(_PLACES, (wanted,))}
        places = {owner: [known[rowid] for rowid in some if rowid in known] for owner, some in rowids.items()}
        return self._with_excerpts(hits, places, " OR ".join(map(_match, query.phrases)))

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

    def _with_excerpts(self, hits: list[Hit], places: _Places, match: str) -> Iterator[Hit]:
        wanted = [rowid for hit in hits for rowid, _, _ in places[hit.id]]
        if not wanted:
            return
        within = (min(wanted), max(wanted))
        told = dict(self._connection.execute(_SNIPPETS, (json.dumps(wanted), _OPENS, _CLOSES, match, *within)))
        for hit in hits:
            excerpts = (
                Excerpt(part, item, _pieces(told[rowid])) for rowid, part, item in places[hit.id] if rowid in told
            )
            yield replace(hit, excerpts=tuple(excerpts))

    def _state(self, version: int) -> tuple[int, int, int]:
        return self._connection.opened, self._connection.total_changes, version

    def _data_version(self) -> int:
        with reading(self._connection, "The database"):
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


def _match(phrase: Phrase) -> str:
    """Return a phrase in FTS5's own words.

    The index holds stems, of which “configuratio” is no beginning: a word that is half typed is also looked for
    with every ending that it may be about to get.
    """
    if phrase.whole:
        return f'"{phrase.text}"'
    text = phrase.text.lower()
    ended = {text + ending[cut:] for ending in _ENDINGS for cut in range(1, len(ending)) if text.endswith(ending[:cut])}
    if text.endswith("y"):  # the stem of “deploy” is “deploi”, that of “deployment” is “deploy”
        ended |= {f"{text}ment", f"{text}er", f"{text}able"}
    if text[-1:].isalpha() and text[-1] == text[-2:-1]:  # and that of “logged” is “log”
        ended.add(f"{text}ed")
    looked_for = [f'"{phrase.text}" *', *(f'"{said}"' for said in sorted(ended))]
    return f"({' OR '.join(looked_for)})"


def _pieces(marked: str) -> tuple[tuple[str, bool], ...]:
    """Return an excerpt as pieces, each with whether it is what was looked for."""
    pieces: list[tuple[str, bool]] = []
    for place, part in enumerate(marked.split(_OPENS)):
        lit, _, rest = part.partition(_CLOSES) if place else ("", "", part)
        pieces += [(text, found) for text, found in ((lit, True), (rest, False)) if text]
    return tuple(pieces)
