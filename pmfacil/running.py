"""Runs the app to its end: after a fault a fresh one with a calm screen; signals and a lost terminal end it cleanly."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pmfacil.crash import Calm, fault_of, place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from pmfacil.crash import CrashLog
    from pmfacil.enduring import EnduringApp

AT_ONCE: Final = 10.0
"""Seconds within which the same fault again means that going on leads nowhere."""
STUMBLED: Final = 1
"""The exit code then."""
HUNG_UP: Final = 129
"""The exit code when the terminal has gone: what shells report for a program that SIGHUP ended."""
LOOKED_FOR_EVERY: Final = 5.0
"""Seconds between two looks at whether the terminal is still there; mostly a signal or an end of input is sooner."""
PATIENCE: Final = 2.0
"""Seconds that an app has to leave. One that cannot, because its terminal takes nothing any more, is ended."""

_SIGNALS: Final = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if hasattr(signal, name)  # Windows has no SIGHUP
)


class Stumbles:
    """Tells a fault that came again at once from one after which somebody could go on."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Count by this clock, in seconds; no wall clock, which may be set while the app runs."""
        self._clock = clock
        self._place: str | None = None
        self._went_on: float | None = None

    def go_on(self) -> None:
        """Somebody went on after the calm screen."""
        self._went_on = self._clock()

    def again(self, place: str) -> bool:
        """Note a fault; tell whether it came before anybody went on, or in the same place right after that."""
        before, went_on = self._place, self._went_on
        self._place, self._went_on = place, None
        if before is None:
            return False
        return went_on is None or (place == before and self._clock() - went_on < AT_ONCE)


def run_enduring(
    make: Callable[[Calm | None], EnduringApp],
    log: CrashLog,
    *,
    clock: Callable[[], float],
    present: Callable[[], bool],
) -> int:
    """Run the app that `make` returns, and after a fault another one; return the exit code.

    `present` tells whether the terminal is still there.
    """
    stumbles, calm = Stumbles(clock), None
    while True:
        app = make(calm)
        fault = _run(app, log, present)
        if not present():
            if fault is not None:
                fault_of(app.bid_farewell)
            _abandon_output()
            return HUNG_UP if fault else app.return_code or HUNG_UP
        if fault is None:
            _say(app.farewell)
            return app.return_code or 0
        noted = log.shown if log.note(fault) else ""
        if stumbles.again(place_of(fault)):
            where = f" Where in the program is noted in {noted}." if noted else ""
            _say(f"pmfacil: the same thing went wrong again. Everything that was kept is there.{where}")
            _say("pmfacil: `pmfacil doctor` looks the database over; then try again.")
            fault_of(app.bid_farewell)
            _say(app.farewell)
            return STUMBLED
        calm = Calm(noted, stumbles.go_on, app.unkept(), sure=app.kept)


def _say(words: str) -> None:
    if words:
        sys.stderr.write(f"{words}\n")


def _run(app: EnduringApp, log: CrashLog, present: Callable[[], bool]) -> Exception | None:
    """Run one app; return the fault that ended it."""
    with asyncio.Runner() as runner, _watched(app, runner.get_loop(), log, present):
        raised = fault_of(lambda: runner.run(app.run_async()))
    return app.fault or raised


@contextmanager
def _watched(
    app: EnduringApp, loop: asyncio.AbstractEventLoop, log: CrashLog, present: Callable[[], bool]
) -> Iterator[None]:
    """Let signals and a terminal that went away end the app, and nothing print over it or after it."""
    ends: list[threading.Timer] = []

    def leave(code: int) -> None:
        # An app whose terminal takes nothing any more waits for it for ever: that is why a thread looks after it.
        ends.append(threading.Timer(PATIENCE, os._exit, (code,)))
        ends[-1].daemon = True
        ends[-1].start()
        loop.call_soon_threadsafe(app.call_later, app.leave, code)

    def look() -> None:
        if hasattr(time, "tzset"):
            time.tzset()  # the machine may have moved to another zone meanwhile
        if present():
            loop.call_later(LOOKED_FOR_EVERY, look)
        else:
            leave(HUNG_UP)

    def failed(fault: BaseException | None) -> None:
        if isinstance(fault, OSError) and not present():
            leave(HUNG_UP)
        elif fault is not None:
            log.note(fault)

    def signalled(number: int, _frame: FrameType | None) -> None:
        leave(128 + number)

    loop.call_soon(look)
    handlers = [signal.signal(one, signalled) for one in _SIGNALS]
    try:
        with _silent(loop, failed):
            yield
    finally:
        for end in ends:
            end.cancel()
        for one, handler in zip(_SIGNALS, handlers, strict=True):
            signal.signal(one, handler)


@contextmanager
def _silent(loop: asyncio.AbstractEventLoop, failed: Callable[[BaseException | None], None]) -> Iterator[None]:
    """Tell `failed` of what would be printed: what fails in threads, in forgotten tasks, and where nobody listens."""

    def in_task(_loop: asyncio.AbstractEventLoop, told: dict[str, object]) -> None:
        fault = told.get("exception")
        failed(fault if isinstance(fault, BaseException) else None)

    loop.set_exception_handler(in_task)
    hooks = threading.excepthook, sys.unraisablehook
    threading.excepthook = lambda told: failed(told.exc_value)
    sys.unraisablehook = lambda told: failed(told.exc_value)
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = hooks


def _abandon_output() -> None:
    """Send what is still to be printed nowhere: the interpreter would trip over it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
