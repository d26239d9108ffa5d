"""The daily work waits for a quiet moment, tells a fault once, and holds up nobody who leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.app import PmFacilApp
from pmfacil.bootstrap import make_app, open_workshop
from pmfacil.core.kind import Kind
from pmfacil.screens import daily
from pmfacil.screens.daily import QUIET, DailyWork
from pmfacil.store.backup import made_in
from tests.driving import Facilitator

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.library import Library


class Work:
    """Work that is only noted."""

    def __init__(self) -> None:
        self.done: list[bool] = []
        self.stopped = False

    def run(self, *, resting: bool) -> str:
        self.done.append(resting)
        return "Today's backup was not made."

    def stop(self) -> None:
        self.stopped = True


async def test_it_begins_when_nobody_types_and_tells_a_fault_once(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daily, "_AGAIN", QUIET)
    new, work = library.begin("Checkout outage", Kind.INCIDENT, None), Work()
    app = PmFacilApp(library, tmp_path / "reports", start=new, live=True, daily=lambda: work)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        somebody = Facilitator(pilot)
        for letters in range(2 * QUIET):
            await somebody.write("x" * letters)
            app.beat()
        assert work.done == [], "somebody types"
        for times in range(1, 3):
            for _ in range(QUIET):
                app.beat()
            await app.workers.wait_for_complete()
            assert work.done == [False] * times
        await pilot.pause()
        assert [one.message for one in app._notifications] == ["Today's backup was not made."]
        assert not work.stopped
    assert work.stopped


async def test_over_the_library_the_room_rests(library: Library, tmp_path: Path) -> None:
    work = Work()
    app = PmFacilApp(library, tmp_path / "reports", daily=lambda: work)
    async with app.run_test() as pilot:
        await pilot.pause()
        for _ in range(QUIET + 1):
            app.beat()
        await app.workers.wait_for_complete()
        assert work.done == [True]


async def test_whoever_leaves_before_waits_for_nothing(library: Library, tmp_path: Path) -> None:
    work = Work()
    async with PmFacilApp(library, tmp_path / "reports", daily=lambda: work).run_test() as pilot:
        await pilot.pause()
    assert (work.done, work.stopped) == ([], False)


async def test_a_heartbeat_after_the_last_screen_went_does_nothing(library: Library, tmp_path: Path) -> None:
    app = PmFacilApp(library, tmp_path / "reports", daily=Work)
    async with app.run_test() as pilot:
        await pilot.pause()
    assert app.screen_stack == []
    app.beat()


async def test_whoever_leaves_while_it_is_only_being_made_waits_for_nothing(library: Library, tmp_path: Path) -> None:
    work = Work()

    def made() -> Work:
        waiting.stop()
        return work

    app = PmFacilApp(library, tmp_path / "reports")
    waiting = DailyWork(app, made)
    async with app.run_test() as pilot:
        await pilot.pause()
        for _ in range(QUIET + 1):
            waiting.beat(resting=True)
        await app.workers.wait_for_complete()
        assert work.done == []


async def test_the_app_as_it_is_put_together_backs_up_the_database(tmp_path: Path) -> None:
    with open_workshop(str(tmp_path / "a.db")) as workshop:
        workshop.library.begin("Checkout outage", Kind.INCIDENT, None)
        app = make_app(workshop)
        async with app.run_test() as pilot:
            await pilot.pause()
            for _ in range(QUIET + 1):
                app.beat()
            await app.workers.wait_for_complete()
        assert len(made_in(tmp_path / "backups")) == 1
        assert not app._notifications
