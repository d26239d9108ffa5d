"""What a report is made of, whatever form it is written in: a title, facts, sections, blocks of text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a `notice` is something that the reader must not miss."""

    text: str
    notice: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: a label of ours, the words, and what is quietly added."""

    text: str
    label: str = ""
    note: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; items may be nested by their depth."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading for each column; the first column names the row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: the pages that everybody reads, and the appendix for those who want all of it."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    appendix: tuple[Section, ...]
