"""The report: short, true, blameless, and safe in every form."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pmfacil import codec
from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.ending import ActionId
from pmfacil.core.facts import PersonId
from pmfacil.core.kind import Kind
from pmfacil.core.model import (
    ActionState,
    Anchor,
    Area,
    CauseId,
    DissentId,
    Entry,
    EntryId,
    EntryKind,
    FixId,
    QuestionId,
    SettlementId,
    StrengthId,
)
from pmfacil.core.text import visible
from pmfacil.library import Library
from pmfacil.rehearsal import rehearse
from pmfacil.report.checks import remarks
from pmfacil.report.composing import compose, drafted_summary
from pmfacil.report.document import Bullets, Paragraph, Table
from pmfacil.report.formats import Format, render
from pmfacil.report.markdown import escaped
from pmfacil.report.outline import Role, outline
from tests.clock import FakeClock, Ids
from tests.fakes import MemoryShelf
from tests.hostile import HOSTILE
from tests.meetings import fresh_service, post_mortems, settle_something

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem
    from pmfacil.facilitation import Facilitation
    from pmfacil.report.document import Report


TEXTS = [form for form in Format if form is not Format.PDF]


def _worked() -> Facilitation:
    library = Library(MemoryShelf(), FakeClock(), Ids(), zone="UTC")
    return library.open(rehearse(library, worked=True))


def _sections(report: Report) -> list[str]:
    return [section.title for section in report.sections]


def _words(report: Report) -> str:
    return "\n".join(f"{line.text} {line.note}" for line in outline(report))


def _composed(service: Facilitation) -> Report:
    return compose(service.snapshot.post_mortem, service.sitting, service.now())


def test_the_worked_example_has_every_section_in_its_order() -> None:
    report = _composed(_worked())
    assert _sections(report) == [
        "Summary", "Impact", "Trigger", "Root causes and contributing factors", "Actions", "Accepted risks",
        "What worked", "Timeline", "Second accounts", "Open questions", "People", "Follow-up",
    ]  # fmt: skip
    assert [section.title for section in report.appendix] == [
        "Full timeline", "Why tree", "Parked fixes", "Settling the causes", "Time used",
    ]  # fmt: skip


def test_a_post_mortem_with_nothing_said_says_so_and_invents_nothing() -> None:
    service = fresh_service()
    report = _composed(service)
    assert _sections(report) == ["Summary"]
    assert report.appendix == ()
    notice, summary = report.sections[0].blocks
    assert notice == Paragraph("Causes incomplete: no actions agreed.", notice=True)
    assert summary == Paragraph("Checkout outage (12 March 2026).")


def test_a_meeting_that_landed_names_the_day_of_part_two() -> None:
    service = fresh_service()
    service.do(verbs.land, date(2026, 3, 19), service.now())
    assert "no actions agreed. Part two is on 19 March 2026." in _words(_composed(service))
    service.do(verbs.land, None, service.now())
    assert "Part two" not in _words(_composed(service))


def test_a_summary_in_the_rooms_own_words_takes_the_place_of_the_draft() -> None:
    service = _worked()
    service.do(verbs.write_summary, "In our own words.")
    assert _composed(service).sections[0].blocks == (Paragraph("In our own words."),)


def test_names_stand_only_beside_actions() -> None:
    service = fresh_service()
    settle_something(service)
    for key, name, role in (("a", "Ana Ruiz", "on-call"), ("b", "Ben Okoro", "on-call"), ("c", "Chandra Rao", "")):
        service.do(verbs.welcome, PersonId(key), name, role)
    causes = service.snapshot.post_mortem.settlements[0].causes
    service.do(verbs.agree_action, ActionId("x"), "Stage every release", causes, owner="Ana Ruiz")
    words = _words(_composed(service))
    assert "In the room: on-call (2), 1 more." in words
    assert words.count("Ana Ruiz") == 1
    assert "Ben" not in words


@pytest.mark.parametrize(("present", "said"), [(1, "In the room: 1 person."), (2, "In the room: 2 people.")])
def test_people_without_a_role_are_counted(present: int, said: str) -> None:
    service = fresh_service()
    for number in range(present):
        service.do(verbs.welcome, PersonId(f"p{number}"), f"Somebody {number}", "")
    assert said in _words(_composed(service))


def test_what_is_missing_is_said_honestly() -> None:
    service = fresh_service()
    settle_something(service)
    now, causes = service.now(), service.snapshot.post_mortem.settlements[0].causes
    service.do(verbs.agree_action, ActionId("x"), "Stage every release", causes)
    service.do(verbs.move_action, ActionId("x"), ActionState.BLOCKED, "no pipeline yet", service.now())
    service.do(verbs.park_fix, FixId("f"), "a canary", now)
    service.do(verbs.record_entry, Entry(EntryId("e"), "It stopped", EntryKind.SIGNAL, at=now, acted_on=True))
    service.do(verbs.record_entry, Entry(EntryId("g"), "It stopped again"))
    service.do(verbs.agree_timeline, now)
    service.do(verbs.star_entry, EntryId("e"))
    words = _words(_composed(service))
    for said in (
        "no owner yet",
        "no date yet",
        "blocked: no pipeline yet",
        "1 early fix.",
        "(acted on)",
        "1 more entry",
    ):
        assert said in words
    service.do(verbs.record_entry, Entry(EntryId("h"), "more"))
    assert "it was amended after that" in _words(_composed(service))
    assert "2 more entries in the appendix" in _words(_composed(service))


def test_no_actions_and_reopened_causes_are_told() -> None:
    service = fresh_service()
    settle_something(service)
    service.do(verbs.agree_on_no_actions, "A partner owns it")
    assert "The room agreed on no actions: A partner owns it." in _words(_composed(service))
    service.do(verbs.ask_why, CauseId("new"), "Another one", None, service.now() + timedelta(minutes=3))
    assert "reopened at 14:00" not in _words(_composed(service))
    assert "reopened at 14:03" in _words(_composed(service))


def test_early_root_causes_uncovered_ones_and_counts_are_printed() -> None:
    service = fresh_service()
    now = service.now()
    service.do(verbs.name_trigger, "A release!")
    for name in ("one", "two"):
        service.do(verbs.ask_why, CauseId(name), f"Condition {name}", None, now)
        service.do(verbs.call_it_root_cause, CauseId(name), "seen twice before", now)
    service.do(verbs.settle_causes, SettlementId("s"), now)
    service.do(verbs.agree_action, ActionId("a"), "Stage it", (CauseId("one"),))
    words = _words(_composed(service))
    assert "called so early because: seen twice before" in words
    assert "No action and no accepted risk yet for cause B." in words
    assert "The room found 2 root causes and agreed on 1 action." in words
    assert "Trigger: A release!" in words


def test_a_learning_pulse_without_attendance_is_a_count() -> None:
    service = fresh_service()
    service.do(verbs.count_learned, 4)
    assert "Learned something new: 4" in _words(_composed(service))


def test_the_draft_tells_how_long_it_took() -> None:
    pm = _worked().snapshot.post_mortem
    assert "The timeline runs from 00:25 to 11:19 (America/Los_Angeles), 10 h 54 min." in drafted_summary(pm)
    assert "The room found no root causes" not in drafted_summary(pm)


def test_how_long_things_took_is_told_with_its_honest_status() -> None:
    service = fresh_service()
    at = service.now()
    moments = ((Anchor.IMPACT_BEGAN, 0), (Anchor.DETECTED, 7), (Anchor.RESOLVED, -5))
    for anchor, minutes in moments:
        entry = Entry(
            EntryId(anchor.value), f"{anchor} here", at=at + timedelta(minutes=minutes), known="all was quiet"
        )
        service.do(verbs.record_entry, entry)
        service.do(verbs.mark_anchor, anchor, entry.id)
    service.do(verbs.record_entry, Entry(EntryId("day"), "a day alone", day=date(2026, 4, 1)))
    service.do(verbs.rule_out_anchor, Anchor.MITIGATED)
    told = _words(_composed(service))
    assert "Time to detect: 7 minutes" in told
    assert "Time to acknowledge: pending: nothing in the timeline is marked as “acknowledged”, with a time" in told
    assert "Time to mitigate: not applicable" in told
    assert "Time to resolve: invalid: “resolved” lies before “impact began”" in told
    assert "detected here (detected; known then: all was quiet)" in told
    assert any("1 April 2026 ?" in line.lead for line in outline(_composed(service)))
    assert "It took 7 minutes to detect." in told


def test_before_export_everything_that_is_missing_is_listed() -> None:
    service = fresh_service()
    assert tuple(one.sentence for one in remarks(service.snapshot.post_mortem)) == (
        "The causes are not settled: the report will say that they are incomplete.",
        "Nothing stands under what worked.",
        "There is no follow-up date.",
        "Nobody owns the report yet.",
    )
    settle_something(service)
    causes = service.snapshot.post_mortem.settlements[0].causes
    service.do(verbs.park_fix, FixId("f"), "a canary", service.now())
    service.do(verbs.record_entry, Entry(EntryId("e"), "x"))
    found = "\n".join(one.sentence for one in remarks(service.snapshot.post_mortem))
    assert "Cause A has no action and no accepted risk" in found
    assert "1 parked fix is not decided." in found
    assert "The room has not agreed on the timeline." in found
    service.do(verbs.park_fix, FixId("g"), "b", service.now())
    service.do(verbs.agree_action, ActionId("a"), "Stage it", causes)
    found = "\n".join(one.sentence for one in remarks(service.snapshot.post_mortem))
    assert "No owner and no date yet: “Stage it”." in found
    assert "2 parked fixes are not decided." in found
    assert remarks(_worked().snapshot.post_mortem) == ()


# -- words in every field, in every form ---------------------------------------------------------------------


def _everywhere(words: str) -> PostMortem:
    """A post-mortem with the same words in every field that takes some."""
    service = fresh_service()
    now = service.now()
    service.do(verbs.rename, words)
    service.do(verbs.welcome, PersonId("p"), "Somebody Else", words)
    service.do(verbs.record_entry, Entry(EntryId("e"), words, at=now, evidence=words))
    service.do(verbs.dissent_from_timeline, DissentId("d"), words)
    service.do(verbs.state_impact, words)
    service.do(verbs.name_trigger, words)
    service.do(verbs.ask_why, CauseId("c"), words, None, now)
    service.do(verbs.call_it_root_cause, CauseId("c"), words, now)
    service.do(verbs.ask_why, CauseId("c2"), words, None, now)
    service.do(verbs.stop_line, CauseId("c2"), words, now)
    service.do(verbs.ask_why, CauseId("c3"), words, None, now)
    service.do(verbs.call_it_contributing, CauseId("c3"), now)
    service.do(verbs.settle_causes, SettlementId("s"), now)
    service.do(verbs.note_strength, StrengthId("st"), Area.LUCK, words)
    for fix in ("f1", "f2", "f3"):
        service.do(verbs.park_fix, FixId(fix), words, now)
    service.do(verbs.adopt_fix, FixId("f1"), ActionId("a"), (CauseId("c"),))
    service.do(verbs.merge_fix, FixId("f2"), ActionId("a"))
    service.do(verbs.drop_fix, FixId("f3"), words)
    action = replace(service.snapshot.post_mortem.actions[0], owner=words, done_when=words)
    service.do(verbs.revise_action, action)
    service.do(verbs.move_action, ActionId("a"), ActionState.BLOCKED, words, service.now())
    service.do(verbs.accept_risk, CauseId("c3"), words)
    service.do(verbs.leave_question, QuestionId("q"), words)
    service.do(verbs.write_summary, words)
    service.do(verbs.name_report_owner, words)
    service.do(verbs.name_audience, words)
    return service.snapshot.post_mortem


class _Reader(HTMLParser):
    """What a browser would show, and every tag on the way."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not any(name.startswith("on") or name == "href" for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.shown.append(data)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_shown_in_html_as_they_were_typed(name: str) -> None:
    pm = _everywhere(HOSTILE[name])
    reader = _Reader()
    reader.feed(render(Format.HTML, pm, None, fresh_service().now()))
    shown = "".join(reader.shown)
    assert shown.count(visible(pm.title)) >= 20
    assert reader.tags <= {
        "html", "head", "meta", "title", "style", "body", "main", "header", "section", "h1", "h2", "h3", "p", "dl", "div",
        "dt", "dd", "ul", "li", "b", "i", "span", "table", "thead", "tbody", "tr", "th", "td", "svg", "path", "circle", "text",
    }  # fmt: skip
    assert "\x1b" not in shown


def _markdown_text(source: str) -> tuple[str, set[str]]:
    shown, kinds = [], set()
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source):
        kinds.add(token.type)
        for child in token.children or []:
            kinds.add(child.type)
            shown.append(child.content if child.type in ("text", "text_special", "code_inline") else "")
        shown.append("\n")
    return "".join(shown), kinds


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_shown_in_markdown_as_they_were_typed(name: str) -> None:
    pm = _everywhere(HOSTILE[name])
    shown, kinds = _markdown_text(render(Format.MARKDOWN, pm, None, fresh_service().now()))
    assert shown.count(" ".join(visible(pm.title).split(" "))) >= 20
    assert kinds.isdisjoint(
        {"html_block", "html_inline", "link_open", "image", "code_inline", "fence", "code_block", "em_open"}
    )


@settings(max_examples=300)
@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=30)
)
def test_any_line_survives_markdown(text: str) -> None:
    words = visible(text).strip()
    if not words:
        return
    for frame in ("{}", "- {}", "# {}", "| a |\n| --- |\n| {} |"):
        shown, kinds = _markdown_text(frame.format(escaped(words)))
        assert words in shown, (frame, escaped(words))
        assert kinds.isdisjoint({"html_inline", "html_block", "link_open", "image", "em_open", "strong_open", "s_open"})


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("name", HOSTILE)
def test_no_form_lets_a_control_character_out(name: str, form: Format) -> None:
    text = render(form, _everywhere(HOSTILE[name]), None, fresh_service().now()).replace("\r\n", "\n")
    assert not any((ord(char) < 0x20 and char != "\n") or 0x7F <= ord(char) < 0xA0 for char in text)


@settings(max_examples=40)
@given(post_mortems())
def test_any_post_mortem_can_be_reported_and_taken_back_in(pm: PostMortem) -> None:
    now = fresh_service().now()
    for form in TEXTS:
        assert render(form, pm, None, now).endswith("\n")
    assert codec.read_document(render(Format.JSON, pm, None, now)).post_mortem == pm
    assert all(line.role in Role for line in outline(compose(pm, None, now)))


def test_every_row_of_a_table_has_a_cell_for_each_heading() -> None:
    report = _composed(_worked())
    tables = [
        block
        for section in (*report.sections, *report.appendix)
        for block in section.blocks
        if isinstance(block, Table)
    ]
    assert len(tables) == 4
    assert all(len(row) == len(table.headings) for table in tables for row in table.rows)
    assert {one.name for one in fields(Bullets)} == {"items"}


def test_time_used_stands_beside_time_planned() -> None:
    service = fresh_service()
    service.steer(lambda sitting: sitting.enter(Step.OPEN, service.now()))
    report = compose(service.snapshot.post_mortem, service.sitting, service.now() + timedelta(minutes=7))
    assert report.appendix[0].blocks[0] == Table(
        ("Step", "Planned", "Used"),
        (
            ("Open", "5 min", "7 min"), ("Timeline", "20 min", "0 min"), ("Root causes", "25 min", "0 min"),
            ("What worked", "10 min", "0 min"), ("Actions", "15 min", "0 min"), ("Close", "5 min", "0 min"),
            ("Together", "80 min", "7 min"),
        ),
    )  # fmt: skip


def test_a_project_has_no_clock_times_to_report() -> None:
    library = Library(MemoryShelf(), FakeClock(), Ids(), zone="UTC")
    service = library.open(library.begin("Late migration", Kind.PROJECT, None))
    assert "Happened on" not in dict(_composed(service).facts)
