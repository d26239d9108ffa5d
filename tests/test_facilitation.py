"""The service for one post-mortem: one doorway for do, undo and redo; nothing is lost on the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.errors import Empty, Gone, NotKept
from pmfacil.core.kind import Kind
from pmfacil.core.model import Entry, EntryId, PostMortemId
from pmfacil.core.timer import ZERO
from pmfacil.facilitation import Beat, ConflictError, Facilitation
from pmfacil.library import Library
from tests.clock import FakeClock, Ids
from tests.fakes import MemoryShelf

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem
    from pmfacil.facilitation import Loaded, Move


@pytest.fixture
def memory() -> MemoryShelf:
    return MemoryShelf()


@pytest.fixture
def desk(memory: MemoryShelf, clock: FakeClock) -> Facilitation:
    library = Library(memory, clock, Ids(), zone="UTC")
    return library.open(library.begin("Checkout outage", Kind.INCIDENT, date(2026, 3, 12)))


def _entry(service: Facilitation, text: str) -> Entry:
    return Entry(EntryId(service.new_id()), text)


def test_what_was_done_is_shown_with_a_label_for_undo(desk: Facilitation) -> None:
    snapshot = desk.do(verbs.record_entry, _entry(desk, "Alert fires"))
    assert [entry.text for entry in snapshot.post_mortem.entries] == ["Alert fires"]
    assert snapshot.undoable == "add an entry “Alert fires”"
    assert desk.undo().redoable == "add an entry “Alert fires”"


def test_words_put_in_another_way_are_part_of_the_change_that_brought_them(desk: Facilitation) -> None:
    from dataclasses import replace

    entry = _entry(desk, "Human error")
    desk.do(verbs.record_entry, entry)
    snapshot = desk.amend(verbs.revise_entry, replace(entry, text="Two consoles look alike"))
    assert snapshot.undoable == "add an entry “Two consoles look alike”"
    assert desk.undo().post_mortem.entries == ()
    assert [one.text for one in desk.redo().post_mortem.entries] == ["Two consoles look alike"]


def test_with_nothing_to_be_part_of_it_is_a_change_of_its_own(desk: Facilitation) -> None:
    assert desk.amend(verbs.tick_norm, "best efforts").undoable == "tick a norm"


def test_where_another_window_was_faster_it_is_a_change_of_its_own(desk: Facilitation, memory: MemoryShelf) -> None:
    desk.do(verbs.state_impact, "Human error")
    other = Facilitation(memory, desk.snapshot.post_mortem.id, desk.now, Ids("other"))
    other.do(verbs.name_trigger, "Release 4.12")
    snapshot = desk.amend(verbs.state_impact, "Checkout failed")
    assert (snapshot.post_mortem.impact, snapshot.post_mortem.trigger) == ("Checkout failed", "Release 4.12")
    assert desk.undo().post_mortem.trigger == "Release 4.12"


def test_a_label_without_words_is_the_verb_alone(desk: Facilitation) -> None:
    assert desk.do(verbs.tick_norm, "best efforts").undoable == "tick a norm"


def test_a_plain_function_is_a_change_too(desk: Facilitation) -> None:
    from dataclasses import replace

    def shout(pm: PostMortem) -> PostMortem:
        return replace(pm, title=pm.title.upper())

    assert desk.do(shout).undoable == "change"


def test_a_verb_that_changes_nothing_is_no_step(desk: Facilitation) -> None:
    desk.do(verbs.name_trigger, "A release")
    before = desk.snapshot
    assert desk.do(lambda pm: pm) == before


def test_a_refused_verb_changes_nothing(desk: Facilitation) -> None:
    before = desk.snapshot
    with pytest.raises(Empty):
        desk.do(verbs.rename, "  ")
    assert desk.snapshot == before


def test_with_nothing_to_undo_or_redo_nothing_happens(desk: Facilitation) -> None:
    before = desk.snapshot
    assert desk.undo() == before
    assert desk.redo() == before


def test_a_full_disk_keeps_the_present_and_the_next_save_works(desk: Facilitation, memory: MemoryShelf) -> None:
    memory.full = True
    before = desk.snapshot
    with pytest.raises(NotKept):
        desk.do(verbs.rename, "Other")
    with pytest.raises(NotKept):
        desk.keep_draft(Step.OPEN, "half")
    assert desk.snapshot == before
    assert desk.draft(Step.OPEN) == "half"
    assert desk.unkept == {Step.OPEN: "half"}
    memory.full = False
    assert desk.do(verbs.rename, "Other").post_mortem.title == "Other"
    desk.keep_draft(Step.OPEN, "half")
    assert memory.load(desk.id).drafts[Step.OPEN] == "half"
    assert desk.unkept == {}


def test_two_windows_both_keep_what_they_did(desk: Facilitation, memory: MemoryShelf, clock: FakeClock) -> None:
    other = Facilitation(memory, desk.snapshot.post_mortem.id, clock, Ids("other"))
    desk.do(verbs.record_entry, _entry(desk, "From the first window"))
    other.do(verbs.record_entry, _entry(other, "From the second"))
    assert [entry.text for entry in other.snapshot.post_mortem.entries] == ["From the first window", "From the second"]
    assert desk.undo().post_mortem.entries[0].text == "From the first window"


class _Rival(MemoryShelf):
    """Somebody else always saves first."""

    def save(self, move: Move, revision: int) -> int:
        raise ConflictError


def test_a_rival_that_never_stops_is_said_in_a_sentence(clock: FakeClock) -> None:
    rival = _Rival()
    library = Library(rival, clock, Ids(), zone="UTC")
    service = library.open(library.begin("x", Kind.OTHER, None))
    with pytest.raises(NotKept, match="Another window keeps changing"):
        service.do(verbs.rename, "y")


def test_undo_against_a_rival_that_never_stops_ends_as_well(
    desk: Facilitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.do(verbs.rename, "y")

    def never(_move: Move, _revision: int) -> int:
        raise ConflictError

    monkeypatch.setattr(desk._repository, "save", never)
    with pytest.raises(NotKept, match="Another window keeps changing"):
        desk.undo()


def test_what_another_window_wrote_is_seen_at_the_next_beat(
    desk: Facilitation, memory: MemoryShelf, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    Facilitation(memory, desk.snapshot.post_mortem.id, clock, Ids()).do(verbs.rename, "Renamed elsewhere")
    assert not desk.beat().changed
    monkeypatch.setattr(memory, "changed_elsewhere", lambda: True)
    assert desk.beat().changed
    assert desk.snapshot.post_mortem.title == "Renamed elsewhere"


def test_steps_and_clocks_are_not_undone(desk: Facilitation, clock: FakeClock) -> None:
    desk.steer(lambda sitting: sitting.enter(Step.TIMELINE, clock()))
    assert desk.snapshot.undoable is None
    assert desk.snapshot.sitting.step is Step.TIMELINE


def test_a_meeting_that_has_not_begun_is_no_meeting_for_reports(desk: Facilitation, clock: FakeClock) -> None:
    assert desk.sitting is None
    desk.steer(lambda sitting: sitting.enter(Step.OPEN, clock()))
    assert desk.sitting is desk.snapshot.sitting


def test_beats_note_now_and_then_that_the_app_is_here(desk: Facilitation, clock: FakeClock) -> None:
    assert desk.beat().gap == ZERO
    assert desk.snapshot.sitting.seen_at is None
    desk.steer(lambda sitting: sitting.enter(Step.OPEN, clock()))
    began = clock()
    clock.advance(seconds=5)
    desk.beat()
    assert desk.snapshot.sitting.seen_at == began
    clock.advance(seconds=6)
    desk.beat()
    assert desk.snapshot.sitting.seen_at == clock()


def test_a_running_clock_that_was_never_seen_is_seen_now(desk: Facilitation, clock: FakeClock) -> None:
    from dataclasses import replace

    desk.steer(lambda sitting: replace(sitting.enter(Step.OPEN, clock()), seen_at=None))
    desk.beat()
    assert desk.snapshot.sitting.seen_at == clock()


@pytest.mark.parametrize("counts", [True, False])
def test_a_gap_is_asked_about_until_it_is_answered(desk: Facilitation, clock: FakeClock, *, counts: bool) -> None:
    desk.steer(lambda sitting: sitting.enter(Step.OPEN, clock()))
    clock.advance(minutes=40)
    assert desk.beat().gap == timedelta(minutes=40)
    assert desk.beat().gap == timedelta(minutes=40)
    desk.count_gap(counts=counts)
    assert desk.beat().gap == ZERO
    assert desk.snapshot.sitting.reading(clock()).elapsed == timedelta(minutes=40 if counts else 0)


def test_half_typed_words_are_kept_by_step(desk: Facilitation, memory: MemoryShelf, clock: FakeClock) -> None:
    desk.keep_draft(Step.TIMELINE, "14:05 sig")
    desk.keep_draft(Step.TIMELINE, "14:05 sig")
    again = Facilitation(memory, desk.snapshot.post_mortem.id, clock, Ids())
    assert again.draft(Step.TIMELINE) == "14:05 sig"
    assert again.draft(Step.CAUSES) == ""


def test_a_post_mortem_that_is_not_there_cannot_be_opened(memory: MemoryShelf, clock: FakeClock) -> None:
    with pytest.raises(Gone, match="no longer here"):
        Facilitation(memory, PostMortemId("nowhere"), clock, Ids())


def test_loaded_values_are_shown_as_they_were(desk: Facilitation, memory: MemoryShelf) -> None:
    loaded: Loaded = memory.load(desk.snapshot.post_mortem.id)
    assert loaded.history.present is desk.snapshot.post_mortem


def test_a_clock_set_back_does_not_stop_the_notes_that_the_app_is_here(desk: Facilitation, clock: FakeClock) -> None:
    desk.steer(lambda sitting: sitting.enter(Step.OPEN, desk.now()))
    clock.advance(minutes=-120)
    assert desk.beat() == Beat(clock(), ZERO, changed=False)
    assert desk.snapshot.sitting.seen_at == clock()
    clock.advance(minutes=1)
    assert desk.snapshot.sitting.reading(clock()).elapsed == timedelta(minutes=1)


def test_a_silence_of_days_is_taken_out_of_the_clock_and_told(desk: Facilitation, clock: FakeClock) -> None:
    desk.steer(lambda sitting: sitting.enter(Step.OPEN, desk.now()))
    clock.advance(minutes=60 * 72)
    assert desk.beat() == Beat(clock(), ZERO, changed=False, skipped=timedelta(days=3))
    assert desk.beat().skipped == ZERO
    assert desk.snapshot.sitting.reading(clock()).elapsed == ZERO


def test_a_clock_that_stood_anyway_has_nothing_to_tell_after_days(desk: Facilitation, clock: FakeClock) -> None:
    desk.steer(lambda sitting: sitting.enter(Step.OPEN, desk.now()))
    desk.steer(lambda sitting: sitting.pause(desk.now()))
    clock.advance(minutes=60 * 72)
    assert desk.beat() == Beat(clock(), ZERO, changed=False)
    assert desk.snapshot.sitting.seen_at == clock()
