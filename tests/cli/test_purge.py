"""`pmfacil purge`: what would go is named first, and nothing goes without a yes."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmfacil.core.kind import Kind
from pmfacil.library import Library
from pmfacil.store import held, open_shelf
from pmfacil.store.held import Database
from tests.clock import Ids

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database in which one post-mortem was deleted 40 days ago, and one just now."""
    path = tmp_path / "pmfacil.db"
    with closing(open_shelf(path)) as shelf:
        for title, ago in (("Long gone", 40), ("Just gone", 0), ("Here", None)):
            new = Library(shelf, lambda: datetime.now(UTC), Ids(title), zone="UTC").begin(title, Kind.OTHER, None)
            if ago is not None:
                shelf.put_away(new, datetime.now(UTC) - timedelta(days=ago, seconds=1))
    return path


def _titles(path: Path) -> list[str]:
    with closing(Database(path)) as connection:
        return sorted(title for (title,) in connection.execute("SELECT title FROM post_mortem"))


def test_what_was_deleted_long_ago_goes_from_the_backups_too(run: Run, path: Path) -> None:
    backup = Path(run("backup")[1].strip())
    code, said, _ = run("purge", "--yes")
    assert (code, said) == (0, "Long gone\nGone for good: 1 post-mortem, also from 1 backup.\n")
    assert _titles(path) == ["Here", "Just gone"]
    assert b"Long gone" not in path.read_bytes()
    assert b"Long gone" not in backup.read_bytes()
    assert run("purge")[:2] == (0, "Nothing was deleted more than 30 days ago.\n")


def test_it_asks_first(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers = iter(("", "no", "yes"))

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("builtins.input", answer)
    for _ in range(2):
        code, said, _ = run("purge", "--older", "0")
        assert code == 0
        assert sorted(said.splitlines()) == ["Just gone", "Long gone", "Nothing was removed."]
        assert len(_titles(path)) == 3
    assert asked[0] == "Remove 2 post-mortems for good, from the backups too? This cannot be undone. [y/N] "
    assert "Gone for good: 2 post-mortems, also from 0 backups." in run("purge", "--older", "0")[1]
    assert _titles(path) == ["Here"]


def test_a_script_must_say_yes(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    code, _, complaint = run("purge")
    assert code == 2
    assert "`--yes` purges without asking" in complaint
    assert len(_titles(path)) == 3


def test_a_window_that_is_open_is_told_of(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "BUSY_MS", 1)  # it waits for the other window, in vain
    with closing(open_shelf(path)) as other:
        other._connection.execute("BEGIN")
        other.listing()
        assert "Another window is open" in run("purge", "--yes")[1]
        other._connection.execute("COMMIT")


@pytest.mark.parametrize("days", ["-1", "36501", "soon"])
def test_a_number_of_days_that_is_none_is_refused(days: str, run: Run, path: Path) -> None:
    assert run("purge", f"--older={days}")[0] == 2
