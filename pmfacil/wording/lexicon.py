"""The words of one team, beside those that everybody uses: added in the settings, as words and never as patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from pmfacil.wording.findings import Category

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`phrases` by the category that they belong to; `people` is what a team calls people; `silence` is never found."""

    phrases: tuple[tuple[Category, tuple[str, ...]], ...] = ()
    people: tuple[str, ...] = field(default=())
    silence: tuple[str, ...] = field(default=())


BUILT_IN: Final = Lexicon()
"""Nothing but the built-in rules."""


def extended(lexicon: Lexicon, mapping: Mapping[str, object]) -> Lexicon:
    """Return the lexicon with more words: a list for a category, for `people`, or for `silence`.

    Raises `ValueError` with one sentence where a name is none of these, or a value is no list of words.
    """
    known = {category.value: category for category in Category}
    for name, value in mapping.items():
        if name not in known and name not in ("people", "silence"):
            msg = f"“{name}” is no list of the lexicon; {', '.join([*known, 'people', 'silence'])} are."
            raise ValueError(msg)
        words = _words(name, value)
        if name == "people":
            lexicon = replace(lexicon, people=(*lexicon.people, *words))
        elif name == "silence":
            lexicon = replace(lexicon, silence=(*lexicon.silence, *words))
        else:
            lexicon = replace(lexicon, phrases=(*lexicon.phrases, (known[name], words)))
    return lexicon


def _words(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        msg = f'“{name}” is no list of words; write it as {name} = ["one", "another"].'
        raise ValueError(msg)
    return tuple(word.strip() for word in value)


@cache
def literal(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for just these words, whatever their case and the spaces between them."""
    spelled = (r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)", re.IGNORECASE)
