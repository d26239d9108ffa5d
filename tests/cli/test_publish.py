"""`pmfacil publish`."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

import pytest

from pmfacil.bootstrap import open_workshop
from pmfacil.cli import publish
from pmfacil.core.errors import Unfit
from tests.held import held

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def db(tmp_path: Path) -> str:
    place = str(tmp_path / "pmfacil.db")
    with open_workshop(place) as workshop:
        held(workshop.library)
        workshop.library.archive.take_in("# Mail was down\n\nThe queue was full.\n", "mail.md")
    return place


def _run(db: str, *words: str) -> int:
    parser = argparse.ArgumentParser()
    publish.add_arguments(parser)
    arguments = parser.parse_args(words)
    arguments.db = db
    return publish.run(arguments)


def test_it_says_what_was_done_and_where(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = tmp_path / "site" / "index.html"
    assert _run(db, str(tmp_path / "site")) == 0
    assert capsys.readouterr().out == f"1 report written, 0 unchanged, 0 removed.\n{index}\n"
    assert index.is_file()
    assert _run(db, str(tmp_path / "site"), "--written", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"written": 1, "unchanged": 1, "removed": 0, "index": str(index)}
    assert _run(db, str(tmp_path / "site")) == 0
    assert capsys.readouterr().out == f"0 reports written, 1 unchanged, 1 removed.\n{index}\n"


def test_a_folder_without_a_name_is_refused(db: str) -> None:
    with pytest.raises(Unfit, match="no name"):
        _run(db, " ")
