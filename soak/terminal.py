"""Signals, windows of any size, and terminals that go away, while lines are typed: all kept, and all left clean."""

from __future__ import annotations

import random
import signal
from typing import TYPE_CHECKING, Final

from soak.app import _begun, _said
from soak.outcome import Outcome
from soak.scene import sound
from tests.journeys.terminal import RESETS, Terminal

if TYPE_CHECKING:
    from pathlib import Path

_ENDS: Final = {"SIGTERM": 143, "SIGHUP": 129, "SIGINT": 130, "hang up": 129, "quit": 0}
_BEGUN: Final = b"\x1b[?2004h"  # nearly the last thing that Textual asks of a terminal when it begins, or goes on
_SIZES: Final = ((20, 5), (1, 1), (79, 24), (80, 23), (200, 60))
_PLACES: Final[tuple[dict[str, str | None], ...]] = (
    {}, {"NO_COLOR": "1"}, {"LC_ALL": "C"}, {"TERM": None}, {"TERM": "vt100"},
    {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
)  # fmt: skip


def run(folder: Path, rounds: int, seed: int) -> Outcome:
    """Do it to that many apps, each on a post-mortem of its own, each end in turn."""
    outcome = Outcome("terminal", seed)
    for number in range(rounds):
        rng = random.Random(f"terminal {seed} {number}")
        path = folder / f"terminal-{number}" / "pmfacil.db"
        end = tuple(_ENDS)[number % len(_ENDS)]
        place = _PLACES[number % len(_PLACES)]
        try:
            wrong = _one(path, rng, end, place)
        except AssertionError as fault:
            wrong = str(fault).partition("\n")[0]
        outcome.count(wrong or sound(path), f"round {number}, {end}, {place}")
    return outcome


def _one(path: Path, rng: random.Random, end: str, place: dict[str, str | None]) -> str | None:
    terminal = Terminal(path, "open", _begun(path), environment=place)
    terminal.until("What happened, and when?")
    for line in range(rng.randrange(3)):
        terminal.send(f"line{line}", "enter")
        terminal.until_true(lambda line=line: f"line{line}" in _said(path, "entry"), "the line kept")  # type: ignore[misc]  # a lambda in a loop
        _disturbed(terminal, rng)
    terminal.send("half")
    terminal.until("half")
    _disturbed(terminal, rng)
    terminal.send("typed")
    terminal.until("halftyped")
    code = _ended(terminal, end)
    if code != _ENDS[end]:
        return f"exit code {code}"
    if _said(path, "draft") != "halftyped":
        return f"the half-typed line is “{_said(path, 'draft')}”"
    if end != "hang up" and (terminal.left_raw or any(reset not in terminal.written for reset in RESETS)):
        return "the terminal was left as it was"
    return "a traceback" if b"Traceback" in terminal.written else None


def _ended(terminal: Terminal, end: str) -> int:
    match end:
        case "hang up":
            return terminal.hang_up()
        case "quit":
            return terminal.quit()
        case _:
            terminal.signal(getattr(signal, end))
            return terminal.ended()


def _disturbed(terminal: Terminal, rng: random.Random) -> None:
    """Make the window too small or large, or stop the process, and take that back."""
    if rng.random() < 0.5:
        terminal.resize(*rng.choice(_SIZES))
        terminal.resize(120, 36)
    if rng.random() < 0.5:
        terminal.signal(signal.SIGTSTP)
        terminal.until_true(lambda: terminal.stopped, "it stopped")
        begun = terminal.written.count(_BEGUN)
        terminal.signal(signal.SIGCONT)
        terminal.until_true(lambda: terminal.written.count(_BEGUN) > begun, "it went on")
