"""The timeline of a document: which of its lines are entries, with their moments as they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pmfacil.core.record import Part
from pmfacil.intake.block import Verdict, read_block
from pmfacil.intake.pieces import DAY, day_of
from pmfacil.intake.shape import shape_of
from pmfacil.intake.stamp import read_head
from pmfacil.intake.table import table_order
from pmfacil.intake.written.layout import Form
from pmfacil.intake.written.marks import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pmfacil.intake.block import Reading
    from pmfacil.intake.stamp import Stamp
    from pmfacil.intake.written.sections import Placed

FEWEST: Final = 3
"""Entries that make a timeline where no heading says that there is one."""

_LONGEST: Final = 1000  # characters of a line in which a time is looked for
_LONGEST_HEADING: Final = 200
_LONGEST_DAY: Final = 80  # characters of a line that gives the day to those below it
_GAP: Final = re.compile(r"(?<=\S)[ \t]{3,}")
_FENCES: Final = re.compile(r"```+|~~~+")  # within a line, they open no block
_AROUND: Final = " ,:;|()[]{}-–—>*_`"
_MARKS: Final = re.compile(r"[\s|*_`\[\]{}]+")
_CLOCK_WORD: Final = re.compile(r"(?P<word>Uhr)\b[\s:,|–—-]*")
_LED: Final = re.compile(r"(?:at|on)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a line of the timeline says: an entry, the words of the one above, or a day for those below."""

    verdict: Verdict
    when: str
    text: str


def moments(pieces: Sequence[Placed], raw: Sequence[str]) -> dict[int, Moment]:
    """Return what the lines of a document say of when, by their numbers; `raw` are the lines as they stand."""
    told = [one for one in pieces if one.part is Part.TIMELINE]
    for fed, fewest in (
        ([one for one in told if one.piece.form is not Form.CODE], 1),
        (told, 1),  # people paste their timelines as code, to keep the columns
        ([one for one in pieces if _may_tell(one)], FEWEST),
    ):
        found = _read(fed, raw)
        if sum(one.verdict is Verdict.ENTRY for one in found.values()) >= fewest:
            return found
    return {}


def day_told(text: str) -> str:
    """Return the one day that a heading names, as it is written; empty where it names none, or several."""
    days = [found[0] for found in DAY.finditer(text[:_LONGEST_HEADING]) if (day := day_of(found)) and day.ago is None]
    return days[0].strip() if len(days) == 1 else ""


def day_begun(text: str) -> str:
    """Return the one day with which a short line begins; empty where it begins with none."""
    found = DAY.match(text) if len(text) <= _LONGEST_DAY else None
    return day_told(text) if found else ""


def _may_tell(one: Placed) -> bool:
    return one.part is not Part.ACTION and one.piece.form not in {Form.FRONT, Form.CODE, Form.COMMENT}


def _read(fed: Iterable[Placed], raw: Sequence[str]) -> dict[int, Moment]:
    prepared: dict[int, str] = {}
    heads: dict[int, tuple[str, ...]] = {}
    tails: dict[int, str] = {}
    for one in fed:
        for number, line in _lines(one, raw):
            prepared[number], tails[number] = _headed(line, _LONGEST_HEADING if one.piece.level else _LONGEST)
            heads[number] = one.piece.heads
        if one.piece.head:
            prepared[one.piece.first + 1] = "|---|"
    if not any(any(sign.isdigit() for sign in line) or "?" in line for line in prepared.values()):
        return {}
    text = "\n".join(prepared.get(number, "") for number in range(max(prepared) + 1))
    readings = read_block(text).readings
    return {
        one.number - 1: _moment(one, heads[one.number - 1], tails[one.number - 1])
        for one in readings
        if one.verdict is not Verdict.NONE and one.number - 1 in heads
    }


def _lines(one: Placed, raw: Sequence[str]) -> Iterable[tuple[int, str]]:
    """Yield the lines of a piece as a reader of timelines knows them."""
    piece = one.piece
    for offset, words in enumerate(piece.lines):
        match piece.form:
            case Form.HEADING:
                line = f"{'#' * max(piece.level, 2)} {words}"
            case Form.ROW:
                line = words if words.startswith("|") else f"| {words}"
            case Form.ITEM if offset == 0:
                line = f"{' ' * piece.indent}- {words}"
            case Form.CODE:
                line = words.strip()
            case _:
                line = f"{' ' * max(piece.indent, _indent(raw[piece.first + offset]))}{words}"
        yield piece.first + offset, line


def _headed(line: str, longest: int) -> tuple[str, str]:
    """Return the head of a line, in which its time stands, and what is left of it."""
    line = _FENCES.sub(" ", _GAP.sub("  ", line))
    end = line.rfind(" ", 1, longest) if len(line) > longest else len(line)
    end = end if end > 0 else longest
    return line[:end], line[end:]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t>"))


def _moment(reading: Reading, heads: Sequence[str], tail: str) -> Moment:
    if reading.verdict is Verdict.CONTINUATION:
        return Moment(reading.verdict, "", "")
    shape = shape_of(reading.raw)
    for body in (_in_order(shape.cells, heads), shape.body):
        head = read_head(body) if body else None
        if head is not None and head.stamp == reading.stamp:
            return Moment(reading.verdict, *_apart(_written(body[: head.stamp.stop]), head.text + tail))
    if reading.words and shape.body.startswith(reading.words):
        return Moment(reading.verdict, _written(shape.body[len(reading.words) :]), reading.words + tail)
    return Moment(reading.verdict, _rendered(reading.stamp), shape.body + tail)


def _apart(when: str, text: str) -> tuple[str, str]:
    """Return a moment with the word that belongs to it in German, and the text without: `10:00 Uhr: Alarm`."""
    found = _CLOCK_WORD.match(text)
    return (f"{when} {found['word']}", text[found.end() :]) if found else (when, text)


def _in_order(cells: Sequence[str], heads: Sequence[str]) -> str:
    """Return a row with its moment first, and every other cell that says something."""
    order = table_order(heads) if cells and heads else None
    if order is None:
        return ""
    when = " ".join(cells[at] for at in order.when if at < len(cells))
    return " | ".join([when, *(cell for at, cell in enumerate(cells) if at not in order.when and cell)])


def _written(piece: str) -> str:
    words = plain(_MARKS.sub(" ", piece)).strip(_AROUND)
    if words.count("(") > words.count(")"):
        words += ")"
    return _LED.sub("", words, count=1) if _LED.match(words) else words


def _rendered(stamp: Stamp) -> str:
    return " ".join(str(piece) for piece in (stamp.day, stamp.clock, stamp.zone) if piece)
