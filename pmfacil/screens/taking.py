"""Where material comes in: a paste of several lines, or a file, each seen before any of it enters the timeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pmfacil.core.errors import Refusal
from pmfacil.core.model import EntryId
from pmfacil.core.operations import record_entries
from pmfacil.intake.block import read_block
from pmfacil.intake.candidates import dated
from pmfacil.intake.material import read_file
from pmfacil.intake.placing import Context, day_of_story
from pmfacil.screens.dialogs.preview import PreviewScreen
from pmfacil.screens.step import StepScreen

if TYPE_CHECKING:
    from pmfacil.intake.block import Block
    from pmfacil.intake.candidates import Candidate
    from pmfacil.widgets.capture import CaptureLine


class TakingScreen(StepScreen):
    """A step into whose list whole pastes and files may come."""

    def on_mount(self) -> None:
        """Want pasted lines as lines, and take up the half-typed line."""
        super().on_mount()
        self.capture.wants_lines = True

    def on_capture_line_pasted(self, event: CaptureLine.Pasted) -> None:
        """Show what a paste says; one line of a dropped file's path is the file."""
        event.stop()
        self.preview(read_block(event.text))

    def action_bring_in(self) -> None:
        """Pick a file, and show what it says."""
        from textual_fspicker import FileOpen  # noqa: PLC0415 - most meetings never open a file

        self.app.push_screen(FileOpen(Path.home(), title="Bring in a file", open_button="Show it"), self._picked)

    def preview(self, block: Block) -> None:
        """Show what material says, and take in what is ticked there."""
        pm, now = self.post_mortem, self.service.now()
        context = Context(pm.zone, day_of_story(pm), None, now)
        if not dated(block, context):
            context = Context.of(pm, last=None, now=now)
        self.app.push_screen(PreviewScreen(block, context, pm.entries, self.glyphs), self._take_in)

    def _picked(self, path: Path | None) -> None:
        if path is None:
            return
        try:
            block = read_file(path)
        except Refusal as refusal:
            self.say_refusal(refusal)
            return
        self.preview(block)

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
