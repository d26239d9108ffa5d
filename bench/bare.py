"""The floor to measure against: the least Textual app with a list of thirty rows and an input.

`--with-sqlmodel` imports SQLModel first, for the memory that its users pay.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from textual.app import App
from textual.widgets import Input, OptionList

if TYPE_CHECKING:
    from textual.app import ComposeResult

ROWS = 30


class Bare(App[None]):
    """A list over an input, nothing kept, nothing computed."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "OptionList { height: 1fr; }"

    def compose(self) -> ComposeResult:
        """Lay out the list and the input; OptionList is the lightest list, so the floor is an honest one."""
        yield OptionList(*(f"row-{number:02d} the pool of connections ran dry" for number in range(ROWS)))
        line = Input(select_on_focus=False)
        line.cursor_blink = False
        yield line

    def on_mount(self) -> None:
        """Wait for typing."""
        self.query_one(Input).focus()


if __name__ == "__main__":
    if "--with-sqlmodel" in sys.argv:
        import sqlmodel  # noqa: F401 - it is its weight that is wanted

    Bare().run()
