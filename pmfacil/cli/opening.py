"""`pmfacil open`: the app, at one post-mortem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.bootstrap import open_workshop, run_app
from pmfacil.cli.desk import add_id, meant

if TYPE_CHECKING:
    import argparse

NAME: Final = "open"
HELP: Final = "open the app at one post-mortem"
EXAMPLE: Final = "pmfacil open 3f2a"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take an id."""
    add_id(parser)
    parser.add_argument("--live", action="store_true", help="begin the meeting at once, without preparing it")


def run(arguments: argparse.Namespace) -> int:
    """Open it."""
    with open_workshop(arguments.db) as workshop:
        return run_app(workshop, meant(workshop.library, arguments.id), live=arguments.live)
