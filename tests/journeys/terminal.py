"""A real pmfacil process in a real pseudo-terminal, with an emulator that reads its screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from typing import TYPE_CHECKING, Final

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEYS: Final = {"enter": "\r", "ctrl+n": "\x0e", "ctrl+q": "\x11", "ctrl+z": "\x1a", "ctrl+s": "\x13", "escape": "\x1b"}

_PATIENCE: Final = 30  # seconds before a screen that does not come is a failure; a laptop takes a tenth of one


class Terminal:
    """One process; everything waits for what is to be seen, nothing for time to pass."""

    def __init__(self, db: Path, *words: str, columns: int = 120, lines: int = 36) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = bytearray()  # every byte that the terminal was given
        command = [sys.executable, "-m", "pmfacil", *words, "--db", str(db)]
        environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONUNBUFFERED": "1"}
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, environment)  # noqa: S606 - our own interpreter
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def send(self, *words: str) -> None:
        """Type keys by name, or words as they are."""
        for word in words:
            os.write(self._fd, KEYS.get(word, word).encode())

    def until(self, seen: str) -> None:
        """Read until this is on the screen."""
        self.until_true(lambda: seen in self.text, seen)

    def until_true(self, holds: Callable[[], bool], what: str) -> None:
        """Read until something holds."""
        end = time.monotonic() + _PATIENCE
        while not holds():
            if time.monotonic() > end:
                msg = f"never came: {what}\n{self.text}"
                raise AssertionError(msg)
            self._read(0.05)

    def kill(self) -> None:
        """End it as a power cut would: SIGKILL, no goodbye."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def quit(self) -> int:
        """End it as people do, and return its exit code."""
        self.send("ctrl+q")
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            self._read(0.05)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                os.close(self._fd)
                return os.waitstatus_to_exitcode(status)
        self.kill()
        msg = "it did not end"
        raise AssertionError(msg)

    def _read(self, patience: float) -> None:
        ready, _, _ = select.select([self._fd], [], [], patience)
        if ready:
            try:
                data = os.read(self._fd, 65536)
            except OSError:  # the other end is gone
                return
            self.sent += data
            self._stream.feed(data)
