"""Report files: names that sort, complete or not there, never silently overwritten."""

from __future__ import annotations

import errno
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.core import operations as verbs
from pmfacil.report.formats import Format
from pmfacil.report.writing import NotWritten, file_name, slug, write_as, write_report
from tests.hostile import HOSTILE
from tests.meetings import fresh_service


def test_names_begin_with_the_day_and_say_what_they_are() -> None:
    pm = fresh_service().snapshot.post_mortem
    assert file_name(pm, Format.MARKDOWN) == "2026-03-12-checkout-outage.md"
    undated = verbs.date_incident(pm, None)
    assert file_name(undated, Format.JSON) == "2026-03-12-checkout-outage.json"
    assert file_name(verbs.date_incident(pm, date(2025, 1, 2)), Format.HTML) == "2025-01-02-checkout-outage.html"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ärger mit Zürich", "arger-mit-zurich"), ("../../etc/passwd", "etc-passwd"), ("CON", "post-mortem-con"),
        ("שגיאה", "post-mortem"), ("...", "post-mortem"), ("x" * 200, "x" * 60),
    ],
)  # fmt: skip
def test_any_title_becomes_a_safe_name(title: str, name: str) -> None:
    assert slug(title) == name


@given(st.text())
def test_a_name_is_never_empty_nor_a_path(title: str) -> None:
    assert slug(title)
    assert set(slug(title)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_file_with_other_content_is_kept_and_the_new_one_gets_a_number(tmp_path: Path) -> None:
    first = write_report(tmp_path / "new", "report.md", "one")
    assert write_report(tmp_path / "new", "report.md", "one") == first
    second = write_report(tmp_path / "new", "report.md", "two")
    assert (first.read_text(), second.name, second.read_text()) == ("one", "report-2.md", "two")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["report-2.md", "report.md"]


def test_a_named_file_is_overwritten_only_when_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a" / "report.md"
    write_as(path, "one")
    with pytest.raises(NotWritten, match="a file of that name is there"):
        write_as(path, "two")
    assert path.read_text() == "one"
    write_as(path, "two", replace=True)
    assert path.read_text() == "two"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_in_the_place_of_the_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotWritten, match="a file stands where the folder should be"):
        write_report(tmp_path / "file", "report.md", "one")
    with pytest.raises(NotWritten, match="a file stands where the folder should be"):
        write_as(tmp_path / "file" / "report.md", "one")


@pytest.mark.parametrize(
    ("fault", "said"),
    [(errno.EACCES, "does not let you write"), (errno.ENOSPC, "no space left on device. Choose another folder")],
)
def test_a_disk_that_refuses_is_said_in_a_sentence_and_leaves_nothing_behind(
    fault: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(fault, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(NotWritten, match=said):
        write_report(tmp_path, "report.md", "one")
    assert list(tmp_path.iterdir()) == []


def test_where_files_cannot_be_linked_a_name_is_claimed_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(_self: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    assert write_report(tmp_path, "report.md", "one").read_text() == "one"
    assert write_report(tmp_path, "report.md", "two").name == "report-2.md"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_titles_are_written_like_any_other(name: str, tmp_path: Path) -> None:
    service = fresh_service()
    pm = service.do(verbs.rename, HOSTILE[name]).post_mortem
    assert write_report(tmp_path, file_name(pm, Format.MARKDOWN), pm.title).read_bytes().decode() == pm.title
