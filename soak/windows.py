"""Two processes on one post-mortem: every save builds on the one before, and both end at the same."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from pmfacil.core.kind import Kind
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


def run(folder: Path, rounds: int, seed: int) -> Outcome:
    """Let two processes do that many things together."""
    outcome = Outcome("two processes", seed)
    path = folder / "pmfacil.db"
    with closing(open_shelf(path)) as shelf:
        library = Library(shelf, FakeClock(), Ids(), zone="UTC")
        new = library.begin("Checkout outage", Kind.INCIDENT, None)
        settle_something(library.open(new))
        loaded = shelf.load(new)
    first = (loaded.revision, digest(loaded.history.present))
    with Driven() as left, Driven() as right:
        for name, window in (("l", left), ("r", right)):
            window.start("converse", path=str(path), id=new, seed=f"{seed}{name}", many=rounds // 2, name=name)
        # Read in turn: a window whose words nobody reads stands still.
        lines = _together(left, right)
    _check(outcome, path, new, first, lines)
    return outcome


def _together(left: Driven, right: Driven) -> list[list[str]]:
    lines: list[list[str]] = []
    waiting = [left, right]
    while waiting:
        for window in tuple(waiting):
            line = window.line(0.005)
            if line is not None:
                lines.append(line)
                if line[0] == "ended":
                    waiting.remove(window)
    return lines


def _check(outcome: Outcome, path: Path, id: PostMortemId, first: tuple[int, str], lines: list[list[str]]) -> None:
    revision, value = first
    kept = sorted((int(line[1]), line[2], line[3]) for line in lines if line[0] == "kept")
    for new, before, after in kept:
        wrong = None if (new, before) == (revision + 1, value) else f"revision {new} does not follow {revision}"
        outcome.count(wrong, f"revision {new}")
        revision, value = new, after
    for line in lines:
        if line[0] == "error" or (line[0] == "ended" and line[1] != "0"):
            outcome.count(" ".join(line), "a window")
    with closing(open_shelf(path)) as shelf:
        loaded = shelf.load(id)
        there = digest(loaded.history.present)
        wrong = None if (loaded.revision, there) == (revision, value) else "the file holds something else"
        outcome.count(wrong or steps_kept(path, id, loaded) or sound(path), "the end")
    outcome.note("things done", sum(line[0] in ("kept", "draft") for line in lines))
