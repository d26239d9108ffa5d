"""The one way for people's words to reach the screen: as content, never as markup; what differs is painted.

`[/x]` in a plain `Static` ends a Textual app and `[@click=app.quit]` makes a button of a sentence; content
built here shows both as they were typed.
"""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from pmfacil.core.text import visible


def plain(text: str, style: str = "") -> Content:
    """Return `text` as content on one line, in a style of theme tokens (`"bold $accent"`)."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def joined(*parts: Content) -> Content:
    """Return the parts as one content, one after the other."""
    return Content.assemble(*parts)


class Line(Static):
    """A text that paints the cells that changed, and never reads markup."""

    def __init__(self, text: str | Content = "", *, id: str | None = None, classes: str | None = None) -> None:
        """Show `text` as it stands."""
        self._shown = _content(text)
        super().__init__(self._shown, markup=False, id=id, classes=classes)

    def render(self) -> Content:
        """Return what is shown."""
        return self._shown

    def say(self, text: str | Content) -> None:
        """Show `text` instead; saying the same again costs nothing."""
        content = _content(text)
        if content.is_same(self._shown):
            return
        before, self._shown = self._shown, content
        # Arranging the whole screen anew for each typed letter is what most of a key would cost.
        if self._same_shape(before, content):
            self.refresh(*self._differing(before, content))
        else:
            self.refresh(layout=True)

    def _same_shape(self, before: Content, after: Content) -> bool:
        """Tell whether the two take the same room here."""
        width, height = self.styles.width, self.styles.height
        fixed = width is not None and not width.is_auto
        if fixed and height is not None and not height.is_auto:
            return True
        old, new = (text.plain.split("\n") for text in (before, after))
        widest = [max(map(cell_len, lines)) for lines in (old, new)]
        return len(old) == len(new) and max(widest) <= self.size.width and (fixed or widest[0] == widest[1])

    def _differing(self, before: Content, after: Content) -> list[Region]:
        """Return where the two differ; nothing stands for everywhere."""
        old, new = before.plain.split("\n"), after.plain.split("\n")
        simple = not before.spans and not after.spans and len(old) == len(new)
        if not simple or any(cell_len(line) > self.size.width for line in (*old, *new)):
            return []
        return [self._region(y, *pair) for y, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]

    def _region(self, y: int, old: str, new: str) -> Region:
        align = self.styles.text_align
        left = align in ("left", "start")
        if not (left or (align in ("right", "end") and len(old) == len(new))) or not _in_single_cells(old + new):
            return Region(0, y, self.size.width, 1)
        length = max(len(old), len(new))
        indent = 0 if left else self.size.width - length
        changed = [at for at in range(length) if old[at : at + 1] != new[at : at + 1]]
        return Region(indent + changed[0], y, changed[-1] + 1 - changed[0], 1)

    @property
    def said(self) -> str:
        """What is shown, without its style."""
        return self._shown.plain


def _content(text: str | Content) -> Content:
    return text if isinstance(text, Content) else Content("\n".join(map(visible, text.split("\n"))))


def _in_single_cells(text: str) -> bool:
    """Tell whether the n-th character stands in the n-th cell, so that one can be painted without its neighbours."""
    return text.isascii() or all(cell_len(character) == 1 for character in text)
