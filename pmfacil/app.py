"""The Textual app: the way between screens, one heartbeat a second. What is done there, screens do."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar, Final

from pmfacil.commands import Commands
from pmfacil.core.agenda import Step
from pmfacil.enduring import EnduringApp
from pmfacil.screens import around
from pmfacil.screens.daily import DailyWork
from pmfacil.screens.ground import Ground
from pmfacil.screens.leaving import farewell
from pmfacil.screens.library import LibraryScreen
from pmfacil.screens.messages import MeetingRequested, OpenRequested
from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.glyphs import glyphs_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.command import Provider
    from textual.screen import Screen

    from pmfacil.core.model import PostMortemId
    from pmfacil.core.sitting import Sitting
    from pmfacil.crash import Calm
    from pmfacil.exports import Exports
    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library
    from pmfacil.rehearsal import Said
    from pmfacil.screens import messages
    from pmfacil.screens.aids import Aids
    from pmfacil.screens.daily import Work
    from pmfacil.widgets.glyphs import Glyphs

_LIBRARY, _BOARD, _TRENDS = "library", "board", "trends"
_PREPARE, _REPORT, _FOLLOW_UP, _RECORD = "prepare", "report", "follow-up", "record"
_LOOKS_EVERY: Final = 5  # heartbeats between two looks at whether the file is still there; each writing looks itself


class PmFacilApp(EnduringApp):
    """Leads a room through a post-mortem."""

    TITLE = "pmfacil"
    DEFAULT_MODE = _LIBRARY
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}

    def __init__(
        self,
        library: Library,
        reports: Path,
        *,
        theme: str = "calm",
        aids: Callable[[], Aids] | None = None,
        exports: Callable[[], Exports] | None = None,
        start: PostMortemId | None = None,
        live: bool = False,
        complaints: tuple[str, ...] = (),
        daily: Callable[[], Work] | None = None,
        glyphs: Glyphs | None = None,
        calm: Calm | None = None,
    ) -> None:
        """Work on `library`, write reports into `reports`, open `start` where it is given, voice `complaints`.

        `live` begins the meeting of `start` at once, where it would be prepared first. `daily` makes what is done to
        the store once a day, in a thread beside the room. After a fault, `calm` is said before anything else.
        """
        super().__init__(calm)
        self.dress(theme)
        self._library = library
        self._reports = reports
        self._make_exports = exports
        self._make_aids = aids
        self._start = OpenRequested(start, live=live) if start is not None else None
        self._complaints = complaints
        self._daily = DailyWork(self, daily) if daily is not None else None
        self._glyphs = glyphs or glyphs_for(getattr(sys.stdout, "encoding", None) or "utf-8")
        self._modes_of_open: list[str] = []
        self._beats = 0
        self.add_mode(_BOARD, partial(around.board_screen, library, self._glyphs))
        self.add_mode(_TRENDS, partial(around.trends_screen, library, self._glyphs, reports))

    def get_default_screen(self) -> LibraryScreen:
        """Return the library: a switch to it from an empty screen would take 50 ms more, and read all styles again."""
        screen = LibraryScreen(self._library, self._glyphs)
        screen.add_class(*self.fit, update=False)
        return screen

    async def on_mount(self) -> None:
        """Show the library, or the post-mortem asked for, and start the heartbeat."""
        self.add_mode(_LIBRARY, self.get_default_screen)
        self.set_interval(1.0, self.beat)
        for complaint in self._complaints:
            self.notify(complaint, severity="warning", markup=False)
        if self._start is not None:
            await self.on_open_requested(self._start)

    def beat(self) -> None:
        """Let the screen in front, below any dialog, look at the clock, and say what happened to the store."""
        if not self._beats % _LOOKS_EVERY:
            for notice in self._library.notices():
                self.notify(notice, severity="warning", markup=False)
        self._beats += 1
        base = next(iter(self.screen_stack), None)
        if base is None:
            return  # the app ends
        if isinstance(base, Ground) and base.is_mounted:
            base.beat()
            base.paint()
        if self._daily is not None:
            self._daily.beat(resting=self.current_mode == _LIBRARY)

    def on_unmount(self) -> None:
        """Let the daily work go: nobody waits for it in the end."""
        if self._daily is not None:
            self._daily.stop()

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
        if self.opened is None:
            return
        service, boxes = self.opened, self.opened.snapshot.post_mortem.boxes
        if service.sitting is None:
            # The agenda may have been planned since this was opened.
            self._steer(service, lambda one: one.replanned_for(boxes).enter(one.step, service.now()))
        await self.switch_mode(service.snapshot.sitting.step.value)

    async def on_draft_requested(self, _message: messages.DraftRequested) -> None:
        """Draft the timeline before the meeting: no clock starts, and the library still says “preparing”."""
        if self.opened is not None:
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
        if (record := self.had(lambda: self._library.archive.record(message.id))) is None:
            return
        await self._close()
        self._open_mode(_RECORD, partial(around.record_screen, record, self._glyphs, message.passage))
        await self.switch_mode(_RECORD)

    async def on_rehearsal_requested(self, message: messages.RehearsalRequested) -> None:
        """Begin a rehearsal, or write its worked example, and open it."""
        from pmfacil.rehearsal import rehearse

        if (new := self.had(lambda: rehearse(self._library, worked=message.worked))) is not None:
            await self.on_open_requested(OpenRequested(new, live=True))

    async def on_step_requested(self, message: messages.StepRequested) -> None:
        """Go to a step; its clock starts, unless the meeting is over."""
        if self.opened is None:
            return
        service, step, now = self.opened, message.step, self.opened.now()
        if service.sitting is None and self.current_mode in tuple(Step):
            await self.switch_mode(_PREPARE)  # a draft is left for where it was asked for
            return
        over = service.snapshot.post_mortem.closing.closed_at is not None
        self._steer(service, lambda one: one.visit(step, now) if over else one.enter(step, now))
        await self._look_at(step, message.select)

    async def on_report_requested(self, _message: messages.ReportRequested) -> None:
        """Show the report of the open post-mortem."""
        if self.opened is not None:
            await self.switch_mode(_REPORT)

    async def on_live_requested(self, _message: messages.LiveRequested) -> None:
        """Go back to the step the room is in, or to preparing where it has not met yet."""
        if self.opened is not None:
            met = self.opened.sitting is not None
            await self.switch_mode(self.opened.snapshot.sitting.step.value if met else _PREPARE)

    async def on_library_requested(self, _message: messages.LibraryRequested) -> None:
        """Go back to the library; the open post-mortem is kept as it stands."""
        await self.switch_mode(_LIBRARY)

    async def action_quit(self) -> None:
        """Leave."""
        self.leave(0)

    def last_words(self) -> str:
        """Put what only memory holds into files, and return what the terminal is told of it."""
        return farewell(self.unkept(), self.opened, self._library.open, lambda: self._exports)

    def keep_half_typed(self, *, broken: bool = False) -> None:
        """Keep what is half typed on the screen in front.

        One that broke while it was laid out has an empty line, or none: what was kept before stands then.
        """
        base = self.screen_stack[0]
        if isinstance(base, Ground) and not (broken and not (base.query(CaptureLine) and base.half_typed)):
            base.keep_draft()

    async def _opened(self, id: PostMortemId) -> bool:
        """Make a post-mortem the open one, in place of another; tell whether it could be."""
        if (service := self.had(lambda: self._library.open(id))) is None:
            return False
        await self._close()
        self.opened = service
        self.give_back(service)
        aids = replace(
            self._aids,
            past=self._library.past(id),
            promised=lambda: self._library.promised_by(service.snapshot.post_mortem),
            exports=self._exports,
        )
        for step in Step:
            room = self._room(step, service)
            self._open_mode(step.value, partial(around.step_screen, step, service, self._glyphs, room, aids))
        self._open_mode(_PREPARE, partial(around.prepare_screen, service, self._glyphs, self._reports))
        self._open_mode(_REPORT, partial(around.report_screen, service, self._glyphs, self._exports, aids.lexicon))
        self._open_mode(_FOLLOW_UP, partial(around.follow_up_screen, service, self._glyphs))
        service.get_ready()
        return True

    @property
    def _service(self) -> Facilitation:
        assert self.opened is not None
        return self.opened

    async def _look_at(self, step: Step, select: str) -> None:
        """Show a step without starting its clock."""
        await self.switch_mode(step.value)
        if select and isinstance(self.screen, Ground):
            self.screen.select(select)

    @cached_property
    def _aids(self) -> Aids:
        from pmfacil.screens.aids import Aids

        return self._make_aids() if self._make_aids is not None else Aids()

    @cached_property
    def _exports(self) -> Exports:
        from pmfacil.exports import Exports

        return self._make_exports() if self._make_exports is not None else Exports(self._reports)

    def _open_mode(self, name: str, screen: Callable[[], Screen[None]]) -> None:
        self.add_mode(name, screen)
        self._modes_of_open.append(name)

    def _steer(self, service: Facilitation, change: Callable[[Sitting], Sitting]) -> None:
        self.had(lambda: service.steer(change))  # where it is refused, the room goes on: only the clock was not kept

    def _room(self, step: Step, service: Facilitation) -> Callable[[], Said | None] | None:
        if not service.snapshot.post_mortem.rehearsal:
            return None
        from pmfacil.rehearsal import room_says

        return lambda: room_says(service.snapshot.post_mortem, step)

    async def _close(self) -> None:
        if self._modes_of_open:
            await self.switch_mode(_LIBRARY)
        while self._modes_of_open:
            await self.remove_mode(self._modes_of_open.pop())
        self.let_go()
