"""The ground under every screen: the sizes it is drawn for, the heartbeat, half-typed words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.events import ScreenResume, ScreenSuspend
from textual.screen import Screen

from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.sparing import SparingCompositor

if TYPE_CHECKING:
    from textual.events import Key

    from pmfacil.widgets.glyphs import Glyphs

WIDE: Final = 110
TALL: Final = 30
"""From these cells and lines on the frame has room for large digits and full names."""

TOO_SMALL: Final = "pmfacil needs 80 × 24 characters.\nEverything is kept. Enlarge the window to go on."


class Ground(Screen[None]):
    """What the app may ask of any screen in front."""

    def __init__(self, glyphs: Glyphs) -> None:
        """Draw with these signs."""
        super().__init__()
        self.glyphs = glyphs
        self._compositor = SparingCompositor()
        self._fresh = True

    def _compositor_refresh(self) -> None:
        """Have no more painted below a dialog than what changed.

        Textual has the whole screen painted anew, and the dialog with it, from the second time on: with the help open
        a running clock sent 19 KB a second. Private in Textual; `tests/screens/test_heartbeat.py` watches it.
        """
        super()._compositor_refresh()
        if not self.is_active:
            self._repaint_required = False

    def paint(self) -> None:
        """Paint what has changed now.

        Left to itself, each part tells the screen in a turn of the event loop of its own, and the screen waits for the
        next of its beats: a second of the clock woke a laptop three times. What is to be arranged anew, or lies below a
        dialog, is left to that. Private in Textual; `tests/screens/test_heartbeat.py` watches it.
        """
        changed = [part for part in self._compositor.visible_widgets if part._repaint_regions]  # noqa: SLF001
        if not changed or not self.is_active or any(part._layout_required or part._scroll_required for part in changed):  # noqa: SLF001
            return
        for part in changed:
            part._repaint_required = False  # noqa: SLF001
        self._dirty_widgets.update(changed)
        self._on_timer_update()

    @on(ScreenResume)
    def _keep_fresh_styles(self, event: ScreenResume) -> None:
        # A new screen is told twice that it is in front, and would set the styles that it has just got anew each time.
        event.refresh_styles = event.refresh_styles and not self._fresh

    @on(ScreenSuspend)
    def _grow_stale(self) -> None:
        self._fresh = False  # another theme may be chosen while another screen is in front

    def on_key(self, event: Key) -> None:
        """Take what is typed while nothing has the focus: in a window that is too small, or grew just now."""
        if self.focused is None and event.is_printable and event.character and (lines := self.query(CaptureLine)):
            event.stop()
            lines.first().insert_text_at_cursor(event.character)

    def beat(self) -> None:
        """Look at the clock once; a screen without one has nothing to do."""

    def keep_draft(self) -> None:
        """Keep what is half typed, where the screen keeps any."""

    @property
    def half_typed(self) -> str:
        """What is half typed."""
        return ""

    def select(self, key: str) -> None:
        """Put the highlight on a row, where the screen has rows to stand on."""
