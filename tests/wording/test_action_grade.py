"""The six ticks of an action in the app, what is weak about it, and the question that is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.wording.action_cues import ActionType, Strength
from pmfacil.wording.action_draft import Draft
from pmfacil.wording.action_due import has_vague_due, is_vague_due
from pmfacil.wording.action_grade import Grade, Tick, grade
from pmfacil.wording.action_owner import is_group
from pmfacil.wording.action_weaknesses import WEAKNESSES, Code, question_of


def _codes(graded: Grade) -> set[Code]:
    return {weakness.code for weakness in graded.weaknesses}


def test_an_action_with_everything_is_ready() -> None:
    graded = grade("Alert on p99 above 500 ms for checkout", owner="Ana", due="2026-04-01", causes=1, days_left=12)
    assert (graded.count, graded.words, graded.missing, graded.weaknesses) == (6, "ready", (), ())
    assert (graded.strength, graded.suggested_type) == (Strength.INTERMEDIATE, ActionType.DETECT)


def test_what_is_missing_is_named_tick_by_tick() -> None:
    assert grade("").missing == tuple(Tick)
    assert grade("Improve it", owner="Ana", due="2026-04-01", causes=1).missing == (
        Tick.ACTION,
        Tick.BOUNDARY,
        Tick.DONE_TEST,
    )


@pytest.mark.parametrize(("causes", "owner", "words"), [(1, "Ana", "ready"), (0, "Ana", "tighten"), (0, "", "tighten")])
def test_the_grade_is_said_in_words(causes: int, owner: str, words: str) -> None:
    assert grade("Cap the queue at 500 jobs", owner=owner, due="2026-04-01", causes=causes).words == words


def test_three_ticks_are_not_yet_an_action() -> None:
    assert grade("Cap the queue at 500 jobs").words == "not yet an action"


def test_a_done_test_that_is_itself_a_wish_tests_nothing() -> None:
    assert Code.NO_DONE_TEST in _codes(grade("Change the queue", done_when="Improve the queue"))
    assert Code.NO_DONE_TEST not in _codes(grade("Change the queue", done_when="The 501st job is refused"))


@pytest.mark.parametrize("days", [-1, 91])
def test_a_date_in_the_past_or_far_off_is_weak(days: int) -> None:
    assert Code.NO_DATE in _codes(grade("Cap the queue", due="2026-04-01", days_left=days))


def test_an_owner_who_is_not_in_the_room_is_out_of_reach() -> None:
    assert Code.OUT_OF_REACH in _codes(grade("Cap the queue", owner="Zoe", people=("Ana",)))
    assert Code.OUT_OF_REACH not in _codes(grade("Cap the queue", owner="@ana", people=("Ana",)))


def test_a_long_action_is_more_than_one() -> None:
    assert Code.TOO_BIG in _codes(grade("Cap the queue " + "of the importer " * 12))


def test_a_promise_made_before_is_told_with_its_day() -> None:
    before = next(one for one in WEAKNESSES if one.code is Code.PROMISED_BEFORE)
    assert (
        question_of(before, Draft("Cap it", promised="12 March"))
        == "This was promised on 12 March. What stopped it then?"
    )
    assert question_of(before, Draft("Cap it")) == before.question
    assert question_of(WEAKNESSES[0], Draft("Cap it", promised="12 March")) == WEAKNESSES[0].question


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Remove the shared key", Strength.STRONG),
        ("Fail the pipeline when a migration has no way back", Strength.STRONG),
        ("Add a failover for the broker", Strength.INTERMEDIATE),
        ("Rename the importer's fields", Strength.INTERMEDIATE),
        ("Document the restore", Strength.WEAK),
        ("Improve things", None),
        ("Queues and people", None),
    ],
)
def test_strength_is_told_by_cue_words_or_left_open(text: str, strength: Strength | None) -> None:
    assert grade(text).strength is strength


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Alert when a rollback fails", ActionType.DETECT),
        ("Roll back when an alert fires", ActionType.MITIGATE),
        ("Restore the lost orders", ActionType.REPAIR),
        ("Research the parser", ActionType.LEARN),
        ("Block empty files", ActionType.PREVENT),
        ("Rename the importer's fields", None),
    ],
)
def test_the_type_is_the_one_whose_cue_comes_first(text: str, type_: ActionType | None) -> None:
    assert grade(text).suggested_type is type_


@pytest.mark.parametrize(
    ("owner", "group"),
    [("", True), ("platform team", True), ("Ana and Ben", True), ("TBD", True), ("Ana Ruiz", False), ("@ana", False)],
)
def test_one_person_owns_an_action(owner: str, group: bool) -> None:
    assert is_group(owner) is group


def test_a_date_is_one_that_can_be_missed() -> None:
    assert is_vague_due("soon")
    assert is_vague_due("Q3 2026")
    assert not is_vague_due("by Friday")
    assert has_vague_due("Cap the queue at some point")
    assert not has_vague_due("Cap the queue soon after start")


@given(st.text(max_size=200), st.text(max_size=20), st.text(max_size=20), st.text(max_size=60), st.integers(0, 9))
def test_anything_can_be_graded(text: str, owner: str, due: str, done_when: str, causes: int) -> None:
    graded = grade(text, owner=owner, due=due, done_when=done_when, causes=causes)
    assert 0 <= graded.count <= 6
    assert len(graded.missing) == 6 - graded.count
