"""The thread that reads keys: every one of them, at once, and asleep in between."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from errno import EIO
from queue import Queue
from selectors import DefaultSelector
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._xterm_parser import XTermParser
from textual.drivers.headless_driver import HeadlessDriver
from textual.drivers.linux_driver import LinuxDriver

from pmfacil.driver import Bell, Keyboard, PatientDriver
from tests.driving import make_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from selectors import SelectorKey

    from textual.message import Message

    from pmfacil.library import Library

_LONG = 10.0  # seconds in which even a busy machine has done it


class _Keyboard(PatientDriver):
    """Reads from a pipe in a terminal's place."""

    def __init__(self) -> None:
        self.told: Queue[Message] = Queue()
        self.fault: OSError | None = None
        self._debug = False
        self.fileno, self.hand = os.pipe()
        self.exit_event = Bell()
        self.thread = Thread(target=self._watched)
        self.thread.start()

    def _watched(self) -> None:
        try:
            self.run_input_thread()
        except OSError as fault:
            self.fault = fault

    def process_message(self, message: Message) -> None:
        self.told.put(message)

    def key(self) -> str:
        message = self.told.get(timeout=_LONG)
        assert isinstance(message, events.Key)
        return message.key

    def end(self) -> None:
        self.exit_event.set()
        self.thread.join(_LONG)
        assert not self.thread.is_alive()
        os.close(self.fileno)
        with suppress(OSError):  # a test may have closed it
            os.close(self.hand)


@pytest.fixture
def keyboard() -> Iterator[_Keyboard]:
    keyboard = _Keyboard()
    yield keyboard
    keyboard.end()


def test_keys_are_told_as_they_come(keyboard: _Keyboard) -> None:
    for sent, key in ((b"a", "a"), (b"\x1b[A", "up"), ("ä".encode(), "ä")):
        os.write(keyboard.hand, sent)
        assert keyboard.key() == key


def test_a_letter_that_comes_in_two_halves_is_one(keyboard: _Keyboard) -> None:
    first, second = "ä".encode()[:1], "ä".encode()[1:]
    os.write(keyboard.hand, first)
    os.write(keyboard.hand, second)
    assert keyboard.key() == "ä"


def test_an_escape_that_stands_alone_is_a_key_though_nothing_follows(keyboard: _Keyboard) -> None:
    os.write(keyboard.hand, b"\x1b")
    assert keyboard.key() == "escape"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x1b\0")), st.lists(st.integers(1, 40)))
def test_a_paste_is_one_however_it_is_cut(pasted: str, cuts: list[int]) -> None:
    sent, read, at = f"ab\x1b[200~{pasted}\x1b[201~c\x1b[A", Keyboard(XTermParser()), 0
    told: list[Message] = []
    for cut in (*cuts, 10_000):
        told += read.told(sent[at : at + cut])
        at += cut
    keys = [one.key for one in told if isinstance(one, events.Key)]
    assert [one.text for one in told if isinstance(one, events.Paste)] == [pasted]
    assert keys == ["a", "b", "c", "up"]


def test_a_paste_drops_what_no_text_can_hold() -> None:
    (told,) = Keyboard(XTermParser()).told("\x1b[200~a\0b\x1b[201~")
    assert isinstance(told, events.Paste)
    assert told.text == "ab"


def test_between_keys_it_sleeps_until_one_comes_or_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: Queue[float | None] = Queue()

    class Watched(DefaultSelector):
        def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
            waits.put(timeout)
            return super().select(timeout)

    monkeypatch.setattr("pmfacil.driver.DefaultSelector", Watched)
    keyboard = _Keyboard()
    for key in ("a", "b"):
        while waits.get(timeout=_LONG) is not None:
            pass  # it looks whether an escape was the beginning of something
        os.write(keyboard.hand, key.encode())
        assert keyboard.key() == key
    keyboard.end()


def test_the_end_of_the_terminal_ends_the_reading(keyboard: _Keyboard) -> None:
    os.close(keyboard.hand)
    keyboard.thread.join(_LONG)
    assert keyboard.fault is not None
    assert keyboard.fault.errno == EIO


class _Pen(PatientDriver):
    """Writes into a list in a terminal's place."""

    def __init__(self) -> None:
        self._update = ""
        self.written: list[str] = []
        self._pen = self  # type: ignore[assignment]  # of which `write` alone is asked

    def put(self, *words: str) -> list[str]:
        for word in words:
            self.write(word)
        return self.written


def test_what_belongs_to_one_update_is_written_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    pen = _Pen()
    monkeypatch.setattr(LinuxDriver, "write", lambda pen, data: pen.written.append(data))
    assert pen.put("title", SYNC_START, "cells", SYNC_END, "bell") == ["title", f"{SYNC_START}cells{SYNC_END}", "bell"]


def test_an_update_that_is_broken_off_is_written_as_far_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    pen = _Pen()
    monkeypatch.setattr(LinuxDriver, "write", lambda pen, data: pen.written.append(data))
    pen.put(SYNC_START, "cells")
    pen.flush()
    assert pen.put("leave") == [f"{SYNC_START}cells", "leave"]


def test_a_stop_waits_until_nothing_else_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[str] = []
    monkeypatch.setattr(LinuxDriver, "_sigtstp_application", lambda *_: stopped.append("stopped"))
    driver, loop = _Pen(), asyncio.new_event_loop()
    driver._loop = loop
    driver.stop_soon(signal.SIGTSTP, None)
    assert not stopped
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.close()
    assert stopped == ["stopped"]


def test_a_bell_can_ring_more_than_once() -> None:
    bell = Bell()
    for _ in range(3):
        bell.set()
        bell.set()
        assert bell.is_set()
        bell.clear()
        bell.clear()
        assert not bell.is_set()


def test_the_app_reads_its_keys_so(library: Library, tmp_path: Path) -> None:
    assert make_app(library, tmp_path).driver_class is PatientDriver


def test_where_textual_has_another_driver_that_one_stays(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.constants.DRIVER", "textual.drivers.headless_driver:HeadlessDriver")
    assert make_app(library, tmp_path).driver_class is HeadlessDriver
