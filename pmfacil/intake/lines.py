"""One line of a document, a chat or a log, judged by itself: whether it tells of something, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pmfacil.intake.shape import shape_of
from pmfacil.intake.stamp import Head, Stamp, read_head

if TYPE_CHECKING:
    from pmfacil.intake.shape import Shape

# `level`-lettered logs, JSON logs, klog: the line tells of itself that a program wrote it.
_LOG: Final = re.compile(r"\s*(?:[{\[]\s*[\"{]|\[[A-Z] [\d-]+|[IWEF]\d{4} \d\d:|<\d{1,3}>)")
_CODE: Final = re.compile(r"\s*(?:>>>|\$ |<[a-zA-Z/!]|-H ['\"]|```)")
_RUNS_ON: Final = re.compile(r"(?:and|or|to|but|when|which|is|was|were|are|until|with|it|the|through|that)\b")
_CHAT: Final = re.compile(
    r"(?P<name>[^\s\[\]:|#][^\[\]:|]{0,59}?)\s+\[(?P<stamp>[^\[\]]{4,40})\]\s*(?:\(edited\))?\s*$"
)
_NAME: Final = r"(?P<name>[^\W\d][\w.'-]*(?: [^\W\d_][\w.'()-]*){0,3})"
_CLOCK: Final = r"\d{1,2}:\d\d(?:\s?[AaPp][Mm])?"
_CHAT_BARE: Final = re.compile(
    rf"{_NAME}(?:\s{{2,}}|\s+[—–•-]\s+|\s(?=\d{{1,2}}:\d\d\s?[AaPp][Mm]))"
    rf"(?P<stamp>(?:(?:today|yesterday|[A-Z][a-z]+ \d{{1,2}}(?:st|nd|rd|th)?,?)?(?:,? at )?\s?{_CLOCK}"
    rf"|\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}},? {_CLOCK}))\s*$",
    re.IGNORECASE,
)
_LED: Final = re.compile(r"(?P<text>[^\W\d_][\w/'’ -]{0,59}?[\w/'’-])(?:\s*:)?\s+(?:(?:at|on)\s+)?(?=[\d~])")
_FIELDS: Final = frozenset(
    [
        "date",
        "time",
        "date and time",
        "last modified",
        "last updated",
        "updated",
        "created",
        "published",
        "due",
        "version",
    ]
)
_MOST_LEADING_WORDS: Final = 7


@dataclass(frozen=True, slots=True)
class Judged:
    """A line that says that something happened; `text` is empty where the words stand on the lines below."""

    stamp: Stamp
    text: str
    shape: Shape
    chat: bool = False


def judge(raw: str) -> Judged | None:
    """Return what a line says happened, and when; None where it is prose, a title, a log, code, or a number.

    The line is judged by itself; only what it says is read, and nothing is worked out.
    """
    shape = shape_of(raw)
    if chat := _chat(shape):
        return chat
    if _LOG.match(raw) or _CODE.match(raw) or not shape.body:
        return None
    if head := read_head(shape.body):
        return _headed(head, shape) if _stands(head, shape) else None
    return _trailing(shape)


def log_line(raw: str) -> Head | None:
    """Return the stamp and the words of a line that a program wrote; None where it is no such line."""
    line = re.sub(r"^\s*(?:\[?[A-Z]{1,8}\]?[\s:]+)?(?:<\d{1,3}>)?", "", raw)
    head = read_head(line)
    return head if head and head.stamp.clock is not None and head.text.strip() else None


def _headed(head: Head, shape: Shape) -> Judged:
    text = head.text
    if shape.cells:
        text = " | ".join(cell for cell in (part.strip() for part in text.split(" | ")) if cell)
    return Judged(head.stamp, text.strip(), shape)


def _stands(head: Head, shape: Shape) -> bool:
    """Tell whether a line with a stamp at its start is an entry, and not prose or a table of something else."""
    stamp, text = head.stamp, head.text
    if stamp.clock is not None and stamp.clock.fraction and not shape.listed:
        return False
    if shape.cells:
        rest = shape.body[stamp.stop :].lstrip(" *_`)]?")
        return not rest or rest.startswith("|")
    if shape.heading == 1:
        return stamp.timed and not text  # the title of a document often begins with the day of the incident
    if shape.heading:
        return stamp.timed or head.apart or stamp.weekday is not None
    if stamp.led_by and not shape.bullet:
        return False
    if (not stamp.timed and stamp.broken) or (stamp.clock and stamp.clock.loose and not stamp.dated):
        return head.apart or bool(stamp.zone)
    if not stamp.timed and not head.apart:
        return shape.bullet and (
            text[:1].isupper() or text[:1] == "(" or (stamp.day is not None and stamp.day.year is not None)
        )
    if shape.bullet or head.apart:
        return shape.bullet or not shape.body.startswith(". ", stamp.stop)
    return not _RUNS_ON.match(text) and (not text[:1].islower() or len(text) < _SHORT)


_SHORT: Final = 60  # characters; a line of prose is longer


def _chat(shape: Shape) -> Judged | None:
    """Read `name [10:01 AM]` and `Name  10:01 AM`: the words follow below, and who spoke is not kept."""
    if shape.heading or shape.cells or shape.bullet:
        return None
    found = _CHAT.fullmatch(shape.body) or _CHAT_BARE.fullmatch(shape.body)
    head = read_head(found["stamp"].strip()) if found else None
    if head is None or head.stamp.clock is None or head.text:
        return None
    return Judged(head.stamp, "", shape, chat=True)


def _trailing(shape: Shape) -> Judged | None:
    """Read `Incident declared 2020-08-25 11:26`: a few words, and the stamp at the end of the line."""
    found = _LED.match(shape.body) if shape.bullet else None
    if found is None or len(found["text"].split()) > _MOST_LEADING_WORDS or found["text"].casefold() in _FIELDS:
        return None
    head = read_head(shape.body[found.end() :])
    if head is None or head.text.strip() or not (head.stamp.day and head.stamp.clock):
        return None
    return Judged(replace(head.stamp, led_by=""), found["text"].strip(), shape)
