"""What is shown after something went wrong inside pmfacil: nothing is lost, and how to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen

from pmfacil.commands import Command, bindings
from pmfacil.widgets.plain import Line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from pmfacil.crash import Calm

CALM_COMMANDS: Final = (Command("calm.library", "library", "library", "Back to all post-mortems", "enter,escape"),)


class CalmScreen(Screen[None]):
    """A few sentences on an otherwise empty screen: the room is looking."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(CALM_COMMANDS)

    class Left(Message):
        """Somebody goes on."""

    def __init__(self, calm: Calm) -> None:
        """Say what `calm` tells."""
        super().__init__()
        self._calm = calm

    def compose(self) -> ComposeResult:
        """Lay the sentences out."""
        log, sure = self._calm.log, self._calm.sure
        with Vertical(id="calm"):
            yield Line("Nothing is lost." if sure else "Nothing that you entered is lost.", id="calm-title")
            yield Line(f"Something went wrong inside pmfacil. {_HELD if self._calm.held else _KEPT if sure else _LATE}")
            yield Line(
                f"Where in the program is noted in {log}, none of your words with it."
                if log
                else "Where in the program could not be noted: the disk does not take it."
            )
            yield Line("Enter goes back to the library. Open the meeting there: it is where you left it.", id="calm-on")

    def action_library(self) -> None:
        """Go on."""
        self.post_message(self.Left())


_KEPT: Final = "Every line that you entered is kept, and the one half typed too."
_LATE: Final = "Every line that you entered is kept; of the one half typed, the last half second may be missing."
_HELD: Final = (
    "Every line that was kept still is. "
    "The disk did not take the one half typed: pmfacil holds it while it runs, and keeps it as soon as it can."
)
