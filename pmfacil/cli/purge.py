"""`pmfacil purge`: what was deleted some time ago goes for good, from the backups too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pmfacil import bootstrap
from pmfacil.core.errors import Unfit
from pmfacil.core.text import visible

if TYPE_CHECKING:
    import argparse

NAME: Final = "purge"
HELP: Final = "remove for good what was deleted more than 30 days ago, from the backups too"
EXAMPLE: Final = "pmfacil purge --older 90"
_MOST_DAYS: Final = 36_500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take how long ago, and whether to ask."""
    parser.add_argument(
        "--older", metavar="DAYS", type=int, default=30, help="deleted more than so many days ago (30); 0: all of it"
    )
    parser.add_argument("--yes", action="store_true", help="do it without asking")


def run(arguments: argparse.Namespace) -> int:
    """Say what would go, ask, and purge."""
    days: int = arguments.older
    if not 0 <= days <= _MOST_DAYS:
        msg = f"{days} is no number of days since something was deleted. Give one from 0 to {_MOST_DAYS}."
        raise Unfit(msg)
    upkeep = bootstrap.upkeep(arguments.db)
    before = datetime.now(UTC) - timedelta(days=days)
    titles = upkeep.put_away(before).values()
    if not titles:
        print(f"Nothing was deleted more than {days} days ago.")
        return 0
    for title in titles:
        print(visible(title))
    if not (arguments.yes or _agreed(len(titles))):
        print("Nothing was removed.")
        return 0
    done, backups = upkeep.purge(before)
    print(f"Gone for good: {_many(len(done.ids), 'post-mortem')}, also from {_many(backups, 'backup')}.")
    if not done.settled:
        print("Another window is open: some words stay in its log until it is closed.")
    return 0


def _agreed(many: int) -> bool:
    question = f"Remove {_many(many, 'post-mortem')} for good, from the backups too? This cannot be undone. [y/N] "
    try:
        return input(question).strip().lower() in {"y", "yes"}
    except EOFError as fault:
        print()
        msg = "Nobody is there to ask, so nothing was removed. `--yes` purges without asking."
        raise Unfit(msg) from fault


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
