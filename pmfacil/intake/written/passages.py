"""A written post-mortem as it is understood: its passages in reading order, each with the part that it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pmfacil.core.record import Part, Passage
from pmfacil.core.text import kept
from pmfacil.intake.block import Verdict
from pmfacil.intake.written.content import explanations, part_for
from pmfacil.intake.written.events import Moment, day_begun, day_told, moments
from pmfacil.intake.written.facts import happened, titled
from pmfacil.intake.written.headings import label_of, slanted, stands_alone
from pmfacil.intake.written.layout import Form, Piece, definition, laid_out
from pmfacil.intake.written.marks import cut, label_key, plain, verbatim
from pmfacil.intake.written.sections import Placed, placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

_MOST_LINES: Final = 8_000  # what is longer is no post-mortem any more: the rest is kept as words, unread
_SUMMARY_WORDS: Final = 6


@dataclass(frozen=True, slots=True)
class Written:
    """A document as it was understood; `passages` are the whole of it in reading order."""

    title: str
    occurred_on: date | None
    passages: tuple[Passage, ...]


def read_written(text: str, name: str) -> Written:
    """Return what a Markdown document called `name` says; any text is one, and no word of it is lost."""
    name = kept(name)
    lines = kept(text.removeprefix("\ufeff")).splitlines()
    read, rest = lines[:_MOST_LINES], lines[_MOST_LINES:]
    pieces = laid_out(read)
    title, told = titled(pieces, name)
    told_pieces = placed(pieces, told)
    found = moments(told_pieces, read)
    drafts = _Drafts(pieces, found, told).drawn(told_pieces)
    if rest:
        drafts.append(_Draft(Part.TEXT, [plain(" ".join(rest))]))
    passages = tuple(passage for draft in _summed_up(drafts) for passage in draft.passages())
    return Written(title, happened(pieces, title if told else "", name, passages), passages)


@dataclass(slots=True)
class _Draft:
    """A passage that is still being put together, of words without marks."""

    part: Part
    words: list[str]
    when: str = ""
    piece: Piece | None = None

    def passages(self) -> Iterable[Passage]:
        whole = " ".join(word for word in self.words if word) or self.when
        for portion in cut(whole):
            if portion:
                yield Passage(self.part, portion, self.when)


class _Drafts:
    """Draws up the passages of a document, piece by piece; an entry takes in the lines that go on with it."""

    def __init__(self, pieces: Iterable[Piece], found: Mapping[int, Moment], title: Piece | None) -> None:
        self._found = found
        self._title = title
        defined = (definition(one.text) for one in pieces if one.form is Form.PARAGRAPH)
        self._references = {label_key(one[0]): one[1] for one in defined if one is not None}
        self._drafts: list[_Draft] = []
        self._entry: _Draft | None = None
        self._day = ""

    def drawn(self, pieces: Sequence[Placed]) -> list[_Draft]:
        explaining = explanations(pieces)
        for at, one in enumerate(pieces):
            self._piece(one, explains=at in explaining)
        return self._drafts

    def _piece(self, one: Placed, *, explains: bool) -> None:
        piece = one.piece
        numbers = range(piece.first, piece.first + len(piece.lines))
        own = piece.form is Form.COMMENT or piece is self._title
        if not own and any(number in self._found for number in numbers):
            for number, line in zip(numbers, piece.lines, strict=True):
                self._line(self._found.get(number), line, piece)
            return
        if piece.form is Form.HEADING and piece is not self._title:
            self._day = day_told(piece.text) if one.part is Part.TIMELINE else ""
        elif one.part is Part.TIMELINE and piece.form is Form.PARAGRAPH:
            self._day = day_begun(plain(piece.text)) or self._day
        part = Part.TITLE if piece is self._title else part_for(one, explains=explains)
        self._add(_Draft(part, [self._plain(piece)], piece=piece))

    def _line(self, moment: Moment | None, line: str, piece: Piece) -> None:
        words = plain(line, self._references)
        match moment:
            case Moment(verdict=Verdict.ENTRY):
                dated = any(sign.isdigit() for sign in self._day) and not day_told(moment.when)
                when = f"{self._day} {moment.when}" if dated else moment.when
                self._entry = self._add(_Draft(Part.TIMELINE, [plain(moment.text, self._references)], when, piece))
            case Moment(verdict=Verdict.CONTINUATION) if self._entry is not None:
                self._entry.words.append(words)
            case Moment(verdict=Verdict.DAY):
                self._day = moment.when
                self._add(_Draft(Part.TEXT, [words], piece=piece))
            case _:
                self._add(_Draft(Part.TEXT, [words], piece=piece))

    def _add(self, draft: _Draft) -> _Draft:
        self._drafts.append(draft)
        return draft

    def _plain(self, piece: Piece) -> str:
        if piece.form is Form.ROW:
            return " | ".join(words for cell in piece.cells if (words := plain(cell, self._references)))
        if piece.form is Form.CODE:
            return verbatim(piece.text)
        if (defined := definition(piece.text)) is not None and piece.form is Form.PARAGRAPH:
            rest = piece.text.partition("]:")[2]
            return plain(f"{defined[0]}: {rest}")
        return plain(piece.text, self._references)


def _summed_up(drafts: list[_Draft]) -> list[_Draft]:
    """Return the drafts with a summary: where no section is one, it is the first paragraph."""
    if any(one.part is Part.SUMMARY for one in drafts):
        return drafts
    place = next((at for at, one in enumerate(drafts) if _tells(one)), None)
    if place is not None:
        drafts[place] = replace(drafts[place], part=Part.SUMMARY)
    return drafts


def _tells(draft: _Draft) -> bool:
    """Tell whether a paragraph says something of its own: more than a label with its value, a date, a reference."""
    piece = draft.piece
    if piece is None or draft.part is not Part.TEXT or piece.form is not Form.PARAGRAPH:
        return False
    text = piece.text
    apart = label_of(text) is not None or stands_alone(text) or slanted(text) or definition(text) is not None
    return not apart and len(" ".join(draft.words).split()) >= _SUMMARY_WORDS
