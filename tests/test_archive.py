"""What a search line asks for, and the record as a service: search, and documents that are taken in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.archive import MOST_HITS, Excerpt, Phrase, Query, parse_query
from pmfacil.core import operations as verbs
from pmfacil.core.errors import Gone, Refusal, Unfit
from pmfacil.core.kind import Kind
from pmfacil.core.record import Part, RecordId
from pmfacil.core.stage import Stage
from pmfacil.library import Library
from pmfacil.store import open_shelf
from tests.clock import FakeClock, Ids
from tests.hostile import HOSTILE

TODAY = date(2026, 3, 12)  # a Thursday


def phrases(*texts: str) -> Query:
    return Query(tuple(Phrase(text) for text in texts))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Query()),
        ("   ", Query()),
        ("retries", phrases("retries")),
        ("retries cap", phrases("retries", "cap")),
        ("retries retries", phrases("retries")),
        ("p99-latency", phrases("p99-latency")),
        ('"as it stands"', Query((Phrase("as it stands", whole=True),))),
        ("“as it stands”", Query((Phrase("as it stands", whole=True),))),
        ('"half typ', phrases("half typ")),
        ('before"after', phrases("before", "after")),
        ('"', Query()),
        ('""', Query()),
        ("* - ( 🔥 …", Query()),
        ("AND", phrases("AND")),
        ("a\x00b", phrases("a␀b")),
        ("x" * 5000, phrases("x" * 200)),
        (" ".join(f"w{number}" for number in range(50)), phrases(*(f"w{number}" for number in range(12)))),
        ("http://x.example", phrases("http://x.example")),
        ("xkind:incident", phrases("xkind:incident")),
        # filters, and filters that are half typed
        ("kind:", Query()),
        ("tag:#", Query()),
        ("owner:@", Query()),
        ("kind:o", Query(kind=Kind.INCIDENT)),
        ("KIND:Incident", Query(kind=Kind.INCIDENT)),
        ("kind:other", Query(kind=Kind.OTHER)),
        ("kind:missed-deadline", Query(kind=Kind.DEADLINE)),
        ('kind:"client escalation"', Query(kind=Kind.ESCALATION)),
        ("kind:incident kind:project", Query(kind=Kind.PROJECT)),
        ("tag:db tag:#Mail", Query(tags=("db", "mail"))),
        ('team:"data platform" pool', Query((Phrase("pool"),), team="data platform")),
        ("owner:@ana", Query(owner="ana")),
        ("state:o", Query(state="open")),
        ("state:over", Query(state="overdue")),
        ("state:in-progress", Query(state="in progress")),
        ("state:ver", Query(state="verified")),
        ("state:closed", Query(stage=Stage.CLOSED)),
        ("state:imp", Query(stage=Stage.WRITTEN)),
        ("after:2026-02-01 before:1/3", Query(after=date(2026, 2, 1), before=date(2026, 3, 1))),
        ("after:2025", Query(after=date(2025, 1, 1))),
        ("after:2025-06", Query(after=date(2025, 6, 1))),
        ("after:mar", Query(after=date(2026, 3, 1))),
        ("after:june", Query(after=date(2025, 6, 1))),  # the last one: nothing happened in the one to come
        ("after:31/12", Query(after=date(2025, 12, 31))),
        ("after:monday", Query(after=date(2026, 3, 9))),
        ("before:tomorrow", Query(before=date(2026, 3, 13))),
        ("before:2027-01-01", Query(before=date(2027, 1, 1))),
    ],
)
def test_a_line_asks_for(typed: str, meant: Query) -> None:
    assert parse_query(typed, TODAY) == meant
    assert meant.empty == (meant == Query())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("kind:x", "“x” is no kind. Try incident"),
        ("state:zz", "is no state. Try open"),
        ("after:soonish", "is no day. Try after:2026-03-01"),
        ("before:2026-13-45", "is no day"),
        ("after:0", "is no day"),
        (f"kind:{'x' * 500}", "…” is no kind"),
    ],
)
def test_a_filter_that_means_nothing_is_refused_in_a_sentence(typed: str, said: str) -> None:
    with pytest.raises(Unfit, match=said.replace("?", ".")):
        parse_query(f"words {typed}", TODAY)


_LINES = st.one_of(
    st.text(max_size=60),
    st.sampled_from([*HOSTILE.values(), "NEAR(a b, 3)", "a AND", "-x", "^a", "{a b}:c", "a + b", "col:x*", "'"]),
    st.lists(
        st.sampled_from(
            ['"', "kind:", "after:", "mar", "tag:", "owner:", "a", "ß", "é", "²", "𞤀", "*", " ", "-", "(", "İ"]
        )
    ).map("".join),
)


@given(line=_LINES)
def test_any_line_is_understood_or_refused_and_searched(line: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """FTS5 has a language of its own; nothing that is typed may be taken for it."""
    folder = tmp_path_factory.getbasetemp() / "any-line"
    folder.mkdir(exist_ok=True)
    shelf = open_shelf(folder / "pmfacil.db")
    try:
        library = Library(shelf, FakeClock(), Ids(), zone="UTC")
        if not library.count():
            library.begin("Checkout a é ß outage", Kind.INCIDENT, TODAY)
        for hit in library.archive.search(line):
            assert hit.title == "Checkout a é ß outage"
    except Refusal as refusal:
        assert str(refusal).endswith(".")
    finally:
        shelf.close()


def test_the_service_searches_today_and_finds_nothing_where_nothing_is_asked(library: Library) -> None:
    library.begin("Checkout outage", Kind.INCIDENT, date(2026, 3, 11))
    archive = library.archive
    assert [hit.title for hit in archive.search("after:yesterday")] == ["Checkout outage"]
    assert archive.search("after:today") == ()
    assert archive.search("  ") == archive.search("kind:") == ()
    (hit,) = archive.search("outage")
    assert (hit.kind, hit.stage, hit.on) == (Kind.INCIDENT, Stage.PREPARING, date(2026, 3, 11))
    assert hit.excerpts == (Excerpt("title", "", (("Checkout ", False), ("outage", True))),)
    assert hit.excerpts[0].text == "Checkout outage"


def test_no_more_is_found_than_is_asked_for(library: Library) -> None:
    for number in range(MOST_HITS + 5):
        library.begin(f"Outage {number}", Kind.INCIDENT, None)
    assert len(library.archive.search("outage")) == len(library.archive.search("kind:incident")) == MOST_HITS
    assert len(library.archive.search("outage", 3)) == len(library.archive.search("kind:incident", 3)) == 3


DOCUMENT = """\
# Mail was late

Date: 2025-11-03

## Timeline
- 14:05 The queue grows

## Root cause
- The relay had no alert

## Action items
- Add an alert on the queue
"""


def test_a_document_is_taken_in_once_and_kept_as_it_was_written(library: Library) -> None:
    received = library.archive.take_in(DOCUMENT, "mail.md")
    record = received.record
    assert (received.was_here, record.title, record.source, record.text) == (
        False,
        "Mail was late",
        "mail.md",
        DOCUMENT,
    )
    assert record.occurred_on == date(2025, 11, 3)
    assert [one.text for one in record.of(Part.CAUSE)] == ["The relay had no alert"]
    again = library.archive.take_in(DOCUMENT, "copy.md")
    assert (again.was_here, again.record) == (True, record)
    assert library.archive.record(record.id) == record
    assert library.count() == 1


def test_a_document_without_words_is_refused_and_one_that_no_file_could_hold_is_mended(library: Library) -> None:
    with pytest.raises(Unfit, match="has no words in it"):
        library.archive.take_in(" \n\t\n", "blank.md")
    record = library.archive.take_in("# Half \ud800 a letter\n\nand a \x00 byte", "odd\udcff.md").record
    assert library.archive.record(record.id) == record
    assert library.archive.take_in("# Half \ud800 a letter\n\nand a \x00 byte", "odd\udcff.md").was_here
    with pytest.raises(Gone):
        library.archive.record(RecordId("nowhere"))


def test_hostile_documents_are_found_and_nothing_breaks(library: Library) -> None:
    for name, words in HOSTILE.items():
        library.archive.take_in(f"# {name}\n\n{words}\n\n- needle {words}", f"{name}.md")
    assert {hit.title for hit in library.archive.search("needle")} == set(HOSTILE)


def test_words_are_found_at_once_after_they_were_said_and_never_after_they_were_put_otherwise(library: Library) -> None:
    new = library.begin("Checkout outage", Kind.INCIDENT, None)
    assert library.archive.search("payment") == ()
    service = library.open(new)
    service.do(verbs.rename, "Payment outage")
    assert [hit.id for hit in library.archive.search("payment")] == [new]
    assert library.archive.search("checkout") == ()
    service.undo()
    assert [hit.id for hit in library.archive.search("checkout")] == [new]
    library.delete(new)
    assert library.archive.search("checkout") == library.archive.search("kind:incident") == ()
    library.restore()
    assert [hit.id for hit in library.archive.search("checkout")] == [new]
