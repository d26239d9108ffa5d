"""Whole pastes and documents: entries, their further words, days, and what is none of these."""

from __future__ import annotations

import codecs
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.core.errors import Unfit
from pmfacil.core.model import Entry, EntryId, EntryKind
from pmfacil.intake.block import Verdict, read_block, title_of, turned
from pmfacil.intake.candidates import Candidate, candidates, corrected, dated, line_of
from pmfacil.intake.material import read_file, read_material, text_of
from pmfacil.intake.placing import Context, day_of_story
from tests.meetings import fresh_service, texts

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
STORY = Context("UTC", date(2026, 3, 12), None, NOW)
BLANK = Context("UTC", None, None, NOW)


def _found(text: str, context: Context = STORY) -> list[tuple[str, str]]:
    return [(_at(one), one.text) for one in candidates(read_block(text), context)]


def _at(one: Candidate) -> str:
    at = one.placed.at
    return f"{at:%d %H:%M}" if at else f"{one.placed.day:%d}" if one.placed.day else "?"


def test_a_list_with_words_on_further_lines() -> None:
    text = "Some prose before.\n\n- 14:05 alert fires\n  and nobody sees it\n- 14:12 ticket\n\nProse after it.\n"
    assert _found(text) == [("12 14:05", "alert fires and nobody sees it"), ("12 14:12", "ticket")]


def test_headings_with_their_first_paragraph() -> None:
    text = "### 14:05\n\nThe alert fires.\nNobody sees it.\n\nA second paragraph.\n\n### 14:12 ###\nA ticket.\n## Causes\nNo.\n"
    assert _found(text) == [("12 14:05", "The alert fires. Nobody sees it."), ("12 14:12", "A ticket.")]


def test_a_table_whose_time_is_not_its_first_column() -> None:
    text = "| # | Who | Time (UTC) | What | |\n|--|:-:|--|--|--|\n| 1 | Ann | 14:05 | alert | x |\n| 2 | Ben | 14:12 | a fix |"
    assert _found(text) == [("12 14:05", "alert"), ("12 14:12", "a fix")]
    text = (
        "| Date | Time | What |\n|---|---|---|\n| 2026-03-13 | 14:05 | alert |\n\n| Name | Size |\n|---|---|\n| a | 3 |"
    )
    assert _found(text) == [("13 14:05", "alert")]


def test_a_chat_copied_from_the_screen_keeps_no_names() -> None:
    text = ">kate [10:01 AM]\n>looking (edited)\n>> now\n\n> matt   [10:03 AM]  \n> ok\n> kate   [3 hours ago]\n> yes\n"
    assert _found(text) == [("12 10:01", "looking now"), ("12 10:03", "ok yes")]
    text = "[10:01] <kate> looking\n[10:02] <matt> ok\n10:03 <kate> done"
    assert [words for _, words in _found(text)] == ["looking", "ok", "done"]


def test_a_log_is_entries_and_an_excerpt_of_one_is_not() -> None:
    log = "2026-03-12 14:05:33,123 ERROR pool is full\n  at x.y\n2026-03-12T14:06:00.1Z WARN slow\n[2026-03-12 14:07:00.1] ok\n"
    assert [at for at, _ in _found(log)] == ["12 14:05", "12 14:06", "12 14:07"]
    assert _found(log)[0][1] == "ERROR pool is full at x.y"
    story = f"- 14:05 It went down.\n\n```\n{log}```\n\n- 14:09 It came back.\n- 14:11 All clear.\n- 14:12 Mail.\n- 14:13 End.\n"
    assert [words for _, words in _found(story)] == ["It went down.", "It came back.", "All clear.", "Mail.", "End."]


def test_code_blocks_end_where_commonmark_ends_them() -> None:
    assert [at for at, _ in _found("```\n```bash\n- 13:00 no\n```\n- 14:05 yes\n")] == ["12 14:05"]


def test_days_in_headings_rule_the_lines_below() -> None:
    text = "### October 21, 2025 - First\n- 22:50 a\n- 00:10 b\n### 2025-10-28\n- 19:12 c\n24/10/25\n9:00 d"
    found = [one.placed.at for one in candidates(read_block(text), BLANK)]
    assert [f"{at:%m-%d %H:%M}" for at in found if at] == ["10-21 22:50", "10-22 00:10", "10-28 19:12", "10-24 09:00"]


def test_the_day_of_a_title_is_the_day_of_the_times() -> None:
    assert candidates(read_block("# 2018-01-04, Failed deploy\n\n- 07:33 x"), BLANK)[0].placed.at == datetime(
        2018, 1, 4, 7, 33, tzinfo=UTC
    )
    assert not dated(read_block("- 07:33 x"), BLANK)
    assert dated(read_block("- 2018-01-04 07:33 x"), BLANK)
    year = "- Oct 21: Before\n- 2019-10-22 07:33 x"
    assert candidates(read_block(year), BLANK)[0].placed.day == date(2019, 10, 21)


def test_a_heading_that_names_a_zone_rules_the_lines_that_name_none() -> None:
    found = candidates(read_block("All times are in PST\n- 14:05 x\n- 14:06 UTC y"), STORY)
    assert [f"{one.placed.at:%H:%M}" for one in found if one.placed.at] == ["22:05", "14:06"]


def test_midnight_is_crossed_and_a_slip_is_not_a_new_day() -> None:
    assert [at for at, _ in _found("- 23:21 a\n- 21:31 b\n- 23:50 c\n- 00:10 d\n- 09:00 e\n- 08:30 f")] == [
        "12 23:21", "12 21:31", "12 23:50", "13 00:10", "13 09:00", "13 08:30",
    ]  # fmt: skip


def test_a_clock_of_twelve_hours_that_does_not_say_so_is_read_from_context() -> None:
    found = candidates(read_block("- 11:30 a\n- 1:52 b\n- 3:05 PM c"), STORY)
    assert [_at(one) for one in found] == ["12 11:30", "12 13:52", "12 15:05"]
    assert found[1].placed.notes == ("read as the afternoon",)
    assert [at for at, _ in _found("- 11:30 a\n- 1:52 b\n- 15:05 c")] == ["12 11:30", "13 01:52", "13 15:05"]


def test_numbers_are_read_as_the_document_shows_their_order() -> None:
    text = "- 03/04/2026 09:00 a\n- 25/04/2026 09:00 b"
    assert [one.placed.at.month for one in candidates(read_block(text), BLANK) if one.placed.at] == [4, 4]
    text = "- 03/04/2026 09:00 a\n- 03/25/2026 09:00 b"
    assert [one.placed.at.month for one in candidates(read_block(text), BLANK) if one.placed.at] == [3, 3]


def test_kinds_and_links_are_read_and_the_words_stay_whole() -> None:
    (one,) = candidates(read_block("- 14:05 **Recovery:** all is well (https://x.example/1)."), STORY)
    assert (one.kind, one.evidence) == (EntryKind.RECOVERY, "https://x.example/1")
    assert one.text == "**Recovery:** all is well (https://x.example/1)."
    assert candidates(read_block("- 14:05 Decision made to wait"), STORY)[0].kind is EntryKind.EVENT


def test_what_the_timeline_has_already_is_marked() -> None:
    at = datetime(2026, 3, 12, 14, 5, 20, tzinfo=UTC)
    known = [Entry(EntryId("1"), "Alert fires: p99 is high", at=at), Entry(EntryId("2"), "Released", day=at.date())]
    text = "- 14:05 alert fires, p99 is high, and stays so\n- 14:05 alert\n- 2026-03-12: Released\n- 14:05 alert\n"
    assert [one.duplicate for one in candidates(read_block(text), STORY, known)] == [True, False, True, True]


def test_a_line_can_be_taken_for_something_else() -> None:
    block = read_block("- 14:05 a\nnot an entry\n\nneither\n")
    assert [one.verdict for one in block.readings] == [
        Verdict.ENTRY, Verdict.CONTINUATION, Verdict.NONE, Verdict.NONE,
    ]  # fmt: skip
    readings = block.readings
    seen = []
    for _ in range(3):
        readings = turned(readings, 3)
        seen.append(readings[3].verdict)
    assert seen == [Verdict.ENTRY, Verdict.CONTINUATION, Verdict.NONE]
    first = turned(readings, 0)[0].verdict
    assert first is Verdict.NONE, "the first line has no entry above it to go on with"
    assert turned(turned(readings, 1), 1)[1].words == "not an entry"


def test_the_further_lines_of_an_entry_leave_and_come_back_with_it() -> None:
    readings = read_block("ana  2:05 PM\nalert fires\n\nbo  2:12 PM\nfirst ticket\n\nthree by now\n").readings
    joined = turned(readings, 3)
    assert [one.text for one in candidates(replace(read_block(""), readings=joined), STORY)] == [
        "alert fires first ticket three by now"
    ]
    left = turned(joined, 3)
    assert [one.text for one in candidates(replace(read_block(""), readings=left), STORY)] == ["alert fires"]
    assert turned(left, 3) == readings


def test_a_correction_says_when_and_what_and_keeps_the_rest() -> None:
    block = read_block("- 14:05 Decision: wait\n")
    (before,) = candidates(block, STORY)
    assert line_of(before, STORY) == "2026-03-12 14:05 decision Decision: wait"
    fixed = corrected(block.readings[0], "15:05-15:10 they wait", STORY, before)
    assert (fixed.kind, fixed.words) == (EntryKind.DECISION, "they wait")
    assert fixed.until == datetime(2026, 3, 12, 15, 10, tzinfo=UTC)
    day = corrected(block.readings[0], "2026-03-13: signal they wait", STORY, None)
    assert (str(day.stamp.day), day.at, day.kind) == ("2026-03-13", None, EntryKind.SIGNAL)


def test_a_time_can_be_moved_by_days_and_those_after_it_follow() -> None:
    from dataclasses import replace

    block = read_block("- 14:05-14:10 a\n- 14:12 b\n")
    moved = replace(block.readings[0], shift=timedelta(days=1))
    found = candidates(replace(block, readings=(moved, *block.readings[1:])), STORY)
    assert [_at(one) for one in found] == ["13 14:05", "13 14:12"]
    assert found[0].placed.until == datetime(2026, 3, 13, 14, 10, tzinfo=UTC)


def test_an_entry_of_a_candidate_has_what_it_says() -> None:
    (one,) = candidates(read_block("- ~14:05-14:10 a"), STORY)
    entry = one.entry(EntryId("1"))
    assert (entry.text, entry.approximate, entry.day) == ("a", True, None)
    assert entry.until == datetime(2026, 3, 12, 14, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "words", "link"),
    [
        ("[Release 4.12](https://x.example/4) goes out", "Release 4.12 goes out", "https://x.example/4"),
        ("[a](https://x.example/1) and [b](https://x.example/2)", None, "https://x.example/1"),
        ("see https://x.example/3", None, "https://x.example/3"),
        ("[sic] quiet", None, ""),
    ],
)
def test_the_link_of_an_entry_leaves_its_words_behind(line: str, words: str | None, link: str) -> None:
    (one,) = candidates(read_block(f"- 14:05 {line}\n"), STORY)
    entry = one.entry(EntryId("1"))
    assert (entry.text, entry.evidence) == (words or line, link)


def test_a_document_has_a_title() -> None:
    assert title_of(read_block("# The outage #\n# Another")) == "The outage"
    assert title_of(read_block('title: "The outage"\n')) == "The outage"
    assert title_of(read_block("- 14:05 x")) == ""


def test_the_day_of_a_story_is_its_own_or_that_of_its_first_entry() -> None:
    from dataclasses import replace

    pm = replace(fresh_service().snapshot.post_mortem, occurred_on=None)
    assert day_of_story(pm) is None
    pm = replace(pm, entries=(Entry(EntryId("1"), "x"), Entry(EntryId("2"), "y", day=date(2026, 3, 1))))
    assert day_of_story(pm) == date(2026, 3, 1)


def test_bytes_of_any_editor_are_text() -> None:
    assert text_of("14:05 café shut".encode("cp1252")) == "14:05 café shut"
    assert text_of(codecs.BOM_UTF8 + "14:05 é".encode()) == "14:05 é"
    assert text_of("14:05 é".encode("utf-16")) == "14:05 é"


def test_files_that_say_nothing_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unfit, match=r"Nothing in notes\.txt says when something happened"):
        read_material(b"only words\n", "notes.txt")
    with pytest.raises(Unfit, match="This file is not text"):
        read_material(b"14:05 \0\0", "x.bin")
    with pytest.raises(Unfit, match="This file is larger than 64 MiB"):
        read_material(b"x" * (64 * 1024 * 1024 + 1), "big.txt")
    with pytest.raises(Unfit, match="cannot be read: no such file"):
        read_file(tmp_path / "missing.txt")
    (tmp_path / "there.md").write_text("- 14:05 x\n", encoding="utf-8")
    assert read_file(tmp_path / "there.md").source == "there.md"


def test_a_table_without_zones_is_read_in_the_incidents_zone() -> None:
    data = b"time,text,end\n2026-07-01 14:05:30,alert,2026-07-01 14:10\n2026-07-02,mail,\n2026-07-01T14:06:00Z,back,\n"
    london = Context("Europe/London", None, None, NOW)
    found = candidates(read_material(data, "x.csv"), london)
    assert [_at(one) for one in found] == ["01 13:05", "02", "01 14:06"]


@given(
    st.lists(texts() | st.sampled_from(["- 14:05 x", "### 14:06", "| 14:07 | y |", "```", "> a [1:02 PM]", "", "  z"]))
)
def test_any_paste_is_read_line_by_line_and_no_line_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    block = read_block(text)
    assert [one.raw for one in block.readings] == text.splitlines()
    for one in candidates(block, STORY):
        one.entry(EntryId("x"))
