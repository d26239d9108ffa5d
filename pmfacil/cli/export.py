"""`pmfacil export`: write the report files."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from pmfacil.bootstrap import make_exports
from pmfacil.cli.desk import add_id, desk, meant
from pmfacil.cli.output import print_json_text
from pmfacil.core.errors import Unfit
from pmfacil.paths import expanded
from pmfacil.report.formats import Format, outside_title, read_forms, rendered
from pmfacil.report.writing import file_name, write_as, write_report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

NAME: Final = "export"
HELP: Final = "write the report and print where"
EXAMPLE: Final = "pmfacil export 3f2a --format md,pdf,ics --out reports/"

_STANDARD_OUTPUT: Final = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take an id, formats and a place."""
    add_id(parser)
    parser.add_argument("--format", default="md", metavar="LIST", help=f"one or more of {','.join(Format)} (md)")
    parser.add_argument("--out", metavar="PATH", help="a folder, a file (with one format), or - for standard output")
    parser.add_argument("--external", action="store_true", help="for readers outside: names, links and hosts masked")
    parser.add_argument("--replace", action="store_true", help="overwrite what is there; a number is added otherwise")


def run(arguments: argparse.Namespace) -> int:
    """Write it."""
    forms = read_forms(arguments.format)
    _check_room(arguments.out, forms)
    if arguments.external and (whole := [form for form in forms if not form.public]):
        msg = f"{', '.join(whole)} would hold everything: --external takes md, html, pdf and txt."
        raise Unfit(msg)
    with desk(arguments) as workshop:
        library = workshop.library
        service = library.open(meant(library, arguments.id))
        pm, now = service.snapshot.post_mortem, library.now()
        manner = make_exports(workshop).manner(external=arguments.external)
        title = outside_title(pm, workshop.settings.hidden) if arguments.external else None
        files = {form: rendered(form, pm, service.sitting, now, manner) for form in forms}
    if arguments.out == _STANDARD_OUTPUT:
        for form, data in files.items():
            print_report(form, data)
        return 0
    for form, data in files.items():
        print(_write(arguments, workshop.reports, file_name(pm, form, external=title), data))
    return 0


def print_report(form: Format, data: bytes) -> None:
    """Print a rendered report as it is; a PDF only into a pipe."""
    if form is Format.PDF:
        if sys.stdout.isatty():
            msg = "A PDF would only upset this terminal. Name a file: --out report.pdf."
            raise Unfit(msg)
        sys.stdout.buffer.write(data)
    elif form is Format.JSON:
        print_json_text(data.decode())
    else:
        print(data.decode(), end="")


def _write(arguments: argparse.Namespace, reports: Path, name: str, data: bytes) -> Path:
    if arguments.out is not None and not _is_folder(arguments.out):
        return write_as(expanded(arguments.out), data, replace=arguments.replace)
    folder = reports if arguments.out is None else expanded(arguments.out)
    return write_as(folder / name, data, replace=True) if arguments.replace else write_report(folder, name, data)


def _check_room(out: str | None, forms: Sequence[Format]) -> None:
    """Refuse several formats where one text fits, before any is written."""
    if out is None or len(forms) == 1 or _is_folder(out):
        return
    place = "Standard output" if out == _STANDARD_OUTPUT else out
    msg = f"{place} takes one format, but {len(forms)} were asked for. Name a folder, with a / at its end if it is new."
    raise Unfit(msg)


def _is_folder(out: str) -> bool:
    return out.endswith(("/", os.sep)) or expanded(out).is_dir()
