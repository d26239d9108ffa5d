"""What a document says of itself: its title, and the day on which it happened."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pmfacil.core.record import Part
from pmfacil.intake.pieces import DAY, day_of
from pmfacil.intake.written.headings import alone, label_of, names_section, part_of
from pmfacil.intake.written.layout import Form
from pmfacil.intake.written.marks import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pmfacil.core.record import Passage
    from pmfacil.intake.pieces import Day
    from pmfacil.intake.written.layout import Piece

_FRONT: Final = re.compile(r"(?P<key>[\w-]{1,40})\s*[:=]\s*(?P<value>.+)")
_PLACEHOLDER: Final = re.compile(
    r"\W*(?:(?:issue|incident|post-?\s?mortem|report|your|the)\s+)*(?:name|title|template|headline|summary here)\W*",
    re.IGNORECASE,
)
_EXTENSION: Final = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_BETWEEN: Final = re.compile(r"[\s_.-]+")
_QUOTES: Final = ("''", '""', "“”", "‘’", "„“", "«»")
_BRACES: Final = re.compile(r"\{\{\s*|\s*\}\}")
_LONGEST: Final = 300
_LONGEST_BELOW: Final = 150
_PACKED: Final = re.compile(r"(?<!\d)((?:19|20)\d\d[01]\d[0-3]\d)(?!\d)")
_WHEN: Final = re.compile(
    r"(?:incident|outage|event) (?:date|day|start)|(?:date|day|start) of (?:the )?(?:incident|outage|event)"
    r"|occurred(?: on)?|date of occurrence|(?:start(?:ed)?|began)(?: (?:time|at|on|date))?|impact start(?:ed)?"
    r"|first detected|fault occurs"
    r"|datum des (?:vorfalls|ausfalls)|date de l.incident|fecha del incidente|data do incidente",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"date(?:s| and time|/time)?|when|datum|wann|fecha|cu[áa]ndo|data|quando|quand", re.IGNORECASE
)
_FRONT_WHEN: Final = re.compile(
    r"(?:incident|outage|occurred|started?|happened)[-_ ]?(?:date|on|at|day)?", re.IGNORECASE
)
_ASIDE: Final = re.compile(r"\([^()]*\)")
_FIRST_YEAR: Final = 1970
_LONGEST_LINE: Final = 400
_MONTHS: Final = {
    "january": "januar jänner janvier enero janeiro gennaio januari",
    "february": "februar février fevrier febrero fevereiro febbraio februari",
    "march": "märz maerz mars marzo março marco maart",
    "april": "avril abril aprile",
    "may": "mai mayo maio maggio mei",
    "june": "juni juin junio junho giugno",
    "july": "juli juillet julio julho luglio",
    "august": "août aout agosto augustus",
    "september": "septembre septiembre setembro settembre",
    "october": "oktober octobre octubre outubro ottobre",
    "november": "novembre noviembre novembro",
    "december": "dezember décembre decembre diciembre dezembro dicembre",
}
_ENGLISH: Final = {name: month for month, names in _MONTHS.items() for name in names.split()}
_FOREIGN: Final = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:\.|er|º)?\s+(?:de\s+)?(?P<month>{'|'.join(_ENGLISH)})\s+(?:de\s+|del\s+)?(?P<year>\d{{4}})\b",
    re.IGNORECASE,
)


def titled(pieces: Sequence[Piece], name: str) -> tuple[str, Piece | None]:
    """Return the title of a document, and the piece that says it; a title made from its name is said by none."""
    for one in _candidates(pieces):
        words = "" if names_section(one.text) else _title(one)
        if words and not _PLACEHOLDER.fullmatch(words):
            return words, one
    below = _below_placeholder(pieces)
    return (_title(below), below) if below is not None else (_from_name(name), None)


def _candidates(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield what may be the title, the likeliest first."""
    headings = [one for one in pieces if one.form is Form.HEADING]
    first = [one for one in headings if one.level == 1]
    front = [one for one in pieces if one.form is Form.FRONT]
    named = [one for one in front if one.text.casefold().startswith(("title:", "title ="))]
    begins = first[:1] == list(pieces[len(front) : len(front) + 1])
    # Where several headings are of the first level, they are the parts of the document.
    yield from (*first, *named) if begins and len(first) == 1 else (*named, *first[:1])
    if headings:
        yield from (one for one in headings[:1] if part_of(one.text) in {None, Part.TEXT})
    else:
        yield from (one for one in pieces[:1] if one.text.startswith(("**", "__")) and alone(one.text) is not None)


def _below_placeholder(pieces: Sequence[Piece]) -> Piece | None:
    """Return the words below a heading that a template left as it was: `# ISSUE NAME`."""
    for one, below in pairwise(pieces):
        if one.form is Form.HEADING:
            left = one.level == 1 and _PLACEHOLDER.fullmatch(_title(one)) and below.form is Form.PARAGRAPH
            return below if left and 0 < len(_title(below)) <= _LONGEST_BELOW else None
    return None


def happened(pieces: Sequence[Piece], title: str, name: str, passages: Sequence[Passage]) -> date | None:
    """Return the day on which it happened, as the surest place says it; None where nothing tells."""
    labelled = list(_labelled(pieces))
    month_first = _month_first(pieces)
    places = (
        (value for label, value in labelled if _WHEN.fullmatch(label)),
        (value for key, value in _front_values(pieces) if _FRONT_WHEN.fullmatch(key)),
        (title,),
        (value for label, value in labelled if _DATE.fullmatch(label)),
        (value for key, value in _front_values(pieces) if key.casefold() == "date"),
        (_PACKED.sub(r"\1T00:00", name.replace("_", "-")),),
        (one.when for one in passages if one.part is Part.TIMELINE),
        (one.text for one in passages if one.part is Part.SUMMARY),
    )
    for texts in places:
        for text in texts:
            if (day := first_day(text, month_first=month_first)) is not None:
                return day
    return None


def first_day(text: str, *, month_first: bool = True) -> date | None:
    """Return the first whole day that a text names, of those on which something can have happened."""
    text = _FOREIGN.sub(
        lambda one: f"{one['day']} {_ENGLISH[one['month'].casefold()]} {one['year']}", text[:_LONGEST_LINE]
    )
    for found in DAY.finditer(text):
        day = day_of(found)
        if day is not None and not month_first and day.swapped is not None:
            day = day.swapped
        if day is not None and (whole := _whole(day)) is not None:
            return whole
    return None


def _month_first(pieces: Iterable[Piece]) -> bool:
    """Tell how 03/04 is meant, from the days that can be meant in one way only."""
    lines = (line[:_LONGEST_LINE] for one in pieces for line in one.lines)
    days = (day_of(found) for line in lines if "/" in line for found in DAY.finditer(line))
    orders = [day.order for day in days if day is not None]
    return orders.count("month") >= orders.count("day")


def _whole(day: Day) -> date | None:
    if day.year is None or day.ago is not None or day.year < _FIRST_YEAR:
        return None
    whole = date(day.year, day.month, day.day)
    # Somewhere it is tomorrow already.
    return whole if whole <= datetime.now(tz=UTC).date() + timedelta(days=1) else None


def _labelled(pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    """Yield what lines, items and rows say after a label; what stands below a label alone is said by it."""
    pending = ""
    for one in pieces:
        if one.form is Form.ROW and len(one.cells) > 1:
            yield plain(one.cells[0]).rstrip(" :"), plain(" ".join(one.cells[1:]))
        elif one.form in {Form.PARAGRAPH, Form.ITEM, Form.HEADING}:
            for line in one.lines:
                if pending:
                    yield pending, line[:_LONGEST_LINE]
                    pending = ""
                if (label := label_of(line)) is not None:
                    words = _ASIDE.sub("", plain(label[0])).strip()
                    pending = "" if label[1] else words
                    yield words, label[1]
                elif one.form is Form.HEADING and len(line) < _LONGEST:
                    pending = plain(line)


def _front_values(pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    for one in pieces:
        if one.form is Form.FRONT and (found := _FRONT.match(one.text)):
            yield found["key"], found["value"]


def _title(piece: Piece) -> str:
    text = piece.text
    if piece.form is Form.FRONT:
        found = _FRONT.match(text)
        text = found["value"] if found else ""
    words = _BRACES.sub("", plain(text)).strip(" *_")
    for opening, closing in _QUOTES:
        if len(words) > 1 and words.startswith(opening) and words.endswith(closing):
            words = words[1:-1].strip()
    return words[:_LONGEST].strip()


def _from_name(name: str) -> str:
    stem = _EXTENSION.sub("", name.replace("\\", "/").rstrip("/").rpartition("/")[2])
    words = [word for word in _BETWEEN.split(plain(stem)) if word and not word.isdigit()]
    said = " ".join(words) or plain(stem) or "Untitled"
    return (said[:1].upper() + said[1:])[:_LONGEST]
