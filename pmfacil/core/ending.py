"""How a post-mortem ends and what comes after: the close, the sharing, the follow-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

ActionId = NewType("ActionId", str)
SharingId = NewType("SharingId", str)
FollowUpId = NewType("FollowUpId", str)
FindingId = NewType("FindingId", str)

FOLLOW_UP_EARLIEST: Final = timedelta(weeks=2)
FOLLOW_UP_DEFAULT: Final = timedelta(weeks=3)
FOLLOW_UP_LATEST: Final = timedelta(weeks=4)


class Effect(StrEnum):
    """What the room saw of a done action in the follow-up."""

    SEEN = "effect seen"
    NOT_SEEN = "effect not seen"
    NO_CHANCE = "no chance yet"


@dataclass(frozen=True, slots=True)
class Landing:
    """The meeting ended before the causes did; part two, with its day where one was booked."""

    at: datetime
    part_two_on: date | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """What the last step settles: who reports to whom, and when the room looks again.

    `audience` names readers, one after the other, with commas between them.
    """

    report_owner: str = ""
    audience: str = ""
    share_on: date | None = None
    follow_up_on: date | None = None
    learned: int | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sharing:
    """The report went out: when, and to whom."""

    id: SharingId
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The room looked at its actions again; without `ended_at` it is still doing so."""

    id: FollowUpId
    at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a follow-up found about one action.

    `effect` is None where nothing was said of it; `elsewhere` is where the same condition was seen.
    """

    id: FindingId
    follow_up: FollowUpId
    action: ActionId
    effect: Effect | None = None
    note: str = ""
    link: str = ""
    elsewhere: str = ""
