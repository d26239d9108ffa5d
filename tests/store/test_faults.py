"""Every fault of `python -m soak`, a few times each: nothing that was shown as kept is lost, nothing crashes."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pmfacil.core.errors import NotKept
from pmfacil.core.facts import Kind
from pmfacil.library import Library
from pmfacil.store import open_shelf
from pmfacil.store.errors import CannotOpen
from pmfacil.store.place import Place
from soak import damage, disk, gone, kill, power, windows
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmfacil.store import SqlShelf
    from soak.outcome import Outcome

SEED = 12


@pytest.mark.parametrize(
    ("run", "rounds"),
    [
        pytest.param(kill.run, 8, id="a process is killed"),
        pytest.param(power.run, 24, id="the power goes"),
        pytest.param(disk.run, 1, id="the disk refuses"),
        pytest.param(damage.run, 10, id="the file is damaged"),
        pytest.param(windows.run, 160, id="two processes write"),
        pytest.param(gone.run, 2, id="a post-mortem is purged"),
    ],
)
def test_nothing_is_lost_when(run: Callable[[Path, int, int], Outcome], rounds: int, tmp_path: Path) -> None:
    outcome = run(tmp_path, rounds, SEED)
    assert outcome.lost == [], outcome.line
    assert outcome.faults == outcome.survived > 0


@pytest.mark.xfail(
    strict=True,
    raises=AssertionError,
    reason="SQLite writes on into a file that has no name any more: the store does not look yet",
)
@pytest.mark.parametrize("what", ["deleted", "replaced"])
def test_nothing_is_shown_as_kept_when_the_file_is(what: str, tmp_path: Path) -> None:
    outcome = disk.run(tmp_path, 1, SEED, (what,))
    assert outcome.lost == [], outcome.line


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="closing what was refused moves its write-ahead log into it"
)
def test_a_damaged_file_with_a_log_beside_it_is_refused_untouched(tmp_path: Path) -> None:
    path, copy = tmp_path / "pmfacil.db", tmp_path / "copy" / "pmfacil.db"
    copy.parent.mkdir()
    with closing(open_shelf(path)) as shelf:
        shelf._connection.execute("PRAGMA wal_checkpoint(RESTART)")
        Library(shelf, FakeClock(), Ids(), zone="UTC").begin("In the log", Kind.OTHER, None)
        for part in ("", "-wal"):
            copy.with_name(copy.name + part).write_bytes(path.with_name(path.name + part).read_bytes())
    copy.write_bytes(copy.read_bytes()[:100] + b"\xff" * 900 + copy.read_bytes()[1000:])
    before = {file.name: file.read_bytes() for file in copy.parent.iterdir()}
    with pytest.raises(CannotOpen):
        open_shelf(copy)
    after = {file.name: file.read_bytes() for file in copy.parent.iterdir() if not file.name.endswith("-shm")}
    assert after == before


def test_a_database_that_was_deleted_is_written_anew_with_everything_in_it(shelf: SqlShelf, tmp_path: Path) -> None:
    path = tmp_path / "pmfacil.db"
    library = Library(shelf, FakeClock(), Ids(), zone="UTC")
    place = Place(path)
    library.begin("Kept", Kind.OTHER, None)
    place.check(shelf._connection)
    for part in ("", "-wal", "-shm"):
        path.with_name(path.name + part).unlink()
    for _ in range(2):
        with pytest.raises(NotKept, match=r"All before it is in .*pmfacil\.db"):
            place.check(shelf._connection)
    with closing(open_shelf(path)) as again:
        assert [one.title for one in again.listing()] == ["Kept"]


def test_a_database_that_was_replaced_is_said_to_be_until_it_is_back(shelf: SqlShelf, tmp_path: Path) -> None:
    path, away = tmp_path / "pmfacil.db", tmp_path / "away.db"
    place = Place(path)
    path.rename(away)
    path.write_text("another one")
    with pytest.raises(NotKept, match="moved or replaced"):
        place.check(shelf._connection)
    assert path.read_text() == "another one"
    away.replace(path)
    place.check(shelf._connection)


def test_a_database_that_cannot_be_written_anew_is_said_to_be_gone(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "pmfacil.db"
    with closing(open_shelf(path)) as shelf:
        place = Place(path)
        shutil.rmtree(path.parent)
        with pytest.raises(NotKept, match="could not be written anew"):
            place.check(shelf._connection)
