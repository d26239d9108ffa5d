"""Backups: whole, verified, one a day, thinned out, and restored into new files only."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pmfacil.core.kind import Kind
from pmfacil.library import Library
from pmfacil.store import SqlShelf, aside, open_shelf, whole
from pmfacil.store.aside import CannotWrite, put_in_place, replace_whole, set_aside
from pmfacil.store.backup import Keep, back_up, back_up_as, backups_of, daily_backup, due, restore, rotate
from pmfacil.store.errors import CannotOpen
from pmfacil.store.held import Database
from pmfacil.store.migrations import APPLICATION_ID
from pmfacil.store.upkeep import Upkeep
from pmfacil.store.whole import Counts
from tests.clock import FakeClock, Ids

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
KEPT = "pmfacil-2026-03-12T120000Z.db"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one post-mortem."""
    path = tmp_path / "pmfacil.db"
    with closing(open_shelf(path)) as shelf:
        Library(shelf, FakeClock(), Ids(), zone="UTC").begin("Checkout outage", Kind.OTHER, None)
    return path


def _titles(path: Path) -> list[str]:
    with closing(open_shelf(path)) as shelf:
        return [one.title for one in shelf.listing()]


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def _laid(folder: Path, *days: str, stem: str = "pmfacil") -> None:
    folder.mkdir(exist_ok=True)
    for day in days:
        (folder / f"{stem}-{day}T120000Z.db").touch()


def test_a_backup_is_whole_private_and_named_after_its_moment(path: Path) -> None:
    folder = path.parent / "safe" / "place"
    with closing(open_shelf(path)) as shelf:
        made = back_up(shelf._connection, path, folder, NOON.astimezone())
        again = back_up(shelf._connection, path, folder, NOON)
    assert (made.name, again.name) == (KEPT, "pmfacil-2026-03-12T120000Z-1.db")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert _names(folder) == sorted((KEPT, again.name)), "nothing unfinished lies about"
    assert _titles(made) == ["Checkout outage"]


def test_two_that_take_the_same_name_at_once_get_one_each(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, folder = whole.write_whole, backups_of(path)

    def overtaken(connection: sqlite3.Connection, unfinished: Path, target: Path) -> None:
        if target.name == KEPT:
            target.touch()
        real(connection, unfinished, target)

    monkeypatch.setattr(whole, "write_whole", overtaken)
    with closing(open_shelf(path)) as shelf:
        made = back_up(shelf._connection, path, folder, NOON)
    assert _names(folder) == sorted((KEPT, made.name))


def test_what_a_killed_backup_left_is_cleared_after_an_hour(path: Path) -> None:
    folder = path.parent / "backups"
    folder.mkdir()
    old, young = (folder / f".pmfacil-2026-03-1{day}T120000Z.db.7.part" for day in (1, 2))
    for file, ago in ((old, 61), (young, 59)):
        file.touch()
        at = (NOON - timedelta(minutes=ago)).timestamp()
        os.utime(file, (at, at))
    with closing(open_shelf(path)) as shelf:
        back_up(shelf._connection, path, folder, NOON)
    assert _names(folder) == [young.name, KEPT]


def test_a_backup_that_does_not_hold_everything_gets_no_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = iter([Counts(1, 0, 0), Counts(1, 0, 0), Counts(0, 0, 0)])
    monkeypatch.setattr(whole, "counts", lambda _connection: next(told))
    with closing(open_shelf(path)) as shelf, pytest.raises(CannotWrite, match="does not hold everything"):
        back_up(shelf._connection, path, backups_of(path), NOON)
    assert _names(backups_of(path)) == []


def test_a_backup_that_is_damaged_gets_no_name(path: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.db"
    with closing(sqlite3.connect(damaged)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 900,)] * 50)
        connection.commit()
    data = bytearray(damaged.read_bytes())
    data[4096 + 8 : 4096 + 12] = b"\0\0\0\x01"
    damaged.write_bytes(data)
    with pytest.raises(sqlite3.DatabaseError):
        whole.verify(damaged, ())


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(path: Path) -> None:
    (path.parent / "backups").write_text("a file")
    with closing(open_shelf(path)) as shelf, pytest.raises(CannotWrite, match="was not written"):
        back_up(shelf._connection, path, backups_of(path), NOON)
    with pytest.raises(CannotWrite, match="was not written"):
        _daily(path, NOON)


def _daily(path: Path, now: datetime) -> Path | None:
    with closing(Database(path)) as connection:
        return daily_backup(connection, now)


def test_one_backup_a_day(path: Path) -> None:
    assert due(backups_of(path), NOON, path)
    assert _daily(path, NOON) == backups_of(path) / KEPT
    assert _daily(path, NOON + timedelta(hours=11)) is None
    assert due(backups_of(path), NOON, path.with_name("another.db")), "each database has its own"
    assert _daily(path, NOON + timedelta(hours=12)) is not None
    assert len(_names(backups_of(path))) == 2


def test_a_database_that_holds_nothing_is_not_backed_up(tmp_path: Path) -> None:
    open_shelf(tmp_path / "empty.db").close()
    assert _daily(tmp_path / "empty.db", NOON) is None
    assert not backups_of(tmp_path / "empty.db").exists()


def test_a_daily_backup_of_what_is_no_database_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("no database at all, but long enough to be looked at " * 9)
    with pytest.raises(CannotWrite, match="not a database"):
        _daily(tmp_path / "notes.db", NOON)


def test_old_backups_thin_out_and_nothing_else_is_touched(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    days = [(NOON - timedelta(days=ago)).date().isoformat() for ago in range(500)]
    _laid(folder, *days)
    _laid(folder, "2020-01-01", stem="another")
    strangers = ["notes.txt", "pmfacil-v2.db", "pmfacil-2026-13-45T120000Z.db", ".pmfacil-2026-03-01T120000Z.db"]
    for name in strangers:
        (folder / name).touch()
    removed = rotate(folder)
    left = {name for name in _names(folder) if name.startswith("pmfacil-202") and name not in strangers}
    assert len(removed) + len(left) == 500
    assert {f"pmfacil-{day}T120000Z.db" for day in days[:7]} <= left, "a week of days"
    assert len(left) == 7 + 2 + 11, "two further weeks of four end before those days, eleven further months"
    assert {*strangers, "another-2020-01-01T120000Z.db"} <= {*_names(folder)}
    assert rotate(folder) == ()


def test_of_several_a_day_the_last_stays_and_the_newest_always(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    names = ["pmfacil-2026-03-12T120000Z.db", "pmfacil-2026-03-12T120000Z-1.db", "pmfacil-2026-03-12T090000Z.db"]
    for name in names:
        (folder / name).touch()
    rotate(folder, Keep(0, 0, 0))
    assert _names(folder) == ["pmfacil-2026-03-12T120000Z-1.db"]
    assert rotate(tmp_path / "nowhere") == ()


def test_a_backup_that_cannot_be_removed_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "backups"
    _laid(folder, "2026-03-11", "2026-03-12")

    def refuse(self: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    assert len(rotate(folder, Keep(1, 0, 0))) == 1


def test_a_backup_goes_into_a_file_of_ones_own(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "stick" / "copy.db"
    assert back_up_as(path, target) == target
    assert _titles(target) == ["Checkout outage"]
    before = target.read_bytes()
    with pytest.raises(CannotWrite, match="a file of that name is there"):
        back_up_as(path, target)
    assert target.read_bytes() == before


def test_a_backup_is_restored_into_a_new_file_only(path: Path, tmp_path: Path) -> None:
    made = _daily(path, NOON)
    assert made is not None
    before = made.read_bytes()
    assert _titles(restore(made, tmp_path / "restored.db")) == ["Checkout outage"]
    with pytest.raises(CannotWrite, match="a file of that name is there"):
        restore(made, path)
    assert made.read_bytes() == before


def test_what_is_no_backup_is_not_restored(tmp_path: Path) -> None:
    into = tmp_path / "restored.db"
    with pytest.raises(CannotOpen, match="cannot be read"):
        restore(tmp_path / "nowhere.db", into)
    (tmp_path / "notes.db").write_text("no database")
    with pytest.raises(CannotOpen, match="not a database"):
        restore(tmp_path / "notes.db", into)
    open_shelf(tmp_path / "empty.db").close()
    with pytest.raises(CannotWrite, match="holds no post-mortem"):
        restore(tmp_path / "empty.db", into)
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite, match="was not written"):
        restore(_backed_up(tmp_path), tmp_path / "file" / "restored.db")
    assert not into.exists()


def _backed_up(tmp_path: Path) -> Path:
    with closing(open_shelf(tmp_path / "other.db")) as shelf:
        Library(shelf, FakeClock(), Ids(), zone="UTC").begin("x", Kind.OTHER, None)
    made = _daily(tmp_path / "other.db", NOON)
    assert made is not None
    return made


def test_a_database_of_the_first_version_is_backed_up_before_there_were_records(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript((Path(__file__).parent / "schemas" / "1.sql").read_text(encoding="utf-8"))
        connection.execute("PRAGMA user_version = 1")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        made = back_up(connection, old, backups_of(old), NOON)
    assert _titles(made) == []


def test_a_copy_set_aside_holds_what_lies_in_the_log_and_goes_in_the_end(shelf: SqlShelf, tmp_path: Path) -> None:
    Library(shelf, FakeClock(), Ids(), zone="UTC").begin("in the log", Kind.OTHER, None)
    with set_aside(tmp_path / "pmfacil.db") as copy:
        assert _titles(copy) == ["in the log"]
        assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert not copy.parent.exists()


def test_a_file_that_is_written_to_all_the_time_is_not_set_aside(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, ticks = aside._state, iter(range(100))
    monkeypatch.setattr(aside, "_state", lambda path: [*real(path), (next(ticks), 0)])
    with pytest.raises(CannotOpen, match="another program writes"), set_aside(path):
        raise NotImplementedError


def test_a_finished_file_never_takes_the_place_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new, there = tmp_path / "new.part", tmp_path / "there"
    new.write_text("new")
    there.write_text("there")
    with pytest.raises(FileExistsError):
        put_in_place(new, there)

    def without_links(self: Path, target: Path) -> None:
        raise PermissionError

    def without_folders(_path: object, _flags: int) -> int:
        raise OSError

    monkeypatch.setattr(Path, "hardlink_to", without_links)
    with pytest.raises(FileExistsError):
        put_in_place(new, there)
    assert there.read_text() == "there"
    put_in_place(new, tmp_path / "free")
    monkeypatch.setattr(os, "open", without_folders)
    replace_whole(tmp_path / "free", there)
    assert there.read_text() == "new"


def test_upkeep_backs_up_restores_and_purges(path: Path, tmp_path: Path) -> None:
    upkeep = Upkeep(path)
    assert upkeep.newest_backup() is None
    made = upkeep.back_up(None, NOON)
    assert upkeep.newest_backup() == NOON
    assert made == backups_of(path) / KEPT
    assert upkeep.back_up(tmp_path / "mine.db", NOON) == tmp_path / "mine.db"
    assert _titles(upkeep.restore(made, tmp_path / "restored.db")) == ["Checkout outage"]
    assert upkeep.examine().healthy
    assert upkeep.rebuild_index() == 1
    assert upkeep.recover(tmp_path / "recovered.db").whole == 1
    with closing(open_shelf(path)) as shelf:
        shelf.put_away(shelf.listing()[0].id, NOON)
    purged, backups = upkeep.purge(NOON + timedelta(seconds=1))
    assert (len(purged.ids), purged.settled, backups) == (1, True, 1)
    with pytest.raises(CannotOpen, match="there is no such file"):
        Upkeep(tmp_path / "nowhere.db").examine()
