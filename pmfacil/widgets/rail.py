"""The step rail: six steps, each with its state in words; the current one is the only filled area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Horizontal

from pmfacil.core.agenda import STEPS, Step
from pmfacil.core.timer import ZERO
from pmfacil.widgets.clock import clock_text
from pmfacil.widgets.plain import Line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pmfacil.core.sitting import Sitting
    from pmfacil.widgets.glyphs import Glyphs


@dataclass(frozen=True, slots=True)
class RailState:
    """What the rail shows: which steps are over, locked or current, and their times, at one moment."""

    current: Step
    words: tuple[str, ...]
    done: tuple[bool, ...]


def rail_state(sitting: Sitting, now: datetime, *, locked: bool, glyphs: Glyphs) -> RailState:
    """Return the rail for a meeting at `now`; `locked` tells whether the actions are."""
    words, done = [], []
    current = STEPS.index(sitting.step)
    for index, step in enumerate(STEPS):
        reading = sitting.clocks[index].reading(now)
        used = clock_text(reading.elapsed)
        over = index < current and reading.elapsed > ZERO
        done.append(over)
        if index == current:
            words.append(f"{clock_text(reading.remaining)} {'over' if reading.remaining < ZERO else 'left'}")
        elif step is Step.ACTIONS and locked:
            words.append("locked")
        elif over:
            words.append(f"{glyphs.tick} {used}")
        else:
            minutes = round(sitting.clocks[index].budget.total_seconds() / 60)
            words.append(f"{minutes} min")
    return RailState(sitting.step, tuple(words), tuple(done))


class Rail(Horizontal):
    """Six cells in a row. On a narrow screen the other steps shrink to their numbers."""

    DEFAULT_CSS = """
    Rail {
        height: 2;
        width: 1fr;
    }
    Rail > Line {
        width: 1fr;
        height: 2;
        padding: 0 1;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Begin with nothing shown."""
        super().__init__(id=id)
        self._told: dict[Step, tuple[bool, bool, bool, str]] = {}

    def compose(self) -> Iterator[Line]:
        """Make a cell for each step."""
        for step in STEPS:
            yield Line(id=f"rail-{step.value}")

    def tell(self, state: RailState, *, narrow: bool) -> None:
        """Show a state of the meeting."""
        for index, step in enumerate(STEPS):
            current = step is state.current
            told = current, narrow, state.done[index], state.words[index]
            if told == self._told.get(step):
                continue  # each second, five of six
            self._told[step] = told
            cell = self.query_one(f"#rail-{step.value}", Line)
            cell.set_class(current, "-current")
            cell.set_class(state.done[index], "-done")
            cell.set_class(narrow and not current, "-narrow")
            name = step.called if current or not narrow else ""
            words = state.words[index]
            if narrow and not current:
                words = words.removesuffix(" min")
            cell.say(f"{step.number} {name}".rstrip() + f"\n{words}")
