"""What is noted of a fault: enough to find it in the program, and nobody's words."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from pmfacil.crash import CrashLog, fault_of, place_of
from pmfacil.paths import crash_log_path
from tests.clock import FakeClock

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "Kestrel"


def _chokes(words: str, depth: int = 0) -> None:
    if depth:
        _chokes(words, depth - 1)
    try:
        int(words)
    except ValueError as fault:
        raise LookupError(words) from fault


def _fault(depth: int = 0) -> Exception:
    fault = fault_of(lambda: _chokes(WORDS, depth))
    assert fault is not None
    assert WORDS in str(fault)
    return fault


@pytest.fixture
def log(tmp_path: Path) -> CrashLog:
    return CrashLog(tmp_path / "state" / "log" / "crashes.log", FakeClock())


def test_the_log_says_when_on_what_and_where_and_none_of_the_words(log: CrashLog) -> None:
    assert log.note(_fault())
    told = log.path.read_text(encoding="utf-8")
    assert WORDS not in told
    first, *rest = told.splitlines()
    assert first.startswith("2026-03-12 14:00:00 UTC · pmfacil 0.")
    assert "· Python 3." in first
    assert [line.split(":")[0].strip() for line in rest if line] == [
        "LookupError", "pmfacil/crash.py", "test_crash.py", "test_crash.py", "ValueError", "test_crash.py",
    ]  # fmt: skip


def test_the_log_tells_the_time_in_utc_whatever_the_clock_says(log: CrashLog) -> None:
    away = timezone(timedelta(hours=5))
    CrashLog(log.path, lambda: datetime(2026, 3, 12, 1, 0, tzinfo=away)).note(_fault())
    assert log.path.read_text(encoding="utf-8").startswith("2026-03-11 20:00:00 UTC")


def test_the_log_is_for_its_owner_alone(log: CrashLog) -> None:
    log.note(_fault())
    assert log.path.stat().st_mode & 0o777 == 0o600
    assert log.path.parent.stat().st_mode & 0o777 == 0o700


def test_the_log_does_not_grow_for_ever(log: CrashLog) -> None:
    for _ in range(100):
        log.note(_fault(depth=200))
    sizes = [file.stat().st_size for file in log.path.parent.iterdir()]
    assert len(sizes) == 2
    assert max(sizes) <= 100_000


def test_a_chain_without_end_is_noted_in_part(log: CrashLog) -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    log.note(first)
    assert log.path.read_text(encoding="utf-8").count("Error") == 5


def test_what_led_to_a_fault_is_not_noted_where_it_was_hidden_on_purpose(log: CrashLog) -> None:
    fault = KeyError()
    fault.__context__, fault.__suppress_context__ = ValueError(), True
    log.note(fault)
    assert "ValueError" not in log.path.read_text(encoding="utf-8")


def test_a_disk_that_takes_no_log_is_told_of_and_costs_nothing(log: CrashLog) -> None:
    log.path.parent.parent.write_text("a file where the folder should be", encoding="utf-8")
    assert not log.note(_fault())


def test_the_log_is_named_without_the_name_of_its_owner(log: CrashLog) -> None:
    home = CrashLog(crash_log_path().home() / "state" / "crashes.log", FakeClock())
    assert home.shown == "~/state/crashes.log"
    assert log.shown == str(log.path)


def test_the_same_fault_has_the_same_place_and_another_one_has_not() -> None:
    assert place_of(_fault()) == place_of(_fault())
    assert place_of(_fault()) != place_of(ValueError())
    assert place_of(ValueError()) == "ValueError"
