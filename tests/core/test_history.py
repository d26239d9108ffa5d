"""The laws of undo and redo, for any values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmfacil.core.history import LIMIT, History

values = st.lists(st.integers(), max_size=12)


def _lived(numbers: list[int]) -> History[int]:
    history = History(0)
    for number in numbers:
        history = history.commit(number, f"make it {number}")
    return history


@given(values, st.integers())
def test_undo_takes_back_what_was_done(numbers: list[int], last: int) -> None:
    history = _lived(numbers)
    assert history.commit(last, "last").undo().present == history.present


@given(values)
def test_redo_brings_back_what_undo_took(numbers: list[int]) -> None:
    history = _lived(numbers)
    if numbers:
        assert history.undo().redo() == history


@given(values)
def test_everything_can_be_undone_down_to_the_beginning_and_redone(numbers: list[int]) -> None:
    history = _lived(numbers)
    for _ in numbers:
        history = history.undo()
    assert history.present == 0
    assert history.undo() is history
    for _ in numbers:
        history = history.redo()
    assert history == _lived(numbers)
    assert history.redo() is history


def test_doing_something_new_forgets_what_was_undone() -> None:
    history = _lived([1, 2]).undo().commit(3, "make it 3")
    assert history.redoable is None
    assert history.undoable == "make it 3"


def test_labels_say_what_undo_and_redo_would_do() -> None:
    history = _lived([1, 2])
    assert (history.undoable, history.redoable) == ("make it 2", None)
    assert (history.undo().undoable, history.undo().redoable) == ("make it 1", "make it 2")
    assert History(0).undoable is None


def test_a_burst_under_one_key_is_one_step() -> None:
    history = History(0).commit(1, "count", "learned").commit(2, "count", "learned").commit(3, "count", "learned")
    assert history.present == 3
    assert history.undo().present == 0


def test_a_burst_ends_at_another_key_at_undo_and_when_it_is_settled() -> None:
    burst = History(0).commit(1, "a", "x")
    assert len(burst.commit(2, "b", "y").past) == 2
    assert len(burst.settled().commit(2, "a", "x").past) == 2
    assert burst.settled().settled().merge is None
    assert not burst.undo().merges("x")


def test_only_so_many_steps_are_kept() -> None:
    history = _lived(list(range(LIMIT + 20)))
    assert len(history.past) == LIMIT
    assert history.past[0].value == 19
