"""`pmfacil publish`: the record as a folder of pages that anybody can read and search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.cli.desk import desk
from pmfacil.cli.output import add_format, print_json
from pmfacil.core.errors import Unfit
from pmfacil.core.text import visible
from pmfacil.paths import expanded

if TYPE_CHECKING:
    import argparse

    from pmfacil.publishing import Published

NAME: Final = "publish"
HELP: Final = "write all reports as pages with a search that works from a disk"
EXAMPLE: Final = "pmfacil publish /srv/share/post-mortems"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a folder, and what else goes into it."""
    parser.add_argument("folder", metavar="DIR", help="the folder; made where it is not there yet")
    parser.add_argument("--written", action="store_true", help="also what was written elsewhere and imported")
    add_format(parser, "text", "json")


def run(arguments: argparse.Namespace) -> int:
    """Publish."""
    from pmfacil.publishing import publish  # noqa: PLC0415 - other commands need no pages

    if not arguments.folder.strip():
        msg = "The folder has no name. Say where the pages go."
        raise Unfit(msg)
    with desk(arguments) as workshop:
        library = workshop.library
        done = publish(library, expanded(arguments.folder), library.now(), written=arguments.written)
    if arguments.format == "json":
        print_json(_data(done))
    else:
        reports = f"{done.written} report{'s' * (done.written != 1)} written"
        print(f"{reports}, {done.unchanged} unchanged, {done.removed} removed.")
        print(visible(str(done.index)))
    return 0


def _data(done: Published) -> dict[str, object]:
    return {
        "written": done.written,
        "unchanged": done.unchanged,
        "removed": done.removed,
        "index": str(done.index),
    }
