"""`pmfacil show`: one post-mortem, to read or to feed to another program."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from pmfacil.cli.desk import add_id, any_meant, desk
from pmfacil.cli.export import print_report
from pmfacil.cli.output import add_format, print_json
from pmfacil.core.errors import Unfit
from pmfacil.core.record import Part, RecordId
from pmfacil.core.stage import Stage
from pmfacil.core.text import visible
from pmfacil.report.composing import compose
from pmfacil.report.formats import Format, rendered
from pmfacil.report.outline import Role, outline

if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from pmfacil.core.model import PostMortem
    from pmfacil.core.record import Record
    from pmfacil.core.sitting import Sitting

NAME: Final = "show"
HELP: Final = "show one post-mortem"
EXAMPLE: Final = "pmfacil show 3f2a --format md | less"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take an id and a format."""
    add_id(parser)
    add_format(parser, "text", *Format)


def run(arguments: argparse.Namespace) -> int:
    """Show it."""
    with desk(arguments) as workshop:
        library = workshop.library
        id_ = any_meant(library, arguments.id)
        if (one := library.summary(id_)) is not None and one.stage is Stage.WRITTEN:
            _print_record(library.archive.record(RecordId(id_)), arguments.format)
            return 0
        service = library.open(id_)
        pm, sitting, now = service.snapshot.post_mortem, service.sitting, library.now()
    if arguments.format == "text":
        _print_outline(pm, sitting, now)
    else:
        form = Format(arguments.format)
        print_report(form, rendered(form, pm, sitting, now))
    return 0


def _print_record(record: Record, form: str) -> None:
    """Print a post-mortem that was written elsewhere: to be read, as it was written, or its parts for machines."""
    match form:
        case "text":
            _print_passages(record)
        case Format.MARKDOWN:
            # A terminal would obey what controls it; a pipe gets every byte.
            lines = map(visible, record.text.splitlines()) if sys.stdout.isatty() else [record.text.removesuffix("\n")]
            print("\n".join(lines))
        case Format.JSON:
            print_json(_parts(record))
        case _:
            msg = f"What was written elsewhere is shown as text, md or json, not as {form}."
            raise Unfit(msg)


def _print_passages(record: Record) -> None:
    print(visible(record.title))
    happened = record.occurred_on.isoformat() if record.occurred_on else "day unknown"
    print(f"{happened} · {visible(record.source)}")
    before = None
    for one in record.passages:
        if one.part is Part.TITLE and one.text == record.title:
            continue
        if one.part is not before:
            print(f"\n{one.part.value.upper()}" if one.part is not Part.TEXT else "")
        print(visible(f"{one.when}  {one.text}" if one.when else one.text))
        before = one.part


def _parts(record: Record) -> dict[str, object]:
    return {
        "id": record.id,
        "title": record.title,
        "source": record.source,
        "taken_in_at": record.taken_in_at.isoformat(),
        "occurred_on": record.occurred_on.isoformat() if record.occurred_on else None,
        "passages": [{"part": one.part.value, "when": one.when, "text": one.text} for one in record.passages],
        "text": record.text,
    }


def _print_outline(pm: PostMortem, sitting: Sitting | None, now: datetime) -> None:
    for line in outline(compose(pm, sitting, now)):
        if line.role is Role.HEADING:
            print()
        note = f"  ({visible(line.note)})" if line.note else ""
        print(f"{line.lead}{visible(line.text)}{note}")
