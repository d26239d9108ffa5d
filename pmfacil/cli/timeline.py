"""`pmfacil import timeline`: draft a timeline from a chat, a log, a document, or what a monitoring tool sent."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from pmfacil.bootstrap import local_zone
from pmfacil.cli.desk import desk, meant
from pmfacil.cli.output import complain, print_json, print_json_text, print_table
from pmfacil.columns import ColumnMemory
from pmfacil.core import saying
from pmfacil.core.errors import Unfit
from pmfacil.core.kind import Kind
from pmfacil.core.model import EntryId, EntryKind
from pmfacil.core.operations import record_entries
from pmfacil.core.saying import zone_of
from pmfacil.core.text import shortened, visible
from pmfacil.intake.block import Reading, Verdict, title_of
from pmfacil.intake.candidates import candidates
from pmfacil.intake.dates import understand_date
from pmfacil.intake.lines import judge
from pmfacil.intake.material import read_material, text_of
from pmfacil.intake.placing import Context, day_of_story, place
from pmfacil.intake.sources import Mapping, Unmapped
from pmfacil.intake.zones import zone_named
from pmfacil.paths import columns_path, settings_path
from pmfacil.report.writing import NotWritten
from pmfacil.settings import is_zone, read_settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date, tzinfo

    from pmfacil.bootstrap import Workshop
    from pmfacil.intake.block import Block
    from pmfacil.intake.candidates import Candidate
    from pmfacil.intake.placing import Placed

_WORDS: Final = 160


def run(arguments: argparse.Namespace, data: bytes, name: str) -> int:
    """Read the material; print what was understood, or take it in."""
    told = _zone(arguments.zone) if arguments.zone is not None else None
    context = Context(_usual_zone(), _day(arguments.date), None, datetime.now(UTC), told=told)
    if arguments.each_line:
        return _each_line(text_of(data), context)
    block = _read(data, name, arguments.column)
    if told is not None:
        block = replace(block, zone="")  # who asks for a zone means it, whatever a heading says
    for problem in block.problems:
        complain(problem)
    if arguments.dry_run and arguments.into is None:
        return _show(candidates(block, context), context, arguments.format)
    with desk(arguments) as workshop:
        return _take(arguments, workshop, block, context, name)


def _read(data: bytes, name: str, said: Sequence[str] | None) -> Block:
    """Read the material; what is said of a table's columns is kept for the next such table."""
    memory = ColumnMemory(columns_path())
    if not said:
        try:
            return read_material(data, name, told=memory.told)
        except Unmapped as asked:
            msg = f"{asked.sentence} With --column time=NAME --column text=NAME, say which."
            raise Unfit(msg) from asked
    mapping = _mapping(said)
    block = read_material(data, name, told=lambda _columns: mapping)
    if not block.columns:
        complain(f"{name} is no table, so --column says nothing of it.")
        return block
    try:
        memory.remember(block.columns, mapping)
    except NotWritten as refused:  # this time it was understood all the same
        complain(str(refused))
    return block


def _mapping(said: Sequence[str]) -> Mapping:
    named = dict(one.partition("=")[::2] for one in said)
    parts = {field.name for field in fields(Mapping)}
    if not all(named.values()) or not {"time", "text"} <= named.keys() <= parts:
        msg = "Say which column holds what: --column time=NAME --column text=NAME, and kind, evidence or end alike."
        raise Unfit(msg)
    return Mapping(**named)


def _take(arguments: argparse.Namespace, workshop: Workshop, block: Block, context: Context, name: str) -> int:
    library = workshop.library
    if arguments.into is None:
        into = library.begin(title_of(block) or PurePath(name).stem, Kind.INCIDENT, context.day)
    else:
        into = meant(library, arguments.into)
    service = library.open(into)
    pm = service.snapshot.post_mortem
    context = replace(context, zone=pm.zone, day=context.day or day_of_story(pm))
    found = candidates(block, context, pm.entries)
    if arguments.dry_run:
        return _show(found, context, arguments.format)
    fresh = [one for one in found if one.text and not one.duplicate]
    entries = tuple(one.entry(EntryId(service.new_id())) for one in fresh)
    if entries:
        service.do(record_entries, entries)
    known = sum(one.duplicate for one in found)
    if arguments.format == "json":
        print_json({"id": into, "added": len(entries), "known": known})
    else:
        there = f", {known} were there already" if known else ""
        print(f"{visible(into)}  {len(entries)} entr{'y' if len(entries) == 1 else 'ies'} taken in{there}")
    return 0


def _each_line(text: str, context: Context) -> int:
    for number, raw in enumerate(text.splitlines(), 1):
        judged = judge(raw)
        if judged is None:
            _print_line({"line": number, "raw": raw, "entry": None})
            continue
        line = Reading(number, raw, Verdict.ENTRY, visible(judged.text), judged.stamp)
        _print_line(_told(line, place(judged.stamp, context), line.words))
    return 0


def _show(found: tuple[Candidate, ...], context: Context, form: str) -> int:
    if form == "json":
        for one in found:
            _print_line(_of_candidate(one))
        return 0
    where = context.told or zone_of(context.zone)
    rows = [
        (str(one.reading.number), *_when(one, where), one.kind.value, shortened(one.text, _WORDS), _note(one))
        for one in found
    ]
    print_table(("line", "day", "time", "kind", "what", "note"), rows, wraps="what")
    return 0


def _when(one: Candidate, where: tzinfo) -> tuple[str, str]:
    at = one.placed.at
    if at is None:
        return (saying.day(one.placed.day) if one.placed.day else "?", "?")
    local = at.astimezone(where)
    until = f"–{saying.clock(one.placed.until, where)}" if one.placed.until else ""
    return saying.day(local.date()), f"{'~' if one.approximate else ''}{saying.clock(at, where)}{until}"


def _note(one: Candidate) -> str:
    return ", ".join(("already there",) * one.duplicate + one.placed.notes)


def _of_candidate(one: Candidate) -> dict[str, object]:
    told = _told(one.reading, one.placed, one.text) | {"kind": one.kind.value}
    at, until = one.reading.at, one.reading.until
    if at is not None:
        end = f"{until:%H:%M:%S}" if until else None
        told |= {"date": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M:%S}", "zone": "UTC", "end_time": end}
    return told


def _told(reading: Reading, placed: Placed, text: str) -> dict[str, object]:
    """Return what a line says by itself, and the instant that was worked out."""
    stamp = reading.stamp
    return {
        "line": reading.number,
        "raw": reading.raw,
        "date": str(stamp.day) if stamp.day is not None and stamp.day.ago is None else None,
        "time": str(stamp.clock) if stamp.clock else None,
        "zone": "UTC" if stamp.zone == "Z" else stamp.zone or None,
        "approx": stamp.approximate,
        "end_time": str(stamp.end) if stamp.end else None,
        "kind": EntryKind.EVENT.value,
        "text": text,
        "at": f"{placed.at:%Y-%m-%dT%H:%M:%SZ}" if placed.at else None,
    }


def _print_line(told: dict[str, object]) -> None:
    print_json_text(json.dumps(told, ensure_ascii=False) + "\n")


def _zone(said: str) -> tzinfo:
    if is_zone(said):
        return zone_of(said)
    if (named := zone_named(said)) is None:
        msg = f"No time zone is called “{said}”. Write it as Europe/London, UTC, or PST."
        raise Unfit(msg)
    return named


def _usual_zone() -> str:
    settings, _ = read_settings(settings_path())
    return settings.zone or local_zone()


def _day(said: str | None) -> date | None:
    if said is None:
        return None
    day = understand_date(said, datetime.now().astimezone().date())
    if day is None:
        msg = f"“{said}” is no day I know. Write it as 2026-03-12, or 12 March."
        raise Unfit(msg)
    return day
