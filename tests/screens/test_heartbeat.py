"""The heartbeat writes and reads by itself: what goes wrong there is said, and never ends the meeting."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from textual.widget import Widget

from pmfacil.app import PmFacilApp
from pmfacil.core.agenda import DEFAULT_BOXES, Step
from pmfacil.core.kind import Kind
from pmfacil.core.sitting import convene
from pmfacil.screens.timed import ending
from pmfacil.store import open_shelf
from tests.driving import Facilitator
from tests.painted import cells, watch_paints

if TYPE_CHECKING:
    from pathlib import Path

    from rich.style import Style
    from textual.screen import Screen

    from pmfacil.library import Library
    from pmfacil.store import SqlShelf
    from tests.clock import FakeClock


async def test_a_disk_that_refuses_the_heartbeat_does_not_end_the_meeting(
    library: Library, shelf: SqlShelf, clock: FakeClock, tmp_path: Path
) -> None:
    new = library.begin("Checkout outage", Kind.INCIDENT, None)
    app = PmFacilApp(library, tmp_path / "reports", start=new, live=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        somebody = Facilitator(pilot)
        somebody.screen.action_go(Step.TIMELINE.value)
        await pilot.pause()
        shelf._connection.execute("PRAGMA query_only = ON")
        clock.advance(seconds=11)
        app.beat()
        assert "read-only" in somebody.said("echo")
        shelf._connection.execute("PRAGMA query_only = OFF")
        await somebody.line("14:05 Alert fires")
        assert [entry.text for entry in somebody.screen.post_mortem.entries] == ["Alert fires"]


async def test_a_post_mortem_deleted_in_another_window_is_said_and_the_words_stay(
    library: Library, clock: FakeClock, tmp_path: Path
) -> None:
    new = library.begin("Checkout outage", Kind.INCIDENT, None)
    app = PmFacilApp(library, tmp_path / "reports", start=new, live=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        somebody = Facilitator(pilot)
        await somebody.write("half a line")
        other = open_shelf(tmp_path / "pmfacil.db")
        other.put_away(new, clock())
        other.close()
        app.beat()
        assert "no longer here" in somebody.said("echo")
        assert somebody.typed == "half a line"


async def test_a_database_that_takes_nothing_can_still_be_read(
    library: Library, shelf: SqlShelf, tmp_path: Path
) -> None:
    new = library.begin("Checkout outage", Kind.INCIDENT, None)
    shelf._connection.execute("PRAGMA query_only = ON")
    app = PmFacilApp(library, tmp_path / "reports", start=new, live=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert Facilitator(pilot).said("title") == "Checkout outage"


async def test_a_silence_of_days_is_told_beside_a_question_that_stands(somebody: Facilitator, clock: FakeClock) -> None:
    somebody.screen.action_land()
    clock.advance(minutes=3 * 24 * 60)
    somebody.app.beat()
    await somebody.pilot.pause()
    assert somebody.said("echo").startswith("On which day is part two?")
    (told,) = somebody.app._notifications
    assert told.message == "pmfacil was away for 3 days. The clock stood still meanwhile."


async def test_a_heartbeat_between_the_parts_and_the_screen_going_does_nothing(
    library: Library, tmp_path: Path
) -> None:
    new = library.begin("Checkout outage", Kind.INCIDENT, None)
    app = PmFacilApp(library, tmp_path / "reports", start=new, live=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        screen = Facilitator(pilot).screen
        await screen.query("#frame").remove()
        app.beat()
        screen._fit()
        assert not screen.whole
        assert app.is_running


async def test_a_second_repaints_the_cells_that_changed_at_once_and_arranges_nothing_anew(
    library: Library, clock: FakeClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = library.begin("Checkout outage", Kind.INCIDENT, None)
    app = PmFacilApp(library, tmp_path / "reports", start=new, live=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        somebody = Facilitator(pilot)
        screen = somebody.screen
        for _ in range(2):  # the first second may be the first of everything
            clock.advance(seconds=1)
            app.beat()
            await pilot.pause()
        parts = [widget for widget in screen.walk_children(with_self=True) if isinstance(widget, Widget)]
        arranged = [part._layout_updates for part in parts]
        paints = watch_paints(app, monkeypatch)
        clock.advance(seconds=1)
        app.beat()
        assert 0 < sum(strip.cell_length for _, _, strip in paints[0]) <= 12
        await pilot.pause()
        assert len(paints) == 1
        assert [part._layout_updates for part in parts] == arranged


@pytest.mark.parametrize("key", ["f1", "shift+f5", "ctrl+p"])
async def test_below_a_dialog_as_well_a_second_repaints_the_cells_that_changed(
    somebody: Facilitator, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.line("14:05 alert fires")
    await somebody.press(key)
    dialog = somebody.app.screen
    paints = watch_paints(somebody.app, monkeypatch)
    terminal = [list(line) for line in _cells(dialog)]
    for _ in range(3):
        clock.advance(seconds=7)
        somebody.app.beat()
        await somebody.pilot.pause()
        painted = [piece for pieces in paints for piece in pieces]
        for x, y, strip in painted:
            terminal[y][x : x + strip.cell_length] = cells(strip)
        assert terminal == _cells(dialog)
        assert 0 < sum(strip.cell_length for _, _, strip in painted) < 60
        paints.clear()


def _cells(screen: Screen[object]) -> list[list[tuple[str, Style | None]]]:
    strips = screen._compositor.render_full_update().strips
    return [[cell for strip in line for cell in cells(strip)] for line in strips]


async def test_a_database_that_is_deleted_under_the_room_is_said_once_and_the_room_goes_on(
    somebody: Facilitator, tmp_path: Path
) -> None:
    await somebody.go(Step.TIMELINE)
    for part in ("", "-wal", "-shm"):
        (tmp_path / f"pmfacil.db{part}").unlink()
    await somebody.line("14:05 Alert fires")
    for _ in range(2):
        somebody.app.beat()
        await somebody.pilot.pause()
        assert [one.message for one in somebody.app._notifications] == [
            "The database file was deleted, so everything was written anew under its name. Nothing was lost."
        ]
    await somebody.write("half a line")
    somebody.screen.keep_draft()
    with closing(open_shelf(tmp_path / "pmfacil.db")) as again:
        loaded = again.load(somebody.screen.service.id)
    assert [entry.text for entry in loaded.history.present.entries] == ["Alert fires"]
    assert loaded.drafts == {"timeline": "half a line"}


async def test_a_database_whose_place_is_taken_never_ends_the_meeting(somebody: Facilitator, tmp_path: Path) -> None:
    (tmp_path / "pmfacil.db").rename(tmp_path / "away.db")
    (tmp_path / "pmfacil.db").write_text("another one")
    await somebody.line("Nobody is to blame")
    somebody.app.beat()
    assert "Another file took" in somebody.said("echo")
    assert somebody.typed == "Nobody is to blame"
    (tmp_path / "away.db").replace(tmp_path / "pmfacil.db")
    await somebody.press("enter")
    assert somebody.typed == ""


async def test_after_days_away_the_clock_goes_on_where_it_stood_and_says_so(
    somebody: Facilitator, clock: FakeClock
) -> None:
    before = somebody.said("ends")
    clock.advance(minutes=3 * 24 * 60)
    somebody.app.beat()
    await somebody.pilot.pause()
    assert [one.message for one in somebody.app._notifications] == [
        "pmfacil was away for 3 days. The clock stood still meanwhile."
    ]
    assert somebody.said("ends") == before
    assert somebody.said("offer") == ""


async def test_a_clock_set_back_moves_the_end_along_and_says_nothing(somebody: Facilitator, clock: FakeClock) -> None:
    clock.advance(minutes=-120)
    somebody.app.beat()
    assert somebody.said("ends") == "ends about 13:20 · on time"
    assert somebody.said("echo") == ""


@pytest.mark.parametrize(("start", "ends"), [("2026-10-25T00:00", "01:20"), ("2026-03-29T00:00", "02:20")])
def test_the_end_is_told_on_the_clock_that_the_wall_will_show_then(
    start: str, ends: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where summer time ends or begins before the meeting does."""
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    now = datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert ending(convene(DEFAULT_BOXES).enter(Step.OPEN, now), now) == f"ends about {ends} · on time"
