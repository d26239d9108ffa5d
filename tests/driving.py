"""Driving the app as a facilitator does, and a meeting to drive it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Paste

from pmfacil.app import PmFacilApp
from pmfacil.core.agenda import Step
from pmfacil.rehearsal import room_says
from pmfacil.screens.report import ReportScreen
from pmfacil.screens.step import StepScreen
from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from pmfacil.library import Library


class Facilitator:
    """Somebody at the keyboard: types lines, presses keys, reads the screen."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    @property
    def app(self) -> PmFacilApp:
        app = self.pilot.app
        assert isinstance(app, PmFacilApp)
        return app

    @property
    def screen(self) -> StepScreen:
        screen = self.app.screen
        assert isinstance(screen, StepScreen)
        return screen

    async def press(self, *keys: str) -> None:
        """Press keys and wait until the screen has settled."""
        await self.pilot.press(*keys)

    async def write(self, text: str) -> None:
        """Put words into the capture line, as typing does."""
        capture = self.app.screen.query_one("#capture", CaptureLine)
        capture.value = text
        capture.cursor_position = len(text)
        await self.pilot.pause()

    async def line(self, text: str) -> None:
        """Type a line and press Enter."""
        await self.write(text)
        await self.press("enter")

    async def lines(self, *texts: str) -> None:
        """Enter lines as if they had been typed, without the cost of a key press each."""
        for text in texts:
            self.screen._take(text)
        await self.pilot.pause()

    async def go(self, step: Step) -> None:
        """Go to a step of the meeting."""
        self.screen.action_go(step.value)
        await self.pilot.pause()
        assert self.screen.STEP is step

    async def paste(self, text: str) -> None:
        """Paste into the capture line, as a terminal does."""
        self.screen.capture.post_message(Paste(text))
        await self.pilot.pause()

    def said(self, name: str) -> str:
        """Return one of the texts of the frame."""
        return self.app.screen.query_one(f"#{name}", Line).said

    @property
    def body(self) -> str:
        """Everything in the list in the middle."""
        return self.app.screen.query_one("#body", Ledger).said

    @property
    def typed(self) -> str:
        """What stands in the capture line."""
        return self.app.screen.query_one("#capture", CaptureLine).value


def make_app(library: Library, reports: Path, *, theme: str = "calm") -> PmFacilApp:
    """Return the app over a library."""
    return PmFacilApp(library, reports, theme=theme)


async def hold_step(somebody: Facilitator, step: Step) -> None:
    """Say everything that the room has to say in a step of the rehearsal."""
    for _ in range(100):
        said = room_says(somebody.screen.post_mortem, step)
        if said is None:
            return
        await somebody.press("ctrl+r")
        if somebody.typed:
            await somebody.press("enter")
            continue
        await follow(somebody, said.tell)
    msg = f"the room never stops talking in {step}"
    raise AssertionError(msg)


async def follow(somebody: Facilitator, tell: str) -> None:
    """Do what a cue says: "F7, then: words", "F6 asks", "Enter ticks"."""
    key = next((f"f{number}" for number in range(1, 10) if f"F{number}" in tell), "enter")
    await somebody.press(key)
    _, then, words = tell.partition("then: ")
    if then:
        await somebody.line(words)
    elif key == "f5" and "merge" in tell:
        await somebody.press("pagedown", "enter")
    elif key == "f6":
        await somebody.press("enter")


async def until_measured(pilot: Pilot[None]) -> None:
    """Wait until the report on the screen, where there is one, says how many pages it has."""
    for _ in range(100):
        await pilot.pause()
        screen = pilot.app.screen
        if not isinstance(screen, ReportScreen) or screen.measured:
            return
    msg = "the pages were never measured"
    raise AssertionError(msg)
