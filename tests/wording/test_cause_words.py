"""Answers that stand still: a fix that was not there, and the line above once more."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.wording.cause_words import circular, missing_fix


@pytest.mark.parametrize(
    ("text", "span", "fix", "question"),
    [
        ("no canary", "no canary", "add a canary", "What was there instead of a canary?"),
        (
            "There was no staging test",
            "There was no staging test",
            "add a staging test",
            "What was there instead of a staging test?",
        ),
        (
            "Because of a lack of monitoring",
            "lack of monitoring",
            "add monitoring",
            "What was there instead of monitoring?",
        ),
        (
            "Missing alert on queue depth",
            "Missing alert on queue depth",
            "add an alert on queue depth",
            "What was there instead of an alert on queue depth?",
        ),
        (
            "We did not have a rollback script",
            "We did not have a rollback script",
            "add a rollback script",
            "What was there instead of a rollback script?",
        ),
        (
            "Rate limiting was not implemented",
            "Rate limiting was not implemented",
            "add rate limiting",
            "What was there instead of rate limiting?",
        ),
        (
            "Health checks were missing",
            "Health checks were missing",
            "add health checks",
            "What was there instead of health checks?",
        ),
        (
            "The broker lacked a schema check",
            "The broker lacked a schema check",
            "add a schema check",
            "What was there instead of a schema check?",
        ),
        (
            "The deploy ran without a CPU limit",
            "without a CPU limit",
            "add a CPU limit",
            "What was there instead of a CPU limit?",
        ),
        (
            "CI gate was never enabled",
            "CI gate was never enabled",
            "add a CI gate",
            "What was there instead of a CI gate?",
        ),
    ],
)
def test_a_missing_fix_is_found_and_can_be_parked(text: str, span: str, fix: str, question: str) -> None:
    found = missing_fix(text)
    assert found is not None
    assert (found.span, found.fix, found.question) == (span, fix, question)
    assert text[found.start :].startswith(span)


@pytest.mark.parametrize(
    "text",
    [
        "No requests reached the server",
        "Nobody answered for 20 minutes",
        "There was no traffic",
        "No alert fired for ten minutes",
        "No backup was restored that night",
        "There was no answer",
        "No one was paged",
        "Missing the deadline cost two hours",
        "No errors in the logs",
        "The file was missing",
        "The canary ran on one host",
        "",
    ],
)
def test_a_fact_about_what_existed_is_left_alone(text: str) -> None:
    assert missing_fix(text) is None


def test_an_answer_in_the_same_words_is_circular() -> None:
    assert circular("The deploy had failed", ["Orders were lost", "The deployment failed"]) == "The deployment failed"
    assert circular("Because the disk was being full", ["The disk was full", "Nothing here"]) == "The disk was full"
    assert circular("Failed", ["It fails"]) == "It fails"


def test_an_answer_that_adds_as_much_as_it_repeats_moves_on() -> None:
    assert circular("The queue was full since the consumer stopped reading", ["The queue filled"]) is None
    assert circular("The disk was full of rotated logs", ["The disk was full"]) is None
    assert circular("A key expired", ["The disk was full"]) is None
    assert circular("", ["The disk was full"]) is None
    assert circular("the disk", []) is None


@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=4))
def test_any_answer_can_be_looked_at(text: str, above: list[str]) -> None:
    found = missing_fix(text)
    assert found is None or (found.span in text and found.fix.startswith("add ") and found.question.endswith("?"))
    assert circular(text, above) in (None, *above)


@pytest.mark.parametrize("piece", ["no ", "a ", "there was no ", "the ", "no a b ", "test ", "without "])
def test_a_hundred_thousand_hostile_characters_are_read_at_once(piece: str) -> None:
    missing_fix("warm")
    began = process_time()
    missing_fix(piece * (100_000 // len(piece)))
    assert process_time() - began < 5
