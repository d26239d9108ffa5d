"""What the store reads of the whole record, and what is made of it: nothing here names anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date, datetime

    from pmfacil.core.kind import Kind
    from pmfacil.core.model import ActionState, Anchor
    from pmfacil.wording.breadth import Area

MOST_CAUSES: Final = 2000
"""The newest causes that are compared with each other."""
MOST_SPANS: Final = 500
"""The newest post-mortems, and the newest done actions, whose lengths of time are looked at."""
MOST_SHOWN: Final = 8
"""How many recurring factors and tags are told of."""
MOST_LISTED: Final = 12
"""How many lengths of time are told one by one."""
OLD: Final = timedelta(days=91)
"""From this age on, open actions are counted together."""


@dataclass(frozen=True, slots=True)
class ToldCause:
    """A root cause or contributing factor; `names` are the people of its post-mortem, so as to leave them out."""

    post_mortem: str
    text: str
    on: date
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """When one of the moments of an incident was."""

    anchor: Anchor
    at: datetime
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What the store read, newest first; rehearsals and deleted ones are in none of it.

    `counts` is by first day of the month and kind, `agreed_on` the open actions younger than `OLD` by the day of
    their settlement, `moved` the state of done actions with when they were agreed and moved, `moments` those of
    each post-mortem that has any among the newest `MOST_SPANS`.
    """

    today: date
    counts: tuple[tuple[date, Kind, int], ...] = ()
    imported: tuple[tuple[date, int], ...] = ()
    causes: tuple[ToldCause, ...] = ()
    tags: tuple[tuple[str, int], ...] = ()
    states: tuple[tuple[ActionState, int], ...] = ()
    overdue: int = 0
    agreed_on: tuple[tuple[date, int], ...] = ()
    moved: tuple[tuple[ActionState, datetime, datetime], ...] = ()
    moments: tuple[tuple[date, tuple[Moment, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """How many post-mortems a month has; `imported` ones are counted apart."""

    first: date
    held: int
    imported: int


@dataclass(frozen=True, slots=True)
class Factor:
    """What several post-mortems found, in the newest words for it."""

    text: str
    post_mortems: int
    last: date


@dataclass(frozen=True, slots=True)
class Span:
    """One length of time, and the day that it belongs to."""

    on: date
    length: timedelta
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Spans:
    """Lengths of one kind, newest first: a range and the newest ones, and never a mean.

    `among` says of how many `things` they could have been recorded; an end before its start is `invalid`.
    """

    name: str
    among: int
    things: str
    recorded: int
    invalid: int
    newest: tuple[Span, ...] = ()
    shortest: timedelta | None = None
    longest: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Trends:
    """What the record tells; `withheld` counts what recurs, but in words that all stop at a person."""

    on: date
    total: int
    imported: int
    months: tuple[Month, ...]
    kinds: tuple[tuple[Kind, int], ...]
    factors: tuple[Factor, ...]
    withheld: int
    with_causes: int
    areas: tuple[tuple[Area, int], ...]
    tags: tuple[tuple[str, int], ...]
    states: tuple[tuple[ActionState, int], ...]
    overdue: int
    ages: tuple[tuple[str, int], ...]
    finished: tuple[Spans, ...]
    durations: tuple[Spans, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing yet that could tell of anything."""
        return not self.total and not self.imported
