"""What was said of a table's columns is asked for once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.columns import ColumnMemory
from pmfacil.intake.sources import Mapping
from pmfacil.report.writing import NotWritten

if TYPE_CHECKING:
    from pathlib import Path

MAPPING = Mapping("Uhrzeit", "Was", end="Ende")
COLUMNS = ("Uhrzeit", "Was", "Ende")


def test_nothing_is_known_before_it_is_said() -> None:
    assert ColumnMemory().told(COLUMNS) is None


def test_without_a_file_it_is_known_while_pmfacil_runs() -> None:
    memory = ColumnMemory()
    memory.remember(COLUMNS, MAPPING)
    assert memory.told(COLUMNS) == MAPPING


def test_it_is_known_the_next_time_whatever_the_order_of_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "columns.json"
    ColumnMemory(path).remember(("a", "b"), Mapping("a", "b"))
    ColumnMemory(path).remember(COLUMNS, MAPPING)
    again = ColumnMemory(path)
    assert again.told(tuple(reversed(COLUMNS))) == MAPPING
    assert again.told(("a", "b")) == Mapping("a", "b")
    assert again.told(("a",)) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b'[[["a"], {"time": 1}]]'])
def test_a_damaged_file_costs_being_asked_again_and_no_more(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "columns.json"
    path.write_bytes(content)
    memory = ColumnMemory(path)
    assert memory.told(COLUMNS) is None
    memory.remember(COLUMNS, MAPPING)
    assert ColumnMemory(path).told(COLUMNS) == MAPPING


def test_a_disk_that_refuses_still_knows_it_for_now(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    memory = ColumnMemory(tmp_path / "file" / "columns.json")
    with pytest.raises(NotWritten):
        memory.remember(COLUMNS, MAPPING)
    assert memory.told(COLUMNS) == MAPPING
