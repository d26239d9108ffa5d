"""Where a cause stops at a person, and where a system that failed is none."""

from __future__ import annotations

import pytest

from pmfacil.wording.persons import stops_at


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Root cause: human error.", "human error"),
        ("Operator mistake during the change", "Operator mistake"),
        ("A mistake by the engineer on duty", "mistake by the engineer"),
        ("The config was fat-fingered", "fat-fingered"),
        ("Somebody forgot to renew it", "Somebody forgot"),
        ("The team ignored the warning", "The team ignored"),
        ("They didn't test it", "They didn't"),
        ("On-call failed to notice the alert", "On-call failed to"),
        ("Carelessness in review", "Carelessness"),
        ("Lack of attention", "Lack of attention"),
        ("People were not careful enough", "not careful enough"),
        ("Support is to blame", "to blame"),
        ("Inattentive operator", "Inattentive"),
    ],
)
def test_wording_that_ends_at_somebody_is_found(text: str, phrase: str) -> None:
    assert stops_at(text) == phrase


@pytest.mark.parametrize(
    "text",
    [
        "The health check failed",
        "The alert never fired between 14:02 and 14:09",
        "The retry missed its deadline",
        "No owner decides what partner data must hold",
        "Production and staging consoles look alike",
        "The user table allows an empty key",
        "The error budget was spent",
        "The engineer was on a second deploy; step 4 assumed knowledge of the flag service",
        "The service ignored the header",
    ],
)
def test_a_system_that_failed_is_not_blamed(text: str) -> None:
    assert stops_at(text) is None


def test_people_of_the_post_mortem_are_known_by_name() -> None:
    names = ("Ana Ruiz", "Ben", "Infrastructure lead", "X")
    assert stops_at("Only Ana Ruiz holds the key", names) == "Ana Ruiz"
    assert stops_at("Only Ana holds the key", names) == "Ana"
    assert stops_at("Ben deployed it", names) == "Ben"
    assert stops_at("The Infrastructure is old", names) is None
    assert stops_at("Benchmarks and Xerox", names) is None
    assert stops_at("An ana log", names) is None
