"""What writes to the terminal: everything, in order, and nobody waits for it."""

from __future__ import annotations

import os
import pty
import tty
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from pmfacil.pen import Pen

if TYPE_CHECKING:
    from collections.abc import Iterator

_MUCH = "écran " * 100_000  # more than any terminal takes at once
_LONG = 10.0  # seconds in which even a busy machine has done it


class _Terminal:
    """Both ends of a terminal, with a pen at ours."""

    def __init__(self, far: int, near: int) -> None:
        self.far = far
        self.near = os.fdopen(near, "w", encoding="utf-8")
        self.pen = Pen(self.near)

    def read(self, length: int) -> str:
        read = b""
        while len(read) < length:
            read += os.read(self.far, length - len(read))
        return read.decode()


@pytest.fixture
def terminal() -> Iterator[_Terminal]:
    far, near = pty.openpty()
    tty.setraw(near)
    terminal = _Terminal(far, near)
    yield terminal
    terminal.near.close()
    os.close(terminal.far)


def test_what_a_terminal_takes_at_once_needs_no_thread(terminal: _Terminal) -> None:
    terminal.pen.write("12:34")
    assert terminal.read(5) == "12:34"


def test_nobody_waits_for_a_terminal_that_stands_still_and_then_everything_comes_in_order(terminal: _Terminal) -> None:
    terminal.pen.start()
    seconds = [f"second {second}" for second in range(100)]
    terminal.pen.write(_MUCH)
    for second in seconds:
        terminal.pen.write(second)
    everything = _MUCH + "".join(seconds)
    assert terminal.read(len(everything.encode())) == everything
    terminal.pen.stop()
    assert not terminal.pen.is_alive()


def test_what_was_written_before_the_end_is_there_after_it(terminal: _Terminal) -> None:
    terminal.pen.start()
    terminal.pen.write(_MUCH)
    read: list[str] = []
    reader = Thread(target=lambda: read.append(terminal.read(len(_MUCH.encode()))))
    reader.start()
    terminal.pen.stop()
    reader.join(_LONG)
    assert read == [_MUCH]


def test_a_terminal_that_has_gone_ends_the_thread_and_nobody_waits(terminal: _Terminal) -> None:
    os.close(terminal.far)
    terminal.far = os.open(os.devnull, os.O_RDONLY)
    terminal.pen.write("12:34")
    terminal.pen.start()
    terminal.pen.join(_LONG)
    assert not terminal.pen.is_alive()
    terminal.pen.write("12:35")
    terminal.pen.stop()


def test_what_is_no_terminal_is_written_by_the_thread_alone() -> None:
    far, near = os.pipe()
    with os.fdopen(near, "w", encoding="utf-8") as file:
        pen = Pen(file)
        pen.write("12:34")
        pen.start()
        assert os.read(far, 100) == b"12:34"
        pen.stop()
    os.close(far)
