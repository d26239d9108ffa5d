"""What several post-mortems found: causes that say nearly the same, in words that stop at nobody."""

from __future__ import annotations

from collections import defaultdict
from math import log, sqrt
from typing import TYPE_CHECKING, Final

from pmfacil.trends.values import MOST_SHOWN, Factor
from pmfacil.wording.alike import content_words
from pmfacil.wording.persons import stops_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.trends.values import ToldCause

_NEARLY: Final = 0.5  # the likeness, 0 to 1, from which two causes say nearly the same; tried on made-up pairs
_SEVERAL: Final = 2


def recurring(causes: tuple[ToldCause, ...]) -> tuple[tuple[Factor, ...], int]:
    """Return what at least two post-mortems found, and how much of that has no words that point at a condition."""
    factors, withheld = [], 0
    for group in _groups(causes):
        found_in = {one.post_mortem for one in group}
        if len(found_in) < _SEVERAL:
            continue
        words = next((one.text for one in group if stops_at(one.text, one.names) is None), None)
        if words is None:
            withheld += 1
        else:
            factors.append(Factor(words, len(found_in), max(one.on for one in group)))
    factors.sort(key=lambda one: (one.post_mortems, one.last), reverse=True)
    return tuple(factors[:MOST_SHOWN]), withheld


def _groups(causes: tuple[ToldCause, ...]) -> Iterator[list[ToldCause]]:
    """Yield causes that say nearly the same, each group from its newest on.

    This is the likeness of `alike.Index` without its pairs of words; asking an index 2,000 times took three times
    as long as all the rest together.
    """
    stems = [frozenset(content_words(one.text)) for one in causes]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place in reversed(range(len(stems))):
        for stem in stems[place]:
            places[stem].append(place)
    common = log(1 + len(stems)) + 1
    weights = {stem: (common - log(len(found))) ** 2 for stem, found in places.items()}
    lengths = [sqrt(sum(weights[stem] for stem in own)) for own in stems]
    taken: set[int] = set()
    for place, own in enumerate(stems):
        for stem in own:
            places[stem].pop()  # only later ones are looked for, and this one is the last of each list
        if place in taken:
            continue
        shared: defaultdict[int, float] = defaultdict(float)
        for stem in own:
            weight = weights[stem]
            for other in places[stem]:
                shared[other] += weight
        least = _NEARLY * lengths[place]
        near = sorted(other for other, weight in shared.items() if weight >= least * lengths[other])
        group = [other for other in near if other not in taken]
        taken.update(group)
        yield [causes[place], *(causes[other] for other in group)]
