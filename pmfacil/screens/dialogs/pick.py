"""Pick one of the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from pmfacil.commands import Command, bindings
from pmfacil.screens.dialogs.dialog import Dialog
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from pmfacil.widgets.row import Row

_COMMANDS = (
    Command("pick.up", "step(-1)", "up", "Highlight the row above", "up"),
    Command("pick.down", "step(1)", "down", "Highlight the row below", "down"),
    Command("pick.pageup", "page(-1)", "page up", "A screen up", "pageup"),
    Command("pick.pagedown", "page(1)", "page down", "A screen down", "pagedown"),
    Command("pick.take", "take", "take it", "Take the highlighted row", "enter"),
    Command("pick.leave", "leave", "leave", "Close without picking", "escape"),
)


class PickScreen(Dialog[str]):
    """Shows rows and answers with the key of the one that Enter takes; Esc answers with none."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(_COMMANDS)

    def __init__(self, question: str, rows: Sequence[Row]) -> None:
        """Ask this question over these rows."""
        super().__init__()
        self._asked = question
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Lay out question, rows and keys."""
        with Vertical(classes="dialog"):
            yield Line(self._asked, classes="dialog-question")
            yield Ledger(id="choices")
            yield Line("Enter takes it · Esc leaves", classes="dialog-keys")

    def on_mount(self) -> None:
        """Show the rows."""
        self.query_one(Ledger).show(self._rows)

    def action_step(self, by: int) -> None:
        """Move the highlight."""
        self.query_one(Ledger).step(by)

    def action_page(self, by: int) -> None:
        """Move the highlight by a screen."""
        self.query_one(Ledger).page(by)

    def action_take(self) -> None:
        """Answer with the highlighted row."""
        self.answer(self.query_one(Ledger).key or None)

    def on_ledger_chosen(self, event: Ledger.Chosen) -> None:
        """Answer with the clicked row."""
        event.stop()
        self.answer(event.key)
