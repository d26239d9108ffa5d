"""What the wording check says: categories, how grave, in which fields, and one finding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What kind of wording it is; the first five are what ends most inquiries."""

    NAMED_PERSON = "named_person"
    BLAME = "blame"
    COUNTERFACTUAL = "counterfactual"
    HINDSIGHT = "hindsight"
    HUMAN_ERROR = "human_error"
    WHO_WHY = "who_why"
    ABSOLUTE = "absolute"
    MINIMISING = "minimising"
    MECHANISTIC = "mechanistic"
    RETRIBUTION = "retribution"
    ANIMATED = "animated"
    HOLLOW = "hollow"


class Severity(StrEnum):
    """How much it gets in the way of learning; nothing blocks."""

    INFO = "info"
    NUDGE = "nudge"
    STRONG = "strong"

    @property
    def gravity(self) -> int:
        """How grave it is as a number, for comparing."""
        return list(Severity).index(self)


class Scope(StrEnum):
    """In which field the words stand (language.md, part 2, notes for the rules)."""

    NARRATIVE = "narrative"
    ACTION = "action"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Finding:
    """Words worth putting in another way: where they stand, why, and a question or other words instead."""

    category: Category
    severity: Severity
    start: int
    end: int
    span: str
    message: str
    suggestion: str
    rewrite: str | None
    rule: str
    reference: str
