"""The command line: thin commands over the same services as the app."""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NoReturn

from pmfacil import __version__
from pmfacil.cli import (
    actions,
    begin,
    check,
    export,
    followups,
    listing,
    opening,
    publish,
    rehearse,
    search,
    show,
    taking_in,
    template,
    trends,
)
from pmfacil.cli.output import abandon_output, complain, prepare_output
from pmfacil.core.errors import Refusal, Unfit
from pmfacil.paths import database_path, settings_path
from pmfacil.settings import THEMES

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = (
    begin, listing, show, opening, search, actions, followups,
    trends, export, publish, template, taking_in, check, rehearse,
)  # fmt: skip
_ERROR: Final = 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """End with one sentence on standard error."""
        complain(f"{message}. `{self.prog} --help` tells more.")
        self.exit(_ERROR)


def parser() -> argparse.ArgumentParser:
    """Return the parser with every command."""
    root = _Parser(
        prog="pmfacil",
        description="Lead a blameless post-mortem from the first fact to the agreed report. No command: the app.",
        epilog=_epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    root.add_argument("--version", action="version", version=f"pmfacil {__version__}")
    root.add_argument("--db", metavar="PATH", help="use this database file")
    commands = root.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    for command in _COMMANDS:
        sub = commands.add_parser(
            command.NAME,
            help=command.HELP,
            description=f"{command.HELP[0].upper()}{command.HELP[1:]}.",
            epilog=f"Example: {command.EXAMPLE}",
            allow_abbrev=False,
        )
        sub.add_argument("--db", metavar="PATH", default=argparse.SUPPRESS, help="use this database file")
        command.add_arguments(sub)
        sub.set_defaults(run=command.run)
    return root


def run(words: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    prepare_output()
    try:
        code = _obey(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away, as `| head` does; nobody is left to tell.
        abandon_output()
        return 0
    except OSError as fault:
        abandon_output()
        complain(f"The output could not be written: {(fault.strerror or str(fault)).lower()}.")
        return _ERROR
    return code


def _obey(words: Sequence[str]) -> int:
    try:
        _recognise(words)
        arguments = parser().parse_args(words)
        return int(arguments.run(arguments))
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    except Refusal as refusal:
        complain(str(refusal))
        return _ERROR


def _recognise(words: Sequence[str]) -> None:
    """Refuse a command that there is not, with the one that was probably meant."""
    names = [command.NAME for command in _COMMANDS]
    left = iter(words)
    for word in left:
        if word == "--db":
            next(left, None)
        elif not word.startswith("-"):
            if word not in names:
                near = get_close_matches(word, names, n=1, cutoff=0.5)
                hint = f"Did you mean “{near[0]}”? " if near else ""
                msg = f"“{word}” is no command. {hint}`pmfacil --help` lists them."
                raise Unfit(msg)
            return


def _epilog() -> str:
    told = f"""\
database: --db PATH, else $PMFACIL_DB, else {database_path()}
settings: {settings_path()} (all of it optional)
  theme = "{THEMES[0]}"           # or {" or ".join(THEMES[1:])}
  reports = "~/reports"    # where exports go
  zone = "Europe/London"   # of new post-mortems; the machine's own otherwise
  [prompts]
  causes = ["What would the night shift say?"]    # questions of your own, by step
  [lexicon]
  people = ["night crew"]  # what you call people; also blame, human_error …, and silence"""
    return told.replace("%", "%%")
