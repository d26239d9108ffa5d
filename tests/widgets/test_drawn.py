"""What a part draws by itself is what Textual would have drawn, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.geometry import Region

from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line, plain
from pmfacil.widgets.row import Row
from tests.painted import both_ways

if TYPE_CHECKING:
    from collections.abc import Iterator


_TEXTS = (
    "",
    " ",
    "12:34 left",
    " led by  two spaces ",
    "two\nlines",
    "\n\nafter nothing\n",
    "écran 日本 wide",
    "one line that is by far too long for the part that it is in, and has to be broken somewhere",
    "ends in the very last",
)
_STYLES = (
    "",
    "text-align: right;",
    "text-align: center;",
    "padding: 1 2; background: $primary; color: $foreground 60%;",
    "border-left: tall $accent; padding: 0 1; text-style: bold underline;",
    "border: round $accent; text-align: end;",
    "width: auto; background: $surface 40%;",
    "text-style: reverse;",
)


class _Shown(App[None]):
    """A line of a text."""

    CSS = "Line { width: 21; height: 5; }"

    def compose(self) -> Iterator[Line]:
        yield Line()


@pytest.mark.parametrize("style", _STYLES)
async def test_a_line_looks_as_textual_would_draw_it(style: str) -> None:
    app = _Shown()
    app.stylesheet.add_source(f"Line {{ {style} }}")
    async with app.run_test(size=(40, 12)) as pilot:
        line = app.query_one(Line)
        for text in _TEXTS:
            line.say(text)
            await pilot.pause()
            whole = line.outer_size.region
            for crop in (whole, Region(3, 1, 5, 2).intersection(whole)):
                mine, theirs = both_ways(line, crop)
                assert mine == theirs, text


class _Typed(App[None]):
    """A capture line, in a theme's colours."""

    CSS = "CaptureLine { width: 20; } CaptureLine > .input--placeholder { color: $secondary; text-style: italic; }"

    def compose(self) -> Iterator[CaptureLine]:
        yield CaptureLine()


@pytest.mark.parametrize("invitation", ["", "14:05 alert fires", "when, what · 日本"])
async def test_the_capture_line_looks_as_textual_would_draw_it(invitation: str) -> None:
    app = _Typed()
    async with app.run_test(size=(40, 12)) as pilot:
        line = app.query_one(CaptureLine)
        line.placeholder = invitation
        for text in ("", "a", "14:05 the alert", "longer than the line is wide", "日本 write"):
            line.put(text)
            for moved in ("end", "left", "home"):
                await pilot.press(moved)
                await pilot.pause()
                mine, theirs = both_ways(line, line.outer_size.region)
                assert mine == theirs, (text, moved)


class _Listed(App[None]):
    """A list with a rule beside it."""

    CSS = "Ledger { width: 30; height: 6; border-left: vkey $accent; padding: 0 1; }"

    def compose(self) -> Iterator[Ledger]:
        yield Ledger()


async def test_a_list_looks_as_textual_would_draw_it() -> None:
    app = _Listed()
    async with app.run_test(size=(40, 12)) as pilot:
        ledger = app.query_one(Ledger)
        for count in (0, 3, 9):
            ledger.show([Row(str(at), plain(f"{at}  "), plain("words " * at)) for at in range(count)])
            await pilot.pause()
            mine, theirs = both_ways(ledger, ledger.outer_size.region)
            assert mine == theirs, count
