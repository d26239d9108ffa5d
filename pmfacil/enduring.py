"""An app that ends quietly, whatever ends it: a fault, a signal, a terminal that went away."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from pmfacil.core.errors import Refusal
from pmfacil.crash import Draft, fault_of
from pmfacil.looks import DressedApp
from pmfacil.screens.calm import CalmScreen
from pmfacil.screens.messages import LibraryRequested

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType
    from textual.driver import Driver

    from pmfacil.crash import Calm
    from pmfacil.facilitation import Facilitation

T = TypeVar("T")

CALM: Final = "calm"
"""The mode in which an app after a fault begins."""


class KeysUnread(Exception):
    """The thread that reads the keys has ended; Textual tells no more of why than a picture for the terminal."""


class EnduringApp(DressedApp):
    """Prints no traceback: that would show the room, and whoever looks at the terminal later, what people wrote."""

    def __init__(self, calm: Calm | None) -> None:
        """Begin without a fault, or after the one that `calm` tells of."""
        if calm is not None:
            self.DEFAULT_MODE = CALM  # type: ignore[misc]  # Textual reads it once, in the next line
        super().__init__()
        self.farewell = ""  # what the terminal is told in the end
        self.fault: Exception | None = None
        self.kept = True
        self.calm = calm
        self.opened: Facilitation | None = None
        self._held = list(calm.held) if calm is not None else []
        self._leaving = False
        if calm is not None:
            self.add_mode(CALM, partial(CalmScreen, calm))

    def get_driver_class(self) -> type[Driver]:
        """Return what reads the keys and writes to the terminal; where that is Textual's own, one that sleeps more."""
        found = super().get_driver_class()
        if found.__name__ != "LinuxDriver":
            return found
        from pmfacil.driver import PatientDriver  # noqa: PLC0415 - it cannot be imported on Windows

        return PatientDriver

    def had(self, read: Callable[[], T]) -> T | None:
        """Return what `read` returns; None where it is refused, and the reason is on the screen."""
        try:
            return read()
        except Refusal as refusal:
            self.notify(str(refusal), severity="error", markup=False)
            return None

    def on_calm_screen_left(self, _message: CalmScreen.Left) -> None:
        """Go on after a fault."""
        if self.calm is not None:
            self.calm.go_on()
        self.post_message(LibraryRequested())

    def keep_half_typed(self, *, broken: bool = False) -> None:
        """Keep what is half typed on the screen in front, which may be `broken`."""
        raise NotImplementedError

    def last_words(self) -> str:
        """Put what only memory holds somewhere else, and return what the terminal is told of it."""
        raise NotImplementedError

    def unkept(self) -> tuple[Draft, ...]:
        """Return the half-typed lines that the disk refused: here, in what was open before, and before a fault."""
        here = self.opened
        mine = [] if here is None else [Draft(here.id, *one) for one in here.unkept.items()]
        return (*mine, *self._held)

    def let_go(self) -> None:
        """Have no post-mortem open any more; the half-typed lines that the disk refused of it are held."""
        self._held, self.opened = list(self.unkept()), None

    def give_back(self, service: Facilitation) -> None:
        """Put half-typed lines that the disk had refused where they were."""
        for one in [draft for draft in self._held if draft.of == service.id]:
            self._held.remove(one)
            with suppress(Refusal):  # still no disk: the service holds it then
                service.keep_draft(one.place, one.text)

    def panic(self, *_renderables: RenderableType) -> None:
        """End because of a fault: keep what is half typed, and leave the fault to whoever ran the app."""
        if self.fault is None:
            fault = sys.exception()
            self.fault = fault if isinstance(fault, Exception) else KeysUnread()
            self.kept = fault_of(lambda: self.keep_half_typed(broken=True)) is None
        super().panic()

    def _fatal_error(self) -> None:
        """Panic without the traceback that Textual 8.2 makes here, values of variables included.

        Private in Textual, which has no public way to be told of a fault; `tests/test_running.py` watches it.
        """
        self.panic()

    def leave(self, code: int) -> None:
        """End with this exit code; what is half typed is kept first, and where the disk refuses it, put elsewhere."""
        if not self._leaving:
            self._leaving = True
            fault_of(self.keep_half_typed)
            self.exit(return_code=code)
            self.bid_farewell()

    def bid_farewell(self) -> None:
        """Find the words to end with."""
        self.farewell = self.last_words()
