"""The doctor: says what is wrong, writes nothing, and brings back what can be read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmfacil.core.kind import Kind
from pmfacil.core.model import Entry, EntryId, PostMortemId
from pmfacil.core.operations import record_entry
from pmfacil.core.record import Part, Passage, Record, RecordId
from pmfacil.library import Library
from pmfacil.store import open_shelf, recovering, salvage
from pmfacil.store.aside import CannotWrite
from pmfacil.store.backup import back_up, backups_of
from pmfacil.store.doctor import examine, rebuild_index, recover
from pmfacil.store.errors import CannotOpen
from pmfacil.store.filling import title_of
from pmfacil.store.recovering import UNLISTED
from tests.clock import FakeClock, Ids
from tests.held import held

if TYPE_CHECKING:
    from pmfacil.store import SqlShelf

ENTRIES = 60
_PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with a closed post-mortem, a long one, one that was put away, and a written one; searched."""
    path = tmp_path / "here" / "pmfacil.db"
    with closing(open_shelf(path)) as shelf:
        library = Library(shelf, FakeClock(), Ids(), zone="UTC")
        held(library, "Closed", actions=("Stage every release",), tags=("cache",))
        service = library.open(library.begin("Long", Kind.INCIDENT, date(2026, 3, 12)))
        for number in range(ENTRIES):
            service.do(record_entry, Entry(EntryId(f"e{number}"), f"line {number} {'went on ' * 30}"))
        service.keep_draft("timeline", "half typed")
        library.delete(library.begin("Put away", Kind.OTHER, None))
        passages = (Passage(Part.TEXT, "once upon a time"),)
        shelf.archive.add_record(Record(RecordId("r1"), "Written", "a.md", library.now(), "once", None, passages))
        shelf.archive.catch_up()
    return path


def _do(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def _root(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0])


def _overwrite(path: Path, page: int, data: bytes, at: int = 0) -> None:
    with path.open("rb+") as file:
        file.seek((page - 1) * _PAGE + at)
        file.write(data)


def _there(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}


def _found(path: Path) -> tuple[str, ...]:
    """Examine, and make sure that nothing was written."""
    before = _there(path)
    examination = examine(path)
    assert _there(path) == before
    assert examination.healthy is not bool(examination.findings)
    return examination.findings


def _titles(path: Path) -> set[str]:
    with closing(open_shelf(path)) as shelf:
        return {one.title for one in shelf.listing()}


def _entries(path: Path) -> list[str]:
    with closing(open_shelf(path)) as shelf:
        one = next(one for one in shelf.listing() if one.title == "Long")
        return [entry.id for entry in shelf.load(one.id).history.present.entries]


def _backed_up(path: Path) -> Path:
    with closing(open_shelf(path)) as shelf:
        return back_up(shelf._connection, path, backups_of(path), datetime(2026, 3, 12, tzinfo=UTC))


def test_a_healthy_database_is_told_to_be_so(path: Path) -> None:
    examination = examine(path)
    assert examination.healthy
    assert (examination.version, examination.post_mortems) == (3, 3)
    assert _found(path) == ()


def test_what_lies_only_in_the_log_is_looked_at_too(shelf: SqlShelf, tmp_path: Path) -> None:
    Library(shelf, FakeClock(), Ids(), zone="UTC").begin("In the log", Kind.OTHER, None)
    assert examine(tmp_path / "pmfacil.db").post_mortems == 1


def test_a_file_that_is_none_of_ours_is_told_to_be_so(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("no database, " * 20)
    assert "not a database" in _found(notes)[-1]
    with pytest.raises(CannotOpen, match="cannot be read"):
        examine(tmp_path / "nowhere.db")


def test_a_newer_version_is_told(path: Path) -> None:
    _do(path, "PRAGMA user_version = 99")
    assert _found(path) == (f"{path}: a newer pmfacil wrote this (version 99). Update pmfacil to open it.",)


def test_a_damaged_page_is_told(path: Path) -> None:
    _overwrite(path, _root(path, "entry"), bytes(_PAGE))
    findings = _found(path)
    assert findings[0].startswith("The file is damaged: ")
    assert any("“Long” does not open" in one for one in findings)


@pytest.mark.parametrize("where", [0, 24, 32 + 8, 32 + 24 + 90], ids=["magic", "sum", "salt", "page"])
def test_saves_behind_damage_in_the_log_are_told(shelf: SqlShelf, tmp_path: Path, where: int) -> None:
    library = Library(shelf, FakeClock(), Ids(), zone="UTC")
    shelf._connection.execute("PRAGMA wal_checkpoint(RESTART)")
    for number in range(3):
        library.begin(f"Number {number}", Kind.OTHER, None)
    copy = tmp_path / "copy" / "pmfacil.db"
    copy.parent.mkdir()
    for part in ("", "-wal"):
        copy.with_name(copy.name + part).write_bytes((tmp_path / f"pmfacil.db{part}").read_bytes())
    assert _found(copy) == ()
    log = copy.with_name("pmfacil.db-wal")
    data = bytearray(log.read_bytes())
    data[where] ^= 1
    log.write_bytes(data)
    assert _found(copy)[-1].startswith("The write-ahead log is damaged: the newest changes, ")
    recovery = recover(copy, tmp_path / "recovered.db", backups_of(copy))
    assert recovery.lost[-1].startswith("The write-ahead log is damaged: ")
    log.write_bytes(data[: where + 8])
    assert _found(copy) == (), "an end that is missing is what a power cut leaves"


def test_links_that_lead_nowhere_are_told(path: Path) -> None:
    _do(path, "INSERT INTO draft VALUES ('nobody', 'open', 'lost')")
    assert _found(path) == ("1 links lead nowhere, in draft.",)


def test_a_step_of_undo_that_cannot_be_read_is_told(path: Path) -> None:
    _do(
        path,
        "UPDATE journal SET backward = 'no JSON' WHERE seq = 50 AND post_mortem = (SELECT id FROM post_mortem WHERE title = 'Long')",
    )
    assert _found(path) == ("“Long”: 50 of 60 steps of its undo cannot be read.",)


def test_a_written_post_mortem_that_does_not_open_is_told(path: Path) -> None:
    _do(path, "UPDATE record SET taken_in_at = 'yesterday'")
    assert _found(path)[0].startswith("“Written” does not open: This record cannot be read")


def test_a_list_that_cannot_be_read_is_told(path: Path) -> None:
    _do(path, "ALTER TABLE searchable RENAME TO lost", "ALTER TABLE record RENAME TO lost_too")
    assert any("The list of post-mortems cannot be read: no such table" in one for one in _found(path))


def test_a_search_index_out_of_step_is_told_and_learnt_anew(path: Path) -> None:
    _do(path, "INSERT INTO passage (owner, part, item, text) VALUES ('nobody', 'title', '', 'stray')")
    assert "The search index is damaged" in _found(path)[0]
    _do(path, "INSERT INTO passage_words (passage_words) VALUES ('rebuild')")
    assert "The search index knows 1 that are gone" in _found(path)[0]
    assert rebuild_index(path) == 4
    assert _found(path) == ()
    with closing(open_shelf(path)) as shelf:
        assert [hit.title for hit in Library(shelf, FakeClock(), Ids(), zone="UTC").archive.search("upon")] == [
            "Written"
        ]


def test_a_sound_database_is_recovered_as_it_is(path: Path, tmp_path: Path) -> None:
    into = tmp_path / "new" / "recovered.db"
    recovery = recover(path, into, backups_of(path))
    assert recovery.sentences == (f"4 post-mortems recovered into {into}, 4 from the file itself.",)
    assert (recovery.changed, recovery.backup) == ((), None)
    assert _titles(into) == _titles(path)
    with closing(open_shelf(path)) as old, closing(open_shelf(into)) as new:
        for one in old.listing():
            if one.title != "Written":
                assert new.load(one.id) == old.load(one.id)
        assert new.archive.record(RecordId("r1")) == old.archive.record(RecordId("r1"))
        away = old._connection.execute("SELECT id FROM post_mortem WHERE title = 'Put away'").fetchone()[0]
        assert new.has(away)
    assert _found(into) == ()


def test_nothing_is_recovered_over_another_file(path: Path, tmp_path: Path) -> None:
    before = _there(path)
    with pytest.raises(CannotWrite, match="a file of that name is there"):
        recover(path, path, backups_of(path))
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite, match="was not written"):
        recover(path, tmp_path / "file" / "recovered.db", backups_of(path))
    assert _there(path) == before


def test_rows_around_a_damaged_page_come_back_and_the_gap_is_told(path: Path, tmp_path: Path) -> None:
    with path.open("rb") as file:
        file.seek((_root(path, "entry") - 1) * _PAGE)
        root = file.read(_PAGE)
    assert root[0] == 5, "the entries fill several pages"
    where = int.from_bytes(root[12 + 2 : 12 + 4])
    _overwrite(path, int.from_bytes(root[where : where + 4]), bytes(_PAGE))
    into = tmp_path / "recovered.db"
    recovery = recover(path, into, backups_of(path))
    back = _entries(into)
    assert ENTRIES // 2 < len(back) < ENTRIES
    assert {"e0", f"e{ENTRIES - 1}"} <= {*back}
    assert any("“Long” lacks lines that could not be read." in one for one in recovery.incomplete)
    assert any("the table “entry”" in one for one in recovery.incomplete)


def test_a_backup_of_the_same_revision_fills_the_gap(path: Path, tmp_path: Path) -> None:
    backup = _backed_up(path)
    with closing(open_shelf(path)) as shelf:
        shelf.keep_draft(next(one.id for one in shelf.listing() if one.title == "Long"), "timeline", "newer words")
    _overwrite(path, _root(path, "entry"), bytes(_PAGE))
    into = tmp_path / "recovered.db"
    recovery = recover(path, into, backups_of(path))
    assert recovery.backup == backup
    assert "“Long” was taken from the backup, which has the same revision." in recovery.from_backup
    assert len(_entries(into)) == ENTRIES
    with closing(open_shelf(into)) as shelf:
        long = next(one.id for one in shelf.listing() if one.title == "Long")
        assert shelf.load(long).drafts == {"timeline": "newer words"}


def test_an_older_backup_brings_back_what_does_not_open(path: Path, tmp_path: Path) -> None:
    _backed_up(path)
    _do(path, "UPDATE post_mortem SET boxes = '[]', revision = revision + 1 WHERE title = 'Long'")
    recovery = recover(path, tmp_path / "recovered.db", backups_of(path))
    assert recovery.from_backup == ("“Long” was taken from the backup; what was entered after it is lost.",)
    assert len(_entries(tmp_path / "recovered.db")) == ENTRIES


def test_what_was_deleted_from_a_sound_file_is_not_brought_back(path: Path, tmp_path: Path) -> None:
    _backed_up(path)
    _do(path, "PRAGMA foreign_keys = ON", "DELETE FROM post_mortem WHERE title = 'Long'")
    recover(path, tmp_path / "recovered.db", backups_of(path))
    assert "Long" not in _titles(tmp_path / "recovered.db")


def test_without_a_backup_the_words_of_what_does_not_open_are_kept(path: Path, tmp_path: Path) -> None:
    _do(path, "UPDATE post_mortem SET boxes = '[]' WHERE title = 'Long'")
    into = tmp_path / "recovered.db"
    recovery = recover(path, into, backups_of(path))
    assert recovery.lost == ("“Long” does not open any more. Its words are kept as a written post-mortem.",)
    assert "Long (what could be read)" in _titles(into)
    with closing(open_shelf(into)) as shelf:
        long = next(one.id for one in shelf.listing() if one.title.startswith("Long"))
        text = shelf.archive.record(RecordId(long)).text
    assert all(f"line {number} went on" in text for number in range(ENTRIES))


def test_a_post_mortem_without_its_own_row_comes_from_a_backup_or_is_told_to_be_lost(
    path: Path, tmp_path: Path
) -> None:
    _do(path, "DELETE FROM post_mortem WHERE title = 'Closed'", "DELETE FROM post_mortem WHERE title = 'Put away'")
    _do(
        path,
        "INSERT INTO journal VALUES ('nobody', 1, '', '', 0, '', '')",
        "INSERT INTO draft VALUES (x'00', 'open', '')",
    )
    recovery = recover(path, tmp_path / "recovered.db", backups_of(path))
    assert any("“a post-mortem whose title is lost” does not open any more" in one for one in recovery.lost)
    assert "“a post-mortem whose title is lost” (nobody) is lost." in recovery.lost


def test_a_step_of_undo_that_is_lost_is_told(path: Path, tmp_path: Path) -> None:
    _do(
        path,
        "UPDATE journal SET backward = 'no JSON' WHERE post_mortem = (SELECT id FROM post_mortem WHERE title = 'Long') AND seq = 1",
    )
    recovery = recover(path, tmp_path / "recovered.db", backups_of(path))
    assert recovery.incomplete == ("“Long” has lost 1 step of its undo.",)


@pytest.mark.parametrize("hurt", [b"", b"SQLite format 3\0" + bytes(84)], ids=["all of it", "all but the magic"])
def test_without_its_first_page_everything_comes_back_all_the_same(hurt: bytes, path: Path, tmp_path: Path) -> None:
    _overwrite(path, 1, hurt + bytes(_PAGE - len(hurt)))
    recover(path, tmp_path / "recovered.db", backups_of(path))
    assert _titles(tmp_path / "recovered.db") == {"Closed", "Long", "Written"}
    assert len(_entries(tmp_path / "recovered.db")) == ENTRIES


def test_a_file_that_was_cut_off_gives_back_what_is_left(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 3 // 4])
    recovery = recover(path, tmp_path / "recovered.db", backups_of(path))
    assert "Closed" in _titles(tmp_path / "recovered.db")
    assert recovery.incomplete


def test_where_nothing_can_be_read_a_backup_gives_everything(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = _backed_up(path)
    for name in ("pmfacil-2026-03-13T000000Z.db", "pmfacil-2026-03-14T000000Z.db", "pmfacil-2026-03-15T000000Z.db"):
        (good.parent / name).write_bytes(b"no backup")
    (good.parent / "pmfacil-2026-03-14T000000Z.db").write_bytes(good.read_bytes()[:_PAGE])
    _do(good.parent / "pmfacil-2026-03-15T000000Z.db.new", "CREATE TABLE t (a)")
    (good.parent / "pmfacil-2026-03-15T000000Z.db.new").replace(good.parent / "pmfacil-2026-03-15T000000Z.db")
    monkeypatch.setattr(salvage, "_lists_tables", lambda _copy: False)
    recovery = recover(path, tmp_path / "recovered.db", backups_of(path))
    assert recovery.backup == good
    assert recovery.lost == (UNLISTED,)
    assert _titles(tmp_path / "recovered.db") == _titles(path)


def test_text_that_is_none_any_more_is_read_all_the_same(path: Path, tmp_path: Path) -> None:
    _do(path, "UPDATE entry SET text = CAST(x'6f6e6520ff2074776f' AS TEXT) WHERE id = 'e3'")
    assert any("“Long” does not open" in one for one in _found(path))
    recover(path, tmp_path / "recovered.db", backups_of(path))
    with closing(open_shelf(tmp_path / "recovered.db")) as shelf:
        long = next(one.id for one in shelf.listing() if one.title == "Long")
        assert shelf.load(PostMortemId(long)).history.present.entries[3].text == "one \ufffd two"


def test_damage_that_leads_in_circles_ends(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that point at each other have more rows than any patience."""
    monkeypatch.setattr(salvage, "_STEPS", 1)
    monkeypatch.setattr(recovering, "_sound", lambda _copy: False)
    recovery = recover(path, tmp_path / "recovered.db", backups_of(path))
    assert any("the table “entry”" in one for one in recovery.incomplete)


def test_a_file_of_the_first_version_is_recovered_into_one_of_today(tmp_path: Path) -> None:
    old, into = tmp_path / "old.db", tmp_path / "recovered.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript((Path(__file__).parent / "schemas" / "1.sql").read_text(encoding="utf-8"))
        connection.execute(
            """INSERT INTO post_mortem (id, revision, title, kind, created_at, zone, rehearsal, boxes, norms_read, impact,
            "trigger", no_actions_because, summary, report_owner, audience) VALUES ('a', 0, 'Old', 'other',
            '2026-03-12T14:00:00+00:00', 'UTC', 0, '[5, 20, 25, 10, 15, 5]', '[]', '', '', '', '', '', '')"""
        )
        connection.commit()
    assert recover(old, into, tmp_path / "backups").whole == 1
    assert _titles(into) == {"Old"}


def test_a_table_whose_columns_cannot_be_told_is_a_gap(tmp_path: Path) -> None:
    open_shelf(tmp_path / "a.db").close()
    connection = sqlite3.connect(tmp_path / "a.db")
    connection.close()
    assert not salvage.salvage(connection, "entry", ["id"]).whole


def test_a_file_too_short_to_have_a_header_is_recovered_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "short.db").write_bytes(b"SQLite")
    recovery = recover(tmp_path / "short.db", tmp_path / "recovered.db", tmp_path / "backups")
    assert recovery.sentences[0].startswith("0 post-mortems recovered")
    assert _titles(tmp_path / "recovered.db") == set()


def test_a_fresh_list_of_tables_on_one_page_is_grafted_as_one() -> None:
    assert salvage._list_of_tables(bytes(100) + b"\x0d" + bytes(20)) == [0]
    assert title_of({}) == "a post-mortem whose title is lost"
