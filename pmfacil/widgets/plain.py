"""The one way for people's words to reach the screen: as content, never as markup; what differs is painted.

`[/x]` in a plain `Static` ends a Textual app and `[@click=app.quit]` makes a button of a sentence; content
built here shows both as they were typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static

from pmfacil.core.text import visible
from pmfacil.widgets.drawn import Drawn

if TYPE_CHECKING:
    from rich.style import Style as RichStyle
    from textual.style import Style

_LEFT: Final = ("left", "start")
_RIGHT: Final = ("right", "end")


def plain(text: str, style: str = "") -> Content:
    """Return `text` as content on one line, in a style of theme tokens (`"bold $accent"`)."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def joined(*parts: Content) -> Content:
    """Return the parts as one content, one after the other."""
    return Content.assemble(*parts)


class Line(Static, Drawn):
    """A text that paints the cells that changed, and never reads markup."""

    def __init__(self, text: str | Content = "", *, id: str | None = None, classes: str | None = None) -> None:
        """Show `text` as it stands."""
        self._take(_content(text))
        self._look: tuple[str, Style, RichStyle] | None = None  # where it stands, its letters, the ground beside them
        super().__init__(self._shown, markup=False, id=id, classes=classes)

    def render(self) -> Content:
        """Return what is shown."""
        return self._shown

    def drawn(self, y: int, width: int) -> Strip | None:
        """Return a line of a text without styles that fits; any other is for Textual to draw."""
        if self._look is None:
            style = self.visual_style
            self._look = self.styles.text_align, style, style.background_style.rich_style
        align, style, ground = self._look
        fits = self._widest <= width and "\t" not in self._shown.plain
        if self._shown.spans or not fits or align not in _LEFT + _RIGHT or self.text_selection is not None:
            return None
        if y >= len(self._lines):
            return Strip.blank(width, style.rich_style)
        # Where a letter stands in the text is part of its style: a selection by mouse goes by that.
        words = Strip([Segment(self._lines[y], style.rich_style_with_offset(0, y))])
        beside = width - words.cell_length
        room = [Segment(" " * beside, ground)] if beside else []
        return Strip([*words, *room] if align in _LEFT else [*room, *words], width)

    def notify_style_update(self) -> None:
        """Forget how it looked in another theme."""
        super().notify_style_update()
        self._look = None

    def say(self, text: str | Content) -> None:
        """Show `text` instead; saying the same again costs nothing."""
        content = _content(text)
        if content.is_same(self._shown):
            return
        before, lines, widest = self._shown, self._lines, self._widest
        self._take(content)
        width = self.size.width
        # Arranging the whole screen anew for each typed letter is what most of a key would cost.
        if not self._same_shape(lines, widest, width):
            self.refresh(layout=True)
        elif before.spans or content.spans or len(lines) != len(self._lines) or max(widest, self._widest) > width:
            self.refresh()
        else:
            pairs = enumerate(zip(lines, self._lines, strict=True))
            self.refresh(*(self._region(y, old, new, width) for y, (old, new) in pairs if old != new))

    def _take(self, content: Content) -> None:
        self._shown = content
        self._lines = content.plain.split("\n")
        self._widest = max(map(_cells, self._lines))

    def _same_shape(self, lines: list[str], widest: int, room: int) -> bool:
        """Tell whether what is shown takes the same room as those lines did."""
        width, height = self.styles.width, self.styles.height
        fixed = width is not None and not width.is_auto
        if fixed and height is not None and not height.is_auto:
            return True
        fits = max(widest, self._widest) <= room
        return fits and len(lines) == len(self._lines) and (fixed or widest == self._widest)

    def _region(self, y: int, old: str, new: str, width: int) -> Region:
        """Return where two lines differ."""
        align = self.styles.text_align
        left = align in _LEFT
        if not (left or (align in _RIGHT and len(old) == len(new))) or not _in_single_cells(old + new):
            return Region(0, y, width, 1)
        length = max(len(old), len(new))
        indent = 0 if left else width - length
        changed = [at for at in range(length) if old[at : at + 1] != new[at : at + 1]]
        return Region(indent + changed[0], y, changed[-1] + 1 - changed[0], 1)

    @property
    def said(self) -> str:
        """What is shown, without its style."""
        return self._shown.plain


def _content(text: str | Content) -> Content:
    return text if isinstance(text, Content) else Content("\n".join(map(visible, text.split("\n"))))


def _cells(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)


def _in_single_cells(text: str) -> bool:
    """Tell whether the n-th character stands in the n-th cell, so that one can be painted without its neighbours."""
    return text.isascii() or all(cell_len(character) == 1 for character in set(text))
