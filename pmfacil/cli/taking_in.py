"""`pmfacil import`: take in a post-mortem that was exported as JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from pmfacil import codec
from pmfacil.cli.desk import desk
from pmfacil.cli.output import add_format, print_json
from pmfacil.core.errors import Unfit
from pmfacil.core.text import visible
from pmfacil.paths import expanded

if TYPE_CHECKING:
    import argparse

NAME: Final = "import"
HELP: Final = "take in a post-mortem from its JSON export"
EXAMPLE: Final = "pmfacil import 2026-03-12-checkout-outage.json"

_STANDARD_INPUT: Final = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a file."""
    parser.add_argument("file", help="a JSON export, or - for standard input")
    add_format(parser, "text", "json")


def run(arguments: argparse.Namespace) -> int:
    """Take it in; a file that breaks a rule is refused whole, and the database is not touched."""
    found = _read(arguments.file)
    with desk(arguments) as workshop:
        taken = workshop.library.take_in(found.post_mortem, found.sitting)
    if arguments.format == "json":
        print_json({"id": taken.id, "was_here": taken.was_here, "copied": taken.copied})
        return 0
    said = "was here already, unchanged" if taken.was_here else "differs from the one here: taken in as a copy"
    print(f"{visible(taken.id)}  {said if taken.was_here or taken.copied else 'taken in'}")
    return 0


def _read(file: str) -> codec.Document:
    name = "standard input" if file == _STANDARD_INPUT else file
    try:
        data = sys.stdin.buffer.read() if file == _STANDARD_INPUT else expanded(file).read_bytes()
        return codec.read_document(data)
    except OSError as fault:
        msg = f"{name} cannot be read: {(fault.strerror or str(fault)).lower()}."
        raise Unfit(msg) from fault
    except codec.UnreadableError as fault:
        msg = f"{name} is not a post-mortem that pmfacil exported ({fault}). Nothing was changed."
        raise Unfit(msg) from fault
