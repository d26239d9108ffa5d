"""When to meet, whom to ask, what is still to be found out: advice in sentences, never a refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.core import operations as verbs
from pmfacil.core.facts import Facts, Involvement, Person, PersonId
from pmfacil.core.kind import Kind
from pmfacil.core.model import Anchor, Entry, EntryId, PostMortem
from pmfacil.core.readiness import Topic, advice, leads, matters, readiness, window
from tests.clock import Ids
from tests.meetings import fresh_service, post_mortems

if TYPE_CHECKING:
    from pmfacil.core.readiness import Advice, Window

OVER = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)  # a Tuesday
HOURS = timedelta(hours=1)
INVOLVED, RESPONDER, CONTEXT, OUTSIDE = Involvement
_ids = Ids("entry")


def _pm(
    *entries: Entry, kind: Kind = Kind.INCIDENT, on: date | None = None, meets: datetime | None = None
) -> PostMortem:
    fresh = fresh_service().snapshot.post_mortem
    return replace(fresh, kind=kind, occurred_on=on, entries=entries, facts=Facts(meets_at=meets))


def _entry(at: datetime | None = OVER, **more: object) -> Entry:
    return Entry(EntryId(_ids()), "something", at=at, **more)  # type: ignore[arg-type] # fields of an entry, by name


def _resolved(meets: datetime | None = None, kind: Kind = Kind.INCIDENT, at: datetime = OVER) -> PostMortem:
    pm = _pm(_entry(at), _entry(at + 2 * HOURS), kind=kind, meets=meets)
    return verbs.mark_anchor(pm, Anchor.RESOLVED, pm.entries[0].id)


def _window(pm: PostMortem, now: datetime = OVER) -> Window:
    found = window(pm, now)
    assert found is not None
    return found


def _people(*people: tuple[str, str, Involvement | None]) -> PostMortem:
    named = tuple(Person(PersonId(name), name, role, involvement=brings) for name, role, brings in people)
    return replace(_pm(), people=named)


def _topics(pm: PostMortem) -> list[Topic]:
    return [one.topic for one in advice(pm)]


def _about(pm: PostMortem, topic: Topic) -> Advice:
    return next(one for one in advice(pm) if one.topic is topic)


# -- when to meet ---------------------------------------------------------------------------------------


def test_an_incident_is_talked_about_two_or_three_days_after_it_was_resolved() -> None:
    found = _window(_resolved())
    assert (found.earliest, found.latest) == (OVER + 48 * HOURS, OVER + 72 * HOURS)
    assert found.advice == "Best between Thu 12 Mar and Fri 13 Mar."
    assert not found.fits


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.INCIDENT])
def test_any_other_failure_is_talked_about_within_a_week(kind: Kind) -> None:
    found = _window(_resolved(kind=kind))
    assert (found.earliest, found.latest) == (OVER + 12 * HOURS, OVER + timedelta(days=7))


@pytest.mark.parametrize("days", [2, 3], ids=["on a Saturday", "on a Sunday"])
def test_a_window_that_closes_at_a_weekend_stays_open_over_the_monday(days: int) -> None:
    found = _window(_resolved(at=OVER + timedelta(days=days - 1)))
    assert found.latest == datetime(2026, 3, 16, 15, 0, tzinfo=UTC)


def test_without_a_resolution_it_counts_from_the_last_that_the_timeline_knows() -> None:
    last = _entry(OVER - HOURS, until=OVER + HOURS)
    assert _window(_pm(_entry(OVER - 2 * HOURS), last, _entry(None))).latest == OVER + 73 * HOURS
    only_a_day = _pm(_entry(None, day=date(2026, 3, 10)), _entry(None))
    assert _window(only_a_day).latest == datetime(2026, 3, 13, 23, 59, tzinfo=UTC)


def test_a_resolution_without_a_time_does_not_count_and_one_that_lasted_counts_from_its_end() -> None:
    pm = _pm(_entry(OVER), _entry(None))
    assert _window(verbs.mark_anchor(pm, Anchor.RESOLVED, pm.entries[1].id)).latest == OVER + 72 * HOURS
    pm = _pm(_entry(OVER, until=OVER + HOURS), _entry(OVER + 5 * HOURS))
    assert _window(verbs.mark_anchor(pm, Anchor.RESOLVED, pm.entries[0].id)).latest == OVER + 73 * HOURS
    assert _window(verbs.rule_out_anchor(pm, Anchor.RESOLVED)).latest == OVER + 77 * HOURS


def test_without_a_timeline_it_counts_from_the_end_of_the_day_in_the_incident_s_zone() -> None:
    pm = replace(_pm(on=date(2026, 3, 10)), zone="America/New_York")
    assert _window(pm).latest == datetime(2026, 3, 14, 3, 59, tzinfo=UTC) + timedelta(days=2)  # over the weekend


@pytest.mark.parametrize("day", [None, date.min, date.max, date(9998, 12, 31)], ids=str)
def test_where_nothing_says_when_it_happened_there_is_no_window(day: date | None) -> None:
    assert window(_pm(on=day), OVER) is None


@pytest.mark.parametrize("hours", [12, 48, 72, 80])
def test_a_time_that_fits_needs_no_advice(hours: int) -> None:
    """The day on which the window closes counts whole."""
    found = _window(_resolved(OVER + hours * HOURS))
    assert found.fits
    assert found.advice == ""


def test_too_soon_people_are_still_recovering() -> None:
    found = _window(_resolved(OVER + 11 * HOURS))
    assert found.advice.startswith("Too soon: within 12 hours of the end people are still recovering.")
    assert found.advice.endswith("Aim for a day between Thu 12 Mar and Fri 13 Mar.")
    assert not found.fits


def test_too_late_memories_fade() -> None:
    late = _resolved(OVER + timedelta(days=10))
    assert _window(late).advice == "Late: memories fade, so aim for Fri 13 Mar at the latest."
    missed = _window(late, OVER + timedelta(days=9))
    assert missed.advice == "Late: memories fade, so meet as soon as people can."
    assert not missed.fits


def test_a_window_that_was_missed_says_so() -> None:
    found = _window(_resolved(), OVER + timedelta(days=9))
    assert found.advice == "It was best to meet by Fri 13 Mar. Memories fade: meet as soon as people can."


def test_a_planned_time_that_has_passed_is_asked_for_again() -> None:
    pm = _resolved(OVER + 48 * HOURS)
    assert _window(pm, OVER + 59 * HOURS).fits  # it may have begun a little late
    assert _window(pm, OVER + 61 * HOURS).advice == "That time has passed. When does the room meet?"


def test_which_moments_matter_depends_on_the_kind() -> None:
    assert all(matters(anchor, Kind.INCIDENT) for anchor in Anchor)
    assert not matters(Anchor.RESOLVED, Kind.DEADLINE)
    assert matters(Anchor.DETECTED, Kind.PROJECT)


# -- whom to ask ----------------------------------------------------------------------------------------


def test_while_nobody_is_named_there_is_nothing_to_say_of_people() -> None:
    assert advice(_pm()) == ()


def test_three_people_with_every_view_need_no_advice() -> None:
    pm = _people(("Ana", "on-call", INVOLVED), ("Ben", "lead of the search team", OUTSIDE), ("Cai", "", RESPONDER))
    assert advice(pm) == ()


def test_the_inside_and_the_outside_are_both_missed() -> None:
    pm = _people(("Ana", "", RESPONDER), ("Ben", "", None), ("Cai", "", CONTEXT))
    assert _topics(pm) == [Topic.INVOLVED, Topic.OUTSIDE]
    assert "one or two outsiders ask fresh questions" in _about(pm, Topic.OUTSIDE).sentence
    assert _about(pm, Topic.INVOLVED).person is None


@pytest.mark.parametrize(
    "role",
    [
        "Director", "director of engineering", "VP Engineering", "SVP", "Vice President", "Head of Payments", "CTO",
        "ceo", "CIO", "COO", "CISO", "Chief of staff", "President", "Managing director", "executive sponsor", "Partner",
    ],
)  # fmt: skip
def test_a_leader_who_was_not_part_of_it_is_better_served_by_the_report(role: str) -> None:
    pm = _people(("Rosa", role, CONTEXT))
    found = _about(pm, Topic.LEADER)
    assert found.person == "Rosa"
    assert found.sentence == f"Rosa ({role}) is better served by the report. Add to readers instead?"
    assert leads(replace(pm.people[0], involvement=None))


@pytest.mark.parametrize(
    "role",
    [
        "team lead", "tech lead", "engineering manager", "project manager", "product owner", "incident commander",
        "account executive", "sales executive", "HR business partner", "partner integrations", "assistant to the CTO",
        "PA to the CEO", "executive assistant", "scope owner", "headquarters", "",
    ],
)  # fmt: skip
def test_who_leads_a_team_or_helps_a_leader_belongs_in_the_room(role: str) -> None:
    assert not leads(Person(PersonId("a"), "Ana", role, involvement=CONTEXT))


@pytest.mark.parametrize("brings", [INVOLVED, RESPONDER])
def test_a_leader_who_was_part_of_it_belongs_in_the_room(brings: Involvement) -> None:
    assert not leads(Person(PersonId("a"), "Ana", "CTO", involvement=brings))


def test_a_facilitator_with_a_stake_is_asked_and_others_are_named() -> None:
    people = (
        ("Ana", "facilitator", INVOLVED), ("Ben", "", RESPONDER), ("Cai", "", CONTEXT), ("Dee", "", OUTSIDE),
        ("Eli", "CTO", OUTSIDE), ("Fay", "", INVOLVED), ("Gus", "", None),
    )  # fmt: skip
    found = _about(_people(*people), Topic.FACILITATOR)
    assert found.person == "Ana"
    assert found.sentence == (
        "Ana facilitates and was directly involved. A stake in it? Dee or Cai could lead instead."
    )
    alone = _about(_people(*people[:1], people[5]), Topic.FACILITATOR)
    assert alone.sentence.endswith("Somebody from another team could lead instead.")
    assert Topic.FACILITATOR not in _topics(_people(("Ana", "moderator", OUTSIDE)))


@pytest.mark.parametrize("role", ["Facilitator", "on-call and co-facilitator", "moderator", "facilitates the meeting"])
def test_a_facilitator_is_known_by_the_role(role: str) -> None:
    assert Topic.FACILITATOR in _topics(_people(("Ana", role, INVOLVED)))


@pytest.mark.parametrize("role", ["facilities", "moderate risk owner"])
def test_not_every_word_that_begins_so_is_a_facilitator(role: str) -> None:
    assert Topic.FACILITATOR not in _topics(_people(("Ana", role, INVOLVED)))


@pytest.mark.parametrize(
    ("count", "said"), [(2, "Fewer than three"), (3, ""), (12, ""), (13, "13 people are too many")]
)
def test_a_group_can_be_too_small_and_too_large(count: int, said: str) -> None:
    pm = _people(*((f"{number}", "", tuple(Involvement)[number % 4]) for number in range(count)))
    sizes = [one.sentence for one in advice(pm) if one.topic is Topic.SIZE]
    assert bool(sizes) is bool(said)
    assert all(sentence.startswith(said) for sentence in sizes)


# -- what is still to be found out ------------------------------------------------------------------------


def _done(pm: PostMortem) -> set[str]:
    return {check.key for check in readiness(pm, OVER) if check.done}


def test_nothing_is_ready_by_itself() -> None:
    checks = readiness(_pm(on=date(2026, 3, 10)), OVER)
    assert [check.key for check in checks] == [
        "happened", "affected", "moments", "timeline", "people", "meeting", "facilitator",
    ]  # fmt: skip
    assert not any(check.done for check in checks)


def test_every_line_of_the_checklist_can_be_done() -> None:
    pm = _people(("Ana", "facilitator", OUTSIDE), ("Ben", "", INVOLVED), ("Cai", "", RESPONDER))
    entries = tuple(_entry(OVER + minute * timedelta(minutes=1)) for minute in range(5))
    facts = Facts(happened="Checkout failed", people_affected="about 1,200", meets_at=OVER + 48 * HOURS)
    pm = replace(pm, entries=entries, facts=facts)
    for anchor, entry in ((Anchor.IMPACT_BEGAN, entries[0]), (Anchor.RESOLVED, entries[4])):
        pm = verbs.mark_anchor(pm, anchor, entry.id)
    assert len(_done(pm)) == 7


@pytest.mark.parametrize("kind", [Kind.PROJECT, Kind.DEADLINE])
def test_a_project_has_no_impact_to_time(kind: Kind) -> None:
    assert "moments" not in {check.key for check in readiness(_pm(kind=kind), OVER)}


def test_moments_are_timed_or_ruled_out() -> None:
    pm = _pm(_entry(OVER), _entry(None))
    began = verbs.mark_anchor(pm, Anchor.IMPACT_BEGAN, pm.entries[0].id)
    assert "moments" not in _done(began)
    assert "moments" not in _done(verbs.mark_anchor(began, Anchor.RESOLVED, pm.entries[1].id))
    assert "moments" in _done(verbs.rule_out_anchor(began, Anchor.RESOLVED))


@pytest.mark.parametrize(
    ("words", "counts"),
    [("42 minutes", True), ("half of all customers", True), ("nobody", True), ("quite a few", False), ("", False)],
)
def test_what_it_affected_needs_a_number_in_digits_or_words(words: str, counts: bool) -> None:
    assert ("affected" in _done(replace(_pm(), facts=Facts(contacts=words)))) is counts


def test_a_meeting_needs_a_time_and_where_a_window_is_known_one_inside_it() -> None:
    assert "meeting" not in _done(_resolved())
    assert "meeting" in _done(_resolved(OVER + 50 * HOURS))
    assert "meeting" not in _done(_resolved(OVER + 500 * HOURS))
    assert "meeting" in _done(_pm(meets=OVER + 500 * HOURS))


def test_people_need_their_part_and_a_facilitator_without_a_stake() -> None:
    assert "people" not in _done(_people(("Ana", "", INVOLVED), ("Ben", "", None)))
    assert "people" in _done(_people(("Ana", "", INVOLVED)))
    assert "facilitator" not in _done(_people(("Ana", "facilitator", INVOLVED)))
    assert "facilitator" not in _done(_people(("Ana", "", OUTSIDE)))
    assert "facilitator" in _done(_people(("Ana", "facilitator", None)))


@given(pm=post_mortems(), ahead=st.integers(-400, 400))
def test_any_post_mortem_can_be_looked_over(pm: PostMortem, ahead: int) -> None:
    planned = replace(pm, facts=replace(pm.facts, meets_at=OVER + ahead * HOURS))
    found = window(planned, OVER)
    assert found is None or (found.earliest < found.latest and found.fits is not bool(found.advice))
    assert all(check.sentence for check in readiness(planned, OVER))
    assert {one.person for one in advice(planned)} <= {None, *(person.id for person in planned.people)}
