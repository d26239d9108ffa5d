"""Post-mortems to break: seeded, with everything in them that the file can hold."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from pmfacil import codec
from pmfacil.archive import Phrase, Query
from pmfacil.core.kind import Kind
from pmfacil.core.record import Part, Passage, Record, RecordId
from pmfacil.library import Library
from pmfacil.store import open_shelf
from pmfacil.store.held import Database
from tests.clock import FakeClock, Ids
from tests.meetings import ACTS, Act, perform, settle_something

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from pmfacil.core.model import PostMortem, PostMortemId
    from pmfacil.facilitation import Facilitation, Loaded, Move
    from pmfacil.store import SqlShelf

WORDS: Final = (
    "The pager went off", "nobody saw the graph", "a release to every partner at once", "retry storm", "14:06",
    "Überlast im Zahlungsdienst", "queue full, 40,000 waiting", "the runbook names a host that is gone", "x" * 300, " ",
)  # fmt: skip


class Recording:
    """A shelf that tells of every save that was taken: the new revision, and what was there before and after."""

    def __init__(self, shelf: SqlShelf, tell: Callable[[int, str, str], None]) -> None:
        """Pass everything on to `shelf`."""
        self._shelf = shelf
        self._tell = tell

    def load(self, id: PostMortemId) -> Loaded:
        """Pass it on."""
        return self._shelf.load(id)

    def save(self, move: Move, revision: int) -> int:
        """Pass it on, and tell."""
        kept = self._shelf.save(move, revision)
        self._tell(kept, digest(move.before), digest(move.after))
        return kept

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Pass the rest on."""
        passed: Callable[..., None] = getattr(self._shelf, name)
        return passed

    def keep_sitting(self, *args: object) -> None:
        """Pass it on."""
        self._shelf.keep_sitting(*args)  # type: ignore[arg-type]  # as they came

    def keep_draft(self, *args: object) -> None:
        """Pass it on."""
        self._shelf.keep_draft(*args)  # type: ignore[arg-type]  # as they came

    def changed_elsewhere(self) -> bool:
        """Pass it on."""
        return self._shelf.changed_elsewhere()


def without_log(vfs: str) -> None:
    """Let this process open databases through a file system that can have no write-ahead log."""

    def connect(database: Database) -> None:
        own = dict(database.__dict__)
        place = f"{database.path.absolute().as_uri()}?vfs={vfs}"
        sqlite3.Connection.__init__(database, place, uri=True, isolation_level=None, timeout=5)
        database.__dict__.update(own)
        database.opened += 1

    Database.connect = connect  # type: ignore[method-assign, assignment]  # in a process of its own


def digest(pm: PostMortem) -> str:
    """Return a short name for exactly this value."""
    return sha256(json.dumps(codec.plain(pm)).encode()).hexdigest()[:16]


def act(rng: Random) -> Act:
    """Draw something that somebody does."""
    return Act(rng.randrange(len(ACTS)), rng.randrange(10), rng.randrange(10), rng.choice(WORDS))


def talk(service: Facilitation, rng: Random, many: int) -> None:
    """Do that many things, with a step back now and then."""
    for _ in range(many):
        match rng.randrange(12):
            case 0:
                service.undo()
            case 1:
                service.redo()
            case _:
                perform(service, act(rng))


def furnish(path: Path, rng: Random, many: int, acts: int = 40) -> list[PostMortemId]:
    """Make a database with that many post-mortems, two written ones and a search index; return the ids of ours."""
    clock = FakeClock()
    made: list[PostMortemId] = []
    with closing(open_shelf(path)) as shelf:
        library = Library(shelf, clock, Ids(f"s{rng.randrange(10**6)}-"), zone="UTC")
        for number in range(many):
            made.append(library.begin(f"Outage {number}", Kind.INCIDENT, date(2026, 3, 1) + timedelta(days=number)))
            service = library.open(made[-1])
            if rng.random() < 0.7:
                settle_something(service)
            talk(service, rng, acts)
            service.keep_draft("timeline", f"half typed {number}")
            clock.advance(minutes=7)
        for number in range(2):
            passages = tuple(Passage(Part.TEXT, rng.choice(WORDS)) for _ in range(9))
            shelf.archive.add_record(
                Record(RecordId(f"r{number}"), f"Written {number}", "a.md", clock(), f"text {number}", None, passages)
            )
        shelf.archive.search(Query((Phrase("graph"),)), clock().date(), 5)
    return made


def sound(path: Path) -> str | None:
    """Return what SQLite finds wrong with a database; None: nothing."""
    with closing(sqlite3.connect(path)) as connection:
        told = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if told != "ok":
            return str(told)
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        return None if broken is None else f"a link leads nowhere: {broken}"


def steps_kept(path: Path, id: PostMortemId, loaded: Loaded) -> str | None:
    """Return what is wrong with a history; None: every step leads somewhere."""
    with closing(sqlite3.connect(path)) as connection:
        steps = connection.execute("SELECT count(*) FROM journal WHERE post_mortem = ?", (id,)).fetchone()[0]
    reached = len(loaded.history.past) + len(loaded.history.future)
    return None if steps == reached else f"{steps - reached} steps of {steps} lead nowhere"
