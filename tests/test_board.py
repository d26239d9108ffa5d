"""The board over the real store: what it lists, what it changes, and how all of it is taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.errors import Gone, NeedsReason, NotKept, Unfit
from pmfacil.core.gate import settlement_standing
from pmfacil.core.model import ActionState, CauseId
from pmfacil.core.promises import Section, Wanted
from tests.boards import TODAY, agree, everything, held, only, well_filled

if TYPE_CHECKING:
    from pmfacil.board import Board
    from pmfacil.core.model import PostMortemId
    from pmfacil.facilitation import Facilitation, Move
    from pmfacil.library import Library
    from pmfacil.store import SqlShelf
    from tests.clock import FakeClock


@pytest.fixture
def board(library: Library) -> Board:
    return library.board


# -- what is listed ------------------------------------------------------------------------------------------


def test_a_full_board_has_every_section_in_order(library: Library, board: Board, clock: FakeClock) -> None:
    well_filled(library, clock)
    told = everything(board)
    assert list(told) == list(Section)
    assert told[Section.OVERDUE] == [
        "Refuse a second charge for one basket within ten minutes",
        "Page on-call when the charge queue holds over 500 jobs",
    ]
    assert told[Section.LATER] == ["Stop the migration by itself at 06:00", "Move the archive in slices of a day"]
    assert board.tally(Wanted()) == {section: len(texts) for section, texts in told.items()}
    whole = board.progress(Wanted())
    assert (whole.open, whole.overdue, whole.done, whole.finished, whole.total) == (8, 2, 1, 3, 12)


NARROWED = [
    (Wanted(("clock",)), 3),  # the title
    (Wanted(("CHARGE", "queue")), 1),
    (Wanted(("@ana",)), 2),
    (Wanted(("@okoro",)), 1),
    (Wanted(("ana",)), 3),  # Dana too
    (Wanted(("@clock",)), 0),  # nobody's name
    (Wanted(("blocked",)), 2),  # the state
    (Wanted(("procurement",)), 1),  # the reason
    (Wanted(("100%",)), 0),
    (Wanted(("_",)), 0),
    (Wanted(("!",)), 0),
    (Wanted(owner="ana ruiz"), 2),
    (Wanted(owner=""), 2),
    (Wanted(("time",), owner=""), 2),
    (Wanted(("archive",), owner="Ana Ruiz"), 0),
]


def test_words_owners_and_states_narrow_it(library: Library, board: Board, clock: FakeClock) -> None:
    well_filled(library, clock)
    for wanted, found in NARROWED:
        assert sum(len(texts) for texts in everything(board, wanted).values()) == found, wanted
        assert sum(board.tally(wanted).values()) == found, wanted


def test_one_post_mortem_alone(library: Library, board: Board, clock: FakeClock) -> None:
    well_filled(library, clock)
    hub = library.find(next(one.id for one in library.summaries() if "clock" in one.title))
    assert sum(board.tally(Wanted(post_mortem=hub)).values()) == 3
    assert board.progress(Wanted(post_mortem=hub)).total == 4


def test_owners_stand_by_the_alphabet_and_post_mortems_by_what_is_overdue(
    library: Library, board: Board, clock: FakeClock
) -> None:
    well_filled(library, clock)
    names = [one.name for one in board.by_owner()]
    assert names == ["Ana Ruiz", "Ben Okoro", "Chidi Eze", "Dana Levi", "émile Sorel", ""]
    assert [one.name for one in board.by_owner("E")] == ["Ben Okoro", "Chidi Eze", "Dana Levi", "émile Sorel"]
    assert [(one.name[:3], one.overdue, one.finished) for one in board.by_post_mortem()] == [
        ("Che", 2, 1), ("Hub", 0, 1), ("Mig", 0, 1),
    ]  # fmt: skip
    assert [one.name for one in board.by_post_mortem("ARCHIVE", 1)] == ["Migration of the archive ran into the morning"]


def test_who_has_finished_everything_is_not_listed(library: Library, board: Board) -> None:
    agree(held(library), "Stage hot fixes too", "Ana", state=ActionState.VERIFIED)
    assert board.by_owner() == board.by_post_mortem() == ()
    assert everything(board) == {}
    assert board.progress(Wanted()).verified == 1


@pytest.mark.parametrize("how", ["rehearsal", "deleted"])
def test_rehearsals_and_deleted_ones_never_show(library: Library, shelf: SqlShelf, board: Board, how: str) -> None:
    service = held(library)
    agree(service, "Stage hot fixes too", days=-3)
    one = only(board)
    assert board.stands(one)
    if how == "deleted":
        library.delete(service.snapshot.post_mortem.id)
    else:
        shelf._connection.execute("UPDATE post_mortem SET rehearsal = 1")
    assert not board.stands(one)
    for wanted in (Wanted(), Wanted(("stage",)), Wanted(owner="Ana"), Wanted(post_mortem=one.post_mortem)):
        assert everything(board, wanted) == {}
        assert not any(board.tally(wanted).values())
        assert board.progress(wanted).total == 0
    assert board.by_owner() == board.by_post_mortem() == board.open_ones(Wanted()) == ()


def test_actions_of_a_settlement_that_was_reopened_still_show(library: Library, board: Board) -> None:
    service = held(library)
    agree(service, "Stage hot fixes too")
    pm = service.snapshot.post_mortem
    service.do(verbs.ask_why, CauseId(service.new_id()), "Nobody asked for it", pm.causes[0].id, service.now())
    assert settlement_standing(service.snapshot.post_mortem) is None
    assert everything(board) == {Section.UNDATED: ["Stage hot fixes too"]}


def test_what_is_done_says_since_when(library: Library, board: Board, clock: FakeClock) -> None:
    agree(held(library), "Stage hot fixes too", days=-3)
    assert only(board).moved_at is None
    clock.advance(minutes=90)
    board.move([only(board)], ActionState.DONE, "")
    assert only(board).moved_at == clock.now
    assert everything(board) == {Section.UNVERIFIED: ["Stage hot fixes too"]}
    assert board.open_ones(Wanted()) == ()


# -- what is changed -----------------------------------------------------------------------------------------


def _pair(library: Library) -> tuple[Facilitation, Facilitation]:
    first, second = held(library, "first"), held(library, "second")
    agree(first, "one", days=-1)
    agree(first, "two", days=1)
    agree(second, "three", days=2)
    return first, second


def _states(board: Board) -> list[ActionState]:
    found = (one for section in Section for one in board.section(section, Wanted()))
    return [one.state for one in sorted(found, key=lambda one: one.due or TODAY)]


def test_several_are_changed_at_once_and_taken_back_at_once(library: Library, board: Board) -> None:
    _pair(library)
    before = [library.open(one.id).snapshot.post_mortem for one in library.summaries()]
    chosen = board.open_ones(Wanted())
    assert board.move(chosen, ActionState.BLOCKED, "no licence") == 3
    assert {one.reason for one in board.open_ones(Wanted())} == {"no licence"}
    assert board.redate(chosen[:2], None) == 2
    assert [one.text for one in board.section(Section.BLOCKED, Wanted())] == ["three", "one", "two"]
    assert len(board.undo()) == 2
    assert [one.text for one in board.undo()] == [one.text for one in chosen]
    assert [library.open(one.id).snapshot.post_mortem for one in library.summaries()] == before
    assert board.undo() == ()


def test_what_stands_already_is_no_change(library: Library, board: Board) -> None:
    agree(held(library), "Stage hot fixes too", days=4)
    assert board.move([only(board)], ActionState.BLOCKED, "no licence") == 1
    assert board.move([only(board)], ActionState.BLOCKED, " no licence ") == 0
    assert board.redate([only(board)], only(board).due) == 0
    assert board.move([only(board)], ActionState.BLOCKED, "no budget") == 1
    board.undo()
    board.undo()
    assert only(board).state is ActionState.AGREED
    assert board.undo() == ()


@pytest.mark.parametrize("state", [ActionState.BLOCKED, ActionState.DROPPED])
def test_blocked_and_dropped_need_a_reason_and_nothing_is_changed_without(
    library: Library, board: Board, state: ActionState
) -> None:
    _pair(library)
    with pytest.raises(NeedsReason):
        board.move(board.open_ones(Wanted()), state, "  ")
    assert _states(board) == [ActionState.AGREED] * 3
    assert board.undo() == ()


def test_one_that_cannot_be_changed_leaves_all_as_they_were(library: Library, board: Board) -> None:
    _, second = _pair(library)
    chosen = board.open_ones(Wanted())
    second.do(verbs.delete_action, second.snapshot.post_mortem.actions[0].id)
    with pytest.raises(Gone, match="action"):
        board.move(chosen, ActionState.DONE, "")
    assert _states(board) == [ActionState.AGREED] * 2
    library.delete(second.snapshot.post_mortem.id)
    with pytest.raises(Gone, match="post-mortem"):
        board.move(chosen, ActionState.DONE, "")
    assert _states(board) == [ActionState.AGREED] * 2
    assert board.undo() == ()


# -- what somebody else changed -------------------------------------------------------------------------------


def test_what_somebody_changed_since_is_never_undone(library: Library, board: Board) -> None:
    first, second = _pair(library)
    board.move(board.open_ones(Wanted()), ActionState.IN_PROGRESS, "")
    second.do(verbs.rename, "another title")
    with pytest.raises(Unfit, match="One of these post-mortems was changed since"):
        board.undo()
    assert _states(board) == [ActionState.IN_PROGRESS] * 3
    assert second.snapshot.post_mortem.title == "another title"
    board.move(board.open_ones(Wanted())[:1], ActionState.DONE, "")
    first.do(verbs.rename, "a third one")
    with pytest.raises(Unfit, match="A post-mortem was changed since"):
        board.undo()
    assert library.open(first.snapshot.post_mortem.id).snapshot.post_mortem.title == "a third one"


def test_steps_that_lead_back_to_the_same_are_not_undone_either(library: Library, board: Board) -> None:
    """The value is what the board left, but the newest steps are somebody else's."""
    service = held(library)
    action = agree(service, "Stage hot fixes too", days=1)
    agree(service, "Name an owner", days=2)
    left = TODAY + timedelta(days=9)
    board.redate(board.open_ones(Wanted()), left)
    service.do(verbs.redate_action, action, None)
    service.do(verbs.redate_action, action, left)
    with pytest.raises(Unfit):
        board.undo()
    assert {one.due for one in board.open_ones(Wanted())} == {left}
    again = library.open(only_id(library))
    assert [again.undo().post_mortem.actions[0].due, again.undo().post_mortem.actions[0].due] == [None, left]


def only_id(library: Library) -> PostMortemId:
    (one,) = library.summaries()
    return one.id


def test_a_deleted_post_mortem_has_nothing_to_undo(library: Library, board: Board) -> None:
    service = held(library)
    agree(service, "Stage hot fixes too")
    board.move([only(board)], ActionState.DONE, "")
    library.delete(service.snapshot.post_mortem.id)
    with pytest.raises(Gone):
        board.undo()
    assert board.undo() == ()


def test_a_full_disk_takes_nothing_and_what_it_kept_can_be_taken_back_later(
    library: Library, board: Board, shelf: SqlShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pair(library)
    real, left = shelf.save, [1]

    def save(move: Move, revision: int) -> int:
        if not left:
            full = "The disk is full, so this was not kept."
            raise NotKept(full)
        left.pop()
        return real(move, revision)

    monkeypatch.setattr(shelf, "save", save)
    with pytest.raises(NotKept):  # the second is refused, and so is taking back the first
        board.move(board.open_ones(Wanted()), ActionState.DONE, "")
    assert _states(board).count(ActionState.DONE) == 1
    with pytest.raises(NotKept):
        board.undo()
    left += [1]
    board.undo()
    assert _states(board) == [ActionState.AGREED] * 3


def test_taking_back_half_of_a_batch_is_put_right(
    library: Library, board: Board, shelf: SqlShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pair(library)
    board.move(board.open_ones(Wanted()), ActionState.DONE, "")
    real, fates = shelf.save, [True, False, True]

    def save(move: Move, revision: int) -> int:
        if fates and not fates.pop(0):
            full = "The disk is full, so this was not kept."
            raise NotKept(full)
        return real(move, revision)

    monkeypatch.setattr(shelf, "save", save)
    with pytest.raises(NotKept):
        board.undo()
    assert _states(board) == [ActionState.DONE] * 3
    assert len(board.undo()) == 3
    assert _states(board) == [ActionState.AGREED] * 3
