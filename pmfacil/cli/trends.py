"""`pmfacil trends`: what the whole record tells, as a table, as CSV or as JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from pmfacil.cli.desk import desk
from pmfacil.cli.output import add_format, print_json, print_table
from pmfacil.trends import Figure, as_csv, figures

if TYPE_CHECKING:
    import argparse

    from pmfacil.trends import Spans, Trends

NAME: Final = "trends"
HELP: Final = "show what comes back and what became of the actions, over the whole record"
EXAMPLE: Final = "pmfacil trends --format csv > trends.csv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a format."""
    add_format(parser, "text", "csv", "json")


def run(arguments: argparse.Namespace) -> int:
    """Print them."""
    with desk(arguments) as workshop:
        told = workshop.library.trends()
    tell(told, arguments.format)
    return 0


def tell(told: Trends, form: str) -> None:
    """Print trends in one of the formats."""
    if form == "json":
        print_json(data(told))
    elif form == "csv":
        print(as_csv(told), end="")
    elif not told.empty:
        print_table(Figure._fields, figures(told), wraps="name")
    elif sys.stdout.isatty():
        print("No post-mortems yet, so there is nothing to compare. `pmfacil new TITLE` begins one.")


def data(told: Trends) -> dict[str, object]:
    """Return trends for machines; lengths of time are in seconds."""
    return {
        "on": told.on.isoformat(),
        "post_mortems": told.total,
        "imported": told.imported,
        "months": [
            {"month": f"{month.first:%Y-%m}", "post_mortems": month.held, "imported": month.imported}
            for month in told.months
        ],
        "kinds": {kind.value: many for kind, many in told.kinds},
        "recurring": [
            {"text": factor.text, "post_mortems": factor.post_mortems, "last": factor.last.isoformat()}
            for factor in told.factors
        ],
        "recurring_not_shown": told.withheld,
        "sides": {area.value: many for area, many in told.areas},
        "tags": dict(told.tags),
        "actions": {state.value: many for state, many in told.states},
        "overdue": told.overdue,
        "open_by_age": dict(told.ages),
        "finished": [_spans(spans) for spans in told.finished],
        "durations": [_spans(spans) for spans in told.durations],
    }


def _spans(spans: Spans) -> dict[str, object]:
    return {
        "name": spans.name,
        "looked_at": spans.among,
        "recorded": spans.recorded,
        "invalid": spans.invalid,
        "shortest": None if spans.shortest is None else round(spans.shortest.total_seconds()),
        "longest": None if spans.longest is None else round(spans.longest.total_seconds()),
        "newest": [
            {"on": one.on.isoformat(), "seconds": round(one.length.total_seconds()), "approximate": one.approximate}
            for one in spans.newest
        ],
    }
