"""Where a cause stops at a person: the first, strict part of the blameless-wording check.

The phrases are D1, D2, D5 and D8 of the practice's taxonomy (Dekker; the five rules of causation): wording
that ends the inquiry at somebody instead of at what made the step likely.
"""

from __future__ import annotations

import re
from typing import Final

_PHRASES: Final = re.compile(
    r"""
    \b(?: (?:human|operator|user|pilot|engineer|admin|personal|individual)[\s-]+(?:error|mistake)s?
      | (?:error|mistake|fault)s?\s+(?:by|of)\s+(?:the\s+)?
        (?:operator|user|engineer|admin|developer|team|person|on-call)\b
      | fat[\s-]?finger(?:ed|ing|s)?
      | (?:some(?:one|body)|he|she|they|(?:the\s+)?(?:operator|engineer|developer|admin|on-call|team|user))
        \s+(?:\w+\s+)?(?:forgot|failed\s+to|neglected|overlooked|ignored|missed|messed\s+up|screwed\s+up|broke|didn['’]t)
      | forgot(?:ten)?\b | forgetful\w* | careless\w* | negligen\w+ | incompeten\w+
      | sloppy | sloppiness | lazy | laziness
      | (?:lack|want)\s+of\s+(?:care|attention|discipline|diligence|competence)
      | (?:wasn['’]t|weren['’]t|not)\s+(?:being\s+)?(?:careful|attentive|diligent)(?:\s+enough)?
      | inattenti\w+ | didn['’]t\s+(?:pay\s+attention|bother)
      | to\s+blame | at\s+fault | culprit
    )""",
    re.IGNORECASE | re.VERBOSE,
)

_SHORTEST_NAME: Final = 2


def stops_at(text: str, names: tuple[str, ...] = ()) -> str | None:
    """Return the words at which `text` stops at a person, or None where it points at a condition.

    `names` are the people of the post-mortem. A full name counts as it is written; a first name counts where
    the name reads like a person's ("Ana Ruiz"), not where it is a role ("Infrastructure lead").
    """
    if found := _PHRASES.search(text):
        return found.group(0)
    for name in names:
        for part in _spellings(name):
            if named := re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text):
                return named.group(0)
    return None


def _spellings(name: str) -> tuple[str, ...]:
    words = name.split()
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return (name, words[0])
    return (name,) if len(name) >= _SHORTEST_NAME else ()
