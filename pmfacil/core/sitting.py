"""The meeting as it runs: which step the room is in and what the six clocks say. Not part of undo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from pmfacil.core.agenda import LEAST_FOR_WORKED, STEPS, Step
from pmfacil.core.timer import ZERO, Countdown, Reading

if TYPE_CHECKING:
    from pmfacil.core.agenda import Boxes

GAP: Final = timedelta(minutes=2)
"""A silence this long between two heartbeats means that the laptop slept or the app was gone."""

LONGEST: Final = timedelta(hours=12)
"""A silence longer than this is no part of a meeting: nobody has to be asked."""

RATES: Final[tuple[int, ...]] = (1, 10, 60)
"""How fast a rehearsal's clock may run."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sitting of the room: the current step, a countdown a step, and when pmfacil last saw the clock.

    `planned` is the length agreed at the start, against which the drift is told.
    """

    clocks: tuple[Countdown, ...]
    planned: timedelta
    step: Step = Step.OPEN
    started_at: datetime | None = None
    seen_at: datetime | None = None

    @property
    def clock(self) -> Countdown:
        """The countdown of the current step."""
        return self.clocks[STEPS.index(self.step)]

    @property
    def rate(self) -> int:
        """How many seconds pass in the meeting in one real second."""
        return self.clocks[0].rate

    def going_on(self, now: datetime) -> Sitting:
        """Return the sitting as it goes on at `now`, whatever was done to the clock of this machine.

        One that was set back, or that jumped ahead by more than a meeting takes, moves the meeting along with it: the
        time in between is no part of it. `seen_at` is the last instant that is known to be one of the meeting.
        """
        if self.seen_at is None or ZERO <= now - self.seen_at <= LONGEST:
            return self
        return self.without_gap(now)

    def reading(self, now: datetime) -> Reading:
        """Return what the current step's clock says."""
        return self.going_on(now).clock.reading(now)

    def time_used(self, now: datetime) -> tuple[timedelta, ...]:
        """Return the time used in each step, in order."""
        return tuple(clock.elapsed(now) for clock in self.going_on(now).clocks)

    def time_left(self, now: datetime) -> timedelta:
        """Return what the current and the later steps still have in their boxes; time over counts as none."""
        ahead = self.going_on(now).clocks[STEPS.index(self.step) :]
        return sum((max(ZERO, clock.reading(now).remaining) for clock in ahead), ZERO)

    def plan_left(self, now: datetime) -> timedelta:
        """Return how much of the planned length is left, in meeting time; negative: over."""
        started = self.going_on(now).started_at
        return self.planned if started is None else self.planned - (now - started) * self.rate

    def projected_end(self, now: datetime) -> datetime:
        """Return when the meeting ends if every remaining box is used up and none overrun."""
        return now + self.time_left(now) / self.rate

    def drift(self, now: datetime) -> timedelta:
        """Return how far behind the plan the room is, in meeting time; negative: ahead. Nought before the start."""
        return ZERO if self.started_at is None else self.time_left(now) - self.plan_left(now)

    def enter(self, step: Step, now: datetime) -> Sitting:
        """Return the sitting in `step`, its clock running and the one left behind standing."""
        left = self.pause(now)
        entered = replace(left, step=step, started_at=left.started_at or now)
        return entered.resume(now)

    def visit(self, step: Step, now: datetime) -> Sitting:
        """Return the sitting in `step` with every clock standing: a meeting that is over is only read."""
        return replace(self.pause(now), step=step)

    def pause(self, now: datetime) -> Sitting:
        """Return the sitting with its clock standing."""
        if (one := self.going_on(now)) is not self:
            return one.pause(now)
        return replace(self._with_clock(self.step, self.clock.pause(now)), seen_at=now)

    def resume(self, now: datetime) -> Sitting:
        """Return the sitting with its clock running."""
        if (one := self.going_on(now)) is not self:
            return one.resume(now)
        return replace(self._with_clock(self.step, self.clock.start(now)), seen_at=now)

    def extend(self, by: timedelta) -> Sitting:
        """Return the sitting with `by` more (or less) time for the current step."""
        return self._with_clock(self.step, self.clock.extend(by))

    def at_rate(self, rate: int, now: datetime) -> Sitting:
        """Return the sitting with all clocks going at `rate`; what was planned and used stays.

        The start moves so that the drift told before the change is the drift told after it.
        """
        one = self.going_on(now)
        changed = replace(one, clocks=tuple(clock.at_rate(rate, now) for clock in one.clocks))
        if one.started_at is None:
            return changed
        since = (now - one.started_at) * self.rate
        return replace(changed, started_at=now - since / rate)

    def gap(self, now: datetime) -> timedelta:
        """Return how long nobody watched a running clock, where that is long enough to ask about; else nought."""
        one = self.going_on(now)
        if one.seen_at is None or one.clock.running_since is None:
            return ZERO
        silence = now - one.seen_at
        return silence if silence > GAP else ZERO

    def without_gap(self, now: datetime) -> Sitting:
        """Return the sitting as if the meeting had stood still since it was last seen."""
        if self.seen_at is None:
            return self
        moved = self._with_clock(self.step, self.clock.without_gap(self.seen_at, now))
        shift = now - self.seen_at
        return replace(moved, started_at=self.started_at and self.started_at + shift, seen_at=now)

    def replan(self, now: datetime) -> Sitting:
        """Return the sitting with what is left of the planned time shared out over the steps ahead.

        In proportion to their boxes; "What worked" keeps three minutes, every other step one (product.md, 11).
        """
        if self.started_at is None:
            return self
        if (one := self.going_on(now)) is not self:
            return one.replan(now)
        left = self.plan_left(now)
        ahead = STEPS[STEPS.index(self.step) :]
        wanted = {step: max(ZERO, self._clock_of(step).reading(now).remaining) for step in ahead}
        least = {step: timedelta(minutes=LEAST_FOR_WORKED if step is Step.WORKED else 1) for step in ahead}
        total = sum(wanted.values(), ZERO)
        result = self
        for step in ahead:
            share = left * (wanted[step] / total) if total and left > ZERO else ZERO
            minutes = timedelta(minutes=round(max(share, least[step]) / timedelta(minutes=1)))
            clock = self._clock_of(step)
            result = result._with_clock(step, replace(clock, budget=clock.elapsed(now) + minutes))
        return result

    def replanned_for(self, boxes: Boxes) -> Sitting:
        """Return the sitting with the agenda's boxes as budgets; time used stays used."""
        clocks = tuple(
            replace(clock, budget=timedelta(minutes=minutes)) for clock, minutes in zip(self.clocks, boxes, strict=True)
        )
        return replace(self, clocks=clocks, planned=timedelta(minutes=sum(boxes)))

    def _clock_of(self, step: Step) -> Countdown:
        return self.clocks[STEPS.index(step)]

    def _with_clock(self, step: Step, clock: Countdown) -> Sitting:
        index = STEPS.index(step)
        return replace(self, clocks=(*self.clocks[:index], clock, *self.clocks[index + 1 :]))


def convene(boxes: Boxes) -> Sitting:
    """Return a sitting that has not begun, with a clock for each box."""
    clocks = tuple(Countdown(timedelta(minutes=minutes)) for minutes in boxes)
    return Sitting(clocks, timedelta(minutes=sum(boxes)))
