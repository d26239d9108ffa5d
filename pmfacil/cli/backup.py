"""`pmfacil backup`: a whole copy of the database, looked at after writing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from pmfacil import bootstrap
from pmfacil.core.errors import Unfit
from pmfacil.core.text import visible
from pmfacil.paths import expanded

if TYPE_CHECKING:
    import argparse

NAME: Final = "backup"
HELP: Final = "write a whole copy of the database and print where"
EXAMPLE: Final = "pmfacil backup /media/stick/pmfacil.db"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a place."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="a new file; without one, among the daily backups")


def run(arguments: argparse.Namespace) -> int:
    """Write it."""
    if arguments.file is not None and not arguments.file.strip():
        msg = "The file has no name. Say where the backup goes, or leave it out."
        raise Unfit(msg)
    target = None if arguments.file is None else expanded(arguments.file)
    upkeep = bootstrap.upkeep(arguments.db)
    print(visible(str(upkeep.back_up(target, datetime.now(UTC)))))
    return 0
