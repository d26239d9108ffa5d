"""What people see: tables on a terminal, help that tells the truth, exports that overwrite nothing unasked."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from pmfacil.cli import _MODULES
from pmfacil.paths import database_path, settings_path

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def _on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make standard output a terminal of 60 columns."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "dumb")  # a table without bold headings


def test_an_empty_library_says_how_to_begin(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _on_a_terminal(monkeypatch)
    assert "`pmfacil new TITLE` begins one" in run("list")[1]


def test_a_narrow_terminal_folds_titles_and_keeps_ids_whole(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _on_a_terminal(monkeypatch)
    new = run("new", "[bold]Checkout[/x] " + "answers slowly " * 8)[1].strip()
    run("new", "🔥 :fire: שגיאה בשרת")
    out = run("list")[1]
    assert out.split()[:3] == ["id", "day", "stage"]
    assert new[:8] in out
    assert "[bold]Checkout[/x]" in out
    assert ":fire:" in out
    assert out.count("slowly") == 8


def test_help_names_the_files_that_are_used(run: Run, tmp_path: Path) -> None:
    out = run("--help")[1]
    assert str(database_path()) in out
    assert str(settings_path()) in out
    assert 'theme = "calm"' in out


def test_help_survives_a_folder_with_a_percent_sign(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMFACIL_DB", "/tmp/100%s/%(prog)s.db")  # noqa: S108 - only named, never opened
    code, out, _ = run("--help")
    assert code == 0
    assert "/tmp/100%s/%(prog)s.db" in out  # noqa: S108 - as above


@pytest.mark.parametrize("command", list(_MODULES))
def test_every_help_ends_with_an_example_that_parses(run: Run, command: str) -> None:
    example = " ".join(run(command, "--help")[1].partition("Example: ")[2].split())
    assert example.startswith(f"pmfacil {command}")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("incident", "operational incident"),
        ("Oper", "operational incident"),
        ("project", "project failure"),
        ("missed d", "missed deadline"),
        ("client", "client escalation"),
        ("other", "other"),
    ],
)
def test_a_kind_is_known_by_any_of_its_words(run: Run, said: str, kind: str) -> None:
    run("new", "Checkout outage", "--kind", said)
    assert json.loads(run("list", "--format", "json")[1])[0]["kind"] == kind


def test_the_database_can_be_named_before_and_after_the_command(run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "deep" / "er" / "other.db")
    run("--db", file, "new", "one")
    run("new", "two", "--db", file)
    assert len(run("list", f"--db={file}")[1].splitlines()) == 2
    assert run("list")[1] == ""


class TestExport:
    @pytest.fixture
    def new(self, run: Run) -> str:
        """Return the id of a fresh post-mortem."""
        return run("new", "Checkout outage", "--when", "2026-03-12")[1].strip()

    def test_a_changed_report_gets_a_number_in_a_folder(self, run: Run, new: str, tmp_path: Path) -> None:
        first = run("export", new, "--out", f"{tmp_path}/")[1].strip()
        with open(first, "a", encoding="utf-8") as file:  # noqa: PTH123 - a name as it was printed
            file.write("A note of our own.\n")
        second = run("export", new, "--out", str(tmp_path))[1].strip()
        assert first.endswith("2026-03-12-checkout-outage.md")
        assert second.endswith("2026-03-12-checkout-outage-2.md")

    def test_replace_overwrites_in_a_folder_too(self, run: Run, new: str, tmp_path: Path) -> None:
        mine = tmp_path / "2026-03-12-checkout-outage.md"
        mine.write_text("old", encoding="utf-8")
        code, out, _ = run("export", new, "--out", str(tmp_path), "--replace")
        assert (code, out) == (0, f"{mine}\n")
        assert "Checkout outage" in mine.read_text(encoding="utf-8")

    @pytest.mark.parametrize("out", ["-", "all.md"])
    def test_two_formats_are_refused_before_either_is_written(
        self, run: Run, new: str, tmp_path: Path, out: str
    ) -> None:
        place = out if out == "-" else str(tmp_path / out)
        code, printed, err = run("export", new, "--format", "md,html", "--out", place)
        assert (code, printed) == (2, "")
        assert "takes one format, but 2 were asked for" in err
        assert not (tmp_path / "all.md").exists()

    def test_a_folder_that_is_a_file_is_said_in_a_sentence(self, run: Run, new: str, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("here first", encoding="utf-8")
        code, out, err = run("export", new, "--out", f"{tmp_path}/file/")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert (tmp_path / "file").read_text(encoding="utf-8") == "here first"
