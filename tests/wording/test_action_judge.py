"""Lines as people write them in documents: who, by when, specific or vague."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.wording.action_content import WeakReason
from pmfacil.wording.action_judge import Verdict, judge_action
from pmfacil.wording.action_line import Status, read_line


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("- [ ] Ana to cap the queue by Friday", "Ana"),
        ("* **ACTION 3.1**: Ana Ruiz will share the figures", "Ana Ruiz"),
        ("Ana and Ben are updating the importer", "Ana and Ben"),
        ("Ben volunteered to draft the runbook", "Ben"),
        ("Queue limits agreed, Tina to document", "Tina"),
        ("[kmoir] Add a retry to the uploader", "kmoir"),
        ("Add a retry to the uploader [kmoir]", "kmoir"),
        ("Add a retry [see below] to the uploader", None),
        ("(data team) write the docs on pools", "data team"),
        ("Add a canary stage — Ben", "Ben"),
        ("Add a canary stage (Ben), due next sprint", "Ben"),
        ("Talk it through (Rosa call for meeting)", "Rosa"),
        ("Store it elsewhere (Then delete it)", None),
        ("Owner: @kim, due: 12 May", "@kim"),
        ("Cap the queue. Owner: Ana Ruiz", "Ana Ruiz"),
        ("Cap the queue @ana and @ben", "@ana and @ben"),
        ("QAX publish the list on Monday", "QAX"),
        ("The platform team will own the rota", "The platform team"),
        ("Client teams to review the draft", "Client teams"),
        ("| Cap the queue of the importer | Ana | 2026-04-01 |", "Ana"),
        ("| Cap the queue of the importer | @ana | open |", "@ana"),
        ("Nobody to use the old key", None),
        ("Retention to be decided", None),
        ("Kafka to keep seven days", None),
        ("JobRunner will retry", None),
        ("Add teams to the list", None),
        ("Install @types/node at 18", None),
        ("Delete rows (Postgres)", None),
        ("Cut the release by hand - no more", None),
    ],
)
def test_the_owner_is_told_in_the_words_of_the_line(line: str, owner: str | None) -> None:
    assert judge_action(line).owner == owner


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("Cap the queue by Friday", "by Friday"),
        ("Cap the queue @ana by fri #prevent", "by fri"),
        ("Cap the queue (2026-04-01)", "2026-04-01"),
        ("Cap the queue, due 12 May", "12 May"),
        ("Cap the queue. Due: 12 May 2026", "12 May 2026"),
        ("H1: split the importer", "H1"),
        ("Split the importer in Q3", "Q3"),
        ("Get figures from both suppliers before next call", "before next call"),
        ("Cap the queue by end of month", "by end of month"),
        ("Cap the queue before the weekly meeting", "before the weekly meeting"),
        ("Ship the fix on Monday", "on Monday"),
        ("Try the fix in the next sprint", "next sprint"),
        ("Hold a drill a week from now", "a week from now"),
        ("Cap the queue within 30 days", "within 30 days"),
        ("Write notes for 3 March follow-up meeting", "3 March"),
        ("Cap the queue tomorrow", "tomorrow"),
        ("Cap the queue ASAP", "ASAP"),
        ("Ana to check the notes before they are sent", "before they are sent"),
        ("Check the notes before they are sent", None),
        ("If a job is cancelled, keep its files within 30 days", None),
        ("Run the load test every Friday", None),
        ("Repeat the test of the 24 October incident", None),
        ("Check that the copy of 2025-10-21 restores", None),
    ],
)
def test_the_due_date_is_told_in_the_words_of_the_line(line: str, due: str | None) -> None:
    assert judge_action(line).due == due


@pytest.mark.parametrize(
    "line",
    [
        "Add an alert when the importer's queue holds over 500 jobs",
        "**Cap the queue**: it grew for three hours",
        "**Queue limits**: Capped the queue at 500 jobs",
        "The importer should be restarted by the supervisor",
        "Queue settings moved to the shared module",
        "Broker settings moved to the shared module",
        "The importer refuses empty files",
        "Don't share keys between hubs",
        "Start writing reports after each outage",
        "Look into the leak and publish what we find",
        "Adds a retry to the uploader",
        "Maintainers should pin the parser",
    ],
)
def test_a_change_that_can_be_checked_is_specific(line: str) -> None:
    assert judge_action(line).verdict is Verdict.SPECIFIC


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Improve the queue", WeakReason.VAGUE_VERB),
        ("Optimize the importer", WeakReason.VAGUE_VERB),
        ("Investigating the leak", WeakReason.INVESTIGATE_ONLY),
        ("Ana to look into the leak", WeakReason.INVESTIGATE_ONLY),
        ("We should consider a second queue", WeakReason.HEDGED),
        ("Do we need the second queue?", WeakReason.PHRASED_AS_QUESTION),
        ("Broker metrics and limits", WeakReason.NOUN_PHRASE_ONLY),
        ("Monitoring", WeakReason.NOUN_PHRASE_ONLY),
        ("Be more careful with the queue", WeakReason.PERSON_FIX),
        ("Agree how queues are drained", WeakReason.NO_DONE_CRITERION),
        ("Always be ready", WeakReason.NO_DONE_CRITERION),
        ("**Always be on two queues**: it helps", WeakReason.NO_DONE_CRITERION),
    ],
)
def test_a_wish_is_vague_and_says_why(line: str, reason: WeakReason) -> None:
    judgement = judge_action(line)
    assert judgement.verdict is Verdict.VAGUE
    assert reason in judgement.weak_reasons


def test_owner_and_date_count_for_the_reasons_and_the_grade_but_not_for_the_verdict() -> None:
    bare = judge_action("Cap the queue at 500 jobs")
    full = judge_action("Ana to cap the queue at 500 jobs by 2026-04-01 to prevent a full disk")
    assert bare.weak_reasons == (WeakReason.NO_OWNER, WeakReason.NO_DUE)
    assert full.weak_reasons == ()
    assert (bare.grade, full.grade) == (3, 6)
    assert bare.verdict is full.verdict is Verdict.SPECIFIC


def test_a_date_that_is_none_is_said() -> None:
    assert WeakReason.VAGUE_DUE in judge_action("Cap the queue asap").weak_reasons
    assert WeakReason.VAGUE_DUE in judge_action("Cap the queue in Q3").weak_reasons
    assert WeakReason.VAGUE_DUE in judge_action("Cap the queue, ongoing").weak_reasons
    assert WeakReason.VAGUE_DUE not in judge_action("Cap the queue by Friday").weak_reasons


@pytest.mark.parametrize(
    ("line", "text", "done", "tracker"),
    [
        ("- [x] Cap the queue", "Cap the queue", True, None),
        ("1. [ ] Cap the queue", "Cap the queue", False, None),
        ("☑ Cap the queue", "Cap the queue", True, None),
        ("Cap the queue (DONE)", "Cap the queue", True, None),
        ("DONE", "DONE", False, None),
        ("| Cap the queue of jobs | P0 | DONE |", "Cap the queue of jobs", True, None),
        ("| 2 | [x] Cap the queue of jobs |", "Cap the queue of jobs", True, None),
        ("Capped the queue", "Capped the queue", True, None),
        ("Cap the queue [#12](https://h/o/r/issues/12)", "Cap the queue", False, "12"),
        ("Cap [the queue](https://h/wiki) (see issue here)", "Cap the queue", False, None),
        ("Cap the queue. Ticket #77", "Cap the queue.", False, "77"),
        ("Bug 123456 - cap the queue", "cap the queue", False, "123456"),
        ("OPS-123 cap the queue", "OPS-123 cap the queue", False, "OPS-123"),
        ("{{ Cap the queue }}", "Cap the queue", False, None),
        ("|", "", False, None),
        ("", "", False, None),
    ],
)
def test_markup_status_and_tracker_are_taken_off(line: str, text: str, done: bool, tracker: str | None) -> None:
    judgement = judge_action(line)
    assert judgement.text == text
    assert judgement.status is (Status.DONE if done else Status.OPEN)
    assert judgement.tracker == tracker


def test_words_that_markup_runs_through_are_nobody_to_point_at() -> None:
    assert judge_action("**Ana** Ruiz to cap the queue").owner is None


def test_a_bold_title_is_told_apart_from_what_follows() -> None:
    assert read_line("**Queue limits:** cap it").title == "Queue limits"


@given(st.text(max_size=300) | st.text(alphabet="aA @[]()|*-:.,/#1 \u2014to by next call", max_size=120))
def test_any_text_is_judged_and_what_is_told_stands_in_it(raw: str) -> None:
    judgement = judge_action(raw)
    assert 0 <= judgement.grade <= 6
    assert judgement.owner is None or judgement.owner in raw
    assert judgement.due is None or judgement.due in raw


HOSTILE = [
    "a ",
    "(",
    "the team ",
    "A and ",
    "[a](b ",
    "|",
    "*",
    "Ana ",
    "by next ",
    "should ",
    "1.",
    "no ",
    "@a ",
    "** a",
    "`",
    "add the ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hundred_thousand_hostile_characters_are_judged_at_once(piece: str) -> None:
    judge_action("warm")
    began = process_time()
    judge_action(piece * (100_000 // len(piece)))
    assert process_time() - began < 5
