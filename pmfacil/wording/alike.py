"""Texts that say much the same: content words, lightly stemmed, weighted by how rare they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt
from typing import Final, Generic, TypeVar

from pmfacil.wording.action_words import words_of

Key = TypeVar("Key")

LONGEST: Final = 2000
"""Characters of a text that are compared: a cause or an action is one sentence."""

LEAST: Final = 0.3
"""The likeness, 0 to 1, below which nothing is said; tried on made-up pairs of sentences."""

_PAIR_WEIGHT: Final = 0.35
"""What two words in a row add, beside each alone: order matters a little."""

_SHORTEST_STEM: Final = 3

STOP_WORDS: Final = words_of(
    """
    a about after again all also am an and any are as at be because been before being both but by can cannot
    could did do does doing done down during each every few for from further get gets getting got had has have
    having he her here hers him his how i if in into is it its itself just let like may me might more most much
    must my no nor not now of off on once one only or other our ours out over own rather really same she should
    since so some still such than that the their theirs them then there these they this those though through
    thus to too under until up upon us very was we were what when where whether which while who whom whose why
    will with within without would yet you your
    """
)

_ENDINGS: Final = (
    ("ization", "ise"),
    ("isation", "ise"),
    ("ational", "ate"),
    ("fulness", "ful"),
    ("iveness", "ive"),
    ("ically", "ic"),
    ("ments", ""),
    ("ment", ""),
    ("ations", "ate"),
    ("ation", "ate"),
    ("nesses", ""),
    ("ness", ""),
    ("ingly", ""),
    ("edly", ""),
    ("ities", ""),
    ("ity", ""),
    ("ings", ""),
    ("ing", ""),
    ("ions", ""),
    ("ion", ""),
    ("ures", "ure"),
    ("ies", "y"),
    ("ied", "y"),
    ("ers", ""),
    ("er", ""),
    ("ors", ""),
    ("or", ""),
    ("ed", ""),
    ("es", ""),
    ("ly", ""),
    ("s", ""),
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word without its inflection, so that "deployments", "deployed" and "deploys" meet."""
    plain = word.lower()
    for ending, instead in _ENDINGS:
        if (
            plain.endswith(ending)
            and len(plain) - len(ending) >= _SHORTEST_STEM
            and not (ending == "s" and plain[-2] in "su")
        ):
            plain = plain[: -len(ending)] + instead
            break
    if len(plain) > _SHORTEST_STEM and plain[-1] == plain[-2] and plain[-1] not in "lsz":
        plain = plain[:-1]
    return plain[:-1] if len(plain) > _SHORTEST_STEM and plain[-1] in "ey" else plain


def content_words(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry meaning, in their order."""
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)?", text[:LONGEST].replace("’", "'"))
    return tuple(stem(word) for word in words if word.lower() not in STOP_WORDS)


class Index(Generic[Key]):
    """Texts made ready once, to be asked many times for those that are like another."""

    __slots__ = ("_common", "_keys", "_lengths", "_places", "_rarity")

    def __init__(self, texts: Mapping[Key, str] | Iterable[tuple[Key, str]]) -> None:
        """Take the texts, each under its key; the order in which they come settles ties."""
        pairs = texts.items() if isinstance(texts, Mapping) else texts
        self._keys: list[Key] = []
        self._lengths: list[float] = []
        self._places: dict[str, list[int]] = defaultdict(list)
        terms_of = []
        for place, (key, text) in enumerate(pairs):
            self._keys.append(key)
            terms = _terms(text)
            terms_of.append(terms)
            for term in terms:
                self._places[term].append(place)
        self._common = log(1 + len(self._keys)) + 1
        self._rarity = {term: self._common - log(len(places)) for term, places in self._places.items()}
        self._lengths = [self._length(terms) for terms in terms_of]

    def alike(self, text: str, most: int = 3, least: float = LEAST) -> list[tuple[Key, float]]:
        """Return the `most` texts that are most like this one, the likest first, with their likeness from 0 to 1."""
        terms = _terms(text)
        length = self._length(terms)
        shared: dict[int, float] = defaultdict(float)
        for term, weight in terms.items():
            share = (weight * self._rarity.get(term, 0.0)) ** 2
            for place in self._places.get(term, ()):
                shared[place] += share
        scored = [(round(value / (length * self._lengths[place]), 6), place) for place, value in shared.items()]
        best = sorted((-score, place) for score, place in scored if score >= least)[: max(most, 0)]
        return [(self._keys[place], min(-score, 1.0)) for score, place in best]

    def _length(self, terms: Mapping[str, float]) -> float:
        return sqrt(sum((weight * self._rarity.get(term, self._common)) ** 2 for term, weight in terms.items()))


def alike(text: str, others: Mapping[Key, str] | Sequence[tuple[Key, str]], most: int = 3) -> list[tuple[Key, float]]:
    """Return the texts among `others` that are most like this one, [] where none is; an `Index` answers many times."""
    return Index(others).alike(text, most)


def _terms(text: str) -> dict[str, float]:
    words = content_words(text)
    terms = dict.fromkeys(words, 1.0)
    terms.update(dict.fromkeys((f"{one} {two}" for one, two in pairwise(words)), _PAIR_WEIGHT))
    return terms
