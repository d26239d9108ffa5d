"""`pmfacil show`: one post-mortem, to read or to feed to another program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.bootstrap import open_workshop
from pmfacil.cli.output import add_format
from pmfacil.core.text import visible
from pmfacil.report.composing import compose
from pmfacil.report.formats import Format, render
from pmfacil.report.outline import Role, outline

if TYPE_CHECKING:
    import argparse

NAME: Final = "show"
HELP: Final = "show one post-mortem"
EXAMPLE: Final = "pmfacil show 3f2a --format md | less"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take an id and a format."""
    parser.add_argument("id", help="the id, or how it begins")
    add_format(parser, "text", *Format)


def run(arguments: argparse.Namespace) -> int:
    """Show it."""
    library = open_workshop(arguments.db).library
    service = library.open(library.find(arguments.id))
    pm, sitting = service.snapshot.post_mortem, service.sitting
    if arguments.format != "text":
        print(render(Format(arguments.format), pm, sitting, library.now()), end="")
        return 0
    for line in outline(compose(pm, sitting, library.now())):
        if line.role is Role.HEADING:
            print()
        note = f"  ({visible(line.note)})" if line.note else ""
        print(f"{line.lead}{visible(line.text)}{note}")
    return 0
