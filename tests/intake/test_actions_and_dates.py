"""Actions and days as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.core.ending import ActionId
from pmfacil.core.model import Action, ActionType, CauseId, SettlementId
from pmfacil.intake.actions import line_for_action, understand_action
from pmfacil.intake.dates import understand_date
from tests.meetings import texts

TODAY = date(2026, 3, 12)  # a Thursday
LETTERS = {"A": CauseId("c1"), "B": CauseId("c2"), "AA": CauseId("c3")}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "2026-03-12"), ("tomorrow", "2026-03-13"), ("yesterday", "2026-03-11"), ("friday", "2026-03-13"),
        ("next fri", "2026-03-13"), ("thu", "2026-03-19"), ("last thursday", "2026-03-05"), ("last friday", "2026-03-06"),
        ("+10d", "2026-03-22"), ("+2w", "2026-03-26"), ("+1m", "2026-04-12"), ("next week", "2026-03-16"),
        ("end of week", "2026-03-13"), ("end of month", "2026-03-31"), ("2026-04-01", "2026-04-01"), ("12/3", "2026-03-12"),
        ("1.4.2026", "2026-04-01"), ("1/4/26", "2026-04-01"), ("1 April", "2026-04-01"), ("April 1st, 2027", "2027-04-01"),
        ("3 Jan", "2026-01-03"), ("30 Dec", "2025-12-30"),
    ],
)  # fmt: skip
def test_days_are_read_as_they_are_said(said: str, day: str) -> None:
    assert understand_date(said, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "said", ["", "soon", "31 Feb", "31.2.", "2026-13-01", "12 Foo", "mo", "may", "by friday", "99"]
)
def test_what_names_no_day_names_none(said: str) -> None:
    assert understand_date(said, TODAY) is None


@given(st.text() | texts(), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_no_words_are_a_crash(said: str, today: date) -> None:
    understand_date(said, today)
    assert understand_action(said, today, LETTERS).text is not None


def test_a_whole_action_is_read_from_one_line() -> None:
    read = understand_action(
        "add alert on p99 > 500 ms for checkout @ana by fri #prev /AB when: it fires in the game day", TODAY, LETTERS
    )
    assert read.text == "add alert on p99 > 500 ms for checkout"
    assert (read.owner, read.due, read.type) == ("ana", date(2026, 3, 13), ActionType.PREVENT)
    assert (read.causes, read.done_when) == (("c1", "c2"), "it fires in the game day")
    assert read.echo == "owner ana · due Fri 13 March · prevent · causes A, B · done when it fires in the game day"


@pytest.mark.parametrize(
    "line", ["mail a@b.example and/or c", "stand by the door", "fix #1234 in /usr/bin", "learn #unknowntag", "ask /Z"]
)
def test_tokens_that_mean_nothing_stay_words(line: str) -> None:
    read = understand_action(line, TODAY, LETTERS)
    assert read.text == line
    assert read.echo == "no owner yet · no date yet"


def test_quoted_owners_double_letters_and_lists_of_letters() -> None:
    read = understand_action('do it @"Ana Ruiz" /AA', TODAY, LETTERS)
    assert (read.owner, read.causes) == ("Ana Ruiz", ("c3",))
    assert understand_action("do it /a,b", TODAY, LETTERS).causes == ("c1", "c2")


owners = st.sampled_from(["", "ana", "ana.ruiz", "Ana Ruiz"])


@given(
    owners,
    st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.none() | st.sampled_from(ActionType),
    st.booleans(),
)
def test_the_line_that_an_action_comes_back_as_means_the_same_action(
    owner: str, due: date | None, kind: ActionType | None, tested: bool
) -> None:
    action = Action(
        ActionId("a"), SettlementId("s"), (CauseId("c2"), CauseId("c1")), "add a canary stage", owner, due, kind,
        "a bad build stops" if tested else "",
    )  # fmt: skip
    line = line_for_action(action, {cause: letter for letter, cause in LETTERS.items()})
    assert understand_action(line, TODAY, LETTERS).revise(action) == action


def test_an_edit_that_names_no_cause_keeps_the_causes() -> None:
    action = Action(ActionId("a"), SettlementId("s"), (CauseId("c2"),), "add a stage")
    assert understand_action("add two stages", TODAY, LETTERS).revise(action).causes == ("c2",)
    assert line_for_action(action, {}) == "add a stage"
