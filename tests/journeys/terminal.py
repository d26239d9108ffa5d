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
from copy import deepcopy
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

KEYS: Final = {"enter": "\r", "ctrl+n": "\x0e", "ctrl+q": "\x11", "ctrl+z": "\x1a", "ctrl+s": "\x13", "escape": "\x1b"}

RESETS: Final = (
    b"\x1b[?1049l",
    b"\x1b[?25h",
    b"\x1b[?1000l",
    b"\x1b[?1003l",
    b"\x1b[?1006l",
    b"\x1b[?2004l",
    b"\x1b[<u",
)
"""What leaves a terminal as it was: the usual screen, the cursor, no mouse, no bracketed paste, usual keys."""

_OTHER_SCREEN: Final = 1049
_ROOT: Final = Path(__file__).parents[2]
_PATIENCE: Final = 30  # seconds before a screen that does not come is a failure; a laptop takes a tenth of one


class _Screen(pyte.Screen):
    """A screen with an empty one beside it for apps, as terminals have: pyte knows one, with all that ever stood on it."""

    _before: tuple[Any, Any] | None = None  # what stands on the usual screen, and its cursor

    def set_mode(self, *modes: int, **how: object) -> None:
        """Turn to the other screen, where that is asked for: an empty one."""
        super().set_mode(*modes, **how)
        if _OTHER_SCREEN in modes and how.get("private"):
            self._before = deepcopy(self.buffer), deepcopy(self.cursor)
            self.erase_in_display(2)

    def reset_mode(self, *modes: int, **how: object) -> None:
        """Turn back to the usual screen, where that is asked for, as it was."""
        super().reset_mode(*modes, **how)
        if _OTHER_SCREEN in modes and how.get("private") and self._before is not None:
            (self.buffer, self.cursor), self._before = self._before, None


class Terminal:
    """One process; everything waits for what is to be seen, nothing for time to pass."""

    def __init__(
        self,
        db: Path,
        *words: str,
        columns: int = 120,
        lines: int = 36,
        module: str = "pmfacil",
        environment: Mapping[str, str | None] = MappingProxyType({}),
    ) -> None:
        """Start `module` with these words; what `environment` gives no value is not set."""
        self.screen = _Screen(columns, lines)
        self.written = b""
        self.left_raw = False
        self._stopped = False
        self._stream = pyte.ByteStream(self.screen)
        command = [sys.executable, "-m", module, *words, "--db", str(db)]
        usual = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(_ROOT)}
        wanted = {**os.environ, **usual, **environment}
        set_ones = {name: value for name, value in wanted.items() if value is not None}
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, set_ones)  # noqa: S606 - our own interpreter
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

    def resize(self, columns: int, lines: int) -> None:
        """Make the window larger or smaller."""
        self.screen.resize(lines, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def signal(self, number: int) -> None:
        """Send the process a signal."""
        self._stopped = False
        os.kill(self.pid, number)

    @property
    def raw(self) -> bool:
        """Whether keys go to the program as they come: a shell needs it otherwise."""
        return not termios.tcgetattr(self._fd)[3] & termios.ICANON

    @property
    def stopped(self) -> bool:
        """Whether the process was stopped, as `kill -TSTP` does, and left the terminal usable."""
        if not self._stopped:  # which is told once
            told, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)
            self._stopped = bool(told) and os.WIFSTOPPED(status)
        return self._stopped and not self.raw

    def hang_up(self) -> int:
        """Take the terminal away, and return the exit code."""
        os.close(self._fd)
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            select.select([], [], [], 0.05)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        msg = "it did not end"
        raise AssertionError(msg)

    def quit(self) -> int:
        """End it as people do, and return its exit code."""
        self.send("ctrl+q")
        return self.ended()

    def ended(self) -> int:
        """Wait for its end, and return its exit code; what it wrote last is in `written`."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            self._read(0.05)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                while self._read(0.05):
                    pass
                self.left_raw = self.raw
                os.close(self._fd)
                return os.waitstatus_to_exitcode(status)
        self.kill()
        msg = "it did not end"
        raise AssertionError(msg)

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], patience)
        if not ready:
            return False
        try:
            more = os.read(self._fd, 65536)
        except OSError:  # the other end is gone
            return False
        self.written += more
        self._stream.feed(more)
        return bool(more)
