"""Masking: names, the user's own words, links and hosts give way to words that say nothing of the inside."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from string import punctuation
from typing import TYPE_CHECKING, Final

from pmfacil.core.text import visible
from pmfacil.report.addresses import ADDRESSES, LETTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pmfacil.core.model import PostMortem

COLLEAGUE: Final = "a colleague"
INTERNAL: Final = "[internal]"

_PASSES: Final = 5  # a mask beside other words can make a hidden phrase anew; after these the whole text goes
_LAST_RESORTS: Final = (INTERNAL, "[…]", "…")
_MARKS: Final = punctuation + "“”‘’„«»…"
_SHORTEST: Final = 3  # letters of a part of a name that stands for the whole
_LETTER: Final = re.compile(LETTER)
# Words that make “the platform team” or “Hub operator” a description: it is masked whole, and no word of it alone.
_NO_NAMES: Final = (
    "a an and the our all we us everyone everybody nobody someone tbd tba team teams squad crew group guild desk "
    "department room on-call oncall duty ops sre devops support engineering platform infrastructure security legal "
    "sales finance lead leads manager engineer engineers owner head director officer analyst developer developers "
    "admin administrator operator operators architect designer tester specialist consultant contractor coordinator "
    "facilitator commander responder scribe assistant intern instructor teacher student customer client user users "
    "vendor supplier partner agent"
)
_IN_NAMES: Final = "al bin bint da das de del della den der di do dos du e el la le ten van von y"
_COMMON, _PARTICLES = frozenset(_NO_NAMES.split()), frozenset(_IN_NAMES.split())
_BETWEEN: Final = re.compile(r"\s*[,;&/+]\s*|\s+and\s+", re.IGNORECASE)
# “12 May 2026” is a day, whoever else is called May.
_DAY: Final = (
    r"(?!(?<=\d\s)(?i:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s\d{4}(?!\d))"
)


@dataclass(frozen=True, slots=True)
class _Hidden:
    """A phrase to mask; a part of a name that is no first name is one only where it begins with a capital."""

    phrase: str
    instead: str
    name: bool = False
    any_case: bool = True

    @property
    def pattern(self) -> str:
        ways = [self.phrase] if self.any_case else sorted({self.phrase, self.phrase.upper()})
        body = "|".join(re.sub("['’]", "['’]", r"\s+".join(map(re.escape, way.split()))) for way in ways)
        before = f"(?<!{LETTER})" if _LETTER.match(self.phrase[0]) else ""
        after = f"(?!{LETTER})" if _LETTER.match(self.phrase[-1]) else ""
        day, at = (_DAY, "@?") if self.name else ("", "")
        return f"({day}{before}{at}(?{'i' if self.any_case else ''}:{body}){after})"


class Mask:
    """Masks any number of texts, and counts what it found."""

    def __init__(self, pm: PostMortem, hidden: Sequence[str]) -> None:
        """Mask the people of a post-mortem, the owners of its actions, and each word or phrase in `hidden`."""
        gathered = _gathered(pm, hidden)
        self._words = re.compile("|".join(one.pattern for one in gathered) or "(?!)")
        self._counts: dict[str, tuple[str, int]] = {}
        self._places = {kind: self._safe(f"[{kind}]") for kind in ("link", "address", "host")}
        # A role may name somebody too: it is masked by words that are settled before any role is.
        self._instead = [self._safe(INTERNAL if one.instead == INTERNAL else COLLEAGUE) for one in gathered]
        self._instead = [self._safe(self(one.instead)) for one in gathered]
        self._counts.clear()

    @property
    def found(self) -> tuple[tuple[str, int], ...]:
        """What was masked so far, as it was first met, and how often: text by text, in each its addresses first."""
        return tuple(self._counts.values())

    def __call__(self, text: str) -> str:
        """Return a text, on one line, in which nothing is left that is to be masked."""
        before, said = None, _plain(text)
        for _ in range(_PASSES):
            before, said = said, self._words.sub(self._word, ADDRESSES.sub(self._place, said))
            if said == before:
                return said
        self._count(said)
        return self._safe(INTERNAL)

    def _place(self, match: re.Match[str]) -> str:
        self._count(match[0])
        return self._places[match.lastgroup or "link"]

    def _word(self, match: re.Match[str]) -> str:
        self._count(match[0].lstrip("@"))
        return self._instead[(match.lastindex or 1) - 1]

    def _count(self, found: str) -> None:
        shown, count = self._counts.get(found.casefold(), (found, 0))
        self._counts[found.casefold()] = (shown, count + 1)

    def _safe(self, wanted: str) -> str:
        """Return a mask that holds nothing to be masked: `wanted`, or the next best; at the worst nothing at all."""
        masks = (wanted, *_LAST_RESORTS)
        return next((one for one in masks if not (self._words.search(one) or ADDRESSES.search(one))), "")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", visible(text))


def _gathered(pm: PostMortem, hidden: Sequence[str]) -> list[_Hidden]:
    """Return every phrase once, the longest first; what two people are called by is nobody's role."""
    found = {phrase.lower(): _Hidden(phrase, INTERNAL) for word in hidden if (phrase := _phrase(word))}
    for one in (*_people(pm), *_owners(pm)):
        known = found.setdefault(one.phrase.lower(), one)
        if known.name:
            instead = known.instead if known.instead == one.instead else COLLEAGUE
            any_case = known.any_case or one.any_case
            found[one.phrase.lower()] = replace(known, instead=instead, any_case=any_case)
    return sorted(found.values(), key=lambda one: -len(one.phrase))


def _people(pm: PostMortem) -> Iterator[_Hidden]:
    for person in pm.people:
        yield from _called(_phrase(person.name), _phrase(person.role) or COLLEAGUE)


def _owners(pm: PostMortem) -> Iterator[_Hidden]:
    known = {_phrase(words).lower() for person in pm.people for words in (person.name, person.role)}
    for action in pm.actions:
        names = [_phrase(name).lstrip("@ ") for name in _BETWEEN.split(action.owner)]
        for name in names:
            if name.lower() not in known:
                yield from _called(name, COLLEAGUE)
        if len(names) > 1:
            yield _Hidden(_phrase(action.owner), COLLEAGUE, name=True)


def _called(name: str, role: str) -> Iterator[_Hidden]:
    """Yield the ways in which somebody is called: by the whole name, by the first name, by what follows it."""
    if not name or name.lower() in _COMMON:
        return
    yield _Hidden(name, role, name=True)
    if _describes(name):
        return
    for place, word in enumerate(name.split()):
        part = word.strip(_MARKS)
        if _tells(part) and (not place or not part[0].islower()):
            yield _Hidden(part, role, name=True, any_case=not place)


def _describes(name: str) -> bool:
    first, *others = name.split()
    small = any(word[0].islower() and word not in _PARTICLES for word in others)
    return bool((small and first[0].isupper()) or _COMMON & {*name.lower().split()})


def _tells(part: str) -> bool:
    # Where a letter is a syllable or a word, two are a name.
    shortest = _SHORTEST if part and _LETTER.match(part) else _SHORTEST - 1
    return sum(map(str.isalpha, part)) >= shortest


def _phrase(text: str) -> str:
    return " ".join(_plain(text).split())
