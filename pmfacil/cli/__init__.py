"""The command line: thin commands over the same services as the app."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from pmfacil import __version__
from pmfacil.cli import begin, export, listing, opening, rehearse, show, taking_in
from pmfacil.core.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = (begin, listing, show, opening, export, taking_in, rehearse)
_INTERRUPTED = 130


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """End with one sentence on standard error."""
        self.exit(2, f"pmfacil: {message}. `{self.prog} --help` tells more.\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser with every command."""
    root = _Parser(
        prog="pmfacil",
        description="Lead a blameless post-mortem from the first fact to the agreed report. No command: the app.",
        epilog="Settings: see the README. The database is --db, else $PMFACIL_DB, else the platform's data folder.",
    )
    root.add_argument("--version", action="version", version=f"pmfacil {__version__}")
    root.add_argument("--db", metavar="PATH", help="use this database file")
    commands = root.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    for command in _COMMANDS:
        sub = commands.add_parser(command.NAME, help=command.HELP, description=command.HELP, epilog=command.EXAMPLE)
        sub.add_argument("--db", metavar="PATH", default=argparse.SUPPRESS, help="use this database file")
        command.add_arguments(sub)
        sub.set_defaults(run=command.run)
    return root


def run(words: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    try:
        arguments = parser().parse_args(words)
        return int(arguments.run(arguments))
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    except Refusal as refusal:
        print(f"pmfacil: {refusal}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader went away, as `| head` does; nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _INTERRUPTED
