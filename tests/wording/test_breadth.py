"""Which sides of the system have been looked at: a question for the room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.wording.breadth import Area, areas_of, untouched


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("Nobody on the team knew the flag service", {Area.PEOPLE, Area.TOOLING, Area.TECHNOLOGY}),
        ("The hand-over said nothing of it", {Area.COMMUNICATION}),
        ("Hot fixes are exempt from review", {Area.PROCESS}),
        ("The alert shares its channel with 140 others", {Area.TOOLING, Area.COMMUNICATION}),
        ("The parser takes an empty table", {Area.TECHNOLOGY}),
        ("The provider moved a region at the weekend", {Area.ENVIRONMENT}),
        ("It rained", set()),
    ],
)
def test_words_tell_the_side(text: str, areas: set[Area]) -> None:
    assert areas_of(text) == areas


def test_what_no_line_has_a_word_of_is_asked_about() -> None:
    assert untouched(["The cache was cold", "The pipeline ran twice"]) == (
        Area.PEOPLE, Area.COMMUNICATION, Area.PROCESS, Area.ENVIRONMENT,
    )  # fmt: skip
    assert untouched([]) == tuple(Area)


@given(st.lists(st.text(), max_size=4))
def test_any_words_leave_an_answer(texts: list[str]) -> None:
    assert set(untouched(texts)) | frozenset[Area]().union(*map(areas_of, texts)) == set(Area)
