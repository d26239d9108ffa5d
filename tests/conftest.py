"""Every test runs on its own small machine: its own home, no network, UTC, no cursor that blinks."""

from __future__ import annotations

import gc
import os
import socket
import time
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from pmfacil.library import Library
from pmfacil.store import open_shelf, repository
from tests import rest
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.pool import Pool
    from textual.css.model import RuleSet
    from textual.css.types import CSSLocation

    from pmfacil.facilitation import Facilitation
    from pmfacil.store import SqlShelf

    NewDatabase = Callable[..., Path]

# Apps leave many objects behind at once; looking through all of them every 700 cost a fifth of the time.
gc.set_threshold(50_000, 20, 100)

settings.register_profile(
    "pmfacil", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("pmfacil")

_UNSET = ("NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_DIM_FACTOR", "COLUMNS", "LINES", "PMFACIL_DB")


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty home in UTC."""
    for name in _UNSET:
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name.lower()))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """pmfacil needs no network, so nothing in its tests may open a connection."""
    real = socket.socket.connect

    def unreachable(address: object) -> NoReturn:
        msg = f"a test tried to reach {address!r}"
        raise AssertionError(msg)

    def local_only(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX:
            unreachable(address)
        real(self, address)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(socket.socket, "connect", local_only)
    monkeypatch.setattr(socket.socket, "connect_ex", lambda _socket, address: unreachable(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_args, **_options: unreachable(host))


@pytest.fixture(autouse=True)
def steady_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cursor that does not blink: a screenshot must not depend on when it was taken."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda _input: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda _area: None)


@pytest.fixture(autouse=True)
def brisk_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pilot that knows when the app rests: a third of the time of all tests that open one was spent in waiting."""
    monkeypatch.setattr(Pilot, "press", rest.press)
    monkeypatch.setattr(Pilot, "_wait_for_screen", rest.wait_for_screen)
    monkeypatch.setattr("textual.app.wait_for_idle", rest.no_guess)
    monkeypatch.setattr("textual.pilot.wait_for_idle", rest.no_guess)
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", rest.NEVER)


_RULES: dict[object, list[RuleSet]] = {}
_parse = Stylesheet._parse_rules


def _parse_once(sheet: Stylesheet, css: str, read_from: CSSLocation, *more: object, **named: object) -> list[RuleSet]:
    key = (css, read_from, more, tuple(named.items()), tuple(sorted(sheet._variables.items())))
    if key not in _RULES:
        _RULES[key] = _parse(sheet, css, read_from, *more, **named)  # type: ignore[arg-type]  # passed on as it came
    return _RULES[key]


@pytest.fixture(autouse=True)
def parsed_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Styles that are parsed once for all apps of a run: they took nearly half of every test that opens one."""
    monkeypatch.setattr(Stylesheet, "_parse_rules", _parse_once)


_ENGINES: dict[str, Engine] = {}


def _engine(where: str, *, creator: Callable[[], object], poolclass: type[Pool]) -> Engine:
    engine = create_engine(where, creator=creator, poolclass=poolclass)
    first = _ENGINES.setdefault("first", engine)
    engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
    return engine


@pytest.fixture(autouse=True)
def compiled_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements that are written out once for all stores of a run, as they are for the one store of a process."""
    monkeypatch.setattr(repository, "create_engine", _engine)


@pytest.fixture
def clock() -> FakeClock:
    """A clock that only tests move."""
    return FakeClock()


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    """Put a database with nothing in it into a folder: a copy of one that was made once, by all its migrations."""
    made = tmp_path_factory.mktemp("made") / "pmfacil.db"
    open_shelf(made).close()
    empty = made.read_bytes()

    def put(folder: Path | None = None) -> Path:
        path = (folder or tmp_path_factory.mktemp("store")) / "pmfacil.db"
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(empty)
        return path

    return put


@pytest.fixture
def shelf(tmp_path: Path, new_database: NewDatabase) -> Iterator[SqlShelf]:
    """A real store in a real file."""
    opened = open_shelf(new_database(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def library(shelf: SqlShelf, clock: FakeClock) -> Library:
    """A library over the real store."""
    return Library(shelf, clock, Ids(), zone="Europe/London")


@pytest.fixture
def service(library: Library) -> Facilitation:
    """One open post-mortem, nothing said in it yet."""
    from datetime import date

    from pmfacil.core.kind import Kind

    return library.open(library.begin("Checkout outage", Kind.INCIDENT, date(2026, 3, 12)))


def pytest_configure() -> None:
    """Keep a developer's terminal out of the pictures."""
    for name in _UNSET:
        os.environ.pop(name, None)


def pytest_unconfigure() -> None:
    """Look for what the tests left once: pytest looks five times, for PyPy's sake, at all that lives to the end."""
    gc.collect()
    gc.freeze()
