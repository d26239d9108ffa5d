"""Killed in every step in turn: whatever was entered is there again, the half-typed line included."""

from __future__ import annotations

import sqlite3
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from pmfacil.core.agenda import STEPS, Step
from pmfacil.core.gate import settlement_standing
from pmfacil.core.kind import Kind
from pmfacil.library import Library
from pmfacil.store import open_shelf
from tests.clock import FakeClock, Ids
from tests.journeys.terminal import Terminal
from tests.meetings import settle_something

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.core.model import PostMortem

_LONG = 30.0  # seconds in which even a busy machine has kept a line
_LINES = {
    Step.OPEN: "Ana, on-call",
    Step.TIMELINE: "14:06 signal first ticket comes in",
    Step.CAUSES: "Partners are told by hand",
    Step.WORKED: "The graph showed it at once",
    Step.ACTIONS: "Stage every release @ana by +2w",
    Step.CLOSE: "Which other services do that?",
}


def _begun(path: Path, step: Step) -> str:
    from datetime import UTC, datetime

    shelf = open_shelf(path)
    library = Library(shelf, FakeClock(datetime.now(UTC)), Ids(), zone="UTC")
    new = library.begin("Checkout outage", Kind.INCIDENT, date(2026, 3, 12))
    service = library.open(new)
    settle_something(service)
    service.steer(lambda sitting: sitting.enter(step, service.now()))
    shelf.close()
    return new


def _reopened(path: Path, id: str) -> PostMortem:
    shelf = open_shelf(path)
    try:
        library = Library(shelf, FakeClock(), Ids("late"), zone="UTC")
        return library.open(library.find(id)).snapshot.post_mortem
    finally:
        shelf.close()


def _draft(path: Path) -> str:
    with sqlite3.connect(path) as looking:
        row = looking.execute("SELECT text FROM draft WHERE text <> ''").fetchone()
    looking.close()
    return row[0] if row else ""


@pytest.mark.parametrize("step", STEPS)
def test_a_meeting_killed_in_any_step_resumes_with_nothing_lost(step: Step, tmp_path: Path) -> None:
    path = tmp_path / "pmfacil.db"
    begun = _begun(path, step)
    first = Terminal(path, "open", begun)
    first.until(step.called)
    if step is Step.CLOSE:
        first.send(*["\x1b[B"] * 9)  # down to the open questions
    line, half = _LINES[step], f"half of a thought in {step}"
    words = line.partition(",")[0].removeprefix("14:06 signal ").partition(" @")[0]
    first.until("›")
    first.send(line)
    first.until(line)
    first.send("enter")
    first.until_true(lambda: words in first.text and f"› {line}" not in first.text, "the line kept")
    first.send(half)
    first.until_true(lambda: _draft(path) == half, "the half-typed line on disk")
    first.kill()

    pm = _reopened(path, begun)
    assert words in repr(pm)
    assert settlement_standing(pm) is not None or step is Step.CAUSES
    second = Terminal(path, "open", begun)
    second.until(half)
    second.until(words)
    second.send("\x15")  # clear the half-typed line, then undo what was entered before the kill
    second.until_true(lambda: half not in second.text, "the line cleared")
    second.send("ctrl+z")
    second.until("Undone:")
    assert second.quit() == 0
    assert words not in repr(_reopened(path, begun))


def test_an_app_that_is_quit_in_the_middle_of_a_word_keeps_the_word(tmp_path: Path) -> None:
    path = tmp_path / "pmfacil.db"
    begun = _begun(path, Step.TIMELINE)
    first = Terminal(path, "open", begun)
    first.until("Timeline")
    first.send("14:07 dec")
    first.until("14:07 dec")
    assert first.quit() == 0
    second = Terminal(path, "open", begun)
    second.until("14:07 dec")
    assert second.quit() == 0


def test_what_is_typed_into_a_terminal_that_stands_still_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "pmfacil.db"
    terminal = Terminal(path, "open", _begun(path, Step.TIMELINE))
    terminal.until("›")
    for letter in (typed := "w" * 450):  # each painted, and read by nobody: more than a terminal holds
        terminal.send(letter)
        time.sleep(0.005)  # a typist; what comes at once is painted at once
    end = time.monotonic() + _LONG
    while _draft(path) != typed and time.monotonic() < end:
        time.sleep(0.05)
    assert _draft(path) == typed
    terminal.kill()
