"""The palette of commands."""

from __future__ import annotations

from textual.command import CommandPalette
from textual.widgets import Input

from pmfacil.widgets.sparing import SparingCompositor


class Palette(CommandPalette):
    """Textual's palette; what changes below it, and in it, is painted, and nothing else."""

    def __init__(self) -> None:
        """Open it over the screen in front."""
        super().__init__(id="--command-palette")
        self._compositor = SparingCompositor()

    def on_mount(self) -> None:
        """Have the cursor stand still: a blinking one costs more than a running clock."""
        self.query_one(Input).cursor_blink = False
