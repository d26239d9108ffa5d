"""`pmfacil rehearse`: practise on a real public incident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.bootstrap import open_workshop, require_terminal, run_app
from pmfacil.rehearsal import rehearse

if TYPE_CHECKING:
    import argparse

NAME: Final = "rehearse"
HELP: Final = "open the app on a rehearsal"
EXAMPLE: Final = "pmfacil rehearse --worked --no-app"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take whether the finished example is wanted, and whether to open the app."""
    parser.add_argument("--worked", action="store_true", help="the whole meeting, finished, to read")
    parser.add_argument("--no-app", action="store_true", help="only put it into the library and print its id")


def run(arguments: argparse.Namespace) -> int:
    """Begin it."""
    if not arguments.no_app:
        require_terminal()
    with open_workshop(arguments.db) as workshop:
        begun = rehearse(workshop.library, worked=arguments.worked)
        if not arguments.no_app:
            return run_app(workshop, begun)
    print(begun)
    return 0
