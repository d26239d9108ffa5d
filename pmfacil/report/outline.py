"""The report as lines for a screen: what each is, its lead, its words. Wrapping is the screen's business."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, assert_never

from pmfacil.report.document import Bullets, Paragraph, Strip, Table, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.report.document import Block, Item, Report


class Role(Enum):
    """What a line is, which decides how it looks."""

    TITLE = auto()
    HEADING = auto()
    NOTICE = auto()
    TEXT = auto()
    QUIET = auto()


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One line: further lines of its text hang under where the text began."""

    role: Role
    text: str
    lead: str = ""
    note: str = ""


def outline(report: Report) -> Iterator[PreviewLine]:
    """Yield the whole report from top to bottom."""
    yield PreviewLine(Role.TITLE, report.title)
    yield PreviewLine(Role.QUIET, " · ".join(value for _, value in report.facts))
    for section in report.sections:
        yield PreviewLine(Role.HEADING, section.title)
        for block in section.blocks:
            yield from _block(block)
    for section in report.appendix:
        yield PreviewLine(Role.HEADING, f"Appendix: {section.title.lower()}")
        for block in section.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[PreviewLine]:
    match block:
        case Paragraph(text, notice):
            yield PreviewLine(Role.NOTICE if notice else Role.TEXT, text)
        case Bullets(items):
            yield from map(_item, items)
        case Table(_, rows):
            width = max((len(row[0]) for row in rows), default=0)
            for first, *others in rows:
                said = [cell for cell in others if cell and cell != "–"]
                if width <= _NARROW:
                    yield PreviewLine(Role.TEXT, "  ".join(said), f"  {first.rjust(width)}  ")
                else:
                    yield PreviewLine(Role.TEXT, first, "  ", " · ".join(said))
        case Strip(moments, spans):
            for moment, after in zip(moments, ("", *spans), strict=True):
                lead = f"  {moment.said.rjust(_TIME)}  "
                yield PreviewLine(Role.TEXT, moment.label, lead, f"{after} later" if after else "")
        case Tree(root, items):
            yield PreviewLine(Role.TEXT, root)
            yield from map(_item, items)
        case _:
            assert_never(block)


_TIME = 8  # cells of a time of day with its seconds
_NARROW = 26  # cells that a table's first column may take before it is told as a line of its own


def _item(item: Item) -> PreviewLine:
    label = f"{item.label}: " if item.label else ""
    return PreviewLine(Role.TEXT, f"{label}{item.text}", f"  {'  ' * item.depth}", item.note)
