"""`pmfacil import timeline`: drafted from the shell, dry runs that take nothing, and judgements line by line."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from pmfacil.paths import columns_path

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

NOTES = "# Checkout outage 2026-03-12\n\nAll times UTC\n\n- 14:05 p99 alert fires\n- ~14:31-14:40 rolled back\nThat was it.\n"


@pytest.fixture
def notes(tmp_path: Path) -> str:
    path = tmp_path / "notes.md"
    path.write_text(NOTES)
    return str(path)


def _objects(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_draft_begins_a_post_mortem_of_its_own(run: Run, notes: str) -> None:
    code, out, err = run("import", "timeline", notes)
    assert (code, err) == (0, "")
    new, said = out.rstrip("\n").split("  ")
    assert said == "2 entries taken in"
    shown = run("show", new)[1]
    assert shown.startswith("Checkout outage 2026-03-12")
    assert "rolled back" in shown


def test_what_is_there_already_is_counted_and_not_taken_again(run: Run, notes: str) -> None:
    new = run("new", "Checkout outage", "--when", "2026-03-12")[1].strip()
    assert run("import", "timeline", notes, "--into", new[:6])[1].endswith("2 entries taken in\n")
    assert run("import", "timeline", notes, "--into", new)[1].endswith("0 entries taken in, 2 were there already\n")
    code, out, _ = run("import", "timeline", notes, "--into", new, "--format", "json")
    assert (code, json.loads(out)) == (0, {"id": new, "added": 0, "known": 2})
    dry = run("import", "timeline", notes, "--into", new, "--dry-run")[1]
    assert dry.count("already there") == 2


def test_a_dry_run_prints_what_would_be_taken_and_takes_nothing(run: Run, notes: str) -> None:
    code, out, _ = run("import", "timeline", notes, "--dry-run", "--format", "json")
    first, second = _objects(out)
    assert code == 0
    assert first == {
        "line": 5,
        "raw": "- 14:05 p99 alert fires",
        "date": None,
        "time": "14:05",
        "zone": None,
        "approx": False,
        "end_time": None,
        "kind": "event",
        "text": "p99 alert fires",
        "at": "2026-03-12T14:05:00Z",
    }
    assert (second["approx"], second["end_time"], second["text"]) == (True, "14:40", "rolled back That was it.")
    assert run("list")[1] == ""


def test_a_dry_run_is_a_table_for_people(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("- 2026-03-12 ~14:05-14:10 alert\n- 2026-03-12: a day alone\n- 99/99/2026 - no day\n")
    code, out, _ = run("import", "timeline", str(path), "--dry-run", "--zone", "UTC")
    assert code == 0
    assert [line.split("\t")[:3] for line in out.splitlines()] == [
        ["1", "12 March 2026", "~14:05–14:10"],
        ["2", "12 March 2026", "?"],
        ["3", "?", "?"],
    ]


def test_times_are_read_on_the_day_and_in_the_zone_that_were_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("14:05 alert\n14:31 PST rolled back\n")
    words = ("import", "timeline", str(path), "--date", "12 March 2026", "--dry-run", "--format", "json")
    assert [one["at"] for one in _objects(run(*words, "--zone", "Europe/Paris")[1])] == [
        "2026-03-12T13:05:00Z",
        "2026-03-12T22:31:00Z",
    ]
    assert _objects(run(*words, "--zone", "EST")[1])[0]["at"] == "2026-03-12T19:05:00Z"
    assert "No time zone is called “Narnia”" in run(*words, "--zone", "Narnia")[2]
    assert "“someday” is no day I know" in run(*words[:-5], "--date", "someday", "--dry-run")[2]


def test_each_line_is_judged_by_itself(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "14:05 UTC alert fires\n\nJust prose here.\n2026-03-12T14:31:00Z rolled back\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    code, out, _ = run("import", "timeline", "-", "--each-line")
    first, blank, prose, last = _objects(out)
    assert code == 0
    assert (first["line"], first["zone"], first["at"]) == (1, "UTC", None)
    assert blank == {"line": 2, "raw": "", "entry": None}
    assert prose == {"line": 3, "raw": "Just prose here.", "entry": None}
    assert (last["date"], last["time"], last["zone"]) == ("2026-03-12", "14:31:00", "UTC")
    assert last["at"] == "2026-03-12T14:31:00Z"


def test_instants_of_a_tool_are_told_in_utc(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "alerts.csv"
    path.write_text("time,end,text,kind\n2026-03-12T15:05:00+01:00,2026-03-12T14:10:00Z,alert,signal\nsoon,,x,\n")
    code, out, err = run("import", "timeline", str(path), "--dry-run", "--format", "json")
    (one,) = _objects(out)
    assert (code, err) == (0, "pmfacil: Line 3: “soon” is no time.\n")
    assert (one["time"], one["zone"], one["end_time"], one["kind"]) == ("14:05:00", "UTC", "14:10:00", "signal")


def test_columns_are_said_once_and_remembered(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tabelle.csv"
    path.write_text("Uhrzeit,Was,Wer\n2026-03-12T14:05:00Z,Alarm,Ana\n")
    dry = ("import", "timeline", str(path), "--dry-run", "--format", "json")
    code, _, err = run(*dry)
    assert code == 2
    assert err.endswith("With --column time=NAME --column text=NAME, say which.\n")
    assert _objects(run(*dry, "--column", "time=Uhrzeit", "--column", "text=Was")[1])[0]["text"] == "Alarm"
    assert _objects(run(*dry)[1])[0]["text"] == "Alarm"
    assert "no such column as was asked for" in run(*dry, "--column", "time=Zeit", "--column", "text=Was")[2]


@pytest.mark.parametrize("said", [["time=Uhrzeit"], ["time=", "text=Was"], ["time=a", "text=b", "who=c"], ["text"]])
def test_columns_said_in_half_are_refused(run: Run, notes: str, said: list[str]) -> None:
    columns = [word for one in said for word in ("--column", one)]
    code, _, err = run("import", "timeline", notes, *columns)
    assert code == 2
    assert err.startswith("pmfacil: Say which column holds what: --column time=NAME --column text=NAME")


def test_columns_of_what_is_no_table_are_pointed_out(run: Run, notes: str) -> None:
    code, _, err = run("import", "timeline", notes, "--column", "time=a", "--column", "text=b", "--dry-run")
    assert (code, err) == (0, "pmfacil: notes.md is no table, so --column says nothing of it.\n")


def test_a_disk_that_refuses_to_remember_costs_a_sentence(run: Run, tmp_path: Path) -> None:
    columns_path().parent.parent.mkdir(parents=True)
    columns_path().parent.write_text("in the way")
    path = tmp_path / "t.csv"
    path.write_text("a,b\n2026-03-12T14:05:00Z,alert\n")
    code, out, err = run("import", "timeline", str(path), "--dry-run", "--column", "time=a", "--column", "text=b")
    assert code == 0
    assert "alert" in out
    assert "columns.json was not written" in err


def test_what_cannot_be_read_is_said_and_leaves_no_post_mortem(run: Run, tmp_path: Path) -> None:
    (tmp_path / "prose.txt").write_text("Nothing here\n")
    for words, said in (
        (("timeline", str(tmp_path / "gone.txt")), "cannot be read"),
        (("timeline", str(tmp_path / "prose.txt")), "Nothing in prose.txt says when something happened."),
        (("timeline", "a", "b"), "One file at a time"),
        (("x.json", "--zone", "UTC"), "--zone belongs to timelines: `pmfacil import timeline x.json`."),
        (("timeline", str(tmp_path / "prose.txt"), "--into", "zz"), "Nothing in prose.txt"),
    ):
        code, _, err = run("import", *words)
        assert code == 2, words
        assert said in err
        assert len(err.splitlines()) == 1
    assert run("list")[1] == ""
