"""Which section of a post-mortem a piece stands in: by headings, bold lines, labels and heads of tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pmfacil.core.record import Part
from pmfacil.intake.lines import judge
from pmfacil.intake.written.headings import alone, label_of, part_of
from pmfacil.intake.written.layout import Form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmfacil.intake.written.layout import Piece

# Headings have the levels 1 to 6; what only acts as one stands below them all.
_BOLD: Final = 7
_LABEL: Final = 8
_ITEM: Final = 20  # and the indent of the item
_LABEL_WORDS: Final = 5
_LABEL_ALONE: Final = 4  # words; "Notes:" is a heading, "What we then found in the logs:" leads over
_STAMPED: Final = 160  # characters of a heading in which a time is looked for


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and the part that its section is, None where no section says.

    `heading` tells whether it only names what follows, `section` counts the headings up to it, and `said` is what it
    says after its label.
    """

    piece: Piece
    part: Part | None
    section: int
    heading: bool = False
    said: str | None = None


def placed(pieces: Iterable[Piece], title: Piece | None) -> tuple[Placed, ...]:
    """Return the pieces with the parts that their sections are; the title of the document names no section."""
    walk = _Walk(title)
    return tuple(walk.place(piece) for piece in pieces)


@dataclass(frozen=True, slots=True)
class _Head:
    level: int
    part: Part | None
    numbered: bool = False
    brief: bool = False  # a label with words of its own rules its list, and no further paragraph


class _Walk:
    """Goes through a document from heading to heading, with those that are open."""

    def __init__(self, title: Piece | None) -> None:
        self._title = title
        self._open: list[_Head] = []
        self._section = 0
        self._numbered = False

    @property
    def _part(self) -> Part | None:
        return next((head.part for head in reversed(self._open) if head.part is not None), None)

    def place(self, piece: Piece) -> Placed:
        match piece.form:
            case Form.HEADING:
                return self._heading(piece)
            case Form.PARAGRAPH | Form.ITEM:
                return self._words(piece)
            case Form.ROW:
                self._leave(_ITEM)
                return self._row(piece)
            case _:
                return self._as(piece, None if piece.form is Form.FRONT else self._part)

    def _as(self, piece: Piece, part: Part | None, *, heading: bool = False, said: str | None = None) -> Placed:
        return Placed(piece, part, self._section, heading, said)

    def _heading(self, piece: Piece) -> Placed:
        if piece is self._title:
            self._open = []
            return self._as(piece, Part.TITLE, heading=True)
        stamped = judge(f"### {piece.text[:_STAMPED]}") is not None
        if stamped and self._part is Part.TIMELINE:
            return self._as(piece, Part.TIMELINE, heading=True)
        self._enter(piece.level, None if stamped else part_of(piece.text))
        return self._as(piece, self._part, heading=True)

    def _words(self, piece: Piece) -> Placed:
        item = piece.form is Form.ITEM
        self._numbered = piece.numbered
        self._leave(_ITEM + piece.indent, piece)
        words = alone(piece.text)
        part = part_of(words) if words is not None else None
        if words is not None and (part is not None or _is_bold(piece.text) or len(words.split()) <= _LABEL_ALONE):
            level = _ITEM + piece.indent if item else _BOLD if _is_bold(piece.text) else _LABEL
            self._enter(level, part)
            return self._as(piece, self._part, heading=True)
        if (label := label_of(piece.text)) and (named := part_of(label[0], words=_LABEL_WORDS)) and label[1]:
            if not item:
                self._leave(_LABEL)
            if named is not Part.TEXT or self._part is None:
                self._enter(_ITEM + piece.indent if item else _LABEL, named, brief=True)
                return self._as(piece, named, said=label[1])
        elif not item:
            self._open = [head for head in self._open if not head.brief]
        return self._as(piece, self._part)

    def _row(self, piece: Piece) -> Placed:
        full = [cell for cell in piece.cells if cell]
        if piece.head:
            return self._as(piece, self._part, heading=True)
        if self._part in {None, Part.TEXT} and any(part_of(head, words=3) is Part.ACTION for head in piece.heads):
            return self._as(piece, Part.ACTION)
        if len(full) > 1 and self._part in {None, Part.TEXT, Part.SUMMARY} and (part := part_of(full[0], words=4)):
            return self._as(piece, part, said=" ".join(full[1:]))
        return self._as(piece, self._part)

    def _enter(self, level: int, part: Part | None, *, brief: bool = False) -> None:
        self._leave(level)
        if part is Part.TEXT and self._part is Part.ACTION:
            part = None  # "Detection" among the actions is what they are for
        self._section += 1
        self._open.append(_Head(level, part, self._numbered, brief))

    def _leave(self, level: int, piece: Piece | None = None) -> None:
        """Close the headings from a level on; a numbered list at the level of a bullet stands below it."""
        while self._open and self._open[-1].level >= level:
            last = self._open[-1]
            if piece is not None and last.level == level and piece.numbered and not last.numbered:
                break
            self._open.pop()


def _is_bold(text: str) -> bool:
    return text.lstrip().startswith(("**", "__", "<"))
