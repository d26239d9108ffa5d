"""A few thousand cases of `python -m soak --only fuzz`, each part its share: only refusals."""

from __future__ import annotations

import signal
import warnings
from typing import TYPE_CHECKING

import pytest

from soak.fuzzing.running import PARTS, limit_time, redrawn, run_some

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEED, CASES = 12, 4000


@pytest.fixture(autouse=True)
def limited() -> Iterator[None]:
    """A limit of time for each case."""
    before = signal.getsignal(signal.SIGPROF)
    limit_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of zip files in which a name comes twice
        yield
    signal.signal(signal.SIGPROF, before)


def test_nothing_but_refusals_comes_of_anything(tmp_path: Path) -> None:
    tally = run_some(tmp_path, SEED, range(CASES))
    assert tally.wrong == []
    assert set(tally.cases) == set(PARTS)
    assert sum(tally.cases.values()) == CASES


def test_a_case_is_drawn_again_from_its_number(tmp_path: Path) -> None:
    assert redrawn(tmp_path, "queries", SEED, 7) == redrawn(tmp_path, "queries", SEED, 7)


def test_what_goes_wrong_is_told_with_its_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soak.fuzzing.typed.parse_query", lambda _text, _today: 1 / 0)
    (told, *_) = run_some(tmp_path, SEED, range(20), ["queries"]).wrong
    assert told.startswith(f"fuzz queries {SEED} 6: ZeroDivisionError")
