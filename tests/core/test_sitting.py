"""The meeting as it runs: steps, drift, gaps, re-planning."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.core.agenda import DEFAULT_BOXES, STEPS, Step, scaled
from pmfacil.core.errors import Unfit
from pmfacil.core.sitting import GAP, LONGEST, Sitting, convene
from pmfacil.core.timer import ZERO

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
minutes = st.integers(0, 200).map(lambda count: timedelta(minutes=count))


def _at(count: float) -> datetime:
    return NOON + timedelta(minutes=count)


def test_a_meeting_on_plan_ends_on_plan() -> None:
    sitting = convene(DEFAULT_BOXES).enter(Step.OPEN, NOON)
    assert sitting.projected_end(NOON) == _at(80)
    assert sitting.drift(_at(3)) == ZERO


def test_a_step_that_runs_over_puts_the_room_behind() -> None:
    sitting = convene(DEFAULT_BOXES).enter(Step.OPEN, NOON).enter(Step.TIMELINE, _at(9))
    assert sitting.drift(_at(9)) == timedelta(minutes=4)
    assert sitting.time_used(_at(10))[:2] == (timedelta(minutes=9), timedelta(minutes=1))


def test_a_meeting_that_has_not_begun_does_not_drift() -> None:
    assert convene(DEFAULT_BOXES).drift(NOON) == ZERO
    assert convene(DEFAULT_BOXES).gap(NOON) == ZERO


def test_only_the_current_step_runs() -> None:
    sitting = convene(DEFAULT_BOXES).enter(Step.OPEN, NOON).enter(Step.CAUSES, _at(5)).enter(Step.OPEN, _at(10))
    running = [step for step, clock in zip(STEPS, sitting.clocks, strict=True) if clock.running_since]
    assert running == [Step.OPEN]
    assert sitting.reading(_at(12)).elapsed == timedelta(minutes=7)


def test_a_meeting_that_is_over_is_visited_with_every_clock_standing() -> None:
    sitting = convene(DEFAULT_BOXES).enter(Step.CLOSE, NOON).visit(Step.TIMELINE, _at(2))
    assert sitting.step is Step.TIMELINE
    assert not any(clock.running_since for clock in sitting.clocks)


def test_a_gap_is_asked_about_only_when_a_running_clock_was_not_watched() -> None:
    sitting = convene(DEFAULT_BOXES).enter(Step.OPEN, NOON)
    assert sitting.gap(NOON + GAP) == ZERO
    assert sitting.gap(_at(45)) == timedelta(minutes=45)
    assert sitting.pause(_at(1)).gap(_at(45)) == ZERO


def test_a_gap_that_does_not_count_moves_clock_and_plan() -> None:
    sitting = convene(DEFAULT_BOXES).enter(Step.OPEN, NOON).without_gap(_at(45))
    assert sitting.reading(_at(46)).elapsed == timedelta(minutes=1)
    assert sitting.drift(_at(46)) == ZERO
    assert convene(DEFAULT_BOXES).without_gap(NOON) == convene(DEFAULT_BOXES)


def test_a_wall_clock_that_was_set_back_neither_stops_the_meeting_nor_puts_it_ahead() -> None:
    sitting = convene(DEFAULT_BOXES).enter(Step.OPEN, NOON).enter(Step.TIMELINE, _at(9))
    for now in (_at(-120), _at(-119)):
        sitting = sitting.going_on(now)
    assert sitting.reading(_at(-119)).elapsed == timedelta(minutes=1)
    assert sitting.drift(_at(-119)) == timedelta(minutes=4)
    assert sitting.seen_at == _at(-120)


def test_a_silence_longer_than_any_meeting_is_taken_out_and_not_asked_about() -> None:
    sitting = convene(DEFAULT_BOXES).enter(Step.OPEN, NOON)
    later = NOON + LONGEST
    assert sitting.gap(later) == LONGEST
    assert sitting.gap(later + timedelta(seconds=1)) == ZERO
    assert sitting.reading(NOON + timedelta(days=30_000)).elapsed == ZERO
    assert sitting.pause(_at(1)).drift(NOON + timedelta(days=3)) == ZERO
    assert sitting.replan(NOON + timedelta(days=3)).time_left(NOON + timedelta(days=3)) == timedelta(minutes=80)


jumps = st.one_of(
    st.integers(0, 90), st.integers(-(10**4), 10**5), st.sampled_from([-1_800_000_000, 2_300_000_000])
).map(lambda seconds: timedelta(seconds=seconds))


@given(st.lists(st.tuples(jumps, st.integers(0, 8), st.integers(0, 5)), max_size=30))
def test_no_time_is_negative_or_beyond_sense_however_the_clock_jumps(steps: list[tuple[timedelta, int, int]]) -> None:
    """What passed on the clock is what passed between two looks, unless that was no part of a meeting."""
    now, passed = datetime(2026, 10, 24, 23, 0, tzinfo=UTC), ZERO
    sitting = convene(DEFAULT_BOXES).enter(Step.OPEN, now)
    for jump, act, which in steps:
        if not 1980 < (now + jump).year < 2100:
            continue
        now += jump
        counted = now - (sitting.seen_at or now)
        sitting = sitting.going_on(now)
        passed += counted if ZERO <= counted <= LONGEST else ZERO
        match act:
            case 0:
                sitting = sitting.pause(now)
            case 1:
                sitting = sitting.resume(now)
            case 2:
                sitting = sitting.enter(STEPS[which], now)
            case 3:
                sitting = sitting.replan(now)
            case 4:
                sitting = sitting.visit(STEPS[which], now)
            case 5:
                sitting = sitting.without_gap(now)
            case _:
                sitting = replace(sitting, seen_at=now)
        assert ZERO <= sum(sitting.time_used(now), ZERO) <= passed
        assert ZERO <= sitting.projected_end(now) - now <= timedelta(minutes=80) + passed * 6
        assert abs(sitting.drift(now)) <= timedelta(minutes=90) + passed * 6
        assert ZERO <= sitting.gap(now) <= LONGEST


def test_a_wall_clock_that_was_set_back_makes_no_negative_time() -> None:
    sitting = convene(DEFAULT_BOXES).enter(Step.OPEN, NOON)
    assert sitting.reading(_at(-60)).elapsed == ZERO
    assert sitting.gap(_at(-60)) == ZERO
    assert sitting.without_gap(_at(-60)).reading(_at(-59)).elapsed == timedelta(minutes=1)


@given(minutes, st.sampled_from([1, 10, 60]))
def test_a_faster_clock_keeps_the_drift_that_was_told(spent: timedelta, rate: int) -> None:
    sitting = convene(DEFAULT_BOXES).enter(Step.OPEN, NOON)
    now = NOON + spent
    faster = sitting.at_rate(rate, now)
    assert abs(faster.drift(now) - sitting.drift(now)) < timedelta(seconds=1)
    assert faster.rate == rate
    assert convene(DEFAULT_BOXES).at_rate(rate, now).rate == rate


@given(st.sampled_from(STEPS), minutes)
def test_replanning_keeps_three_minutes_for_what_worked_and_one_for_each_other_step(
    step: Step, late: timedelta
) -> None:
    sitting = convene(DEFAULT_BOXES).enter(step, NOON)
    now = NOON + late
    planned = sitting.replan(now)
    for ahead in STEPS[STEPS.index(step) :]:
        left = planned.clocks[STEPS.index(ahead)].reading(now).remaining
        assert left >= timedelta(minutes=3 if ahead is Step.WORKED else 1)


def test_replanning_fits_the_steps_ahead_into_the_time_left() -> None:
    sitting = convene(DEFAULT_BOXES).enter(Step.OPEN, NOON).enter(Step.TIMELINE, _at(15))
    replanned = sitting.replan(_at(15))
    assert abs(replanned.time_left(_at(15)) - timedelta(minutes=65)) <= timedelta(minutes=3)
    assert convene(DEFAULT_BOXES).replan(NOON) == convene(DEFAULT_BOXES)


def test_another_agenda_keeps_the_time_that_was_used() -> None:
    sitting = convene(DEFAULT_BOXES).enter(Step.OPEN, NOON).replanned_for(scaled(60))
    assert sitting.reading(_at(2)).elapsed == timedelta(minutes=2)
    assert sitting.planned == timedelta(minutes=60)


@given(st.integers(15, 480))
def test_any_length_is_shared_out_whole_with_something_for_every_step(total: int) -> None:
    boxes = scaled(total)
    assert sum(boxes) == total
    assert min(boxes) >= 1
    assert boxes[STEPS.index(Step.WORKED)] >= 3


@pytest.mark.parametrize("total", [0, 14, 481, -5])
def test_a_length_that_no_meeting_has_is_refused_with_what_would_do(total: int) -> None:
    with pytest.raises(Unfit, match="A meeting takes 15 to 480 minutes"):
        scaled(total)


def test_steps_know_their_neighbours() -> None:
    assert (Step.OPEN.preceding, Step.OPEN.following) == (None, Step.TIMELINE)
    assert (Step.CLOSE.preceding, Step.CLOSE.following) == (Step.ACTIONS, None)


def test_more_time_for_a_step_is_more_time_for_the_meeting() -> None:
    sitting: Sitting = convene(DEFAULT_BOXES).enter(Step.OPEN, NOON)
    assert sitting.extend(timedelta(minutes=5)).drift(NOON) == timedelta(minutes=5)


def test_lengths_of_time_are_said_as_people_say_them() -> None:
    from pmfacil.core.saying import length, listed, short_day, zone_of

    said = [length(timedelta(minutes=count)) for count in (0.2, 1, 19, 60, 125, 60 * 50)]
    assert said == ["under a minute", "1 minute", "19 minutes", "1 h", "2 h 5 min", "2 days"]
    assert [listed(words) for words in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a, b and c"]
    assert short_day(NOON.date()) == "Thu 12 Mar"
    assert str(zone_of("Atlantis/Capital")) == "UTC"


def test_the_first_question_of_the_timeline_is_worded_for_the_kind_of_failure() -> None:
    from pmfacil.core.guide import guidance
    from pmfacil.core.kind import Kind

    questions = {guidance(Step.TIMELINE, kind).prompts[0].question for kind in Kind}
    assert len(questions) == 4
    for step in STEPS:
        prompts = guidance(step).prompts
        assert len(prompts) >= 5
        assert all(len(prompt.question) <= 60 and len(prompt.hint) <= 76 for prompt in prompts)


def test_a_meeting_paused_and_resumed_after_the_clock_was_set_back_has_used_what_it_used() -> None:
    sitting = convene(DEFAULT_BOXES).enter(Step.OPEN, NOON)
    seen = replace(sitting, seen_at=_at(3))
    paused = seen.pause(_at(-117))  # two hours back
    assert paused.time_used(_at(-117))[0] == timedelta(minutes=3)
    assert paused.resume(_at(-117)).time_used(_at(-116))[0] == timedelta(minutes=4)
    assert seen.pause(_at(3)).resume(_at(-117)).time_used(_at(-116))[0] == timedelta(minutes=4)
