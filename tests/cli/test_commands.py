"""The command line: the same services, one sentence an error, and no door past the gate."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from pmfacil import __version__
from pmfacil.__main__ import main
from pmfacil.cli import _MODULES, command, parser
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmfacil.bootstrap import Workshop
    from pmfacil.core.model import PostMortemId
    from pmfacil.crash import Calm, CrashLog
    from tests.cli.conftest import Run


def _new(run: Run, title: str = "Checkout outage") -> str:
    code, out, _ = run("new", title, "--when", "2026-03-12")
    assert code == 0
    return out.strip()


def test_a_post_mortem_is_begun_listed_and_shown(run: Run) -> None:
    new = _new(run)
    code, out, _ = run("list")
    assert (code, out) == (0, f"{new[:8]}\t2026-03-12\tpreparing\tCheckout outage\t\n")
    code, out, _ = run("show", new[:6])
    assert code == 0
    assert out.splitlines()[0] == "Checkout outage"
    assert "Causes incomplete: no actions agreed." in out


def test_machines_get_json(run: Run) -> None:
    code, out, _ = run("new", "Late migration", "--kind", "project", "--format", "json")
    new = json.loads(out)["id"]
    (one,) = json.loads(run("list", "--format", "json")[1])
    assert code == 0
    assert (one["id"], one["kind"], one["stage"], one["open_actions"]) == (new, "project failure", "preparing", 0)
    assert json.loads(run("show", new, "--format", "json")[1])["post_mortem"]["title"] == "Late migration"


def test_an_empty_library_lists_nothing(run: Run) -> None:
    assert run("list") == (0, "", "")
    assert json.loads(run("list", "--format", "json")[1]) == []


def test_a_report_is_exported_and_never_overwritten(run: Run, tmp_path: Path) -> None:
    new = _new(run)
    folder = tmp_path / "out"
    code, out, _ = run("export", new, "--format", "md,html,json", "--out", f"{folder}/")
    assert code == 0
    assert len(out.splitlines()) == 3
    assert sorted(path.suffix for path in folder.iterdir()) == [".html", ".json", ".md"]
    target = folder / "mine.md"
    assert run("export", new, "--out", str(target))[0] == 0
    code, _, err = run("export", new, "--out", str(target))
    assert (code, "a file of that name is there" in err) == (2, True)
    assert run("export", new, "--out", str(target), "--replace")[0] == 0
    assert run("export", new, "--out", "-")[1] == target.read_text(encoding="utf-8")


def test_reports_go_to_the_documents_folder_by_default(run: Run) -> None:
    code, out, _ = run("export", _new(run))
    assert code == 0
    assert out.strip().endswith("post-mortems/2026-03-12-checkout-outage.md")


def test_an_export_comes_back_equal_in_another_library(run: Run, tmp_path: Path) -> None:
    _, worked, _ = run("rehearse", "--worked", "--no-app")
    exported = run("export", worked.strip(), "--format", "json", "--out", "-")[1]
    file = tmp_path / "export.json"
    file.write_text(exported, encoding="utf-8")
    other = ("--db", str(tmp_path / "other.db"))
    code, out, _ = run("import", str(file), *other)
    assert (code, out) == (0, f"{worked.strip()}  taken in\n")
    assert run("export", worked.strip(), "--format", "json", "--out", "-", *other)[1] == exported
    assert "was here already" in run("import", str(file), *other)[1]
    assert json.loads(run("import", str(file), "--format", "json", *other)[1])["was_here"]
    file.write_text(exported.replace("Campus notebooks", "Other notebooks"), encoding="utf-8")
    assert "taken in as a copy" in run("import", str(file), *other)[1]


def test_no_command_makes_an_action() -> None:
    names = {command(name).NAME for name in _MODULES}
    assert names == {
        "new", "list", "show", "open", "search", "actions", "followups", "trends", "export", "publish", "report-template", "import", "check", "backup", "restore", "doctor", "purge", "rehearse",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "{", "nonsense", '{"pmfacil": 1, "post_mortem": {}}', '{"pmfacil": 9}', "\x00\x1b[2J"]
)
def test_a_file_that_is_no_export_is_refused_whole(run: Run, tmp_path: Path, text: str) -> None:
    file = tmp_path / "broken.json"
    file.write_text(text, encoding="utf-8")
    code, out, err = run("import", str(file))
    assert (code, out) == (2, "")
    assert "Nothing was changed." in err
    assert "\x1b" not in err
    assert run("list")[1] == ""


def test_a_forged_action_is_refused_at_the_door(run: Run, tmp_path: Path) -> None:
    data = json.loads(run("export", _new(run), "--format", "json", "--out", "-")[1])
    data["post_mortem"]["id"] = "forged"
    data["post_mortem"]["actions"] = [{"id": "a", "settlement": "s", "causes": ["c"], "text": "Fix it"}]
    file = tmp_path / "forged.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    code, _, err = run("import", str(file))
    assert code == 2
    assert "an action without settled causes" in err
    assert len(run("list")[1].splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("new", " "), "type the title first"),
        (("new", "x", "--kind", "rumour"), "no kind of post-mortem; operational incident"),
        (("new", "x", "--when", "soonish"), "is no day I know"),
        (("show", "nowhere"), "No post-mortem here has an id that begins with “nowhere”"),
        (("export", "nowhere"), "`pmfacil list` shows them"),
        (("export", "x", "--format", "docx"), "is no format; md, html, pdf, txt, json, csv, jira, ics are"),
        (("export", "x", "--format", ","), "is no format"),
        (("import", "nowhere.json"), "cannot be read: no such file or directory"),
        (("lsit",), "“lsit” is no command. Did you mean “list”?"),
        (("--db", "other.db", "xyzzy"), "“xyzzy” is no command. `pmfacil --help`"),
        (("list", "--form", "json"), "unrecognized arguments"),
        (("new", "x", "--kind", "o"), "more than one kind of post-mortem; operational incident, other are"),
        (("new", "x", "--kind", ""), "is no kind of post-mortem"),
        (("list", "--db", ""), "--db names no file"),
        (("list", "--db", "~nobody-of-that-name/a.db"), "Write the whole path"),
        (("--db", "--help"), "expected one argument"),
        (("show",), "required"),
        (("open", "nowhere"), "`pmfacil list` shows them"),
    ],
)
def test_an_error_is_one_sentence_and_exit_code_two(run: Run, words: tuple[str, ...], said: str) -> None:
    code, out, err = run(*words)
    assert code == 2
    assert said in err
    assert out == ""
    assert len(err.strip().splitlines()) == 1


def test_two_formats_do_not_fit_one_file(run: Run, tmp_path: Path) -> None:
    code, _, err = run("export", _new(run), "--format", "md,json", "--out", str(tmp_path / "one.md"))
    assert code == 2
    assert "Name a folder" in err


@pytest.mark.parametrize("command", [None, *_MODULES])
def test_every_command_explains_itself(run: Run, command: str | None) -> None:
    code, out, _ = run(*([command] if command else []), "--help")
    assert code == 0
    assert "usage: pmfacil" in out


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == (0, f"pmfacil {__version__}\n", "")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_titles_print_safely(run: Run, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("new", HOSTILE[name])[0] == 0
    for terminal in (False, True):
        monkeypatch.setattr(sys.stdout, "isatty", lambda terminal=terminal: terminal, raising=False)
        code, out, _ = run("list")
        assert code == 0
        assert "\x1b[31m" not in out
        assert "\x07" not in out
    assert run("show", json.loads(run("list", "--format", "json")[1])[0]["id"])[0] == 0


def test_a_database_that_cannot_be_opened_is_said_in_a_sentence(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("list", "--db", str(tmp_path))
    assert (code, err.count("\n")) == (2, 1)
    assert main(["--db", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_the_app_is_opened_at_the_post_mortem(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[str | None] = []

    def make(_workshop: Workshop, start: PostMortemId | None = None, *, live: bool = False, calm: Calm | None) -> None:
        opened.append(f"{start} live" if live else start)

    def run_enduring(make: Callable[[Calm | None], object], _log: CrashLog, **_given: object) -> int:
        make(None)
        opened.append("ran")
        return 0

    monkeypatch.setattr("pmfacil.running.run_enduring", run_enduring)
    monkeypatch.setattr("pmfacil.bootstrap.make_app", make)
    monkeypatch.setattr("pmfacil.bootstrap.require_terminal", lambda: None)
    monkeypatch.setattr("pmfacil.cli.rehearse.require_terminal", lambda: None)
    new = _new(run)
    assert run("open", new[:5])[0] == 0
    assert run("rehearse")[0] == 0
    assert main([]) == 0
    assert main(["--db", str(tmp_path / "other.db")]) == 0
    assert main([f"--db={tmp_path / 'third.db'}"]) == 0
    assert opened[:2] == [new, "ran"]
    assert opened[-6:] == [None, "ran"] * 3
    assert (tmp_path / "third.db").is_file()


def test_an_interrupt_ends_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_db: str | None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pmfacil.cli.desk.open_workshop", interrupted)
    assert run("list")[0] == 130


def test_the_parser_knows_each_command_once() -> None:
    assert parser().prog == "pmfacil"
    assert [command(name).NAME for name in _MODULES] == list(_MODULES)
