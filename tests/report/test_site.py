"""The index and the words behind its search: what they say of a report, and that both are safe."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from pmfacil.core.kind import Kind
from pmfacil.core.model import PostMortem, PostMortemId
from pmfacil.core.record import Part, Passage, Record, RecordId
from pmfacil.core.text import visible
from pmfacil.report.composing import compose
from pmfacil.report.document import Bullets, Item, Paragraph, Section
from pmfacil.report.site import Listed, index_page, listed, listed_record, page, read_words, words, written_report
from tests.meetings import post_mortems, texts

NOW = datetime(2026, 3, 12, 14, tzinfo=UTC)
DAY = date(2026, 3, 2)


def _post_mortem(summary: str = "") -> PostMortem:
    return PostMortem(PostMortemId("x"), "Checkout outage", Kind.INCIDENT, NOW, summary=summary)


def _listed(summary: str = "") -> Listed:
    pm = _post_mortem(summary)
    return listed("a.html", DAY, pm, compose(pm, None, NOW))


@pytest.mark.parametrize(
    ("summary", "gist"),
    [
        ("", ""),
        ("The pool ran dry. Nobody saw it.", "The pool ran dry."),
        ("p99 rose to 1.5 s, e.g. for carts. It fell again.", "p99 rose to 1.5 s, e.g. for carts."),
        ("Why?! “It fell.”", "Why?!"),
        ("One line\nand another", "One line and another"),
        ("long " * 99, f"{'long ' * 42}long…"),
    ],
)
def test_the_list_shows_the_first_sentence(summary: str, gist: str) -> None:
    assert _listed(summary).gist == gist


def test_a_report_alone_is_spoken_of_in_the_singular() -> None:
    text = index_page((_listed(),))
    assert "<p>1 report</p>" in text
    assert '<time datetime="2026-03-02">2 Mar 2026</time>' in text
    assert 'name="team"' not in text
    assert '<option value="operational incident">Operational incident</option>' in text


def test_passages_are_told_once_and_what_every_report_says_is_not_searched() -> None:
    said = _listed("The pool ran dry.").said
    assert [key for key, _, _ in said] == ["facts", "summary"]
    assert "The pool ran dry." in said[1][2]


def test_the_appendix_is_searched_only_for_what_it_adds() -> None:
    pm = _post_mortem("One.")
    again = Section("Full timeline", (Paragraph("One."),), "full-timeline")
    more = Section("Why tree", (Paragraph("One."), Paragraph("Two.")), "why-tree")
    report = replace(compose(pm, None, NOW), appendix=(again, more))
    assert [(key, texts) for key, _, texts in listed("a.html", DAY, pm, report).said][-1] == ("why-tree", ("Two.",))


def _record(*passages: Passage, on: date | None = None) -> Record:
    return Record(RecordId("r"), "Mail was down", "mail.md", NOW, "…", on, passages)


def test_a_written_document_is_told_in_its_own_order() -> None:
    record = _record(
        Passage(Part.TITLE, "Mail was down"),
        Passage(Part.TEXT, "By the mail team"),
        Passage(Part.SUMMARY, "The queue was full. It took long."),
        Passage(Part.TEXT, "What happened"),
        Passage(Part.TIMELINE, "Alert", "14:05"),
        Passage(Part.CAUSE, "No limit"),
        Passage(Part.ACTION, "Limit it"),
        on=DAY,
    )
    report = written_report(record)
    assert report.facts == (("Happened on", "2 March 2026"), ("Written elsewhere", "mail.md"))
    assert [(one.key, one.title) for one in report.sections] == [
        ("text", "Document"), ("summary", "Summary"), ("timeline", "Timeline"), ("causes", "Causes"), ("actions", "Actions"),
    ]  # fmt: skip
    assert report.sections[1].blocks == (Paragraph("The queue was full. It took long."), Paragraph("What happened"))
    assert report.sections[2].blocks == (Bullets((Item("Alert", "14:05"),)),)
    entry = listed_record("a.html", DAY, record, report)
    assert (entry.kind, entry.gist, entry.of) == ("written elsewhere", "The queue was full.", 0)
    assert "14:05" in page(report)
    assert listed_record("a.html", DAY, _record(), written_report(_record())).gist == ""


@given(pm=post_mortems())
def test_words_come_back_as_they_were(pm: PostMortem) -> None:
    report = compose(pm, None, NOW)
    entries = (listed("a.html", DAY, pm, report), listed("b.html", DAY, pm, report))
    assert read_words(words(entries)) == entries
    assert entries[0].title == visible(pm.title)


@given(said=texts())
def test_nothing_typed_becomes_markup_in_the_index(said: str) -> None:
    one = Listed("a.html", said, "2026-03-02", "other", said, (said,), 1, 2, said, (("facts", "Facts", (said,)),))
    text = index_page((one,))
    assert text.count("<script") == 2
    assert text.count("<a ") == 1
    script = words((one,))
    assert script.isascii()
    assert not set("<>&") & set(script)
    assert script.count("\n") == 3


@pytest.mark.parametrize("told", ["", "x", "[3]", '[{"page": "x"}]', '[{"said": [], "tags": []}]'])
def test_other_words_are_refused(told: str) -> None:
    with pytest.raises(ValueError):
        read_words(told)
