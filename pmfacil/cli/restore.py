"""`pmfacil restore`: a backup as a database again, in a new file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil import bootstrap
from pmfacil.core.errors import Unfit
from pmfacil.core.text import visible
from pmfacil.paths import expanded

if TYPE_CHECKING:
    import argparse

NAME: Final = "restore"
HELP: Final = "write what a backup holds into a new file; nothing is ever overwritten"
EXAMPLE: Final = "pmfacil restore pmfacil-2026-03-12T140000Z.db --into restored.db"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a backup and a place."""
    parser.add_argument("backup", metavar="BACKUP", help="the backup")
    parser.add_argument("--into", metavar="FILE", required=True, help="a new file")


def run(arguments: argparse.Namespace) -> int:
    """Restore it."""
    if not arguments.backup.strip() or not arguments.into.strip():
        msg = "A file has no name. Say which backup goes into which file."
        raise Unfit(msg)
    upkeep = bootstrap.upkeep(arguments.db)
    restored = upkeep.restore(expanded(arguments.backup), expanded(arguments.into))
    print(visible(f"{restored} holds it. `pmfacil --db {restored}` opens it."))
    return 0
