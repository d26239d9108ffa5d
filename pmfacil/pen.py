"""What writes to the terminal: at once what it takes at once, and the rest in a thread.

Textual leaves all of it to a thread. That is woken for each update, and gets its turn while the app goes on with what
it had put off: of an Enter's ten milliseconds that was half a one, and now and then three. And it takes thirty updates
before whoever writes has to wait: a terminal that stands still (its owner scrolls back) stopped the clock with it, and
the keeping of what was typed.
"""

from __future__ import annotations

import os
from contextlib import suppress
from queue import SimpleQueue
from threading import RLock
from typing import TYPE_CHECKING

from textual.drivers._writer_thread import WriterThread

if TYPE_CHECKING:
    from typing import TextIO


class Pen(WriterThread):
    """Writes to the terminal without ever waiting for it."""

    def __init__(self, file: TextIO) -> None:
        """Write to the terminal that `file` is; what is none gets everything from the thread."""
        super().__init__(file)
        self._encoding, self._errors = file.encoding, file.errors or "strict"
        self._left: SimpleQueue[bytes | None] = SimpleQueue()
        self._behind = 0  # pieces that the thread has not written yet
        self._turn = RLock()  # not a plain lock: a signal may write while this thread does
        self._direct = _unblocked(file.fileno())

    def write(self, text: str) -> None:
        """Write, or have it written after what is not written yet."""
        data = text.encode(self._encoding, self._errors)
        with self._turn:
            if not self._behind:
                data = data[self._taken(data) :]
            if data:
                self._behind += 1
                self._left.put(data)

    def run(self) -> None:
        """Write what the terminal did not take at once."""
        with suppress(OSError):  # it has gone: whoever reads its keys finds out, and ends the app
            while (data := self._left.get()) is not None:
                while data:
                    data = data[os.write(self.fileno(), data) :]
                with self._turn:
                    self._behind -= 1

    def stop(self) -> None:
        """Stop once everything is written."""
        self._left.put(None)
        self.join()
        if self._direct is not None:
            os.close(self._direct)
            self._direct = None

    def _taken(self, data: bytes) -> int:
        """Return how much of it the terminal took at once."""
        if self._direct is None:
            return 0
        try:
            return os.write(self._direct, data)
        except OSError:  # full, or gone: the thread waits, or ends
            return 0


def _unblocked(file: int) -> int | None:
    """Return another way to the same terminal, on which nobody waits; None where there is none.

    Not a copy of `file`: that would make whoever has it as well, the shell for one, wait no more either.
    """
    try:
        return os.open(os.ttyname(file), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return None
