"""Files and folders that are taken in: what became of each, in a sentence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmfacil import codec, importing
from pmfacil.core import operations as verbs
from pmfacil.core.errors import Unfit
from pmfacil.core.kind import Kind
from pmfacil.importing import said, take_in_path
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from pmfacil.library import Library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "past"
    (place / "2025").mkdir(parents=True)
    (place / ".git").mkdir()
    (place / "mail.md").write_text("# Mail was late\n\nDate: 2025-11-03\n\nThe relay jammed")
    (place / "2025" / "Queue.MARKDOWN").write_text("# The queue was full")
    (place / "notes.txt").write_text("Only words")
    (place / ".git" / "hidden.md").write_text("# not this")
    (place / "picture.png").write_bytes(b"\x89PNG")
    return place


def test_a_file_is_taken_in_and_told_of_once(library: Library, folder: Path) -> None:
    outcomes = take_in_path(library, folder / "mail.md")
    assert said(outcomes) == "“Mail was late” taken in."
    (one,) = outcomes
    assert one.record is not None
    assert (one.id, one.title, one.was_here, one.record.source) == (one.record.id, "Mail was late", False, "mail.md")
    assert said(take_in_path(library, folder / "mail.md")) == "1 here already."


def test_a_folder_is_taken_in_whole_and_what_cannot_be_read_is_told(library: Library, folder: Path) -> None:
    (folder / "binary.md").write_bytes(b"\x00\x01\x02")
    (folder / "blank.md").write_text("\n \n")
    (folder / "package.json").write_text("{}")
    take_in_path(library, folder / "mail.md")
    outcomes = take_in_path(library, folder)
    assert {one.path.name for one in outcomes if not one.refused and not one.was_here} == {
        "Queue.MARKDOWN",
        "notes.txt",
    }
    assert said(outcomes).startswith("2 taken in, 1 here already, 3 could not be read (This file is not text")
    assert library.count() == 3


def test_an_export_is_taken_in_beside_written_ones(library: Library, folder: Path) -> None:
    service = library.open(library.begin("Checkout outage", Kind.INCIDENT, None))
    export = folder / "export.json"
    export.write_text(codec.document(service.snapshot.post_mortem, service.sitting))
    (one,) = take_in_path(library, export)
    assert (one.was_here, one.copied, one.record) == (True, False, None)
    service.do(verbs.rename, "Payment outage")
    (one,) = take_in_path(library, export)
    assert (one.was_here, one.copied, one.title) == (False, True, "Checkout outage")
    export.write_text("nonsense")
    with pytest.raises(Unfit, match=r"export.json is not a post-mortem that pmfacil exported .* Nothing was changed"):
        take_in_path(library, export)


@pytest.mark.parametrize("name", ["nowhere", "nowhere.md", "nowhere.json", "x" * 300])
def test_what_is_not_there_is_told_in_a_sentence(library: Library, tmp_path: Path, name: str) -> None:
    with pytest.raises(Unfit, match=r"cannot be read: .*\.$"):
        take_in_path(library, tmp_path / name)


def test_a_folder_without_post_mortems_says_what_they_are(library: Library, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(Unfit, match=r"There is no Markdown file in .*/empty\. Post-mortems end in \.md"):
        take_in_path(library, tmp_path / "empty")


def test_a_folder_that_may_not_be_read_is_told_in_a_sentence(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", forbidden)
    with pytest.raises(Unfit, match=r"past cannot be read: permission denied\."):
        take_in_path(library, folder)


def test_a_file_that_is_larger_than_any_post_mortem_is_refused(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "LARGEST", 10)
    with pytest.raises(Unfit, match=r"mail.md is larger than 0 MiB, which no post-mortem is"):
        take_in_path(library, folder / "mail.md")


def test_hostile_documents_and_names_are_taken_in(library: Library, tmp_path: Path) -> None:
    place = tmp_path / "hostile"
    place.mkdir()
    for number, words in enumerate(HOSTILE.values()):
        clean = words.replace("\x00", "").encode(errors="replace")
        (place / f"{number} [bold]ü\n.md").write_bytes(b"# [/x]\n\n" + clean)
    if os.name == "posix":
        Path(os.fsdecode(bytes(place) + b"/odd\xff.md")).write_text("words of a file with an odd name")
    outcomes = take_in_path(library, place)
    assert [one.refused for one in outcomes if one.refused] == []
    assert "\x1b" not in said(outcomes[:1])
    for one in outcomes:
        assert one.record == library.archive.record(one.record.id) if one.record else False
