"""What an app paints while a test looks on, and what Textual would have painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.widget import Widget

from pmfacil.widgets.sparing import SparingUpdate

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest
    from rich.segment import Segment
    from textual.app import App
    from textual.geometry import Region
    from textual.screen import Screen

    from pmfacil.widgets.drawn import Drawn
    from pmfacil.widgets.sparing import Piece


def watch_paints(app: App[None], monkeypatch: pytest.MonkeyPatch) -> list[list[Piece]]:
    """Return a list that gets the pieces of every paint from now on; a paint of the whole screen is a mistake."""
    paints: list[list[Piece]] = []
    paint = app._display

    def seen(screen: Screen[object], update: object) -> None:
        if update is not None:
            assert isinstance(update, SparingUpdate)
            paints.append(update._pieces)
        paint(screen, update)  # type: ignore[arg-type]  # every update of a compositor can be rendered

    monkeypatch.setattr(app, "_display", seen)
    return paints


def cells(strip: Iterable[Segment]) -> list[tuple[str, Style | None]]:
    """Return what stands in each cell, and how it looks."""
    return [(letter, segment.style) for segment in strip for letter in segment.text]


def _seen(letter: str, style: Style | None) -> tuple[str, Style | None]:
    return letter, style if letter != " " or style is None else _seen_of_a_space(style)


def _seen_of_a_space(style: Style) -> Style:
    ground = style.color if style.reverse else style.bgcolor
    line = style.color if style.underline or style.strike else None
    return Style(bgcolor=ground, color=line, underline=style.underline, strike=style.strike)


def both_ways(part: Drawn, crop: Region) -> tuple[list[list[tuple[str, Style | None]]], ...]:
    """Return what is seen of a part, as it draws itself and as Textual would: of a space, its ground."""
    part._styles_cache.clear()
    part._set_dirty()
    ways = part.render_lines(crop), Widget.render_lines(part, crop)
    return tuple([[_seen(*cell) for cell in cells(strip)] for strip in strips] for strips in ways)
