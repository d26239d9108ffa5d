"""Every screen but the first, loaded when it is first wanted: the library is there before any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmfacil.core.agenda import Step
    from pmfacil.core.record import Record
    from pmfacil.exports import Exports
    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library
    from pmfacil.rehearsal import Said
    from pmfacil.screens.aids import Aids
    from pmfacil.screens.page import PageScreen
    from pmfacil.screens.timed import TimedScreen
    from pmfacil.widgets.glyphs import Glyphs
    from pmfacil.wording.lexicon import Lexicon


def step_screen(
    step: Step, service: Facilitation, glyphs: Glyphs, room: Callable[[], Said | None] | None, aids: Aids
) -> TimedScreen:
    """Return a step of the meeting; `room` says what a rehearsal's room says next."""
    from pmfacil.screens.steps import screen_of

    return screen_of(step, service, glyphs, room, aids)


def board_screen(library: Library, glyphs: Glyphs) -> PageScreen:
    """Return the actions of all post-mortems."""
    from pmfacil.screens.board import BoardScreen

    return BoardScreen(library.board, glyphs)


def trends_screen(library: Library, glyphs: Glyphs, folder: Path) -> PageScreen:
    """Return what the whole record says."""
    from pmfacil.screens.trends import TrendsScreen

    return TrendsScreen(library.trends, glyphs, folder)


def record_screen(record: Record, glyphs: Glyphs, passage: str) -> PageScreen:
    """Return a post-mortem that was written elsewhere, from one passage on."""
    from pmfacil.screens.record import RecordScreen

    return RecordScreen(record, glyphs, passage)


def prepare_screen(service: Facilitation, glyphs: Glyphs, folder: Path) -> PageScreen:
    """Return what comes before the meeting."""
    from pmfacil.screens.prepare import PrepareScreen

    return PrepareScreen(service, glyphs, folder)


def report_screen(service: Facilitation, glyphs: Glyphs, exports: Exports, lexicon: Lexicon) -> PageScreen:
    """Return the report as it stands."""
    from pmfacil.screens.report import ReportScreen

    return ReportScreen(service, glyphs, exports, lexicon)


def follow_up_screen(service: Facilitation, glyphs: Glyphs) -> PageScreen:
    """Return the follow-up."""
    from pmfacil.screens.following import FollowUpScreen

    return FollowUpScreen(service, glyphs)
