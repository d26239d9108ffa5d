"""Where an action begins: its verb in base form, whatever stands before it, and how the line is built."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from pmfacil.wording.action_words import CONCRETE, PEOPLE, base, words_of

_FAR: Final = 14
"""Words in which a statement has shown its verb."""


_NEAR: Final = 4
"""Words in which a present tense stands ("the proxy retries"); further on the same word is a plural."""


class Form(StrEnum):
    """How an action is put: as a request, as done, as a state that should hold, or as a bare topic."""

    REQUEST = "request"
    PAST = "past"
    STATE = "state"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Head:
    """An action from its verb on (`text`, the verb in base form) and its main `clause`, without purpose and reason."""

    form: Form
    text: str
    clause: str


def head_of(text: str, owner: str | None = None) -> Head:
    """Return the head of an action; a named owner in front of the verb is no part of it."""
    plain = _openers().sub("", text.strip(" \"'“”‘’.{}[]()"))
    if owner and (said := re.match(rf"\W*{re.escape(owner)}\W*", plain)):
        plain = plain[said.end() :]
    plain = _modals().sub("", _people().sub("", _openers().sub("", plain))).strip(" ,:")
    first, _, rest = plain.partition(" ")
    if first.lower() in {"start", "begin"} and re.match(r"\w+ing\b", rest):
        first, _, rest = rest.partition(" ")
    first = first.strip(",:;.")
    negated = re.match(r"(?i)(?:do\s+not|don['’]t|never|no\s+longer)\s+(\S+)\s*(.*)", plain)
    if negated and base(negated[1]):
        first, rest = negated[1], negated[2]
    if (verb := base(first)) and rest and not _is_plural(first, rest):
        form = Form.PAST if re.search(r"(?i)ed$", first) and not verb.endswith("ed") else Form.REQUEST
        return _head(form, f"{verb} {rest}".strip())
    return _stated(plain)


def _stated(plain: str) -> Head:
    """Return the head of a line that does not begin with a verb: "X moved to Y", "X should Y", "X and Y"."""
    words = plain.split()
    for place, word in enumerate(words[1:_FAR], 1):
        verb, after = base(word), " ".join(words[place + 1 : place + 2]).lower()
        follows = not after or after in _AFTER_VERBS
        if (
            verb
            and verb != "require"
            and word.endswith("ed")
            and follows
            and words[place - 1].lower() not in _BEFORE_NOUNS
        ):
            return _head(Form.PAST, f"{verb} {' '.join(words[:place])} {' '.join(words[place + 1 :])}".strip())
        if (
            place <= _NEAR
            and verb in CONCRETE
            and re.search(r"[^s]s$", word)
            and not follows
            and after not in _AFTER_NOUNS
        ):
            return _head(Form.STATE, plain)
    return _head(Form.STATE if _finite().search(_relative().split(plain, maxsplit=1)[0]) else Form.TOPIC, plain)


def _is_plural(word: str, rest: str) -> bool:
    """Tell "alerts on queues" from "adds an alert": both begin with a word that is a verb elsewhere."""
    return (
        bool(re.search(r"(?i)[^s]s$", word))
        and base(word) != word.lower()
        and not re.match(r"(?i)(?:an?|the|our|all)\b", rest)
    )


_BEFORE_NOUNS: Final = words_of("is are be was were been being get gets a an the all of in with for and not")

_AFTER_VERBS: Final = words_of("to into from in by with on for as daily weekly monthly nightly automatically")
_AFTER_NOUNS: Final = words_of("and or before after when across of at under about than so that which if during is are")


def _head(form: Form, text: str) -> Head:
    return Head(form, text, _reasons().split(text, maxsplit=1)[0].strip())


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(
        r"""^(?:(?:also|already|then|please|finally|ideally|systematically|manually
        |regularly|periodically|proactively|continuously|continually|automatically|explicitly|properly|always(?!\s+be\b)
        |eventually|immediately|todo|note|long(?:er)?[ -]term|short(?:er)?[ -]term|future|next|proposed
        |and|to|still)\b[\s,:-]+
        |(?:before|after|by|in|until|this|next|once|during|for)\s[^,.;]{1,40},\s+)+(?=\S)""",
        re.IGNORECASE | re.VERBOSE,
    )


@cache
def _people() -> re.Pattern[str]:
    return re.compile(
        rf"(?:the\s+)?(?:[\w-]+\s+){{0,4}}?(?:{PEOPLE})(?:\s+and\s+\w+)?\s+(?=(?:should|must|will|shall"
        r"|needs?\s+to|ha(?:ve|s)\s+to)\s)",
        re.IGNORECASE,
    )


@cache
def _modals() -> re.Pattern[str]:
    return re.compile(
        r"""^(?:(?:we|i|they|you|it|someone|somebody|everyone)\b\s*)?(?:
        (?:should|will|shall|must|would|need(?:s)?\s+to|need(?:s)?(?=\s+(?:have|a|an)\b)|ha(?:ve|s)\s+to|plan(?:s|ning)?\s+to|want(?:s)?\s+to
        |(?:are|is|am)\s+going\s+to|(?:are|is)(?=\s+\w+ing\b)|['’](?:ll|re)|(?:have|has|had|['’]ve)(?=\s+(?:\w+ly\s+)?\w+ed\b)
        |(?:has\s+)?(?:volunteered|agreed|offered)\s+to|to|help|start(?=\s+to\b)|significantly|also|be\s+able\s+to)\s+)+""",
        re.IGNORECASE | re.VERBOSE,
    )


@cache
def _finite() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:should|must|will|shall|needs?|can|could|is|are|was|were|has|have|had|to\s+be|do|does|did|required"
        r"|needed)\b",
        re.IGNORECASE,
    )


@cache
def _reasons() -> re.Pattern[str]:
    return re.compile(
        r"(?i)[,\s]+(?:so\s+that|so\b|because|in\s+order\s+to|which|since|as\s+this|to\s+(?:help|ensure|avoid"
        r"|prevent|make|reduce|improve|allow|enable)"
        r"|that\s+way)\b|(?<=[\w)`])\.\s+(?=[A-Z])|\s[—–]\s|\s-\s"
    )


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(r"(?i)\s(?:when(?:ever)?|if|that|which|while|until|to(?!\s+be\b)|so|because)\s")
