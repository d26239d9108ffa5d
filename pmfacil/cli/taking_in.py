"""`pmfacil import`: take in a post-mortem that was exported as JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmfacil import codec
from pmfacil.bootstrap import open_workshop
from pmfacil.cli.output import add_format, print_json
from pmfacil.core.errors import Unfit
from pmfacil.core.text import visible

if TYPE_CHECKING:
    import argparse

NAME: Final = "import"
HELP: Final = "take in a post-mortem from its JSON export"
EXAMPLE: Final = "pmfacil import 2026-03-12-checkout-outage.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a file."""
    parser.add_argument("file", help="a JSON export, or - for standard input")
    add_format(parser, "text", "json")


def run(arguments: argparse.Namespace) -> int:
    """Take it in; a file that breaks a rule is refused whole, and the database is not touched."""
    try:
        data = sys.stdin.buffer.read() if arguments.file == "-" else Path(arguments.file).read_bytes()
        found = codec.read_document(data)
    except OSError as fault:
        msg = f"{arguments.file} cannot be read: {(fault.strerror or str(fault)).lower()}."
        raise Unfit(msg) from fault
    except codec.UnreadableError as fault:
        msg = (
            f"{arguments.file} is not a post-mortem that pmfacil exported ({visible(str(fault))}). Nothing was changed."
        )
        raise Unfit(msg) from fault
    taken = open_workshop(arguments.db).library.take_in(found.post_mortem, found.sitting)
    if arguments.format == "json":
        print_json({"id": taken.id, "was_here": taken.was_here, "copied": taken.copied})
        return 0
    said = "was here already, unchanged" if taken.was_here else "differs from the one here: taken in as a copy"
    print(f"{taken.id}  {said if taken.was_here or taken.copied else 'taken in'}")
    return 0
