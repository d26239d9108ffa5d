"""Textual's driver for Linux and macOS, which waits for keys where Textual's own looks for them ten times a second.

A laptop at rest is woken for the clock alone, and leaving takes no 0.2 seconds more until that loop has looked twice.
Textual has no public door for this: what is replaced here is pinned by `tests/test_driver.py`, and by the bound on
Textual's version in pyproject.toml.
"""

from __future__ import annotations

import os
import signal
from codecs import getincrementaldecoder
from errno import EIO
from selectors import EVENT_READ, DefaultSelector
from threading import Event
from typing import TYPE_CHECKING, Final
from weakref import finalize

from textual import constants
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Paste

from pmfacil.pen import Pen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App
    from textual.drivers._writer_thread import WriterThread
    from textual.message import Message

_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"  # what terminals put around a paste
_AT_ONCE: Final = 4096  # bytes read at once
_LOOK: Final = 0.05  # seconds between two looks at whether an escape that stands alone was the key of that name


class Bell(Event):
    """An event that wakes whoever waits for a file as well; `fileno` is what to wait for."""

    def __init__(self) -> None:
        """Begin silent."""
        super().__init__()
        self._heard, self._rung = os.pipe()
        for file in (self._heard, self._rung):
            finalize(self, os.close, file)

    def fileno(self) -> int:
        """Return a file that can be read from while the bell rings."""
        return self._heard

    def set(self) -> None:
        """Ring."""
        if not self.is_set():
            super().set()
            os.write(self._rung, b"!")

    def clear(self) -> None:
        """Be silent again."""
        if self.is_set():
            super().clear()
            os.read(self._heard, 1)


class Keyboard:
    """Makes events of what a terminal sends. A paste is taken whole: Textual's parser takes each letter by itself."""

    def __init__(self, parser: XTermParser) -> None:
        """Leave everything but pastes to `parser`."""
        self._parser = parser
        self._pasted: str | None = None  # what has come of a paste that is still coming

    def told(self, text: str) -> Iterator[Message]:
        """Yield what this part of it says."""
        while text:
            if self._pasted is None:
                typed, begun, text = text.partition(_PASTE)
                if typed:
                    yield from self._parser.feed(typed)
                if begun:
                    self._pasted = ""
            else:
                self._pasted, ended, text = (self._pasted + text).partition(_PASTED)
                if ended:
                    yield Paste(self._pasted.replace("\0", ""))
                    self._pasted = None


class PatientDriver(LinuxDriver):
    """Sleeps until a key comes, or the end."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Begin as Textual's own does."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.exit_event: Bell = Bell()
        self._update = ""  # of the screen, as far as it has come
        signal.signal(signal.SIGTSTP, self.stop_soon)

    @property
    def _writer_thread(self) -> Pen | None:  # Textual sets it where it begins to write
        return self._pen

    @_writer_thread.setter
    def _writer_thread(self, theirs: WriterThread | None) -> None:
        self._pen = None if theirs is None else Pen(self._file)  # type: ignore[arg-type]  # the app asks for a terminal first

    def stop_soon(self, *_signal: object) -> None:
        """Stop once nothing else goes on.

        Textual does it within the signal: where that comes while something is written, the process waits for itself for
        ever, for stopping waits until everything is.
        """
        self._loop.call_soon_threadsafe(self._sigtstp_application)

    def write(self, data: str) -> None:
        """Write; what belongs to one update of the screen in one piece."""
        if data == SYNC_START or self._update:
            self._update += data
            if data != SYNC_END:
                return
            data, self._update = self._update, ""
        super().write(data)

    def flush(self) -> None:
        """Write what was begun: whoever flushes in the middle, as a signal may, has no end of it to wait for."""
        if begun := self._update:
            self._update = ""
            super().write(begun)
        super().flush()

    def run_input_thread(self) -> None:
        """Read keys and tell the app of them, until the end; raises `OSError` where the terminal has gone."""
        parser = XTermParser(self._debug)
        keyboard = Keyboard(parser)
        decode = getincrementaldecoder("utf-8")().decode
        still = 0  # looks without a key, after one that may have been the beginning of something
        with DefaultSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            selector.register(self.exit_event, EVENT_READ)
            while not self.exit_event.is_set():
                ready = selector.select(_LOOK if still * _LOOK <= constants.ESCAPE_DELAY else None)
                still += 1
                if any(key.fileobj == self.fileno for key, _ in ready):
                    still = 0
                    if not (read := os.read(self.fileno, _AT_ONCE)):
                        raise OSError(EIO, "the terminal has gone")
                    if text := decode(read):  # no text: the first half of a letter
                        for event in keyboard.told(text):
                            self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
