"""What happens around the store, a few times each: faults in the app, clocks that jump, terminals that go away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from soak import clock, crash, terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from soak.outcome import Outcome

SEED = 12


@pytest.mark.parametrize(
    ("run", "rounds"),
    [
        pytest.param(crash.run, 2, id="the app breaks"),
        pytest.param(clock.run, 15, id="the clock jumps"),
        pytest.param(terminal.run, 4, id="the terminal goes"),
    ],
)
def test_nothing_is_lost_and_nothing_absurd_is_said_when(
    run: Callable[[Path, int, int], Outcome], rounds: int, tmp_path: Path
) -> None:
    outcome = run(tmp_path, rounds, SEED)
    assert outcome.lost == [], outcome.line
    assert outcome.faults == outcome.survived > 0
