"""Where material comes in: a paste of several lines, or a file, each seen before any of it enters the timeline."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import on
from textual.events import ScreenResume

from pmfacil.core.errors import Refusal
from pmfacil.core.model import EntryId
from pmfacil.core.operations import record_entries
from pmfacil.intake.candidates import dated
from pmfacil.intake.material import read_file, read_paste
from pmfacil.intake.placing import Context, day_of_story
from pmfacil.intake.sources import Mapping, Unmapped
from pmfacil.screens.dialogs.pick import PickScreen
from pmfacil.screens.dialogs.preview import PreviewScreen, previewed
from pmfacil.screens.step import StepScreen
from pmfacil.widgets.rows.columns import column_rows, time_column_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pmfacil.core.model import PostMortem
    from pmfacil.facilitation import Facilitation
    from pmfacil.intake.block import Block
    from pmfacil.intake.candidates import Candidate
    from pmfacil.rehearsal import Said
    from pmfacil.screens.aids import Aids
    from pmfacil.screens.dialogs.preview import Preview
    from pmfacil.widgets.capture import CaptureLine
    from pmfacil.widgets.glyphs import Glyphs

_READING: Final = "Reading it … Go on meanwhile."


class TakingScreen(StepScreen):
    """A step into whose list whole pastes and files may come."""

    def __init__(
        self, service: Facilitation, glyphs: Glyphs, room: Callable[[], Said | None] | None, aids: Aids
    ) -> None:
        """Begin with nothing read."""
        super().__init__(service, glyphs, room, aids)
        self._to_show: list[Callable[[], object]] = []

    def on_mount(self) -> None:
        """Want pasted lines as lines."""
        self.capture.wants_lines = True

    def on_capture_line_pasted(self, event: CaptureLine.Pasted) -> None:
        """Show what a paste says."""
        event.stop()
        self._read_material(partial(read_paste, event.text, told=self.aids.columns.told))

    def action_bring_in(self) -> None:
        """Pick a file, and show what it says."""
        from textual_fspicker import FileOpen  # noqa: PLC0415 - most meetings never open a file

        home = Path.home()
        start = home if home.is_dir() else Path(home.anchor)
        self.app.push_screen(FileOpen(start, title="Bring in a file", open_button="Show it"), self.bring_in)

    def bring_in(self, path: Path | None) -> None:
        """Show what a file says; where a table's columns are not known, ask for them first."""
        if path is not None:
            self._read_material(partial(read_file, path, told=self.aids.columns.told), path)

    def _read_material(self, read: Callable[[], Block], path: Path | None = None) -> None:
        """Read material in a thread: of thousands of lines it takes half a second, and the room types meanwhile."""
        if not self.line("echo").said:
            self.say(_READING)
        self.run_worker(self._read_beside(read, path), group="reading")

    async def _read_beside(self, read: Callable[[], Block], path: Path | None) -> None:
        pm, now, glyphs = self.post_mortem, self.service.now(), self.glyphs
        try:
            preview = await asyncio.to_thread(lambda: _understood(read(), pm, now, glyphs))
        except Unmapped as asked:
            if path is not None:
                self._show_in_front(partial(self._choose_columns, path, asked.columns))
        except Refusal as refusal:
            self.say_refusal(refusal)
        else:
            self._show_in_front(partial(self._show_preview, preview, path))
        if self.line("echo").said == _READING:
            self.say("")

    def _show_in_front(self, show: Callable[[], object]) -> None:
        """Show it once nothing stands before this step: the room may have gone on."""
        if self.is_active:
            show()
        else:
            self._to_show.append(show)

    @on(ScreenResume)
    def _show_what_waited(self) -> None:
        if self._to_show:
            self._to_show.pop(0)()

    def _show_preview(self, preview: Preview, path: Path | None) -> None:
        """Show what material says, and take in what is ticked there; a table may be read by other columns."""

        def answered(found: tuple[Candidate, ...] | None) -> None:
            if screen.wants_columns and path is not None:
                self._choose_columns(path, preview.block.columns)
            else:
                self._take_in(found)

        screen = PreviewScreen(preview, self.glyphs)
        self.app.push_screen(screen, answered)

    def _choose_columns(self, path: Path, columns: tuple[str, ...]) -> None:
        """Ask which column says when, then which says what; remember it, and show the file."""

        def timed(time: str | None) -> None:
            if time is not None:
                question = "And which column says what happened?"
                self.app.push_screen(PickScreen(question, column_rows(columns)), lambda text: told(time, text))

        def told(time: str, text: str | None) -> None:
            if text is None:
                return
            try:
                self.aids.columns.remember(columns, Mapping(time, text))
            except Refusal as refusal:  # it is known for this meeting all the same
                self.say_refusal(refusal)
            self.bring_in(path)

        self.app.push_screen(PickScreen("Which column says when?", time_column_rows(columns)), timed)

    def _take_in(self, found: tuple[Candidate, ...] | None) -> None:
        if not found:
            self.say("Nothing was taken in." if found is None else "There was nothing new in it.")
            return
        entries = tuple(one.entry(EntryId(self.service.new_id())) for one in found)
        count = f"{len(entries)} entr{'y' if len(entries) == 1 else 'ies'}"
        if self.attempt(
            lambda: self.service.do(record_entries, entries), said=f"{count} taken in. ^Z takes them back."
        ):
            self.select(entries[0].id)


def _understood(block: Block, pm: PostMortem, now: datetime, glyphs: Glyphs) -> Preview:
    """Return what a block says; one that names no day is read against the meeting's own."""
    setting = Context(pm.zone, day_of_story(pm), None, now)
    if not dated(block, setting):
        setting = Context.of(pm, last=None, now=now)
    return previewed(block, setting, pm.entries, glyphs)
