"""The thumb of a scrollbar is told of a list where it would look otherwise, and only there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.scrollbar import ScrollBar, ScrollBarRender

from pmfacil.widgets.thumb import move_thumb, thumb

_SEEN = 20  # lines of a window


def _drawn(lines: int, position: float) -> list[tuple[str, object]]:
    bar = ScrollBarRender.render_bar(size=_SEEN, virtual_size=lines, window_size=_SEEN, position=position)
    return [(piece.text, piece.style) for piece in bar.segments]


_PLACES = st.integers(_SEEN + 1, 500).flatmap(lambda lines: st.tuples(st.just(lines), st.integers(0, lines - _SEEN)))


@given(_PLACES, _PLACES)
def test_thumbs_that_count_as_the_same_are_drawn_the_same(one: tuple[int, int], other: tuple[int, int]) -> None:
    if thumb(_SEEN, *one) == thumb(_SEEN, *other):
        assert _drawn(*one) == _drawn(*other)


@given(st.integers(100, 500))
def test_a_row_more_at_the_end_of_a_long_list_seldom_moves_it(lines: int) -> None:
    thumbs = {thumb(_SEEN, lines + more, lines + more - _SEEN) for more in range(20)}
    assert len(thumbs) < 20


def test_a_list_that_fits_has_none() -> None:
    assert thumb(_SEEN, _SEEN, 0) == thumb(_SEEN, 3, 0) == (0, 0)


def test_the_scrollbar_is_told_where_it_moves_and_left_alone_where_not() -> None:
    bar = ScrollBar()
    move_thumb(bar, 400, 380)
    assert (bar.window_virtual_size, bar.position) == (400, 380)
    bar.window_size, bar.window_virtual_size, bar.position = _SEEN, 400, 380
    move_thumb(bar, 401, 381)
    assert (bar.window_virtual_size, bar.position) == (400, 380)
    move_thumb(bar, 401, 0)
    assert (bar.window_virtual_size, bar.position) == (401, 0)
