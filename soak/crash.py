"""Faults at random places of the app, at random moments of a meeting: a calm screen each time, and nothing lost."""

from __future__ import annotations

import random
from contextlib import closing, contextmanager, suppress
from functools import partial, wraps
from inspect import isfunction
from typing import TYPE_CHECKING, Final

from textual.pilot import WaitForScreenTimeout

from pmfacil.app import PmFacilApp
from pmfacil.core.agenda import Step
from pmfacil.core.kind import Kind
from pmfacil.core.operations import write_summary
from pmfacil.crash import CrashLog
from pmfacil.facilitation import Facilitation
from pmfacil.library import Library
from pmfacil.running import run_enduring
from pmfacil.screens.calm import CalmScreen
from pmfacil.screens.capturing import CapturingScreen
from pmfacil.screens.step import StepScreen
from pmfacil.screens.timed import TimedScreen
from pmfacil.screens.timeline import TimelineScreen
from pmfacil.store import open_shelf
from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.clock import BigClock
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line
from pmfacil.widgets.rail import Rail
from soak.outcome import Outcome
from soak.scene import digest, sound
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from pmfacil.crash import Calm
    from pmfacil.store import SqlShelf

_CLASSES: Final[tuple[type, ...]] = (
    PmFacilApp, TimelineScreen, StepScreen, CapturingScreen, TimedScreen, Facilitation, Library,
    CaptureLine, BigClock, Ledger, Line, Rail,
)  # fmt: skip
_KEYS: Final = (
    "f1", "escape", "f2", "f3", "escape", "f4", "f5", "f9", "f12", "f12", "ctrl+n", "ctrl+g", "ctrl+t", "ctrl+z",
    "ctrl+y", "ctrl+s", "ctrl+l", "enter", "up", "down", "delete", "escape", "ctrl+p", "escape", "f6", "escape",
)  # fmt: skip
_WORDS: Final = "Kestrel"
_SIZE: Final = (110, 34)


class _Meeting:
    """One meeting, the fault put into it, and what became of both."""

    def __init__(self, shelf: SqlShelf, folder: Path, rng: random.Random) -> None:
        self.library = Library(shelf, FakeClock(), Ids(f"i{rng.randrange(10**6)}-"), zone="UTC")
        self.id = self.library.begin("Checkout outage", Kind.INCIDENT, None)
        service = self.library.open(self.id)
        service.steer(lambda one: one.enter(Step.TIMELINE, service.now()))
        self.log = CrashLog(folder / "crashes.log", FakeClock())
        self._folder, self._shelf, self._rng = folder, shelf, rng
        self._now = 0.0
        self._kept = ""
        self.place = ""
        self.went_off = False
        self.wrong: str | None = "the calm screen never came"

    def hold(self) -> str | None:
        """Run it; return what the fault cost."""
        code = run_enduring(self._made, self.log, clock=self._later, present=lambda: True)
        if not self.went_off:
            return None
        if _WORDS in self.log.path.read_text(encoding="utf-8"):
            return f"{self.place}: somebody's words are in the log"
        return f"{self.place}: {self.wrong}" if self.wrong else f"{self.place}: exit code {code}" if code else None

    def _later(self) -> float:
        self._now += 60
        return self._now

    def _made(self, calm: Calm | None) -> PmFacilApp:
        app = PmFacilApp(self.library, self._folder, start=None if calm else self.id, calm=calm)
        play = partial(_played, self._meet if calm is None else self._recover)
        app.run_async = partial(app.run_async, headless=True, size=_SIZE, auto_pilot=play)  # type: ignore[method-assign]  # no terminal here
        return app

    async def _meet(self, pilot: Pilot[None]) -> None:
        with self._breaking():
            for number in range(self._rng.randrange(2, 6)):
                await _typed(pilot, f"14:{number:02d} signal {_WORDS} {number}")
                await pilot.press(*self._rng.choices(_KEYS, k=2))
                if isinstance(pilot.app, PmFacilApp):
                    pilot.app.call_later(pilot.app.beat)
                await pilot.pause()
                if self.went_off:
                    return

    @contextmanager
    def _breaking(self) -> Iterator[None]:
        """Let a class fail once: whichever of its methods is called then."""
        owner = self._rng.choice(_CLASSES)
        whole = {name: one for name, one in vars(owner).items() if isfunction(one) and not name.startswith("__")}
        left = [self._rng.choice((0, 1, 3, 10, 30, 100, 300))]
        for name, one in whole.items():
            setattr(owner, name, self._failing(f"{owner.__name__}.{name}", one, left))
        try:
            yield
        finally:
            for name, one in whole.items():
                setattr(owner, name, one)

    def _failing(self, place: str, whole: Callable[..., object], left: list[int]) -> Callable[..., object]:
        @wraps(whole)
        def fails(*given: object, **named: object) -> object:
            left[0] -= 1
            if left[0] == -1:
                self.went_off, self.place = True, place
                self._kept = digest(self._shelf.load(self.id).history.present)
                raise _Injected(_WORDS)
            return whole(*given, **named)

        return fails

    async def _recover(self, pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app.screen, CalmScreen), "no calm screen"
        loaded = self._shelf.load(self.id)
        if digest(loaded.history.present) != self._kept:
            # The verb under which it failed may have been kept; then it is one step further, and undo knows it.
            before = [digest(step.value) for step in loaded.history.past[-1:]]
            before += [digest(step.value) for step in loaded.history.future[-1:]]
            assert self._kept in before, "what was kept is another one"
        await pilot.press("enter", "enter")
        screen = pilot.app.screen
        if isinstance(screen, StepScreen):
            assert screen.post_mortem == loaded.history.present, "the screen shows another one"
            assert screen.half_typed == loaded.drafts.get(screen.STEP, ""), "the half-typed line is another one"
        again = self.library.open(self.id)
        again.do(write_summary, "It goes on.")
        assert self._shelf.load(self.id).history.present.summary == "It goes on.", "it does not go on"
        self.wrong = None


class _Injected(Exception):
    """What no code expects."""


async def _played(story: Callable[[Pilot[None]], Awaitable[None]], pilot: Pilot[None]) -> None:
    with suppress(WaitForScreenTimeout):  # it ended under the hands that typed
        await pilot.pause()
        await story(pilot)
    pilot.app.exit()


async def _typed(pilot: Pilot[None], text: str) -> None:
    lines = pilot.app.screen.query("#capture").results(CaptureLine)
    for line in lines:
        line.put(text)
    await pilot.pause()
    await pilot.press("enter")
    for line in lines:
        line.put(f"half {text}")


def run(folder: Path, rounds: int, seed: int) -> Outcome:
    """Break that many meetings; only a fault that went off is counted."""
    outcome = Outcome("crash", seed)
    path = folder / "pmfacil.db"
    with closing(open_shelf(path)) as shelf:
        for number in range(rounds):
            meeting = _Meeting(shelf, folder, random.Random(f"crash {seed} {number}"))
            wrong = meeting.hold()
            if meeting.went_off:
                outcome.count(wrong, f"round {number}")
            else:
                outcome.note("never reached")
    if (wrong := sound(path)) is not None:
        outcome.count(wrong, "in the end")
    return outcome
