"""Plain text: it fits a mail, hangs where words began, and breaks nothing that somebody wants to click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmfacil.core.text import visible
from pmfacil.report.composing import compose
from pmfacil.report.document import Bullets, Item, Moment, Paragraph, Report, Section, Strip, Table, Tree
from pmfacil.report.text import WIDTH, text
from tests.hostile import HOSTILE
from tests.meetings import fresh_service
from tests.store.values import legal_post_mortems

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem
    from pmfacil.report.document import Block

LINK = f"https://wiki.example/{'incidents/' * 9}"


def _report(*blocks: Block, title: str = "Outage") -> Report:
    return Report(title, (), (Section("Part", blocks, "part"),), ())


def _told(*blocks: Block) -> list[str]:
    """The lines below the heading of the only section."""
    lines = text(_report(*blocks)).splitlines()
    return lines[lines.index("----") + 2 :]


def test_titles_facts_and_sections_in_their_order() -> None:
    part = Section("Part", (Paragraph("Words."),), "part")
    report = Report("Outage", (("Kind", "incident"), ("Team", "payments")), (part,), (part,))
    assert text(report) == (
        "Outage\n======\n\nKind: incident\nTeam: payments\n\nPart\n----\n\nWords.\n\n"
        "Appendix\n========\n\nPart\n----\n\nWords.\n"
    )


def test_a_long_title_is_underlined_as_far_as_it_goes() -> None:
    lines = text(_report(Paragraph("x"), title="word " * 20)).splitlines()
    assert lines[0] == " ".join(["word"] * 14)
    assert lines[2] == "=" * len(lines[0])


def test_paragraphs_are_wrapped_and_notices_begin_as_such() -> None:
    assert _told(Paragraph("Causes incomplete.", notice=True)) == ["Please note: Causes incomplete."]
    told = _told(Paragraph("several words " * 12))
    assert len(told) == 3
    assert all(len(line) <= WIDTH for line in told)


def test_bullets_hang_and_nest() -> None:
    items = (Item("one " * 20, "Label"), Item("two", note="a note", depth=1))
    assert _told(Bullets(items)) == [
        "* Label: one one one one one one one one one one one one one one one one",
        "  one one one one",
        "  * two (a note)",
    ]


def test_a_table_is_told_row_by_row() -> None:
    rows = (("Stage every release", "Ana", "–"), ("Page somebody", "", "1 April"))
    assert _told(Table(("Action", "Owner", "Due"), rows)) == [
        "* Stage every release",
        "  Owner: Ana",
        "* Page somebody",
        "  Due: 1 April",
    ]


def test_a_row_hangs_below_its_label() -> None:
    told = _told(Table(("Action", "Done when"), (("x", "it is done " * 10),)))
    assert told[1].startswith("  Done when: it")
    assert told[2].startswith("    ")


def test_a_strip_has_a_line_for_each_moment() -> None:
    moments = (Moment("Impact began", "9:05", 0), Moment("Detected", "~13:12", 0.5), Moment("Resolved", "14:00", 1))
    assert _told(Strip(moments, ("4 h 7 min", "48 minutes"))) == [
        "    9:05  Impact began",
        "  ~13:12  Detected (4 h 7 min later)",
        "   14:00  Resolved (48 minutes later)",
    ]


def test_a_tree_is_an_indented_list() -> None:
    items = (Item("one", "why 1"), Item("two", "why 2", "root cause", 1), Item("three", "why 1"))
    assert _told(Tree("Impact", items)) == [
        "* Impact",
        "  * why 1: one",
        "    * why 2: two (root cause)",
        "  * why 1: three",
    ]


def test_a_deep_tree_keeps_room_for_words() -> None:
    told = _told(Tree("x", tuple(Item("word " * 12, depth=depth) for depth in range(60))))
    assert max(map(len, told)) <= WIDTH


@pytest.mark.parametrize("address", [LINK, f"{'ana' * 30}@example.com", f"/var/log/{'x' * 80}", f"www.{'x' * 80}.com"])
def test_addresses_are_not_broken(address: str) -> None:
    assert address in _told(Paragraph(f"see {address} for more"))


def test_other_long_words_are() -> None:
    told = _told(Bullets((Item("障害が発生しました" * 20),)))
    assert "".join(line[2:] for line in told) == "障害が発生しました" * 20
    assert max(map(len, told)) <= WIDTH


def test_nothing_to_say_is_said_in_a_bare_bullet() -> None:
    assert _told(Bullets((Item(" "),)), Strip((), ())) == ["*"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_all_there_and_harmless(name: str) -> None:
    words = HOSTILE[name]
    blocks = (
        Paragraph(words), Bullets((Item(words, words, words),)), Table(("a", words), ((words, words),)),
        Strip((Moment(words, "9:05", 0), Moment(words, "9:06", 1)), (words,)), Tree(words, (Item(words),)),
    )  # fmt: skip
    said = text(_report(*blocks, title=words))
    assert not any((ord(char) < 0x20 and char != "\n") or 0x7F <= ord(char) < 0xA0 for char in said)
    letters = "".join(visible(words).split())
    assert "".join(said.split()).count(letters) >= 10


@settings(max_examples=25)
@given(legal_post_mortems())
def test_any_report_is_plain_text(pm: PostMortem) -> None:
    said = text(compose(pm, None, fresh_service().now()))
    assert said.endswith("\n")
    assert not said.endswith("\n\n")
    lines = said.split("\n")
    assert all(len(line) <= WIDTH for line in lines)
    assert all(line == visible(line).rstrip() for line in lines)


@given(st.text(max_size=200))
def test_no_word_is_lost(words: str) -> None:
    said = "".join(_told(Paragraph(f"a {words}")))[1:]
    assert "".join(said.split()) == "".join(visible(words).split())
