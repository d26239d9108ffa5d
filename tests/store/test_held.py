"""The file under an open store: deleted, moved, replaced or damaged, it never costs a word that was kept."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from typing import TYPE_CHECKING, NoReturn

import pytest

from pmfacil.core.errors import NotKept
from pmfacil.core.kind import Kind
from pmfacil.library import Library
from pmfacil.store import open_shelf, place
from pmfacil.store.errors import CannotOpen, CannotRead, not_kept
from pmfacil.store.held import Database
from pmfacil.store.place import Found, Place
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.store import SqlShelf

PARTS = ("", "-wal", "-shm")


@pytest.fixture
def path(tmp_path: Path, shelf: SqlShelf, library: Library) -> Path:
    """The file of the store, with one post-mortem in it."""
    library.begin("Kept", Kind.OTHER, None)
    return tmp_path / "pmfacil.db"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def _titles(path: Path) -> list[str]:
    with closing(open_shelf(path)) as shelf:
        return sorted(one.title for one in shelf.listing())


def _delete(path: Path, *parts: str) -> None:
    for part in parts:
        path.with_name(path.name + part).unlink()


@pytest.mark.parametrize("parts", [PARTS, ("",), ("", "-shm")])
def test_after_a_deletion_saving_goes_on_in_a_new_file_of_the_same_name(
    parts: tuple[str, ...], path: Path, shelf: SqlShelf, library: Library
) -> None:
    assert library.archive.search("kept")
    _delete(path, *parts)
    library.begin("Later", Kind.OTHER, None)
    library.open(library.begin("Last", Kind.OTHER, None)).keep_draft("timeline", "half a line")
    (said,) = shelf.notices()
    assert said == "The database file was deleted, so everything was written anew under its name. Nothing was lost."
    assert shelf.notices() == ()
    assert _titles(path) == ["Kept", "Last", "Later"]
    assert [hit.title for hit in library.archive.search("later")] == ["Later"]
    shelf.close()
    assert _titles(path) == ["Kept", "Last", "Later"]
    assert [file.name for file in path.parent.glob("pmfacil*")] == ["pmfacil.db"]


def test_a_look_once_a_second_is_enough_to_write_it_anew(path: Path, shelf: SqlShelf) -> None:
    assert shelf.notices() == ()
    shutil.rmtree(path.parent)
    assert len(shelf.notices()) == 1
    assert _titles(path) == ["Kept"]
    assert shelf.notices() == ()


def test_while_the_drive_itself_is_away_nothing_is_kept_and_that_is_a_sentence(
    shelf: SqlShelf, library: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale(_handle: int) -> NoReturn:
        raise OSError(errno.ESTALE, "Stale file handle")

    with monkeypatch.context() as away:
        away.setattr(os, "fstat", stale)
        assert "or its drive was moved away" in shelf.notices()[0]
        with pytest.raises(NotKept):
            library.begin("Not kept", Kind.OTHER, None)
    library.begin("Later", Kind.OTHER, None)
    assert _titles(path) == ["Kept", "Later"]


def test_what_is_deleted_before_the_end_is_there_after_it(path: Path, shelf: SqlShelf) -> None:
    _delete(path, *PARTS)
    shelf.close()
    shelf.close()
    assert _titles(path) == ["Kept"]


def test_while_the_file_is_elsewhere_nothing_is_kept_and_then_saving_goes_on(
    path: Path, shelf: SqlShelf, library: Library
) -> None:
    away = path.with_name("away.db")
    path.rename(away)
    for _ in range(2):
        with pytest.raises(NotKept, match=r"moved away, so this was not kept. Put it back"):
            library.begin("Nowhere", Kind.OTHER, None)
    assert len(shelf.notices()) == 1
    assert shelf.notices() == ()
    assert not path.exists()
    assert _titles(away) == ["Kept"]
    away.rename(path)
    library.begin("Later", Kind.OTHER, None)
    assert shelf.notices() == ()
    assert _titles(path) == ["Kept", "Later"]


def test_another_file_in_its_place_is_not_written_into_and_all_is_beside_it(
    path: Path, shelf: SqlShelf, library: Library
) -> None:
    away = path.with_name("away.db")
    path.rename(away)
    path.write_text("another one")
    for _ in range(2):
        with pytest.raises(NotKept, match=r"All before it is in .*/pmfacil-1\.db: put that back, or open it"):
            library.begin("Nowhere", Kind.OTHER, None)
    assert path.read_text() == "another one"
    assert _titles(path.with_name("pmfacil-1.db")) == ["Kept"]
    assert not path.with_name("pmfacil-2.db").exists()
    away.replace(path)
    library.begin("Later", Kind.OTHER, None)
    assert _titles(path) == ["Kept", "Later"]


@pytest.fixture
def elsewhere(tmp_path: Path, clock: FakeClock) -> SqlShelf:
    """A store in a folder of its own, with one post-mortem in it."""
    shelf = open_shelf(tmp_path / "folder" / "pmfacil.db")
    Library(shelf, clock, Ids(), zone="UTC").begin("Kept", Kind.OTHER, None)
    return shelf


def test_where_it_cannot_be_written_anew_all_is_in_a_temporary_folder(
    elsewhere: SqlShelf, tmp_path: Path, temporary: Path, clock: FakeClock
) -> None:
    folder = tmp_path / "folder"
    shutil.rmtree(folder)
    folder.write_text("no folder")
    library = Library(elsewhere, clock, Ids("new"), zone="UTC")
    for _ in range(2):
        with pytest.raises(NotKept, match=r"is gone, so this was not kept. All before it is in"):
            library.begin("Nowhere", Kind.OTHER, None)
    (rescued,) = temporary.rglob("pmfacil.db")
    assert _titles(rescued) == ["Kept"]
    folder.unlink()
    library.begin("Later", Kind.OTHER, None)
    assert _titles(folder / "pmfacil.db") == ["Kept", "Later"]
    elsewhere.close()


def test_where_nothing_can_be_written_at_all_that_is_said(
    elsewhere: SqlShelf, tmp_path: Path, temporary: Path, clock: FakeClock
) -> None:
    folder = tmp_path / "folder"
    for one in (folder, temporary):
        shutil.rmtree(one)
        one.write_text("no folder")
    with pytest.raises(NotKept, match=r"cannot be written anew .*: this was not kept. Export the report now"):
        Library(elsewhere, clock, Ids("new"), zone="UTC").begin("Nowhere", Kind.OTHER, None)
    elsewhere.close()


def test_a_file_that_cannot_be_opened_at_all_is_not_looked_at_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_database: Database) -> None:
        raise sqlite3.OperationalError

    monkeypatch.setattr(Database, "connect", refused)
    with pytest.raises(CannotOpen):
        open_shelf(tmp_path / "new.db")
    (tmp_path / "new.db").unlink()


def test_a_new_file_that_does_not_open_is_named(
    path: Path, shelf: SqlShelf, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_database: Database) -> None:
        raise sqlite3.OperationalError

    _delete(path, *PARTS)
    monkeypatch.setattr(Database, "connect", refused)
    with pytest.raises(NotKept, match=r"All before it is in .*/pmfacil\.db"):
        library.begin("Nowhere", Kind.OTHER, None)
    monkeypatch.undo()
    assert _titles(path) == ["Kept"]


def test_where_no_handle_is_for_the_path_alone_it_is_never_closed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "_PATH_ONLY", None)
    closed: list[int] = []
    monkeypatch.setattr(os, "close", closed.append)
    looked = Place(path)
    assert looked.look() is Found.HERE
    looked.close()
    assert closed == []
    monkeypatch.undo()


def _spoil(shelf: SqlShelf, path: Path, table: str) -> dict[str, bytes]:
    """Overwrite a table's pages, as a failing disk might, and return what lies there then."""
    asked = "SELECT rootpage FROM sqlite_master WHERE tbl_name = ? AND rootpage > 0"
    pages = [page for (page,) in shelf._connection.execute(asked, (table,))]
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * 4096)
            file.write(b"\xff" * 4096)
    return _there(path)


def _there(path: Path) -> dict[str, bytes]:
    return {part: path.with_name(path.name + part).read_bytes() for part in ("", "-wal")}


def test_once_damage_was_seen_nothing_more_is_written_into_the_file(
    path: Path, clock: FakeClock, shelf: SqlShelf, library: Library
) -> None:
    new = library.summaries()[0].id
    shelf.close()
    with closing(open_shelf(path)) as opened:
        opened.keep_draft(new, "timeline", "kept before, and only in the log")
        spoilt = _spoil(opened, path, "cause")
        with pytest.raises(CannotRead, match="malformed"):
            opened.load(new)
        (said,) = opened.notices()
        assert said.startswith("The database file is damaged, so nothing more is written into it")
        assert opened.notices() == ()
        for write in (
            lambda: Library(opened, clock, Ids("new"), zone="UTC").begin("Nowhere", Kind.OTHER, None),
            lambda: opened.put_away(new, clock()),
            lambda: opened.keep_draft(new, "timeline", "half a line"),
        ):
            with pytest.raises(NotKept, match="run `pmfacil doctor`"):
                write()
    assert _there(path) == spoilt


def test_damage_that_a_plain_read_or_a_write_meets_counts_as_well(
    path: Path, shelf: SqlShelf, clock: FakeClock
) -> None:
    new = Library(shelf, clock, Ids("new"), zone="UTC").begin("More", Kind.OTHER, None)
    shelf.close()
    for table, act in (
        ("record", lambda one: one.archive.same_text("x")),
        ("record", lambda one: one.put_away(new, clock())),
        ("draft", lambda one: one.keep_draft(new, "timeline", "half a line")),
    ):
        copy = path.with_name(f"{table}.db")
        copy.write_bytes(path.read_bytes())
        with closing(open_shelf(copy)) as opened:
            spoilt = _spoil(opened, copy, table)
            with pytest.raises((CannotRead, NotKept)):
                act(opened)
            assert len(opened.notices()) == 1
        assert copy.read_bytes() == spoilt[""]


def test_a_damaged_search_index_is_no_reason_to_keep_nothing_more(
    path: Path, shelf: SqlShelf, library: Library
) -> None:
    library.archive.search("kept")
    shelf._connection.execute("UPDATE passage_words_data SET block = x'ff' WHERE id > 10")
    shelf.close()
    with closing(open_shelf(path)) as opened:
        again = Library(opened, FakeClock(), Ids("new"), zone="UTC")
        with pytest.raises(CannotRead):
            again.archive.search("kept")
        assert opened.notices() == ()
        again.begin("Later", Kind.OTHER, None)
    fault = sqlite3.DatabaseError()
    fault.sqlite_errorcode = sqlite3.SQLITE_CORRUPT_VTAB
    assert "--rebuild-index" in str(not_kept(fault))
    odd = sqlite3.OperationalError("out of cookies")
    assert str(not_kept(odd)).endswith("(out of cookies), so it was not kept. Press Enter again.")
    assert _titles(path) == ["Kept", "Later"]


def test_a_newer_file_that_is_refused_keeps_its_log_beside_it(path: Path, shelf: SqlShelf) -> None:
    shelf._connection.execute("PRAGMA user_version = 99")
    copy = path.with_name("copy.db")
    for part, data in _there(path).items():
        copy.with_name(copy.name + part).write_bytes(data)
    before = _there(copy)
    with pytest.raises(CannotOpen, match="newer"):
        open_shelf(copy)
    assert _there(copy) == before
