"""Trends as one tidy table, for a spreadsheet and for a pipe."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final, NamedTuple

from pmfacil.core.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from pmfacil.trends.values import Spans, Trends

HELD: Final = "post-mortems"
ACTIONS: Final = "actions"
_MINUTES: Final = ("minutes", 60)
_DAYS: Final = ("days", 24 * 60 * 60)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would compute


class Figure(NamedTuple):
    """One line of the table."""

    section: str
    name: str
    value: str
    unit: str


def figures(told: Trends) -> tuple[Figure, ...]:
    """Return every figure, section by section."""
    return tuple(_figures(told))


def as_csv(told: Trends) -> str:
    """Return the table as CSV that no spreadsheet takes for formulas, and no terminal for commands."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(Figure._fields)
    writer.writerows([_harmless(cell) for cell in figure] for figure in figures(told))
    return file.getvalue()


def _figures(told: Trends) -> Iterator[Figure]:
    yield Figure("record", "held with pmfacil", str(told.total), HELD)
    yield Figure("record", "imported", str(told.imported), HELD)
    for month in told.months:
        yield Figure("by month", f"{month.first:%Y-%m}", str(month.held), HELD)
    for month in told.months:
        yield Figure("imported, by month", f"{month.first:%Y-%m}", str(month.imported), HELD)
    for kind, many in told.kinds:
        yield Figure("by kind", kind.value, str(many), HELD)
    for factor in told.factors:
        yield Figure("recurring factor", factor.text, str(factor.post_mortems), HELD)
        yield Figure("recurring factor, last found", factor.text, factor.last.isoformat(), "day")
    yield Figure("recurring factor", "(not shown: every wording stops at a person)", str(told.withheld), "factors")
    for area, many in told.areas:
        yield Figure("side of the system", area.value, str(many), HELD)
    for tag, many in told.tags:
        yield Figure("tag", tag, str(many), HELD)
    for state, many in told.states:
        yield Figure("state of actions", state.value, str(many), ACTIONS)
    yield Figure("open actions", "overdue", str(told.overdue), ACTIONS)
    for age, many in told.ages:
        yield Figure("open actions, by age", age, str(many), ACTIONS)
    for spans in told.finished:
        yield from _of_spans(spans, *_DAYS)
    for spans in told.durations:
        yield from _of_spans(spans, *_MINUTES)


def _of_spans(spans: Spans, unit: str, seconds: int) -> Iterator[Figure]:
    def said(length: timedelta) -> str:
        return f"{length.total_seconds() / seconds:.1f}".removesuffix(".0")

    yield Figure(spans.name, "looked at", str(spans.among), spans.things)
    yield Figure(spans.name, "recorded", str(spans.recorded), spans.things)
    yield Figure(spans.name, "invalid: ends before it starts", str(spans.invalid), spans.things)
    if spans.shortest is not None and spans.longest is not None:
        yield Figure(spans.name, "shortest", said(spans.shortest), unit)
        yield Figure(spans.name, "longest", said(spans.longest), unit)
    for one in spans.newest:
        about = " (about)" if one.approximate else ""
        yield Figure(spans.name, f"{one.on.isoformat()}{about}", said(one.length), unit)


def _harmless(cell: str) -> str:
    guard = "'" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else ""
    return guard + visible(cell)
