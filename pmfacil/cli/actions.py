"""`pmfacil actions`: what is still promised, across all post-mortems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.board import EVERY
from pmfacil.cli.desk import desk
from pmfacil.cli.output import add_format, print_json, print_table
from pmfacil.core.following import overdue_by
from pmfacil.core.promises import Section, Wanted
from pmfacil.core.text import kept
from pmfacil.report.review import review_list

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from pmfacil.core.promises import Promise

NAME: Final = "actions"
HELP: Final = "list the actions of all post-mortems that are still to be done, or overdue"
EXAMPLE: Final = "pmfacil actions --owner Ana --format md | pbcopy"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to narrow the list to."""
    parser.add_argument("--overdue", action="store_true", help="only what is overdue; silent where nothing is")
    parser.add_argument("--to-verify", action="store_true", help="only what is done and whose effect was not seen yet")
    parser.add_argument("--owner", help="only what this person owns; '' for what nobody owns")
    add_format(parser, "text", "md", "json")


def run(arguments: argparse.Namespace) -> int:
    """List them, the most pressing first."""
    # An @ is how the app writes owners; nobody's name begins with one.
    wanted = Wanted(owner=None if arguments.owner is None else kept(arguments.owner).removeprefix("@"))
    with desk(arguments) as workshop:
        board = workshop.library.board
        asked = {Section.OVERDUE: arguments.overdue, Section.UNVERIFIED: arguments.to_verify}
        sections = [section for section, wished in asked.items() if wished]
        promises = [one for section in sections for one in board.section(section, wanted, EVERY)]
        if not sections:
            promises = list(board.open_ones(wanted))
        today = board.today
    match arguments.format:
        case "json":
            print_json([_data(one, today) for one in promises])
        case "md":
            print(review_list(promises, today), end="")
        case _ if promises:
            headings = ("due", "state", "owner", "action", "post-mortem")
            print_table(headings, [_row(one, today) for one in promises], wraps="action")
    return 0


def _row(one: Promise, today: date) -> tuple[str, ...]:
    late = overdue_by(one.due, one.state, today)
    due = one.due.isoformat() if one.due else "no date"
    return (f"{due} ({late} d over)" if late else due, one.state.value, one.owner or "–", one.text, one.title)


def _data(one: Promise, today: date) -> dict[str, object]:
    return {
        "post_mortem": one.post_mortem,
        "action": one.action,
        "text": one.text,
        "owner": one.owner,
        "due": one.due.isoformat() if one.due else None,
        "days_over": overdue_by(one.due, one.state, today),
        "state": one.state.value,
        "reason": one.reason,
        "title": one.title,
    }
