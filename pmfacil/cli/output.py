"""How commands print: tables on a terminal, tab-separated lines in a pipe, JSON for machines, errors in a sentence."""

from __future__ import annotations

import io
import json
import os
import sys
from typing import TYPE_CHECKING

from pmfacil.core.text import AS_JSON, visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


def add_format(parser: argparse.ArgumentParser, *formats: str) -> None:
    """Let a command be asked for one of `formats`; the first is the default."""
    parser.add_argument("--format", choices=formats, default=formats[0], help=f"how to print ({formats[0]})")


def prepare_output() -> None:
    """Let standard output take any text: a pipe carries UTF-8, a terminal shows what it lacks as an escape."""
    if not isinstance(sys.stdout, io.TextIOWrapper):
        return
    if sys.stdout.isatty():
        sys.stdout.reconfigure(errors="backslashreplace")
    else:
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def abandon_output() -> None:
    """Send what is still to be printed nowhere, so that the interpreter does not trip over it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def complain(sentence: str) -> None:
    """Say what is wrong, in one line on standard error."""
    print(f"pmfacil: {visible(sentence)}", file=sys.stderr)


def print_json(data: object) -> None:
    """Print data for machines."""
    print_json_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def print_json_text(text: str) -> None:
    """Print a whole JSON document, safe for a terminal and equal for a machine."""
    print(text.translate(AS_JSON), end="")


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, wraps: str) -> None:
    """Print rows: a table for people on a terminal, one line of tab-separated cells each in a pipe.

    In the table, the column headed `wraps` gives way where the terminal is narrow.
    """
    shown = [[visible(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for row in shown:
            print("\t".join(row))
        return
    from rich.console import Console  # noqa: PLC0415 - a pipe needs no tables
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(heading, no_wrap=heading != wraps, overflow="fold")
    for row in shown:
        table.add_row(*map(Text, row))
    Console().print(table)
