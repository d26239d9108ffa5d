"""`pmfacil import`: take in JSON exports, written post-mortems, or a timeline from any material."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from pmfacil import codec
from pmfacil.cli import timeline
from pmfacil.cli.desk import desk
from pmfacil.cli.given import STANDARD_INPUT, bytes_of, name_of
from pmfacil.cli.output import add_format, complain, print_json
from pmfacil.core.errors import Unfit
from pmfacil.core.record import Part
from pmfacil.core.text import visible
from pmfacil.importing import WRITTEN, take_in_path
from pmfacil.paths import expanded

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from pmfacil.importing import Outcome

NAME: Final = "import"
HELP: Final = "take in a JSON export, Markdown post-mortems (a file or a folder), or a timeline from any material"
EXAMPLE: Final = "pmfacil import ~/post-mortems, or pmfacil import timeline chat.txt --into 4f2a"

_ITS_OWN: Final = ("into", "zone", "date", "column", "dry_run", "each_line")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a file, or the word `timeline` and a file."""
    parser.add_argument(
        "what",
        nargs="+",
        metavar="[timeline] FILE",
        help="a JSON export, a Markdown file or a folder; after `timeline`, any material. - reads a pipe",
    )
    add_format(parser, "text", "json")
    group = parser.add_argument_group("with timeline")
    group.add_argument("--into", metavar="ID", help="add to this post-mortem; without it, a new one begins")
    group.add_argument("--zone", help="the zone of times that name none: Europe/London, UTC, PST")
    group.add_argument("--date", metavar="DAY", help="the day of times that name none")
    group.add_argument(
        "--column",
        action="append",
        metavar="PART=NAME",
        help="what a table's column holds: time, text, kind, evidence or end (kept for every such table)",
    )
    group.add_argument("--dry-run", action="store_true", help="print what would be taken, and take nothing")
    group.add_argument("--each-line", action="store_true", help="judge each line alone, print JSON, and take nothing")


def run(arguments: argparse.Namespace) -> int:
    """Take it in; a file that breaks a rule is refused whole, and the database is not touched."""
    match arguments.what:
        case [file]:
            return _document(arguments, file)
        case ["timeline", file]:
            name = "standard input" if file == STANDARD_INPUT else PurePath(file).name
            return timeline.run(arguments, bytes_of(file), name)
        case _:
            msg = "One file at a time: `pmfacil import FILE.json`, or `pmfacil import timeline FILE`."
            raise Unfit(msg)


def _document(arguments: argparse.Namespace, file: str) -> int:
    if given := next((name for name in _ITS_OWN if getattr(arguments, name)), None):
        msg = f"--{given.replace('_', '-')} belongs to timelines: `pmfacil import timeline {file}`."
        raise Unfit(msg)
    if file != STANDARD_INPUT and ((path := expanded(file)).is_dir() or path.suffix.casefold() in WRITTEN):
        return _written(arguments, path)
    found = _read(file)
    with desk(arguments) as workshop:
        taken = workshop.library.take_in(found.post_mortem, found.sitting)
    if arguments.format == "json":
        print_json({"id": taken.id, "was_here": taken.was_here, "copied": taken.copied})
        return 0
    said = "was here already, unchanged" if taken.was_here else "differs from the one here: taken in as a copy"
    print(f"{visible(taken.id)}  {said if taken.was_here or taken.copied else 'taken in'}")
    return 0


def _written(arguments: argparse.Namespace, path: Path) -> int:
    """Take in what was written elsewhere; a folder goes on where one file cannot be read, and says so in the end."""
    with desk(arguments) as workshop:
        outcomes = take_in_path(workshop.library, path)
    for one in outcomes:
        if one.refused:
            complain(f"{one.path.name}: {one.refused}")
    if arguments.format == "json":
        print_json([_told(one) for one in outcomes if not one.refused])
    else:
        for one in outcomes:
            if not one.refused:
                print(f"{one.id[:8]}  {visible(one.title)}{'  was here already' if one.was_here else _recognised(one)}")
    return 1 if any(one.refused for one in outcomes) else 0


def _recognised(one: Outcome) -> str:
    if one.record is None:
        return ""
    counts = [f"{len(one.record.of(part))} {part.value}" for part in (Part.TIMELINE, Part.CAUSE, Part.ACTION)]
    return f"  ({', '.join(counts)})"


def _told(one: Outcome) -> dict[str, object]:
    told: dict[str, object] = {"id": one.id, "title": one.title, "was_here": one.was_here, "file": one.path.name}
    if one.record is not None:
        told["occurred_on"] = one.record.occurred_on.isoformat() if one.record.occurred_on else None
        told |= {part.value: len(one.record.of(part)) for part in Part if part not in (Part.TITLE, Part.TEXT)}
    return told


def _read(file: str) -> codec.Document:
    try:
        return codec.read_document(bytes_of(file))
    except codec.UnreadableError as fault:
        msg = f"{name_of(file)} is not a post-mortem that pmfacil exported ({fault}). Nothing was changed."
        raise Unfit(msg) from fault
