"""`pmfacil export`: write the report files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from pmfacil.cli.desk import add_id, desk, meant
from pmfacil.cli.output import print_json_text
from pmfacil.core.errors import Unfit
from pmfacil.paths import expanded
from pmfacil.report.formats import Format, render
from pmfacil.report.writing import file_name, write_as, write_report

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

NAME: Final = "export"
HELP: Final = "write the report and print where"
EXAMPLE: Final = "pmfacil export 3f2a --format md,html --out reports/"

_STANDARD_OUTPUT: Final = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take an id, formats and a place."""
    add_id(parser)
    parser.add_argument("--format", default="md", metavar="LIST", help=f"one or more of {','.join(Format)} (md)")
    parser.add_argument("--out", metavar="PATH", help="a folder, a file (with one format), or - for standard output")
    parser.add_argument("--replace", action="store_true", help="overwrite what is there; a number is added otherwise")


def run(arguments: argparse.Namespace) -> int:
    """Write it."""
    forms = _forms(arguments.format)
    _check_room(arguments.out, forms)
    with desk(arguments) as workshop:
        library = workshop.library
        service = library.open(meant(library, arguments.id))
        pm, now = service.snapshot.post_mortem, library.now()
        texts = {form: render(form, pm, service.sitting, now) for form in forms}
    if arguments.out == _STANDARD_OUTPUT:
        for form, text in texts.items():
            print_report(form, text)
        return 0
    for form, text in texts.items():
        print(_write(arguments, workshop.reports, file_name(pm, form), text))
    return 0


def print_report(form: Format, text: str) -> None:
    """Print a rendered report as it is."""
    if form is Format.JSON:
        print_json_text(text)
    else:
        print(text, end="")


def _write(arguments: argparse.Namespace, reports: Path, name: str, text: str) -> Path:
    if arguments.out is not None and not _is_folder(arguments.out):
        return write_as(expanded(arguments.out), text, replace=arguments.replace)
    folder = reports if arguments.out is None else expanded(arguments.out)
    return write_as(folder / name, text, replace=True) if arguments.replace else write_report(folder, name, text)


def _forms(said: str) -> list[Format]:
    words = [word.strip().casefold() for word in said.split(",") if word.strip()]
    unknown = [word for word in words if word not in set(Format)]
    if unknown or not words:
        msg = f"“{', '.join(unknown) or said}” is no format; {', '.join(Format)} are."
        raise Unfit(msg)
    return [Format(word) for word in dict.fromkeys(words)]


def _check_room(out: str | None, forms: list[Format]) -> None:
    """Refuse several formats where one text fits, before any is written."""
    if out is None or len(forms) == 1 or _is_folder(out):
        return
    place = "Standard output" if out == _STANDARD_OUTPUT else out
    msg = f"{place} takes one format, but {len(forms)} were asked for. Name a folder, with a / at its end if it is new."
    raise Unfit(msg)


def _is_folder(out: str) -> bool:
    return out.endswith(("/", os.sep)) or expanded(out).is_dir()
