"""A whole paste or document, line by line: an entry, the words of the entry above, a day, or none of these."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from pmfacil.core.text import visible
from pmfacil.core.timer import ZERO
from pmfacil.intake import pieces, zones
from pmfacil.intake.lines import judge, log_line
from pmfacil.intake.shape import is_rule, shape_of
from pmfacil.intake.stamp import NO_STAMP, Stamp
from pmfacil.intake.table import table_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from pmfacil.core.model import EntryKind
    from pmfacil.intake.lines import Judged
    from pmfacil.intake.shape import Shape
    from pmfacil.intake.table import Order


class Verdict(StrEnum):
    """What a line is taken for."""

    ENTRY = "entry"
    CONTINUATION = "continued"
    DAY = "day"
    NONE = "not an entry"


@dataclass(frozen=True, slots=True)
class Reading:
    """One line as it was understood: `words` is what it adds to a text, `stamp` what it says of when.

    `at`, `until`, `kind` and `evidence` are set by files that know them, and by corrections; `shift` moves a time
    whose day was worked out.
    """

    number: int
    raw: str
    verdict: Verdict
    words: str = ""
    stamp: Stamp = NO_STAMP
    at: datetime | None = None
    until: datetime | None = None
    kind: EntryKind | None = None
    evidence: str = ""
    shift: timedelta = ZERO

    @property
    def blank(self) -> bool:
        """Whether the line holds nothing but the marks of a quotation."""
        return not self.raw.strip(" \t>")


@dataclass(frozen=True, slots=True)
class Block:
    """A read paste or file. `zone` and `day` are what a heading says of all lines, empty and None where none does.

    `columns` are the names among which the time and the text were chosen, where the file is a table.
    """

    readings: tuple[Reading, ...]
    zone: str = ""
    day: Stamp | None = None
    source: str = ""
    problems: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def left_out(self) -> int:
        """How many lines that hold something are no entry, nor words of one."""
        return sum(1 for one in self.readings if one.verdict is Verdict.NONE and not one.blank)

    @property
    def month_first(self) -> bool | None:
        """How 03/04 is meant, from the days that can be meant in one way only; None where none can."""
        orders = [one.stamp.day.order for one in self.readings if one.stamp.day is not None and one.stamp.day.order]
        return orders.count("month") >= orders.count("day") if orders else None

    @property
    def twelve(self) -> bool:
        """Whether the times may be of the 12-hour clock without saying so: none is past noon, none before one."""
        clocks = [one.stamp.clock for one in self.readings if one.stamp.clock is not None]
        return all(clock.marked or 1 <= clock.time.hour <= _NOON for clock in clocks)


_NOON: Final = 12
_FENCE: Final = re.compile(r"\s*(?:>\s*)*(?:```+|~~~+)(?P<language>.*)")
_ALL_TIMES: Final = re.compile(
    rf"(?:^|\W)[Tt]ime(?:s|line|zone|stamps)?\b.{{0,40}}?\W(?P<zone>{zones.PATTERN})", re.VERBOSE
)
_TITLED: Final = re.compile(r"\s*(?:#\s|(?:title|incident date|date of incident)\s*:)", re.IGNORECASE)
_TITLE: Final = re.compile(r"\s*(?:#|title:)\s+(?P<words>\S.*)", re.IGNORECASE)
_NICK: Final = re.compile(r"<[^<>\s]{1,40}>\s+")
_AGO: Final = re.compile(r"[^\[\]]{1,60}\[\d+ \w+ ago\]\s*")  # the head of an answer in a thread: it says no time
_EDITED: Final = re.compile(r"\s*\(edited\)\s*$")
_LONGEST_HEADING: Final = 160


def read_block(text: str, source: str = "the paste") -> Block:
    """Return every line of a paste or a document as it was understood; nothing is dropped."""
    lines = text.splitlines()
    logs = _is_log(lines)
    reader = _Reader(lines)
    readings = tuple(_logged(number, raw) if logs else reader.read(number, raw) for number, raw in enumerate(lines, 1))
    return Block(readings, zone=reader.zone, day=reader.day, source=source)


def title_of(block: Block) -> str:
    """Return the title that a document gives itself; empty where it has none."""
    lines = (found["words"] for one in block.readings if (found := _TITLE.fullmatch(one.raw)) is not None)
    return visible(next(lines, "")).strip(" #\"'")


def turned(readings: Sequence[Reading], index: int) -> tuple[Reading, ...]:
    """Return the readings with one line taken for the next thing that it may be; its further lines go with it."""
    here = readings[index]
    cycle = [Verdict.ENTRY, Verdict.NONE]
    if any(one.verdict is Verdict.ENTRY for one in readings[:index]):
        cycle.insert(1, Verdict.CONTINUATION)
    place = cycle.index(here.verdict) if here.verdict in cycle else -1
    verdict = cycle[(place + 1) % len(cycle)]
    words = here.words or ("" if _says_when(here) else shape_of(here.raw).body)
    changed = replace(here, verdict=verdict, words=words)
    further = readings[index + 1 :]
    if _says_when(here) and verdict is not Verdict.CONTINUATION:
        follows = Verdict.NONE if verdict is Verdict.NONE else Verdict.CONTINUATION
        own = len(list(takewhile(_goes_along, further)))
        further = (*(replace(one, verdict=follows) if one.words else one for one in further[:own]), *further[own:])
    return (*readings[:index], changed, *further)


def _says_when(reading: Reading) -> bool:
    return reading.stamp is not NO_STAMP or reading.at is not None


def _goes_along(reading: Reading) -> bool:
    """Tell whether a line is one of the further lines of the entry above: its words, or nothing."""
    words = bool(reading.words) and not _says_when(reading) and reading.verdict is not Verdict.ENTRY
    return words or reading.blank


def _is_log(lines: Sequence[str]) -> bool:
    """Tell whether a program wrote most of this: then its lines are what happened, and not an excerpt in a story."""
    written = [line for line in lines if line.strip()]
    logged = sum(1 for line in written if judge(line) is None and log_line(line) is not None)
    return len(written) > 1 and logged * 2 >= len(written)


def _logged(number: int, raw: str) -> Reading:
    head = log_line(raw)
    if head is None:
        return Reading(number, raw, Verdict.CONTINUATION if raw.strip() else Verdict.NONE, raw.strip())
    return Reading(number, raw, Verdict.ENTRY, visible(head.text.strip()), head.stamp)


class _Reader:
    """Reads line after line, remembering what is open: an entry, a table, a code block."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self.zone = ""
        self.day: Stamp | None = None
        self._open: Judged | None = None
        self._told = False
        self._after_blank = False
        self._fenced = False
        self._table: Order | None = None

    def read(self, number: int, raw: str) -> Reading:
        none = Reading(number, raw, Verdict.NONE)
        if none.blank:
            self._after_blank = True
            return none
        if fence := _FENCE.fullmatch(raw):
            # As in CommonMark: what names a language can open a code block, and never ends one.
            self._fenced = bool(fence["language"].strip()) if self._fenced else True
            return none
        found = none if is_rule(raw) else self._understood(number, raw)
        self._after_blank = False
        return found

    def _understood(self, number: int, raw: str) -> Reading:
        shape = shape_of(raw)
        self._look_around(number, raw, shape)
        if not self._fenced and (judged := self._judged(raw, shape)) is not None:
            return self._begun(number, raw, judged)
        if self._continues(shape):
            self._told = True
            return Reading(number, raw, Verdict.CONTINUATION, _said(shape.body))
        if not (self._open and self._open.chat) or shape.heading > 1:
            self._open = None
        return Reading(number, raw, Verdict.NONE)

    def _begun(self, number: int, raw: str, judged: Judged) -> Reading:
        stamp, shape = judged.stamp, judged.shape
        if not stamp.timed and not shape.listed and (shape.heading or not judged.text):
            self._open = None
            return Reading(number, raw, Verdict.DAY, judged.text, stamp)
        self._open, self._told = judged, bool(judged.text)
        return Reading(number, raw, Verdict.ENTRY, _said(judged.text), stamp)

    def _judged(self, raw: str, shape: Shape) -> Judged | None:
        if shape.cells and self._table is not None:
            return judge(self._table.put_first(shape.cells))
        return judge(raw)

    def _look_around(self, number: int, raw: str, shape: Shape) -> None:
        """Note what a line says of the lines below: a zone for all times, the day of the story, a table's columns."""
        if not shape.cells:
            self._table = None
        elif number < len(self._lines) and is_rule(self._lines[number]):
            self._table = table_order(shape.cells)
        if len(raw) < _LONGEST_HEADING and not self.zone and (found := _ALL_TIMES.search(raw)) and judge(raw) is None:
            self.zone = found["zone"]
        if self.day is None and _TITLED.match(raw) and (day := _day_in(raw)) is not None:
            self.day = Stamp(day=day)

    def _continues(self, shape: Shape) -> bool:
        """Tell whether a line goes on with the entry that is open."""
        if self._open is None or shape.heading > 1 or shape.cells or _AGO.fullmatch(shape.body):
            return False
        if self._open.chat:
            return True  # also "# comment": people paste commands into chats
        if shape.heading:
            return False
        if self._fenced:
            return False
        if self._open.shape.heading:
            return not (self._after_blank and self._told)
        if self._open.shape.cells:
            return False
        deeper = shape.indent > self._open.shape.indent
        if self._open.shape.bullet:
            return deeper or not (self._after_blank or shape.bullet)
        return not self._after_blank and (not self._told or not shape.bullet)


def _said(words: str) -> str:
    return visible(_EDITED.sub("", _NICK.sub("", words, count=1) if words.startswith("<") else words)).strip()


def _day_in(line: str) -> pieces.Day | None:
    """Return the first whole day that a title names."""
    for found in pieces.DAY.finditer(line):
        day = pieces.day_of(found)
        if day is not None and day.year is not None and not found["numbers"]:
            return day
    return None
