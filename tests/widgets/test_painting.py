"""What is sent to the terminal: the cells that changed, and all of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from textual.app import App
from textual.content import Content
from textual.geometry import Region
from textual.screen import Screen
from textual.scroll_view import ScrollView

from pmfacil.core.timer import Phase, Reading
from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.clock import BigClock
from pmfacil.widgets.glyphs import glyphs_for
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line
from pmfacil.widgets.row import Row
from pmfacil.widgets.sparing import SparingCompositor, SparingUpdate
from tests.painted import cells

if TYPE_CHECKING:
    from textual.app import ComposeResult

_SIZE = (60, 16)


class _Page(Screen[None]):
    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()

    def compose(self) -> ComposeResult:
        yield Line("15:00 left", id="rail")
        yield BigClock(glyphs_for("utf-8"))
        yield CaptureLine()
        yield Ledger()


class _Paper(App[None]):
    CSS = "#rail { width: 1fr; height: 1; } Ledger { width: 1fr; }"

    def get_default_screen(self) -> Screen[None]:
        return _Page()


def _reading(seconds: int) -> Reading:
    left = timedelta(seconds=seconds)
    return Reading(elapsed=timedelta(0), remaining=left, phase=Phase.CALM, running=True)


def _shown(screen: Screen[object]) -> list[str]:
    return [strip.text for strip in screen._compositor.render_strips()]


def _dirty(line: Line) -> set[tuple[int, int, int, int]]:
    return {(one.x, one.y, one.width, one.height) for one in line._repaint_regions}


async def test_a_second_on_the_rail_repaints_the_cell_that_changed() -> None:
    async with _Paper().run_test(size=_SIZE) as pilot:
        await pilot.pause()
        line = pilot.app.screen.query_one("#rail", Line)
        line.say("14:59 left")
        assert _dirty(line) == {(1, 0, 4, 1)}
        await pilot.pause()
        line.say("14:58 left")
        assert _dirty(line) == {(4, 0, 1, 1)}
        assert not line._layout_required


@pytest.mark.parametrize(
    ("before", "after"), [("界a", "界b"), ("e\u0301a", "e\u0301b"), ("same", Content.styled("sane", "bold"))]
)
async def test_where_cells_and_characters_are_not_one_to_one_the_whole_line_is_painted(
    before: str, after: str | Content
) -> None:
    async with _Paper().run_test(size=_SIZE) as pilot:
        line = pilot.app.screen.query_one("#rail", Line)
        line.say(before)
        await pilot.pause()
        line.say(after)
        assert all((x, width) == (0, line.size.width) for x, _, width, _ in _dirty(line))


async def test_what_is_painted_of_the_clock_is_all_that_changed() -> None:
    """Every cell outside the painted pieces says what it said a second ago."""
    async with _Paper().run_test(size=_SIZE) as pilot:
        screen, clock = pilot.app.screen, pilot.app.screen.query_one(BigClock)
        clock.tell(_reading(130))
        await pilot.pause()
        terminal = [list(line) for line in _shown(screen)]
        painted: list[int] = []
        for second in range(129, 55, -1):
            clock.tell(_reading(second))
            screen._compositor.update_widgets({clock})
            update = screen._compositor.render_update()
            assert isinstance(update, SparingUpdate)
            for x, y, strip in update._pieces:
                terminal[y][x : x + strip.cell_length] = strip.text
            assert ["".join(line) for line in terminal] == _shown(screen), second
            painted.append(sum(strip.cell_length for _, _, strip in update._pieces))
            await pilot.pause()
        assert sorted(painted)[len(painted) // 2] <= 9  # the last digit, which has three by three cells


async def test_only_the_widgets_that_are_seen_in_the_cells_are_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    async with _Paper().run_test(size=_SIZE) as pilot:
        await pilot.pause()
        screen, line = pilot.app.screen, pilot.app.screen.query_one("#rail", Line)
        for other in (screen, screen.query_one(BigClock), screen.query_one(Ledger)):
            monkeypatch.setattr(other, "render_lines", lambda _crop: pytest.fail("rendered in vain"))
        line.refresh(Region(3, 0, 2, 1))
        screen._compositor.update_widgets({line})
        update = screen._compositor.render_update()
        assert isinstance(update, SparingUpdate)
        assert [(x, y, strip.text) for x, y, strip in update._pieces] == [(3, 0, "00")]


async def test_one_style_is_sent_once_for_pieces_that_share_it() -> None:
    async with _Paper().run_test(size=_SIZE) as pilot:
        await pilot.pause()
        screen, clock = pilot.app.screen, pilot.app.screen.query_one(BigClock)
        for second in (129, 128, 121):
            await pilot.pause()
            clock.tell(_reading(second))
        screen._compositor.update_widgets({clock})
        update = screen._compositor.render_update()
        assert isinstance(update, SparingUpdate)
        sent = update.render_segments(Console(force_terminal=True, color_system="truecolor"))
        assert len(update._pieces) > 1
        assert sent.count("\x1b[0m") == 1


async def test_a_typed_letter_arranges_nothing_anew_and_a_long_line_still_scrolls() -> None:
    async with _Paper().run_test(size=(20, 8)) as pilot:
        capture = pilot.app.screen.query_one(CaptureLine)
        capture.focus()
        await pilot.pause()
        arranged = capture._layout_updates, pilot.app.screen._layout_updates
        await pilot.press(*"abcdefghijklmnopqrstuvwxyz")
        assert (capture._layout_updates, pilot.app.screen._layout_updates) == arranged
        assert "xyz" in "\n".join(_shown(pilot.app.screen))


async def test_the_same_rows_again_paint_nothing() -> None:
    async with _Paper().run_test(size=_SIZE) as pilot:
        ledger = pilot.app.screen.query_one(Ledger)
        rows = [Row(f"{number}", Content(""), Content(f"row {number}")) for number in range(4)]
        ledger.show(rows)
        await pilot.pause()
        ledger.show(list(rows))
        assert not ledger._repaint_regions
        ledger.show(rows, select="2")
        assert {one.y for one in ledger._repaint_regions} == {0, 2}


@pytest.mark.parametrize("crop", [Region(0, 0, 60, 9), Region(0, 2, 60, 3), Region(7, 1, 20, 4)])
@pytest.mark.parametrize("count", [3, 40])
async def test_a_list_without_a_frame_paints_what_the_base_class_would(count: int, crop: Region) -> None:
    async with _Paper().run_test(size=_SIZE) as pilot:
        ledger = pilot.app.screen.query_one(Ledger)
        lead = Content.styled("12:05 ", "bold")
        ledger.show([Row(f"{number}", lead, Content(f"row {number} " * (1 + number % 9))) for number in range(count)])
        ledger.step(2)
        await pilot.pause()
        own, usual = ledger.render_lines(crop), ScrollView.render_lines(ledger, crop)
        assert [cells(strip) for strip in own] == [cells(strip) for strip in usual]


@pytest.mark.parametrize(("grows", "ahead"), [(True, 16), (False, 0)])
async def test_the_last_rows_of_a_list_that_grows_are_painted_before_they_are_seen(grows: bool, ahead: int) -> None:
    class Listed(App[None]):
        def compose(self) -> ComposeResult:
            yield Ledger(grows=grows)

    async with Listed().run_test(size=_SIZE) as pilot:
        ledger = pilot.app.query_one(Ledger)
        rows = [Row(f"{number}", Content(""), Content(f"row {number}")) for number in range(100)]
        ledger.show(rows)
        await pilot.resize_terminal(_SIZE[0] - 20, _SIZE[1])
        await pilot.pause()
        assert sum((row, False) in ledger._strips for row in rows[50:]) == ahead


async def test_a_row_more_at_the_end_leaves_the_scrollbar_alone() -> None:
    async with _Paper().run_test(size=_SIZE) as pilot:
        ledger = pilot.app.screen.query_one(Ledger)
        rows = [Row(f"{number}", Content(""), Content(f"row {number}")) for number in range(300)]
        ledger.show(rows, select="299")
        await pilot.pause()
        bar = ledger.vertical_scrollbar
        assert (bar.window_virtual_size, bar.position) == (300, ledger.max_scroll_y)
        ledger.show([*rows, Row("300", Content(""), Content("row 300"))], select="300")
        await pilot.pause()
        assert ledger.scroll_y == 301 - ledger.size.height
        assert bar.window_virtual_size == 300
        ledger.select("0")
        await pilot.pause()
        assert (bar.window_virtual_size, bar.position) == (301, 0)
