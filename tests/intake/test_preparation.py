"""What is typed before a meeting: read as meant, or refused with a sentence that says what would do."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.core import operations as verbs
from pmfacil.core.agenda import DEFAULT_BOXES, LEARNING_REVIEW, scaled
from pmfacil.core.errors import Unfit
from pmfacil.core.facts import Involvement
from pmfacil.core.kind import Kind
from pmfacil.core.model import Anchor, Entry, EntryId
from pmfacil.intake.preparation import (
    Guest,
    next_agenda,
    read_agenda,
    read_guest,
    read_kind,
    read_meeting,
    read_moment,
    read_past_day,
    read_zone,
)
from tests.meetings import fresh_service

NOW = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)  # a Thursday
TODAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("operational incident", Kind.INCIDENT),
        ("Incident", Kind.INCIDENT),
        ("proj", Kind.PROJECT),
        ("deadline", Kind.DEADLINE),
        ("missed", Kind.DEADLINE),
        ("escalation", Kind.ESCALATION),
        ("client", Kind.ESCALATION),
        ("other", Kind.OTHER),
    ],
)
def test_a_kind_is_known_by_the_start_of_its_words(words: str, kind: Kind) -> None:
    assert read_kind(words) is kind


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("fri", date(2026, 3, 6)),
        ("last friday", date(2026, 3, 6)),
        ("wednesday", date(2026, 3, 11)),
        ("yesterday", date(2026, 3, 11)),
        ("today", TODAY),
        ("1 feb", date(2026, 2, 1)),
    ],
)
def test_a_failure_lies_behind_us(words: str, day: date) -> None:
    assert read_past_day(words, TODAY) == day


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Europe/London", "Europe/London"),
        ("europe/london", "Europe/London"),
        ("london", "Europe/London"),
        ("New York", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_known_by_its_name_or_its_city(words: str, zone: str) -> None:
    assert read_zone(words) == zone


@pytest.mark.parametrize("words", ["Atlantis", "eastern", ""])
def test_a_zone_that_is_none_or_one_of_many_is_asked_for(words: str) -> None:
    with pytest.raises(Unfit, match="Europe/London"):
        read_zone(words)


@pytest.mark.parametrize(
    ("words", "boxes"),
    [
        ("80", DEFAULT_BOXES),
        ("90 min", scaled(90)),
        ("learning", LEARNING_REVIEW),
        ("Learning review, 60 minutes", scaled(60, LEARNING_REVIEW)),
        ("6 20 25 10 15 4", (6, 20, 25, 10, 15, 4)),
        ("6/20/25/10/15/4", (6, 20, 25, 10, 15, 4)),
    ],
)
def test_an_agenda_is_scaled_or_set(words: str, boxes: tuple[int, ...]) -> None:
    assert read_agenda(words, DEFAULT_BOXES) == boxes


def test_scaling_keeps_the_shape_and_adds_up_no_rounding() -> None:
    boxes = LEARNING_REVIEW
    for total in ("37", "21", "113", "80"):
        boxes = read_agenda(total, boxes)
    assert boxes == LEARNING_REVIEW
    assert read_agenda("40", (10, 20, 20, 10, 10, 10)) == (5, 10, 10, 5, 5, 5)
    assert sum(read_agenda("60", (100, 100, 100, 100, 100, 100))) == 60


@pytest.mark.parametrize("words", ["soon", "-", "1000", "9" * 5000, "5 5", "5 20 25 10 15 0", "3", "481", "٣٠"])
def test_no_agenda(words: str) -> None:
    with pytest.raises(Unfit):
        read_agenda(words, DEFAULT_BOXES)


def test_the_usual_agendas_go_round() -> None:
    seen = [DEFAULT_BOXES]
    for _ in range(4):
        seen.append(next_agenda(seen[-1]))
    assert seen == [DEFAULT_BOXES, scaled(90), LEARNING_REVIEW, scaled(60), DEFAULT_BOXES]
    assert next_agenda((6, 20, 25, 10, 15, 4)) == scaled(60)


@pytest.mark.parametrize(
    ("words", "guest"),
    [
        ("Ana", Guest("Ana", "", None)),
        ("Ana, on-call", Guest("Ana", "on-call", None)),
        ("Ana , responder", Guest("Ana", "", Involvement.RESPONDER)),
        ("Ana, on-call, Directly involved", Guest("Ana", "on-call", Involvement.INVOLVED)),
        ("Ana, on-call, payments, outsider", Guest("Ana", "on-call, payments", Involvement.OUTSIDE)),
        ("Ana,, context", Guest("Ana", "", Involvement.CONTEXT)),
    ],
)
def test_a_guest_is_a_name_a_role_and_a_view(words: str, guest: Guest) -> None:
    assert read_guest(words) == guest


def test_a_guest_needs_a_name() -> None:
    with pytest.raises(Unfit, match="Begin with a name"):
        read_guest(", on-call")


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("fri 10:00", datetime(2026, 3, 13, 10, 0, tzinfo=UTC)),
        ("tomorrow at 2pm", datetime(2026, 3, 13, 14, 0, tzinfo=UTC)),
        ("mon, 9.30", datetime(2026, 3, 16, 9, 30, tzinfo=UTC)),
        ("10 am friday", datetime(2026, 3, 13, 10, 0, tzinfo=UTC)),
        ("13 March 1000", datetime(2026, 3, 13, 10, 0, tzinfo=UTC)),
        ("15:30", datetime(2026, 3, 12, 15, 30, tzinfo=UTC)),
        ("10:00", datetime(2026, 3, 13, 10, 0, tzinfo=UTC)),
        ("+2w 10:00", datetime(2026, 3, 26, 10, 0, tzinfo=UTC)),
        ("2026-03-13 10:00", datetime(2026, 3, 13, 10, 0, tzinfo=UTC)),
        ("2026-03-13T10:00+01:00", datetime(2026, 3, 13, 9, 0, tzinfo=UTC)),
    ],
)
def test_a_meeting_has_a_day_and_a_time(words: str, at: datetime) -> None:
    assert read_meeting(words, NOW) == at


def test_a_meeting_is_on_the_clock_of_the_room_summer_time_included(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    assert read_meeting("30 march 10:00", NOW) == datetime(2026, 3, 30, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("soon", "is no time to meet I know"),
        ("friday", "At what time on Fri 13 Mar"),
        ("2026-03-13", "At what time on Fri 13 Mar"),
        ("today 10:00", "Thu 12 Mar 10:00 has passed"),
        ("1 june 2027 10:00", "Tue 1 Jun 10:00 in 2027 is more than a year away"),
        ("9999-12-31 10:00", "is no time to meet I know"),
        ("0001-01-01T00:00+14:00", "is no time to meet I know"),
        ("fri ??:??", "is no time to meet I know"),
        (",", "is no time to meet I know"),
    ],
)
def test_no_time_to_meet(words: str, sentence: str) -> None:
    with pytest.raises(Unfit, match=sentence):
        read_meeting(words, NOW)


def test_a_moment_lies_on_the_day_of_the_story_or_after_the_moment_before_it() -> None:
    pm = fresh_service().snapshot.post_mortem
    assert read_moment("13:58", Anchor.DETECTED, pm, NOW).at == datetime(2026, 3, 12, 13, 58, tzinfo=UTC)
    began = Entry(EntryId("a"), "it begins", at=datetime(2026, 3, 12, 23, 50, tzinfo=UTC))
    pm = verbs.mark_anchor(verbs.record_entry(pm, began), Anchor.IMPACT_BEGAN, began.id)
    after = read_moment("~00:10", Anchor.DETECTED, pm, NOW)
    assert (after.at, after.approximate) == (datetime(2026, 3, 13, 0, 10, tzinfo=UTC), True)
    assert after.notes == ("next day",)
    assert read_moment("+7", Anchor.DETECTED, pm, NOW).at == datetime(2026, 3, 12, 23, 57, tzinfo=UTC)
    unknown = replace(fresh_service().snapshot.post_mortem, occurred_on=None)
    assert read_moment("13:58", Anchor.DETECTED, unknown, NOW).at == datetime(2026, 3, 12, 13, 58, tzinfo=UTC)


@pytest.mark.parametrize("words", ["after lunch", "13:58 alert", "12 March", "?", "13:58-14:05"])
def test_no_moment(words: str) -> None:
    with pytest.raises(Unfit, match="14:05"):
        read_moment(words, Anchor.DETECTED, fresh_service().snapshot.post_mortem, NOW)


@given(st.text(max_size=30))
def test_any_words_are_read_or_refused(words: str) -> None:
    pm = fresh_service().snapshot.post_mortem
    for read in (
        lambda: read_kind(words),
        lambda: read_past_day(words, TODAY),
        lambda: read_zone(words),
        lambda: read_agenda(words, DEFAULT_BOXES),
        lambda: read_guest(words),
        lambda: read_meeting(words, NOW),
        lambda: read_moment(words, Anchor.DETECTED, pm, NOW),
    ):
        try:
            read()
        except Unfit as refusal:
            assert str(refusal)
