"""Files that were cut, bent or made to do harm: a batch, None or one sentence, and never anything else."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pmfacil.core.errors import Unfit
from pmfacil.intake.sources import LARGEST, Batch, read_source
from pmfacil.intake.sources.archives import LARGEST_UNPACKED
from tests.hostile import HOSTILE
from tests.intake.sources.test_samples import READ, sample

MESSAGE = {"type": "message", "user": "U1", "text": "down", "ts": "1710245106.000100"}


def attempt(data: bytes, name: str = "file") -> Batch | str | None:
    try:
        batch = read_source(data, name)
    except Unfit as refusal:
        assert str(refusal).endswith(".")
        assert "\n" not in str(refusal)
        return str(refusal)
    if batch is not None:
        _check(batch)
    return batch


def _check(batch: Batch) -> None:
    assert batch.source
    assert batch.found
    assert len(batch.problems) <= 21
    for item in batch.found:
        assert item.number >= 1
        assert 0 < len(item.text) <= 2000
        assert item.text.isprintable() or all(ch.isprintable() or ord(ch) > 0xA0 for ch in item.text)
        assert len(item.raw) <= 500
        (item.text + item.raw + item.evidence).encode()
        assert item.at is None or item.at.tzinfo is not None


def zipped(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize("path", READ)
def test_a_file_cut_short(path: str) -> None:
    data = sample(path)
    for tenth in range(10):
        attempt(data[: len(data) * tenth // 10], path)


@pytest.mark.parametrize("path", READ)
def test_a_file_with_one_byte_wrong(path: str) -> None:
    data = sample(path)
    for place in range(0, len(data), max(1, len(data) // 40)):
        for wrong in (0x00, 0x22, 0x5B, 0xFF):
            attempt(data[:place] + bytes([wrong]) + data[place + 1 :], path)


@given(st.binary(max_size=400), st.sampled_from(["", "a.csv", "a.json", "a.zip"]))
@example(b"PK\x03\x04", "a.zip")
@example(b"\xff\xfe\x00", "")
@example(b'{"a":' * 3, "")
def test_any_bytes(data: bytes, name: str) -> None:
    attempt(data, name)


@given(st.sampled_from([b"PK\x03\x04", b"\xff\xfe", b"[{", b'{"messages":[{', b"time,text\n"]), st.binary(max_size=200))
def test_any_bytes_after_a_known_beginning(start: bytes, rest: bytes) -> None:
    attempt(start + rest)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just("2024-03-12T10:00:00Z"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
keys = st.sampled_from(
    [
        "messages",
        "log_entries",
        "type",
        "event",
        "data",
        "incident",
        "incident_updates",
        "alerts",
        "startsAt",
        "endsAt",
        "status",
        "labels",
        "annotations",
        "action",
        "alert",
        "alertId",
        "createdAt",
        "updatedAt",
        "check_name",
        "current_state",
        "ruleName",
        "state",
        "text",
        "ts",
        "user",
        "attachments",
        "blocks",
        "files",
        "time",
        "message",
        "created_at",
        "created_on",
        "event_type",
        "occurred_at",
        "summary",
        "channel",
        "agent",
        "assignees",
        "subtype",
        "bot_id",
    ]
)
payloads = st.recursive(
    values | st.sampled_from(["trigger_log_entry", "incident.trigger", "message", "1710245106.000100"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=25,
)


@given(payloads)
def test_any_json_with_the_keys_that_are_known(value: object) -> None:
    attempt(json.dumps(value).encode())


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000, "[" * 500 + "]" * 500, '[{"time":' + "[" * 100_000])
def test_deep_nesting(deep: str) -> None:
    assert not isinstance(attempt(deep.encode()), Batch)


def test_too_deep_is_said() -> None:
    assert attempt(b"[" * 100_000) == "This JSON is nested too deeply to be read: export it as a flat list, or as CSV."


def test_truncated_json_names_its_line() -> None:
    assert attempt(b'[\n{"time": "2024-03-12T10:00:00Z",\n"text": "do') == (
        "This JSON breaks off or goes wrong in line 3: save or download it again."
    )


def test_a_file_that_is_too_large_is_not_looked_at() -> None:
    assert attempt(b" " * (LARGEST + 1)) == (
        "This file is larger than 64 MiB: cut it down to the days of the incident."
    )


def test_zip_bombs_are_not_opened() -> None:
    bomb = zipped({"general/2024-03-12.json": b" " * (20 * 1024 * 1024)})
    assert attempt(bomb) == "This zip file unpacks to far more than an export would: it was not opened."
    huge = zipped({"general/2024-03-12.json": b"\0" * (LARGEST + 1)})
    assert str(attempt(huge)).startswith(f"This zip file unpacks to more than {LARGEST_UNPACKED >> 20} MiB")


def test_a_zip_that_lies_about_its_sizes() -> None:
    data = bytearray(zipped({"general/2024-03-12.json": json.dumps([MESSAGE] * 1000)}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (50).to_bytes(4, "little")
    assert not isinstance(attempt(bytes(data)), Batch)


def test_names_that_leave_the_archive_are_ignored() -> None:
    ways_out = (
        "../general/2024-03-12.json",
        "/etc/2024-03-12.json",
        "a/../../b/2024-03-12.json",
        "C:/x/2024-03-12.json",
    )
    assert str(attempt(zipped({name: json.dumps([MESSAGE]) for name in ways_out}))).startswith(
        "This zip file is no Slack"
    )
    batch = attempt(
        zipped({"../x/2024-03-12.json": json.dumps([MESSAGE]), "ok/2024-03-12.json": json.dumps([MESSAGE])})
    )
    assert isinstance(batch, Batch)
    assert len(batch.found) == 1


def test_other_zips_say_what_they_are() -> None:
    assert attempt(zipped({"xl/workbook.xml": ""})) == (
        "This is an Excel workbook: save its sheet as CSV, and open that."
    )
    assert str(attempt(zipped({"a.txt": "x"}))).startswith("This zip file is no Slack export")
    assert str(attempt(zipped({"a/2024-03-12.json": "[]"}, zipfile.ZIP_BZIP2))).endswith(
        "pack it again as a plain zip."
    )
    locked = bytearray(zipped({"a/2024-03-12.json": "[]"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in str(attempt(bytes(locked)))


def test_binary_files_are_refused() -> None:
    no_text = "This file is not text, or not in UTF-8: save it as UTF-8 text, CSV or JSON first."
    assert attempt(b"time,text\n\x00\x00") == no_text
    assert attempt("time,text\n".encode("utf-16-le")) == no_text
    assert attempt(b"%PDF-1.7 ...") == "This is a PDF, not text: save or unpack it as text, CSV or JSON first."
    assert "gzip" in str(attempt(b"\x1f\x8b\x08"))
    assert attempt(b"\xff\xfet\x00i\x00") is None
    assert attempt(b"\xff\xfet\x00i") == "This UTF-16 file is damaged or cut short: save it again as UTF-8."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_table_in_any_usual_encoding(encoding: str) -> None:
    batch = attempt("time,text\n2024-03-12T10:00:00Z,Größe überschritten\n".encode(encoding))
    assert isinstance(batch, Batch)
    assert batch.found[0].text == "Größe überschritten"


def test_text_cut_within_a_letter_is_still_utf_8() -> None:
    batch = attempt("time,text\n2024-03-12T10:00:00Z,Größe\n2024-03-12T10:00:00Z,Grö".encode()[:-1])
    assert isinstance(batch, Batch)
    assert [item.text for item in batch.found] == ["Größe", "Gr"]


def test_json_that_is_not_utf_8() -> None:
    assert attempt('[{"time": 1710245106, "text": "Größe"}]'.encode("cp1252")) == (
        "This JSON is not in UTF-8: save it as UTF-8."
    )


def test_numbers_that_are_none() -> None:
    batch = attempt(
        b'[{"time": NaN, "text": "a"}, {"time": -Infinity, "text": "b"}, {"time": 1e999, "text": "c"},'
        b' {"time": 1710245106, "text": "d"}, {"time": '
        + b"9" * 4000
        + b', "text": "f"}, {"time": 99999999999999999999999999, "text": "e"}]'
    )
    assert isinstance(batch, Batch)
    # What is no number at all is as good as missing.
    assert [(item.text, item.at is None) for item in batch.found][-1:] == [("d", False)]
    assert str(attempt(b'[{"time": ' + b"9" * 5000 + b', "text": "x"}]')).startswith(
        "This JSON holds a number of thousands"
    )


def test_booleans_where_words_belong() -> None:
    batch = attempt(b'[{"time": true, "text": "a"}, {"time": 1710245106, "text": true, "message": "b"}]')
    assert isinstance(batch, Batch)
    assert [(item.text, item.at is None) for item in batch.found] == [("a", True), ("b", False)]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_become_plain(words: str) -> None:
    batch = attempt(json.dumps([{"time": 1710245106, "text": f"x {words}"}]).encode())
    assert isinstance(batch, Batch)
    assert not any(ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0 for letter in batch.found[0].text)


def test_escape_sequences_leave_nothing_behind() -> None:
    words = "\x1b[31mred\x1b[0m \x1b]8;;http://x\x07link\x1b]8;;\x07 \x9b2Jend\x07"
    batch = attempt(json.dumps([{"time": 1710245106, "text": words}]).encode())
    assert isinstance(batch, Batch)
    assert batch.found[0].text == "red link end"
