"""A clock that jumps, and zones that change, at any moment of random meetings: no absurd time in anything said."""

from __future__ import annotations

import os
import random
import re
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pmfacil.core.kind import Kind
from pmfacil.core.measures import Status, durations
from pmfacil.core.sitting import LONGEST
from pmfacil.core.timer import ZERO
from pmfacil.library import Library
from pmfacil.report.composing import compose
from pmfacil.report.invitation import invitation
from pmfacil.report.markdown import markdown
from pmfacil.screens.timed import ending
from pmfacil.widgets.clock import clock_text
from pmfacil.widgets.glyphs import ASCII
from pmfacil.widgets.rail import rail_state
from soak.outcome import Outcome
from soak.scene import act
from tests.clock import FakeClock, Ids
from tests.fakes import MemoryShelf
from tests.meetings import perform

if TYPE_CHECKING:
    from pathlib import Path

_DAY: Final = 86_400
_ZONES: Final = ("UTC", "Europe/London", "America/New_York", "Pacific/Kiritimati", "Asia/Kolkata", "Africa/Casablanca")
_EDGES: Final = (
    datetime(2026, 3, 29, 0, 55, tzinfo=UTC),  # clocks in Europe go forward
    datetime(2026, 10, 25, 0, 55, tzinfo=UTC),  # and back
    datetime(2026, 11, 1, 5, 55, tzinfo=UTC),  # and back in New York
    datetime(2026, 12, 31, 23, 58, tzinfo=UTC),
)
_WRONG: Final = (
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2099, 12, 31, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, tzinfo=UTC),
)
# A sign before a length, but not the range 14:02–14:10, a date, or a list's dash.
_NEGATIVE: Final = re.compile(r"(?<![\w:.-])[-−]\d+(?::\d\d)? ?(?:minutes?|min|h|s|days?|left|over)\b|\+-|--\d")
_MINUTES: Final = re.compile(r"(\d+):\d\d|(\d+) min")


class _Meeting:
    """A random meeting, and how much time it can have taken at most."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._clock = FakeClock(rng.choice(_EDGES))
        library = Library(MemoryShelf(), self._clock, Ids(), zone=rng.choice(_ZONES))
        self.service = library.open(library.begin("Checkout outage", Kind.INCIDENT, None))
        self._passed = timedelta()
        self.jumps = 0

    def go(self, many: int) -> str | None:
        """Do that many things; return the first absurd thing that was said."""
        for _ in range(many):
            self._move()
            if self._rng.random() < 0.7:
                perform(self.service, act(self._rng))
            beat = self.service.beat()
            if beat.gap:
                if not ZERO < beat.gap <= LONGEST:
                    return f"a gap of {beat.gap}"
                self.service.count_gap(counts=self._rng.random() < 0.5)
            if (wrong := self._absurd()) is not None:
                return wrong
        return None

    def _move(self) -> None:
        rng, before = self._rng, self._clock.now
        match rng.randrange(12):
            case 0:
                self._clock.advance(seconds=-rng.choice((5, 3600, 7200, _DAY, 30 * _DAY)))
            case 1:
                self._clock.advance(seconds=rng.choice((600, 3600, 7 * 3600, _DAY, 400 * _DAY)))
            case 2:
                self._clock.now = rng.choice(_WRONG)
            case 3:
                self._clock.now = rng.choice(_EDGES)
            case 4:
                os.environ["TZ"] = rng.choice(_ZONES)
                time.tzset()
            case _:
                self._clock.advance(seconds=rng.randrange(1, 90))
        step = self._clock.now - before
        self.jumps += not ZERO <= step < timedelta(seconds=90)
        self._passed += step if ZERO <= step <= LONGEST else ZERO

    def _absurd(self) -> str | None:
        now, snapshot, sitting = self._clock.now, self.service.snapshot, self.service.snapshot.sitting
        pm = snapshot.post_mortem
        rail = rail_state(sitting.going_on(now), now, locked=False, glyphs=ASCII)
        said = [*rail.words, clock_text(sitting.reading(now).remaining), ending(sitting, now)]
        most = sum(pm.boxes) * 6 + self._passed / timedelta(minutes=1) * 6 + 2
        for words in said:
            found = [int(one or other) for one, other in _MINUTES.findall(words.split("about")[0])]
            if _NEGATIVE.search(words) or any(minutes > most for minutes in found):
                return f"“{words}” at {now}, after {self._passed}"
        if not ZERO <= sitting.projected_end(now) - now <= timedelta(minutes=most):
            return f"it ends {sitting.projected_end(now)} at {now}"
        if not ZERO <= sum(sitting.time_used(now), ZERO) <= self._passed:
            return f"{sum(sitting.time_used(now), ZERO)} used of {self._passed}"
        told = markdown(compose(pm, self.service.sitting, now)) + invitation(pm, now)
        if (match := _NEGATIVE.search(told)) is not None:
            return f"“{match.group()}” in the report at {now}"
        short = [one for one in durations(pm) if one.status is Status.RECORDED and (one.length or ZERO) < ZERO]
        return f"a measure of {short[0].length}" if short else None


def run(_folder: Path, rounds: int, seed: int) -> Outcome:
    """Hold that many meetings; each counts as one fault, its jumps are noted."""
    outcome = Outcome("clock", seed)
    zone = os.environ.get("TZ")
    try:
        for number in range(rounds):
            meeting = _Meeting(random.Random(f"clock {seed} {number}"))
            outcome.count(meeting.go(40), f"round {number}")
            outcome.note("jumps", meeting.jumps)
    finally:
        os.environ.pop("TZ", None)
        if zone is not None:
            os.environ["TZ"] = zone
        time.tzset()
    return outcome
