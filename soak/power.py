"""Power cuts: every state in which the files may be found, built from what was written and what was synced.

SQLite appends to the write-ahead log and syncs it at each commit (`synchronous = FULL`), so what a cut leaves is the
database of the last checkpoint, the log up to the last sync, and of what came after any part of any frame.
"""

from __future__ import annotations

import random
from contextlib import closing
from typing import TYPE_CHECKING, Final, NamedTuple

from pmfacil.core.errors import Refusal
from pmfacil.core.kind import Kind
from pmfacil.facilitation import Facilitation
from pmfacil.library import Library
from pmfacil.store import open_shelf
from soak.outcome import Outcome
from soak.scene import Recording, digest, sound, steps_kept, talk
from tests.clock import FakeClock, Ids
from tests.meetings import settle_something

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.core.model import PostMortemId

_HEADER: Final = 32
_FRAME: Final = 24 + 4096
_PAGE: Final = 4096


class _Files(NamedTuple):
    """What lies on the disk, and the oldest revision that must come out of it."""

    database: bytes
    log: bytes
    revision: int


class _Session:
    """A meeting whose checkpoints come when we say so, and what was acknowledged when."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self.log = path.with_name(f"{path.name}-wal")
        self._rng = random.Random(seed)
        self.shelf = open_shelf(path)
        self.shelf._connection.execute("PRAGMA wal_autocheckpoint = 0")
        library = Library(self.shelf, FakeClock(), Ids(), zone="UTC")
        self.id: PostMortemId = library.begin("Checkout outage", Kind.INCIDENT, None)
        settle_something(library.open(self.id))
        loaded = self.shelf.load(self.id)
        self.values = {loaded.revision: digest(loaded.history.present)}
        self.synced: list[tuple[int, int]] = []
        self.checkpoint()

    def checkpoint(self) -> None:
        """Move the log into the database; the next write begins the log anew, over its old frames."""
        self.shelf._connection.execute("PRAGMA wal_checkpoint(RESTART)")
        self.synced = [(0, max(self.values))]

    def talk(self, many: int) -> None:
        """Let the meeting go on."""
        shelf = Recording(self.shelf, self._kept)
        talk(Facilitation(shelf, self.id, FakeClock(), Ids(f"t{self._rng.randrange(10**9)}-")), self._rng, many)

    def acknowledged(self, length: int) -> int:
        """Return the newest revision that was acknowledged when the log was that long."""
        return max(revision for synced, revision in self.synced if synced <= length)

    def _kept(self, revision: int, _before: str, after: str) -> None:
        self.values[revision] = after
        self.synced.append((_written(self.log.read_bytes()), revision))


def run(folder: Path, rounds: int, seed: int) -> Outcome:
    """Look at every frame boundary of a session's log, and at `rounds` torn, reordered and half-moved states."""
    outcome = Outcome("power", seed)
    rng = random.Random(f"power {seed}")
    session = _Session(folder / "pmfacil.db", seed)
    with closing(session.shelf):
        session.talk(max(6, rounds // 12))
        before, log = session.path.read_bytes(), session.log.read_bytes()
        for files in (*_prefixes(session, before, log), *_torn(session, before, log, rng, rounds)):
            _look(outcome, folder / "cut", session, files)
        session.checkpoint()
        after = session.path.read_bytes()
        for files in _half_moved(session, before, after, log, rng, rounds // 4):
            _look(outcome, folder / "cut", session, files)
        session.talk(max(6, rounds // 40))
        over = session.log.read_bytes()
        for files in _overwritten(session, after, log, over):
            _look(outcome, folder / "cut", session, files)
    return outcome


def _written(log: bytes) -> int:
    """Return how far the log is written in this round: frames with another salt are from the round before."""
    at = _HEADER
    while at + _FRAME <= len(log) and log[at + 8 : at + 16] == log[16:24]:
        at += _FRAME
    return at


def _boundaries(log: bytes) -> range:
    return range(_HEADER, _written(log) + 1, _FRAME)


def _prefixes(session: _Session, database: bytes, log: bytes) -> list[_Files]:
    ends = [0, 1, _HEADER - 1, *_boundaries(log)]
    return [_Files(database, log[:end], session.acknowledged(end)) for end in ends]


def _torn(session: _Session, database: bytes, log: bytes, rng: random.Random, many: int) -> list[_Files]:
    """Return states in which what was synced is whole and each later frame is whole, torn, empty or not there."""
    made = []
    ends = _boundaries(log)
    for _ in range(many):
        end = rng.choice(ends)
        tail = b""
        for start in range(end, min(_written(log), end + 6 * _FRAME), _FRAME):
            frame = log[start : start + _FRAME]
            cut = rng.randrange(_FRAME)
            tail += rng.choice((frame, frame[:cut] + bytes(_FRAME - cut), bytes(_FRAME), bytes(cut) + frame[cut:]))
        tail = tail[: rng.randrange(len(tail) + 1)]
        made.append(_Files(database, log[:end] + tail, session.acknowledged(end)))
    return made


def _half_moved(
    session: _Session, before: bytes, after: bytes, log: bytes, rng: random.Random, many: int
) -> list[_Files]:
    """Return states within a checkpoint: some pages moved, some torn; the log is still whole."""
    made = []
    for _ in range(many):
        pages = []
        for at in range(0, len(after), _PAGE):
            old, new = before[at : at + _PAGE].ljust(_PAGE, b"\0"), after[at : at + _PAGE]
            cut = rng.randrange(0, _PAGE, 512)
            pages.append(rng.choice((old, new, new[:cut] + old[cut:])))
        made.append(_Files(b"".join(pages), log, max(session.values)))
    return made


def _overwritten(session: _Session, database: bytes, old: bytes, over: bytes) -> list[_Files]:
    """Return states in which a log that began anew lies over the old one."""
    ends = [0, _HEADER // 2, *_boundaries(over)]
    return [_Files(database, over[:end] + old[end:], session.acknowledged(end)) for end in ends]


def _look(outcome: Outcome, folder: Path, session: _Session, files: _Files) -> None:
    folder.mkdir(exist_ok=True)
    for left in folder.iterdir():
        left.unlink()
    path = folder / "pmfacil.db"
    path.write_bytes(files.database)
    path.with_name("pmfacil.db-wal").write_bytes(files.log)
    outcome.count(_lost(path, session, files.revision), f"log of {len(files.log)} bytes")


def _lost(path: Path, session: _Session, acknowledged: int) -> str | None:
    try:
        with closing(open_shelf(path)) as shelf:
            loaded = shelf.load(session.id)
    except Refusal as refusal:
        return str(refusal)
    if loaded.revision < acknowledged:
        return f"revision {loaded.revision} after {acknowledged}"
    if session.values[loaded.revision] != digest(loaded.history.present):
        return f"revision {loaded.revision} is another one"
    return steps_kept(path, session.id, loaded) or sound(path)
