"""A team's own templates: they change wording and order, and never let words become markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.errors import Unfit
from pmfacil.report.composing import compose
from pmfacil.report.html import html
from pmfacil.report.markdown import markdown
from pmfacil.report.templates import KINDS, Kind, filled, read_template, starting_point
from tests.hostile import HOSTILE
from tests.meetings import fresh_service, settle_something

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.report.document import Report


def _report(words: str = "Checkout fails") -> Report:
    service = fresh_service()
    settle_something(service)
    if words.strip():
        service.do(verbs.rename, words)
        service.do(verbs.state_impact, words)
        service.do(verbs.write_summary, words)
    return compose(service.snapshot.post_mortem, None, service.now())


@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_team_begins_with_writes_what_pmfacil_writes(name: str) -> None:
    report = _report(HOSTILE[name])
    assert filled(Kind.MARKDOWN, starting_point(Kind.MARKDOWN), report) == markdown(report)
    assert filled(Kind.HTML, starting_point(Kind.HTML), report) == html(report)


def test_a_template_changes_wording_and_order() -> None:
    source = "{{ title }}: {% for key in ['causes', 'summary'] %}{{ section[key].title }}; {% endfor %}"
    assert (
        filled(Kind.MARKDOWN, source, _report()) == "Checkout fails: Root causes and contributing factors; Summary;\n"
    )


def test_a_template_may_reckon_with_numbers() -> None:
    assert filled(Kind.MARKDOWN, "{{ 6 * 7 }} {{ 7 % 4 }}", _report()) == "42 3\n"


def test_words_are_escaped_wherever_a_template_shows_them() -> None:
    report = _report("*bold* <script>alert(1)</script>")
    assert filled(Kind.MARKDOWN, "{{ title }}", report) == "\\*bold\\* \\<script>alert(1)\\</script>\n"
    assert "&lt;script&gt;" in filled(Kind.HTML, "{{ title }}", report)
    assert "<script" not in filled(Kind.HTML, "{{ title ~ title }}{{ title|safe }}", report).replace("&lt;script", "")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("{% for %}", "report.md.jinja, line 1: "),
        ("{{ nothing.at.all }}", "'nothing' is undefined"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{% for x in range(1000000000) %}x{% endfor %}", "[Rr]ange"),
        ("{% include 'secret' %}", "loader"),
        ("{{ 9 ** 9 ** 9 }}", "no powers"),
        ("{{ 'a' * 10000000000 }}", "numbers only"),
        ("{{ '{:>9999999999}'.format(1) }}", "unsafe"),
        ("{{ '%9999999999d' % 1 }}", "numbers only"),
        ("{{ title|center(9999999999) }}", "No filter named 'center'"),
        ("{{ title|truncate(-1) }}", "expected length"),
        ("{{ title|xmlattr }}", "no attribute"),
    ],
)
def test_a_template_that_is_wrong_gets_a_sentence(source: str, why: str) -> None:
    with pytest.raises(Unfit, match=why) as refusal:
        filled(Kind.MARKDOWN, source, _report())
    assert "take it away to use pmfacil's own" in str(refusal.value)


def test_a_template_lies_in_a_folder_or_there_is_none(tmp_path: Path) -> None:
    assert [read_template(tmp_path, kind) for kind in KINDS] == [None, None]
    (tmp_path / Kind.HTML.value).write_text("{{ title }}", encoding="utf-8")
    assert read_template(tmp_path, Kind.HTML) == "{{ title }}"
    (tmp_path / Kind.MARKDOWN.value).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Unfit, match="cannot be read"):
        read_template(tmp_path, Kind.MARKDOWN)
