"""`pmfacil open`: the app, at one post-mortem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.bootstrap import make_app, open_workshop

if TYPE_CHECKING:
    import argparse

    from pmfacil.bootstrap import Workshop
    from pmfacil.core.model import PostMortemId

NAME: Final = "open"
HELP: Final = "open the app at one post-mortem"
EXAMPLE: Final = "pmfacil open 3f2a"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take an id."""
    parser.add_argument("id", help="the id, or how it begins")


def run(arguments: argparse.Namespace) -> int:
    """Open it."""
    workshop = open_workshop(arguments.db)
    return run_app(workshop, workshop.library.find(arguments.id))


def run_app(workshop: Workshop, start: PostMortemId) -> int:
    """Run the app at `start` and return its exit code."""
    app = make_app(workshop, start)
    app.run()
    return app.return_code or 0
