"""What is known of a failure before the meeting: what happened, what it affected, who should be there and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", str)


class Involvement(StrEnum):
    """What somebody brings to the conversation (product.md, section 3, People)."""

    INVOLVED = "directly involved"
    RESPONDER = "responder"
    CONTEXT = "context"
    OUTSIDE = "outside view"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the post-mortem concerns, by name and by role in the incident."""

    id: PersonId
    name: str
    role: str = ""
    present: bool = False
    involvement: Involvement | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What was gathered beforehand. Numbers are kept as they were told: “about 1,200”, “£40k, not final”.

    `meets_at` is when the room meets, as an instant; `team` and `tags` tie a post-mortem to earlier ones.
    """

    severity: str = ""
    happened: str = ""
    lasted: str = ""
    people_affected: str = ""
    contacts: str = ""
    money: str = ""
    links: str = ""
    team: str = ""
    tags: tuple[str, ...] = ()
    meets_at: datetime | None = None
