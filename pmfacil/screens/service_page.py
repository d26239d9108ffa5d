"""A page about one open post-mortem, outside the meeting: before it, after it, and its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmfacil.screens.messages import LiveRequested
from pmfacil.screens.page import PageScreen

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem
    from pmfacil.facilitation import Facilitation
    from pmfacil.widgets.glyphs import Glyphs


class ServicePage(PageScreen):
    """Changes nothing but through its service, and shows what that says when it is shown."""

    def __init__(self, service: Facilitation, glyphs: Glyphs) -> None:
        """Work with this service and draw with these signs."""
        super().__init__(glyphs)
        self.service = service

    @property
    def post_mortem(self) -> PostMortem:
        """The post-mortem as it stands."""
        return self.service.snapshot.post_mortem

    def action_undo(self) -> None:
        """Take the newest change back; while words are half typed, they are what somebody means to mend."""
        if self.capture.value.strip():
            self.say("Enter keeps this line first, or clear it with ^U; then ^Z undoes.")
            return
        label = self.service.snapshot.undoable
        self.attempt(self.service.undo, f"Undone: {label}" if label else "There is nothing to undo.")

    def action_redo(self) -> None:
        """Bring back what undo took."""
        label = self.service.snapshot.redoable
        self.attempt(self.service.redo, f"Done again: {label}" if label else "There is nothing to redo.")

    def action_live(self) -> None:
        """Go back to the step the room is in."""
        self.post_message(LiveRequested())
