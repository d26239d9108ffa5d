"""SIGKILL while somebody types into the real app: every line on the screen is kept, and the half-typed one."""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from pmfacil.core.agenda import Step
from pmfacil.core.kind import Kind
from pmfacil.library import Library
from pmfacil.store import open_shelf
from soak.outcome import Outcome
from soak.scene import sound
from tests.clock import FakeClock, Ids
from tests.journeys.terminal import Terminal
from tests.meetings import settle_something

if TYPE_CHECKING:
    from pathlib import Path

_SAVED_WITHIN: Final = 0.5  # seconds until a half-typed line is on the disk
_ROUNDS_ON_ONE: Final = 10


def run(folder: Path, rounds: int, seed: int) -> Outcome:
    """Kill that many apps, ten on each post-mortem."""
    outcome = Outcome("kill, real app", seed)
    for number in range(rounds):
        rng = random.Random(f"app {seed} {number}")
        if number % _ROUNDS_ON_ONE == 0:
            path = folder / f"app-{number}" / "pmfacil.db"
            id = _begun(path)
            kept: list[str] = []
        more, half = _typed(path, id, rng, number)
        kept += more
        outcome.note("lines on screen", len(more))
        outcome.count(_lost(path, kept, half), f"round {number}")
    return outcome


def _typed(path: Path, id: str, rng: random.Random, number: int) -> tuple[list[str], str]:
    """Type until the kill; return the lines that were seen to be kept, and what of the half-typed one must be."""
    terminal = Terminal(path, "open", id)
    terminal.until("›")
    if left := _said(path, "draft"):  # the half-typed line of the round before
        terminal.until(left)
        terminal.send("\x15")
        terminal.until_true(lambda: left not in terminal.text, "the line cleared")
    kept: list[str] = []
    for line in range(rng.randrange(4)):
        words = f"round{number}line{line} {'went on ' * rng.randrange(5)}end"
        terminal.send(words)
        terminal.until(f"round{number}line{line}")
        terminal.send("enter")
        if rng.random() < 0.3:
            break  # killed while it is kept: nobody saw that it was
        terminal.until_true(lambda words=words: _is_kept(terminal.text, words), "the line kept")  # type: ignore[misc]  # a lambda in a loop
        kept.append(words.partition(" ")[0])
    half = f"half{number}"
    terminal.send(half)
    shown = time.monotonic()
    with suppress(AssertionError):
        terminal.until(half)
        shown = time.monotonic()
    patience = rng.random() * 1.2
    terminal.until_true(lambda: time.monotonic() > shown + patience, "the moment that was drawn")
    aged = time.monotonic() - shown
    terminal.kill()
    return kept, half if aged > _SAVED_WITHIN else ""


def _is_kept(text: str, words: str) -> bool:
    name = words.partition(" ")[0]
    return any(name in line and "›" not in line for line in text.splitlines()) and f"› {name}" not in text


def _lost(path: Path, kept: list[str], half: str) -> str | None:
    entries, drafts = _said(path, "entry"), _said(path, "draft")
    missing = [name for name in kept if name not in entries]
    if missing:
        return f"lost {missing}"
    if half not in drafts:
        return f"the half-typed line {half} is not in “{drafts}”"
    return sound(path)


def _said(path: Path, table: str) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return " ".join(row[0] for row in connection.execute(f"SELECT text FROM {table}") if row[0])  # noqa: S608 - ours


def _begun(path: Path) -> str:
    with closing(open_shelf(path)) as shelf:
        clock = FakeClock(datetime.now(UTC))
        library = Library(shelf, clock, Ids(), zone="UTC")
        new = library.begin("Checkout outage", Kind.INCIDENT, None)
        service = library.open(new)
        settle_something(service)
        service.steer(lambda sitting: sitting.enter(Step.TIMELINE, clock()))
    return new
