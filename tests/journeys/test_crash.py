"""A fault in the real app, in a real terminal: a calm screen, the meeting as it was, no traceback anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.core.agenda import Step
from pmfacil.paths import crash_log_path
from tests.journeys.crashing import WORDS
from tests.journeys.terminal import RESETS, Terminal
from tests.journeys.test_kill import _begun

if TYPE_CHECKING:
    from pathlib import Path

_F2, _F12 = "\x1bOQ", "\x1b[24~"


@pytest.mark.parametrize("key", [_F2, _F12], ids=["a key breaks", "painting breaks"])
def test_a_fault_costs_a_calm_screen_and_nothing_else(tmp_path: Path, key: str) -> None:
    path = tmp_path / "pmfacil.db"
    terminal = Terminal(path, "open", _begun(path, Step.TIMELINE), module="tests.journeys.crashing")
    terminal.until("›")
    terminal.send("14:12 half typed")
    terminal.until("14:12 half typed")
    terminal.send(key)
    terminal.until("Nothing is lost.")
    terminal.send("enter")
    terminal.until("1 post-mortem")
    terminal.send("enter")
    terminal.until("› 14:12 half typed")
    assert terminal.quit() == 0
    _nothing_told(terminal)


def test_a_fault_that_comes_again_at_once_ends_with_a_sentence_in_a_clean_terminal(tmp_path: Path) -> None:
    path = tmp_path / "pmfacil.db"
    terminal = Terminal(path, "open", _begun(path, Step.TIMELINE), module="tests.journeys.crashing")
    terminal.until("›")
    terminal.send(_F2)
    terminal.until("Nothing is lost.")
    terminal.send("enter")
    terminal.until("1 post-mortem")
    terminal.send("enter")
    terminal.until("What happened, and when?")
    terminal.send(_F2)
    terminal.until("the same thing went wrong again")
    assert terminal.ended() == 1
    _nothing_told(terminal)


def _nothing_told(terminal: Terminal) -> None:
    assert not terminal.left_raw
    assert [reset for reset in RESETS if reset not in terminal.written] == []
    assert b"Traceback" not in terminal.written
    assert WORDS.encode() not in terminal.written
    assert WORDS not in crash_log_path().read_text(encoding="utf-8")
