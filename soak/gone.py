"""Purging: of a post-mortem that was purged no word is left, in the file, the log or a backup."""

from __future__ import annotations

import random
import shutil
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from pmfacil.core.errors import Gone
from pmfacil.core.facts import Facts
from pmfacil.core.operations import name_trigger, state_facts, write_summary
from pmfacil.library import Library
from pmfacil.store import open_shelf
from pmfacil.store.backup import back_up, backups_of
from pmfacil.store.purge import purge, purge_backups
from soak.outcome import Outcome
from soak.scene import digest, furnish, sound, talk
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.core.model import PostMortemId

_MARK = "zyxwvq"  # no other word begins so


def run(folder: Path, rounds: int, seed: int) -> Outcome:
    """Purge that many post-mortems, each out of a database of its own."""
    outcome = Outcome("purge", seed)
    for number in range(rounds):
        rng = random.Random(f"purge {seed} {number}")
        here = folder / f"purge-{number}"
        outcome.count(_left(here / "pmfacil.db", rng), f"round {number}")
        shutil.rmtree(here)
    return outcome


def _left(path: Path, rng: random.Random) -> str | None:
    clock = FakeClock()
    ids = furnish(path, rng, 3, acts=15)
    gone = rng.choice(ids)
    with closing(open_shelf(path)) as shelf:
        library = Library(shelf, clock, Ids("gone"), zone="UTC")
        service = library.open(gone)
        service.do(write_summary, f"{_MARK}one and {_MARK}two")
        service.do(name_trigger, f"{_MARK}three")
        service.do(state_facts, Facts(happened=f"{_MARK}four", tags=(f"{_MARK}five",)))
        service.keep_draft("timeline", f"{_MARK}six")
        talk(service, rng, rng.randrange(20))
        library.archive.search(_MARK)
        back_up(shelf._connection, path, backups_of(path), clock())
        before = {id: digest(shelf.load(id).history.present) for id in ids if id != gone}
        library.delete(gone)
        purged = purge(shelf._connection, clock() + timedelta(seconds=1))
        purge_backups(backups_of(path), purged.ids)
        found = [file.name for file in path.parent.rglob("*") if file.is_file() and _MARK.encode() in file.read_bytes()]
        if found:
            return f"its words are in {', '.join(found)}"
        return _whole(library, gone, before, shelf.has(gone)) or sound(path)


def _whole(library: Library, gone: PostMortemId, before: dict[PostMortemId, str], has: object) -> str | None:
    if has or library.archive.search(_MARK):
        return "it is still there"
    try:
        library.restore()
    except Gone:
        pass
    else:
        return f"{gone} came back"
    now = {id: digest(library.open(id).snapshot.post_mortem) for id in before}
    return None if now == before else "another post-mortem changed"
