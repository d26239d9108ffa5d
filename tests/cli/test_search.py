"""`pmfacil search`: words, filters, what is alike; and written post-mortems in the commands that take an id."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.ending import ActionId
from pmfacil.core.kind import Kind
from pmfacil.library import Library
from pmfacil.store import open_shelf
from tests.clock import FakeClock, Ids
from tests.hostile import HOSTILE
from tests.meetings import settle_something

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

WRITTEN = """\
# Mail was late

Date: 2025-11-03

## Summary

The relay held confirmation mails back for hours.

## Timeline

- 06:10 A new relay stands before the queue

## Root causes

- Limits of the relay are read by nobody
"""


@pytest.fixture
def record(run: Run, tmp_path: Path) -> str:
    """The id of a written post-mortem."""
    (tmp_path / "mail.md").write_text(WRITTEN)
    code, out, _ = run("import", str(tmp_path / "mail.md"), "--format", "json")
    assert code == 0
    return str(json.loads(out)[0]["id"])


@pytest.fixture
def ours(tmp_path: Path) -> str:
    """The id of a post-mortem with a cause and an action that is not done."""
    shelf = open_shelf(tmp_path / "pmfacil.db")
    library = Library(shelf, FakeClock(), Ids("ours"), zone="UTC")
    service = library.open(library.begin("Checkout outage", Kind.INCIDENT, FakeClock()().date()))
    settle_something(service)
    cause = service.snapshot.post_mortem.settlements[-1].causes[0]
    service.do(verbs.reword_cause, cause, "Limits of the bank are read by nobody")
    service.do(verbs.agree_action, ActionId("a"), "Watch limits", (cause,), owner="Ana")
    shelf.close()
    return str(service.snapshot.post_mortem.id)


def test_words_and_filters_are_found_with_their_places(run: Run, ours: str, record: str) -> None:
    code, out, _ = run("search", "limits", "nobody", "kind:incident")
    assert code == 0
    assert (
        out
        == f"{ours}  2026-03-12  preparing  Checkout outage\n          cause: Limits of the bank are read by nobody\n"
    )
    code, out, _ = run("search", "relays", "before:2026")
    assert out.splitlines()[0] == f"{record[:8]}  2025-11-03  imported  Mail was late"
    assert len([line for line in run("search", "limits", "--most", "1")[1].splitlines() if line[0] != " "]) == 1
    assert run("search", "zeppelin") == (1, "", "")
    (found,) = json.loads(run("search", "outage", "--format", "json")[1])
    assert (found["id"], found["kind"], found["stage"]) == (ours, "operational incident", "preparing")
    assert found["excerpts"] == [{"part": "title", "item": "", "text": "Checkout outage"}]


def test_a_terminal_shows_what_was_meant(run: Run, ours: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert "\x1b[1mLimits\x1b[0m of the bank" in run("search", "limit")[1]


def test_what_is_alike_is_found_with_the_state_of_its_actions(run: Run, ours: str, record: str) -> None:
    code, out, _ = run("search", "--similar", "nobody", "reads", "the", "limits", "of", "the", "relay")
    assert code == 0
    assert "2025-11-03  cause  Limits of the relay are read by nobody  (Mail was late)" in out
    assert (
        "2026-03-12  cause  Limits of the bank are read by nobody  (Checkout outage)\n            agreed: Watch limits"
        in out
    )
    assert "2025-11-03  post-mortem  Mail was late" in out
    told = json.loads(run("search", "--similar", "limits of the bank are read by nobody", "--format", "json")[1])
    assert told[0]["actions"] == [{"text": "Watch limits", "owner": "Ana", "state": "agreed"}]
    assert run("search", "--similar", "zeppelin") == (1, "", "")
    assert json.loads(run("search", "--similar", "confirmation mails held", "--format", "json")[1])[0]["id"] == record


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("*",), "There is nothing to look for in “*”"),
        (("kind:",), "type a word, or a filter with its value"),
        (("kind:x",), "“x” is no kind. Try incident"),
        (("after:soonish",), "“soonish” is no day"),
        (("x", "--most", "0"), "--most takes a number from 1 on"),
    ],
)
def test_what_cannot_be_looked_for_is_told_in_a_sentence(run: Run, words: tuple[str, ...], said: str) -> None:
    code, out, err = run("search", *words)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_hostile_words_print_safely(run: Run) -> None:
    for words in HOSTILE.values():
        run("new", words)
    for words in HOSTILE.values():
        code, out, _ = run("search", "--", words)
        assert code in (0, 1, 2)
        assert "\x1b" not in out


def test_a_written_post_mortem_is_listed_and_shown_in_three_forms(run: Run, record: str, tmp_path: Path) -> None:
    assert run("list")[1] == f"{record[:8]}\t2025-11-03\timported\tMail was late\t\n"
    code, out, _ = run("show", record[:6])
    assert code == 0
    assert out.startswith("Mail was late\n2025-11-03 · mail.md\n")
    assert "\nTIMELINE\n06:10  A new relay stands before the queue\n" in out
    assert run("show", record, "--format", "md") == (0, WRITTEN, "")
    told = json.loads(run("show", record, "--format", "json")[1])
    assert (told["title"], told["occurred_on"], told["text"]) == ("Mail was late", "2025-11-03", WRITTEN)
    assert {"part": "timeline", "when": "06:10", "text": "A new relay stands before the queue"} in told["passages"]
    code, out, err = run("show", record, "--format", "html")
    assert (code, out) == (2, "")
    assert "shown as text, md or json, not as html" in err
    (tmp_path / "undated.md").write_text("# Only words, no day")
    run("import", str(tmp_path / "undated.md"))
    assert "\tundated\timported\tOnly words, no day\t\n" in run("list")[1]
    assert json.loads(run("list", "--format", "json")[1])[-1]["occurred_on"] is None
    assert "  undated     imported  Only words, no day\n" in run("search", "words")[1]
    assert json.loads(run("search", "words", "--format", "json")[1])[0]["on"] is None


def test_a_terminal_obeys_nothing_that_a_document_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "red.md").write_text("# Red\n\nall \x1b[31mred\n")
    new = run("import", str(tmp_path / "red.md"))[1][:8]
    assert "\x1b[31m" in run("show", new, "--format", "md")[1]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert run("show", new, "--format", "md")[1] == "# Red\n\nall ␛[31mred\n"
    assert "\x1b" not in run("show", new)[1]


@pytest.mark.parametrize("command", ["open", "export"])
def test_what_cannot_be_done_with_a_written_one_is_told_in_a_sentence(run: Run, record: str, command: str) -> None:
    code, out, err = run(command, record[:5])
    assert (code, out) == (2, "")
    assert (
        f"“Mail was late” was written elsewhere and stays as it was written: `pmfacil show {record[:8]}` prints it."
        in err
    )
    assert len(err.splitlines()) == 1
