"""The store: what goes in comes out, and what must not go in does not."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.ending import ActionId
from pmfacil.core.errors import NotKept, Refusal
from pmfacil.core.history import LIMIT
from pmfacil.core.kind import Kind
from pmfacil.core.model import Entry, EntryId, PostMortemId
from pmfacil.core.sitting import convene
from pmfacil.facilitation import Facilitation, Move, MoveKind
from pmfacil.library import Library
from pmfacil.store import database, migrations, open_shelf
from pmfacil.store.errors import CannotOpen
from tests.clock import FakeClock, Ids
from tests.hostile import HOSTILE
from tests.meetings import acts, perform, post_mortems, settle_something

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem
    from pmfacil.store import SqlShelf
    from tests.conftest import NewDatabase
    from tests.meetings import Act

SCHEMAS = Path(__file__).parent / "schemas"


@settings(max_examples=150)
@given(pm=post_mortems())
def test_what_goes_in_comes_out(pm: PostMortem, new_database: NewDatabase) -> None:
    shelf = open_shelf(new_database())
    sitting = convene(pm.boxes).enter(Step.CAUSES, datetime(2026, 3, 12, tzinfo=UTC))
    shelf.add(pm, sitting)
    loaded = shelf.load(pm.id)
    assert loaded.history.present == pm
    assert loaded.sitting == sitting
    shelf.close()


@settings(max_examples=60)
@given(sequence=st.lists(acts(), min_size=5, max_size=30))
def test_a_meeting_and_its_whole_history_survive_a_restart(sequence: list[Act], new_database: NewDatabase) -> None:
    path = new_database()
    shelf = open_shelf(path)
    library = Library(shelf, FakeClock(), Ids(), zone="Europe/London")
    service = library.open(library.begin("Checkout outage", Kind.INCIDENT, date(2026, 3, 12)))
    settle_something(service)
    for act in sequence:
        perform(service, act)
    shelf.close()

    again = open_shelf(path)
    reopened = Facilitation(again, service.snapshot.post_mortem.id, FakeClock(), Ids("late"))
    assert reopened._history.present == service._history.present
    assert reopened._history.past == service._history.past
    assert reopened._history.future == service._history.future
    while reopened.snapshot.undoable:
        reopened.undo()
    assert reopened.snapshot.post_mortem.causes == ()
    while reopened.snapshot.redoable:
        reopened.redo()
    again.close()


@settings(max_examples=25)
@given(turns=st.lists(st.tuples(st.booleans(), acts()), min_size=10, max_size=40))
def test_two_windows_on_one_file_converge(turns: list[tuple[bool, Act]], new_database: NewDatabase) -> None:
    path = new_database()
    shelves = (open_shelf(path), open_shelf(path))
    clock = FakeClock()
    new = Library(shelves[0], clock, Ids(), zone="UTC").begin("Checkout outage", Kind.INCIDENT, date(2026, 3, 12))
    windows = (Facilitation(shelves[0], new, clock, Ids("left")), Facilitation(shelves[1], new, clock, Ids("right")))
    for left, act in turns:
        perform(windows[0] if left else windows[1], act)
    for window in windows:
        window.beat()
    assert windows[0].snapshot.post_mortem == windows[1].snapshot.post_mortem
    for shelf in shelves:
        shelf.close()


def _settled(library: Library) -> Facilitation:
    service = library.open(library.begin("Checkout outage", Kind.INCIDENT, None))
    settle_something(service)
    return service


_ACTION = "INSERT INTO action VALUES (?, 'forged', 9, ?, ?, 'Fix it', '', NULL, NULL, '', '', 'agreed', '', 0, NULL)"


@pytest.mark.parametrize("keys", ["ON", "OFF"])
def test_sql_itself_refuses_an_action_without_a_settled_cause(library: Library, shelf: SqlShelf, keys: str) -> None:
    service = _settled(library)
    pm = service.snapshot.post_mortem
    shelf._connection.execute(f"PRAGMA foreign_keys = {keys}")
    for settlement, cause in (("none", "none"), (pm.settlements[0].id, pm.causes[0].id)):
        with pytest.raises(sqlite3.IntegrityError, match="no action without a settled cause"):
            shelf._connection.execute(_ACTION, (pm.id, settlement, cause))


def test_the_foreign_key_holds_even_without_the_trigger(library: Library, shelf: SqlShelf) -> None:
    pm = _settled(library).snapshot.post_mortem
    shelf._connection.execute("DROP TRIGGER action_needs_settled_cause")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        shelf._connection.execute(_ACTION, (pm.id, pm.settlements[0].id, pm.causes[0].id))


def test_sql_refuses_to_move_an_action_to_a_cause_that_was_not_settled(library: Library, shelf: SqlShelf) -> None:
    service = _settled(library)
    pm = service.snapshot.post_mortem
    service.do(verbs.agree_action, ActionId("a"), "Stage it", pm.settlements[0].causes)
    with pytest.raises(sqlite3.IntegrityError):
        shelf._connection.execute("UPDATE action SET cause = ?", (pm.causes[0].id,))


def test_sql_refuses_to_call_open_causes_settled(library: Library, shelf: SqlShelf) -> None:
    new = library.begin("Checkout outage", Kind.INCIDENT, None)
    with pytest.raises(sqlite3.IntegrityError, match="not ready to be settled"):
        shelf._connection.execute("INSERT INTO settlement VALUES (?, 's', 0, '2026-03-12T14:00:00Z', NULL)", (new,))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_come_back_as_they_were_kept(name: str, library: Library, shelf: SqlShelf) -> None:
    service = library.open(library.begin(HOSTILE[name], Kind.OTHER, None))
    service.do(verbs.record_entry, Entry(EntryId("e"), HOSTILE[name], evidence=HOSTILE[name]))
    service.keep_draft(Step.TIMELINE, HOSTILE[name])
    loaded = shelf.load(service.snapshot.post_mortem.id)
    assert loaded.history.present == service.snapshot.post_mortem
    assert loaded.drafts[Step.TIMELINE] == HOSTILE[name].replace("\ud800", "\ufffd")  # half a character fits no file


def test_a_damaged_journal_shortens_the_history_and_hides_nothing_else(
    library: Library, shelf: SqlShelf, tmp_path: Path
) -> None:
    service = _settled(library)
    service.undo()
    shelf._connection.execute("UPDATE journal SET backward = '{' WHERE seq = 3")
    shelf._connection.execute("UPDATE journal SET forward = '{}' WHERE undone = 1")
    again = open_shelf(tmp_path / "pmfacil.db")
    loaded = again.load(service.snapshot.post_mortem.id)
    again.close()
    assert loaded.history.present == service.snapshot.post_mortem
    assert 0 < len(loaded.history.past) < len(service._history.past)
    assert loaded.history.future == ()


def test_a_damaged_clock_is_no_reason_not_to_open(library: Library, shelf: SqlShelf, clock: FakeClock) -> None:
    service = _settled(library)
    service.steer(lambda sitting: sitting.enter(Step.OPEN, clock()))
    shelf._connection.execute("UPDATE sitting SET value = 'nonsense'")
    assert shelf.load(service.snapshot.post_mortem.id).sitting is None


def test_only_so_many_steps_are_kept_in_the_journal(library: Library, shelf: SqlShelf) -> None:
    service = library.open(library.begin("Checkout outage", Kind.INCIDENT, None))
    shelf._connection.execute("PRAGMA synchronous = OFF")  # this test is not about the disk
    for number in range(LIMIT + 5):
        service.do(verbs.rename, f"title {number}")
    assert shelf._connection.execute("SELECT count(*) FROM journal").fetchone()[0] == LIMIT


def test_a_burst_that_merges_is_one_step_in_the_journal(library: Library, shelf: SqlShelf, clock: FakeClock) -> None:
    service = library.open(library.begin("one", Kind.INCIDENT, None))
    first = service.snapshot.post_mortem
    second = service.do(verbs.rename, "two").post_mortem
    third = replace(second, title="three")
    shelf.save(Move(MoveKind.DO, second, third, first, "rename", clock(), merges=True), 1)
    assert [step.value.title for step in shelf.load(first.id).history.past] == ["one"]


@pytest.mark.parametrize("pages", [1])
def test_a_full_disk_is_said_in_a_sentence_and_saving_resumes(library: Library, shelf: SqlShelf, pages: int) -> None:
    service = library.open(library.begin("Checkout outage", Kind.INCIDENT, None))
    shelf._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(NotKept, match="The disk is full, so this was not kept"):
        for number in range(200):
            service.do(verbs.record_entry, Entry(EntryId(f"e{number}"), "words " * 300))
    kept = service.snapshot.post_mortem
    assert shelf.load(kept.id).history.present == kept
    shelf._connection.execute("PRAGMA max_page_count = 1000000")
    service.do(verbs.rename, "There is room again")
    assert shelf.load(kept.id).history.present.title == "There is room again"


def test_a_database_that_turns_read_only_is_said_in_a_sentence(library: Library, shelf: SqlShelf) -> None:
    service = library.open(library.begin("Checkout outage", Kind.INCIDENT, None))
    shelf._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(NotKept, match="read-only"):
        service.do(verbs.rename, "Other")
    with pytest.raises(NotKept, match="read-only"):
        library.delete(service.snapshot.post_mortem.id)
    shelf._connection.execute("PRAGMA query_only = OFF")
    assert service.do(verbs.rename, "Other").post_mortem.title == "Other"


def test_a_database_that_is_held_by_another_is_said_in_a_sentence(
    library: Library, shelf: SqlShelf, tmp_path: Path
) -> None:
    new = library.begin("Checkout outage", Kind.INCIDENT, None)
    shelf._connection.execute("PRAGMA busy_timeout = 1")
    holder = sqlite3.connect(tmp_path / "pmfacil.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(NotKept, match="Another program holds the database"):
        library.delete(new)
    holder.execute("ROLLBACK")
    holder.close()
    library.delete(new)


def test_a_fault_that_has_no_sentence_of_its_own_is_still_said(library: Library, shelf: SqlShelf) -> None:
    service = library.open(library.begin("Checkout outage", Kind.INCIDENT, None))
    shelf._connection.execute("DROP TABLE journal")
    with pytest.raises(NotKept, match="The database did not take this"):
        service.do(verbs.rename, "Other")


def test_other_windows_are_noticed(library: Library, shelf: SqlShelf, tmp_path: Path) -> None:
    library.begin("mine", Kind.OTHER, None)
    assert not shelf.changed_elsewhere()
    other = open_shelf(tmp_path / "pmfacil.db")
    Library(other, FakeClock(), Ids("other"), zone="UTC").begin("theirs", Kind.OTHER, None)
    assert shelf.changed_elsewhere()
    assert not shelf.changed_elsewhere()
    other.close()


def test_the_log_is_begun_before_the_first_change_waits_for_it(
    library: Library, shelf: SqlShelf, tmp_path: Path
) -> None:
    new = library.begin("mine", Kind.OTHER, None)
    shelf._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    log = tmp_path / "pmfacil.db-wal"
    assert not log.stat().st_size
    library.open(new).get_ready()
    begun = log.stat().st_size
    assert begun
    library.open(new).get_ready()
    assert log.stat().st_size == begun
    with closing(open_shelf(tmp_path / "pmfacil.db")) as other:
        assert [one.title for one in other.listing()] == ["mine"]


def test_where_nothing_can_be_written_no_log_is_begun_and_nothing_is_said(library: Library, shelf: SqlShelf) -> None:
    service = library.open(library.begin("mine", Kind.OTHER, None))
    shelf._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shelf._connection.execute("PRAGMA query_only = ON")
    service.get_ready()
    assert not shelf.notices()
    with pytest.raises(NotKept):
        service.do(verbs.rename, "Other")


def test_the_file_and_its_folder_are_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "pmfacil.db"
    open_shelf(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_is_no_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"not a database at all, but longer than a header of one hundred bytes" * 20)
    before = path.read_bytes()
    with pytest.raises(CannotOpen, match="not a database that pmfacil can read"):
        open_shelf(path)
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (a)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(CannotOpen, match="belongs to another program"):
        open_shelf(path)
    assert path.read_bytes() == before


def test_a_file_from_a_newer_pmfacil_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "pmfacil.db"
    open_shelf(path).close()
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.commit()
    newer.close()
    before = path.read_bytes()
    with pytest.raises(CannotOpen, match="a newer pmfacil wrote this"):
        open_shelf(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "pmfacil.db"
    path.touch()
    shelf = open_shelf(path)
    assert shelf.listing() == ()
    shelf.close()


def test_a_folder_in_the_place_of_the_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=str(tmp_path)):
        open_shelf(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotOpen, match="cannot be opened"):
        open_shelf(tmp_path / "file" / "pmfacil.db")


def test_the_schema_that_people_have_is_kept_as_it_was_published() -> None:
    published = (SCHEMAS / "1.sql").read_text(encoding="utf-8")
    ours = (Path(migrations.__file__).parent / "schema_1.sql").read_text(encoding="utf-8")
    assert ours == published, "a published schema never changes: write another"


def test_an_older_file_is_backed_up_before_it_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pmfacil.db"
    old = open_shelf(path)
    Library(old, FakeClock(), Ids(), zone="UTC").begin("Kept from version 1", Kind.OTHER, None)
    old.close()
    real = migrations._script
    newest = migrations.NEWEST
    monkeypatch.setattr(migrations, "NEWEST", newest + 1)
    monkeypatch.setattr(database, "NEWEST", newest + 1)
    monkeypatch.setattr(
        migrations, "_script", lambda step: "ALTER TABLE entry ADD COLUMN colour TEXT;" if step > newest else real(step)
    )
    new = open_shelf(path)
    assert [one.title for one in new.listing()] == ["Kept from version 1"]
    new.close()
    backup = sqlite3.connect(tmp_path / "backups" / f"pmfacil-v{newest}.db")
    assert backup.execute("PRAGMA user_version").fetchone()[0] == newest
    assert backup.execute("SELECT title FROM post_mortem").fetchone()[0] == "Kept from version 1"
    backup.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pmfacil.db"
    open_shelf(path).close()
    newest = migrations.NEWEST
    monkeypatch.setattr(migrations, "NEWEST", newest + 1)
    monkeypatch.setattr(database, "NEWEST", newest + 1)
    monkeypatch.setattr(migrations, "_script", lambda _step: "CREATE TABLE fresh (a); THIS IS NO SQL;")
    for _ in range(2):  # the second time the backup is there already
        with pytest.raises(CannotOpen):
            open_shelf(path)
    looking = sqlite3.connect(path)
    assert looking.execute("PRAGMA user_version").fetchone()[0] == newest
    assert looking.execute("SELECT count(*) FROM sqlite_master WHERE name = 'fresh'").fetchone()[0] == 0
    looking.close()


def test_a_migration_that_another_process_made_meanwhile_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "pmfacil.db"
    open_shelf(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    migrations.migrate(connection, path, 0)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == migrations.NEWEST
    connection.close()


def test_tables_and_schema_say_the_same(shelf: SqlShelf) -> None:
    from sqlmodel import SQLModel

    from pmfacil.store import tables

    made = {name for (name,) in shelf._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    searched = {name for name in made if name.startswith("passage_words")}
    assert made - searched == {*SQLModel.metadata.tables, "tag", "record", "record_passage", "passage", "searchable"}
    assert tables.JournalRow.__tablename__ == "journal"
    for name, table in SQLModel.metadata.tables.items():
        columns = shelf._connection.execute(f"PRAGMA table_info({name})").fetchall()
        said = {(column[1], bool(column[3]), column[5] > 0) for column in columns}
        assert said == {(one.name, not one.nullable, one.primary_key) for one in table.columns}, name
        keys = shelf._connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
        assert {(key[2], key[3], key[4]) for key in keys} == {
            (one.column.table.name, one.parent.name, one.column.name)
            for constraint in table.foreign_key_constraints
            for one in constraint.elements
        }, name


def test_the_list_is_there_without_the_orm(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from pmfacil.store import open_shelf;"
        f"open_shelf(Path({str(tmp_path / 'a.db')!r})).listing();"
        "print(sorted({'sqlalchemy', 'sqlmodel', 'pydantic', 'textual'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


_WRITER = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from pmfacil.core import operations as verbs
from pmfacil.core.model import Entry, EntryId, PostMortemId
from pmfacil.facilitation import Facilitation
from pmfacil.store import open_shelf
service = Facilitation(open_shelf(Path(sys.argv[1])), PostMortemId(sys.argv[2]), lambda: datetime.now(UTC), str)
for number in range(100000):
    service.do(verbs.record_entry, Entry(EntryId(f"e{number}"), f"entry {number}"))
    print(number, flush=True)
"""


@pytest.mark.parametrize("after", [1, 7, 23])
def test_everything_acknowledged_before_a_kill_is_there_after_it(after: int, library: Library, tmp_path: Path) -> None:
    new = library.begin("Checkout outage", Kind.INCIDENT, None)
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path / "pmfacil.db"), new], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) >= after:
                break
        os.kill(writer.pid, signal.SIGKILL)
    service = library.open(new)
    kept = [entry.text for entry in service.snapshot.post_mortem.entries]
    assert kept[: after + 1] == [f"entry {number}" for number in range(after + 1)]
    assert service.undo().post_mortem.entries[-1].text == kept[-2]


def test_a_day_is_no_reason_for_two_orders(library: Library, clock: FakeClock) -> None:
    for _ in range(3):
        library.begin("same", Kind.OTHER, date(2026, 3, 1))
        clock.advance(seconds=1)
    listed = [one.id for one in library.summaries()]
    assert listed == sorted(listed, reverse=True)


def test_moving_an_entry_keeps_the_order_on_disk(library: Library, shelf: SqlShelf, clock: FakeClock) -> None:
    service = library.open(library.begin("Checkout outage", Kind.INCIDENT, None))
    for number in range(5):
        service.do(
            verbs.record_entry, Entry(EntryId(f"e{number}"), f"entry {number}", at=clock() + timedelta(minutes=number))
        )
    service.do(verbs.retime_entry, EntryId("e4"), clock() - timedelta(minutes=1))
    service.do(verbs.delete_entry, EntryId("e1"))
    loaded = shelf.load(PostMortemId(service.snapshot.post_mortem.id)).history.present
    assert [entry.id for entry in loaded.entries] == ["e4", "e0", "e2", "e3"]
    assert loaded == service.snapshot.post_mortem


def test_a_landing_with_its_day_comes_back(library: Library, shelf: SqlShelf, clock: FakeClock) -> None:
    service = library.open(library.begin("Checkout outage", Kind.INCIDENT, None))
    pm = service.do(verbs.land, date(2026, 3, 19), clock()).post_mortem
    assert shelf.load(pm.id).history.present == pm


def test_a_file_that_stands_at_the_root_of_a_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_shelf(Path("here.db")).close()
    assert (tmp_path / "here.db").is_file()
