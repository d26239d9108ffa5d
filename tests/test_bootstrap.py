"""The composition root: what it puts together, and what it finds out about the machine."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmfacil.bootstrap import local_zone, open_workshop, require_terminal, run_app
from pmfacil.core.errors import Unfit
from pmfacil.core.kind import Kind
from pmfacil.paths import settings_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.app import PmFacilApp


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ("Europe/London", "Europe/London"),
        (":Europe/London", "Europe/London"),
        (":/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("/var/db/timezone/zoneinfo.default/Asia/Tokyo", "Asia/Tokyo"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "UTC"),
        ("Atlantis/Poseidonis", "UTC"),
        ("/etc/localtime", "UTC"),
    ],
)
def test_the_zone_is_one_that_reports_can_show(monkeypatch: pytest.MonkeyPatch, told: str, zone: str) -> None:
    monkeypatch.setenv("TZ", told)
    assert local_zone() == zone


def test_the_zone_in_the_settings_goes_before_the_machines_own(tmp_path: Path) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text('zone = "Asia/Tokyo"\nreports = "/srv/reports"', encoding="utf-8")
    with open_workshop(str(tmp_path / "a.db")) as workshop:
        new = workshop.library.begin("Checkout outage", Kind.INCIDENT, None)
        assert workshop.library.open(new).snapshot.post_mortem.zone == "Asia/Tokyo"
        assert workshop.reports == Path("/srv/reports")


def test_leaving_the_workshop_closes_the_file(tmp_path: Path) -> None:
    """What was written is in the one file, which can be copied from that moment on."""
    with open_workshop(str(tmp_path / "a.db")) as workshop:
        workshop.library.begin("Checkout outage", Kind.INCIDENT, None)
    assert [file.name for file in tmp_path.glob("a.db*")] == ["a.db"]


def test_without_a_terminal_the_app_refuses_to_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERM", raising=False)
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(getattr(sys, name), "isatty", lambda: True)
    require_terminal()
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    with open_workshop(str(tmp_path / "a.db")) as workshop, pytest.raises(Unfit, match="needs a terminal"):
        run_app(workshop)


def test_a_terminal_that_cannot_place_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(getattr(sys, name), "isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    with pytest.raises(Unfit, match="cannot place text"):
        require_terminal()


@pytest.fixture
def _collector() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)
    gc.enable()


@pytest.mark.usefixtures("_collector")
def test_while_the_app_runs_garbage_is_looked_for_among_what_came_after_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[tuple[bool, int, int]] = []

    async def run(app: PmFacilApp) -> None:
        app.farewell = "what the database did not take" if seen else ""
        seen.append((gc.isenabled(), gc.get_freeze_count(), gc.get_threshold()[0]))

    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(getattr(sys, name), "isatty", lambda: True)
    monkeypatch.setattr("textual.app.App.run_async", run)
    monkeypatch.delenv("TERM", raising=False)
    gc.disable()  # as `python -m pmfacil` does for its imports
    with open_workshop(str(tmp_path / "a.db")) as workshop:
        assert run_app(workshop) == 0
        assert capsys.readouterr().err == ""
        run_app(workshop)
        assert capsys.readouterr().err == "what the database did not take\n"
    (enabled, frozen, threshold), _ = seen
    assert enabled
    assert frozen > 10_000
    assert threshold > 700
