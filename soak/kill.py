"""SIGKILL at a random moment: what was kept before is there after."""

from __future__ import annotations

import random
from contextlib import closing
from typing import TYPE_CHECKING, Final

from pmfacil.core.kind import Kind
from pmfacil.facilitation import Facilitation
from pmfacil.library import Library
from pmfacil.store import open_shelf
from soak.driven import Driven
from soak.outcome import Outcome
from soak.scene import digest, sound, steps_kept
from tests.clock import FakeClock, Ids
from tests.meetings import settle_something

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.core.model import PostMortemId

_ROUNDS_ON_ONE: Final = 12


class _Acknowledged:
    """What the killed process said it had kept."""

    def __init__(self) -> None:
        self.revision = -1
        self.digests: dict[int, str] = {}
        self.draft = -1

    def take(self, line: list[str]) -> None:
        match line:
            case ["kept", revision, _, after]:
                self.revision = int(revision)
                self.digests[int(revision)] = after
            case ["draft", number]:
                self.draft = int(number)
            case ["error", *words]:
                msg = " ".join(words)
                raise AssertionError(msg)
            case _:
                pass


def run(folder: Path, rounds: int, seed: int) -> Outcome:
    """Kill that many processes, a dozen on each post-mortem."""
    outcome = Outcome("kill", seed)
    with Driven() as driven:
        for number in range(rounds):
            rng = random.Random(f"{seed} {number}")
            if number % _ROUNDS_ON_ONE == 0:
                path = folder / f"kill-{number}" / "pmfacil.db"
                id = _begun(path)
            told = _one(driven, path, id, rng, number)
            outcome.note("kept before", max(0, len(told.digests)))
            outcome.count(_lost(path, id, told, number), f"round {number}")
    return outcome


def _one(driven: Driven, path: Path, id: PostMortemId, rng: random.Random, number: int) -> _Acknowledged:
    told = _Acknowledged()
    # Every third without a write-ahead log, as on some network drives; without locks, which a kill would leave there.
    vfs = "" if number % 3 else "unix-none"
    pid = driven.start("converse", path=str(path), id=id, seed=rng.random(), many=10**6, name=f"n{number}-", vfs=vfs)
    for _ in range(rng.choice((0, 0, 1, 3, 10, 30))):
        line = driven.line()
        assert line is not None
        told.take(line)
    if (line := driven.line(rng.random() * 0.02)) is not None:  # the moment is drawn, too
        told.take(line)
    driven.kill(pid)
    for line in driven.rest():
        told.take(line)
    return told


def _lost(path: Path, id: PostMortemId, told: _Acknowledged, number: int) -> str | None:
    """Return what was lost or broken; None: nothing."""
    with closing(open_shelf(path)) as shelf:
        loaded = shelf.load(id)
        if loaded.revision not in (told.revision, told.revision + 1) and told.revision >= 0:
            return f"revision {loaded.revision} after {told.revision}"
        if told.digests.get(loaded.revision, digest(loaded.history.present)) != digest(loaded.history.present):
            return f"revision {loaded.revision} is another one"
        name, _, draft = loaded.drafts.get("timeline", "").partition(" ")
        if told.draft >= 0 and (name != f"n{number}-" or int(draft) < told.draft):
            return f"the half-typed line is {name} {draft}, not {told.draft}"
        service = Facilitation(shelf, id, FakeClock(), Ids(f"after{number}-"))
        before = service.snapshot
        service.undo()
        if before.undoable and digest(service.redo().post_mortem) != digest(before.post_mortem):
            return "undo and redo lead elsewhere"
        wrong = steps_kept(path, id, shelf.load(id))
    return wrong or sound(path)


def _begun(path: Path) -> PostMortemId:
    with closing(open_shelf(path)) as shelf:
        library = Library(shelf, FakeClock(), Ids(), zone="UTC")
        new = library.begin("Checkout outage", Kind.INCIDENT, None)
        settle_something(library.open(new))
    return new
