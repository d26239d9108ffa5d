"""`pmfacil new`: begin a post-mortem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.cli.desk import desk
from pmfacil.cli.output import add_format, print_json
from pmfacil.core.errors import Unfit
from pmfacil.core.kind import Kind
from pmfacil.intake.dates import understand_date

if TYPE_CHECKING:
    import argparse

NAME: Final = "new"
HELP: Final = "begin a post-mortem and print its id"
EXAMPLE: Final = 'pmfacil new "Checkout outage" --kind incident --when yesterday'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a title, a kind and a day."""
    parser.add_argument("title", help="what failed, for whom")
    parser.add_argument("--kind", default=Kind.INCIDENT.value, help=f"{', '.join(Kind)}, or a word of it")
    parser.add_argument("--when", metavar="DAY", help="yesterday, 12 March, 2026-03-12")
    add_format(parser, "text", "json")


def run(arguments: argparse.Namespace) -> int:
    """Begin it."""
    kind = _kind(arguments.kind)
    with desk(arguments) as workshop:
        library = workshop.library
        day = None
        if arguments.when is not None:
            day = understand_date(arguments.when, library.now().astimezone().date())
            if day is None:
                msg = f"“{arguments.when}” is no day I know. Try “yesterday”, “12 March” or “2026-03-12”."
                raise Unfit(msg)
        new = library.begin(arguments.title, kind, day)
    if arguments.format == "json":
        print_json({"id": new})
    else:
        print(new)
    return 0


def _kind(said: str) -> Kind:
    wanted = said.strip().casefold()
    fitting = [kind for kind in Kind if wanted and f" {wanted}" in f" {kind.value}"]
    if len(fitting) != 1:
        what = "could be more than one kind" if fitting else "is no kind"
        msg = f"“{said}” {what} of post-mortem; {', '.join(fitting or Kind)} are."
        raise Unfit(msg)
    return fitting[0]
