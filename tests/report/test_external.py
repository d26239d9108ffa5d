"""The external version: what outsiders may know, and nothing that leads inside."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmfacil.core.facts import Person, PersonId
from pmfacil.core.model import Anchor, AnchorMark, Entry, EntryId
from pmfacil.core.text import visible
from pmfacil.library import Library
from pmfacil.rehearsal import rehearse
from pmfacil.report.composing import compose
from pmfacil.report.document import Bullets, Item, Paragraph, Report, Section, Strip, Table, Tree
from pmfacil.report.external import External, external
from pmfacil.report.html import html
from pmfacil.report.markdown import markdown
from pmfacil.report.masking import _COMMON
from pmfacil.report.text import text
from tests.clock import FakeClock, Ids
from tests.fakes import MemoryShelf
from tests.hostile import HOSTILE
from tests.report.test_tables import WHOLE, with_action
from tests.store.values import legal_post_mortems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.model import PostMortem

NOW = datetime(2026, 3, 12, 15, 30, tzinfo=UTC)


def _external(pm: PostMortem, *hidden: str) -> External:
    return external(compose(pm, None, NOW), pm, hidden)


def _told() -> PostMortem:
    """A post-mortem in which somebody is named, and something is internal, wherever words can stand."""
    words = "Ana saw it on db01.corp"
    pm = with_action(**WHOLE | {"done_when": words, "owner": "Ana Ruiz"})
    entries = tuple(
        Entry(EntryId(name), words, at=NOW + timedelta(minutes=at), evidence="seen in the chat", known="all was quiet")
        for name, at in (("e", 0), ("f", 9))
    )
    marks = (AnchorMark(Anchor.IMPACT_BEGAN, EntryId("e")), AnchorMark(Anchor.DETECTED, EntryId("f")))
    causes = (*pm.causes[:-1], replace(pm.causes[-1], text=words, evidence=(EntryId("e"),)))
    people = (Person(PersonId("p"), "Ana Ruiz", "on-call engineer", present=True),)
    facts = replace(pm.facts, lasted=words, links="https://wiki.example/x", team="Falcon", tags=("falcon",))
    return replace(
        pm, title="Ana's outage", impact=words, trigger=words, summary=f"Falcon stood still. {words}", entries=entries,
        anchors=marks, causes=causes, people=people, facts=facts, closing=replace(pm.closing, report_owner="Ana"),
    )  # fmt: skip


def _section(report: Report, key: str) -> Section:
    return next(section for section in report.sections if section.key == key)


def test_it_keeps_what_outsiders_may_know() -> None:
    report = _external(_told(), "falcon").report
    assert [section.key for section in report.sections] == [
        "summary", "impact", "trigger", "causes", "actions", "timeline",
    ]  # fmt: skip
    assert report.appendix == ()
    assert [label for label, _ in report.facts] == ["Kind", "Happened on", "Times"]
    assert report.title == "on-call engineer's outage"
    masked = "on-call engineer saw it on [host]"
    assert _section(report, "summary").blocks == (Paragraph(f"[internal] stood still. {masked}"),)
    words, figures, strip = _section(report, "impact").blocks
    assert words == Paragraph(masked)
    assert figures == Bullets((Item(masked, "How long"),))
    assert isinstance(strip, Strip)


def test_actions_stand_without_their_owners() -> None:
    (table,) = _section(_external(_told()).report, "actions").blocks
    assert isinstance(table, Table)
    assert table.headings == ("Action", "Due", "Type", "Causes", "Done when", "State")
    assert table.rows == (
        (
            "Stage every release", "1 April 2026", "prevent", "A", "on-call engineer saw it on [host]",
            "blocked: no pipeline yet",
        ),
    )  # fmt: skip


def test_causes_stand_in_short() -> None:
    assert _section(_external(_told()).report, "causes").blocks == (
        Bullets((Item("on-call engineer saw it on [host]", "A · Root cause"),)),
    )


def test_the_timeline_stands_without_evidence() -> None:
    table, durations = _section(_external(_told()).report, "timeline").blocks
    assert isinstance(table, Table)
    assert table.rows[0] == (
        "12 March 2026 15:30",
        "event",
        "on-call engineer saw it on [host] (impact began; known then: all was quiet)",
    )
    assert isinstance(durations, Bullets)
    assert durations.items[0] == Item("9 minutes", "Time to detect")


def test_a_preview_tells_what_was_masked() -> None:
    found = dict(_external(_told(), "falcon").masked)
    assert list(found) == ["Ana", "db01.corp", "Falcon"]
    assert found["Falcon"] == 1


def test_a_rehearsal_stays_one_and_nothing_of_it_is_masked() -> None:
    library = Library(MemoryShelf(), FakeClock(), Ids(), zone="UTC")
    service = library.open(rehearse(library, worked=True))
    pm = service.snapshot.post_mortem
    found = external(compose(pm, service.sitting, service.now()), pm, ())
    assert dict(found.report.facts)["Rehearsal"] == "held for practice on a public incident"
    assert found.masked == ()


def test_causes_that_are_not_complete_and_actions_that_are_not_there_are_told() -> None:
    pm = replace(with_action(), actions=(), no_actions_because="Ana's partner owns it", people=_told().people)
    report = _external(pm).report
    assert _section(report, "actions").blocks == (
        Paragraph("The room agreed on no actions: on-call engineer's partner owns it."),
    )
    pm = replace(pm, settlements=(), causes=())
    assert _section(_external(pm).report, "summary").blocks[0] == Paragraph(
        "Causes incomplete: no actions agreed.", notice=True
    )


def test_any_block_is_masked_and_what_nobody_named_stays_inside() -> None:
    tree = Tree("falcon", (Item("falcon", "falcon", "falcon", 1),))
    sections = (
        Section("Falcon", (tree,), "summary"), Section("x", (Paragraph("falcon"),), "causes"),
        Section("Secret", (Paragraph("x"),), "people"), Section("x", (Paragraph("x"),), "timeline"),
        Section("x", (Paragraph("x"),)),
    )  # fmt: skip
    found = external(Report("x", (), sections, sections), with_action(), ["falcon"])
    assert found.report.appendix == ()
    assert found.report.sections[:2] == (
        Section("[internal]", (Tree("[internal]", (Item("[internal]", "[internal]", "[internal]", 1),)),), "summary"),
        Section("x", (Paragraph("[internal]"),), "causes"),
    )
    assert [section.key for section in found.report.sections] == ["summary", "causes", "timeline"]
    assert found.masked == (("Falcon", 6),)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_masked_as_any_others(name: str) -> None:
    words = HOSTILE[name].replace("\ud800", "?")
    pm = replace(_told(), impact=f"Ana said: {words}", title=words)
    for form in (markdown, html, text):
        said = form(_external(pm).report)
        assert "Ana" not in said
        assert not any((ord(char) < 0x20 and char != "\n") or 0x7F <= ord(char) < 0xA0 for char in said)
    said = text(_external(pm, words).report)
    assert visible(words).strip() not in said


_WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6).filter(str.strip)


@settings(max_examples=30)
@given(legal_post_mortems(), st.lists(_WORDS, max_size=3))
def test_nothing_hidden_is_left_in_any_text(pm: PostMortem, hidden: list[str]) -> None:
    found = _external(pm, *hidden, pm.title[:3])
    no_names = _COMMON | {visible(person.role).strip().lower() for person in pm.people}
    owners = [owner for one in pm.actions if (owner := visible(one.owner).strip("@ ")).lower() not in no_names]
    names = [person.name for person in pm.people if visible(person.name).strip().lower() not in _COMMON]
    gone = [word for word in (*hidden, pm.title[:3], *names, *owners) if visible(word).strip()]
    for said in _texts(found.report):
        assert not [word for word in gone if _stands(word, said)], said
    for form in (markdown, html, text):
        assert form(found.report)


def _stands(word: str, said: str) -> bool:
    phrase = r"\s+".join(map(re.escape, visible(word).split()))
    return bool(re.search(rf"(?<!\w){phrase}(?!\w)", said, re.IGNORECASE))


def _texts(report: Report) -> Iterator[str]:
    yield report.title
    for fact in report.facts:
        yield from fact
    for section in report.sections:
        yield section.title
        for block in section.blocks:
            match block:
                case Paragraph(words):
                    yield words
                case Bullets(items):
                    yield from (part for item in items for part in (item.label, item.text, item.note))
                case Table(headings, rows):
                    yield from headings
                    yield from (cell for row in rows for cell in row)
                case Strip(moments, spans):
                    yield from spans
                    yield from (part for moment in moments for part in (moment.label, moment.said))
                case Tree():
                    raise AssertionError
