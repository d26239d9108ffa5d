"""`pmfacil followups`: what is due to be looked at again, for a shell profile or cron."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.cli.desk import desk
from pmfacil.cli.output import add_format, print_json, print_table

if TYPE_CHECKING:
    import argparse

NAME: Final = "followups"
HELP: Final = "list the follow-ups that are due; silent where none is"
EXAMPLE: Final = "pmfacil followups"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a format."""
    add_format(parser, "text", "json")


def run(arguments: argparse.Namespace) -> int:
    """List them, the oldest first, and say how many actions are overdue."""
    with desk(arguments) as workshop:
        due = workshop.library.due()
    if arguments.format == "json":
        follow_ups = [
            {"id": one.id, "title": one.title, "due": one.follow_up_on.isoformat(), "open_actions": one.open_actions}
            for one in due.follow_ups
            if one.follow_up_on is not None
        ]
        print_json({"follow_ups": follow_ups, "overdue_actions": due.overdue})
        return 0
    if due.follow_ups:
        rows = [(one.id[:8], str(one.follow_up_on), one.title, str(one.open_actions or "")) for one in due.follow_ups]
        print_table(("id", "due", "follow-up", "open actions"), rows, wraps="follow-up")
    if due.overdue:
        print(f"{due.overdue:,} action{'s are' if due.overdue > 1 else ' is'} overdue: pmfacil actions --overdue")
    return 0
