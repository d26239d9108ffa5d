"""Where material comes in: a paste of several lines, or a file, each seen before any of it enters the timeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pmfacil.core.errors import Refusal
from pmfacil.core.model import EntryId
from pmfacil.core.operations import record_entries
from pmfacil.intake.candidates import dated
from pmfacil.intake.material import read_file, read_paste
from pmfacil.intake.placing import Context, day_of_story
from pmfacil.intake.sources import Mapping, Unmapped
from pmfacil.screens.dialogs.pick import PickScreen
from pmfacil.screens.dialogs.preview import PreviewScreen
from pmfacil.screens.step import StepScreen
from pmfacil.widgets.rows.columns import column_rows, time_column_rows

if TYPE_CHECKING:
    from pmfacil.intake.block import Block
    from pmfacil.intake.candidates import Candidate
    from pmfacil.widgets.capture import CaptureLine


class TakingScreen(StepScreen):
    """A step into whose list whole pastes and files may come."""

    def on_mount(self) -> None:
        """Want pasted lines as lines."""
        self.capture.wants_lines = True

    def on_capture_line_pasted(self, event: CaptureLine.Pasted) -> None:
        """Show what a paste says."""
        event.stop()
        self.preview(read_paste(event.text, told=self.aids.columns.told))

    def action_bring_in(self) -> None:
        """Pick a file, and show what it says."""
        from textual_fspicker import FileOpen  # noqa: PLC0415 - most meetings never open a file

        home = Path.home()
        start = home if home.is_dir() else Path(home.anchor)
        self.app.push_screen(FileOpen(start, title="Bring in a file", open_button="Show it"), self.bring_in)

    def bring_in(self, path: Path | None) -> None:
        """Show what a file says; where a table's columns are not known, ask for them first."""
        if path is None:
            return
        try:
            self.preview(read_file(path, told=self.aids.columns.told), path)
        except Unmapped as asked:
            self._choose_columns(path, asked.columns)
        except Refusal as refusal:
            self.say_refusal(refusal)

    def preview(self, block: Block, path: Path | None = None) -> None:
        """Show what material says, and take in what is ticked there; a table may be read by other columns."""
        pm, now = self.post_mortem, self.service.now()
        context = Context(pm.zone, day_of_story(pm), None, now)
        if not dated(block, context):
            context = Context.of(pm, last=None, now=now)

        def answered(found: tuple[Candidate, ...] | None) -> None:
            if preview.wants_columns and path is not None:
                self._choose_columns(path, block.columns)
            else:
                self._take_in(found)

        preview = PreviewScreen(block, context, pm.entries, self.glyphs)
        self.app.push_screen(preview, answered)

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
