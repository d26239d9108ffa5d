"""Tables of actions: what people typed arrives whole, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmfacil.core import operations as verbs
from pmfacil.core.ending import ActionId
from pmfacil.core.model import Action, ActionState, ActionType, PostMortem
from pmfacil.core.text import visible
from pmfacil.report.tables import COLUMNS, JIRA_COLUMNS, actions_csv, cell, jira_csv
from tests.hostile import HOSTILE
from tests.meetings import fresh_service, settle_something
from tests.store.values import legal_post_mortems


def with_action(**changes: object) -> PostMortem:
    """A post-mortem with one action, changed as told."""
    service = fresh_service()
    settle_something(service)
    causes = service.snapshot.post_mortem.settlements[0].causes
    service.do(verbs.agree_action, ActionId("a"), "Stage every release", causes)
    pm = service.snapshot.post_mortem
    return replace(pm, actions=(replace(pm.actions[0], **changes),))  # type: ignore[arg-type] # fields, by their names


def _read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


WHOLE = {
    "owner": "Ana", "due": date(2026, 4, 1), "type": ActionType.PREVENT, "done_when": "a bad build stops",
    "effect": "fewer bad builds", "state": ActionState.BLOCKED, "reason": "no pipeline yet",
}  # fmt: skip


def test_a_spreadsheet_gets_all_of_an_action() -> None:
    (row,) = _read(actions_csv(with_action(**WHOLE)))
    assert tuple(row) == COLUMNS
    assert row == {
        "Action": "Stage every release",
        "Owner": "Ana",
        "Due": "2026-04-01",
        "Type": "prevent",
        "State": "blocked",
        "Reason": "no pipeline yet",
        "Causes": "A: Condition 5",
        "Done when": "a bad build stops",
        "Effect": "fewer bad builds",
        "Post-mortem": "Checkout outage (2026-03-12)",
    }


def test_what_is_not_known_is_an_empty_cell() -> None:
    (row,) = _read(actions_csv(replace(with_action(), occurred_on=None)))
    assert [row[name] for name in ("Owner", "Due", "Type", "Reason", "Done when", "Effect")] == [""] * 6
    assert row["Post-mortem"] == "Checkout outage"


def test_lines_end_as_rfc_4180_says() -> None:
    assert actions_csv(with_action(text='One, "two"\nthree')).splitlines(keepends=True) == [
        ",".join(COLUMNS) + "\r\n",
        '"One, ""two"" three",,,,agreed,,A: Condition 5,,,Checkout outage (2026-03-12)\r\n',
    ]


def test_without_actions_there_are_the_headings() -> None:
    pm = fresh_service().snapshot.post_mortem
    assert actions_csv(pm) == ",".join(COLUMNS) + "\r\n"
    assert jira_csv(pm) == ",".join(JIRA_COLUMNS) + "\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@sum",
        "  =1",
        "\t1",
        "\r1",
        "\n1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "\u200b=1",
        "\u00a0＝1",
        "\ufeff@1",
    ],
)
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert cell(text) == f"'{visible(text)}"


@pytest.mark.parametrize("text", ["", "a=b", "5 % - 6 %", "ana@example.com", "'=1", "≠ 1"])
def test_other_words_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


def test_jira_gets_an_issue() -> None:
    pm = with_action(**WHOLE)
    pm = replace(pm, facts=replace(pm.facts, tags=("checkout api", "prevent", "\u2003")[:2]))
    (row,) = _read(jira_csv(pm, reporter="Ben"))
    assert tuple(row) == JIRA_COLUMNS
    assert row == {
        "Summary": "Stage every release",
        "Description": "Addresses: A: Condition 5\n"
        "Done when: a bad build stops\n"
        "From the post-mortem: Checkout outage (2026-03-12)",
        "Assignee": "Ana",
        "Reporter": "Ben",
        "Issue Type": "Task",
        "Priority": "Medium",
        "Labels": "post-mortem prevent checkout-api",
        "Due Date": "2026-04-01",
    }


def test_jira_gets_nothing_where_nothing_is_known() -> None:
    (row,) = _read(jira_csv(with_action()))
    assert [row[name] for name in ("Assignee", "Reporter", "Due Date")] == ["", "", ""]
    assert row["Labels"] == "post-mortem"
    assert "Done when" not in row["Description"]


def test_dropped_actions_are_not_for_jira() -> None:
    pm = with_action(state=ActionState.DROPPED, reason="the risk is accepted")
    assert _read(jira_csv(pm)) == []
    assert _read(actions_csv(pm))[0]["State"] == "dropped"


@pytest.mark.parametrize("text", ["latency " * 100, "x" * 400, "🔥" * 200, "=" + "x" * 300, "= " + "🔥 " * 200])
def test_a_long_summary_is_cut_and_stands_whole_in_the_description(text: str) -> None:
    (row,) = _read(jira_csv(with_action(text=text)))
    assert _units(row["Summary"]) <= 255
    assert _units(row["Summary"]) > 200
    assert row["Summary"].endswith("…")
    assert row["Description"].splitlines()[0] == cell(text.strip())


def test_a_cause_that_is_no_longer_settled_has_no_letter() -> None:
    pm = with_action()
    action: Action = pm.actions[0]
    second = replace(pm.settlements[0], causes=(pm.causes[0].id,))
    first = replace(pm.settlements[0], id=type(pm.settlements[0].id)("old"), reopened_at=pm.settlements[0].at)
    pm = replace(pm, settlements=(first, second), actions=(replace(action, settlement=first.id),))
    assert _read(actions_csv(pm))[0]["Causes"] == "Condition 5"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_arrive(name: str) -> None:
    words = HOSTILE[name].replace("\ud800", "?")
    pm = replace(with_action(text=words, owner=words, done_when=words, reason=words), title=words)
    (row,) = _read(actions_csv(pm))
    assert row["Action"] == row["Owner"] == row["Done when"] == cell(words)
    (issue,) = _read(jira_csv(pm, reporter=words))
    assert issue["Assignee"] == issue["Reporter"] == cell(words)
    assert f"\nDone when: {visible(words)}\n" in issue["Description"]


@settings(max_examples=25)
@given(legal_post_mortems(), st.text(st.characters(exclude_categories=["Cs"]), max_size=9))
def test_any_table_can_be_read_back_and_none_runs(pm: PostMortem, reporter: str) -> None:
    for text, columns in ((actions_csv(pm), COLUMNS), (jira_csv(pm, reporter=reporter), JIRA_COLUMNS)):
        assert text.encode().endswith(b"\r\n")
        assert not any((ord(char) < 0x20 and char not in "\r\n") or 0x7F <= ord(char) < 0xA0 for char in text)
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert rows[0] == list(columns)
        assert all(len(row) == len(columns) for row in rows)
        assert not any(said.lstrip()[:1] in set("=+-@＝＋－＠") for row in rows[1:] for said in row if said.strip())
    assert len(list(csv.reader(io.StringIO(actions_csv(pm), newline="")))) == len(pm.actions) + 1
