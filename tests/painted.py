"""What an app paints while a test looks on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmfacil.widgets.sparing import SparingUpdate

if TYPE_CHECKING:
    import pytest
    from textual.app import App
    from textual.screen import Screen

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
