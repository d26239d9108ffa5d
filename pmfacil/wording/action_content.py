"""What makes an action vague, and what a rule that tells it is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class WeakReason(StrEnum):
    """Why an action is not one yet; the names are those of the labelled corpus."""

    VAGUE_VERB = "vague_verb"
    NO_DONE_CRITERION = "no_done_criterion"
    INVESTIGATE_ONLY = "investigate_only"
    PERSON_FIX = "person_fix"
    NOUN_PHRASE_ONLY = "noun_phrase_only"
    HEDGED = "hedged"
    PHRASED_AS_QUESTION = "phrased_as_question"
    NO_OWNER = "no_owner"
    NO_DUE = "no_due"
    VAGUE_DUE = "vague_due"


class Part(StrEnum):
    """Which part of an action a rule looks at."""

    LINE = "line"
    HEAD = "head"
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True)
class ContentRule:
    """One way of being vague: `finds` fires it unless `excuse` is found in the whole action."""

    name: str
    reason: WeakReason
    part: Part
    finds: str
    fires: str
    silent: str
    excuse: str = r"(?!)"


@cache
def compiled(source: str) -> re.Pattern[str]:
    """Return a pattern, compiled when it is first asked for."""
    return re.compile(source, re.IGNORECASE)
