"""The Textual app: themes, the way between screens, one heartbeat a second. What is done there, screens do."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App

from pmfacil.commands import Commands
from pmfacil.core.agenda import Step
from pmfacil.core.errors import Refusal
from pmfacil.screens.aids import Aids
from pmfacil.screens.around import (
    board_screen,
    follow_up_screen,
    prepare_screen,
    record_screen,
    report_screen,
    step_screen,
    trends_screen,
)
from pmfacil.screens.library import LibraryScreen
from pmfacil.screens.messages import MeetingRequested, OpenRequested
from pmfacil.screens.page import PageScreen
from pmfacil.screens.service_page import ServicePage
from pmfacil.screens.timed import TALL, WIDE, TimedScreen
from pmfacil.themes import THEMES
from pmfacil.widgets.glyphs import glyphs_for
from pmfacil.widgets.sieve import Sieve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.command import Provider
    from textual.filter import LineFilter
    from textual.screen import Screen

    from pmfacil.core.model import PostMortemId
    from pmfacil.core.sitting import Sitting
    from pmfacil.exports import Exports
    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library
    from pmfacil.rehearsal import Said
    from pmfacil.screens import messages
    from pmfacil.widgets.glyphs import Glyphs

_LIBRARY, _BOARD, _TRENDS = "library", "board", "trends"
_PREPARE, _REPORT, _FOLLOW_UP, _RECORD = "prepare", "report", "follow-up", "record"


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
        exports: Callable[[], Exports] | None = None,
        start: PostMortemId | None = None,
        live: bool = False,
        complaints: tuple[str, ...] = (),
        glyphs: Glyphs | None = None,
    ) -> None:
        """Work on `library`, write reports into `reports`, open `start` where it is given, voice `complaints`.

        `live` begins the meeting of `start` at once, where it would be prepared first.
        """
        super().__init__()
        self._sieve = Sieve()
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme if theme in {known.name for known in THEMES} else THEMES[0].name
        self._library = library
        self._reports = reports
        self._make_exports = exports
        self._aids = aids or Aids()
        self._start = OpenRequested(start, live=live) if start is not None else None
        self._complaints = complaints
        self._glyphs = glyphs or glyphs_for(getattr(sys.stdout, "encoding", None) or "utf-8")
        self._open: Facilitation | None = None
        self._modes_of_open: list[str] = []
        self.add_mode(_LIBRARY, partial(LibraryScreen, library, self._glyphs))
        self.add_mode(_BOARD, partial(board_screen, library, self._glyphs))
        self.add_mode(_TRENDS, partial(trends_screen, library, self._glyphs, reports))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every line goes through on its way to the terminal."""
        return (*super().get_line_filters(), self._sieve)

    async def on_mount(self) -> None:
        """Show the library, or the post-mortem asked for, and start the heartbeat."""
        await self.switch_mode(_LIBRARY)
        self.set_interval(1.0, self.beat)
        for complaint in self._complaints:
            self.notify(complaint, severity="warning", markup=False)
        if self._start is not None:
            await self.on_open_requested(self._start)

    def beat(self) -> None:
        """Let the screen in front, below any dialog, look at the clock."""
        base = next(iter(self.screen_stack), None)  # none is left while the app ends
        if isinstance(base, TimedScreen | PageScreen) and base.is_mounted:
            base.beat()

    async def on_open_requested(self, message: OpenRequested) -> None:
        """Open a post-mortem: where the room left it, to be prepared, or at one place of it."""
        if not await self._opened(message.id):
            return
        service = self._service
        present, started = service.snapshot, service.sitting is not None
        if message.prepare:
            await self.switch_mode(_PREPARE)
        elif message.step is not None:
            await self._look_at(message.step, message.select)
        elif present.post_mortem.closing.closed_at is not None:
            await self.switch_mode(_REPORT)
        elif started:
            await self.switch_mode(present.sitting.step.value)
        elif message.live or present.post_mortem.rehearsal:
            await self.on_meeting_requested(MeetingRequested())
        else:
            await self.switch_mode(_PREPARE)

    async def on_meeting_requested(self, _message: MeetingRequested) -> None:
        """Begin the meeting, or go back to the step it is in."""
        if self._open is None:
            return
        service, boxes = self._open, self._open.snapshot.post_mortem.boxes
        if service.sitting is None:
            # The agenda may have been planned since this was opened.
            self._steer(service, lambda one: one.replanned_for(boxes).enter(one.step, service.now()))
        await self.switch_mode(service.snapshot.sitting.step.value)

    async def on_draft_requested(self, _message: messages.DraftRequested) -> None:
        """Draft the timeline before the meeting: no clock starts, and the library still says “preparing”."""
        if self._open is not None:
            await self._look_at(Step.TIMELINE, "")

    async def on_board_requested(self, _message: messages.BoardRequested) -> None:
        """Show the actions of all post-mortems."""
        await self.switch_mode(_BOARD)

    async def on_trends_requested(self, _message: messages.TrendsRequested) -> None:
        """Show what the whole record says."""
        await self.switch_mode(_TRENDS)

    async def on_follow_up_requested(self, message: messages.FollowUpRequested) -> None:
        """Follow up the actions of a post-mortem."""
        if not await self._opened(message.id):
            return
        if self._service.snapshot.post_mortem.actions:
            await self.switch_mode(_FOLLOW_UP)
        else:
            self.notify("That post-mortem has no actions to follow up.", markup=False)

    async def on_record_requested(self, message: messages.RecordRequested) -> None:
        """Show a post-mortem that was written elsewhere."""
        try:
            record = self._library.archive.record(message.id)
        except Refusal as refusal:
            self.notify(str(refusal), severity="error", markup=False)
            return
        await self._close()
        self._open_mode(_RECORD, partial(record_screen, record, self._glyphs, message.passage))
        await self.switch_mode(_RECORD)

    async def on_rehearsal_requested(self, message: messages.RehearsalRequested) -> None:
        """Begin a rehearsal, or write its worked example, and open it."""
        from pmfacil.rehearsal import rehearse  # noqa: PLC0415 - the script is read when it is wanted

        await self.on_open_requested(OpenRequested(rehearse(self._library, worked=message.worked), live=True))

    async def on_step_requested(self, message: messages.StepRequested) -> None:
        """Go to a step; its clock starts, unless the meeting is over."""
        if self._open is None:
            return
        service, step, now = self._open, message.step, self._open.now()
        if service.sitting is None and isinstance(self.screen, TimedScreen):
            await self.switch_mode(_PREPARE)  # a draft is left for where it was asked for
            return
        over = service.snapshot.post_mortem.closing.closed_at is not None
        self._steer(service, lambda one: one.visit(step, now) if over else one.enter(step, now))
        await self._look_at(step, message.select)

    async def on_report_requested(self, _message: messages.ReportRequested) -> None:
        """Show the report of the open post-mortem."""
        if self._open is not None:
            await self.switch_mode(_REPORT)

    async def on_live_requested(self, _message: messages.LiveRequested) -> None:
        """Go back to the step the room is in, or to preparing where it has not met yet."""
        if self._open is not None:
            met = self._open.sitting is not None
            await self.switch_mode(self._open.snapshot.sitting.step.value if met else _PREPARE)

    async def on_library_requested(self, _message: messages.LibraryRequested) -> None:
        """Go back to the library; the open post-mortem is kept as it stands."""
        await self.switch_mode(_LIBRARY)

    async def action_quit(self) -> None:
        """Leave; what is half typed on any step is kept first."""
        if isinstance(base := self.screen_stack[0], TimedScreen | ServicePage):
            base.keep_draft()
        self.exit()

    def on_theme_requested(self, _message: messages.ThemeRequested) -> None:
        """Change to the next theme."""
        names = [known.name for known in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    async def _opened(self, id: PostMortemId) -> bool:
        """Make a post-mortem the open one, in place of another; tell whether it could be."""
        try:
            service = self._library.open(id)
        except Refusal as refusal:
            self.notify(str(refusal), severity="error", markup=False)
            return False
        await self._close()
        self._open = service
        aids = replace(
            self._aids,
            past=self._library.past(id),
            promised=lambda: self._library.promised_by(service.snapshot.post_mortem),
            exports=self._exports,
        )
        for step in Step:
            room = self._room(step, service)
            self._open_mode(step.value, partial(step_screen, step, service, self._glyphs, room, aids))
        self._open_mode(_PREPARE, partial(prepare_screen, service, self._glyphs, self._reports))
        self._open_mode(_REPORT, partial(report_screen, service, self._glyphs, self._exports, aids.lexicon))
        self._open_mode(_FOLLOW_UP, partial(follow_up_screen, service, self._glyphs))
        return True

    @property
    def _service(self) -> Facilitation:
        assert self._open is not None
        return self._open

    async def _look_at(self, step: Step, select: str) -> None:
        """Show a step without starting its clock."""
        await self.switch_mode(step.value)
        if select and isinstance(self.screen, TimedScreen):
            self.screen.select(select)

    @cached_property
    def _exports(self) -> Exports:
        from pmfacil.exports import Exports  # noqa: PLC0415 - the forms are loaded with the first post-mortem

        return self._make_exports() if self._make_exports is not None else Exports(self._reports)

    def _open_mode(self, name: str, screen: Callable[[], Screen[None]]) -> None:
        self.add_mode(name, screen)
        self._modes_of_open.append(name)

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
        if not self._modes_of_open:
            return
        await self.switch_mode(_LIBRARY)
        while self._modes_of_open:
            await self.remove_mode(self._modes_of_open.pop())
        self._open = None
