"""Trends over the whole record: a page to read, and a table to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from pmfacil.commands import Command, bindings
from pmfacil.core.errors import Refusal
from pmfacil.paths import shown
from pmfacil.report.writing import write_report
from pmfacil.screens.page import PageScreen
from pmfacil.trends import as_csv
from pmfacil.widgets.rows.trends import trends_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.binding import BindingType

    from pmfacil.trends import Trends
    from pmfacil.widgets.capture import CaptureLine
    from pmfacil.widgets.glyphs import Glyphs

TRENDS_COMMANDS: Final = (
    Command("trends.help", "help", "help", "What this page is for, and its keys", "f1", rank=1),
    Command("trends.copy", "copy", "copy", "Copy every figure as CSV, to paste into a spreadsheet", "f5", rank=1),
    Command("trends.export", "export", "write CSV", "Write every figure into a CSV file", "f6", rank=1),
    Command("trends.library", "library", "library", "Back to all post-mortems", "ctrl+l", rank=1),
    Command("trends.palette", "app.command_palette", "all", "Find any command by its name", "ctrl+p", rank=2),
    Command("trends.theme", "theme", "change the theme", "Calm, projector, or the terminal's own colours"),
)

_AROUND: Final = 5  # cells beside the page: the frame, and the scroll bar


class TrendsScreen(PageScreen):
    """A page to scroll with the arrow keys; it is read anew whenever it comes to the front."""

    NAME = "Trends"
    PURPOSE = (
        "What happened how often, what comes back, and what became of the actions, over everything that was kept. "
        "It names nobody and ranks no owner and no team."
    )
    TIPS = (
        "Lengths of time are told as a range and a list. One mean for unlike failures says nothing about any of them.",
        "Times to detect, mitigate and resolve count from when the impact began; to acknowledge, from detection.",
        "Causes come back when they say nearly the same; the newest words for them stand here.",
        "More post-mortems in a month may only mean that more were written: it is no score.",
        "Rehearsals and deleted post-mortems are in none of the figures.",
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(TRENDS_COMMANDS)

    def __init__(self, read: Callable[[], Trends], glyphs: Glyphs, folder: Path) -> None:
        """Ask `read` for the trends, which may raise a `Refusal`; write into `folder`."""
        super().__init__(glyphs)
        self._read = read
        self._folder = folder
        self._told: Trends | None = None

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here."""
        return TRENDS_COMMANDS

    def invitation(self) -> str:
        """Return what the keys do here: there is nothing to type."""
        return "↑ ↓ scroll · F6 writes the figures as CSV" if self._told and not self._told.empty else ""

    def show(self) -> None:
        """Show the page, fitted to the window."""
        told = self._known()
        self.head("Trends", "over the whole record")
        if told is not None:
            self.body.show(trends_rows(told, self.glyphs, self.size.width - _AROUND))

    def let_go(self) -> None:
        """Go back to the library."""
        self.action_library()

    def on_screen_suspend(self) -> None:
        """Forget what was read: it may change while another screen is in front."""
        self._told = None

    def on_capture_line_moved(self, event: CaptureLine.Moved) -> None:
        """Scroll the page, which has no row to highlight."""
        page = self.body
        page.scroll_relative(y=event.by * (page.size.height - 1 if event.pages else 1), animate=False)

    def action_copy(self) -> None:
        """Copy the figures."""
        if (told := self._known()) is not None:
            self.app.copy_to_clipboard(as_csv(told))
            self.say("Copied as CSV, where your terminal allows it. F6 writes a file.")

    def action_export(self) -> None:
        """Write the figures into a file that was not there before."""
        if (told := self._known()) is not None:
            try:
                path = write_report(self._folder, f"{told.on.isoformat()}-trends.csv", as_csv(told))
            except Refusal as refusal:
                self.say_refusal(refusal)
            else:
                self.say(f"Written to {shown(path)}")

    def _known(self) -> Trends | None:
        """Return what was read since this page came to the front; None, and why under the line, where it was not."""
        if self._told is None:
            try:
                self._told = self._read()
            except Refusal as refusal:
                self.say_refusal(refusal)
        return self._told
