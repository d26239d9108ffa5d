"""The page of trends: read, scrolled, copied, written, left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.app import App

from pmfacil.commands import Commands
from pmfacil.core.errors import Unfit
from pmfacil.screens.dialogs.help import HelpScreen
from pmfacil.screens.trends import TRENDS_COMMANDS, TrendsScreen
from pmfacil.themes import THEMES
from pmfacil.trends import Told, trends
from pmfacil.widgets.glyphs import ASCII, UNICODE, Glyphs
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line
from tests.hostile import HOSTILE
from tests.test_trends import SAMPLE, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmfacil.screens.messages import LibraryRequested, ThemeRequested
    from pmfacil.trends import Trends


class Host(App[None]):
    """As much of the app as a page needs."""

    CSS_PATH = "../../pmfacil/app.tcss"
    COMMANDS = {Commands}  # noqa: RUF012 - as in the app
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (80, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as in the app
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (24, "-low"), (30, "-tall")]  # noqa: RUF012 - as in the app

    def __init__(
        self, read: Callable[[], Trends], folder: Path, *, theme: str = "calm", glyphs: Glyphs = UNICODE
    ) -> None:
        super().__init__()
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme
        self.page = TrendsScreen(read, glyphs, folder)
        self.asked: list[str] = []

    async def on_mount(self) -> None:
        await self.push_screen(self.page)

    def on_library_requested(self, _message: LibraryRequested) -> None:
        self.asked.append("library")

    def on_theme_requested(self, _message: ThemeRequested) -> None:
        self.asked.append("theme")

    def said(self, name: str) -> str:
        return self.page.query_one(f"#{name}", Line).said

    @property
    def body(self) -> Ledger:
        return self.page.body


def sample() -> Trends:
    return trends(SAMPLE)


def empty() -> Trends:
    return trends(Told(TODAY))


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(sample, tmp_path / "reports")


async def test_the_page_tells_everything_in_words_and_numbers(host: Host) -> None:
    async with host.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        body = host.body.said
    assert host.page.NAME == "Trends"
    for words in (
        "April 2025 to 12 March 2026", "operational incident      68", "Hot fixes skip the staged pipeline",
        "1 more is not shown: every wording stops at a person.", "done, not verified        40", "over 3 months             17",
        "7 of them are past the day they were promised for.", "9 days to 35 days", "4 minutes to 3 h 10 min",
        "recorded for 3 of 75", "1 invalid", "17 more were imported, 3 of them in these months.",
    ):  # fmt: skip
        assert words in body, words
    assert "forgot" not in body


async def test_an_empty_record_explains_itself_in_two_lines(tmp_path: Path) -> None:
    host = Host(empty, tmp_path)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert host.body.said.splitlines()[0] == "Nothing to compare yet"
        assert len([line for line in host.body.said.splitlines()[1:] if line.strip()]) == 2


async def test_a_young_record_leaves_out_what_it_cannot_tell(tmp_path: Path) -> None:
    host = Host(lambda: trends(Told(TODAY, counts=SAMPLE.counts[:1])), tmp_path)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        body = host.body.said
    for words in ("No cause has come back in similar words so far.", "not recorded yet"):
        assert words in body
    for words in ("Tags", "imported", "past the day", "not shown", "newest first"):
        assert words not in body


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_arrows_and_pages_scroll_and_the_end_is_reached(host: Host, size: tuple[int, int]) -> None:
    async with host.run_test(size=size) as pilot:
        await pilot.press("down", "down")
        assert host.body.scroll_offset.y == 2
        await pilot.press("up")
        assert host.body.scroll_offset.y == 1
        await pilot.press(*["pagedown"] * 9)
        assert host.body.scroll_offset.y == host.body.max_scroll_y
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert "time to resolve" in host.body.said


@pytest.mark.parametrize("width", [80, 90, 120, 200])
async def test_no_row_needs_a_second_line_but_sentences(tmp_path: Path, width: int) -> None:
    """Bars and columns fit; a bar that wraps would be a lie."""
    tags = tuple((words, 9 * 10**5) for words in HOSTILE.values())
    host = Host(lambda: trends(replace(SAMPLE, tags=tags)), tmp_path)
    async with host.run_test(size=(width, 30)) as pilot:
        await pilot.pause()
        room = host.body.scrollable_content_region.width
        blocks = [row for row in host.body._rows if row.text.plain.strip(" █▄") == "" and row.text.plain.strip()]
        assert len(blocks) > 20
        assert all(row.lead.cell_length + row.text.cell_length <= room for row in blocks)


async def test_the_figures_are_written_and_never_over_others(host: Host, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "2026-03-12-trends.csv").write_text("mine", encoding="utf-8")
    async with host.run_test(size=(120, 36)) as pilot:
        await pilot.press("f6")
        assert host.said("echo") == f"Written to {folder / '2026-03-12-trends-2.csv'}"
    assert (folder / "2026-03-12-trends.csv").read_text(encoding="utf-8") == "mine"
    assert (folder / "2026-03-12-trends-2.csv").read_text(encoding="utf-8").startswith("section,name,value,unit\n")


async def test_a_folder_that_takes_no_file_is_said_under_the_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here", encoding="utf-8")
    host = Host(sample, tmp_path / "file")
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6")
        assert "a file stands where the folder should be" in host.said("echo")


async def test_the_figures_are_copied(host: Host) -> None:
    async with host.run_test(size=(120, 36)) as pilot:
        await pilot.press("f5")
        assert host.clipboard.startswith("section,name,value,unit\n")
        assert "Copied" in host.said("echo")


@pytest.mark.parametrize("key", ["escape", "ctrl+l"])
async def test_the_way_back(host: Host, key: str) -> None:
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        assert host.asked == ["library"]


async def test_help_theme_and_words_that_go_nowhere(host: Host) -> None:
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        assert isinstance(host.screen, HelpScreen)
        await pilot.press("escape")
        await host.page.run_action("theme")
        await pilot.press(*"dns", "enter")
        assert host.page.capture.value == "dns"  # nothing typed is ever lost
        assert host.asked == ["theme"]
        assert host.page.commands == TRENDS_COMMANDS


async def test_what_cannot_be_read_is_said_and_asked_for_again(tmp_path: Path) -> None:
    answers: list[Trends] = []

    def read() -> Trends:
        if not answers:
            msg = "What the whole record tells cannot be read."
            raise Unfit(msg)
        return answers[0]

    host = Host(read, tmp_path)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("f5", "f6")
        assert host.said("echo") == "What the whole record tells cannot be read."
        assert host.clipboard == ""
        answers.append(sample())
        await pilot.press("f1", "escape")
        assert "What comes back" in host.body.said


async def test_the_record_is_read_once_for_each_visit(tmp_path: Path) -> None:
    asked: list[int] = []

    def read() -> Trends:
        asked.append(1)
        return sample()

    host = Host(read, tmp_path)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(120, 36)
        await pilot.press("f5", "f6", "down")
        assert len(asked) == 1
        await pilot.press("f1", "escape")
        assert len(asked) == 2


async def test_hostile_words_stand_as_they_were_kept_and_signs_fall_back(tmp_path: Path) -> None:
    words = HOSTILE["clickable markup"]
    host = Host(lambda: trends(Told(TODAY, counts=SAMPLE.counts, tags=((words, 2),))), tmp_path, glyphs=ASCII)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert words in host.body.said
        assert not set(host.body.said) & set("█▄")
