"""A post-mortem that was written elsewhere: taken in to be read and found, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from datetime import date, datetime

RecordId = NewType("RecordId", str)


class Part(StrEnum):
    """What a passage of a written post-mortem is, as far as it was recognised."""

    TITLE = "title"
    SUMMARY = "summary"
    TIMELINE = "timeline"
    CAUSE = "cause"
    ACTION = "action"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, an item of a list or a row of a table; `when` is its moment, as written, where it has one."""

    part: Part
    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A written post-mortem: `text` is the whole document as it came, `passages` is what was recognised of it.

    Its actions are words of an old document, and no actions of ours: they cannot pass the gate, and need not.
    """

    id: RecordId
    title: str
    source: str
    taken_in_at: datetime
    text: str
    occurred_on: date | None = None
    passages: tuple[Passage, ...] = ()

    def of(self, part: Part) -> tuple[Passage, ...]:
        """Return the passages that are one part of a post-mortem, in reading order."""
        return tuple(one for one in self.passages if one.part is part)
