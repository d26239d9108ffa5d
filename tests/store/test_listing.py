"""What the library, the greeting and the search cost: each statement goes by an index, named here."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.kind import Kind
from pmfacil.core.model import PostMortemId
from pmfacil.core.record import RecordId
from pmfacil.core.stage import Stage
from pmfacil.library import Library
from pmfacil.store import SqlShelf
from pmfacil.store.errors import CannotRead
from tests.clock import FakeClock

TODAY = date(2026, 3, 12)


@pytest.fixture
def filled(library: Library, shelf: SqlShelf) -> SqlShelf:
    """Some of each; there are no statistics, as there are none in the file of a user."""
    connection = shelf._connection
    pm = verbs.begin(PostMortemId("pm"), "Checkout outage", Kind.INCIDENT, TODAY, FakeClock()())
    shelf.add(pm, None)
    names = [row[1] for row in connection.execute("PRAGMA table_info(post_mortem)")]
    told = ", ".join(
        {"id": "'pm' || value", "occurred_on": "date('2026-01-01', value || ' days')", "tags": "'[\"db\"]'"}.get(
            name, f'"{name}"'
        )
        for name in names
    )
    numbers = json.dumps(list(range(20)))
    connection.execute(f"INSERT INTO post_mortem SELECT {told} FROM post_mortem, json_each(?)", (numbers,))
    connection.execute(
        "INSERT INTO record SELECT 'r' || value, 'Old mail', 'x.md', '2026-01-01T00:00:00Z', NULL, 'words ' || value, NULL "
        "FROM json_each(?)",
        (numbers,),
    )
    connection.commit()
    library.archive.search("checkout")
    return shelf


def _plans(shelf: SqlShelf, ask: Callable[[], object]) -> list[str]:
    """Return how SQLite goes about what is asked, step by step."""
    connection, said = shelf._connection, list[str]()
    connection.set_trace_callback(said.append)
    ask()
    connection.set_trace_callback(None)
    asked = [one for one in said if one.lstrip().upper().startswith("SELECT")]
    return [step[3] for one in asked for step in connection.execute(f"EXPLAIN QUERY PLAN {one}")]


TABLES = ("post_mortem", "pm", "record", "record_passage", "passage", "searchable", "action", "sitting", "tag", "cause")
HERE = PostMortemId("pm")
ASKED: dict[str, tuple[Callable[[SqlShelf, Library], object], list[str]]] = {
    "listing": (
        lambda s, _: s.listing(50),
        ["post_mortem_day", "record_day", "sitting_1 (post_mortem=?)", "action USING"],
    ),
    "count": (lambda s, _: s.count(), ["post_mortem_day", "record_day"]),
    "summary": (lambda s, _: s.summary(HERE), ["pm USING INDEX"]),
    "due": (lambda s, _: s.due(TODAY), ["post_mortem_follow_up (follow_up_on<?)", "action_due (state=? AND due<?)"]),
    "promised by": (lambda s, _: s.promised_by(HERE, "a", ("b",), 9), ["post_mortem_team", "tag USING PRIMARY KEY"]),
    "past causes": (lambda s, _: s.past_causes(HERE, 50), ["post_mortem_day", "record_day", "(part=? AND record=?)"]),
    "past stories": (
        lambda s, _: s.past_stories(HERE, 500),
        ["post_mortem_day", "record_day", "(part=? AND record=?)"],
    ),
    "same text": (lambda s, _: s.archive.same_text("words 7"), ["record_length (<expr>=?)"]),
    "record": (lambda _, b: b.archive.record(RecordId("r7")), ["record_1 (id=?)", "record_passage_1 (record=?)"]),
    "words": (lambda _, b: b.archive.search("old mail"), ["VIRTUAL TABLE INDEX", "passage USING INTEGER PRIMARY KEY"]),
    "words apart": (lambda _, b: b.archive.search("old db"), ["passage USING INTEGER PRIMARY KEY (rowid=?)"]),
    "a tag": (lambda _, b: b.archive.search("tag:db"), ["tag USING PRIMARY KEY"]),
    "days": (
        lambda _, b: b.archive.search("after:2026-06-01"),
        ["post_mortem_day (<expr>>?)", "record_day (occurred_on>?)"],
    ),
    "actions": (
        lambda _, b: b.archive.search("owner:a state:overdue"),
        ["post_mortem_day", "action_2 (post_mortem=?)"],
    ),
    "a kind": (lambda _, b: b.archive.search("kind:incident"), ["post_mortem_day"]),
    "a stage": (lambda _, b: b.archive.search("state:imported"), ["record_day"]),
}


@pytest.mark.parametrize("name", ASKED)
def test_statements_go_by_an_index(name: str, filled: SqlShelf, library: Library) -> None:
    ask, indexes = ASKED[name]
    steps = _plans(filled, lambda: ask(filled, library))
    for index in indexes:
        assert any(index in step for step in steps), (index, steps)
    assert not [step for step in steps if step in {f"SCAN {table}" for table in TABLES}]


def test_the_list_of_newest_needs_no_sorting(filled: SqlShelf) -> None:
    assert not [step for step in _plans(filled, lambda: filled.listing(50)) if "TEMP B-TREE" in step]


def test_ours_and_written_ones_stand_in_one_list_by_day(library: Library, shelf: SqlShelf) -> None:
    library.begin("june", Kind.INCIDENT, date(2025, 6, 1))
    dated = library.archive.take_in("# may\n\nDate: 2025-05-01", "a.md").record
    library.archive.take_in("# undated", "b.md")
    library.begin("april", Kind.INCIDENT, date(2025, 4, 1))
    assert [one.title for one in shelf.listing()] == ["june", "may", "april", "undated"]
    assert [one.title for one in shelf.listing(2)] == ["june", "may"]
    assert shelf.count() == 4
    line = shelf.summary(PostMortemId(dated.id))
    assert line is not None
    assert (line.stage, line.day, line.kind, line.open_actions) == (Stage.WRITTEN, date(2025, 5, 1), Kind.OTHER, 0)
    library.delete(PostMortemId(dated.id))
    assert shelf.summary(PostMortemId(dated.id)) is None
    assert (shelf.count(), len(shelf.listing())) == (3, 3)


def test_a_value_that_is_no_day_is_told_in_a_sentence(library: Library, shelf: SqlShelf) -> None:
    new = library.begin("june", Kind.INCIDENT, TODAY - timedelta(days=1))
    shelf._connection.execute("UPDATE post_mortem SET follow_up_on = '2026-02-31'")
    asked: list[Callable[[], object]] = [shelf.listing, lambda: shelf.summary(new), lambda: shelf.due(TODAY)]
    for ask in asked:
        with pytest.raises(CannotRead, match="cannot be read"):
            ask()
