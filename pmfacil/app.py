"""The Textual app: themes, the way between screens, one heartbeat a second. What is done there, screens do."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App

from pmfacil.commands import Commands
from pmfacil.core.agenda import Step
from pmfacil.core.errors import Refusal
from pmfacil.screens.aids import Aids
from pmfacil.screens.library import LibraryScreen
from pmfacil.screens.report import ReportScreen
from pmfacil.screens.step import StepScreen
from pmfacil.screens.steps import step_screen
from pmfacil.screens.timed import TALL, WIDE, TimedScreen
from pmfacil.themes import THEMES
from pmfacil.widgets.glyphs import glyphs_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.command import Provider

    from pmfacil.core.model import PostMortemId
    from pmfacil.core.sitting import Sitting
    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library
    from pmfacil.rehearsal import Said
    from pmfacil.screens.messages import (
        LibraryRequested,
        LiveRequested,
        OpenRequested,
        RehearsalRequested,
        ReportRequested,
        StepRequested,
        ThemeRequested,
    )
    from pmfacil.widgets.glyphs import Glyphs

_LIBRARY, _REPORT = "library", "report"


class PmFacilApp(App[None]):
    """Leads a room through a post-mortem."""

    TITLE = "pmfacil"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}
    # One set of sizes for every screen: what does not fit 80 × 24 says so, 110 × 30 has room for everything.
    # (The base class declares both for instances, so ClassVar will not do.)
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (80, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - see above
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (24, "-low"), (TALL, "-tall")]  # noqa: RUF012 - see above

    def __init__(
        self,
        library: Library,
        reports: Path,
        *,
        theme: str = "calm",
        aids: Aids | None = None,
        start: PostMortemId | None = None,
        complaints: tuple[str, ...] = (),
        glyphs: Glyphs | None = None,
    ) -> None:
        """Work on `library`, write reports into `reports`, open `start` where it is given, voice `complaints`."""
        super().__init__()
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme if theme in {known.name for known in THEMES} else THEMES[0].name
        self._library = library
        self._reports = reports
        self._aids = aids or Aids()
        self._start = start
        self._complaints = complaints
        self._glyphs = glyphs or glyphs_for(getattr(sys.stdout, "encoding", None) or "utf-8")
        self._open: Facilitation | None = None
        self.add_mode(_LIBRARY, lambda: LibraryScreen(library, self._glyphs))

    async def on_mount(self) -> None:
        """Show the library, or the post-mortem asked for, and start the heartbeat."""
        await self.switch_mode(_LIBRARY)
        self.set_interval(1.0, self.beat)
        for complaint in self._complaints:
            self.notify(complaint, severity="warning", markup=False)
        if self._start is not None:
            await self._show(self._start)

    def beat(self) -> None:
        """Let the screen in front, below any dialog, look at the clock."""
        base = next(iter(self.screen_stack), None)  # none is left while the app ends
        if isinstance(base, TimedScreen) and base.is_mounted:
            base.beat()

    async def on_open_requested(self, message: OpenRequested) -> None:
        """Open a post-mortem where the room left it."""
        await self._show(message.id)

    async def on_rehearsal_requested(self, message: RehearsalRequested) -> None:
        """Begin a rehearsal, or write its worked example, and open it."""
        from pmfacil.rehearsal import rehearse  # noqa: PLC0415 - the script is read when it is wanted

        await self._show(rehearse(self._library, worked=message.worked))

    async def on_step_requested(self, message: StepRequested) -> None:
        """Go to a step; its clock starts, unless the meeting is over."""
        if self._open is None:
            return
        service, step, now = self._open, message.step, self._open.now()
        over = service.snapshot.post_mortem.closing.closed_at is not None
        self._steer(service, lambda one: one.visit(step, now) if over else one.enter(step, now))
        await self.switch_mode(step.value)
        if message.select and isinstance(self.screen, StepScreen):
            self.screen.select(message.select)

    async def on_report_requested(self, _message: ReportRequested) -> None:
        """Show the report of the open post-mortem."""
        if self._open is not None:
            await self.switch_mode(_REPORT)

    async def on_live_requested(self, _message: LiveRequested) -> None:
        """Go back to the step the room is in."""
        if self._open is not None:
            await self.switch_mode(self._open.snapshot.sitting.step.value)

    async def on_library_requested(self, _message: LibraryRequested) -> None:
        """Go back to the library; the open post-mortem is kept as it stands."""
        await self.switch_mode(_LIBRARY)

    async def action_quit(self) -> None:
        """Leave; what is half typed on any step is kept first."""
        if isinstance(base := self.screen_stack[0], StepScreen):
            base.keep_draft()
        self.exit()

    def on_theme_requested(self, _message: ThemeRequested) -> None:
        """Change to the next theme."""
        names = [known.name for known in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    async def _show(self, id: PostMortemId) -> None:
        try:
            service = self._library.open(id)
        except Refusal as refusal:
            self.notify(str(refusal), severity="error", markup=False)
            return
        await self._close()
        self._open = service
        aids = replace(self._aids, past=self._library.past(id))
        for step in Step:
            room = self._room(step, service)
            self.add_mode(step.value, partial(step_screen, step, service, self._glyphs, room, aids))
        self.add_mode(_REPORT, partial(ReportScreen, service, self._glyphs, self._reports))
        present = service.snapshot
        over = present.post_mortem.closing.closed_at is not None
        if present.sitting.started_at is None and not over:
            self._steer(service, lambda one: one.enter(one.step, service.now()))
        await self.switch_mode(_REPORT if over else present.sitting.step.value)

    def _steer(self, service: Facilitation, change: Callable[[Sitting], Sitting]) -> None:
        try:
            service.steer(change)
        except Refusal as refusal:  # the room goes on; only the clock was not kept
            self.notify(str(refusal), severity="error", markup=False)

    def _room(self, step: Step, service: Facilitation) -> Callable[[], Said | None] | None:
        if not service.snapshot.post_mortem.rehearsal:
            return None
        from pmfacil.rehearsal import room_says  # noqa: PLC0415 - as above

        return lambda: room_says(service.snapshot.post_mortem, step)

    async def _close(self) -> None:
        if self._open is None:
            return
        await self.switch_mode(_LIBRARY)
        for mode in (*(step.value for step in Step), _REPORT):
            await self.remove_mode(mode)
        self._open = None
