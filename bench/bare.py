"""The floor to measure against: the least Textual app with a list of thirty rows and an input.

`--framed` lays out the widgets of pmfacil's library, stock ones, with texts that stand still: the floor of its start.
`--clock` puts Textual's own digits under it, which count the seconds: the floor of a running clock.
`--with-sqlmodel` imports SQLModel first, for the memory that its users pay.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from textual.app import App
from textual.containers import Horizontal, Vertical
from textual.widgets import Digits, Input, OptionList, Static

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


class Ticking(Bare):
    """The same with the seconds of a clock."""

    CSS = f"{Bare.CSS} Digits {{ width: 24; }}"

    def compose(self) -> ComposeResult:
        """Put the clock below."""
        yield from super().compose()
        yield Digits("0:00")

    def on_mount(self) -> None:
        """Count."""
        self.set_interval(1.0, self.count)
        self._seconds = 0

    def count(self) -> None:
        """Show the next second."""
        self._seconds += 1
        minutes, seconds = divmod(self._seconds, 60)
        self.query_one(Digits).update(f"{minutes}:{seconds:02d}")


if __name__ == "__main__":
    if "--with-sqlmodel" in sys.argv:
        import sqlmodel  # noqa: F401 - it is its weight that is wanted

    kinds = {"--framed": Framed, "--clock": Ticking}
    next((kind for flag, kind in kinds.items() if flag in sys.argv), Bare)().run()
