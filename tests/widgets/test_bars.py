"""Bars: as long as they should be, never in a sign that a font lacks, never without what they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.widgets.bars import bar, columns, labels, number, widest
from pmfacil.widgets.glyphs import ASCII, UNICODE, Glyphs

NUMBERS = st.integers(0, 10**6)


@pytest.mark.parametrize(("value", "cells"), [(10, 10), (5, 5), (6, 6), (1, 1), (0, 0), (-3, 0), (12, 10)])
def test_a_bar_is_as_long_as_its_share(value: int, cells: int) -> None:
    assert bar(value, 10, 10, UNICODE).plain == "▄" * cells
    assert bar(value, 10, 10, ASCII).plain == "#" * cells


@pytest.mark.parametrize(("most", "width"), [(0, 10), (10, 0), (10, -4)])
def test_without_room_or_anything_to_show_there_is_no_bar(most: int, width: int) -> None:
    assert bar(3, most, width, UNICODE).plain == ""


@given(value=NUMBERS, more=NUMBERS, width=st.integers(1, 60), glyphs=st.sampled_from([UNICODE, ASCII]))
def test_a_bar_keeps_its_room_its_signs_and_its_order(value: int, more: int, width: int, glyphs: Glyphs) -> None:
    most = max(1, value + more)
    shown, longest = bar(value, most, width, glyphs), bar(most, most, width, glyphs)
    assert shown.cell_length <= width == longest.cell_length
    assert bool(shown.plain) == bool(value)
    assert set(shown.plain) <= {glyphs.lower}


def test_numbers_end_in_one_column() -> None:
    values = (3, 1234, 0)
    assert [number(value, widest(values)).plain for value in values] == ["    3", "1,234", "    0"]
    assert widest(()) == 1


def test_columns_stand_on_their_labels() -> None:
    lines = [line.plain for line in columns((4, 1, 0, 8), 2, 3, UNICODE)]
    assert lines == [
        "                ███ ",
        " ███  ▄▄▄       ███ ",
    ]
    assert labels(("4", "1", "0", "8"), 3).plain == "  4    1    0    8  "
    assert labels(("1,234", "7"), 4).plain == "1,234   7   "  # a number is never cut


def test_columns_in_ascii_and_columns_of_nothing() -> None:
    assert [line.plain for line in columns((4, 1), 2, 1, ASCII)] == [" #    ", " #  # "]
    assert [line.plain for line in columns((0, 0), 2, 1, UNICODE)] == ["      ", "      "]
    assert columns((), 1, 1, UNICODE)[0].plain == ""


@given(values=st.lists(st.integers(0, 9999), min_size=1, max_size=12), height=st.integers(1, 8))
def test_every_line_of_columns_is_as_wide_as_its_labels(values: list[int], height: int) -> None:
    lines = columns(values, height, 4, UNICODE)
    assert len(lines) == height
    assert {line.cell_length for line in lines} == {labels([str(one) for one in values], 4).cell_length}
    assert [bool(one) for one in values] == [
        lines[-1].plain[6 * at : 6 * at + 6].strip() != "" for at in range(len(values))
    ]
