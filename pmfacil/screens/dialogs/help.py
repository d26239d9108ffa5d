"""What F1 shows: the purpose of a step, its keys, good questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from pmfacil.commands import Command, bindings
from pmfacil.screens.dialogs.dialog import Dialog
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

_COMMANDS = (
    Command("help.up", "step(-1)", "up", "Scroll up", "up"),
    Command("help.down", "step(1)", "down", "Scroll down", "down"),
    Command("help.pageup", "page(-1)", "page up", "A screen up", "pageup"),
    Command("help.pagedown", "page(1)", "page down", "A screen down", "pagedown,space"),
    Command("help.leave", "leave", "close", "Back to the meeting", "escape,f1,enter"),
)


class HelpScreen(Dialog[None]):
    """Reads like a page; any of Esc, Enter and F1 closes it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(_COMMANDS)

    def __init__(self, title: str, rows: Iterable[Row]) -> None:
        """Show these rows under this title."""
        super().__init__()
        self._title = title
        self._rows = tuple(rows)

    def compose(self) -> ComposeResult:
        """Lay out title, page and keys."""
        with Vertical(classes="dialog"):
            yield Line(self._title, classes="dialog-question")
            yield Ledger(id="page")
            yield Line("↑ ↓ scroll · Esc closes", classes="dialog-keys")

    def on_mount(self) -> None:
        """Show the page."""
        self.query_one(Ledger).show(self._rows)

    def action_step(self, by: int) -> None:
        """Scroll by a line."""
        self.query_one(Ledger).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by a screen."""
        page = self.query_one(Ledger)
        page.scroll_relative(y=by * max(1, page.size.height - 1), animate=False)


def help_rows(
    purpose: str, tips: Iterable[str], questions: Iterable[tuple[str, str]], commands: Iterable[Command]
) -> Iterator[Row]:
    """Yield the page: what for, keys, good to know, questions to ask aloud."""
    yield Row("", plain(""), plain(purpose))
    yield parts.blank()
    yield parts.heading("Keys")
    for command in commands:
        if command.key:
            yield Row("", parts.padded(f"  {command.shown_key}", 13, "bold $primary"), plain(command.help))
    yield Row("", parts.padded("  ↑ ↓", 13, "bold $primary"), plain("Move the highlight; the line keeps its text"))
    yield Row(
        "",
        parts.padded("  Enter", 13, "bold $primary"),
        plain("Keep the line; on an empty line, edit the highlighted row"),
    )
    yield Row("", parts.padded("  Delete", 13, "bold $primary"), plain("On an empty line, delete the highlighted row"))
    yield Row(
        "",
        parts.padded("  Esc", 13, "bold $primary"),
        plain("Leave a question or an edit; nothing typed before is lost"),
    )
    yield Row("", parts.padded("  !", 13, "bold $primary"), plain("A line that begins with ! is a fix: it is parked"))
    yield parts.blank()
    yield parts.heading("Good to know")
    for tip in tips:
        yield Row("", plain("  · ", parts.QUIET), plain(tip))
    yield parts.blank()
    yield parts.heading("Good questions")
    for question, hint in questions:
        yield Row("", plain("  · ", parts.QUIET), plain(question))
        if hint:
            yield Row("", plain("    "), plain(hint, parts.QUIET))
