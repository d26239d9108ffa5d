"""A page about one open post-mortem, outside the meeting: before it, after it, and its report."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pmfacil.core.errors import Refusal
from pmfacil.screens.capturing import DRAFT_AFTER
from pmfacil.screens.messages import LiveRequested
from pmfacil.screens.page import PageScreen
from pmfacil.widgets.capture import CaptureLine

if TYPE_CHECKING:
    from textual.events import ScreenSuspend
    from textual.timer import Timer
    from textual.widgets import Input

    from pmfacil.core.model import PostMortem
    from pmfacil.facilitation import Facilitation
    from pmfacil.widgets.glyphs import Glyphs


class ServicePage(PageScreen):
    """Changes nothing but through its service, and shows what that says when it is shown.

    `DRAFT` is the name under which its half-typed line is kept; empty where it takes none.
    """

    DRAFT: ClassVar[str] = ""

    def __init__(self, service: Facilitation, glyphs: Glyphs) -> None:
        """Work with this service and draw with these signs."""
        super().__init__(glyphs)
        self.service = service
        self._draft_timer: Timer | None = None

    @property
    def post_mortem(self) -> PostMortem:
        """The post-mortem as it stands."""
        return self.service.snapshot.post_mortem

    def on_mount(self) -> None:
        """Take up the half-typed line where it was left."""
        if self.DRAFT:
            self.capture.put(self.service.draft(self.DRAFT))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the half-typed line shortly after."""
        event.stop()
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(DRAFT_AFTER, self.keep_draft)

    def on_screen_suspend(self, _event: ScreenSuspend) -> None:
        """Keep the half-typed line before another screen comes to the front."""
        self.keep_draft()

    def keep_draft(self) -> None:
        """Keep the half-typed line; a disk that refuses is told of, and the words stay on the screen."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        if not self.DRAFT or not self.query(CaptureLine):
            return
        try:
            self.service.keep_draft(self.DRAFT, self.half_typed)
        except Refusal as refusal:
            self.say_refusal(refusal)

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
