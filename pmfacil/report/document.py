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


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment on a strip: its name, its time in words, and where it lies between the first (0) and the last (1)."""

    label: str
    said: str
    place: float


@dataclass(frozen=True, slots=True)
class Strip:
    """Moments to scale, in the order of time; `spans` say how long it took from each to the next."""

    moments: tuple[Moment, ...]
    spans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree of lines: `root` stands above all of them, and each item lies below the one before it that is higher."""

    root: str
    items: tuple[Item, ...]


Block = Paragraph | Bullets | Table | Strip | Tree


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; `key` is its name for templates and links, whatever the heading says."""

    title: str
    blocks: tuple[Block, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: the pages that everybody reads, and the appendix for those who want all of it."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    appendix: tuple[Section, ...]
