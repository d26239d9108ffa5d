"""Purging: not one byte of a purged post-mortem is left, and not one of another is touched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pmfacil.core.errors import Gone, NotKept
from pmfacil.core.facts import Facts
from pmfacil.core.kind import Kind
from pmfacil.core.operations import state_facts, write_summary
from pmfacil.core.record import Part, Passage, Record, RecordId
from pmfacil.store import SqlShelf, open_shelf
from pmfacil.store import purge as purging
from pmfacil.store.aside import CannotWrite
from pmfacil.store.backup import back_up, backups_of
from pmfacil.store.migrations import APPLICATION_ID
from pmfacil.store.purge import purge, purge_backups

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.core.model import PostMortemId
    from pmfacil.library import Library
    from tests.clock import FakeClock

WORD = "zyxwvutsrq"


@pytest.fixture
def away(library: Library) -> PostMortemId:
    """A post-mortem that was searched, and put away; another one stays."""
    library.begin("Stays", Kind.OTHER, None)
    new = library.begin("Goes", Kind.OTHER, None)
    service = library.open(new)
    service.do(write_summary, f"{WORD} and {WORD}s")
    service.do(write_summary, f"{WORD} put better")
    service.undo()
    service.do(state_facts, Facts(tags=(f"{WORD}-tag",)))
    service.keep_draft("timeline", f"half of {WORD}")
    assert library.archive.search(WORD)
    library.delete(new)
    return new


def _holding(folder: Path) -> list[str]:
    """Return the files in which the word's bytes are."""
    return [file.name for file in folder.rglob("*") if file.is_file() and WORD.encode() in file.read_bytes()]


def test_its_bytes_are_in_no_file_any_more(
    away: PostMortemId, shelf: SqlShelf, library: Library, clock: FakeClock, tmp_path: Path
) -> None:
    assert _holding(tmp_path)
    purged = purge(shelf._connection, clock() + timedelta(seconds=1))
    assert (purged.ids, purged.settled) == ((away,), True)
    assert _holding(tmp_path) == []
    assert not shelf.has(away)
    with pytest.raises(Gone):
        library.restore()
    assert [one.title for one in library.summaries()] == ["Stays"]
    assert [hit.title for hit in library.archive.search("stays")] == ["Stays"]


def test_what_was_put_away_later_stays(away: PostMortemId, shelf: SqlShelf, clock: FakeClock, tmp_path: Path) -> None:
    before = clock().astimezone(tz=None) - timedelta(seconds=1)
    assert purge(shelf._connection, before).ids == ()
    assert shelf.has(away)
    assert _holding(tmp_path)


def test_a_written_post_mortem_goes_too(shelf: SqlShelf, clock: FakeClock, tmp_path: Path) -> None:
    record = Record(RecordId("r1"), "Old one", "a.md", clock(), WORD, None, (Passage(Part.TEXT, WORD),))
    shelf.archive.add_record(record)
    shelf.archive.catch_up()
    shelf.put_away("r1", clock())  # type: ignore[arg-type]  # an id is a word
    assert purge(shelf._connection, clock() + timedelta(seconds=1)).ids == ("r1",)
    assert _holding(tmp_path) == []


def test_while_another_window_reads_the_log_stays_and_that_is_told(
    away: PostMortemId, shelf: SqlShelf, clock: FakeClock, tmp_path: Path
) -> None:
    with closing(open_shelf(tmp_path / "pmfacil.db")) as other:
        other._connection.execute("BEGIN")
        other.listing()
        shelf._connection.execute("PRAGMA busy_timeout = 1")
        assert not purge(shelf._connection, clock() + timedelta(seconds=1)).settled
        other._connection.execute("COMMIT")
    assert not shelf.has(away)


def test_a_disk_that_refuses_is_said_in_a_sentence(
    away: PostMortemId, shelf: SqlShelf, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_connection: object) -> bool:
        raise sqlite3.OperationalError

    monkeypatch.setattr(purging, "_swept", full)
    with pytest.raises(NotKept):
        purge(shelf._connection, clock() + timedelta(seconds=1))
    shelf._connection.execute("ALTER TABLE record RENAME TO lost")
    with pytest.raises(NotKept):
        purge(shelf._connection, clock())


def test_it_goes_from_every_backup_of_ours(
    away: PostMortemId, shelf: SqlShelf, clock: FakeClock, tmp_path: Path
) -> None:
    path, folder = tmp_path / "pmfacil.db", backups_of(tmp_path / "pmfacil.db")
    first = back_up(shelf._connection, path, folder, clock())
    shelf._connection.execute("VACUUM INTO ?", (str(folder / "pmfacil-v2.db"),))
    (folder / "notes-v2.txt").touch()
    with closing(sqlite3.connect(folder / "strange-v1.db")) as strange:
        strange.execute("CREATE TABLE t (a)")
    purge(shelf._connection, clock() + timedelta(seconds=1))
    clean = back_up(shelf._connection, path, folder, clock() + timedelta(seconds=1))
    unchanged = clean.read_bytes()
    assert sorted(_holding(folder)) == [first.name, "pmfacil-v2.db"]
    assert purge_backups(folder, (away,)) == (first, folder / "pmfacil-v2.db")
    assert _holding(folder) == []
    assert clean.read_bytes() == unchanged
    with closing(open_shelf(first)) as backup:
        assert [one.title for one in backup.listing()] == ["Stays"]
        assert backup.archive.same_text("x") is None


def test_a_backup_of_the_first_version_is_purged_too(tmp_path: Path) -> None:
    from pathlib import Path as Place

    folder = tmp_path / "backups"
    folder.mkdir()
    old = folder / "pmfacil-v1.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript((Place(__file__).parent / "schemas" / "1.sql").read_text(encoding="utf-8"))
        connection.execute("PRAGMA user_version = 1")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        columns = [row[1] for row in connection.execute("PRAGMA table_info(post_mortem)") if row[3]]
        marks = ", ".join("?" * len(columns))
        cells = ["gone" if name == "id" else WORD for name in columns]
        quoted = ", ".join(f'"{name}"' for name in columns)
        connection.execute(f"INSERT INTO post_mortem ({quoted}) VALUES ({marks})", cells)
        connection.commit()
    assert purge_backups(folder, ("gone",)) == (old,)
    assert _holding(folder) == []


def test_a_backup_that_cannot_be_written_anew_stays_and_is_told_of(
    away: PostMortemId, shelf: SqlShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    made = back_up(shelf._connection, tmp_path / "pmfacil.db", folder, datetime(2026, 3, 12, tzinfo=UTC))

    def full(_unfinished: object, _target: object) -> None:
        raise OSError

    monkeypatch.setattr(purging, "replace_whole", full)
    with pytest.raises(CannotWrite, match="was not written"):
        purge_backups(folder, (away,))
    assert [file.name for file in folder.iterdir()] == [made.name]
