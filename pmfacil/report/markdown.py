"""The report as GitHub-flavoured Markdown, in which people's words read as they were typed."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, assert_never

from pmfacil.core.text import visible
from pmfacil.report.document import Bullets, Paragraph, Strip, Table, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pmfacil.report.document import Block, Item, Moment, Report, Section

# What begins markup in the middle of a line. A lone `_` or `~` inside a word begins nothing, and stays readable.
_SIGNS: Final = re.compile(r"([\\`*\[\]<|$]|(?<!\w)_|_(?!\w)|~(?=~)|(?<=~)~|&(?=#?\w+;)|!(?=\[))")
_NUMBER: Final = re.compile(r"^(\d+)([.)])")
_START: Final = re.compile(r"^([-+:#>=~])")


def escaped(text: str) -> str:
    """Return text on one line that Markdown shows as it was typed: no emphasis, link text, HTML, list or heading."""
    said = _SIGNS.sub(r"\\\1", visible(text).strip())
    said = _NUMBER.sub(r"\1\\\2", said)
    return _START.sub(r"\\\1", said)


def markdown(report: Report) -> str:
    """Return the report as Markdown, ending in a newline."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {escaped(report.title)}"
    yield ""
    for label, value in report.facts:
        yield f"- **{label}:** {escaped(value)}"
    yield ""
    for section in report.sections:
        yield from _section(section, "##")
    if report.appendix:
        yield "---"
        yield ""
        yield "## Appendix"
        yield ""
    for section in report.appendix:
        yield from _section(section, "###")


def body(section: Section) -> str:
    """Return what stands under the heading of a section."""
    return "\n\n".join("\n".join(_block(block)) for block in section.blocks)


def _section(section: Section, level: str) -> Iterator[str]:
    yield f"{level} {section.title}"
    yield ""
    yield body(section)
    yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text, notice):
            yield f"> **{escaped(text)}**" if notice else escaped(text)
        case Bullets(items):
            for item in items:
                yield f"{'  ' * item.depth}- {_item(item)}"
        case Table(headings, rows):
            yield f"| {' | '.join(map(escaped, headings))} |"
            yield f"|{' --- |' * len(headings)}"
            for row in rows:
                yield f"| {' | '.join(escaped(cell) for cell in row)} |"
        case Strip(moments, spans):
            yield " → ".join(_steps(moments, spans))
        case Tree(root, items):
            yield f"- {escaped(root)}"
            for item in items:
                yield f"{'  ' * (item.depth + 1)}- {_item(item)}"
        case _:
            assert_never(block)


def _steps(moments: Sequence[Moment], spans: Sequence[str]) -> Iterator[str]:
    for moment, span in zip_longest(moments, spans):
        yield f"**{escaped(moment.label)}** {escaped(moment.said)}"
        if span:
            yield f"*{escaped(span)}*"


def _item(item: Item) -> str:
    label = f"**{escaped(item.label)}:** " if item.label else ""
    note = f" ({escaped(item.note)})" if item.note else ""
    return f"{label}{escaped(item.text)}{note}"
