"""`pmfacil import` of written post-mortems: a file, a folder, and what could not be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

WRITTEN = "# Mail was late\n\nDate: 2025-11-03\n\n## Timeline\n\n- 06:10 A relay\n- 07:00 A queue\n\n## Root causes\n\n- No alert\n"


@pytest.fixture
def past(tmp_path: Path) -> Path:
    place = tmp_path / "past"
    place.mkdir()
    (place / "mail.md").write_text(WRITTEN)
    return place


def test_a_file_tells_what_was_recognised(run: Run, past: Path) -> None:
    code, out, err = run("import", str(past / "mail.md"))
    assert (code, err) == (0, "")
    assert out[8:] == "  Mail was late  (2 timeline, 1 cause, 0 action)\n"
    assert run("import", str(past / "mail.md"))[1][8:] == "  Mail was late  was here already\n"
    (told,) = json.loads(run("import", str(past / "mail.md"), "--format", "json")[1])
    assert (told["file"], told["was_here"], told["occurred_on"]) == ("mail.md", True, "2025-11-03")
    assert (told["timeline"], told["cause"], told["action"], told["summary"]) == (2, 1, 0, 0)


def test_a_folder_goes_on_where_one_file_cannot_be_read(run: Run, past: Path) -> None:
    new = run("new", "Checkout outage")[1].strip()
    (past / "export.json").write_text(run("export", new, "--format", "json", "--out", "-")[1])
    (past / "broken.md").write_bytes(b"\x00")
    code, out, err = run("import", str(past))
    assert code == 1
    assert sorted(line[8:] for line in out.splitlines()) == [
        "  Checkout outage  was here already",
        "  Mail was late  (2 timeline, 1 cause, 0 action)",
    ]
    assert (
        err == "pmfacil: broken.md: This file is not text, or not in UTF-8: save it as UTF-8 text, CSV or JSON first.\n"
    )
    code, out, _ = run("import", str(past), "--format", "json")
    assert (code, {one["file"] for one in json.loads(out)}) == (1, {"export.json", "mail.md"})
    code, out, _ = run("import", str(past), "--db", str(past / "other.db"))
    assert any(line.endswith("Checkout outage") for line in out.splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere.md",), "nowhere.md cannot be read: no such file or directory"),
        (("mail.md", "--into", "x"), "--into belongs to timelines"),
        (("empty",), "There is no Markdown file in"),
        (("blank.md",), "blank.md has no words in it"),
    ],
)
def test_what_cannot_be_taken_in_is_told_in_a_sentence(
    run: Run, past: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(past)
    (past / "empty").mkdir()
    (past / "blank.md").write_text(" ")
    code, out, err = run("import", *words)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_hostile_documents_print_safely(run: Run, past: Path) -> None:
    for number, words in enumerate(HOSTILE.values()):
        (past / f"{number}.md").write_bytes(b"# " + words.replace("\x00", "").encode(errors="replace"))
    code, out, _ = run("import", str(past))
    assert code == 0
    assert "\x1b" not in out
    assert "\x07" not in out
