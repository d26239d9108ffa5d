"""`pmfacil show`: one post-mortem, to read or to feed to another program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.cli.desk import add_id, desk, meant
from pmfacil.cli.export import print_report
from pmfacil.cli.output import add_format
from pmfacil.core.text import visible
from pmfacil.report.composing import compose
from pmfacil.report.formats import Format, render
from pmfacil.report.outline import Role, outline

if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from pmfacil.core.model import PostMortem
    from pmfacil.core.sitting import Sitting

NAME: Final = "show"
HELP: Final = "show one post-mortem"
EXAMPLE: Final = "pmfacil show 3f2a --format md | less"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take an id and a format."""
    add_id(parser)
    add_format(parser, "text", *Format)


def run(arguments: argparse.Namespace) -> int:
    """Show it."""
    with desk(arguments) as workshop:
        library = workshop.library
        service = library.open(meant(library, arguments.id))
        pm, sitting, now = service.snapshot.post_mortem, service.sitting, library.now()
    if arguments.format == "text":
        _print_outline(pm, sitting, now)
    else:
        form = Format(arguments.format)
        print_report(form, render(form, pm, sitting, now))
    return 0


def _print_outline(pm: PostMortem, sitting: Sitting | None, now: datetime) -> None:
    for line in outline(compose(pm, sitting, now)):
        if line.role is Role.HEADING:
            print()
        note = f"  ({visible(line.note)})" if line.note else ""
        print(f"{line.lead}{visible(line.text)}{note}")
