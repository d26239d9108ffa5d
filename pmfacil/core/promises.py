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
    """An action on the board, with the post-mortem it was agreed in; `moved_at` says since when its state holds."""

    post_mortem: PostMortemId
    action: ActionId
    text: str
    owner: str
    due: date | None
    type: ActionType | None
    state: ActionState
    reason: str
    title: str
    moved_at: datetime | None

    @property
    def key(self) -> str:
        """What tells it apart from all others."""
        return f"{self.post_mortem} {self.action}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the board is narrowed to: words, one owner, one post-mortem.

    Each word must occur in the action, its owner, state or reason, or the title; one with an @ in the owner.
    `owner` is None where any will do; empty where nobody owns it.
    """

    words: tuple[str, ...] = ()
    owner: str | None = None
    post_mortem: PostMortemId | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far some actions have come: those of one owner or post-mortem, which `key` narrows to, or all shown."""

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
        return self.open + self.done + self.finished

    @property
    def finished(self) -> int:
        """Those that nobody has to come back to: the effect was seen, or the risk is accepted."""
        return self.verified + self.dropped
