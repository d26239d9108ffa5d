"""The capture line: always there, takes every printable key, and gives up nothing that was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import Input

from pmfacil.core.text import visible
from pmfacil.widgets.drawn import Drawn

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

    _Look = tuple[Style, Style]  # of letters, of the cursor on one


class CaptureLine(Input, Drawn):
    """An input on one line that also moves the highlight above it, so that hands stay where they are."""

    DEFAULT_CSS = """
    CaptureLine {
        width: 1fr;
        height: 1;
        border: none;
        padding: 0;
        &:focus { border: none; }
    }
    """

    # How far the text can be scrolled changes with each letter, and moves nothing else on the screen: the base
    # class would have the whole screen arranged anew for it, which was half of what a key cost.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Row above", show=False, id="capture.up", tooltip="Highlight the row above"),
        Binding("down", "move(1)", "Row below", show=False, id="capture.down", tooltip="Highlight the row below"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="capture.pageup", tooltip="A screen up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="capture.pagedown", tooltip="A screen down"),
        Binding("escape", "let_go", "Let go", show=False, id="capture.escape", tooltip="Leave a question or an edit"),
    ]

    @dataclass(eq=False, repr=False)
    class Entered(Message):
        """Enter was pressed on this text; the line is empty again, and takes what is typed meanwhile."""

        capture: CaptureLine
        text: str

        @property
        def control(self) -> CaptureLine:
            """The line it was pressed in."""
            return self.capture

    @dataclass(eq=False, repr=False)
    class Moved(Message):
        """The highlight is wanted that many rows (or pages) further."""

        capture: CaptureLine
        by: int
        pages: bool = False

        @property
        def control(self) -> CaptureLine:
            """The line it was asked in."""
            return self.capture

    @dataclass(eq=False, repr=False)
    class Pasted(Message):
        """Several lines were pasted, where they are wanted as lines."""

        capture: CaptureLine
        text: str

        @property
        def control(self) -> CaptureLine:
            """The line they were pasted into."""
            return self.capture

    @dataclass(eq=False, repr=False)
    class LetGo(Message):
        """Escape was pressed."""

        capture: CaptureLine

        @property
        def control(self) -> CaptureLine:
            """The line it was pressed in."""
            return self.capture

    @dataclass(eq=False, repr=False)
    class DeleteRequested(Message):
        """Delete was pressed on an empty line: the highlighted row is meant."""

        capture: CaptureLine

        @property
        def control(self) -> CaptureLine:
            """The line it was pressed in."""
            return self.capture

    def __init__(self, *, id: str | None = None, field: bool = False) -> None:
        """Begin empty, with a cursor that stands still (a blinking one costs 2,400 bytes a second).

        A `field` of a form keeps its text on Enter. Where `wants_lines` is set, a paste of several lines is
        told of, and not taken as words. `entered` are the lines that Enter took out and nobody has dealt with yet.
        """
        super().__init__(id=id, compact=True, select_on_focus=False, validate_on=())
        self._field = field
        self.wants_lines = False
        self.cursor_blink = False
        self.entered: list[str] = []
        self._looks: tuple[_Look, _Look] | None = None  # what is typed, and the invitation

    def drawn(self, y: int, width: int) -> Strip | None:
        """Return the line as it mostly is: letters of one cell each, the cursor among or behind them."""
        typed, at = bool(self.value), self.cursor_position
        text = self.value or self.placeholder
        if y or not self.has_focus or not self.selection.is_empty or len(text) != cell_len(text):
            return None
        if self._looks is None:
            own = self.rich_style
            invites, marks = map(self.get_component_rich_style, ("input--placeholder", "input--cursor"))
            self._looks = (own, own + marks), (own + invites, own + invites + marks)
        look, cursor = self._looks[not typed]
        first = self.scroll_offset.x if typed else 0
        parts = (text[first:at], look), (text[at : at + 1] or " ", cursor), (text[at + 1 :], look)
        return Strip([Segment(text, style) for text, style in parts if text]).adjust_cell_length(
            width, self._looks[0][0]
        )

    def notify_style_update(self) -> None:
        """Forget how it looked in another theme."""
        super().notify_style_update()
        self._looks = None

    def validate_value(self, value: str) -> str:
        """Return what the line holds: a paste, or an imported line that is edited, may bring what terminals obey."""
        return visible(value)

    def put(self, text: str) -> None:
        """Show `text`, cursor at its end, without telling anybody that it changed."""
        with self.prevent(Input.Changed):
            self.value = text
        self.cursor_position = len(text)

    def give_back(self, text: str) -> None:
        """Put refused words back, before what was typed since."""
        since = self.value
        self.put(text + since)
        self.cursor_position = len(text) + len(since)

    def on_key(self, event: events.Key) -> None:
        """Take the line at Enter itself.

        A binding would run only after the key has bubbled up, and a fast typist's next words would already
        have joined the line by then.
        """
        if event.key != "enter":
            return
        event.stop()
        event.prevent_default()
        text = self.value
        if not self._field:
            self.enter(text)
        # Straight to the screen, not through all that is between: it keeps the line before the emptied one is painted,
        # so that the room sees its words go from the line into the list in one step.
        self.screen.post_message(self.Entered(self, text))

    def enter(self, text: str) -> None:
        """Empty the line; its `text` counts as half typed until `dealt_with` is told that it was kept or given back."""
        self.entered.append(text)
        self.put("")

    def dealt_with(self) -> None:
        """Forget the line that was entered first."""
        del self.entered[:1]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave ^F to the screen, where it finds; an input by itself deletes the next word with it."""
        return False if action == "delete_right_word" else super().check_action(action, parameters)

    def action_move(self, by: int) -> None:
        """Ask for the highlight to move."""
        self.post_message(self.Moved(self, by))

    def action_page(self, by: int) -> None:
        """Ask for the highlight to move by a screen."""
        self.post_message(self.Moved(self, by, pages=True))

    def action_let_go(self) -> None:
        """Say that escape was pressed."""
        self.post_message(self.LetGo(self))

    def action_delete_right(self) -> None:
        """Delete the character to the right; on an empty line, ask for the highlighted row to go."""
        if self.value:
            super().action_delete_right()
        else:
            self.post_message(self.DeleteRequested(self))

    def on_paste(self, event: events.Paste) -> None:
        """Take every pasted line, not only the first as an input does by itself: a meeting loses no word."""
        event.prevent_default()
        event.stop()
        if self.wants_lines and len([line for line in event.text.splitlines() if line.strip()]) > 1:
            self.post_message(self.Pasted(self, event.text))
            return
        pasted = " ".join(event.text.split("\n")).replace("\r", "")
        if self.selection.is_empty:
            self.insert_text_at_cursor(pasted)
        else:
            self.replace(pasted, *self.selection)
