"""`pmfacil export`: write the report files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmfacil.bootstrap import open_workshop
from pmfacil.core.errors import Unfit
from pmfacil.report.formats import Format, render
from pmfacil.report.writing import file_name, write_as, write_report

if TYPE_CHECKING:
    import argparse

NAME: Final = "export"
HELP: Final = "write the report and print where"
EXAMPLE: Final = "pmfacil export 3f2a --format md,html --out reports/"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take an id, formats and a place."""
    parser.add_argument("id", help="the id, or how it begins")
    parser.add_argument("--format", default="md", metavar="LIST", help=f"one or more of {','.join(Format)} (md)")
    parser.add_argument("--out", metavar="PATH", help="a folder, a file (with one format), or - for standard output")
    parser.add_argument("--replace", action="store_true", help="overwrite the file named by --out")


def run(arguments: argparse.Namespace) -> int:
    """Write it."""
    forms = _forms(arguments.format)
    workshop = open_workshop(arguments.db)
    library = workshop.library
    service = library.open(library.find(arguments.id))
    pm, now = service.snapshot.post_mortem, library.now()
    texts = {form: render(form, pm, service.sitting, now) for form in forms}
    if arguments.out == "-":
        for text in texts.values():
            print(text, end="")
        return 0
    for form, text in texts.items():
        if arguments.out is None or _is_folder(arguments.out):
            folder = workshop.reports if arguments.out is None else Path(arguments.out).expanduser()
            print(write_report(folder, file_name(pm, form), text))
        elif len(forms) > 1:
            msg = f"{arguments.out} is one file, but {len(forms)} formats were asked for. Name a folder."
            raise Unfit(msg)
        else:
            print(write_as(Path(arguments.out).expanduser(), text, replace=arguments.replace))
    return 0


def _forms(said: str) -> list[Format]:
    words = [word.strip().casefold() for word in said.split(",") if word.strip()]
    unknown = [word for word in words if word not in set(Format)]
    if unknown or not words:
        msg = f"“{', '.join(unknown) or said}” is no format; {', '.join(Format)} are."
        raise Unfit(msg)
    return [Format(word) for word in dict.fromkeys(words)]


def _is_folder(out: str) -> bool:
    return out.endswith("/") or Path(out).expanduser().is_dir()
