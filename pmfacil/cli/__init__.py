"""The command line: thin commands over the same services as the app."""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Final, NoReturn, Protocol, cast

from pmfacil import __version__
from pmfacil.cli.output import abandon_output, complain, prepare_output
from pmfacil.core.errors import Refusal, Unfit
from pmfacil.paths import database_path, settings_path
from pmfacil.settings import THEMES

if TYPE_CHECKING:
    from collections.abc import Sequence

_MODULES: Final = {
    "new": "begin",
    "list": "listing",
    "show": "show",
    "open": "opening",
    "search": "search",
    "actions": "actions",
    "followups": "followups",
    "trends": "trends",
    "export": "export",
    "publish": "publish",
    "report-template": "template",
    "import": "taking_in",
    "check": "check",
    "backup": "backup",
    "restore": "restore",
    "doctor": "doctor",
    "purge": "purge",
    "rehearse": "rehearse",
}
"""Which module does what: only the one that was asked for is loaded, for a shell profile asks every time."""
_ERROR: Final = 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """End with one sentence on standard error."""
        complain(f"{message}. `{self.prog} --help` tells more.")
        self.exit(_ERROR)


class Command(Protocol):
    """What the module of a command offers."""

    NAME: str
    HELP: str
    EXAMPLE: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say which words the command takes."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it, and return the exit code."""


def command(name: str) -> Command:
    """Return the command of that name."""
    return cast("Command", import_module(f"pmfacil.cli.{_MODULES[name]}"))  # a test holds every module to it


def parser(wanted: Sequence[str] = tuple(_MODULES)) -> argparse.ArgumentParser:
    """Return the parser with the wanted commands, every one by default."""
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
    for one in map(command, wanted):
        sub = commands.add_parser(
            one.NAME,
            help=one.HELP,
            description=f"{one.HELP[0].upper()}{one.HELP[1:]}.",
            epilog=f"Example: {one.EXAMPLE}",
            allow_abbrev=False,
        )
        sub.add_argument("--db", metavar="PATH", default=argparse.SUPPRESS, help="use this database file")
        one.add_arguments(sub)
        sub.set_defaults(run=one.run)
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
        name = _recognised(words)
        arguments = parser([name] if name else tuple(_MODULES)).parse_args(words)
        return int(arguments.run(arguments))
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    except Refusal as refusal:
        complain(str(refusal))
        return _ERROR


def _recognised(words: Sequence[str]) -> str | None:
    """Return the command that is meant, None where none is named; refuses one that there is not with the nearest."""
    left = iter(words)
    for word in left:
        if word == "--db":
            next(left, None)
        elif not word.startswith("-"):
            if word in _MODULES:
                return word
            near = get_close_matches(word, _MODULES, n=1, cutoff=0.5)
            hint = f"Did you mean “{near[0]}”? " if near else ""
            msg = f"“{word}” is no command. {hint}`pmfacil --help` lists them."
            raise Unfit(msg)
    return None


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
