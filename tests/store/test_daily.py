"""The daily work: damage told early, a backup, and the end of what was deleted a month ago."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NoReturn

import pytest

from pmfacil.core.kind import Kind
from pmfacil.core.operations import write_summary
from pmfacil.store import open_shelf
from pmfacil.store.aside import CannotWrite
from pmfacil.store.backup import backups_of
from pmfacil.store.daily import KEPT_FOR, Daily
from pmfacil.store.held import Database

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.library import Library
    from pmfacil.store import SqlShelf
    from tests.clock import FakeClock

WORD = "zyxwvutsrq"


@pytest.fixture
def path(tmp_path: Path, shelf: SqlShelf, library: Library) -> Path:
    """The file of an open store, with one post-mortem that stays and one that was just deleted."""
    library.begin("Stays", Kind.OTHER, None)
    gone = library.begin("Goes", Kind.OTHER, None)
    library.open(gone).do(write_summary, WORD)
    library.delete(gone)
    return tmp_path / "pmfacil.db"


def _holding(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.rglob("*") if file.is_file() and WORD.encode() in file.read_bytes())


def test_one_backup_a_day_is_made_beside_the_open_store(path: Path, library: Library, clock: FakeClock) -> None:
    daily = Daily(path, clock)
    assert daily.run(resting=False) == ""
    library.begin("Later", Kind.OTHER, None)
    assert daily.run(resting=False) == ""
    (made,) = backups_of(path).iterdir()
    with closing(open_shelf(made)) as backup:
        assert [one.title for one in backup.listing()] == ["Stays"]
    clock.advance(minutes=24 * 60)
    assert daily.run(resting=False) == ""
    assert len([*backups_of(path).iterdir()]) == 2


def test_what_was_deleted_a_month_ago_goes_for_good_while_the_room_rests(
    path: Path, shelf: SqlShelf, library: Library, clock: FakeClock
) -> None:
    daily = Daily(path, clock)
    daily.run(resting=True)
    (first,) = backups_of(path).iterdir()
    clock.advance(minutes=KEPT_FOR.days * 24 * 60)
    assert daily.run(resting=True) == ""
    assert first.name in _holding(path.parent), "not a second before its time"
    clock.advance(seconds=1)
    assert daily.run(resting=False) == ""
    assert first.name in _holding(path.parent), "not while a meeting is on the screen"
    assert daily.run(resting=True) == ""
    assert _holding(path.parent) == []
    assert [one.title for one in library.summaries()] == ["Stays"]
    library.begin("Later", Kind.OTHER, None)
    assert shelf.notices() == ()


def test_a_backup_that_cannot_be_purged_is_said_and_the_next_day_tries_again(path: Path, clock: FakeClock) -> None:
    daily = Daily(path, clock)
    daily.run(resting=True)
    (first,) = backups_of(path).iterdir()
    whole = first.read_bytes()
    clock.advance(minutes=31 * 24 * 60)
    first.write_bytes(whole[:5000])
    said = daily.run(resting=True)
    assert said.startswith(f"What was deleted 30 days ago is not gone yet: {first} was not written")
    assert said.endswith("`pmfacil purge` tries again.")
    first.write_bytes(whole)
    assert daily.run(resting=True) == ""
    assert _holding(path.parent) == []


def test_damage_is_told_before_anybody_meets_it_and_is_not_backed_up(
    path: Path, shelf: SqlShelf, clock: FakeClock
) -> None:
    shelf.close()
    with closing(Database(path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'cause'").fetchone()[0]
    whole = path.read_bytes()
    path.write_bytes(whole[: (page - 1) * 4096] + b"\xff" * 4096 + whole[page * 4096 :])
    assert "found damage, so no backup was made" in Daily(path, clock).run(resting=True)
    path.write_bytes(b"no database at all " * 99)
    assert "found damage, so no backup was made" in Daily(path, clock).run(resting=True)
    assert not backups_of(path).exists()


def test_a_backup_that_is_refused_is_one_sentence(path: Path, clock: FakeClock) -> None:
    backups_of(path).write_text("no folder")
    said = Daily(path, clock).run(resting=False)
    assert said.startswith("Today's backup was not made (")
    assert said.endswith("`pmfacil backup` tries again.")


def test_no_file_is_made_where_there_is_none(tmp_path: Path, clock: FakeClock) -> None:
    assert "backup was not made" in Daily(tmp_path / "nowhere.db", clock).run(resting=True)
    assert [*tmp_path.iterdir()] == []


def test_when_the_app_ends_the_work_stops_and_says_nothing(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ending(*_given: object) -> NoReturn:
        daily.stop()
        raise CannotWrite(path, "the app ends")

    clock.advance(minutes=40 * 24 * 60)
    daily = Daily(path, clock)
    monkeypatch.setattr("pmfacil.store.daily.daily_backup", ending)
    assert daily.run(resting=True) == ""
    daily.stop()
    assert _holding(path.parent), "nothing was purged any more"


def test_when_the_app_ended_before_it_began_nothing_is_done(path: Path, clock: FakeClock) -> None:
    daily = Daily(path, clock)
    daily.stop()
    assert daily.run(resting=True) == ""
    assert not backups_of(path).exists()
