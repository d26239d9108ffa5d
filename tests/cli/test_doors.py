"""No file talks its way past the rules: what a forger would try with `pmfacil import`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Run

    Forge = Callable[[dict[str, Any]], object]  # any JSON: a forger keeps to no type


@pytest.fixture
def worked(run: Run, tmp_path: Path) -> dict[str, Any]:
    """The export of a whole meeting, from a library that is not the one under test."""
    elsewhere = ("--db", str(tmp_path / "elsewhere.db"))
    new = run("rehearse", "--worked", "--no-app", *elsewhere)[1].strip()
    data: dict[str, Any] = json.loads(run("show", new, "--format", "json", *elsewhere)[1])
    return data


def _blame(pm: dict[str, Any]) -> None:
    for cause in pm["causes"]:
        if cause["mark"] == "root cause":
            cause["text"] = "Human error: the operator forgot to check"


FORGERIES: dict[str, tuple[Forge, str]] = {
    "no settlement at all": (lambda pm: pm.update(settlements=[]), "an action without settled causes"),
    "an action on nothing": (lambda pm: pm["actions"][0].update(causes=[]), "addresses no cause"),
    "an action on another cause": (lambda pm: pm["actions"][0].update(causes=["forged"]), "was not settled"),
    "a settlement of nothing": (lambda pm: pm["settlements"][-1].update(causes=[]), "names no cause"),
    "no trigger": (lambda pm: pm.update(trigger=" "), "without a trigger"),
    "a root cause that is a person": (_blame, "stops at a person"),
    "a year before the calendar": (
        lambda pm: pm["entries"][0].update(at="0001-01-01T00:00:00Z"), "outside the calendar",
    ),
    "a year after the calendar": (lambda pm: pm.update(created_at="9999-12-31T23:59:59Z"), "outside the calendar"),
    "more hands than SQLite counts": (lambda pm: pm["closing"].update(learned=10**30), "no such number"),
    "a step of an aeon": (lambda pm: pm.update(boxes=[10**20] * 6), "a day at most"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_post_mortem_is_refused_in_one_sentence(
    run: Run, worked: dict[str, Any], tmp_path: Path, name: str
) -> None:
    forge, said = FORGERIES[name]
    forge(worked["post_mortem"])
    file = tmp_path / "forged.json"
    file.write_text(json.dumps(worked), encoding="utf-8")
    code, out, err = run("import", str(file))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert run("list") == (0, "", "")


def test_a_name_that_came_in_after_the_settlement_does_not_shut_the_door(
    run: Run, worked: dict[str, Any], tmp_path: Path
) -> None:
    """Somebody called as a word in a cause is no reason to turn an honest export away."""
    root = next(cause for cause in worked["post_mortem"]["causes"] if cause["mark"] == "root cause")
    worked["post_mortem"]["people"].append({"id": "late", "name": root["text"].split()[0]})
    file = tmp_path / "honest.json"
    file.write_text(json.dumps(worked), encoding="utf-8")
    assert run("import", str(file))[0] == 0


def test_a_refused_file_does_not_even_make_a_database(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "forged.json"
    file.write_text("[]", encoding="utf-8")
    database = tmp_path / "untouched.db"
    assert run("import", str(file), "--db", str(database))[0] == 2
    assert not database.exists()


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "surrogate"])
def test_hostile_words_come_through_an_export_and_an_import_as_typed(
    run: Run, worked: dict[str, Any], tmp_path: Path, name: str
) -> None:
    pm = worked["post_mortem"]
    pm["title"] = pm["impact"] = pm["summary"] = HOSTILE[name]
    pm["entries"][0]["text"] = pm["actions"][0]["text"] = HOSTILE[name]
    file, out = tmp_path / "hostile.json", tmp_path / "again.json"
    file.write_text(json.dumps(worked), encoding="utf-8")
    assert run("import", str(file))[0] == 0
    assert run("export", pm["id"], "--format", "json", "--out", str(out))[0] == 0
    assert json.loads(out.read_text(encoding="utf-8"))["post_mortem"] == pm
    printed = run("show", pm["id"], "--format", "json")[1]
    assert json.loads(printed)["post_mortem"] == pm
    for form in ("text", "md", "html", "json"):
        shown = run("show", pm["id"], "--format", form)[1]
        assert not {char for char in shown if char != "\n" and (ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0)}, form


def test_an_id_can_be_told_from_one_that_begins_like_it(run: Run, worked: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "same.json"
    for one in ("checkout-1", "checkout-12", "checkout-2"):
        worked["post_mortem"]["id"] = one
        worked["post_mortem"]["title"] = f"title of {one}"
        file.write_text(json.dumps(worked), encoding="utf-8")
        assert run("import", str(file))[0] == 0
    shown = {line.split("\t")[0] for line in run("list")[1].splitlines()}
    assert shown == {"checkout-1", "checkout-12", "checkout-2"}
    assert run("show", "checkout-1")[1].startswith("title of checkout-1\n")
    code, _, err = run("show", "check")
    assert (code, err) == (2, "pmfacil: 3 ids begin with “check”. Type more of the one you mean.\n")


def test_an_id_full_of_control_characters_reaches_no_terminal(run: Run, worked: dict[str, Any], tmp_path: Path) -> None:
    worked["post_mortem"]["id"] = "a\x1b[31m\nb"
    file = tmp_path / "id.json"
    file.write_text(json.dumps(worked), encoding="utf-8")
    code, out, _ = run("import", str(file))
    assert (code, out) == (0, "a␛[31m b  taken in\n")
