"""A countdown as a value: nothing ticks, it is asked what it says at a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from pmfacil.core.errors import IllegalValueError

ZERO: Final = timedelta()


class Phase(IntEnum):
    """How much of the box is gone; the order is that in which a clock passes through them."""

    CALM = 0
    HALF = 1
    LOW = 2
    LAST = 3
    OVER = 4


# Product.md, section 11: warnings at half, 20 % and 5 % left, and at zero.
_LEFT: Final = ((Phase.LAST, 0.05), (Phase.LOW, 0.20), (Phase.HALF, 0.50))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a countdown says at one moment: time left (negative when over), time used, phase."""

    remaining: timedelta
    elapsed: timedelta
    phase: Phase
    running: bool


@dataclass(frozen=True, slots=True)
class Countdown:
    """A time box: its budget, the time banked before, and since when it runs (None: it stands).

    `rate` is how many seconds pass on it in one real second (a rehearsal may run it faster).
    """

    budget: timedelta
    banked: timedelta = ZERO
    running_since: datetime | None = None
    rate: int = 1

    def __post_init__(self) -> None:
        """Refuse negative time and naive instants: no door may bring them in."""
        if self.budget < ZERO or self.banked < ZERO or self.rate < 1:
            msg = "a countdown cannot hold negative time"
            raise IllegalValueError(msg)
        if self.running_since is not None and self.running_since.tzinfo is None:
            msg = "a countdown needs an instant with a zone"
            raise IllegalValueError(msg)

    def elapsed(self, now: datetime) -> timedelta:
        """Return the time used up to `now`; a clock that was set back counts as no time at all."""
        if self.running_since is None:
            return self.banked
        return self.banked + max(ZERO, now - self.running_since) * self.rate

    def reading(self, now: datetime) -> Reading:
        """Return what the countdown says at `now`."""
        elapsed = self.elapsed(now)
        remaining = self.budget - elapsed
        return Reading(remaining, elapsed, _phase(remaining, self.budget), self.running_since is not None)

    def start(self, now: datetime) -> Countdown:
        """Return the countdown running from `now`; one that runs is left as it is."""
        return self if self.running_since else replace(self, running_since=now)

    def pause(self, now: datetime) -> Countdown:
        """Return the countdown standing, with the time up to `now` banked."""
        return replace(self, banked=self.elapsed(now), running_since=None)

    def extend(self, by: timedelta) -> Countdown:
        """Return the countdown with `by` more (or less) budget, never below nothing."""
        return replace(self, budget=max(ZERO, self.budget + by))

    def at_rate(self, rate: int, now: datetime) -> Countdown:
        """Return the countdown going at `rate` from `now` on; what has passed stays as it was."""
        return replace(
            self,
            banked=self.elapsed(now),
            running_since=now if self.running_since else None,
            rate=rate,
        )

    def without_gap(self, seen: datetime, now: datetime) -> Countdown:
        """Return the countdown as if the time between `seen` and `now` had not been."""
        return self.pause(seen).start(now) if self.running_since else self


def _phase(remaining: timedelta, budget: timedelta) -> Phase:
    if remaining <= ZERO:
        return Phase.OVER
    return next((phase for phase, left in _LEFT if remaining <= budget * left), Phase.CALM)
