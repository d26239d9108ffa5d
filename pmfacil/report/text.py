"""The report as plain text for a mail: 72 columns, no markup, every line under where its words began."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING, Final, assert_never

from pmfacil.core.text import visible
from pmfacil.report.document import Bullets, Paragraph, Strip, Table, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pmfacil.report.document import Block, Item, Report, Section

WIDTH: Final = 72
"""Columns of a line: RFC 3676 (section 4.2) asks for 78 at most, and answers quote a mail with `> ` before it."""

_LEAST: Final = 32  # columns that words get, however deep a line of the tree lies
_ADDRESS: Final = re.compile(r"://|^www\.|.@.|^/|^~/|\\")  # what no longer works once it is cut
_SAID: Final = frozenset(["", "–"])  # what a table says where there is nothing to say


def text(report: Report) -> str:
    """Return the report as plain text, ending in one newline; only an address makes a line longer than `WIDTH`."""
    return "\n".join(line.rstrip() for line in _lines(report)).rstrip() + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield from _heading(report.title, "=")
    for label, value in report.facts:
        yield from _hung(f"{label}: {value}", "", "  ")
    yield ""
    for section in report.sections:
        yield from _section(section)
    if report.appendix:
        yield from _heading("Appendix", "=")
    for section in report.appendix:
        yield from _section(section)


def _heading(words: str, sign: str) -> Iterator[str]:
    lines = list(_hung(words, "", ""))
    yield from lines
    yield sign * max(map(len, lines))
    yield ""


def _section(section: Section) -> Iterator[str]:
    yield from _heading(section.title, "-")
    for block in section.blocks:
        yield from _block(block)
        yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(words, notice):
            yield from _hung(f"Please note: {words}" if notice else words, "", "")
        case Bullets(items):
            for item in items:
                yield from _bullet(_item(item), item.depth)
        case Table(headings, rows):
            yield from _table(headings, rows)
        case Strip(moments, spans):
            room = max((len(visible(moment.said)) for moment in moments), default=0)
            for moment, span in zip(moments, ("", *spans), strict=False):
                later = f" ({span} later)" if span else ""
                lead = f"  {visible(moment.said):>{room}}  "
                yield from _hung(f"{moment.label}{later}", lead, " " * len(lead))
        case Tree(root, items):
            yield from _bullet(root, 0)
            for item in items:
                yield from _bullet(_item(item), item.depth + 1)
        case _:
            assert_never(block)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for first, *others in rows:
        yield from _bullet(first, 0)
        for heading, said in zip(headings[1:], others, strict=True):
            if said not in _SAID:
                yield from _hung(f"{heading}: {said}", "  ", "    ")


def _item(item: Item) -> str:
    label = f"{item.label}: " if item.label else ""
    note = f" ({item.note})" if item.note else ""
    return f"{label}{item.text}{note}"


def _bullet(words: str, depth: int) -> Iterator[str]:
    indent = " " * min(2 * depth, WIDTH - _LEAST - 2)
    return _hung(words, f"{indent}* ", f"{indent}  ")


def _hung(words: str, lead: str, hang: str) -> Iterator[str]:
    """Yield words in lines: the first behind `lead`, the others behind `hang`."""
    room = WIDTH - max(len(lead), len(hang))
    lines = wrap(" ".join(_parted(words, room)), room, break_long_words=False, break_on_hyphens=False)
    for place, line in enumerate(lines or [""]):
        yield f"{hang if place else lead}{line}"


def _parted(words: str, room: int) -> Iterator[str]:
    """Yield words, long ones in pieces that fill a line; some scripts write whole sentences without a blank."""
    for word in visible(words).split():
        if len(word) <= room or _ADDRESS.search(word):
            yield word
        else:
            yield from (word[start : start + room] for start in range(0, len(word), room))
