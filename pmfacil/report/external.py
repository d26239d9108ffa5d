"""The external version of a report: for readers outside, without people, places and words of the inside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, assert_never

from pmfacil.report.document import Bullets, Item, Moment, Paragraph, Report, Section, Strip, Table, Tree
from pmfacil.report.masking import Mask
from pmfacil.report.telling import timeline_table, told_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pmfacil.core.model import PostMortem
    from pmfacil.report.document import Block

# What is told outside is named; whatever a report learns to say later stays inside until somebody names it here.
_FACTS: Final = frozenset(["Kind", "Happened on", "Times", "Rehearsal"])
_AS_THEY_ARE: Final = frozenset(["summary", "impact", "trigger"])
_OWNER: Final = "Owner"


@dataclass(frozen=True, slots=True)
class External:
    """The report for outside; `masked` tells what was masked in it, in the order found, and how often."""

    report: Report
    masked: tuple[tuple[str, int], ...]


def external(report: Report, pm: PostMortem, hidden: Sequence[str]) -> External:
    """Return what readers outside may see of the report of `pm` (product.md, section 8, external version).

    Names of people and owners become roles, each word or phrase in `hidden` becomes `[internal]`, and links,
    addresses and hosts say only that they were there.
    """
    mask = Mask(pm, hidden)
    title = mask(report.title)
    facts = tuple((mask(label), mask(value)) for label, value in report.facts if label in _FACTS)
    told = ((section, tuple(_told(section, pm))) for section in report.sections)
    sections = tuple(
        Section(mask(section.title), tuple(_block(block, mask) for block in blocks), section.key)
        for section, blocks in told
        if blocks
    )
    return External(Report(title, facts, sections, ()), mask.found)


def _told(section: Section, pm: PostMortem) -> Iterator[Block]:
    """Yield what of a section is for outside, not masked yet."""
    match section.key:
        case key if key in _AS_THEY_ARE:
            yield from section.blocks
        case "causes":
            yield from map(_short, section.blocks)
        case "actions":
            yield from map(_without_owners, section.blocks)
        case "timeline":
            # Evidence is part of the words of an entry in the report: the table is made anew without it. The
            # paragraph below speaks of the appendix and of the room.
            yield timeline_table([replace(entry, evidence="") for entry in told_entries(pm)], pm)
            yield from (block for block in section.blocks if isinstance(block, Bullets))


def _short(block: Block) -> Block:
    return Bullets(tuple(replace(item, note="") for item in block.items)) if isinstance(block, Bullets) else block


def _without_owners(block: Block) -> Block:
    if not isinstance(block, Table):
        return block
    kept = [place for place, heading in enumerate(block.headings) if heading != _OWNER]
    headings, *rows = (tuple(cells[place] for place in kept) for cells in (block.headings, *block.rows))
    return Table(headings, tuple(rows))


def _block(block: Block, mask: Callable[[str], str]) -> Block:
    match block:
        case Paragraph(text, notice):
            return Paragraph(mask(text), notice)
        case Bullets(items):
            return Bullets(_items(items, mask))
        case Table(headings, rows):
            return Table(tuple(map(mask, headings)), tuple(tuple(map(mask, row)) for row in rows))
        case Strip(moments, spans):
            masked = tuple(Moment(mask(one.label), mask(one.said), one.place) for one in moments)
            return Strip(masked, tuple(map(mask, spans)))
        case Tree(root, items):
            return Tree(mask(root), _items(items, mask))
        case _:
            assert_never(block)


def _items(items: Sequence[Item], mask: Callable[[str], str]) -> tuple[Item, ...]:
    return tuple(replace(item, label=mask(item.label), text=mask(item.text), note=mask(item.note)) for item in items)
