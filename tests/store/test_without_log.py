"""A drive that can have no write-ahead log, as some network drives: everything works, only windows wait longer."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pmfacil.core.kind import Kind
from pmfacil.core.model import Entry, EntryId
from pmfacil.core.operations import record_entry
from pmfacil.facilitation import Facilitation
from pmfacil.library import Library
from pmfacil.store import held, open_shelf
from pmfacil.store.daily import Daily
from pmfacil.store.doctor import examine
from pmfacil.store.errors import CannotOpen
from pmfacil.store.held import Database
from soak.scene import without_log
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def drive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every database that is opened from here on lies on such a drive."""
    monkeypatch.setattr(Database, "connect", Database.connect)
    without_log("unix-dotfile")


@pytest.mark.usefixtures("drive")
def test_two_windows_save_and_notice_each_other(tmp_path: Path, clock: FakeClock) -> None:
    path = tmp_path / "pmfacil.db"
    with closing(open_shelf(path)) as left, closing(open_shelf(path)) as right:
        assert left._connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        new = Library(left, clock, Ids(), zone="UTC").begin("Checkout outage", Kind.INCIDENT, None)
        windows = [Facilitation(shelf, new, clock, Ids(name)) for shelf, name in ((left, "l"), (right, "r"))]
        for mine, theirs in (windows, windows[::-1]):
            mine.do(record_entry, Entry(EntryId(mine.new_id()), "said"))
            assert theirs.beat().changed
            assert theirs.snapshot.post_mortem == mine.snapshot.post_mortem
        assert Daily(path, clock).run(resting=True) == ""
        windows[0].undo()
    (made,) = (tmp_path / "backups").iterdir()
    assert examine(made).healthy
    assert examine(path).healthy


def test_a_file_that_comes_from_a_drive_with_a_log_opens(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path, brought = tmp_path / "pmfacil.db", tmp_path / "brought.db"
    with closing(open_shelf(path)) as shelf:
        Library(shelf, FakeClock(), Ids(), zone="UTC").begin("In the log", Kind.OTHER, None)
        for part in ("", "-wal"):
            brought.with_name(brought.name + part).write_bytes(path.with_name(path.name + part).read_bytes())
    request.getfixturevalue("drive")
    with closing(open_shelf(brought)) as shelf:
        assert [one.title for one in shelf.listing()] == ["In the log"]
        Library(shelf, FakeClock(), Ids("new"), zone="UTC").begin("Later", Kind.OTHER, None)
        with closing(open_shelf(brought)) as second:
            assert second.count() == 2


def test_a_newer_file_from_there_is_refused_untouched(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "pmfacil.db"
    open_shelf(path).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    whole = path.read_bytes()
    request.getfixturevalue("drive")
    with pytest.raises(CannotOpen, match="a newer pmfacil"):
        open_shelf(path)
    assert path.read_bytes() == whole


def test_a_file_that_does_not_open_for_another_reason_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "BUSY_MS", 1)  # SQLite tries again, in vain
    path = tmp_path / "pmfacil.db"
    open_shelf(path).close()
    (tmp_path / "pmfacil.db-wal").mkdir()
    with pytest.raises(CannotOpen, match="cannot be opened"):
        open_shelf(path)
