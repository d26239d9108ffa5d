"""The store in memory and the one on disk make the same promises, so what is tested over one holds over both."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.ending import ActionId
from pmfacil.core.errors import Gone
from pmfacil.core.facts import Facts
from pmfacil.core.kind import Kind
from pmfacil.core.model import PostMortemId
from pmfacil.core.sitting import convene
from pmfacil.facilitation import ConflictError, Move, MoveKind
from pmfacil.library import Due, Library
from pmfacil.store import open_shelf
from tests.clock import FakeClock, Ids
from tests.fakes import MemoryShelf
from tests.meetings import acts, perform, settle_something

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem
    from pmfacil.facilitation import Facilitation
    from pmfacil.shelf import Shelf
    from pmfacil.store import SqlShelf
    from tests.conftest import NewDatabase
    from tests.meetings import Act


@pytest.fixture(params=["memory", "file"])
def any_shelf(request: pytest.FixtureRequest, shelf: SqlShelf) -> Shelf:
    return MemoryShelf() if request.param == "memory" else shelf


@dataclass
class Written:
    """A store, and a post-mortem that is in it at revision 0."""

    shelf: Shelf
    pm: PostMortem

    def change(self, title: str, revision: int, *, merges: bool = False) -> int:
        """Rename it; what a merging change began with is the value it was begun with."""
        before = self.shelf.load(self.pm.id).history.present
        after = replace(before, title=title)
        since = self.pm if merges else before
        return self.shelf.save(
            Move(MoveKind.DO, before, after, since, f"rename to {title}", FakeClock()(), merges=merges), revision
        )

    @property
    def titles(self) -> tuple[list[str], str, list[str]]:
        """What undo leads back through, the present, and what redo leads on to."""
        history = self.shelf.load(self.pm.id).history
        return (
            [step.value.title for step in history.past],
            history.present.title,
            [step.value.title for step in history.future],
        )


@pytest.fixture
def written(any_shelf: Shelf) -> Written:
    pm = verbs.begin(PostMortemId("pm"), "one", Kind.INCIDENT, date(2026, 3, 12), FakeClock()())
    any_shelf.add(pm, None)
    return Written(any_shelf, pm)


def test_every_save_is_a_revision(written: Written) -> None:
    assert written.shelf.load(written.pm.id).revision == 0
    assert written.change("two", 0) == 1
    assert written.change("three", 1) == 2
    assert written.titles == (["one", "two"], "three", [])


@pytest.mark.parametrize("stale", [0, 2, -1])
def test_a_save_on_any_other_revision_is_a_conflict_and_writes_nothing(written: Written, stale: int) -> None:
    written.change("two", 0)
    with pytest.raises(ConflictError):
        written.change("lost", stale)
    assert written.titles == (["one"], "two", [])


def test_undo_and_redo_move_along_the_history(written: Written) -> None:
    written.change("two", 0)
    here, now = written.shelf.load(written.pm.id).history.present, FakeClock()()
    written.shelf.save(Move(MoveKind.UNDO, here, written.pm, here, "rename to two", now), 1)
    assert written.titles == ([], "one", ["two"])
    written.shelf.save(Move(MoveKind.REDO, written.pm, here, written.pm, "rename to two", now), 2)
    assert written.titles == (["one"], "two", [])


def test_a_change_after_an_undo_forgets_what_was_undone(written: Written) -> None:
    written.change("two", 0)
    here, now = written.shelf.load(written.pm.id).history.present, FakeClock()()
    written.shelf.save(Move(MoveKind.UNDO, here, written.pm, here, "rename to two", now), 1)
    written.change("three", 2)
    assert written.titles == (["one"], "three", [])


def test_a_change_that_merges_joins_the_newest_step(written: Written) -> None:
    written.change("two", 0)
    written.change("three", 1, merges=True)
    assert written.titles == (["one"], "three", [])


def test_what_is_not_there_or_put_away_is_gone(written: Written) -> None:
    with pytest.raises(Gone):
        written.shelf.load(PostMortemId("nowhere"))
    written.shelf.put_away(written.pm.id, FakeClock()())
    assert written.shelf.has(written.pm.id)
    with pytest.raises(Gone):
        written.shelf.load(written.pm.id)
    written.shelf.bring_back(written.pm.id)
    assert written.titles == ([], "one", [])


def test_clocks_and_half_typed_words_are_no_revision(written: Written) -> None:
    sitting = convene(written.pm.boxes).enter(Step.CAUSES, FakeClock()())
    written.shelf.keep_sitting(written.pm.id, sitting)
    written.shelf.keep_draft(written.pm.id, Step.CAUSES, "half a li")
    written.shelf.keep_draft(written.pm.id, Step.OPEN, "")
    loaded = written.shelf.load(written.pm.id)
    assert (loaded.revision, loaded.sitting, loaded.drafts.get(Step.OPEN, "")) == (0, sitting, "")
    assert loaded.drafts[Step.CAUSES] == "half a li"


@settings(max_examples=60)
@given(sequence=st.lists(acts(), min_size=5, max_size=30))
def test_any_meeting_leaves_the_same_behind_in_both(sequence: list[Act], new_database: NewDatabase) -> None:
    """Both windows are opened anew after every few acts, so that the histories compared are those that were kept."""
    with closing(open_shelf(new_database())) as file:
        shelves: tuple[Shelf, Shelf] = (MemoryShelf(), file)
        libraries = [Library(shelf, FakeClock(), Ids(), zone="UTC") for shelf in shelves]
        services = [one.open(one.begin("Checkout outage", Kind.INCIDENT, None)) for one in libraries]
        for service in services:
            settle_something(service)
        for number, act in enumerate(sequence):
            assert perform(services[0], act) == perform(services[1], act)
            if number % 5 == 4:
                services = [
                    one.open(service.snapshot.post_mortem.id) for one, service in zip(libraries, services, strict=True)
                ]
            assert _kept(services[0]) == _kept(services[1])
        assert libraries[0].summaries() == libraries[1].summaries()


def _kept(service: Facilitation) -> tuple[object, ...]:
    snapshot, history = service.snapshot, service._history
    return (snapshot, history.past, history.future)


def test_causes_of_other_post_mortems_come_with_their_actions(any_shelf: Shelf) -> None:
    library = Library(any_shelf, FakeClock(), Ids(), zone="UTC")
    older, newer, here, gone = (
        library.begin(title, Kind.INCIDENT, date(2026, 3, day))
        for title, day in (("older", 1), ("newer", 9), ("here", 10), ("gone", 11))
    )
    for one in (older, newer, here, gone):
        settle_something(library.open(one))
    service = library.open(newer)
    cause = service.snapshot.post_mortem.settlements[-1].causes[0]
    service.do(verbs.agree_action, ActionId("a1"), "Stage hot fixes", (cause,), owner="Ana", due=date(2026, 4, 1))
    library.delete(gone)
    found = any_shelf.past_causes(here, 50)
    assert [one.title for one in found] == sorted((one.title for one in found), reverse=True, key="older newer".find)
    assert {one.title for one in found} == {"older", "newer"}
    (promised,) = [action for one in found for action in one.actions]
    assert (promised.text, promised.owner, promised.due, promised.title) == (
        "Stage hot fixes", "Ana", date(2026, 4, 1), "newer",
    )  # fmt: skip
    assert len(any_shelf.past_causes(here, 1)) == 1
    assert library.past(here).promised("Stage hot fixes") == promised


@settings(max_examples=12)
@given(sequence=st.lists(acts(), max_size=20), today=st.dates(date(2026, 3, 1), date(2026, 6, 1)))
def test_any_meeting_is_listed_due_and_remembered_the_same_in_both(
    sequence: list[Act], today: date, new_database: NewDatabase
) -> None:
    """Four post-mortems of one team; acts go to them in turn, the last one is deleted."""
    with closing(open_shelf(new_database())) as file:
        told = [_told_after(shelf, sequence, today) for shelf in (MemoryShelf(), file)]
    assert told[0] == told[1]


def _told_after(shelf: Shelf, sequence: list[Act], today: date) -> list[object]:
    clock = FakeClock()
    library = Library(shelf, clock, Ids(), zone="UTC")
    ids: list[PostMortemId] = []
    for number, day in enumerate((date(2026, 3, 1), None, date(2026, 3, 1), date(2026, 3, 5))):
        ids.append(library.begin(f"Outage {number}", Kind.INCIDENT, day))
        clock.advance(minutes=1)
    services = [library.open(one) for one in ids]
    for number, service in enumerate(services):
        settle_something(service)
        service.do(verbs.state_facts, Facts(happened="It was slow", team="payments", tags=(f"tag {number}",)))
        cause = service.snapshot.post_mortem.settlements[-1].causes[0]
        service.do(
            verbs.agree_action, ActionId(f"a{number}"), "Stage hot fixes", (cause,), due=date(2026, 4, 2 + number)
        )
    for number, act in enumerate(sequence):
        perform(services[number % 4], act)
    library.delete(ids[-1])
    here = ids[0]
    return [
        library.count(),
        *(library.summaries(most) for most in (None, 0, 2, 9)),
        *(library.summary(one) for one in (*ids, PostMortemId("nowhere"))),
        shelf.due(today),
        *(shelf.past_stories(here, most) for most in (0, 1, 9)),
        *(shelf.past_causes(here, most) for most in (1, 99)),
        *(shelf.promised_by(here, team, tags, 3) for team in ("payments", "") for tags in ((), ("tag 1", "tag 2"))),
    ]


def test_what_is_due_is_told_oldest_first_and_rehearsals_are_left_out(any_shelf: Shelf) -> None:
    library = Library(any_shelf, FakeClock(), Ids(), zone="UTC")
    late, later, never = (library.begin(title, Kind.INCIDENT, None) for title in ("late", "later", "never"))
    for one, weeks in ((later, 3), (late, 2)):
        library.open(one).do(verbs.plan_follow_up, date(2026, 3, 12) + timedelta(weeks=weeks), date(2026, 3, 12))
    pm = replace(library.open(late).snapshot.post_mortem, id=PostMortemId("practice"), rehearsal=True)
    any_shelf.add(pm, None)
    assert [one.id for one in any_shelf.due(date(2026, 4, 2)).follow_ups] == [late, later]
    assert [one.id for one in any_shelf.due(date(2026, 3, 26)).follow_ups] == [late]
    assert any_shelf.due(date(2026, 3, 25)) == Due()
    assert {one.id for one in any_shelf.past_stories(never, 9)} == {late, later}


def test_promises_of_the_same_team_or_tag_come_with_their_dates(any_shelf: Shelf) -> None:
    library = Library(any_shelf, FakeClock(), Ids(), zone="UTC")
    for title, team, tags, due in (
        ("ours", "payments", (), date(2026, 4, 2)),
        ("tagged", "", ("db",), date(2026, 4, 1)),
        ("undated", "payments", (), None),
        ("others", "search", ("mail",), date(2026, 3, 1)),
    ):
        service = library.open(library.begin(title, Kind.INCIDENT, None))
        settle_something(service)
        service.do(verbs.state_facts, Facts(team=team, tags=tags))
        cause = service.snapshot.post_mortem.settlements[-1].causes[0]
        service.do(verbs.agree_action, ActionId(title), title, (cause,), due=due)
    here = library.open(library.begin("here", Kind.INCIDENT, None))
    assert library.promised_by(here.snapshot.post_mortem) == ()
    here.do(verbs.state_facts, Facts(team="payments", tags=("db", "nothing")))
    assert [one.text for one in library.promised_by(here.snapshot.post_mortem)] == ["tagged", "ours", "undated"]
