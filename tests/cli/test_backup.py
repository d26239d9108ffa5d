"""`pmfacil backup` and `pmfacil restore`: whole copies, in new files only."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

from pmfacil import bootstrap
from pmfacil.cli import backup, restore
from pmfacil.core.errors import Unfit
from pmfacil.core.kind import Kind
from pmfacil.library import Library
from pmfacil.paths import database_path
from pmfacil.store import open_shelf
from pmfacil.store.aside import CannotWrite
from pmfacil.store.upkeep import Upkeep
from tests.clock import FakeClock, Ids


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with one post-mortem."""
    path = tmp_path / "pmfacil.db"
    monkeypatch.setenv("PMFACIL_DB", str(path))
    monkeypatch.setattr(bootstrap, "upkeep", lambda db: Upkeep(database_path(db)), raising=False)
    with closing(open_shelf(path)) as shelf:
        Library(shelf, FakeClock(), Ids(), zone="UTC").begin("Checkout outage", Kind.OTHER, None)
    return path


def _run(command: ModuleType, *words: str) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--db")
    command.add_arguments(parser)
    code: int = command.run(parser.parse_args(words))
    return code


def _titles(path: Path) -> list[str]:
    with closing(open_shelf(path)) as shelf:
        return [one.title for one in shelf.listing()]


def test_a_backup_goes_among_the_daily_ones_and_says_where(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(backup) == 0
    made = Path(capsys.readouterr().out.strip())
    assert made.parent == path.parent / "backups"
    assert _titles(made) == ["Checkout outage"]


def test_a_backup_goes_into_a_new_file_and_never_over_another(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = path.with_name("mine.db")
    assert _run(backup, str(target)) == 0
    assert capsys.readouterr().out == f"{target}\n"
    with pytest.raises(CannotWrite):
        _run(backup, str(target))
    with pytest.raises(Unfit):
        _run(backup, " ")


def test_a_backup_is_restored_into_a_new_file(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target, into = path.with_name("mine.db"), path.with_name("restored.db")
    _run(backup, str(target))
    assert _run(restore, str(target), "--into", str(into)) == 0
    assert f"`pmfacil --db {into}` opens it." in capsys.readouterr().out
    assert _titles(into) == ["Checkout outage"]
    with pytest.raises(CannotWrite):
        _run(restore, str(target), "--into", str(path))
    for words in (("", "--into", "x"), ("x", "--into", " ")):
        with pytest.raises(Unfit):
            _run(restore, *words)
