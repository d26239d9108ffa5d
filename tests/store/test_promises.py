"""What the board asks of the file: each action in one section, found by an index."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING

import pytest

from pmfacil.core.ending import ActionId
from pmfacil.core.model import ActionState
from pmfacil.core.promises import Section, Wanted
from pmfacil.store.errors import CannotRead
from tests.boards import TODAY, agree, held, only

if TYPE_CHECKING:
    from pmfacil.library import Library
    from pmfacil.store import SqlShelf

OVER = (ActionState.VERIFIED, ActionState.DROPPED)
WANTED = (Wanted(), Wanted(("stage",)), Wanted(("@ana", "stage")), Wanted(owner="Ana"), Wanted(post_mortem=None))


def _section(state: ActionState, days: int | None) -> Section | None:
    """What `Section` says in words."""
    match state:
        case ActionState.VERIFIED | ActionState.DROPPED:
            return None
        case ActionState.DONE:
            return Section.UNVERIFIED
        case _ if days is not None and days < 0:
            return Section.OVERDUE
        case ActionState.BLOCKED:
            return Section.BLOCKED
        case _ if days is None:
            return Section.UNDATED
        case _:
            return Section.SOON if days <= 7 else Section.LATER


def test_each_action_is_in_one_section_until_it_is_over(library: Library, shelf: SqlShelf) -> None:
    shelf._connection.execute("PRAGMA synchronous = OFF")  # this test is not about the disk
    service = held(library)
    expected: dict[str, Section | None] = {}
    for state, days in product(ActionState, (None, -400, -1, 0, 1, 7, 8, 400)):
        action = agree(service, f"Stage {state} {days}", days=days, state=state, reason="because")
        expected[str(action)] = _section(state, days)
    for wanted in (*WANTED, Wanted(post_mortem=service.snapshot.post_mortem.id)):
        found = [
            (one.action, section) for section in Section for one in shelf.board.promises(section, wanted, TODAY, 99)
        ]
        assert dict(found) == {action: section for action, section in expected.items() if section is not None}
        assert len(found) == len(dict(found))
        assert sum(shelf.board.tally(wanted, TODAY).values()) == len(found)
        whole = shelf.board.progress(wanted, TODAY)
        assert (whole.open + whole.done, whole.total) == (len(found), len(expected))
        assert whole.overdue == shelf.board.tally(wanted, TODAY)[Section.OVERDUE] == 6
    for key, where in expected.items():
        assert shelf.board.stands(service.snapshot.post_mortem.id, ActionId(key)) == (where is not None)


def test_the_most_pressing_come_first_and_only_so_many(library: Library, shelf: SqlShelf) -> None:
    service = held(library)
    for days in (-1, -9, -4):
        agree(service, f"{-days} days", days=days)
    agree(service, "of the same day", days=-9)
    told = [one.text for one in shelf.board.promises(Section.OVERDUE, Wanted(), TODAY, 3)]
    assert told == ["9 days", "of the same day", "4 days"]


def test_owners_are_the_same_however_they_are_written(library: Library, shelf: SqlShelf) -> None:
    service = held(library)
    for owner in ("ana", "Ana", "ANA"):
        agree(service, f"for {owner}", owner, days=-1)
    (one,) = shelf.board.progress_by_owner("", TODAY, 9)
    assert (one.open, one.overdue) == (3, 3)
    assert shelf.board.tally(Wanted(owner=one.key), TODAY)[Section.OVERDUE] == 3
    assert shelf.board.progress_by_owner("b", TODAY, 9) == ()


@pytest.mark.parametrize("damage", ["UPDATE action SET state = 'done', due = 'soon'", "DROP TABLE action"])
def test_what_cannot_be_read_is_refused_in_one_sentence(library: Library, shelf: SqlShelf, damage: str) -> None:
    agree(held(library), "Stage hot fixes too")
    one = only(library.board)
    shelf._connection.execute("PRAGMA foreign_keys = OFF")
    shelf._connection.execute(damage)
    with pytest.raises(CannotRead, match="The actions cannot be read"):
        shelf.board.promises(Section.UNVERIFIED, Wanted(), TODAY, 9)
    if damage.startswith("DROP"):
        for ask in (
            lambda: shelf.board.tally(Wanted(), TODAY),
            lambda: shelf.board.progress(Wanted(), TODAY),
            lambda: shelf.board.progress_by_owner("", TODAY, 9),
            lambda: shelf.board.progress_by_post_mortem("", TODAY, 9),
            lambda: shelf.board.stands(one.post_mortem, one.action),
        ):
            with pytest.raises(CannotRead):
                ask()


def _asked(shelf: SqlShelf, wanted: Wanted) -> list[str]:
    """Run everything that the board asks, and return the statements."""
    told: list[str] = []
    board, today = shelf.board, TODAY + timedelta(days=1)
    shelf._connection.set_trace_callback(told.append)
    for section in Section:
        board.promises(section, wanted, today, 200)
    board.tally(wanted, today)
    board.progress(replace(wanted, words=()), today)  # as the screen does: words would need every title
    board.progress_by_owner("", today, 200)
    board.progress_by_post_mortem("a", today, 200)
    shelf._connection.set_trace_callback(None)
    return told


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_no_question_walks_through_all_actions_or_post_mortems(shelf: SqlShelf, wanted: Wanted) -> None:
    """What keeps a board of 10,000 post-mortems at hand, without a clock."""
    asked = _asked(shelf, wanted)
    assert len(asked) == 2 * len(Section) + 3
    for statement in asked:
        plan = [step for _, _, _, step in shelf._connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
        tables = [step for step in plan if step.startswith(("SCAN action", "SCAN pm")) and " INDEX " not in step]
        assert tables == [], statement
        # The few that are left out are found by walking once over the post-mortems, not once for each action.
        assert sum(step == "SCAN post_mortem" for step in plan) <= 1, statement
