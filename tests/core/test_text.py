"""Words are kept as typed, and shown without ever speaking to the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.core.errors import Empty
from pmfacil.core.text import kept, required, shortened, visible
from tests.hostile import HOSTILE


@given(st.text())
def test_nothing_that_is_shown_is_a_control_character(text: str) -> None:
    assert all(ord(char) >= 0x20 and not 0x7F <= ord(char) < 0xA0 for char in visible(text))


@given(st.text())
def test_what_is_kept_can_be_written_as_utf_8(text: str) -> None:
    assert kept(text).encode().decode() == kept(text)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_kept_but_for_what_no_file_can_hold(name: str) -> None:
    words = HOSTILE[name]
    assert kept(words) == words.replace("\ud800", "�").replace("\x00", "␀").strip()


def test_an_escape_sequence_is_shown_as_a_picture_of_itself() -> None:
    assert visible("\x1b[31mred") == "␛[31mred"


def test_blank_words_are_no_words() -> None:
    with pytest.raises(Empty, match="type the title first"):
        required(" \t ", "title")


def test_a_long_line_is_cut_at_a_word() -> None:
    assert shortened("The staged pipeline is switched off for hot fixes", 30) == "The staged pipeline is…"
    assert shortened("x" * 50, 10) == "x" * 9 + "…"
    assert shortened("short", 10) == "short"
