"""Actions as they stand among those of all post-mortems: what is pressing, and how far somebody's have come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from pmfacil.core.ending import ActionId
    from pmfacil.core.model import ActionState, ActionType, PostMortemId


class Section(StrEnum):
    """How pressing an action is; the order is that of the board."""

    OVERDUE = "overdue"
    SOON = "due within a week"
    BLOCKED = "blocked"
    UNVERIFIED = "done, not verified"
    UNDATED = "without a date"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Promise:
    """An action on the board, with the post-mortem it was agreed in and since when it stands."""

    post_mortem: PostMortemId
    action: ActionId
    text: str
    owner: str
    due: date | None
    type: ActionType | None
    state: ActionState
    reason: str
    title: str
    agreed_at: datetime

    @property
    def key(self) -> str:
        """What tells it apart from all others."""
        return f"{self.post_mortem} {self.action}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the board is narrowed to: words that must all occur in action, owner or title; one owner; one post-mortem.

    `owner` is None where any will do; empty where nobody owns it.
    """

    words: tuple[str, ...] = ()
    owner: str | None = None
    post_mortem: PostMortemId | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the actions of one owner, or of one post-mortem, have come; `key` narrows the board to it."""

    key: str
    name: str
    overdue: int
    open: int
    done: int
    verified: int
    dropped: int

    @property
    def total(self) -> int:
        """All that was agreed."""
        return self.open + self.done + self.verified + self.dropped
