"""The whole record as the store reads it, from a real file that was written through the services."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.ending import ActionId
from pmfacil.core.facts import Facts, PersonId
from pmfacil.core.kind import Kind
from pmfacil.core.model import ActionState, Anchor, Entry, EntryId
from pmfacil.store import trends as reading
from pmfacil.store.errors import CannotRead
from pmfacil.store.trends import read_told
from pmfacil.trends import Moment, Told, trends
from tests.meetings import settle_something

if TYPE_CHECKING:
    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library
    from pmfacil.store import SqlShelf
    from tests.clock import FakeClock

TODAY = date(2026, 3, 12)


def _told(shelf: SqlShelf) -> Told:
    return read_told(shelf._connection, TODAY)


def _held(library: Library, on: date | None, *, kind: Kind = Kind.INCIDENT, cause: str = "") -> Facilitation:
    """A post-mortem with settled causes; its root cause says `cause`."""
    service = library.open(library.begin("Checkout outage", kind, on))
    settle_something(service)
    if cause:
        service.do(verbs.reword_cause, service.snapshot.post_mortem.settlements[-1].causes[-1], cause)
    return service


def _agreed(service: Facilitation, state: ActionState = ActionState.AGREED, due: date | None = None) -> None:
    new = ActionId(service.new_id())
    causes = service.snapshot.post_mortem.settlements[-1].causes
    service.do(verbs.agree_action, new, "Stage hot fixes too", causes, owner="Ana", due=due)
    if state is not ActionState.AGREED:
        service.do(verbs.move_action, new, state, "because", service.now())


def test_an_empty_file_tells_of_nothing(shelf: SqlShelf) -> None:
    assert _told(shelf) == Told(TODAY)
    assert trends(_told(shelf)).empty


def test_post_mortems_are_counted_by_month_and_kind(library: Library, shelf: SqlShelf) -> None:
    for on, kind in ((TODAY, Kind.INCIDENT), (date(2026, 3, 1), Kind.INCIDENT), (date(2025, 7, 9), Kind.OTHER)):
        library.begin("Outage", kind, on)
    library.begin("Nobody knows when", Kind.PROJECT, None)
    assert set(_told(shelf).counts) == {
        (date(2026, 3, 1), Kind.INCIDENT, 2), (date(2026, 3, 1), Kind.PROJECT, 1), (date(2025, 7, 1), Kind.OTHER, 1),
    }  # fmt: skip


def test_what_was_imported_is_counted_apart(shelf: SqlShelf) -> None:
    for key, on, deleted in (
        ("r1", "2024-05-02", None),
        ("r2", None, None),
        ("r3", "2024-05-02", "2026-03-01T00:00:00Z"),
    ):
        shelf._connection.execute(
            "INSERT INTO record VALUES (?, 'Old', 'old.md', '2026-03-02T09:00:00Z', ?, 'text', ?)", (key, on, deleted)
        )
    assert set(_told(shelf).imported) == {(date(2024, 5, 1), 1), (date(2026, 3, 1), 1)}
    assert _told(shelf).counts == ()


def test_causes_come_newest_first_with_the_names_to_leave_out(library: Library, shelf: SqlShelf) -> None:
    _held(library, date(2026, 1, 5), cause="Hot fixes skip the stages")
    newest = _held(library, TODAY, cause="Nobody owns partner data")
    newest.do(verbs.welcome, PersonId("p"), "Ana Ruiz", "on-call")
    first, second = _told(shelf).causes
    assert (first.text, first.on, first.names) == ("Nobody owns partner data", TODAY, ("Ana Ruiz",))
    assert (second.text, second.on, second.names) == ("Hot fixes skip the stages", date(2026, 1, 5), ())
    assert first.post_mortem == newest.snapshot.post_mortem.id


def test_only_the_newest_causes_are_read(library: Library, shelf: SqlShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_CAUSES", 1)
    _held(library, TODAY, cause="The newest")
    _held(library, date(2026, 1, 5), cause="An older one")
    assert [one.text for one in _told(shelf).causes] == ["The newest"]


def test_tags_are_counted_but_those_that_name_a_team_or_somebody(library: Library, shelf: SqlShelf) -> None:
    for tags in (("release", "dns", "payments"), ("release", "@ana"), ("release",)):
        service = library.open(library.begin("Outage", Kind.INCIDENT, TODAY))
        service.do(verbs.state_facts, Facts(team="Payments", tags=tags))
    assert _told(shelf).tags == (("release", 3), ("dns", 1))


def test_actions_are_counted_by_state_and_day(library: Library, shelf: SqlShelf, clock: FakeClock) -> None:
    clock.now = datetime(2025, 8, 1, 10, 0, tzinfo=UTC)
    _agreed(_held(library, date(2025, 7, 30)), due=date(2025, 9, 1))
    clock.now = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
    service = _held(library, date(2026, 2, 27))
    _agreed(service, due=date(2026, 3, 11))
    _agreed(service, ActionState.BLOCKED, TODAY)
    _agreed(service, ActionState.DONE, date(2026, 3, 2))
    told = _told(shelf)
    assert dict(told.states) == {ActionState.AGREED: 2, ActionState.BLOCKED: 1, ActionState.DONE: 1}
    assert told.overdue == 2
    assert told.agreed_on == ((date(2026, 3, 1), 2),)
    assert trends(told).ages == (("under 2 weeks", 2), ("2–4 weeks", 0), ("1–3 months", 0), ("over 3 months", 1))


def test_when_actions_were_agreed_and_done(library: Library, shelf: SqlShelf, clock: FakeClock) -> None:
    service = _held(library, TODAY)
    agreed = clock.now
    clock.advance(minutes=60 * 24 * 9)
    _agreed(service, ActionState.DONE)
    _agreed(service, ActionState.DROPPED)
    shelf._connection.execute("UPDATE action SET moved_at = NULL WHERE state = 'dropped'")
    assert _told(shelf).moved == ((ActionState.DONE, agreed, clock.now),)
    assert trends(_told(shelf)).finished[0].shortest == timedelta(days=9)


def test_moments_come_with_their_post_mortem(library: Library, shelf: SqlShelf) -> None:
    service = library.open(library.begin("Outage", Kind.INCIDENT, TODAY))
    at = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
    for key, instant in (("e1", at), ("e2", at + timedelta(minutes=7)), ("e3", None)):
        service.do(verbs.record_entry, Entry(EntryId(key), "It", at=instant, approximate=key == "e2"))
    service.do(verbs.mark_anchor, Anchor.IMPACT_BEGAN, EntryId("e1"))
    service.do(verbs.mark_anchor, Anchor.DETECTED, EntryId("e2"))
    service.do(verbs.mark_anchor, Anchor.RESOLVED, EntryId("e3"))
    service.do(verbs.rule_out_anchor, Anchor.MITIGATED)
    ((on, moments),) = _told(shelf).moments
    assert on == TODAY
    assert set(moments) == {
        Moment(Anchor.IMPACT_BEGAN, at), Moment(Anchor.DETECTED, at + timedelta(minutes=7), approximate=True),
    }  # fmt: skip


@pytest.mark.parametrize("how", ["rehearsal", "deleted"])
def test_rehearsals_and_deleted_ones_are_in_none_of_it(library: Library, shelf: SqlShelf, how: str) -> None:
    service = _held(library, TODAY, cause="Hot fixes skip the stages")
    service.do(verbs.state_facts, Facts(tags=("release",)))
    service.do(verbs.record_entry, Entry(EntryId("e1"), "It", at=service.now()))
    service.do(verbs.mark_anchor, Anchor.DETECTED, EntryId("e1"))
    _agreed(service, due=date(2026, 3, 1))
    _agreed(service, ActionState.VERIFIED)
    before = _told(shelf)
    assert all((before.counts, before.causes, before.tags, before.states, before.overdue, before.agreed_on))
    assert before.moved
    assert before.moments
    if how == "deleted":
        library.delete(service.snapshot.post_mortem.id)
    else:
        shelf._connection.execute("UPDATE post_mortem SET rehearsal = 1")
    after = _told(shelf)
    assert replace(after, states=()) == Told(TODAY)
    assert not any(many for _, many in after.states)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE post_mortem SET kind = 'rumour'",
        "UPDATE post_mortem SET occurred_on = 'soon'",
        "UPDATE action SET moved_at = '2026-03-12T10:00:00', state = 'done'",
        "UPDATE action SET state = 'forgotten'",
        "DROP TABLE record",
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(library: Library, shelf: SqlShelf, damage: str) -> None:
    _agreed(_held(library, TODAY, cause="Hot fixes skip the stages"))
    shelf._connection.execute(damage)
    with pytest.raises(CannotRead, match="What the whole record tells cannot be read"):
        _told(shelf)
    assert not shelf._connection.in_transaction


def test_reading_inside_of_a_transaction_leaves_that_alone(shelf: SqlShelf) -> None:
    shelf._connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(CannotRead):
        _told(shelf)
    assert shelf._connection.in_transaction
    shelf._connection.rollback()


def test_no_long_query_walks_through_all_actions_or_sorts_all_post_mortems(shelf: SqlShelf) -> None:
    """What keeps a record of 10,000 post-mortems readable at once, without a clock."""

    def plan(query: str, values: object) -> list[str]:
        asked = shelf._connection.execute(f"EXPLAIN QUERY PLAN {query}", values)  # type: ignore[arg-type]  # as it comes
        return [step for _, _, _, step in asked]

    for query in (reading._CAUSES, reading._MOVED, reading._MOMENTS):
        assert "SCAN pm USING INDEX post_mortem_day" in plan(query, (1,))
    for query in (reading._MOVED, reading._YOUNG):
        assert not [step for step in plan(query, ("1",)) if step.startswith("SCAN action")]
    scans = [step for step in plan(reading._STATES, {"today": "2026-03-12"}) if step.startswith("SCAN action")]
    assert scans == ["SCAN action USING COVERING INDEX action_due"]
