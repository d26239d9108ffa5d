"""The report as it stands: read it, mend the summary, write the files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from pmfacil.commands import Command, bindings
from pmfacil.core.operations import write_summary
from pmfacil.core.text import kept
from pmfacil.report.checks import remarks
from pmfacil.report.composing import compose
from pmfacil.report.formats import Format, render
from pmfacil.report.outline import outline
from pmfacil.report.writing import file_name, write_report
from pmfacil.screens.service_page import ServicePage
from pmfacil.widgets.rows.report import preview_rows

if TYPE_CHECKING:
    from textual.binding import BindingType

    from pmfacil.facilitation import Facilitation
    from pmfacil.widgets.capture import CaptureLine
    from pmfacil.widgets.glyphs import Glyphs

REPORT_COMMANDS: Final = (
    Command("report.help", "help", "help", "What this screen is for, and its keys", "f1", rank=1),
    Command("report.summary", "summary", "summary", "Put the summary in the room's own words", "f5", rank=2),
    Command("report.export", "export", "export", "Write Markdown, HTML and JSON", "f6", rank=1),
    Command("report.folder", "folder", "folder", "Write the files into another folder", "f7", rank=2),
    Command("report.live", "live", "meeting", "Back to the step the room is in", "ctrl+s", rank=1),
    Command("report.library", "library", "library", "Back to all post-mortems", "ctrl+l", rank=2),
    Command("report.undo", "undo", "undo", "Take the last change back", "ctrl+z", rank=3),
    Command("report.palette", "app.command_palette", "all", "Find any command by its name", "ctrl+p", rank=1),
    Command("report.redo", "redo", "redo", "Bring back what undo took", "ctrl+y"),
    Command("report.theme", "theme", "change the theme", "Calm, projector, or the terminal's own colours"),
)


class ReportScreen(ServicePage):
    """A page to scroll with the arrow keys; the line at the bottom takes a summary or a folder."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(REPORT_COMMANDS)
    NAME = "Report"
    PURPOSE = "The report as it stands, ready to leave the room. Export writes three files and overwrites none."
    TIPS = (
        "The summary is drafted from the facts until you write your own.",
        "JSON is complete: pmfacil reads it back.",
    )

    def __init__(self, service: Facilitation, glyphs: Glyphs, folder: Path) -> None:
        """Write into `folder` unless another one is chosen."""
        super().__init__(service, glyphs)
        self._folder = folder

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here."""
        return REPORT_COMMANDS

    def invitation(self) -> str:
        """Say what the keys do here."""
        return "↑ ↓ scroll · F6 writes the files"

    def show(self) -> None:
        """Show the report as it stands now."""
        pm = self.post_mortem
        report = compose(pm, self.service.snapshot.sitting, self.service.now())
        self.head(f"Report · {pm.title}", "as it stands")
        self.body.show(preview_rows(outline(report), remarks(pm)))

    def on_capture_line_moved(self, event: CaptureLine.Moved) -> None:
        """Scroll the page."""
        event.stop()
        event.prevent_default()
        page = self.body
        page.scroll_relative(y=event.by * (page.size.height - 1 if event.pages else 1), animate=False)

    def let_go(self) -> None:
        """Go back to the meeting."""
        self.action_live()

    def action_summary(self) -> None:
        """Ask for the summary; empty, it is drafted from the facts."""
        self.ask(
            "The summary, so that a stranger can follow. Empty: drafted from the facts.",
            lambda text: self.attempt(lambda: self.service.do(write_summary, text), "Kept."),
            self.post_mortem.summary,
        )

    def action_folder(self) -> None:
        """Ask for another folder, and write there."""

        def chosen(text: str) -> bool:
            if not kept(text):
                return False
            self._folder = Path(kept(text)).expanduser()
            return self._written()

        self.ask("Into which folder?", chosen, str(self._folder), keys="writes")

    def action_export(self) -> None:
        """Write the report in every format."""
        self._written()

    def _written(self) -> bool:
        snapshot, now = self.service.snapshot, self.service.now()
        pm = snapshot.post_mortem
        paths: list[Path] = []

        def write() -> None:
            paths.extend(
                write_report(self._folder, file_name(pm, one), render(one, pm, snapshot.sitting, now)) for one in Format
            )

        if not self.attempt(write):
            return False
        self.say(f"Written to {self._folder}: {', '.join(path.name for path in paths)}")
        return True
