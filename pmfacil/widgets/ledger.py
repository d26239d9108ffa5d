"""The list that every body is made of: aligned leads, wrapped texts, one highlight, and cheap repaints.

Stock lists either hold a widget a row (slow from some hundred rows on) or repaint themselves whole when the
highlight moves (15 KB over a shared terminal). This one repaints the two rows that changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from pmfacil.widgets.drawn import Drawn
from pmfacil.widgets.row import Row, shared
from pmfacil.widgets.thumb import move_thumb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

_AROUND = 5  # cells of a window beside the texts of a list as wide as it goes
_REMEMBERED = 500  # painted rows: some screens of them


class Ledger(ScrollView, Drawn):
    """Rows with one highlight that stays on its row when the rows around it change."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"ledger--highlight"}
    DEFAULT_CSS = """
    Ledger {
        height: 1fr;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        overflow-x: hidden;
        overflow-y: auto;
    }
    """

    # How long the list is moves nothing around it: the base class would have the whole screen arranged anew for each
    # row that comes, which was half of what Enter cost.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    @dataclass(eq=False, repr=False)
    class Told(Message):
        """Something that happened in a ledger."""

        ledger: Ledger

        @property
        def control(self) -> Ledger:
            """The ledger that it happened in."""
            return self.ledger

    @dataclass(eq=False, repr=False)
    class Highlighted(Told):
        """The highlight moved to the row with this key (empty: nothing is highlighted)."""

        key: str

    @dataclass(eq=False, repr=False)
    class Ended(Told):
        """The list was scrolled down to its end."""

    @dataclass(eq=False, repr=False)
    class Chosen(Told):
        """A row was clicked."""

        key: str

    def __init__(self, *, id: str | None = None, classes: str | None = None, grows: bool = False) -> None:
        """Begin without rows; into a list that `grows`, lines are kept, and the room waits for them."""
        super().__init__(id=id, classes=classes)
        self.can_focus = False
        self._rows: list[Row] = []
        self._width = 0  # for which the rows were measured
        self._tops: list[int] = []
        self._lines: list[int] = []
        self._strips: dict[tuple[Row, bool], list[Strip]] = {}
        self._at = -1
        self._grows = grows

    @property
    def key(self) -> str:
        """The key of the highlighted row; empty where there is none."""
        return self._rows[self._at].key if 0 <= self._at < len(self._rows) else ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that can be highlighted, from top to bottom."""
        return tuple(row.key for row in self._rows if row.key)

    @property
    def said(self) -> str:
        """All rows as plain text, for tests and the clipboard."""
        return "\n".join(row.lead.plain + row.text.plain for row in self._rows)

    def show(self, rows: Sequence[Row], *, select: str | None = None) -> None:
        """Show these rows; the highlight stays on its key, on `select` where given, else near where it was."""
        wanted = self.key if select is None else select
        before = self._at
        kept = self._take_over(list(rows))
        self._at = self._index_of(wanted, before)
        if kept is not None:
            self._refresh_from(kept)
        if self._at != before:
            self._refresh_row(before)
            self._refresh_row(self._at)
        if self._at >= 0 and (select is not None or wanted != self.key):
            self._reveal()
        if self.key != wanted or select is not None:
            self.post_message(self.Highlighted(self, self.key))

    def select(self, key: str) -> None:
        """Put the highlight on the row with that key, where there is one."""
        self._move_to(self._index_of(key, self._at))

    def step(self, by: int) -> None:
        """Move the highlight by that many rows that can be highlighted; it stops at the ends."""
        stops = [index for index, row in enumerate(self._rows) if row.key]
        if not stops:
            return
        place = stops.index(self._at) if self._at in stops else 0
        self._move_to(stops[max(0, min(len(stops) - 1, place + by))])

    def page(self, direction: int) -> None:
        """Move the highlight by about a screen."""
        self.step(direction * max(1, self.size.height - 2))

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        return self.drawn(y, self.scrollable_content_region.width)

    def drawn(self, y: int, width: int) -> Strip:
        """Return one line of the screen as it was painted, or will be until its row is another."""
        return self._line(y + self.scroll_offset.y, width)

    def watch_virtual_size(self, _before: Size, size: Size) -> None:
        """Fit the scrollbar to the rows; where it comes or goes, the texts have less or more room."""
        self.show_vertical_scrollbar = size.height > (self.container_size.height or self.app.size.height)
        self._thumb_may_move()
        self.scroll_y = min(self.scroll_y, self.max_scroll_y)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Show other rows, and tell when the end is reached."""
        if round(old_value) != round(new_value):
            self.refresh(self.size.region)
        self._thumb_may_move()
        if old_value < new_value >= self.max_scroll_y:
            self.post_message(self.Ended(self))

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap anew for another width."""
        if self._room() != self._width:
            self._measure()
        if self._grows:
            self.call_after_refresh(self._paint_ahead)
        self._reveal()

    def notify_style_update(self) -> None:
        """Forget what was painted in another theme."""
        super().notify_style_update()
        self._strips.clear()

    def on_click(self, event: events.Click) -> None:
        """Highlight and choose the row under the pointer."""
        index = self._row_at(event.y + self.scroll_offset.y)
        if index >= 0 and self._rows[index].key:
            self._move_to(index)
            self.post_message(self.Chosen(self, self.key))

    def _take_over(self, rows: list[Row]) -> int | None:
        """Show these rows; return how many stand as they stood before, from the top; None: all of them, and no others.

        What stands as it stood is not measured and painted again.
        """
        head = shared(self._rows, rows)
        if head == len(rows) == len(self._rows):
            return None
        tail = shared(self._rows[head:][::-1], rows[head:][::-1])
        was, new = slice(head, len(self._rows) - tail), slice(head, len(rows) - tail)
        self._rows[was] = rows[new]
        if self._room() != self._width:
            self._measure()
            return 0
        self._lines[was] = self._heights(rows[new])
        self._lay()
        return head

    def _paint_ahead(self) -> None:
        """Paint the last rows before they are seen: a line that is kept will stand among them."""
        for index in range(max(0, len(self._rows) - self.size.height), len(self._rows)):
            self._painted(index)

    def _index_of(self, key: str, fallback: int) -> int:
        if key:
            for index, row in enumerate(self._rows):
                if row.key == key:
                    return index
        up, down = range(min(fallback, len(self._rows) - 1), -1, -1), range(len(self._rows))
        return next((index for index in chain(up, down) if self._rows[index].key), -1)

    def _move_to(self, index: int) -> None:
        if index == self._at:
            return
        before, self._at = self._at, index
        for changed in (before, index):
            self._refresh_row(changed)
        self._reveal()
        self.post_message(self.Highlighted(self, self.key))

    def _thumb_may_move(self) -> None:
        if self.show_vertical_scrollbar:
            self.call_later(self._move_thumb)

    def _move_thumb(self) -> None:
        move_thumb(self.vertical_scrollbar, self.virtual_size.height, self.scroll_y)

    def _refresh_row(self, index: int) -> None:
        if 0 <= index < len(self._rows):
            top = self._tops[index] - self.scroll_offset.y
            self.refresh(Region(0, top, self.size.width, self._lines[index]))

    def _refresh_from(self, index: int) -> None:
        """Paint this row and all below it."""
        top = self._tops[index] - self.scroll_offset.y if index < len(self._tops) else 0
        shown = self.size.region
        if below := shown.intersection(Region(0, top, shown.width, max(0, shown.height - top))):
            self.refresh(below)

    def _reveal(self) -> None:
        if self._at == self._index_of("", -1):
            self.scroll_home(animate=False)  # the headings above the first row belong to it
        elif 0 <= self._at < len(self._rows):
            region = Region(0, self._tops[self._at], 1, self._lines[self._at])
            self.scroll_to_region(region, animate=False, force=True)

    def _room(self) -> int:
        """Return the cells that a row has; what is not laid out yet reckons with the window."""
        return self.scrollable_content_region.width or self.app.size.width - _AROUND

    def _measure(self) -> None:
        self._width = self._room()
        self._strips.clear()
        self._lines = self._heights(self._rows)
        self._lay()

    def _heights(self, rows: list[Row]) -> list[int]:
        width = self._width
        return [1 if row.fits(width) else row.block(width).plain.count("\n") + 1 for row in rows]

    def _lay(self) -> None:
        self._tops = [0, *accumulate(self._lines)]
        self.virtual_size = Size(self._width, self._tops.pop())

    def _line(self, line: int, width: int) -> Strip:
        index = self._row_at(line)
        if index < 0:
            return Strip.blank(width, self.rich_style)
        strip = self._painted(index)[line - self._tops[index]]
        return strip if strip.cell_length == width else strip.adjust_cell_length(width, self.rich_style)

    def _row_at(self, line: int) -> int:
        low, high = 0, len(self._tops)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._tops[middle] <= line else (low, middle)
        index = low - 1
        return index if index >= 0 and line < self._tops[index] + self._lines[index] else -1

    def _painted(self, index: int) -> list[Strip]:
        row, lit = self._rows[index], index == self._at
        if (painted := self._strips.get((row, lit))) is None:
            if len(self._strips) >= _REMEMBERED:
                self._strips.clear()
            width = self._width
            style = self.get_visual_style("ledger--highlight") if lit else self.visual_style
            painted = Visual.to_strips(self, row.block(width), width, self._lines[index], style, pad=True)
            self._strips[row, lit] = painted
        return painted
