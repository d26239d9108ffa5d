"""`pmfacil actions` and `pmfacil followups`: what is promised, for people, for machines, for cron."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pmfacil.bootstrap import open_workshop
from pmfacil.core import operations as verbs
from pmfacil.core.ending import ActionId
from pmfacil.core.kind import Kind
from pmfacil.core.model import ActionState
from tests.hostile import HOSTILE
from tests.meetings import settle_something

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
def promised(run: Run) -> None:
    """Four actions of one post-mortem, which is due to be followed up."""
    with open_workshop(None) as workshop:
        library = workshop.library
        today = library.now().astimezone().date()
        service = library.open(library.begin("Checkout outage", Kind.INCIDENT, today - timedelta(days=30)))
        settle_something(service)
        causes = service.snapshot.post_mortem.settlements[0].causes
        for text, owner, days, state in (
            ("Stage hot fixes too", "Ana", -3, ActionState.AGREED),
            ("Name an owner", "", None, ActionState.AGREED),
            ("Cap the queue", "Ben", -9, ActionState.DONE),
            ("Buy a clock", "Ben", 3, ActionState.VERIFIED),
        ):
            new = ActionId(service.new_id())
            due = None if days is None else today + timedelta(days=days)
            service.do(verbs.agree_action, new, text, causes, owner=owner, due=due)
            if state is not ActionState.AGREED:
                service.do(verbs.move_action, new, state, "", service.now())
        service.do(verbs.plan_follow_up, today, today - timedelta(days=21))


@pytest.mark.usefixtures("promised")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), ["Stage hot fixes too", "Name an owner"]),
        (("--overdue",), ["Stage hot fixes too"]),
        (("--to-verify",), ["Cap the queue"]),
        (("--overdue", "--to-verify"), ["Stage hot fixes too", "Cap the queue"]),
        (("--owner", "@ana"), ["Stage hot fixes too"]),
        (("--owner", ""), ["Name an owner"]),
        (("--owner", "ben"), []),
        (("--owner", "ben", "--to-verify"), ["Cap the queue"]),
    ],
)
def test_what_is_asked_for_is_listed(run: Run, words: tuple[str, ...], found: list[str]) -> None:
    code, out, err = run("actions", *words)
    assert (code, err) == (0, "")
    assert [line.split("\t")[3] for line in out.splitlines()] == found
    data = json.loads(run("actions", *words, "--format", "json")[1])
    assert [one["text"] for one in data] == found


@pytest.mark.usefixtures("promised")
def test_people_machines_and_a_paste_get_what_they_need(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = json.loads(run("actions", "--format", "json")[1])
    assert (first["days_over"], first["state"], first["owner"], first["title"]) == (
        3,
        "agreed",
        "Ana",
        "Checkout outage",
    )
    assert (second["due"], second["days_over"]) == (None, 0)
    markdown = run("actions", "--format", "md")[1]
    assert markdown.index("## Ana") < markdown.index("- [ ] Stage hot fixes too") < markdown.index("## Nobody yet")
    assert "Nothing is waiting." in run("actions", "--owner", "nobody of that name", "--format", "md")[1]
    plain = run("actions")[1].splitlines()
    assert plain[0].split("\t")[0] == f"{first['due']} (3 d over)"
    assert plain[1].split("\t")[:3] == ["no date", "agreed", "–"]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    table = run("actions")[1]
    assert all(heading in table.splitlines()[0] for heading in ("due", "state", "owner", "action", "post-mortem"))
    assert "Stage hot fixes too" in table


def test_nothing_promised_is_silent(run: Run) -> None:
    assert run("actions") == (0, "", "")
    assert run("actions", "--format", "json") == (0, "[]\n", "")
    assert run("followups") == (0, "", "")


@pytest.mark.usefixtures("promised")
def test_follow_ups_that_are_due_and_how_much_is_overdue(run: Run) -> None:
    code, out, _ = run("followups")
    follow_up, overdue = out.splitlines()
    assert code == 0
    assert follow_up.split("\t")[2:] == ["Checkout outage", "2"]
    assert overdue == "1 action is overdue: pmfacil actions --overdue"
    data = json.loads(run("followups", "--format", "json")[1])
    assert data["overdue_actions"] == 1
    assert data["follow_ups"][0]["due"] == str(datetime.now().astimezone().date())
    assert data["follow_ups"][0]["open_actions"] == 2


@pytest.mark.parametrize("name", ["controls", "newlines", "closing markup", "surrogate"])
def test_hostile_words_print_safely(run: Run, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_workshop(None) as workshop:
        service = workshop.library.open(workshop.library.begin(HOSTILE[name], Kind.OTHER, None))
        settle_something(service)
        causes = service.snapshot.post_mortem.settlements[0].causes
        service.do(verbs.agree_action, ActionId("a"), HOSTILE[name], causes, owner=HOSTILE[name])
    for terminal in (False, True):
        monkeypatch.setattr(sys.stdout, "isatty", lambda terminal=terminal: terminal, raising=False)
        for form in ("text", "md", "json"):
            code, out, _ = run("actions", "--format", form)
            assert code == 0
            assert "\x1b[31m" not in out  # rich itself makes headings bold
            assert not set(out) & set("\x07\x00\x9b\r")
            assert out.count("\n") == 1 or terminal or form != "text"
