"""The six ticks of an action that was captured in the app, its weaknesses, and the question that sharpens each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pmfacil.wording.action_cues import ActionType, Strength, strength_of, type_of
from pmfacil.wording.action_draft import Draft, Reading, read_draft
from pmfacil.wording.action_weaknesses import WEAKNESSES, Weakness

if TYPE_CHECKING:
    from collections.abc import Sequence

_TIGHTEN: Final = 4


class Tick(StrEnum):
    """What a finished action has; the six of product.md, section 7."""

    ACTION = "verb and object"
    BOUNDARY = "boundary"
    OWNER = "owner"
    DATE = "date"
    DONE_TEST = "done when"
    CAUSE = "cause"


@dataclass(frozen=True, slots=True)
class Grade:
    """How far an action has come: its ticks, what is weak about it, how strong it is, and the type it looks like."""

    ticks: tuple[tuple[Tick, bool], ...]
    weaknesses: tuple[Weakness, ...]
    strength: Strength | None
    suggested_type: ActionType | None

    @property
    def count(self) -> int:
        """Ticks reached, 0 to 6."""
        return sum(reached for _, reached in self.ticks)

    @property
    def words(self) -> str:
        """The grade in words: 6 is "ready", 4 and 5 "tighten", fewer "not yet an action" (language.md, part 3)."""
        if self.count == len(Tick):
            return "ready"
        return "tighten" if self.count >= _TIGHTEN else "not yet an action"

    @property
    def missing(self) -> tuple[Tick, ...]:
        """The ticks that are not reached, in their order."""
        return tuple(tick for tick, reached in self.ticks if not reached)


def grade(
    text: str,
    *,
    owner: str = "",
    due: str = "",
    done_when: str = "",
    causes: int = 0,
    days_left: int | None = None,
    promised: str = "",
    people: Sequence[str] = (),
) -> Grade:
    """Grade an action by its words and fields; the fields are those of language.md, part 3.

    `due` is the date as it is written, "" where there is none; `days_left` the days until then, where they are known.
    `causes` counts the causes it is linked to. `promised` is the day on which an open action like it was agreed before,
    `people` the names in the room; where they are empty, nobody is taken to be outside it.
    """
    return graded(read_draft(Draft(text, owner, due, done_when, causes, days_left, promised, tuple(people))))


def graded(reading: Reading) -> Grade:
    """Return the grade of a draft that was read."""
    draft = reading.draft
    ticks = (
        (Tick.ACTION, reading.asks),
        (Tick.BOUNDARY, reading.bounded),
        (Tick.OWNER, reading.owned),
        (Tick.DATE, reading.dated),
        (Tick.DONE_TEST, reading.tested),
        (Tick.CAUSE, draft.causes > 0),
    )
    weak = tuple(one for one in WEAKNESSES if one.applies(reading))
    return Grade(ticks, weak, strength_of(reading), type_of(reading))
