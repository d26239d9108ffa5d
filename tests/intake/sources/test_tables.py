"""Tables and lists of objects: which column says what, and what is no table."""

from __future__ import annotations

import csv
import json

import pytest

from pmfacil.core.errors import Unfit
from pmfacil.core.model import EntryKind
from pmfacil.intake.sources import MOST, Batch, Mapping, Unmapped, guess, read_source
from pmfacil.intake.sources.tables import Table, read_table

AT = "2024-03-12T10:00:00Z"


def read(text: str, name: str = "x", mapping: Mapping | None = None) -> Batch:
    batch = read_source(text.encode(), name, told=lambda _columns: mapping)
    assert batch is not None
    return batch


def refusal(text: str, name: str = "x", mapping: Mapping | None = None) -> str:
    with pytest.raises(Unfit) as refused:
        read_source(text.encode(), name, told=lambda _columns: mapping)
    return str(refused.value)


def asked_of(text: str) -> tuple[str, ...]:
    with pytest.raises(Unmapped) as asked:
        read_source(text.encode(), "")
    return asked.value.columns


@pytest.mark.parametrize(
    ("names", "mapping"),
    [
        (("Time", "Text"), Mapping("Time", "Text")),
        (("id", "timestamp", "datetime", "message"), Mapping("datetime", "message")),
        (("Date", "Time", "What happened"), Mapping("Date + Time", "What happened")),
        (("Time (UTC)", "Event", "Type", "Link"), Mapping("Time (UTC)", "Event", "Type", "Link")),
        (("start", "end", "note"), Mapping("start", "note", end="end")),
        (("When", "what"), Mapping("When", "what")),
        (("a", "message"), None),
        (("time", "b"), None),
    ],
)
def test_columns_are_guessed_by_their_names(names: tuple[str, ...], mapping: Mapping | None) -> None:
    assert guess(names) == mapping


@pytest.mark.parametrize(("mark", "source"), [(",", "CSV table"), (";", "CSV table"), ("\t", "TSV table")])
def test_the_delimiter_is_found(mark: str, source: str) -> None:
    batch = read(
        f"time{mark}text{mark}kind{mark}link{mark}end\n{AT}{mark}down{mark}Signal{mark}https://x.example{mark}{AT}\n"
    )
    item = batch.found[0]
    assert (batch.source, item.number, item.text, item.kind) == (source, 2, "down", EntryKind.SIGNAL)
    assert (item.evidence, item.until, item.raw.startswith(AT)) == ("https://x.example", item.at, True)
    assert batch.zone == "UTC"


def test_what_spreadsheets_write_before_and_around() -> None:
    batch = read(
        '\r\nsep=;\r\nDate;Time;Event\r\n12/03/2024;10:00;"a\r\nb"\r\n;;\r\n13/03/2024;;day alone\r\n;;no day\r\n'
    )
    assert [(item.number, item.text, str(item.at), str(item.day)) for item in batch.found] == [
        (4, "a b", "2024-03-12 10:00:00+00:00", "None"),
        (7, "day alone", "None", "2024-03-13"),
        (8, "no day", "None", "None"),
    ]
    assert batch.problems == ()
    assert batch.zone == ""


def test_rows_with_faults_are_named_and_the_rest_is_taken() -> None:
    rows = [f"{AT},ok", "2024-13-01,bad", f"{AT},", ",no time", f"{AT}", f"{AT},end before,,,2024-03-12T09:00:00Z"]
    batch = read("time,text,kind,link,end\n" + "\n".join([*rows, f"{AT},odd end,,,soon"]))
    assert [item.text for item in batch.found] == ["ok", "no time", "end before", "odd end"]
    assert batch.problems == (
        "Line 3: “2024-13-01” is no time.",
        "Line 4: it has no text.",
        "Line 6: it has no text.",
        "Line 7: its end was left out, as it lies before its start.",
        "Line 8: its end was left out, as “soon” is no time.",
    )


def test_more_than_twenty_problems_are_counted() -> None:
    batch = read(f"time,text\n{AT},ok\n" + "soon,x\n" * 32)
    assert len(batch.problems) == 21
    assert batch.problems[-1] == "… and 12 more."


def test_more_items_than_anyone_reads_are_cut_off() -> None:
    batch = read("time,text\n" + f"{AT},x\n" * (MOST + 3))
    assert len(batch.found) == MOST
    assert batch.problems == ("Only the first 20,000 items were taken in, and 3 left out.",)


def test_the_other_time_is_read_where_the_first_is_none() -> None:
    batch = read("datetime,timestamp,message\nnever,1710237600,a\n,1710237600,b\n2024-03-12 11:00,12,c\n")
    assert [str(item.at) for item in batch.found] == ["2024-03-12 10:00:00+00:00"] * 2 + ["2024-03-12 11:00:00+00:00"]


def test_a_quotation_mark_that_is_never_closed_is_pointed_out() -> None:
    batch = read(f'time,text\n{AT},a\n{AT},"b\n{AT},c\n')
    assert [item.text for item in batch.found] == ["a", f"b {AT},c"]
    assert batch.problems == ("Line 3: a quotation mark is never closed, so lines ran together.",)


def test_a_huge_field_is_shortened_and_the_limit_put_back() -> None:
    before = csv.field_size_limit()
    batch = read(f"time,text\n{AT},{'word ' * 400_000}\n")
    assert len(batch.found[0].text) <= 2000
    assert batch.found[0].text.endswith("word…")
    assert csv.field_size_limit() == before


def test_a_mapping_names_the_columns() -> None:
    table = f"moment_x,story,class\n{AT},down,signal\n"
    assert asked_of(table) == ("moment_x", "story", "class")
    assert refusal(table) == (
        "No column here is known to hold the time and text (the columns are “moment_x”, “story” and “class”): "
        "map it to one of them, or rename that one."
    )
    assert read(table, mapping=Mapping("moment_x", "story", "class")).found[0].kind is EntryKind.SIGNAL
    assert refusal(table, mapping=Mapping("nope", "story")).startswith("This table has no such column as was asked for")


def test_two_columns_of_odd_names_need_a_mapping_or_a_name() -> None:
    table = f"a,b\n{AT},down\n"
    assert read_source(table.encode(), "x") is None
    assert refusal(table, "x.csv").startswith("No column here is known to hold the time and text")
    assert read(table, mapping=Mapping("a", "b")).found[0].text == "down"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello all, this is what happened\nFirst, nothing\nThen, all of it\n",
        "2024-03-12 10:00,down\n2024-03-12 10:05,up\n",
        "2024-03-12,down\n2024-03-13,up\n",
        "# Post-mortem\n\n| time | text |\n|---|---|\n| 10:00 | down |\n",
        "[10:00] ana: down\n[10:05] bo: up\n",
        "[link](https://x.example), and more\n",
        "{placeholder} text\n",
        "2024-03-12 10:00:00,123 ERROR a, b, c\n",
        "message only\ndown\n",
    ],
)
def test_other_text_is_left_to_the_caller(text: str) -> None:
    assert read_source(text.encode(), "notes.txt") is None


def test_structured_logs_are_read_line_by_line() -> None:
    lines = [
        json.dumps({"ts": 1710237600.5, "level": "error", "msg": "down"}),
        "",
        json.dumps({"@timestamp": AT, "message": "up", "kind": "recovery", "url": "https://x.example"}),
        json.dumps({"msg": "no time"}),
        json.dumps({"time": AT}),
        '{"time": "2024-03',
    ]
    batch = read("\n".join(lines))
    assert batch.source == "JSON lines"
    assert [(item.number, item.text, item.at is None) for item in batch.found] == [
        (1, "down", False),
        (3, "up", False),
        (4, "no time", True),
    ]
    assert batch.found[1].kind is EntryKind.RECOVERY
    assert batch.problems == ("Line 6: it is no whole JSON.", "Line 5: it has no text.")


def test_objects_one_after_the_other_or_wrapped() -> None:
    one = {"time": AT, "text": "down"}
    assert read(json.dumps(one)).source == "JSON list"
    assert read(json.dumps({"events": [one, one], "total": 2})).found[1].number == 2
    pretty = read(json.dumps(one, indent=2) + "\n" + json.dumps(one, indent=2))
    assert [item.number for item in pretty.found] == [1, 5]
    assert read(json.dumps({"date": "2024-03-12", "time": "10:00", "text": "x"})).found[0].at is not None


def test_objects_with_odd_names_can_be_mapped() -> None:
    text = json.dumps([{"moment_x": AT, "story": "down", "deep": {}}])
    assert asked_of(text) == ("moment_x", "story")
    assert refusal(text).startswith("No field here is known to hold the time and text (the fields are “moment_x” and")
    assert read(text, mapping=Mapping("moment_x", "story")).found[0].text == "down"
    assert read(json.dumps([{"d": "2024-03-12", "h": "10:00", "s": "x"}]), mapping=Mapping("d + h", "s")).found[0].at
    assert "no such field" in refusal(text, mapping=Mapping("nope", "story"))


@pytest.mark.parametrize("text", ["[]", "{}", "[1, 2]", '["a"]', '[{"a": {}}]'])
def test_json_of_no_known_shape(text: str) -> None:
    assert refusal(text) == (
        "This JSON holds no objects with a time and a text: export a list of objects with a time and a text, or CSV."
    )


def test_lines_that_the_reader_cannot_read_are_named() -> None:
    with pytest.raises(Unfit, match="Line 2 cannot be read as CSV"):
        read_table(Table(("time", "text"), ",", ["time,text\n", f"{AT},a\rb\n"]))
