"""What `python -m soak --only fuzz` has found, each input by name: what was mended stays mended."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NoReturn

import pytest

from pmfacil.core.errors import Unfit
from pmfacil.core.kind import Kind
from pmfacil.core.model import Anchor, Entry, EntryId, EntryKind, PostMortemId
from pmfacil.core.operations import begin
from pmfacil.core.record import Part, Passage, Record, RecordId
from pmfacil.core.saying import zone_of
from pmfacil.core.text import visible
from pmfacil.exports import USUAL, Exports
from pmfacil.intake.block import read_block
from pmfacil.intake.candidates import candidates
from pmfacil.intake.material import read_paste
from pmfacil.intake.placing import Context
from pmfacil.intake.timeline import line_for, understand
from pmfacil.library import Library
from pmfacil.paths import expanded
from pmfacil.store import open_shelf
from pmfacil.store.errors import CannotRead
from pmfacil.store.patches import DamagedPatchError, applied
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CONTEXT = Context("UTC", date(2026, 3, 12), None, datetime(2026, 3, 12, 14, 0, tzinfo=UTC))


@contextmanager
def _within_reason() -> Iterator[None]:
    """Hold what is done to ten seconds of CPU: each of these took minutes or hours before, and takes milliseconds."""

    def hangs(_signal: int, _frame: object) -> NoReturn:
        msg = "it hangs"
        raise AssertionError(msg)

    before = signal.signal(signal.SIGPROF, hangs)
    signal.setitimer(signal.ITIMER_PROF, 10)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"# last friday{' ' * 20_000}!", id="a heading of spaces"),
        pytest.param(f"- a{' ' * 20_000}!", id="an item of spaces"),
        pytest.param("March 12 " + "by \t" * 40_000, id="a head without end"),
    ],
)
def test_a_line_is_read_in_no_time_whatever_is_in_it(line: str) -> None:
    with _within_reason():
        assert read_block(line).readings
        assert understand(line, CONTEXT).text


@pytest.mark.parametrize("shown", ["a\u202eb", "a\u2066b", "a\ud800b", "a\udcffb"])
def test_nothing_on_the_screen_turns_words_round_or_is_half_a_character(shown: str) -> None:
    assert visible(shown) == "a\ufffdb"


def test_a_zone_of_a_thousand_parts_is_none() -> None:
    assert str(zone_of("U" + 'a/"' * 1000)) == "UTC"


def test_a_line_stays_one_line_whatever_separates_it() -> None:
    assert visible("one\u2028two\u2029three") == "one two three"


@pytest.mark.parametrize("text", ["OR\xa0of them", "in\x1c a rehearsal", "Of\tcourse"])
def test_an_entry_whose_first_word_is_small_is_told_as_itself(text: str) -> None:
    line = line_for(Entry(EntryId("e"), text), "UTC")
    assert (understand(line, CONTEXT).text, understand(line, CONTEXT).kind) == (text, EntryKind.EVENT)


def test_of_two_moments_the_last_counts_and_neither_stays_among_the_words() -> None:
    said = understand("14:05 rolled back #impact #resolved", CONTEXT)
    assert (said.text, said.anchor) == ("rolled back", Anchor.RESOLVED)
    assert understand("14:05 see https://a.example https://b.example", CONTEXT).text == "see https://a.example"


def test_a_step_of_the_history_at_an_endless_place_is_damaged() -> None:
    pm = begin(PostMortemId("p"), "Checkout outage", Kind.INCIDENT, None, FakeClock()())
    put = f'[[{10**30}, {{"id": "e", "text": "words"}}]]'
    with pytest.raises(DamagedPatchError):
        applied(pm, f'{{"fields": {{}}, "items": {{"entries": {{"gone": [], "put": {put}}}}}}}')


def test_an_entry_with_a_link_is_known_again_when_it_is_pasted_again() -> None:
    block = read_paste("14:05 see the [dashboard](https://dash.example/a) for checkout\n14:06 rolled back\n")
    entries = [one.entry(EntryId(str(place))) for place, one in enumerate(candidates(block, CONTEXT))]
    assert entries[0].text == "see the dashboard for checkout"
    assert [one.duplicate for one in candidates(block, CONTEXT, entries)] == [True, True]


@pytest.mark.parametrize("typed", ["a\0b", "\ud800", "~nobody-of-that-name/x"])
def test_what_can_be_no_path_is_refused(typed: str) -> None:
    with pytest.raises(Unfit, match=r"Write the (whole )?path"):
        expanded(typed)


def test_a_memory_that_is_nested_without_end_costs_choosing_again(tmp_path: Path) -> None:
    (tmp_path / "exports.json").write_text("[" * 30_000)
    assert Exports(tmp_path, tmp_path / "exports.json").forms == USUAL


READS: dict[str, Callable[[Library], object]] = {
    "the list": lambda library: library.summaries(),
    "what others found": lambda library: library.past(library.summaries()[0].id).like("an outage"),
    "a search": lambda library: library.archive.search("outage"),
    "a record": lambda library: library.archive.record(RecordId("r")),
    "the post-mortem": lambda library: library.open(library.find("id0001")),
}


@pytest.mark.parametrize(
    ("cell", "wrong", "read"),
    [
        pytest.param("record.title", b"bytes", "the list", id="a title of bytes in the list"),
        pytest.param("record.taken_in_at", b"bytes", "a record", id="an instant of bytes in a record"),
        pytest.param("record.taken_in_at", "2026-03-12T14:00", "the list", id="an instant without a zone"),
        pytest.param("post_mortem.trigger", b"bytes", "what others found", id="a trigger of bytes in a story"),
        pytest.param("post_mortem.id", b"bytes", "a search", id="an id of bytes in a search"),
        pytest.param("post_mortem.revision", float("inf"), "the post-mortem", id="a revision without end"),
    ],
)
def test_a_cell_that_holds_anything_is_refused_in_one_sentence(
    tmp_path: Path, cell: str, wrong: object, read: str
) -> None:
    path = tmp_path / "pmfacil.db"
    with closing(open_shelf(path)) as shelf:
        library = Library(shelf, FakeClock(), Ids(), zone="UTC")
        for title in ("Another outage", "Checkout outage"):
            library.begin(title, Kind.INCIDENT, None)
        passages = (Passage(Part.SUMMARY, "An outage"),)
        shelf.archive.add_record(Record(RecordId("r"), "Written", "a.md", FakeClock()(), "An outage", None, passages))
    table, _, column = cell.partition(".")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE rowid = 1', (wrong,))
    with closing(open_shelf(path)) as shelf, pytest.raises(CannotRead, match="cannot be read"):
        READS[read](Library(shelf, FakeClock(), Ids("x"), zone="UTC"))
