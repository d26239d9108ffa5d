"""How commands print: tables on a terminal, tab-separated lines in a pipe, JSON for machines."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from pmfacil.core.text import visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


def add_format(parser: argparse.ArgumentParser, *formats: str) -> None:
    """Let a command be asked for one of `formats`; the first is the default."""
    parser.add_argument("--format", choices=formats, default=formats[0], help=f"how to print ({formats[0]})")


def print_json(data: object) -> None:
    """Print data for machines."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows: a table for people on a terminal, one line of tab-separated cells each in a pipe."""
    shown = [[visible(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for row in shown:
            print("\t".join(row))
        return
    from rich.console import Console  # noqa: PLC0415 - a pipe needs no tables
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    table = Table(*headings, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for row in shown:
        table.add_row(*map(Text, row))
    Console().print(table)
