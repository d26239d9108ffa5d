"""The report on paper: complete, inert, inside its margins, and the same bytes every time."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]  # it ships no types; what is read with it is compared at once
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmfacil.core.model import Entry, EntryId, EntryKind
from pmfacil.core.text import visible
from pmfacil.library import Library
from pmfacil.rehearsal import rehearse
from pmfacil.report.composing import compose
from pmfacil.report.document import Bullets, Item, Moment, Paragraph, Report, Section, Strip, Table, Tree
from pmfacil.report.pdf import Pages, pages, pdf, printed
from tests.clock import FakeClock, Ids
from tests.fakes import MemoryShelf
from tests.hostile import HOSTILE
from tests.meetings import fresh_service, post_mortems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.model import PostMortem
    from pmfacil.report.document import Block

_MILLIMETRE = 72 / 25.4
_FOOT = 16 * _MILLIMETRE  # the footer lies below


def _worked() -> Report:
    library = Library(MemoryShelf(), FakeClock(), Ids(), zone="UTC")
    service = library.open(rehearse(library, worked=True))
    return compose(service.snapshot.post_mortem, service.sitting, service.now())


def _short(*blocks: Block, title: str = "Checkout outage", key: str = "") -> Report:
    return Report(title, (("Kind", "incident"),), (Section("Summary", blocks, key),), ())


def _filled(words: str) -> Report:
    """A report with the same words wherever people's words can stand."""
    items = (Item(words, "A", words), Item(words, depth=1), Item(words, note=words, depth=9), Item(words))
    actions = Table(("Action", "Owner", "Due", "Type", "Causes", "Done when", "State"), ((words,) * 7,))
    blocks = (Paragraph(words), Paragraph(words, notice=True), Bullets(items), actions)
    timeline = Table(("When (UTC)", "Kind", "What happened"), (("12:00", "event", words),))
    extra = (timeline, Tree(words, items))
    return Report(
        words,
        (("Report owner", words), ("Kind", "incident"), ("Team", words)),
        (Section(words, blocks, "actions"),),
        (Section(words, extra, "why-tree"),),
    )


def _texts(report: Report) -> Iterator[str]:
    """Every text of a report, as it would be typed."""
    yield report.title
    for label, value in report.facts:
        yield from (label, value)
    for section in (*report.sections, *report.appendix):
        yield section.title
        for block in section.blocks:
            yield from _block_texts(block)


def _block_texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text, _):
            yield text
        case Bullets(items) | Tree(_, items):
            yield getattr(block, "root", "")
            for item in items:
                yield from (item.label, item.text, item.note)
        case Table(headings, rows):
            yield from headings
            for row in rows:
                yield from row
        case Strip(moments, spans):
            for moment in moments:
                yield from (moment.label, moment.said)
            yield from spans


def _letters(text: str) -> str:
    # PDFium tells a hyphen at the end of a line as one of these.
    return re.sub(r"\s", "", re.sub("[\ufffe\x02]", "-", text))


def _read(data: bytes) -> str:
    """Return the letters of all pages in reading order, without their footers."""
    with pypdfium2.PdfDocument(data) as document:
        return _letters("".join(page.get_textpage().get_text_bounded(bottom=_FOOT) for page in document))


def _assert_inside(data: bytes) -> None:
    """Assert that no letter stands outside the margins."""
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            for place in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(place)
                assert left > 17 * _MILLIMETRE, place
                assert right < width - 17 * _MILLIMETRE, place
                assert bottom > 5 * _MILLIMETRE, place
                assert top < height - 10 * _MILLIMETRE, place


# -- the rehearsal -------------------------------------------------------------------------------------------


def test_the_rehearsal_takes_two_pages_and_an_appendix() -> None:
    found = printed(_worked())
    assert found.pages == Pages(2, 1)
    with pypdfium2.PdfDocument(found.data) as document:
        assert len(document) == 3
        first, second, third = (_letters(page.get_textpage().get_text_range()) for page in document)
    for heading in ("Summary", "Trigger", "Rootcauses", "Actions", "Acceptedrisks"):
        assert heading in first
    assert "Timeline" in second
    assert third.startswith("Appendix")
    assert "page2of3" in second


def test_everything_in_the_report_can_be_read_back() -> None:
    report = _worked()
    shown = _read(pdf(report))
    for text in _texts(report):
        assert _letters(text) in shown, text
    _assert_inside(pdf(report))


def test_text_stands_in_the_order_in_which_it_is_read() -> None:
    report = _worked()
    shown = _read(pdf(report))
    place = 0
    for section in report.sections:
        place = shown.index(_letters(section.title), place)
        for block in section.blocks:
            for text in _block_texts(block):
                if isinstance(block, Paragraph | Bullets):
                    place = shown.index(_letters(text), place)


def test_what_is_spaced_out_is_read_as_a_word() -> None:
    with pypdfium2.PdfDocument(pdf(_short())) as document:
        assert document[0].get_textpage().get_text_range().startswith("POST-MORTEM\r\n")


def test_headings_are_bookmarks_and_the_title_is_the_documents() -> None:
    report = _worked()
    with pypdfium2.PdfDocument(pdf(report)) as document:
        told = [(mark.level, mark.get_title()) for mark in document.get_toc()]
        about = document.get_metadata_dict()
        tagged = document.is_tagged()
    assert told == [
        *((0, section.title) for section in report.sections),
        (0, "Appendix"),
        *((1, section.title) for section in report.appendix),
    ]
    assert about["Title"] == report.title
    assert about["CreationDate"] == about["ModDate"] == ""
    assert tagged


def test_the_pdf_says_its_language_and_keeps_the_standard_for_accessible_ones() -> None:
    data = pdf(_worked())
    assert b"(en-GB)" in data
    assert b"pdfuaid" in data


# -- pages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paragraphs", [1, 60])
@pytest.mark.parametrize("appended", [0, 90])
def test_pages_are_those_of_the_pdf(paragraphs: int, appended: int) -> None:
    words = Paragraph("latency " * 20)
    extra = (Section("More", (words,) * appended),) if appended else ()
    report = replace(_short(*(words,) * paragraphs), appendix=extra)
    counted = pages(report)
    with pypdfium2.PdfDocument(pdf(report)) as document:
        starts = [
            number
            for number, page in enumerate(document)
            if page.get_textpage().get_text_range().startswith("Appendix")
        ]
        assert counted.main + counted.appendix == len(document)
    assert starts == ([counted.main] if appended else [])
    assert (counted.appendix > 0) == bool(appended)


def test_a_post_mortem_with_nothing_said_is_one_page() -> None:
    service = fresh_service()
    report = compose(service.snapshot.post_mortem, service.sitting, service.now())
    assert pages(report) == Pages(1, 0)
    assert _letters("Causes incomplete: no actions agreed.") in _read(pdf(report))


def test_a_report_of_nothing_at_all_is_a_page() -> None:
    assert pages(Report("", (), (), ())) == Pages(1, 0)
    hollow = (Bullets(()), Table(("Action",), ()), Tree("", ()), Paragraph(""))
    assert pages(_short(*hollow)) == Pages(1, 0)


def test_two_thousand_entries_fill_the_appendix_in_reasonable_time() -> None:
    service = fresh_service()
    entries = tuple(
        Entry(
            EntryId(f"e{number}"),
            f"Entry {number}: the queue grew, and somebody looked into it",
            list(EntryKind)[number % 6],
            at=service.now() + timedelta(minutes=number),
        )
        for number in range(2000)
    )
    report = compose(replace(service.snapshot.post_mortem, entries=entries), None, service.now())
    started = time.process_time()  # whatever else this machine has to do
    found = printed(report)
    assert time.process_time() - started < 15
    assert found.pages.main <= 2
    assert found.pages.appendix > 20
    shown = _read(found.data)
    assert all(f"Entry{number}:" in shown for number in range(2000))
    assert shown.count("Whathappened") >= found.pages.appendix  # the headings stand on every page


def test_a_row_stays_on_one_page_unless_it_is_longer_than_one() -> None:
    row = ("Do it", "Ana", "12 March 2026", "prevent", "A", "so " * 60, "agreed")
    headings = ("Action", "Owner", "Due", "Type", "Causes", "Done when", "State")
    marked = tuple((f"Do {place} <", *row[1:6], f"> {place}") for place in range(30))
    with pypdfium2.PdfDocument(pdf(_short(Table(headings, marked), key="actions"))) as document:
        read = [_letters(page.get_textpage().get_text_range()) for page in document]
    assert len(read) > 2
    for place in range(30):
        assert any(f"Do{place}<" in page and f">{place}" in page for page in read)
    endless = Table(headings, (("x" * 5000, *row[1:]),))
    _assert_inside(pdf(_short(endless, key="actions")))


# -- the same bytes ------------------------------------------------------------------------------------------

_ELSEWHERE = """
import hashlib
from pmfacil.report.document import Paragraph, Report, Section
from pmfacil.report.pdf import pdf
report = Report("Checkout outage", (("Kind", "incident"),), (Section("Summary", (Paragraph("漢字 and x"),)),), ())
print(hashlib.sha256(pdf(report)).hexdigest())
"""


def test_the_same_report_is_the_same_bytes_in_another_process_at_another_time() -> None:
    report = _short(Paragraph("漢字 and x"))
    told = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={"TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1", "LANG": "ja_JP.UTF-8", "PATH": ""},
    )
    assert told.stdout.strip() == hashlib.sha256(pdf(report)).hexdigest()
    assert pdf(_worked()) == pdf(_worked())


def test_the_template_reads_nothing_and_evaluates_nothing() -> None:
    source = files("pmfacil.report").joinpath("report.typ").read_text(encoding="utf-8")
    code = re.sub(r"//.*", "", source)
    assert re.findall(r"\b(eval|read|image|import|include|plugin|csv|yaml|xml|toml|cbor)\b", code) == []
    assert re.findall(r"\bjson\b[^\n]*", code) == ["json(bytes(sys.inputs.report))"]


# -- words in every field ------------------------------------------------------------------------------------

# What the fonts inside Typst cannot draw is told by its name; everything else is shown as it was typed.
_NAMED = {
    "emoji": "‹fire› rollout ‹woman personal computer› GB",
    "controls": "a‹escape›[31mred‹escape›[0m‹bell null› b‹delete›�2J",
    "surrogate": "broken � half",
}
_MARKED = {
    **HOSTILE,
    "typst code": '#eval("1 + 1") #sys.version #panic() #{x} #[y] #let a = 1',
    "typst markup": "= not _a_ *b* `c` $x^2$ @ref <label> // gone /* gone */ \\ \\u{41} ~ -- --- ... 'q' \"q\"",
    "numbers without a blank": "2026-03-12-" * 90,
    "dashes": "-" * 200,
    "url": "https://example.org/" + "path/to?a=b&c=d#e" * 30,
    "json": '"}], "sections": null, "x": {"',
    "no-break": "word\u00a0" * 60,
}


@pytest.mark.parametrize("name", [name for name in _MARKED if name != "combining marks"])
def test_hostile_words_are_shown_as_they_were_typed(name: str) -> None:
    words = _MARKED[name]
    data = pdf(_filled(words))
    shown = _read(data)
    expected = _letters(_NAMED.get(name, visible(words)))
    if name == "right to left":
        # PDFium takes every run in its own direction, so that their order says nothing.
        once = Counter(expected)
        assert all(Counter(shown)[letter] >= 20 * count for letter, count in once.items())
    else:
        # Words that run over the end of a page, or beside each other in a long row, are found in parts.
        assert shown.count(expected) >= (20 if len(words) < 500 else 10)
    assert b"pdfuaid" in data
    assert not any(unicodedata.category(letter) == "Cc" for letter in shown)
    _assert_inside(data)


def test_letters_with_many_marks_are_kept() -> None:
    shown = _read(pdf(_filled(HOSTILE["combining marks"])))
    for letters in ("Z͑ͫ̓", "a̴", "l̷", "g̸", "é"):
        assert unicodedata.normalize("NFC", shown).count(unicodedata.normalize("NFC", letters)) >= 20


def test_letters_without_a_glyph_cost_the_standard_but_not_the_words() -> None:
    data = pdf(_filled("漢字 ไทย \U000f0000 \ue000"))
    assert _read(data).count("字ไทย") >= 20
    assert b"pdfuaid" not in data


def test_pictures_without_a_glyph_are_named() -> None:
    for words, said in (
        ("✅ done, ❌ not", "‹white heavy check mark› done, ‹cross mark› not"),
        ("👍🏽 and 🏽", "‹thumbs up sign› and ‹emoji modifier fitzpatrick type-4›"),
        ("\U0001f0c0", "‹U+1F0C0›".lower()),
        ("⚠\ufe0f → ✓ 🛑", "⚠ → ✓ 🛑"),
    ):
        data = pdf(_short(Paragraph(words)))
        assert _letters(said) in _read(data).replace("\ufe0f", "")
        assert b"pdfuaid" in data


@settings(max_examples=15)
@given(st.text(max_size=40))
def test_any_words_can_be_printed(words: str) -> None:
    assert pages(_filled(words)).appendix >= 1


@settings(max_examples=10)
@given(post_mortems())
def test_any_post_mortem_can_be_printed(pm: PostMortem) -> None:
    assert pages(compose(pm, None, fresh_service().now())).main >= 1


def test_a_copied_word_is_whole_however_it_was_broken() -> None:
    url = "https://example.org/" + "segment/" * 40
    assert "\u200b" not in _read(pdf(_short(Paragraph(url))))
    assert url in _read(pdf(_short(Paragraph(url))))


# -- drawings ------------------------------------------------------------------------------------------------


def _strip(*places: float) -> Strip:
    moments = tuple(Moment(f"Moment {number}", f"{number:02}:00", place) for number, place in enumerate(places))
    return Strip(moments, tuple(f"{number + 1} h" for number in range(len(places) - 1)))


@pytest.mark.parametrize(
    "places",
    [(0, 1), (0, 0.01, 0.02), (0, 0.01, 0.02, 0.03, 1), (0, 0.98, 0.985, 0.99, 1), tuple(place / 30 for place in range(31))],
)  # fmt: skip
def test_labels_of_a_strip_never_lie_over_each_other(places: tuple[float, ...]) -> None:
    report = _short(_strip(*places))
    data = pdf(report)
    shown = _read(data)
    for number in range(1, len(places)):
        assert f"{number}hlater" in shown
    assert [int(number) for number in re.findall(r"Moment(\d+?)\d\d:00", shown)] == list(range(len(places)))
    _assert_inside(data)
    with pypdfium2.PdfDocument(data) as document:
        text = document[0].get_textpage()
        boxes = [
            text.get_charbox(place) for place in range(text.count_chars()) if text.get_text_range(place, 1).strip()
        ]
    for place, (left, bottom, right, top) in enumerate(boxes):
        for other_left, other_bottom, other_right, other_top in boxes[place + 1 :]:
            across = min(right, other_right) - max(left, other_left)
            along = min(top, other_top) - max(bottom, other_bottom)
            assert across < 1 or along < 1


def test_moments_with_endless_names_are_told_as_a_list() -> None:
    endless = Strip((Moment("latency " * 60, "12:00", 0), Moment("over", "13:00", 1)), ("1 h",))
    data = pdf(_short(endless))
    assert _letters("latency " * 60) + "12:00" in _read(data)
    _assert_inside(data)


def test_a_tree_may_be_deep_and_long() -> None:
    items = tuple(
        Item(f"cause {number} because of what came before it", "why", depth=number % 40) for number in range(300)
    )
    found = printed(_short(Tree("It stopped", items)))
    assert found.pages.main > 3
    shown = _read(found.data)
    assert all(f"cause{number}because" in shown for number in range(300))
    _assert_inside(found.data)
