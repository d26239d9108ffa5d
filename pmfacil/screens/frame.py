"""The frame that all live steps share, so that the room never has to look for anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.clock import BigClock
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line
from pmfacil.widgets.rail import Rail

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pmfacil.widgets.glyphs import Glyphs


class Frame(Vertical):
    """Header, rail, question and clock, body, offer, capture line, keys."""

    def __init__(self, glyphs: Glyphs, *, aside: bool = False) -> None:
        """Draw with these signs; `aside` asks for a second list beside the body, where the window has room."""
        super().__init__(id="frame")
        self._glyphs = glyphs
        self._aside = aside

    def compose(self) -> ComposeResult:
        """Lay the parts out from top to bottom."""
        with Horizontal(id="header"):
            yield Line(id="title")
            yield Line(id="ends")
        yield Rail(id="rail")
        with Horizontal(id="prompt"):
            with Vertical(id="asking"):
                yield Line(id="question")
                yield Line(id="hint")
            yield BigClock(self._glyphs, id="clock")
        with Horizontal(id="middle"):
            yield Ledger(id="body", grows=True)
            if self._aside:
                yield Ledger(id="aside")
        yield Line(id="offer")
        with Vertical(id="capture-bar"):
            with Horizontal(id="capture-row"):
                yield Line(self._glyphs.prompt, id="sign")
                yield CaptureLine(id="capture")
            with Horizontal(id="echo-row"):
                yield Line(id="echo")
                yield Line(id="parked")
        yield Line(id="keys")
