"""The service across all post-mortems, over the store in memory and the real one alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.ending import ActionId
from pmfacil.core.errors import Empty, Gone
from pmfacil.core.facts import PersonId
from pmfacil.core.kind import Kind
from pmfacil.core.model import PostMortemId
from pmfacil.core.stage import Stage
from pmfacil.library import Library
from tests.clock import FakeClock, Ids
from tests.fakes import MemoryShelf
from tests.meetings import settle_something

if TYPE_CHECKING:
    from pmfacil.shelf import Shelf
    from pmfacil.store import SqlShelf


@pytest.fixture(params=["memory", "file"])
def any_library(request: pytest.FixtureRequest, shelf: SqlShelf, clock: FakeClock) -> Library:
    kept: Shelf = MemoryShelf() if request.param == "memory" else shelf
    return Library(kept, clock, Ids(), zone="Europe/London")


def test_a_new_post_mortem_is_listed(any_library: Library) -> None:
    new = any_library.begin(" Checkout outage ", Kind.INCIDENT, date(2026, 3, 12))
    (summary,) = any_library.summaries()
    assert (summary.id, summary.title, summary.stage) == (new, "Checkout outage", Stage.PREPARING)
    assert any_library.open(new).snapshot.post_mortem.zone == "Europe/London"


def test_a_title_without_words_is_refused_and_nothing_is_begun(any_library: Library) -> None:
    with pytest.raises(Empty, match="type the title first"):
        any_library.begin("  ", Kind.OTHER, None)
    assert any_library.summaries() == ()


def test_the_newest_comes_first(any_library: Library, clock: FakeClock) -> None:
    for title, day in (("old", date(2026, 1, 1)), ("undated", None), ("new", date(2026, 5, 1))):
        any_library.begin(title, Kind.INCIDENT, day)
        clock.advance(minutes=1)
    assert [one.title for one in any_library.summaries()] == ["new", "undated", "old"]


def test_a_line_of_the_list_tells_stage_open_actions_and_follow_up(any_library: Library, clock: FakeClock) -> None:
    service = any_library.open(any_library.begin("Checkout outage", Kind.INCIDENT, None))
    settle_something(service)
    cause = service.snapshot.post_mortem.settlements[0].causes[0]
    service.do(verbs.agree_action, ActionId("a"), "Stage every release", (cause,))
    service.do(verbs.plan_follow_up, date(2026, 4, 2), date(2026, 3, 12))
    service.steer(lambda sitting: sitting.enter(Step.OPEN, clock()))
    (summary,) = any_library.summaries()
    assert (summary.stage, summary.open_actions, summary.follow_up_on) == (Stage.LIVE, 1, date(2026, 4, 2))
    service.do(verbs.close_meeting, clock())
    assert any_library.summaries()[0].stage is Stage.CLOSED


def test_a_duplicate_keeps_what_repeats_and_nothing_else(any_library: Library) -> None:
    service = any_library.open(any_library.begin("Checkout outage", Kind.PROJECT, date(2026, 3, 12)))
    service.do(verbs.welcome, PersonId("p"), "Ana", "on-call")
    service.do(verbs.plan_agenda, 60)
    service.do(verbs.name_trigger, "A release")
    copy = any_library.open(any_library.duplicate(service.snapshot.post_mortem.id)).snapshot.post_mortem
    assert (copy.title, copy.kind, sum(copy.boxes)) == ("Checkout outage (new)", Kind.PROJECT, 60)
    assert [(person.name, person.present) for person in copy.people] == [("Ana", False)]
    assert (copy.trigger, copy.occurred_on) == ("", None)


def test_what_was_deleted_can_be_brought_back(any_library: Library) -> None:
    new = any_library.begin("Checkout outage", Kind.INCIDENT, None)
    any_library.delete(new)
    assert any_library.summaries() == ()
    with pytest.raises(Gone):
        any_library.open(new)
    with pytest.raises(Gone):
        any_library.delete(new)
    assert any_library.restore() == new
    assert any_library.restore() is None
    assert any_library.open(new).snapshot.post_mortem.title == "Checkout outage"


def test_a_unique_beginning_of_an_id_finds_it(any_library: Library) -> None:
    first = any_library.begin("one", Kind.OTHER, None)
    any_library.begin("two", Kind.OTHER, None)
    assert any_library.find(first) == first
    for ambiguous in ("id", "", "nothing"):
        with pytest.raises(Gone):
            any_library.find(ambiguous)


def test_a_post_mortem_from_outside_is_taken_in_once(any_library: Library) -> None:
    new = any_library.begin("Checkout outage", Kind.INCIDENT, None)
    pm = any_library.open(new).snapshot.post_mortem
    again = any_library.take_in(pm, None)
    assert (again.id, again.was_here, again.copied) == (new, True, False)
    changed = any_library.take_in(replace(pm, impact="38 % of customers"), None)
    assert changed.copied
    assert any_library.open(changed.id).snapshot.post_mortem.title == "Checkout outage (imported)"
    assert any_library.open(new).snapshot.post_mortem == pm


def test_a_deleted_post_mortem_that_comes_again_becomes_a_copy(any_library: Library) -> None:
    new = any_library.begin("Checkout outage", Kind.INCIDENT, None)
    pm = any_library.open(new).snapshot.post_mortem
    any_library.delete(new)
    assert any_library.take_in(pm, None).copied


def test_what_is_not_there_cannot_be_brought_back(any_library: Library) -> None:
    any_library._deleted.append(PostMortemId("nowhere"))
    with pytest.raises(Gone):
        any_library.restore()


def test_a_settlement_that_no_room_may_make_is_refused_at_the_door(any_library: Library) -> None:
    from pmfacil.core.errors import GateClosed

    service = any_library.open(any_library.begin("Checkout outage", Kind.INCIDENT, None))
    settle_something(service)
    pm = service.snapshot.post_mortem
    blamed = tuple(replace(cause, text="Human error") for cause in pm.causes)
    with pytest.raises(GateClosed, match="stops at a person"):
        any_library.take_in(replace(pm, id=PostMortemId("forged"), causes=blamed), None)
    assert len(any_library.summaries()) == 1
