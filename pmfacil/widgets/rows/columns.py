"""The columns of a table as rows to pick from: which says when, which says what."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pmfacil.core.text import visible
from pmfacil.intake.sources.mapping import JOINED
from pmfacil.widgets.plain import plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def time_column_rows(columns: Sequence[str]) -> list[Row]:
    """Return a row for each column, and for each two neighbours that may hold the day and the time of day."""
    pairs = [f"{one}{JOINED}{other}" for one, other in pairwise(columns)]
    return [*_rows(columns), parts.blank(), parts.note("Or two of them, a day and a time of day:"), *_rows(pairs)]


def column_rows(columns: Sequence[str]) -> list[Row]:
    """Return a row for each column."""
    return _rows(columns)


def _rows(names: Iterable[str]) -> list[Row]:
    return [Row(name, plain("  "), plain(visible(name))) for name in names if name.strip()]
