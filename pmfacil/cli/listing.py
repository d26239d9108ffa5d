"""`pmfacil list`: every post-mortem, newest first."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from pmfacil.cli.desk import desk
from pmfacil.cli.output import add_format, print_json, print_table
from pmfacil.core.stage import Stage

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from pmfacil.library import Summary

NAME: Final = "list"
HELP: Final = "list every post-mortem, newest first"
EXAMPLE: Final = "pmfacil list --format json"

_SHORTEST_ID: Final = 8  # characters that tell ids apart in any library people keep; imported ids may need more


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a format."""
    add_format(parser, "text", "json")


def run(arguments: argparse.Namespace) -> int:
    """List them."""
    with desk(arguments) as workshop:
        summaries = workshop.library.summaries()
    if arguments.format == "json":
        print_json([_data(one) for one in summaries])
    elif summaries:
        length = _telling_apart([one.id for one in summaries])
        rows = [_row(one, one.id[:length]) for one in summaries]
        print_table(("id", "day", "stage", "title", "open actions"), rows, wraps="title")
    elif sys.stdout.isatty():
        print("No post-mortems yet. `pmfacil new TITLE` begins one; `pmfacil rehearse` lets you practise.")
    return 0


def _telling_apart(ids: Sequence[str]) -> int:
    length = _SHORTEST_ID
    while len({one[:length] for one in ids}) < len(ids):
        length += 1
    return length


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


def _row(one: Summary, shown_id: str) -> tuple[str, ...]:
    begun = "undated" if one.stage is Stage.WRITTEN else one.created_at.astimezone().date().isoformat()
    return (
        shown_id,
        one.occurred_on.isoformat() if one.occurred_on else begun,
        one.stage.value,
        one.title,
        str(one.open_actions or ""),
    )
