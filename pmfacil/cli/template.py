"""`pmfacil report-template`: begin templates of your own for the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Unfit
from pmfacil.paths import templates_path
from pmfacil.report.templates import KINDS, starting_point
from pmfacil.report.writing import write_as

if TYPE_CHECKING:
    import argparse

NAME: Final = "report-template"
HELP: Final = "write the templates of the Markdown and HTML report, to change their wording and order"
EXAMPLE: Final = "pmfacil report-template init"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do."""
    parser.add_argument("what", choices=["init", "where"], help="init writes them, where says where they belong")


def run(arguments: argparse.Namespace) -> int:
    """Write them where pmfacil looks for them; what is there is never overwritten."""
    folder = templates_path()
    if arguments.what == "where":
        print(folder)
        return 0
    there = [folder / kind.value for kind in KINDS if (folder / kind.value).exists()]
    if there:
        msg = f"{there[0]} is there already. Move it away to begin anew."
        raise Unfit(msg)
    for kind in KINDS:
        print(write_as(folder / kind.value, starting_point(kind)))
    return 0
