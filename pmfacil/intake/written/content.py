"""What a piece of a section is worth: a cause, an action, or only what introduces, explains or stands in for one."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pmfacil.core.record import Part
from pmfacil.intake.written.headings import slanted
from pmfacil.intake.written.layout import Form, definition
from pmfacil.intake.written.marks import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmfacil.intake.written.sections import Placed

_NOTHING: Final = re.compile(
    r"\W*(?:n/?a|t\.?b\.?[dca]\.?|to ?do|none(?: yet| so far| known)?|nothing|not (?:applicable|yet known|known)"
    r"|unknown|to be (?:determined|defined|added|filled in|done)|placeholder|lorem ipsum.*|example|keine?|offen"
    r"|unbekannt|aucune?|n[ée]ant|ningun[ao]|nenhuma?|no|yes|link|see (?:above|below))?\W*",
    re.IGNORECASE,
)
_BLANKED: Final = re.compile(r"\s*(?:(?:\[[^\[\]]*\](?!\()|<[^<>]*>|\{\{?\s*[\w-]*\s*\}?\})[\s.:]*)+")
_NUMBER: Final = re.compile(r"\W*\d*\W*")


def part_for(one: Placed, *, explains: bool) -> Part:
    """Return what a piece is: what its section says, unless it only explains or a template left it there."""
    piece, part = one.piece, one.part
    if one.heading or piece.form in {Form.FRONT, Form.CODE, Form.COMMENT}:
        return Part.TEXT
    if piece.task and part is None:
        part = Part.ACTION
    if part not in {Part.SUMMARY, Part.CAUSE, Part.ACTION} or explains or _left_blank(one) or definition(piece.text):
        return Part.TEXT
    return part


def explanations(pieces: Sequence[Placed]) -> set[int]:
    """Return the places of those pieces that only lead over to the causes and actions of their section."""
    listed: dict[int, list[int]] = defaultdict(list)
    tabled: dict[int, int] = {}
    for at, one in enumerate(pieces):
        if one.piece.form in {Form.ITEM, Form.ROW} and not one.heading:
            listed[one.section].append(at)
        if one.piece.form is Form.ROW and not one.heading:
            tabled.setdefault(one.section, at)
    found: set[int] = set()
    for at, one in enumerate(pieces):
        if one.said is not None or one.part not in {Part.CAUSE, Part.ACTION}:
            continue
        follows = pieces[at + 1] if at + 1 < len(pieces) else None
        leads = follows is not None and follows.piece.form in {Form.ITEM, Form.ROW}
        if one.piece.form is Form.PARAGRAPH:
            introduces = leads and one.piece.text.rstrip(" *_").endswith(":")
            among = one.part is Part.ACTION and (one.section in listed or _opens_parts(follows))
            found.update({at} if introduces or among else ())
        elif one.piece.form is Form.ITEM and one.part is Part.ACTION and at < tabled.get(one.section, 0):
            found.add(at)  # what the words of the table below mean
    return found


def _opens_parts(follows: Placed | None) -> bool:
    """Tell whether what follows is a heading within the same part: then the words before it are about them all."""
    return follows is not None and follows.heading and follows.part is Part.ACTION and follows.piece.level > 0


def _left_blank(one: Placed) -> bool:
    """Tell whether a piece is what a template had there: nothing, a word for nothing, an instruction."""
    if one.piece.form is Form.ROW and one.said is None:
        cells = [plain(cell) for cell in one.piece.cells]
        return all(_NOTHING.fullmatch(cell) or _NUMBER.fullmatch(cell) for cell in cells)
    raw = one.piece.text if one.said is None else one.said
    return bool(_NOTHING.fullmatch(raw) or _BLANKED.fullmatch(raw)) or slanted(raw) or not plain(raw)
