"""The layout of a Markdown document: headings, paragraphs, items, rows, code and comments, in reading order.

Line by line, and forgiving: what people write by hand is often no Markdown by the book, and a reader of the past
must not lose a word of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pmfacil.intake.written.headings import opens, slanted, stands_alone

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUOTE: Final = re.compile(r"[ \t]*(?:>[ \t]?)+")
_HEADING: Final = re.compile(r"(?P<marks>#{1,6})(?:[ \t]+|(?<=##)(?=[^\W\d_])|$)")
_ITEM: Final = re.compile(r"(?:[-*+•‣◦·–]|(?P<number>\d{1,3}[.)]))(?:[ \t]+|$)(?P<task>\[[ xX]?\](?:[ \t]+|$))?")
_RULE: Final = re.compile(r"[\s*_~+.-]*$")
_UNDERLINE: Final = re.compile(r"[ ]{0,3}(?:(?P<first>=+)|--+)[ \t]*$")
_TABLE_RULE: Final = re.compile(r"(?=[^-]*-)[\s|:+-]*$")
_BAR: Final = re.compile(r"(?<!\\)\|")
_FENCE: Final = re.compile(r"[ \t]*(?P<fence>```+|~~~+)(?P<language>[^`]*)$")
_HTML: Final = re.compile(
    r"<(?P<name>h[1-6]|li|p|div|tr|td|th|table|ul|ol|br|hr|details|summary)\b[^<>]*>", re.IGNORECASE
)
_DEFINITION: Final = re.compile(r"[ ]{0,3}\[(?P<label>[^\[\]]{1,200})\]:\s*<?(?P<address>\S+?)>?(?:\s|$)")
_LONGEST_HEADING: Final = 200
_LONGEST_FRONT: Final = 200  # lines


class Form(StrEnum):
    """How a piece of a document is written."""

    FRONT = "front matter"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CODE = "code"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a document: the lines it is made of, without bullets and bars, and where the first one stands.

    `level` is that of a heading, `heads` are the cells above a row of a table; `head` marks the row of those cells.
    """

    form: Form
    first: int
    lines: tuple[str, ...]
    level: int = 0
    indent: int = 0
    cells: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    head: bool = False
    numbered: bool = False
    task: bool = False

    @property
    def text(self) -> str:
        """The words of all its lines, with the marks within them."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Layout:
    """A document as it is laid out; `references` are the addresses that its links name by a label."""

    pieces: tuple[Piece, ...]
    references: dict[str, str]


def laid_out(lines: Sequence[str]) -> tuple[Piece, ...]:
    """Return the pieces of a document, in reading order."""
    scanner = Scanner(lines)
    scanner.run()
    return tuple(scanner.pieces)


def definition(line: str) -> tuple[str, str] | None:
    """Return the label and the address that a line defines for links elsewhere; None where it is no such line."""
    found = _DEFINITION.match(line) if line.lstrip(" ").startswith("[") else None
    return (found["label"], found["address"]) if found else None


def cells_of(line: str) -> tuple[str, ...]:
    """Return the cells of a table's row."""
    row = line.strip().removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    return tuple(cell.strip().replace("\\|", "|") for cell in _BAR.split(row))


def _ends(line: str, fence: str) -> bool:
    return line.startswith(fence) and not line.strip(fence[0])


class Scanner:
    """Walks over the lines once, remembering what is open: a paragraph, a table, a comment."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Take the lines of a document."""
        self._lines = list(lines)
        self._aside: list[Piece] = []
        self.pieces: list[Piece] = []
        self._open: list[str] = []
        self._form = Form.PARAGRAPH
        self._first = self._indent = 0
        self._task = self._numbered = self._quoted = False
        self._heads: tuple[str, ...] | None = None
        self._last_end = max((at for at, line in enumerate(lines) if "-->" in line), default=-1)

    def run(self) -> None:
        """Read all lines."""
        at = self._front_matter()
        while at < len(self._lines):
            at = self._read(at, self._lines[at])
        self._close()

    def _front_matter(self) -> int:
        fence = self._lines[0].strip() if self._lines else ""
        if fence not in {"---", "+++"}:
            return 0
        until = min(len(self._lines), _LONGEST_FRONT)
        end = next((at for at in range(1, until) if self._lines[at].rstrip() in {fence, "..."}), 0)
        for at in range(1, end):
            if self._lines[at].strip():
                self.pieces.append(Piece(Form.FRONT, at, (self._lines[at].strip(),)))
        return end + 1 if end else 0

    def _read(self, at: int, raw: str) -> int:
        """Read one line, or all lines of a block of code or a comment; return where to go on."""
        line = raw.expandtabs(4)
        quote = _QUOTE.match(line)
        rest = line[quote.end() :] if quote else line
        body = rest.strip()
        if not body or bool(quote) != self._quoted:
            self._close()
        self._quoted = bool(quote)
        if not body:
            self._heads = None
            return at + 1
        if fence := _FENCE.match(rest):
            return self._code(at, fence["fence"][:3], fence["language"].strip())
        if "<!--" in body and (after := self._comments(at, rest)):
            return after
        self._line(at, rest, body)
        return at + 1

    def _code(self, at: int, fence: str, language: str) -> int:
        self._close()
        end = at + 1
        # As in CommonMark: what names a language opens a block, and never ends one.
        while end < len(self._lines) and not _ends(self._lines[end].strip(" \t>"), fence):
            end += 1
        self._heads = None
        words = language if len(language.split()) > 1 else ""  # one word names the language
        inside = (words, *self._lines[at + 1 : end])
        if any(line.strip() for line in inside):
            self.pieces.append(Piece(Form.CODE, at, inside))
        return end + 1

    def _comments(self, at: int, rest: str) -> int:
        """Take the comments out of a line, and read what stands around them; 0 where none of them ends."""
        said: list[str] = []
        around: list[str] = []
        place = 0
        while (start := rest.find("<!--", place)) >= 0 and (end := rest.find("-->", start + 4)) >= 0:
            around.append(rest[place:start])
            said.append(rest[start + 4 : end])
            place = end + 3
        last = next((line for line in range(at + 1, self._last_end + 1) if "-->" in self._lines[line]), 0)
        if not said and not last:
            return 0
        opened = start >= 0 and last > 0
        line = "".join([*around, rest[place:start] if opened else rest[place:]])
        if line.strip():
            self._line(at, line, line.strip())
        elif opened:
            self._close()
        self._commented(at, " ".join(said))
        if not opened:
            return at + 1
        self._close()
        inside, _, after = self._lines[last].partition("-->")
        self._commented(at, " ".join([rest[start + 4 :], *self._lines[at + 1 : last], inside]))
        self._lines[last] = after
        return last if after.strip() else last + 1

    def _commented(self, at: int, said: str) -> None:
        if said.strip():
            self._aside.append(Piece(Form.COMMENT, at, (said.strip(),)))

    def _line(self, at: int, rest: str, body: str) -> None:
        indent = len(rest) - len(rest.lstrip())
        if self._underlined(rest) or self._row(at, body) or _RULE.match(body):
            return
        if heading := _HEADING.match(body):
            words = body[heading.end() :].rstrip().rstrip("#").rstrip()
            self._alone(Form.HEADING, at, words, level=len(heading["marks"]))
        elif (html := _HTML.match(body)) and html["name"][0] in "hH" and html["name"][1].isdigit():
            self._alone(Form.HEADING, at, body, level=int(html["name"][1]))
        elif (item := _ITEM.match(body)) or (html and html["name"].casefold() == "li"):
            self._begin(Form.ITEM, at, body[item.end() :] if item else body, indent)
            self._task, self._numbered = bool(item and item["task"]), bool(item and item["number"])
        elif definition(rest):
            self._alone(Form.PARAGRAPH, at, body)
        elif stands_alone(body) and (not self._open or self._form is Form.PARAGRAPH):
            self._alone(Form.PARAGRAPH, at, body, indent=indent)
        elif not self._open or html or (self._form is Form.PARAGRAPH and (opens(body) or self._instructed)):
            self._begin(Form.PARAGRAPH, at, body, indent)
        else:
            self._open.append(body)

    @property
    def _instructed(self) -> bool:
        """Whether the line above is slanted as a whole: in templates it says what to write below it."""
        return len(self._open) == 1 and slanted(self._open[0])

    def _underlined(self, rest: str) -> bool:
        """Read the line under a heading, or that under the head of a table which was read with it."""
        found = _UNDERLINE.match(rest)
        if not found or self._form is not Form.PARAGRAPH or len(self._open) != 1:
            return False
        words, first = self._open[0], self._first
        if len(words) > _LONGEST_HEADING:
            return False
        self._open = []
        self._alone(Form.HEADING, first, words, level=1 if found["first"] else 2)
        return True

    def _row(self, at: int, body: str) -> bool:
        following = self._lines[at + 1].strip().lstrip("> ") if at + 1 < len(self._lines) else ""
        begins = "|" in body and "|" in following and _TABLE_RULE.match(following) is not None
        if self._heads is None and not begins and not body.startswith("|"):
            return False
        if "|" not in body and (_HEADING.match(body) or _ITEM.match(body)):
            self._heads = None
            return False
        self._close()
        if _TABLE_RULE.match(body):
            return True
        cells = cells_of(body)
        self._heads = cells if begins else self._heads or ()
        if any(cells):
            self.pieces.append(Piece(Form.ROW, at, (body,), cells=cells, heads=self._heads, head=begins))
        return True

    def _alone(self, form: Form, at: int, words: str, level: int = 0, indent: int = 0) -> None:
        self._close()
        self._heads = None
        if words:
            self.pieces.append(Piece(form, at, (words,), level=level, indent=indent))

    def _begin(self, form: Form, at: int, words: str, indent: int) -> None:
        self._close()
        self._heads = None
        self._form, self._first, self._indent = form, at, indent
        self._task = self._numbered = False
        self._open = [words]

    def _close(self) -> None:
        if any(line.strip() for line in self._open):
            piece = Piece(self._form, self._first, tuple(self._open), indent=self._indent)
            self.pieces.append(replace(piece, numbered=self._numbered, task=self._task))
        self._open = []
        self.pieces += self._aside
        self._aside = []
