"""`pmfacil doctor`: one sentence a finding, nothing changed, a damaged file recovered into a new one."""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pmfacil import bootstrap
from pmfacil.cli import doctor
from pmfacil.core.kind import Kind
from pmfacil.library import Library
from pmfacil.paths import database_path
from pmfacil.store import open_shelf
from pmfacil.store.aside import CannotWrite
from pmfacil.store.upkeep import Upkeep
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with one post-mortem."""
    path = tmp_path / "pmfacil.db"
    monkeypatch.setenv("PMFACIL_DB", str(path))
    monkeypatch.setattr(bootstrap, "upkeep", lambda db: Upkeep(database_path(db)), raising=False)
    with closing(open_shelf(path)) as shelf:
        Library(shelf, FakeClock(), Ids(), zone="UTC").begin("Checkout outage", Kind.OTHER, None)
    return path


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--db")
    doctor.add_arguments(parser)
    return doctor.run(parser.parse_args(words))


def _break(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE post_mortem SET boxes = '[]'")


def test_a_healthy_database_is_said_to_be_so(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    assert _run() == 0
    assert capsys.readouterr().out == f"{path} is healthy: 1 post-mortem, all of them open.\n"
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_each_finding_is_a_sentence_and_the_code_is_1(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _break(path)
    assert _run() == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("“Checkout outage” does not open")
    assert told[-1].startswith("Nothing was changed. `pmfacil doctor --recover-into FILE`")


def test_what_can_be_read_is_recovered_into_a_new_file(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    into = path.with_name("recovered.db")
    assert _run("--recover-into", str(into)) == 0
    assert capsys.readouterr().out == f"1 post-mortem recovered into {into}, 1 from the file itself.\n"
    with pytest.raises(CannotWrite):
        _run("--recover-into", str(into))
    _break(path)
    assert _run("--recover-into", str(path.with_name("again.db"))) == 1
    assert "Its words are kept as a written post-mortem." in capsys.readouterr().out


def test_the_search_index_is_learnt_anew(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--rebuild-index", "--db", str(path)) == 0
    assert capsys.readouterr().out == "The search index holds 1 post-mortem again.\n"


def test_a_backup_that_is_old_is_worth_a_word(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = path.with_name("backups")
    folder.mkdir()
    for days, told in ((7, False), (9, True)):
        made = datetime.now(UTC) - timedelta(days=days)
        backup = folder / f"pmfacil-{made:%Y-%m-%dT%H%M%SZ}.db"
        backup.touch()
        assert _run() == 0
        assert ("newest backup is 9 days old: `pmfacil backup`" in capsys.readouterr().out) is told
        backup.unlink()
