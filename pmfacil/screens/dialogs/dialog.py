"""The base of every dialog: it answers exactly once, however fast the keys come."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

from pmfacil.widgets.sparing import SparingCompositor

T = TypeVar("T")


class Dialog(ModalScreen[T]):
    """A dialog with one answer.

    Two presses queued before the first is handled would dismiss the screen below as well (Textual 8.2.8).
    """

    _answered = False

    def __init__(self) -> None:
        """Paint what changed, also of the screen below, and nothing else."""
        super().__init__()
        self._compositor = SparingCompositor()

    def answer(self, result: T | None) -> None:
        """Close with this result; a second answer is not one."""
        if not self._answered:
            self._answered = True
            self.dismiss(result)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.answer(None)
