"""Every value that the rules allow survives the file, and so does every step between two of them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from pmfacil import codec
from pmfacil.facilitation import Move, MoveKind
from pmfacil.store import open_shelf
from pmfacil.store.patches import applied, patch
from tests.clock import FakeClock
from tests.store.values import legal_post_mortems

if TYPE_CHECKING:
    from random import Random

    from pmfacil.core.model import PostMortem
    from tests.conftest import NewDatabase

T = TypeVar("T")


@settings(max_examples=40)
@given(pm=legal_post_mortems())
def test_any_value_the_rules_allow_comes_back_equal(pm: PostMortem, new_database: NewDatabase) -> None:
    with closing(open_shelf(new_database())) as shelf:
        shelf.add(pm, None)
        assert shelf.load(pm.id).history.present == pm


@settings(max_examples=100)
@given(before=legal_post_mortems(), after=legal_post_mortems())
def test_a_patch_leads_from_any_value_to_any_other_and_back(before: PostMortem, after: PostMortem) -> None:
    assert applied(before, patch(before, after)) == after
    assert applied(after, patch(after, before)) == before


@settings(max_examples=50)
@given(before=legal_post_mortems(), after=legal_post_mortems())
def test_any_step_is_saved_undone_and_redone_on_disk(
    before: PostMortem, after: PostMortem, new_database: NewDatabase
) -> None:
    """The rows that links, triggers and places pass through on the way are the test here."""
    path = new_database()
    now = FakeClock()()
    with closing(open_shelf(path)) as shelf:
        shelf.add(before, None)
        shelf.save(Move(MoveKind.DO, before, after, before, "change all", now), 0)
        with closing(open_shelf(path)) as again:
            history = again.load(before.id).history
        assert history.present == after
        assert [step.value for step in history.past] == [before]
        shelf.save(Move(MoveKind.UNDO, after, before, after, "change all", now), 1)
        with closing(open_shelf(path)) as again:
            history = again.load(before.id).history
        assert history.present == before
        assert [step.value for step in history.future] == [after]
        shelf.save(Move(MoveKind.REDO, before, after, before, "change all", now), 2)
        with closing(open_shelf(path)) as again:
            assert again.load(before.id).history.present == after


@settings(max_examples=30)
@given(pm=legal_post_mortems(), how=st.randoms())
def test_items_that_only_traded_places_do_so_on_disk_and_in_the_journal(
    pm: PostMortem, how: Random, new_database: NewDatabase
) -> None:
    after = replace(pm, people=_shuffled(pm.people, how), questions=_shuffled(pm.questions, how))
    assert applied(pm, patch(pm, after)) == after
    with closing(open_shelf(new_database())) as shelf:
        shelf.add(pm, None)
        shelf.save(Move(MoveKind.DO, pm, after, pm, "sort", FakeClock()()), 0)
        assert shelf.load(pm.id).history.present == after


def _shuffled(items: tuple[T, ...], how: Random) -> tuple[T, ...]:
    return tuple(how.sample(items, len(items)))


@settings(max_examples=50)
@given(pm=legal_post_mortems())
def test_an_export_of_any_value_is_read_back_equal(pm: PostMortem) -> None:
    assert codec.read_document(codec.document(pm, None)).post_mortem == pm
