"""`pmfacil check`: for people, editors, hooks and CI."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from pmfacil.cli import check as command
from pmfacil.paths import settings_path
from tests.architecture.source import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

REPORT = "# Checkout outage\n\nOn-call failed to notice the alert.\nIt was obviously the cache.\n"


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.md"
    path.write_text(REPORT)
    return str(path)


def _pipe(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_findings_are_told_with_their_place_and_a_question(run: Run, report: str) -> None:
    code, out, err = run("check", report)
    first, second = out.splitlines()
    assert (code, err) == (0, ""), "nothing here is strong"
    assert first.startswith(f"{report}:3:9: nudge: human_error: “failed to”: ")
    assert first.endswith("What was competing for attention, and what did the screen show?")
    assert second.startswith(f"{report}:4:8: info: hindsight: “obviously”")


@pytest.mark.parametrize(("least", "code"), [("info", 1), ("nudge", 1), ("strong", 0), ("never", 0)])
def test_how_grave_a_finding_must_be_to_fail_is_said(run: Run, report: str, least: str, code: int) -> None:
    assert run("check", report, "--fail-on", least)[0] == code


def test_strong_findings_fail_by_default(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _pipe(monkeypatch, "The cause was human error.\n")
    code, out, _ = run("check", "-")
    assert code == 1
    assert out.startswith("standard input:1:15: strong: human_error")


def test_machines_get_json_and_github_its_annotations(run: Run, report: str) -> None:
    found = json.loads(run("check", report, "--format", "json")[1])
    assert {name: found[0][name] for name in ("line", "column", "category", "severity", "span")} == {
        "line": 3, "column": 9, "category": "human_error", "severity": "nudge", "span": "failed to",
    }  # fmt: skip
    assert found[1]["suggestion"] == "Is it obvious to everyone? How could you tell?"
    said = run("check", report, "--format", "github")[1].splitlines()[0]
    assert said.startswith(f"::warning file={report},line=3,col=9,title=wording%3A human_error::“failed to”")


def test_each_line_is_a_sentence_of_its_own(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _pipe(monkeypatch, "It was human error.\n\nThe graph shows 38 %.\n")
    code, out, _ = run("check", "-", "--each-line")
    first, blank, fact = map(json.loads, out.splitlines())
    assert code == 1
    assert first == {
        "line": 1,
        "findings": [
            {
                "category": "human_error",
                "severity": "strong",
                "span": "human error",
                "suggestion": "What made that slip easy, and what might have caught it?",
            }
        ],
    }
    assert (blank, fact) == ({"line": 2, "findings": []}, {"line": 3, "findings": []})


def test_lines_are_judged_as_actions(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "- [ ] improve monitoring\n\n- Add an alert on queue depth above 500 @ana by 2026-04-01\n"
    _pipe(monkeypatch, text)
    code, out, _ = run("check", "-", "--actions")
    vague, specific = map(json.loads, out.splitlines())
    assert code == 0
    assert (vague["line"], vague["verdict"], vague["owner"], vague["due"]) == (1, "vague", None, None)
    assert "vague_verb" in vague["weak_reasons"]
    assert (specific["line"], specific["verdict"], specific["owner"]) == (3, "specific", "@ana")
    assert specific["due"] == "by 2026-04-01"
    _pipe(monkeypatch, text)
    assert [json.loads(line)["line"] for line in run("check", "-", "--actions", "--each-line")[1].splitlines()] == [
        1,
        2,
        3,
    ]


def test_names_and_a_teams_own_words_are_known(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("Greta missed the mail. Pure muppetry.\n")
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text('[lexicon]\nblame = ["muppetry"]\nodd = 1\n')
    code, out, err = run("check", str(path), "--name", "Greta Olsen")
    assert (code, "named_person" in out, "muppetry" in out) == (1, True, False)
    assert "lexicon" in err
    settings_path().write_text('[lexicon]\nblame = ["muppetry"]\n')
    assert "“muppetry”" in run("check", str(path))[1]


def test_what_cannot_be_checked_is_said_in_a_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.bin").write_bytes(b"\0\1\2")
    for words, said in (
        (("gone.md",), "gone.md cannot be read"),
        ((str(tmp_path / "x.bin"),), "not text"),
        (("gone.md", "--actions", "--format", "github"), "--format github is for wording"),
    ):
        code, out, err = run("check", *words)
        assert (code, out) == (2, "")
        assert said in err
    monkeypatch.setattr(command, "LARGEST", 8)
    path = tmp_path / "large.md"
    path.write_text(REPORT)
    assert "too large to be a report" in run("check", str(path))[2]


def test_signs_that_terminals_and_ci_obey_come_out_harmless(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a,b.md"
    path.write_text("The cause was human\x1b[2J error 100%.\nWe \x07 forgot it 100%.\n")
    out = run("check", str(path))[1] + run("check", str(path), "--format", "github")[1]
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "file=" in out
    assert "a%2Cb.md" in out


def test_the_hook_runs_what_there_is() -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert f"entry: pmfacil {command.NAME}\n" in text
