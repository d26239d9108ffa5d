"""Two ways in which an answer to "why?" stands still: it names a fix that was not there, or repeats the line above."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pmfacil.wording.action_words import words_of
from pmfacil.wording.alike import LONGEST, content_words

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class MissingFix:
    """A cause put as a fix that was absent: the words, the fix as an action to park, and what to ask instead."""

    span: str
    start: int
    fix: str
    question: str


_THINGS: Final = (
    r"alert|alerting|alarm|alarming|approval|autoscaling|auto-?scaling|automation|back-?off|back-?up"
    r"|bounds?\s+check|breaker|canary|canaries|cap|check|check-?list"
    r"|circuit\s+breaker|constraint|contract|control|coverage|dashboard|detection|documentation|docs|drill"
    r"|dry\s+run|encryption|escalation\s+path"
    r"|fail-?over|fallback|feature\s+flag|firewall|flag|gate|guard|guardrail|guard-?rail|guide|health\s*check"
    r"|hook|integration\s+test|isolation|limit|limiter|limiting"
    r"|lint|linter|linting|load\s+test|lock|locking|log|logging|metric|monitor|monitoring|notification"
    r"|observability|owner|paging|pin|pinning|playbook|plan"
    r"|policy|pre-?commit|probe|procedure|process|protection|quota|rate\s+limit|redundancy|regression\s+test"
    r"|rehearsal|replica|replication|retry|retries|review|rollback"
    r"|roll-?back|rollout|rota|run-?book|safeguard|safety\s+net|sandbox|schema|script|sign-?off|spare|stage"
    r"|staging|standard|step|test|testing|throttle|throttling"
    r"|timeout|time-?out|tooling|tracing|training|type\s+check|validation|verification|versioning|warning"
    r"|way\s+to\s+roll\s+back"
)
_BETWEEN: Final = r"(?:in|on|of|for|to|at|the|and|or|from|with|by|was|were|is|are|errors?)"
_THING: Final = (
    rf"(?P<thing>(?:(?!{_BETWEEN}\b)[\w’'/-]+\s+){{0,4}}?(?:{_THINGS})s?(?:\s+"
    rf"(?:{_THINGS})s?)*)(?![\w-])(?P<scope>(?:\s+(?:on|for|of|in|at|between|around|against|before|to|when|that"
    r"|from)\s+[^.;,]{1,60})?)"
)
_ARTICLE: Final = (
    r"(?:(?:an?|any|the|proper|sufficient|enough|adequate|real|working|good|automated(?=\s+\w+\s+\w))\s+)*"
)
_MADE: Final = (
    r"implemented|configured|enabled|set\s*up|in\s+place|added|defined|available|deployed|installed"
    r"|present|automated|enforced|written|tested|activated|turned\s+on|built"
)

_SOURCES: Final = (
    # "no answer", "no requests": what was absent there is an event, and an event is no fix.
    (
        r"\b(?:there\s+(?:was|were|is|are|had\s+been)\s+(?:no|not\s+any|never\s+(?:an?|any))|there\s+(?:was|were"
        r"|is|are)n['’]t\s+(?:an?|any)|(?:we|they|it|teams?)\s+ha(?:d|ve|s)\s+no"
        r"|(?:the\s+)?(?:lack|absence)\s+of|for\s+want\s+of|missing(?!\s+the\b)|insufficient|inadequate|without"
        rf"|(?<!say\s)no)\s+{_ARTICLE}{_THING}"
    ),
    (
        r"\b(?:we|they|it|the\s+\w+|teams?)\s+(?:(?:did|do|does)(?:\s+not|n['’]t)\s+have|ha(?:d|ve|s)(?:\s+not"
        rf"|n['’]t)(?:\s+got)?|lack(?:s|ed)?|never\s+had)\s+{_ARTICLE}{_THING}"
    ),
    (
        rf"(?:^|(?<=[.;,:]\s)|\b(?:because|as|since|that)\s+){_ARTICLE}{_THING}\s+(?:was|were|is|are|had"
        r"|has)(?:\s+not"
        rf"|n['’]t|\s+never)(?:\s+yet)?(?:\s+been)?\s+(?:{_MADE})\b"
    ),
    (
        rf"(?:^|(?<=[.;,:]\s)){_ARTICLE}{_THING}\s+(?:(?:was|were|is|are)\s+(?:missing|absent|lacking)|did(?:\s+not"
        r"|n['’]t)\s+exist)\b"
    ),
)

_ENOUGH_WORDS: Final = 2
_REPEATED: Final = 0.6
"""The share of an answer's content words that the line above already had; tried on made-up chains."""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(source, re.IGNORECASE) for source in _SOURCES)


def missing_fix(text: str) -> MissingFix | None:
    """Return the fix whose absence a cause names ("no canary"), or None where it says what was there."""
    for pattern in _patterns():
        found = pattern.search(text[:LONGEST])
        if found and not _happened(text[found.end("thing") : LONGEST]):
            return _missing(found)
    return None


def _missing(found: re.Match[str]) -> MissingFix:
    thing = " ".join(found["thing"].split())
    plain = re.sub(r"(?i)^(?:an?|any|the)\s+", "", thing)
    plain = plain if plain[:2].isupper() else plain[0].lower() + plain[1:]
    scope = " ".join(found["scope"].split())
    span = found[0].strip()
    fix = " ".join(part for part in ("add", _article(plain), plain, scope) if part)
    return MissingFix(span, found.start() + len(found[0]) - len(found[0].lstrip()), fix, _question(plain, scope))


def _happened(after: str) -> bool:
    """Tell whether the absent thing is the subject of an event: "no alert fired" says what happened."""
    return bool(_event().match(after))


@cache
def _event() -> re.Pattern[str]:
    return re.compile(
        rf"s?\s+(?:(?:was|were)\s+(?!not\b|never\b|missing|absent|lacking|{_MADE})\w+|fired|went|came|reached|arrived|triggered|failed|ran|showed|paged"
        r"|caught|passed|broke"
        r"|noticed|could|can|happened|matched|changed|helped|covers?|covered|checks?|checked|looks?|looked|warns?"
        r"|warned)\b",
        re.IGNORECASE,
    )


def _article(thing: str) -> str:
    """Return "a" or "an" before a thing that can be counted, "" before a mass or several."""
    last = thing.lower().split()[-1]
    if last.endswith("ing") or last in _MASSES or (last.endswith("s") and not last.endswith("ss")):
        return ""
    return "an" if thing[0].lower() in "aeio" else "a"


_MASSES: Final = words_of(
    """
    automation autoscaling coverage detection documentation encryption isolation observability protection
    redundancy replication training validation verification canaries retries logging tooling
    """
)


def _question(thing: str, scope: str) -> str:
    where = "" if not scope else f" {scope}"
    several = _article(thing) == "" and thing.lower().endswith("s")
    return f"What was there instead of {thing if several else ' '.join(filter(None, (_article(thing), thing)))}{where}?"


def circular(text: str, above: Sequence[str]) -> str | None:
    """Return the line above that an answer only repeats, or None; order and inflection of the words make no difference.

    An answer that adds at least as many content words as it repeats has moved on.
    """
    said = set(content_words(text))
    for line in reversed(above):
        known = set(content_words(line))
        repeated = said & known
        enough = len(repeated) >= min(_ENOUGH_WORDS, len(known))
        if repeated and enough and len(said - known) < len(repeated) and len(repeated) >= _REPEATED * len(said):
            return line
    return None
