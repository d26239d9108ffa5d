"""The one way for people's words to reach the screen: as content, never as markup.

`[/x]` in a plain `Static` ends a Textual app and `[@click=app.quit]` makes a button of a sentence; content
built here shows both as they were typed.
"""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from pmfacil.core.text import visible


def plain(text: str, style: str = "") -> Content:
    """Return `text` as content on one line, in a style of theme tokens (`"bold $accent"`)."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def joined(*parts: Content) -> Content:
    """Return the parts as one content, one after the other."""
    return Content.assemble(*parts)


class Line(Static):
    """A text that paints only when it changes and never reads markup."""

    def __init__(self, text: str | Content = "", *, id: str | None = None, classes: str | None = None) -> None:
        """Show `text` as it stands."""
        self._shown = _content(text)
        super().__init__(self._shown, markup=False, id=id, classes=classes)

    def say(self, text: str | Content) -> None:
        """Show `text` instead; saying the same again costs nothing."""
        content = _content(text)
        if content.is_same(self._shown):
            return
        # Arranging the whole screen anew for each typed letter is what most of a key would cost.
        stays = self._on_one_line(self._shown) and self._on_one_line(content)
        self._shown = content
        self.update(content, layout=not stays)

    def _on_one_line(self, content: Content) -> bool:
        """Tell whether a text fits the one line that this has, whose width does not follow the text."""
        fixed = self.styles.width is not None and not self.styles.width.is_auto
        return fixed and self.size.height == 1 and content.cell_length <= self.size.width and "\n" not in content.plain

    @property
    def said(self) -> str:
        """What is shown, without its style."""
        return self._shown.plain


def _content(text: str | Content) -> Content:
    return text if isinstance(text, Content) else Content("\n".join(map(visible, text.split("\n"))))
