"""Disks that refuse: full, read-only, permissions lost, the file moved away. The room goes on, and so does saving."""

from __future__ import annotations

import os
import random
import resource
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from pmfacil import codec
from pmfacil.core.errors import NotKept, Refusal
from pmfacil.core.kind import Kind
from pmfacil.core.model import Entry, EntryId, PostMortemId
from pmfacil.core.operations import record_entry
from pmfacil.facilitation import Facilitation
from pmfacil.library import Library
from pmfacil.store import open_shelf
from pmfacil.store.doctor import examine
from pmfacil.store.upkeep import Upkeep
from soak.driven import Driven, say
from soak.outcome import Outcome
from soak.scene import without_log
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmfacil.store import SqlShelf

_NOBODY: Final = 65534
_MOST: Final = 600  # lines said before a fault must have shown itself
_FREE: Final = 2**30
_PARTS: Final = ("", "-wal", "-shm")


class _Room:
    """A meeting in which every line is different, so that one sees which were kept."""

    def __init__(self, path: Path, id: str, name: str = "e") -> None:
        self.path = path
        self.id = PostMortemId(id)
        self.shelf = open_shelf(path)
        self._said = 0
        self.service = Facilitation(self.shelf, self.id, lambda: datetime.now(UTC), lambda: f"{name}{self._said}")
        self.kept: list[str] = []

    def say(self) -> None:
        """Say one line; raises `NotKept`."""
        self._said += 1
        words = f"line {self._said} {'x' * (self._said % 900)}"
        self.service.do(record_entry, Entry(EntryId(self.service.new_id()), words))
        self.kept.append(words)

    def say_until_refused(self, *, must: bool) -> None:
        """Go on until the disk refuses; what was said is still there then, and can be written elsewhere."""
        for _ in range(_MOST):
            before = self.service.snapshot
            if (refusal := self._refusal()) is not None:
                assert str(refusal).strip(), "no sentence"
                assert self.service.snapshot == before, "the screen shows what was not kept"
                text = codec.document(self.service.snapshot.post_mortem, self.service.sitting)
                assert all(words in text for words in self.kept), "the JSON lacks a line"
                return
        assert not must, "the disk never refused"

    def _refusal(self) -> NotKept | None:
        try:
            self.say()
        except NotKept as refusal:
            return refusal
        return None

    def check(self) -> None:
        """Close, reopen, and find every line."""
        self.shelf.close()
        with closing(open_shelf(self.path)) as shelf:
            there = [entry.text for entry in shelf.load(self.id).history.present.entries]
        assert there == self.kept, f"{len(there)} of {len(self.kept)} lines are there"


def limit(path: str, id: str, seed: int) -> None:
    """Let no file grow beyond a size, then let it."""
    room, rng = _Room(Path(path), id), random.Random(f"limit {seed}")
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    for _ in range(3):
        room.say()
        there = max(file.stat().st_size for file in room.path.parent.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (there + rng.randrange(1, 60_000), most))
        room.say_until_refused(must=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        room.say()
    room.check()


def full(path: str, id: str, seed: int) -> None:
    """Let SQLite find the disk full, then not."""
    room, rng = _Room(Path(path), id), random.Random(f"full {seed}")
    for _ in range(3):
        room.say()
        _most_pages(room.shelf, rng.randrange(3))
        room.say_until_refused(must=True)
        _most_pages(room.shelf, _FREE)
        room.say()
    room.check()


def read_only(path: str, id: str, seed: int) -> None:
    """Take away the right to write, mid-session and at a start, then give it back."""
    if os.geteuid() == 0:  # whom no permission stops
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    room, rng = _Room(Path(path), id), random.Random(f"read-only {seed}")
    for _ in range(rng.randrange(1, 9)):
        room.say()
    _permit(room.path, 0o500, 0o400)
    room.say_until_refused(must=False)
    _refuses(room)
    _permit(room.path, 0o700, 0o600)
    room.say()
    room.check()


def moved(path: str, id: str, seed: int) -> None:
    """Move the file away and back."""
    room, rng = _Room(Path(path), id), random.Random(f"moved {seed}")
    for _ in range(rng.randrange(1, 9)):
        room.say()
    away = room.path.with_name("away.db")
    _rename(room.path, away)
    room.say_until_refused(must=False)
    _rename(away, room.path)
    room.say()
    room.check()


def deleted(path: str, id: str, seed: int) -> None:
    """Delete the file, or all of them, or the folder: saving goes on in a new file of the same name."""
    room, rng = _Room(Path(path), id), random.Random(f"deleted {seed}")
    for _ in range(rng.randrange(1, 9)):
        room.say()
    for part in rng.choice((_PARTS, ("",), ("", "-shm"))):
        room.path.with_name(room.path.name + part).unlink(missing_ok=True)
    for _ in range(rng.randrange(1, 9)):
        room.say()
    assert any("written anew" in said for said in room.shelf.notices()), "nobody was told"
    room.check()


def replaced(path: str, id: str, seed: int) -> None:
    """Put another file in its place: nothing is kept, none of it goes into that one, and all before it is beside."""
    room, rng = _Room(Path(path), id), random.Random(f"replaced {seed}")
    for _ in range(rng.randrange(1, 9)):
        room.say()
    other, away = room.path.with_name("other.db"), room.path.with_name("away.db")
    open_shelf(other).close()
    before = other.read_bytes()
    comes_back = rng.random() < 0.5
    if comes_back:
        room.path.rename(away)
    other.replace(room.path)
    room.say_until_refused(must=True)
    assert room.path.read_bytes() == before, "the other file was written into"
    if comes_back:
        away.replace(room.path)
        room.say()
        room.check()
    else:
        room.shelf.close()
        assert room.path.read_bytes() == before, "the other file was written into at the end"
        room.path = room.path.with_name("pmfacil-1.db")
        room.check()


def no_wal(path: str, id: str, seed: int) -> None:
    """Work where no write-ahead log can be: two windows, a full disk, a deletion, a backup, a look by the doctor."""
    without_log("unix-dotfile")
    rooms, rng = [_Room(Path(path), id, name) for name in ("left", "right")], random.Random(f"no wal {seed}")
    said: list[str] = []
    for _ in range(rng.randrange(4, 12)):
        first, second = rng.sample(rooms, 2)
        first.say()
        said.append(first.kept[-1])
        assert second.service.beat().changed, "the other window did not notice"
        assert [one.text for one in second.service.snapshot.post_mortem.entries] == said
    rooms[1].shelf.close()
    room = rooms[0]
    room.kept = said
    assert room.shelf._connection.execute("PRAGMA journal_mode").fetchone() == ("delete",), "it has a log after all"
    _most_pages(room.shelf, rng.randrange(3))
    room.say_until_refused(must=True)
    _most_pages(room.shelf, _FREE)
    room.say()
    made = Upkeep(room.path).back_up(None, datetime.now(UTC))
    assert examine(room.path).healthy
    room.path.unlink()
    room.say()
    room.check()
    assert examine(room.path).healthy
    assert examine(made).healthy


TASKS: Final[dict[str, Callable[..., None]]] = {
    "limit": limit, "full": full, "read_only": read_only, "moved": moved, "deleted": deleted, "replaced": replaced,
    "no_wal": no_wal,
}  # fmt: skip
"""What can happen to a disk, by name."""


def run(_folder: Path, rounds: int, seed: int, names: tuple[str, ...] = tuple(TASKS)) -> Outcome:
    """Let each of these happen that often."""
    outcome = Outcome("disk", seed)
    with Driven() as driven:
        for number in range(rounds):
            for name in names:
                outcome.count(_happened(driven, name, seed + number), f"{name} {seed + number}")
    return outcome


def _happened(driven: Driven, name: str, seed: int) -> str | None:
    # In a folder of its own that somebody without rights can reach.
    with TemporaryDirectory(prefix="soak-") as folder:
        path = Path(folder) / "pmfacil.db"
        with closing(open_shelf(path)) as shelf:
            id = Library(shelf, FakeClock(), Ids(), zone="UTC").begin("Checkout outage", Kind.INCIDENT, None)
        if os.geteuid() == 0:
            for place in (Path(folder), path):
                os.chown(place, _NOBODY, _NOBODY)
        driven.start(name, path=str(path), id=id, seed=seed)
        lines = driven.rest()
    errors = [" ".join(line) for line in lines if line[0] == "error"]
    return errors[0] if errors else None if lines[-1] == ["ended", "0"] else " ".join(lines[-1])


def _most_pages(shelf: SqlShelf, more: int) -> None:
    there = int(shelf._connection.execute("PRAGMA page_count").fetchone()[0])
    shelf._connection.execute(f"PRAGMA max_page_count = {there + more}")


def _permit(path: Path, folder: int, file: int) -> None:
    path.parent.chmod(0o700)
    for part in _PARTS:
        one = path.with_name(path.name + part)
        if one.exists():
            one.chmod(file)
    path.parent.chmod(folder)


def _refuses(room: _Room) -> None:
    """Check that a second window over it refuses with a sentence, at its start or when something is said."""
    try:
        second = _Room(room.path, room.id, "second")
        with closing(second.shelf):
            second.say()
    except Refusal as refusal:
        say("refused", type(refusal).__name__)
        return
    msg = "a read-only file was written to"
    raise AssertionError(msg)


def _rename(source: Path, target: Path) -> None:
    for part in _PARTS:
        one = source.with_name(source.name + part)
        if one.exists():
            one.rename(target.with_name(target.name + part))
