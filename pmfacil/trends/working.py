"""From what was read to what it tells: counts, ages, ranges and lists, and never a mean."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pmfacil.core.following import OVER
from pmfacil.core.kind import Kind
from pmfacil.core.measures import MEASURED
from pmfacil.core.model import ActionState
from pmfacil.trends.recurring import recurring
from pmfacil.trends.values import MOST_LISTED, MOST_SHOWN, MOST_SPANS, OLD, Month, Span, Spans, Trends
from pmfacil.wording.breadth import Area, areas_of

if TYPE_CHECKING:
    from pmfacil.core.model import Anchor
    from pmfacil.trends.values import Told

MONTHS: Final = 12
"""How many months are told of, the present one among them."""

_AGES: Final = (("under 2 weeks", 14), ("2–4 weeks", 28), ("1–3 months", OLD.days), ("over 3 months", None))
_DAY: Final = timedelta(days=1)


def trends(told: Told) -> Trends:
    """Work out what the record tells."""
    total = sum(many for _, _, many in told.counts)
    factors, withheld = recurring(told.causes)
    touched = Counter(pair for one in told.causes for pair in {(one.post_mortem, area) for area in _areas(one.text)})
    sides = Counter(area for _, area in touched)
    states = Counter(dict(told.states))
    return Trends(
        on=told.today,
        total=total,
        imported=sum(many for _, many in told.imported),
        months=_months(told),
        kinds=tuple((kind, sum(many for _, one, many in told.counts if one is kind)) for kind in Kind),
        factors=factors,
        withheld=withheld,
        with_causes=len({one.post_mortem for one in told.causes}),
        areas=tuple((area, sides[area]) for area in Area),
        tags=told.tags[:MOST_SHOWN],
        states=tuple((state, states[state]) for state in ActionState),
        overdue=told.overdue,
        ages=_ages(told, sum(many for state, many in states.items() if state not in OVER)),
        finished=tuple(_finished(told, state) for state in (ActionState.DONE, ActionState.VERIFIED)),
        durations=tuple(_durations(told, *measured, min(total, MOST_SPANS)) for measured in MEASURED),
    )


def _months(told: Told) -> tuple[Month, ...]:
    held, imported = Counter[date](), Counter(dict(told.imported))
    for first, _, many in told.counts:
        held[first] += many
    first, months = told.today.replace(day=1), []
    for _ in range(MONTHS):
        months.append(Month(first, held[first], imported[first]))
        first = (first - _DAY).replace(day=1)
    return tuple(reversed(months))


def _ages(told: Told, standing: int) -> tuple[tuple[str, int], ...]:
    """Return how old the open actions are; those that nobody counted by day are old."""
    counted, bands = 0, []
    for name, below in _AGES:
        if below is None:
            many = max(0, standing - counted)
        else:
            many = sum(count for on, count in told.agreed_on if (told.today - on).days < below) - counted
        counted += many
        bands.append((name, many))
    return tuple(bands)


def _finished(told: Told, state: ActionState) -> Spans:
    took = [(moved.date(), moved - agreed, False) for one, agreed, moved in told.moved if one is state]
    took.sort(key=lambda one: one[0], reverse=True)
    # Of a long record only the newest were read: how many of all say when they were moved, nobody counted.
    among = len(took) if len(told.moved) >= MOST_SPANS else dict(told.states).get(state, 0)
    return _spans(f"agreed to {state.value}", among, "actions", took)


def _durations(told: Told, name: str, start: Anchor, end: Anchor, among: int) -> Spans:
    took = []
    for on, moments in told.moments:
        known = {moment.anchor: moment for moment in moments}
        if start in known and end in known:
            first, last = known[start], known[end]
            took.append((on, last.at - first.at, first.approximate or last.approximate))
    return _spans(name, among, "post-mortems", took)


def _spans(name: str, among: int, things: str, took: list[tuple[date, timedelta, bool]]) -> Spans:
    """Return what was recorded; what ends before it starts is invalid, and counts for nothing else."""
    valid = [Span(*one) for one in took if one[1] >= timedelta()]
    lengths = [one.length for one in valid]
    return Spans(
        name=name,
        among=among,
        things=things,
        recorded=len(valid),
        invalid=len(took) - len(valid),
        newest=tuple(valid[:MOST_LISTED]),
        shortest=min(lengths, default=None),
        longest=max(lengths, default=None),
    )


@lru_cache(maxsize=20_000)
def _areas_of_word(word: str) -> frozenset[Area]:
    return areas_of(word)


def _areas(text: str) -> set[Area]:
    """Return the sides of a text, word by word: none of their words has a blank in it, and most come again."""
    return {area for word in text.casefold().split() for area in _areas_of_word(word)}
