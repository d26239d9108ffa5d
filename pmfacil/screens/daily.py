"""The daily work on the store: in a thread beside the room, at a moment when nobody types."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Protocol

from textual.widgets import Input

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

QUIET: Final = 8
"""Heartbeats without a change in the line after which nobody types; a second each."""

_AGAIN: Final = 3600  # heartbeats: a meeting that goes on past midnight has a backup of the new day


class Work(Protocol):
    """What is done once a day; both may be called in any thread."""

    def run(self, *, resting: bool) -> str:
        """Do what is due and return what somebody should know; `resting` says that no meeting is on the screen."""

    def stop(self) -> None:
        """Let go of it at once."""


class DailyWork:
    """Waits for a quiet moment."""

    def __init__(self, app: App[None], make: Callable[[], Work]) -> None:
        """Do what `make` returns, which is asked for it in the other thread, once."""
        self._app = app
        self._make = make
        self._work: Work | None = None
        self._typed = ""
        self._quiet = 0
        self._rest = 0
        self._told: set[str] = set()
        self._stopped = False

    def beat(self, *, resting: bool) -> None:
        """Look whether somebody types; begin where it is quiet."""
        focused = self._app.focused
        typed = focused.value if isinstance(focused, Input) else ""
        self._quiet = self._quiet + 1 if typed == self._typed else 0
        self._typed = typed
        self._rest -= 1
        if self._quiet >= QUIET and self._rest <= 0:
            self._rest = _AGAIN
            self._app.run_worker(self._do(resting), group="daily", exit_on_error=False)

    def stop(self) -> None:
        """Let go of it, for the app ends: that waits for its threads."""
        self._stopped = True
        if self._work is not None:
            self._work.stop()

    async def _do(self, resting: bool) -> None:  # noqa: FBT001 - passed on
        said = await asyncio.to_thread(self._in_thread, resting)
        if said and said not in self._told:
            self._told.add(said)
            self._app.notify(said, severity="warning", markup=False)

    def _in_thread(self, resting: bool) -> str:  # noqa: FBT001 - passed on
        self._work = self._work or self._make()
        return "" if self._stopped else self._work.run(resting=resting)
