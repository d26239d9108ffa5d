"""Opening a file: whatever state it was left in, it opens, or one sentence says why not."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmfacil.core.agenda import Step
from pmfacil.core.errors import NotKept
from pmfacil.core.kind import Kind
from pmfacil.core.model import PostMortemId
from pmfacil.library import Library
from pmfacil.store import database, held, migrations, open_shelf
from pmfacil.store.errors import CannotOpen, CannotRead
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.store import SqlShelf

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"), key=lambda path: int(path.stem))


def _pragma(path: Path, name: str) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def _shape(path: Path) -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master"))


def _begin(path: Path, title: str) -> None:
    with closing(open_shelf(path)) as shelf:
        Library(shelf, FakeClock(), Ids(), zone="UTC").begin(title, Kind.OTHER, None)


def _titles(path: Path) -> list[str]:
    with closing(open_shelf(path)) as shelf:
        return [one.title for one in shelf.listing()]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.stem)
def test_a_file_of_any_version_that_was_published_becomes_one_of_today(schema: Path, tmp_path: Path) -> None:
    """Each file in `schemas/` is what one version wrote; a new version adds its own."""
    old, fresh = tmp_path / "old.db", tmp_path / "fresh.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(schema.read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA user_version = {schema.stem}")
        connection.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
    open_shelf(old).close()
    open_shelf(fresh).close()
    assert _pragma(old, "user_version") == migrations.NEWEST
    assert _shape(old) == _shape(fresh)
    _begin(old, "usable")
    assert _titles(old) == ["usable"]


def test_every_published_schema_is_kept() -> None:
    assert [int(path.stem) for path in SCHEMAS] == list(range(1, migrations.NEWEST + 1))


def test_a_first_start_that_was_killed_half_way_is_made_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pmfacil.db"
    whole = migrations._statements

    def killed(script: str) -> Iterator[str]:
        statements = whole(script)
        yield next(statements)
        raise KeyboardInterrupt

    monkeypatch.setattr(migrations, "_statements", killed)
    with pytest.raises(KeyboardInterrupt):
        open_shelf(path)
    monkeypatch.undo()
    _begin(path, "made good")
    assert _titles(path) == ["made good"]
    assert _pragma(path, "application_id") == migrations.APPLICATION_ID


def test_a_file_that_is_refused_gets_no_files_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "pmfacil.db"
    open_shelf(path).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with pytest.raises(CannotOpen, match="a newer pmfacil wrote this"):
        open_shelf(path)
    assert [file.name for file in tmp_path.iterdir()] == ["pmfacil.db"]


def test_a_newer_version_that_lies_only_in_the_write_ahead_log_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "pmfacil.db"
    open_shelf(path).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
        assert int.from_bytes(path.read_bytes()[60:64]) == migrations.NEWEST
        with pytest.raises(CannotOpen, match="a newer pmfacil wrote this"):
            open_shelf(path)


def test_a_restored_copy_gets_its_write_ahead_log_back(tmp_path: Path, shelf: SqlShelf) -> None:
    copy = tmp_path / "copy.db"
    shelf._connection.execute("VACUUM INTO ?", (str(copy),))
    assert _pragma(copy, "journal_mode") == "delete"
    open_shelf(copy).close()
    assert _pragma(copy, "journal_mode") == "wal"


def test_a_database_with_a_damaged_first_page_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "pmfacil.db"
    open_shelf(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 900 + whole[1000:])
    before = path.read_bytes()
    with pytest.raises(CannotOpen, match="damaged"):
        open_shelf(path)
    assert path.read_bytes() == before


def test_a_database_that_another_program_holds_is_said_to_be_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pmfacil.db"
    path.touch()
    monkeypatch.setattr(held, "BUSY_MS", 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CannotOpen, match="another program holds this database"):
            open_shelf(path)
    assert _titles(path) == []


def test_every_migration_has_a_backup_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, folder = tmp_path / "pmfacil.db", tmp_path / "backups"
    _begin(path, "first")
    newest = migrations.NEWEST
    monkeypatch.setattr(migrations, "NEWEST", newest + 1)
    monkeypatch.setattr(database, "NEWEST", newest + 1)
    monkeypatch.setattr(migrations, "_script", lambda _step: "THIS IS NO SQL;")
    folder.mkdir()
    (folder / f"pmfacil-v{newest}.db.part").write_text("half a backup, from a run that was killed")
    for _ in range(2):
        with pytest.raises(CannotOpen, match="cannot be opened"):
            open_shelf(path)
    monkeypatch.undo()
    assert sorted(file.name for file in folder.iterdir()) == [f"pmfacil-v{newest}-1.db", f"pmfacil-v{newest}.db"]
    for file in folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert _titles(file) == ["first"]


def test_a_migration_that_breaks_a_link_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pmfacil.db"
    _begin(path, "whole")
    monkeypatch.setattr(migrations, "NEWEST", migrations.NEWEST + 1)
    monkeypatch.setattr(database, "NEWEST", migrations.NEWEST)
    monkeypatch.setattr(migrations, "_script", lambda _step: "INSERT INTO draft VALUES ('nobody', 'open', 'lost');")
    with pytest.raises(CannotOpen, match="a link that leads nowhere"):
        open_shelf(path)
    monkeypatch.undo()
    assert _titles(path) == ["whole"]


def test_a_row_that_breaks_a_rule_is_said_in_a_sentence_and_the_others_open(shelf: SqlShelf) -> None:
    library = Library(shelf, FakeClock(), Ids(), zone="UTC")
    whole, broken = library.begin("whole", Kind.OTHER, None), library.begin("broken", Kind.OTHER, None)
    shelf._connection.execute("UPDATE post_mortem SET boxes = '[]' WHERE id = ?", (broken,))
    with pytest.raises(CannotRead, match=r"This post-mortem cannot be read .* Nothing was changed"):
        library.open(broken)
    assert library.open(whole).snapshot.post_mortem.title == "whole"


def test_a_database_that_cannot_be_read_is_said_in_a_sentence(shelf: SqlShelf) -> None:
    new = Library(shelf, FakeClock(), Ids(), zone="UTC").begin("x", Kind.OTHER, None)
    shelf._connection.execute("ALTER TABLE cause RENAME TO lost")
    with pytest.raises(CannotRead, match=r"The database cannot be read \(no such table"):
        shelf.load(new)
    shelf._connection.execute("UPDATE post_mortem SET kind = 'of no kind'")
    with pytest.raises(CannotRead, match="The list of post-mortems cannot be read"):
        shelf.listing()


def test_a_half_typed_line_of_a_step_that_is_none_is_no_reason_not_to_open(shelf: SqlShelf) -> None:
    new = Library(shelf, FakeClock(), Ids(), zone="UTC").begin("x", Kind.OTHER, None)
    shelf._connection.execute("INSERT INTO draft VALUES (?, 'a later step', 'words')", (new,))
    shelf.keep_draft(new, Step.OPEN, "words")
    assert shelf.load(new).drafts == {"a later step": "words", Step.OPEN: "words"}


def test_half_a_character_is_no_reason_to_lose_the_half_typed_line(shelf: SqlShelf) -> None:
    new = Library(shelf, FakeClock(), Ids(), zone="UTC").begin("x", Kind.OTHER, None)
    shelf.keep_draft(new, Step.OPEN, "broken \ud800 half, 🔥 whole")
    assert shelf.load(new).drafts == {Step.OPEN: "broken \ufffd half, 🔥 whole"}


def test_what_no_column_holds_is_refused_and_the_next_write_works(shelf: SqlShelf) -> None:
    new = Library(shelf, FakeClock(), Ids(), zone="UTC").begin("x", Kind.OTHER, None)
    with pytest.raises(NotKept, match="did not take this"):
        shelf.keep_draft(PostMortemId("half \ud800"), Step.OPEN, "words")
    shelf.keep_draft(new, Step.OPEN, "words")
    assert shelf.load(new).drafts == {Step.OPEN: "words"}
