"""What screens ask of the app: to go somewhere. Screens never reach into the app themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from pmfacil.core.agenda import Step
    from pmfacil.core.model import PostMortemId
    from pmfacil.core.record import RecordId


@dataclass(eq=False, repr=False)
class StepRequested(Message):
    """The room goes to a step; `select` names the row to stand on there."""

    step: Step
    select: str = ""


@dataclass(eq=False, repr=False)
class OpenRequested(Message):
    """A post-mortem is to be opened: where the room left it, else to be prepared.

    `live` begins the meeting at once; `step` and `select` name a place to look at, without touching its clock;
    `prepare` asks for what was prepared, whatever came of it since.
    """

    id: PostMortemId
    live: bool = False
    step: Step | None = None
    select: str = ""
    prepare: bool = False


class LibraryRequested(Message):
    """Back to the list of all post-mortems."""


class ReportRequested(Message):
    """To the report of the open post-mortem."""


class LiveRequested(Message):
    """From the report back to the step the room is in."""


@dataclass(eq=False, repr=False)
class RehearsalRequested(Message):
    """A rehearsal is to begin; `worked` asks for the finished example instead."""

    worked: bool = False


class ThemeRequested(Message):
    """The next theme, please."""


class MeetingRequested(Message):
    """The meeting is to begin: step 1, clock and all."""


class DraftRequested(Message):
    """The timeline is to be drafted before the meeting; no clock starts."""


class BoardRequested(Message):
    """To the actions of all post-mortems."""


class TrendsRequested(Message):
    """To what the whole record says."""


@dataclass(eq=False, repr=False)
class FollowUpRequested(Message):
    """The actions of a post-mortem are to be followed up."""

    id: PostMortemId


@dataclass(eq=False, repr=False)
class RecordRequested(Message):
    """A post-mortem that was written elsewhere is to be read, from one passage on."""

    id: RecordId
    passage: str = ""
