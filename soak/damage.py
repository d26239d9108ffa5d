"""Damage: bytes flipped, pages overwritten, ends cut off. One sentence says so, and what can be read comes back."""

from __future__ import annotations

import random
import shutil
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Refusal
from pmfacil.core.model import Entry, EntryId, PostMortemId
from pmfacil.core.operations import record_entry
from pmfacil.facilitation import Facilitation
from pmfacil.library import Library
from pmfacil.store import open_shelf
from pmfacil.store.backup import back_up
from pmfacil.store.doctor import examine, recover
from pmfacil.store.errors import CannotOpen
from pmfacil.store.recovering import UNLISTED
from soak.outcome import Outcome
from soak.scene import Recording, digest, furnish, talk
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from pathlib import Path

_POST_MORTEMS: Final = 6
_PARTS: Final = ("", "-wal")


class _Scene:
    """A database as a running meeting leaves it: with a backup of an hour ago, and a write-ahead log."""

    def __init__(self, folder: Path, seed: int) -> None:
        rng = random.Random(f"scene {seed}")
        path = folder / "whole" / "pmfacil.db"
        self.ids = furnish(path, rng, _POST_MORTEMS)
        self.values: dict[str, set[str]] = {}
        with closing(open_shelf(path)) as shelf:
            shelf._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            back_up(shelf._connection, path, folder / "backups", FakeClock()())
            self._note(path)
            for id in self.ids[:2]:
                recording = Recording(shelf, partial(self._add, id))
                talk(Facilitation(recording, id, FakeClock(), Ids("late")), rng, 12)
            self.parts = {part: path.with_name(path.name + part).read_bytes() for part in _PARTS}
        self._note(path)
        with closing(open_shelf(path)) as shelf:
            self.newest = {id: digest(shelf.load(id).history.present) for id in self.ids}

    def _add(self, id: str, _revision: int, _before: str, after: str) -> None:
        self.values[id].add(after)

    def _note(self, path: Path) -> None:
        with closing(open_shelf(path)) as shelf:
            for id in self.ids:
                self.values.setdefault(id, set()).add(digest(shelf.load(id).history.present))


def run(folder: Path, rounds: int, seed: int) -> Outcome:
    """Damage that many copies; every second one has a backup to fall back on."""
    outcome = Outcome("damage", seed)
    scene = _Scene(folder, seed)
    for number in range(rounds):
        rng = random.Random(f"{seed} {number}")
        here = folder / f"case-{number}"
        here.mkdir()
        parts = _damaged(scene.parts, rng)
        outcome.count(
            _told(outcome, here, parts) or _recovered(outcome, here, parts, scene, folder / "backups", number % 2),
            f"case {number}",
        )
        shutil.rmtree(here)
    return outcome


def _damaged(parts: dict[str, bytes], rng: random.Random) -> dict[str, bytes]:
    """Return the files with one kind of damage in one of them."""
    hurt = {part: bytearray(data) for part, data in parts.items()}
    if rng.random() < 0.5:
        hurt["-wal"] = bytearray()
    data = hurt["-wal" if hurt["-wal"] and rng.random() < 0.3 else ""]
    match rng.randrange(5):
        case 0:
            for _ in range(rng.choice((1, 1, 5, 40))):
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        case 1:
            long = min(rng.choice((16, 512, 4096)), len(data))
            at = rng.randrange(len(data) - long + 1)
            data[at : at + long] = rng.randbytes(long)
        case 2:
            del data[rng.randrange(len(data)) :]
        case 3:
            at = rng.randrange(len(data) // 4096) * 4096
            data[at : at + 4096] = bytes(4096)
        case _:
            for _ in range(3):
                data[rng.randrange(min(len(data), 4096))] = rng.randrange(256)
    return {part: bytes(data) for part, data in hurt.items()}


def _laid(folder: Path, parts: dict[str, bytes]) -> Path:
    folder.mkdir()
    path = folder / "pmfacil.db"
    for part, data in parts.items():
        if data or not part:
            path.with_name(path.name + part).write_bytes(data)
    return path


def _there(path: Path) -> dict[str, bytes]:
    # SQLite's index into the log holds nothing of its own: it is made anew by whoever opens the file.
    return {file.name: file.read_bytes() for file in path.parent.iterdir() if not file.name.endswith("-shm")}


def _told(outcome: Outcome, folder: Path, parts: dict[str, bytes]) -> str | None:
    """Use the damaged database as the app would; return what came out that is no sentence, or was written."""
    path = _laid(folder / "used", parts)
    before = _there(path)
    try:
        with closing(open_shelf(path)) as shelf:
            refused = _used(Library(shelf, FakeClock(), Ids("new"), zone="UTC"))
            outcome.note("noticed in use", refused > 0)
    except CannotOpen:
        outcome.note("refused")
        if _there(path) != before:
            return "a refused file was written to"
    except Exception as fault:  # noqa: BLE001 - what we look for
        return f"in use: {fault!r}"
    return None


def _used(library: Library) -> int:
    """Do a little of everything; return how often the answer was no."""
    refused = 0
    for what in (
        library.summaries, library.count, library.due, library.stamps, library.trends,
        lambda: library.archive.search("graph"),
        lambda: library.begin("after the damage", library.summaries()[0].kind, None),
    ):  # fmt: skip
        try:
            what()
        except Refusal:
            refused += 1
        except IndexError:
            pass  # nothing is listed
    try:
        ids = [one.id for one in library.summaries()]
    except Refusal:
        return refused
    for id in ids:
        try:
            library.open(PostMortemId(id)).do(record_entry, Entry(EntryId(library.new_id()), "after the damage"))
        except Refusal:
            refused += 1
    return refused


def _recovered(
    outcome: Outcome, folder: Path, parts: dict[str, bytes], scene: _Scene, backups: Path, has_backup: int
) -> str | None:
    """Examine and recover; return what was written to, came out as no sentence, or went without being told."""
    path = _laid(folder / "hurt", parts)
    before = _there(path)
    into = folder / "recovered.db"
    try:
        examination = examine(path)
        recovery = recover(path, into, backups if has_backup else folder / "none")
        back = _values(into, scene)
    except Refusal as refusal:
        return f"refused: {refusal}"
    except Exception as fault:  # noqa: BLE001 - what we look for
        return f"in recovery: {fault!r}"
    if _there(path) != before:
        return "the damaged file was written to"
    same = sum(back.get(id) in values for id, values in scene.values.items())
    outcome.note("found healthy", examination.healthy)
    outcome.note("post-mortems", len(scene.ids))
    outcome.note("back as they were", same)
    differing = {id for id, values in scene.values.items() if back.get(id) not in values}
    gaps = any(said.startswith("Rows of the table") for said in recovery.incomplete)
    unlisted = {id for id in differing if id not in back and UNLISTED in recovery.lost}
    told = differing if gaps else differing & {*recovery.changed} | unlisted
    behind = {id for id in scene.ids if parts["-wal"] and id not in differing and back[id] != scene.newest[id]}
    logged = any("write-ahead log" in said for said in recovery.lost)
    outcome.note("at an earlier save", len(behind))
    outcome.note("of those not told", 0 if logged else len(behind - {*recovery.changed}))
    outcome.note("told of", len(told))
    outcome.note("altered unseen", len(differing - told))
    if has_backup and len(back) < len(scene.ids):
        return f"only {len(back)} came back, and there was a backup"
    return None


def _values(path: Path, scene: _Scene) -> dict[str, str]:
    with closing(open_shelf(path)) as shelf:
        there = [id for id in scene.ids if shelf.has(id)]
        return {id: digest(shelf.load(id).history.present) for id in there}
