"""`pmfacil list`: every post-mortem, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.bootstrap import open_workshop
from pmfacil.cli.output import add_format, print_json, print_table

if TYPE_CHECKING:
    import argparse

    from pmfacil.library import Summary

NAME: Final = "list"
HELP: Final = "list every post-mortem, newest first"
EXAMPLE: Final = "pmfacil list --format json"

_SHOWN_ID = 8  # characters that tell ids apart in any library people keep


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a format."""
    add_format(parser, "text", "json")


def run(arguments: argparse.Namespace) -> int:
    """List them."""
    summaries = open_workshop(arguments.db).library.summaries()
    if arguments.format == "json":
        print_json([_data(one) for one in summaries])
    elif summaries:
        print_table(("id", "day", "stage", "title", "open actions"), [_row(one) for one in summaries])
    return 0


def _data(one: Summary) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "kind": one.kind.value,
        "stage": one.stage.value,
        "occurred_on": one.occurred_on.isoformat() if one.occurred_on else None,
        "created_at": one.created_at.isoformat(),
        "open_actions": one.open_actions,
        "follow_up_on": one.follow_up_on.isoformat() if one.follow_up_on else None,
        "rehearsal": one.rehearsal,
    }


def _row(one: Summary) -> tuple[str, ...]:
    day = one.occurred_on or one.created_at.date()
    return (one.id[:_SHOWN_ID], day.isoformat(), one.stage.value, one.title, str(one.open_actions or ""))
