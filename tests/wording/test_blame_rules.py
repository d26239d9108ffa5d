"""Every rule of the wording check, by its own examples; whom a sentence speaks of; the words of one team."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.wording import table
from pmfacil.wording.check import LONGEST, check
from pmfacil.wording.document import check_text
from pmfacil.wording.findings import Category, Scope, Severity
from pmfacil.wording.lexicon import BUILT_IN, extended
from pmfacil.wording.rules import Rule, rules
from tests.architecture.source import ROOT
from tests.hostile import HOSTILE


def _found(text: str, **asked: object) -> list[str]:
    return [one.rule.partition(" ")[2] for one in check(text, **asked)]  # type: ignore[arg-type]  # as the test names it


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_every_rule_finds_its_examples_and_leaves_the_others_alone(rule: Rule) -> None:
    alone = [text for text in rule.finds if not _fires(rule, text)]
    wrongly = [text for text in rule.silent if _fires(rule, text)]
    assert (alone, wrongly) == ([], [])
    assert rule.finds
    assert rule.silent
    assert rule.suggestion.endswith(("?", "."))
    assert rule.reference


def _fires(rule: Rule, text: str) -> bool:
    hinted = any(hint in text.lower() for hint in rule.hints)
    excused = rule.excusing is not None and rule.excusing.search(text) is not None
    return hinted and rule.compiled.search(text) is not None and not excused


def test_the_names_of_rules_are_their_own() -> None:
    names = [rule.name for rule in rules()]
    assert len(set(names)) == len(names)


def test_the_table_in_the_docs_is_that_of_the_code() -> None:
    assert (ROOT / "docs" / "wording.md").read_text(encoding="utf-8") == table()


@pytest.mark.parametrize(
    "text",
    [
        "The health check failed at 14:02.",
        "The alert never fired between 14:02 and 14:09.",
        "The retry missed its deadline.",
        "The fix failed to include the header.",
        "An alert should fire above 5 %.",
        "The change went out just before the freeze, only in eu-west.",
        "The graph shows 38 % errors for 52 minutes.",
        "On-call paged the database team at 14:31.",
        "We rolled back rather than scale out.",
        "",
    ],
)
def test_a_system_that_failed_and_a_fact_are_left_alone(text: str) -> None:
    assert check(text) == ()


@pytest.mark.parametrize(
    ("text", "category", "severity"),
    [
        ("On-call failed to notice the alert.", Category.HUMAN_ERROR, Severity.NUDGE),
        ("The cause was human error.", Category.HUMAN_ERROR, Severity.STRONG),
        ("They should have rolled back at once.", Category.COUNTERFACTUAL, Severity.NUDGE),
        ("If only we had read the page.", Category.COUNTERFACTUAL, Severity.NUDGE),
        ("It was obviously the cache.", Category.HINDSIGHT, Severity.INFO),
        ("That was a careless rollout.", Category.BLAME, Severity.NUDGE),
        ("@ravi broke checkout.", Category.NAMED_PERSON, Severity.STRONG),
        ("Why didn't you call?", Category.WHO_WHY, Severity.STRONG),
        ("Someone must be held accountable.", Category.RETRIBUTION, Severity.STRONG),
    ],
)
def test_what_ends_an_inquiry_is_found(text: str, category: Category, severity: Severity) -> None:
    gravest = max(check(text), key=lambda one: one.severity.gravity)
    assert (gravest.category, gravest.severity) == (category, severity)
    assert text[gravest.start : gravest.end] == gravest.span


def test_known_names_beside_a_fault_are_found_and_roles_are_not_names() -> None:
    names = ("Greta Olsen", "Infrastructure lead", "kim")
    assert _found("Greta missed the mail.", names=names)[0] == "a known name"
    assert "a known name" in _found("It was kim's mistake.", names=names)
    assert "a known name" not in _found("Greta rolled back at 14:31.", names=names)
    assert "a known name" not in _found("Infrastructure decided to wait.", names=names)
    assert _found("Greta missed the mail.", names=names, scope=Scope.ACTION) == []
    assert check("Nothing here.", (" ",)) == ()


def test_what_is_quoted_or_code_is_left_alone() -> None:
    assert check('The page says “human error” and `careless` and "sloppy work".') == ()
    assert check("See https://x.example/human-error/careless") == ()


def test_the_field_decides_what_is_looked_at() -> None:
    assert check("Be more careful with the console", scope=Scope.ACTION)
    assert check("We should have tested it", scope=Scope.ACTION) == ()
    assert check("Careless Ops", scope=Scope.OWNER) == ()


def test_a_slip_is_told_as_a_fact_where_the_sentence_can_do_without_it() -> None:
    (one,) = check("Accidentally removed in an earlier change.")
    assert one.rewrite == "Removed in an earlier change."
    assert check("The table was obviously gone.")[0].rewrite == "The table was gone."
    assert check("it is gone, obviously.")[0].rewrite == "it is gone."
    assert check("On-call failed to notice.")[0].rewrite is None


def test_findings_of_one_kind_that_overlap_are_one() -> None:
    found = check("Our mistake was careless: human error, obviously, by the on-call engineer.")
    assert [one.start for one in found] == sorted(one.start for one in found)
    spans = [(one.category, one.start, one.end) for one in found]
    assert len(spans) == len(set(spans))


def test_a_team_adds_its_own_words() -> None:
    own = extended(
        BUILT_IN, {"blame": ["muppetry"], "people": ["night crew", "abc"], "silence": ["human error dashboard"]}
    )
    assert _found("Pure  muppetry again.", lexicon=own) == ["word of your own list"]
    assert _found("The night crew failed to notice the alert.", lexicon=own) == ["somebody failed to"]
    assert _found("The abc missed it.", lexicon=own) == ["somebody failed to"]
    assert check("The human error dashboard was red.", lexicon=own) == ()
    assert check("The human error dashboard was red.") != ()


@pytest.mark.parametrize("mapping", [{"nonsense": ["x"]}, {"blame": "x"}, {"blame": [1]}, {"people": [" "]}])
def test_nonsense_in_a_lexicon_is_refused_in_a_sentence(mapping: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^“.*(are|\])\.$"):
        extended(BUILT_IN, mapping)


MARKDOWN = """\
---
title: our mistake
---
# What happened

It was human
error, they said.

> ana: we forgot it

```
we forgot it
```
<!-- careless work -->
- The code is `careless`, see [the page](https://x.example/careless).
- The rollout was careless.

| time | what |
|---|---|
| 14:05 | On-call failed to notice |
"""


def test_a_document_is_read_as_people_read_it() -> None:
    found = check_text(MARKDOWN)
    assert [(one.line, one.column, one.finding.span) for one in found] == [
        (6, 8, "human error"),
        (16, 7, "rollout was careless"),
        (20, 19, "failed to"),
    ]
    assert check_text("") == ()
    assert check_text("```\nwe forgot it") == ()


def test_a_long_line_is_read_to_its_end() -> None:
    text = "word " * 1000 + "It was human error."
    assert len(text) > LONGEST
    assert [one.finding.category for one in check_text(text)] == [Category.HUMAN_ERROR]


@given(st.text() | st.sampled_from(sorted(HOSTILE.values())), st.lists(st.text(max_size=8), max_size=2))
def test_any_words_are_looked_over_and_a_finding_lies_within_them(text: str, names: list[str]) -> None:
    found = check(text, tuple(names))
    for one in found:
        assert text[one.start : one.end] == one.span
        assert one.span.strip()
    assert found == check(text, tuple(names))
    assert all(one.line >= 1 and one.column >= 1 for one in check_text(text))


@pytest.mark.parametrize(
    "text",
    [
        "the " * 25_000,
        "we " * 30_000,
        "should have " * 9_000,
        "a" * 100_000,
        "had we not " * 9_000,
        "Aa" * 50_000,
        "'s " * 30_000,
        "his " * 25_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    check(text)
    assert time.process_time() - begun < 2  # far above what it takes, far below what running away takes
