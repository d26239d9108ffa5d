"""The calendar: what is due stands in it, whatever it is called, and a second export changes nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from icalendar import Calendar

from pmfacil.core.following import OVER
from pmfacil.core.model import Action, ActionState, ActionType
from pmfacil.core.text import visible
from pmfacil.report.calendar import calendar
from tests.hostile import HOSTILE
from tests.report.test_tables import with_action
from tests.store.values import legal_post_mortems

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem

NOW = datetime(2026, 3, 12, 15, 30, tzinfo=UTC)
DUE = date(2026, 4, 1)


def _events(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def _properties(text: str) -> list[dict[str, str]]:
    """Each event's properties, unfolded and unescaped by hand: the library's reader takes `\\\\n` for a line break."""
    lines = text.replace("\r\n ", "").split("\r\n")
    pieces = {"\\n": "\n", "\\\\": "\\", "\\;": ";", "\\,": ","}
    events: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events:
            events[-1][name.partition(";")[0]] = re.sub(r"\\.", lambda found: pieces[found[0]], value)
    return events


def test_an_open_action_is_due_all_day() -> None:
    pm = with_action(owner="Ana", due=DUE, type=ActionType.PREVENT, done_when="a bad build stops")
    (event,) = _events(calendar(pm, NOW))
    assert event["summary"] == "@Ana: Stage every release"
    assert event["description"] == (
        "Done when: a bad build stops\n"
        "Addresses: A: Condition 5\n"
        "From the post-mortem: Checkout outage (2026-03-12)"
    )  # fmt: skip
    assert event.start == DUE
    assert event.end == DUE + timedelta(days=1)
    assert event["dtstart"].params["value"] == "DATE"
    assert event["dtstamp"].dt == NOW
    assert [str(one) for one in event["categories"].cats] == ["post-mortem", "prevent"]
    assert (event["status"], event["transp"]) == ("CONFIRMED", "TRANSPARENT")
    assert not event.keys() & {"ATTENDEE", "ORGANIZER"}
    assert not event.subcomponents
    assert event["uid"] == f"{pm.id}+a@pmfacil"


def test_an_action_without_owner_test_or_type_says_nothing_of_them() -> None:
    (event,) = _events(calendar(with_action(due=DUE), NOW))
    assert event["summary"] == "Stage every release"
    assert "Done when" not in event["description"]
    assert [str(one) for one in event["categories"].cats] == ["post-mortem"]


def test_an_owner_that_was_typed_with_its_sign_has_one() -> None:
    (event,) = _events(calendar(with_action(owner="@ana", due=DUE), NOW))
    assert event["summary"].startswith("@ana: ")


@pytest.mark.parametrize("state", sorted(OVER))
def test_nothing_that_is_over_is_due(state: ActionState) -> None:
    assert _events(calendar(with_action(due=DUE, state=state, reason="x"), NOW)) == []


def test_the_follow_up_is_in_it() -> None:
    pm = replace(with_action(), closing=replace(with_action().closing, follow_up_on=date(2026, 4, 2)))
    (event,) = _events(calendar(pm, NOW))
    assert event["summary"] == "Follow-up: Checkout outage"
    assert event.start == date(2026, 4, 2)
    assert event["uid"] == f"{pm.id}@pmfacil"
    assert "From the post-mortem: Checkout outage (2026-03-12)" in event["description"]


def test_where_nothing_is_due_there_is_a_calendar_without_events() -> None:
    assert calendar(with_action(), NOW) == (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//pmfacil//post-mortem//EN\r\nEND:VCALENDAR\r\n"
    )


def test_a_second_export_is_the_same_event() -> None:
    pm = with_action(due=DUE)
    assert calendar(pm, NOW) == calendar(pm, NOW)
    later = replace(pm, title="Renamed", actions=(replace(pm.actions[0], text="Reworded", due=date(2026, 5, 1)),))
    first, second = _events(calendar(pm, NOW)), _events(calendar(later, NOW + timedelta(days=1)))
    assert first[0]["uid"] == second[0]["uid"]
    assert first[0]["dtstamp"].dt < second[0]["dtstamp"].dt


def test_ids_that_look_alike_do_not_meet() -> None:
    pm = with_action(due=DUE)
    actions = [replace(pm.actions[0], id=type(pm.actions[0].id)(name)) for name in ("a", "a+b", "a%2Bb", "a\nb", "ä b")]
    uids = [event["uid"] for event in _events(calendar(replace(pm, actions=tuple(actions)), NOW))]
    assert len(set(uids)) == len(actions)
    assert all(re.fullmatch(r"[\w%.~+-]+@pmfacil", uid, re.ASCII) for uid in uids)


@pytest.mark.parametrize(
    "words", [r"C:\New\notes", "a; b, c: d", "one\\, two", r"not a \n break", "🔥 👩‍💻", "BEGIN:VALARM", '"quoted"']
)
def test_words_are_escaped(words: str) -> None:
    text = calendar(with_action(text=words, done_when=f"{words}\nand more", due=DUE), NOW)
    (event,) = _properties(text)
    assert event["SUMMARY"] == words
    assert event["DESCRIPTION"].splitlines()[0] == f"Done when: {words} and more"
    if "\\" not in words:
        assert _events(text)[0]["summary"] == words


def test_the_hour_of_the_stamp_is_utc() -> None:
    from zoneinfo import ZoneInfo

    assert "DTSTAMP:20260312T153000Z\r\n" in calendar(with_action(due=DUE), NOW.astimezone(ZoneInfo("Asia/Kathmandu")))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_in_their_lines(name: str) -> None:
    words = HOSTILE[name].replace("\ud800", "?")
    text = calendar(replace(with_action(text=words, owner=words, done_when=words, due=DUE), title=words), NOW)
    _well_folded(text)
    (event,) = _properties(text)
    assert event["SUMMARY"] == f"@{visible(words)}: {visible(words)}"


@settings(max_examples=25)
@given(legal_post_mortems())
def test_any_post_mortem_has_a_calendar(pm: PostMortem) -> None:
    text = calendar(pm, NOW)
    _well_folded(text)
    due: list[Action] = [one for one in pm.actions if one.due and one.state not in OVER]
    events, told = _events(text), _properties(text)
    assert [event.start for event in events] == [
        *(one.due for one in due),
        *([pm.closing.follow_up_on] if pm.closing.follow_up_on else []),
    ]
    assert len({event["uid"] for event in events}) == len(events)
    assert all(event["SUMMARY"].endswith(visible(action.text)) for event, action in zip(told, due, strict=False))


def _well_folded(text: str) -> None:
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert not any((ord(char) < 0x20 and char not in "\r\n") or 0x7F <= ord(char) < 0xA0 for char in text)
    assert "\n" not in text.replace("\r\n", "")
