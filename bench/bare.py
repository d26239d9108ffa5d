"""The floor to measure against: the least Textual app with a list of thirty rows and an input.

`--framed` lays out the widgets of pmfacil's library, stock ones, with texts that stand still: the floor of its start.
`--with-sqlmodel` imports SQLModel first, for the memory that its users pay.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from textual.app import App
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, OptionList, Static

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


class Framed(Bare):
    """The same inside a header, a motto, a second list that is not shown, a sign, an echo and a line of keys."""

    CSS = """
    #header, #motto, #line, #echo, #keys { height: 1; }
    #title { width: 1fr; }
    #ends, #sign { width: auto; }
    #middle, OptionList { height: 1fr; }
    #aside, #small { display: none; }
    Input, Input:focus { height: 1; border: none; padding: 0; }
    """

    def compose(self) -> ComposeResult:
        """Lay out what pmfacil's library lays out."""
        rows, line = super().compose()
        with Vertical():
            with Horizontal(id="header"):
                yield Static("title", id="title")
                yield Static("1,000", id="ends")
            yield Static("motto", id="motto")
            with Horizontal(id="middle"):
                yield rows
                yield OptionList(id="aside")
            with Vertical(id="bar"):
                with Horizontal(id="line"):
                    yield Static("> ", id="sign")
                    yield line
                with Horizontal(id="echo"):
                    yield Static("")
            yield Static("F1 help", id="keys")
        yield Static("too small", id="small")


if __name__ == "__main__":
    if "--with-sqlmodel" in sys.argv:
        import sqlmodel  # noqa: F401 - it is its weight that is wanted

    (Framed if "--framed" in sys.argv else Bare)().run()
