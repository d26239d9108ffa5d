"""Every rule fires on its own example and is silent on the other; the table in the docs tells the same."""

from __future__ import annotations

import pytest

from bench.actions import DOCS, documentation
from pmfacil.wording.action_cues import STRENGTHS, TYPES, ActionType, CueGroup, Strength, strength_of, type_of
from pmfacil.wording.action_draft import read_draft, read_text
from pmfacil.wording.action_rules import RULES, TOPIC
from pmfacil.wording.action_weaknesses import WEAKNESSES, Code


def _told(group: CueGroup[Strength] | CueGroup[ActionType], text: str) -> bool:
    reading = read_text(text)
    return group.told in (strength_of(reading), type_of(reading))


CASES = [
    *(
        (rule.name, rule in read_text(rule.fires).broken, bool(read_text(rule.silent).broken))
        for rule in (*RULES, TOPIC)
    ),
    *((one.code, one.applies(read_draft(one.fires)), one.applies(read_draft(one.silent))) for one in WEAKNESSES),
    *((group.name, _told(group, group.fires), _told(group, group.silent)) for group in (*STRENGTHS, *TYPES)),
]


@pytest.mark.parametrize(("name", "fires", "fires_on_the_other"), CASES, ids=[case[0] for case in CASES])
def test_a_rule_fires_on_its_example_and_is_silent_on_the_other(
    name: str, fires: bool, fires_on_the_other: bool
) -> None:
    assert fires
    assert not fires_on_the_other


def test_all_fourteen_weaknesses_have_a_rule_and_a_question() -> None:
    assert [one.code for one in WEAKNESSES] == list(Code)
    assert all(
        one.question.rstrip(".").endswith("?") or "?" in one.question or one.code is Code.NO_DATE for one in WEAKNESSES
    )


def test_the_table_in_the_docs_is_the_one_that_the_rules_give() -> None:
    """`python -m bench.actions --docs` writes it."""
    assert DOCS.read_text(encoding="utf-8") == documentation()
