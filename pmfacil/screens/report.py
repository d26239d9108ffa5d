"""The report as it stands: read it, mend the summary, write the files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal, Vertical

from pmfacil.commands import Command, bindings
from pmfacil.core.errors import Refusal
from pmfacil.core.operations import write_summary
from pmfacil.core.text import kept
from pmfacil.report.checks import remarks
from pmfacil.report.composing import compose
from pmfacil.report.formats import Format, render
from pmfacil.report.outline import outline
from pmfacil.report.writing import file_name, write_report
from pmfacil.screens.dialogs.help import HelpScreen, help_rows
from pmfacil.screens.frame import TOO_SMALL
from pmfacil.screens.messages import LiveRequested
from pmfacil.screens.service import ServiceScreen
from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.keys import keys_line
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line
from pmfacil.widgets.rows.report import preview_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from pmfacil.facilitation import Facilitation, Snapshot
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


class ReportScreen(ServiceScreen):
    """A page to scroll with the arrow keys; the line at the bottom takes a summary or a folder."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(REPORT_COMMANDS)

    def __init__(self, service: Facilitation, glyphs: Glyphs, folder: Path) -> None:
        """Write into `folder` unless another one is chosen."""
        super().__init__(service, glyphs)
        self._folder = folder
        self._answer: Callable[[str], bool] | None = None

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here."""
        return REPORT_COMMANDS

    def compose(self) -> ComposeResult:
        """Lay out header, page, line and keys."""
        with Vertical(id="frame"):
            with Horizontal(id="header"):
                yield Line(id="title")
                yield Line(id="ends")
            yield Ledger(id="body")
            with Vertical(id="capture-bar"):
                with Horizontal(id="capture-row"):
                    yield Line(self.glyphs.prompt, id="sign")
                    yield CaptureLine(id="capture")
                with Horizontal(id="echo-row"):
                    yield Line(id="echo")
            yield Line(id="keys")
        yield Line(TOO_SMALL, id="too-small")

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(CaptureLine).focus()

    def on_resize(self) -> None:
        """Fit the page to the window."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self.on_screen_resume()
        if self.focused is None:  # a window that was too small had hidden the line
            self.query_one(CaptureLine).focus()

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show the report of a snapshot."""
        if snapshot is None:
            return
        pm = snapshot.post_mortem
        report = compose(pm, snapshot.sitting, self.service.now())
        self.query_one("#title", Line).say(f"Report · {pm.title}")
        self.query_one("#ends", Line).say("as it stands")
        self.query_one(Ledger).show(preview_rows(outline(report), remarks(pm)))
        self.query_one("#keys", Line).say(keys_line(self.commands, self.size.width - 4))
        if not self._answer:
            self.query_one(CaptureLine).placeholder = "↑ ↓ scroll · F6 writes the files"

    def on_capture_line_moved(self, event: CaptureLine.Moved) -> None:
        """Scroll the page."""
        event.stop()
        page = self.query_one(Ledger)
        page.scroll_relative(y=event.by * (page.size.height - 1 if event.pages else 1), animate=False)

    def on_capture_line_entered(self, event: CaptureLine.Entered) -> None:
        """Take what was asked for; this line takes nothing else."""
        event.stop()
        if self._answer is None or not self._answer(event.text):
            event.capture.give_back(event.text)
        else:
            self._let_go()

    def on_capture_line_let_go(self, event: CaptureLine.LetGo) -> None:
        """Leave what was asked; with nothing asked, go back to the meeting."""
        event.stop()
        if self._answer is None:
            self.action_live()
        else:
            self._let_go()
            self.say("")

    def action_help(self) -> None:
        """Explain this screen."""
        purpose = (
            "The report as it stands, ready to leave the room. Export writes all three files and never overwrites one."
        )
        tips = (
            "The summary is drafted from the facts until you write your own.",
            "JSON is complete: pmfacil reads it back.",
        )
        self.app.push_screen(HelpScreen("Report", help_rows(purpose, tips, (), self.commands)))

    def action_summary(self) -> None:
        """Ask for the summary; empty, it is drafted from the facts."""
        self._ask(
            "The summary, so that a stranger can follow. Enter keeps · Esc leaves · empty: drafted from the facts",
            lambda text: self.attempt(lambda: self.service.do(write_summary, text), said="Kept."),
            self.post_mortem.summary,
        )

    def action_folder(self) -> None:
        """Ask for another folder, and write there."""

        def chosen(text: str) -> bool:
            if not kept(text):
                return False
            self._folder = Path(kept(text)).expanduser()
            return self._written()

        self._ask("Into which folder? Enter writes · Esc leaves", chosen, str(self._folder))

    def action_export(self) -> None:
        """Write the report in every format."""
        self._written()

    def action_live(self) -> None:
        """Go back to the step the room is in."""
        self.post_message(LiveRequested())

    def _written(self) -> bool:
        snapshot, now = self.service.snapshot, self.service.now()
        pm = snapshot.post_mortem
        try:
            paths = [
                write_report(self._folder, file_name(pm, one), render(one, pm, snapshot.sitting, now)) for one in Format
            ]
        except Refusal as refusal:
            self.say_refusal(refusal)
            return False
        names = ", ".join(path.name for path in paths)
        self.say(f"Written to {self._folder}: {names}")
        return True

    def _ask(self, question: str, answer: Callable[[str], bool], seed: str) -> None:
        self._answer = answer
        self.query_one(CaptureLine).placeholder = ""
        self.query_one(CaptureLine).put(seed)
        self._tell(question, "-asking")

    def _let_go(self) -> None:
        self._answer = None
        self.query_one(CaptureLine).put("")

    def say(self, words: str) -> None:
        """Show a sentence under the line."""
        self._tell(words)

    def say_refusal(self, refusal: Refusal) -> None:
        """Show why something was not done."""
        self._tell(str(refusal), "-refused")

    def _tell(self, words: str, manner: str = "") -> None:
        echo = self.query_one("#echo", Line)
        echo.set_class(manner == "-refused", "-refused")
        echo.set_class(manner == "-asking", "-asking")
        echo.say(words)
