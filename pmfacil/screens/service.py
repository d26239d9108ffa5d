"""The ground under every screen of an open post-mortem: send a verb, show the snapshot, say a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive

from pmfacil.core.errors import Refusal
from pmfacil.screens.ground import Ground
from pmfacil.screens.messages import LibraryRequested, ThemeRequested

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmfacil.commands import Command
    from pmfacil.core.model import PostMortem
    from pmfacil.facilitation import Facilitation, Snapshot
    from pmfacil.widgets.glyphs import Glyphs


class ServiceScreen(Ground):
    """A screen that shows the snapshot of one facilitation and changes nothing but through it."""

    snapshot: reactive[Snapshot | None] = reactive(None, init=False, always_update=True)

    def __init__(self, service: Facilitation, glyphs: Glyphs) -> None:
        """Work with this service and draw with these signs."""
        super().__init__(glyphs)
        self.service = service

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every command that makes sense now."""
        return ()

    @property
    def post_mortem(self) -> PostMortem:
        """The post-mortem as it stands."""
        return self.service.snapshot.post_mortem

    def on_screen_resume(self) -> None:
        """Show the present: it may have changed while another screen was in front."""
        self.snapshot = self.service.snapshot

    def attempt(self, act: Callable[[], Snapshot], *, said: str = "") -> bool:
        """Do something that may be refused; show the result, or the reason. Tell whether it was done."""
        try:
            snapshot = act()
        except Refusal as refusal:
            self.say_refusal(refusal)
            return False
        self.snapshot = snapshot
        self.say(said)
        return True

    def say(self, words: str) -> None:
        """Show a sentence about what was just done."""

    def say_refusal(self, refusal: Refusal) -> None:
        """Show why something was not done."""

    def action_undo(self) -> None:
        """Take the newest change back."""
        label = self.service.snapshot.undoable
        self.attempt(self.service.undo, said=f"Undone: {label}" if label else "There is nothing to undo.")

    def action_redo(self) -> None:
        """Bring back what undo took."""
        label = self.service.snapshot.redoable
        self.attempt(self.service.redo, said=f"Done again: {label}" if label else "There is nothing to redo.")

    def action_library(self) -> None:
        """Go back to the list of all post-mortems."""
        self.post_message(LibraryRequested())

    def action_theme(self) -> None:
        """Change to the next theme."""
        self.post_message(ThemeRequested())
