"""How the app looks: its styles, its themes, and the sizes of window that it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.reactive import Reactive

from pmfacil.screens.ground import TALL, WIDE
from pmfacil.themes import THEMES
from pmfacil.widgets.sieve import Sieve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.filter import LineFilter
    from textual.theme import Theme

    from pmfacil.screens.messages import ThemeRequested

_THEMES: Final = {theme.name: theme for theme in THEMES}


class DressedApp(App[None]):
    """An app in one of pmfacil's themes."""

    CSS_PATH = "app.tcss"
    # One set of sizes for every screen: what does not fit 80 × 24 says so, 110 × 30 has room for everything.
    # (The base class declares both for instances, so ClassVar will not do.)
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (80, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - see above
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (24, "-low"), (TALL, "-tall")]  # noqa: RUF012 - see above
    # Known from the start: to set another theme has all styles read again.
    theme: Reactive[str] = Reactive(THEMES[0].name)

    def __init__(self) -> None:
        """Begin in the first theme."""
        self._sieve = Sieve()
        super().__init__()

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's themes, and ours."""
        return {**super().available_themes, **_THEMES}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every line goes through on its way to the terminal."""
        return (*super().get_line_filters(), self._sieve)

    def dress(self, theme: str) -> None:
        """Change to a theme of ours; a name that is none of them changes nothing."""
        if theme != self.theme and theme in _THEMES:
            self.theme = theme

    def action_command_palette(self) -> None:
        """Open the palette of commands."""
        from pmfacil.screens.dialogs.palette import Palette  # noqa: PLC0415 - most starts never open it

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def on_theme_requested(self, _message: ThemeRequested) -> None:
        """Change to the next theme."""
        names = list(_THEMES)
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    @property
    def fit(self) -> tuple[str, str]:
        """The classes of a screen in this window: one that has them from the start is styled once, not twice."""
        across, down = self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS
        return _reached(across, self.size.width), _reached(down, self.size.height)


def _reached(breakpoints: list[tuple[int, str]], cells: int) -> str:
    return [name for least, name in breakpoints if cells >= least][-1]
