"""What screens ask of the app: to go somewhere. Screens never reach into the app themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from pmfacil.core.agenda import Step
    from pmfacil.core.model import PostMortemId


@dataclass
class StepRequested(Message):
    """The room goes to a step; `select` names the row to stand on there."""

    step: Step
    select: str = ""


@dataclass
class OpenRequested(Message):
    """A post-mortem is to be opened."""

    id: PostMortemId


class LibraryRequested(Message):
    """Back to the list of all post-mortems."""


class ReportRequested(Message):
    """To the report of the open post-mortem."""


class LiveRequested(Message):
    """From the report back to the step the room is in."""


@dataclass
class RehearsalRequested(Message):
    """A rehearsal is to begin; `worked` asks for the finished example instead."""

    worked: bool = False


class ThemeRequested(Message):
    """The next theme, please."""
