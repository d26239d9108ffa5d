"""Whatever people have: bytes of a file, or a paste, read into lines that may become entries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmfacil.core.errors import Unfit
from pmfacil.core.text import visible
from pmfacil.intake.block import Block, Reading, Verdict, read_block
from pmfacil.intake.pieces import Clock, Day
from pmfacil.intake.sources import LARGEST, read_source, untold
from pmfacil.intake.sources.encoding import decoded
from pmfacil.intake.stamp import NO_STAMP, Stamp
from pmfacil.paths import shown

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from pmfacil.intake.sources import Batch, Sourced, Told


def read_material(data: bytes, name: str, *, told: Told = untold) -> Block:
    """Return what a file says: one of the formats that pmfacil knows, else the lines of a text.

    Raises `Unfit`, with what to do, where the file is too large, damaged, no text, or says of no moment at all;
    `Unmapped` for a table of which `told` does not know which columns say when and what.
    """
    batch = read_source(data, name, told=told)
    block = _of_batch(batch) if batch is not None else read_block(text_of(data), name)
    if not any(reading.verdict is Verdict.ENTRY for reading in block.readings):
        msg = f"Nothing in {name} says when something happened. Entries begin with a time: 14:05 what happened."
        raise Unfit(msg)
    return block


def read_file(path: Path, *, told: Told = untold) -> Block:
    """Return what a file on disk says; raises `Unfit` as `read_material` does, and where it cannot be read."""
    try:
        with path.open("rb") as source:
            data = source.read(LARGEST + 1)
    except OSError as fault:
        msg = f"{shown(path)} cannot be read: {(fault.strerror or str(fault)).lower()}."
        raise Unfit(msg) from fault
    return read_material(data, path.name, told=told)


def read_paste(text: str, *, told: Told = untold) -> Block:
    """Return what was pasted: JSON or a table where it is one, else its lines; nothing is refused."""
    try:
        batch = read_source(text.encode(errors="replace"), "the paste", told=told)
    except Unfit:
        batch = None
    return _of_batch(batch) if batch is not None else read_block(text)


def text_of(data: bytes) -> str:
    """Return the bytes of a text as words, in whatever encoding they were written; raises `Unfit` where it is none."""
    text, _ = decoded(data)
    return text


def _of_batch(batch: Batch) -> Block:
    readings = (_reading(found) for found in batch.found)
    return Block(tuple(readings), source=batch.source, problems=batch.problems, columns=batch.columns)


def _reading(found: Sourced) -> Reading:
    """Return an item of a file as a line; a time without a zone is a wall time, to be read in the incident's."""
    stamp = NO_STAMP
    if found.day is not None:
        stamp = Stamp(day=_day(found.day))
    elif found.at is not None and not found.zoned:
        stamp = Stamp(day=_day(found.at), clock=_clock(found.at))
        if found.until is not None:
            stamp = replace(stamp, end=_clock(found.until), end_day=_day(found.until))
    reading = Reading(found.number, visible(found.raw), Verdict.ENTRY, found.text, stamp)
    reading = replace(reading, kind=found.kind, evidence=found.evidence)
    return replace(reading, at=found.at, until=found.until) if found.zoned else reading


def _clock(wall: datetime) -> Clock:
    return Clock(wall.time(), marked=True, seconds=True)


def _day(day: date) -> Day:
    return Day(day.month, day.day, day.year)
