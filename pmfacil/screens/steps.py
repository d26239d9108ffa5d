"""Which screen leads which step."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pmfacil.core.agenda import Step
from pmfacil.screens.actions import ActionsScreen
from pmfacil.screens.causes import CausesScreen
from pmfacil.screens.close import CloseScreen
from pmfacil.screens.opening import OpeningScreen
from pmfacil.screens.timeline import TimelineScreen
from pmfacil.screens.worked import WorkedScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmfacil.facilitation import Facilitation
    from pmfacil.rehearsal import Said
    from pmfacil.screens.aids import Aids
    from pmfacil.screens.step import StepScreen
    from pmfacil.widgets.glyphs import Glyphs


def screen_of(
    step: Step,
    service: Facilitation,
    glyphs: Glyphs,
    room: Callable[[], Said | None] | None,
    aids: Aids,
) -> StepScreen:
    """Return a screen for a step of the meeting; `room` gives the lines of a rehearsal."""
    match step:
        case Step.OPEN:
            return OpeningScreen(service, glyphs, room, aids)
        case Step.TIMELINE:
            return TimelineScreen(service, glyphs, room, aids)
        case Step.CAUSES:
            return CausesScreen(service, glyphs, room, aids)
        case Step.WORKED:
            return WorkedScreen(service, glyphs, room, aids)
        case Step.ACTIONS:
            return ActionsScreen(service, glyphs, room, aids)
        case Step.CLOSE:
            return CloseScreen(service, glyphs, room, aids)
        case _:
            assert_never(step)
