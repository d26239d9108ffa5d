"""Looks a sentence over: who is spoken of, what is said of them, and what one might say or ask instead."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from pmfacil.wording.findings import Category, Finding, Scope, Severity
from pmfacil.wording.lexicon import BUILT_IN, Lexicon, literal
from pmfacil.wording.rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pmfacil.wording.rules import Rule

LONGEST: Final = 4000
"""Characters of one sentence that are looked at; no room writes longer ones."""

_QUOTED: Final = re.compile(r"`[^`]*`|“[^”]*”|(?<!\w)\"[^\"]*\"|https?://\S+")
_PLAIN_APOSTROPHE: Final = str.maketrans({"’": "'"})
_ENDS: Final = re.compile(r"(?<=[.!?])\s+")
_MESSAGES: Final = {
    Category.NAMED_PERSON: "A name stands beside a fault.",
    Category.BLAME: "This judges people.",
    Category.COUNTERFACTUAL: "This tells of what was not.",
    Category.HINDSIGHT: "This is seen from the end.",
    Category.HUMAN_ERROR: "The asking ends at a person.",
    Category.WHO_WHY: "This asks for a person.",
    Category.ABSOLUTE: "This counts without counting.",
    Category.MINIMISING: "This makes it one small thing.",
    Category.MECHANISTIC: "This treats people as parts.",
    Category.RETRIBUTION: "This is about consequences.",
    Category.ANIMATED: "This is louder than the facts.",
    Category.HOLLOW: "This names no mechanism.",
}
_FAULT: Final = (
    r"(?:\s+[\w'-]+){0,3}?\s+(?:broke|caused|crashed|took\s+down|messed|screwed|botched|forgot|missed|overlooked|ignored|failed\s+to"
    r"|neglected|accidentally|mistakenly|did\s+not|didn't|should\s+have|could\s+have|let\s+\w+\s+through)\b|'s\s+(?:fault|mistake|error|bug)\b"
)

_KNOWN: Final = Finding(
    Category.NAMED_PERSON, Severity.STRONG, 0, 0, "", _MESSAGES[Category.NAMED_PERSON],
    "What let one step reach that far?",
    None, "D1 a known name", "PagerDuty post-mortem guide: do not name and shame",
)  # fmt: skip
_OWN_WORD: Final = Finding(
    Category.BLAME, Severity.NUDGE, 0, 0, "", "", "How would you put it to whoever was there?", None,
    "a word of your own list", "your settings",
)  # fmt: skip


def check(
    text: str, names: tuple[str, ...] = (), lexicon: Lexicon = BUILT_IN, scope: Scope = Scope.NARRATIVE
) -> tuple[Finding, ...]:
    """Return what is worth putting in another way, in the order in which it stands; nothing is kept of it.

    `names` are the people who are known by name. What stands in quotation marks or as code is left alone.
    """
    if scope is Scope.OWNER:
        return ()
    words = _masked(text[:LONGEST], lexicon)
    found = [*_by_rules(text, words, scope), *_by_lexicon(text, words, names, lexicon, scope)]
    return tuple(_merged(found))


def _masked(text: str, lexicon: Lexicon) -> str:
    """Return the text with what is quoted blanked out, and every team's own word for people put as one of ours."""
    words = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text).translate(_PLAIN_APOSTROPHE)
    if lexicon.silence:
        words = literal(lexicon.silence).sub(lambda silent: " " * len(silent[0]), words)
    if lexicon.people:
        words = literal(lexicon.people).sub(lambda group: _in_its_place(group[0]), words)
    return words


def _in_its_place(group: str) -> str:
    """Return "team" where a team's own name stands, as long as that name is, so that every place stays the same."""
    return "team".rjust(len(group)) if len(group) >= len("team") else "ops"[: len(group)].ljust(len(group))


def _by_rules(text: str, words: str, scope: Scope) -> Iterator[Finding]:
    for start, sentence in _sentences(words):
        low = sentence.lower()
        for rule in rules():
            if not rule.holds_in(scope) or not any(hint in low for hint in rule.hints):
                continue
            match = rule.compiled.search(sentence)
            if match is None or (rule.excusing is not None and rule.excusing.search(sentence)):
                continue
            name = "span" if "span" in match.re.groupindex and match["span"] is not None else 0
            begun, ended = match.span(name)
            yield _finding(rule, text, start + begun, start + ended)


def _sentences(words: str) -> Iterator[tuple[int, str]]:
    begun = 0
    for end in _ENDS.finditer(words):
        yield begun, words[begun : end.start()]
        begun = end.end()
    yield begun, words[begun:]


def _finding(rule: Rule, text: str, start: int, end: int) -> Finding:
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    return Finding(
        rule.category,
        rule.severity,
        start,
        end,
        text[start:end],
        _MESSAGES[rule.category],
        rule.suggestion,
        _without(text, start, end) if rule.drops else None,
        f"{rule.code} {rule.name}",
        rule.reference,
    )


def _without(text: str, start: int, end: int) -> str:
    """Return the sentence without those words, beginning as it began."""
    before, after = text[:start].rstrip(), text[end:].lstrip(" ,")
    closes = after.startswith((".", "!", "?"))
    said = f"{before.rstrip(' ,')}{after}" if closes else f"{before} {after}".strip()
    return said[:1].upper() + said[1:] if text[:1].isupper() else said


def _by_lexicon(text: str, words: str, names: tuple[str, ...], lexicon: Lexicon, scope: Scope) -> Iterator[Finding]:
    if scope is Scope.NARRATIVE and (known := _names(names)) is not None:
        for match in known.finditer(words):
            yield replace(_KNOWN, start=match.start(), end=match.end(), span=text[match.start() : match.end()])
    for category, phrases in lexicon.phrases:
        for match in literal(phrases).finditer(words):
            start, end = match.span()
            own = replace(_OWN_WORD, category=category, message=_MESSAGES[category])
            yield replace(own, start=start, end=end, span=text[start:end])


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return a pattern for a known name beside a fault; a first name counts where the name reads like a person's."""
    spelled = dict.fromkeys(spelling for name in names for spelling in _spellings(name))
    if not spelled:
        return None
    told = "|".join(re.escape(name).replace("’", "'") for name in sorted(spelled, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{told})(?:{_FAULT})")


def _spellings(name: str) -> Iterable[str]:
    words = name.split()
    if len(words) > 1 and all(word[0].isupper() for word in words):
        yield from (name, words[0])
    elif words:
        yield name.strip()


def _merged(found: list[Finding]) -> list[Finding]:
    """Return the findings in order; of those of one category that overlap, the gravest and longest stays."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda one: (-one.severity.gravity, one.start - one.end, one.start)):
        if not any(
            one.category is other.category and one.start < other.end and other.start < one.end for other in kept
        ):
            kept.append(one)
    return sorted(kept, key=lambda one: (one.start, one.end, one.category))
