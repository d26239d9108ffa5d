"""A countdown is a value: asked at any moment, it never says anything absurd."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.core.errors import IllegalValueError
from pmfacil.core.timer import ZERO, Countdown, Phase

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
spans = st.timedeltas(ZERO, timedelta(hours=9))
moments = st.timedeltas(timedelta(hours=-9), timedelta(hours=9)).map(lambda span: NOON + span)


@given(spans, moments)
def test_time_used_is_never_negative_whatever_the_wall_clock_does(banked: timedelta, now: datetime) -> None:
    assert Countdown(timedelta(minutes=5), banked, NOON).elapsed(now) >= banked


@given(spans, spans)
def test_pausing_and_starting_loses_and_adds_nothing(first: timedelta, second: timedelta) -> None:
    clock = Countdown(timedelta(minutes=5)).start(NOON).pause(NOON + first)
    later = NOON + timedelta(days=1)
    assert clock.elapsed(later) == first
    assert clock.start(later).elapsed(later + second) == first + second


@given(spans, st.sampled_from([1, 10, 60]), st.sampled_from([1, 10, 60]))
def test_changing_the_rate_keeps_what_has_passed(span: timedelta, before: int, after: int) -> None:
    clock = Countdown(timedelta(hours=1), rate=before).start(NOON)
    now = NOON + span
    assert clock.at_rate(after, now).elapsed(now) == clock.elapsed(now)


@given(spans, spans)
def test_phases_only_ever_move_forward(one: timedelta, two: timedelta) -> None:
    clock = Countdown(timedelta(minutes=20)).start(NOON)
    sooner, later = sorted((NOON + one, NOON + two))
    assert clock.reading(sooner).phase <= clock.reading(later).phase


@pytest.mark.parametrize(
    ("minutes", "phase"),
    [
        (0, Phase.CALM),
        (9.9, Phase.CALM),
        (10, Phase.HALF),
        (16, Phase.LOW),
        (19, Phase.LAST),
        (20, Phase.OVER),
        (25, Phase.OVER),
    ],
)
def test_the_warnings_come_at_half_a_fifth_a_twentieth_and_nothing(minutes: float, phase: Phase) -> None:
    clock = Countdown(timedelta(minutes=20)).start(NOON)
    assert clock.reading(NOON + timedelta(minutes=minutes)).phase is phase


def test_starting_a_running_clock_changes_nothing() -> None:
    clock = Countdown(timedelta(minutes=5)).start(NOON)
    assert clock.start(NOON + timedelta(minutes=1)) is clock


def test_taking_more_time_away_than_there_is_leaves_an_empty_box() -> None:
    assert Countdown(timedelta(minutes=1)).extend(-timedelta(minutes=5)).budget == ZERO


def test_a_gap_that_does_not_count_is_taken_out() -> None:
    clock = Countdown(timedelta(minutes=5)).start(NOON)
    seen, back = NOON + timedelta(minutes=1), NOON + timedelta(hours=3)
    assert clock.without_gap(seen, back).elapsed(back) == timedelta(minutes=1)
    standing = clock.pause(seen)
    assert standing.without_gap(seen, back) is standing


@pytest.mark.parametrize(
    "wrong",
    [{"budget": -timedelta(1)}, {"budget": ZERO, "banked": -timedelta(1)}, {"budget": ZERO, "rate": 0}],
)
def test_negative_time_cannot_be_built(wrong: dict[str, timedelta]) -> None:
    with pytest.raises(IllegalValueError, match="negative"):
        Countdown(**wrong)  # type: ignore[arg-type]  # that it is wrong is the point


def test_an_instant_without_a_zone_cannot_be_built() -> None:
    with pytest.raises(IllegalValueError, match="zone"):
        Countdown(ZERO, running_since=datetime(2026, 3, 12))  # noqa: DTZ001 - that it is naive is the point
