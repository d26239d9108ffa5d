"""The library as rows: every post-mortem with its day, stage and what is still to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from pmfacil.core import saying
from pmfacil.core.text import shortened
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pmfacil.widgets.glyphs import Glyphs

_LIT: Final = "bold underline $accent"
_KINDS: Final = {
    "operational incident": "incident",
    "project failure": "project",
    "missed deadline": "deadline",
    "client escalation": "escalation",
}
_DAY, _STAGE = 12, 15  # cells of these columns with the gap after them: “second account” is the longest part


@dataclass(frozen=True, slots=True)
class Shelved:
    """What one row of the library shows; `stage` is preparing, live, closed or imported; `day` may be unknown."""

    id: str
    title: str
    kind: str
    stage: str
    day: date | None
    open_actions: int
    follow_up_on: date | None
    rehearsal: bool


def library_rows(shelved: Iterable[Shelved], today: date, glyphs: Glyphs) -> list[Row]:
    """Return a row for each post-mortem, in the order given."""
    return [_row(one, today, glyphs) for one in shelved]


@dataclass(frozen=True, slots=True)
class Place:
    """Where words were found: the key to open it, what it is, the words with whether each is meant."""

    key: str
    part: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A post-mortem in which something was found, and where; `title` are its words where they are meant too."""

    shelved: Shelved
    places: tuple[Place, ...]
    title: tuple[tuple[str, bool], ...] = ()


def found_rows(found: Iterable[Found], today: date, glyphs: Glyphs) -> list[Row]:
    """Return each post-mortem with the places where something was found below it."""
    rows: list[Row] = []
    for one in found:
        rows.append(_row(one.shelved, today, glyphs, one.title))
        for place in one.places:
            lead = joined(plain(" " * _DAY), parts.padded(place.part, _STAGE, parts.QUIET))
            rows.append(Row(place.key, lead, joined(*(plain(text, _LIT if lit else "") for text, lit in place.pieces))))
    return rows


def nothing_found_rows(typed: str) -> list[Row]:
    """Return what a search says that found nothing."""
    return [
        parts.heading(f"Nothing here fits “{shortened(typed, 60)}”"),
        parts.note("Fewer words find more. Filters: kind: tag: team: owner: state: after: before:"),
        parts.note("Esc shows everything again."),
    ]


def empty_rows() -> list[Row]:
    """Return what an empty library says of itself."""
    return [
        parts.heading("No post-mortems yet"),
        parts.blank(),
        parts.note(
            "A post-mortem leads a room from the facts over the causes to the actions, in six timed steps.", style=""
        ),
        parts.note("Press ^N to begin one: a title, a kind, a day.", style=""),
        parts.note("Press F3 to take in the ones you have: Markdown files, or a folder of them.", style=""),
        parts.note("Press ^R to rehearse first, on a real public incident with a clock that can run faster.", style=""),
    ]


def _row(one: Shelved, today: date, glyphs: Glyphs, title: tuple[tuple[str, bool], ...] = ()) -> Row:
    sign, style = {
        "preparing": (glyphs.hollow, parts.QUIET),
        "live": (glyphs.right, parts.ACCENT),
        "closed": (glyphs.tick, parts.GOOD),
        "imported": (glyphs.square, parts.QUIET),
    }[one.stage]
    lead = joined(
        parts.padded(one.day.isoformat() if one.day else "undated", _DAY, parts.QUIET),
        parts.padded(f"{sign} {one.stage}", _STAGE, style),
    )
    kind = "rehearsal" if one.rehearsal else "" if one.stage == "imported" else _KINDS.get(one.kind, one.kind)
    todo = f"{one.open_actions} open action{'s' * (one.open_actions != 1)}" if one.open_actions else ""
    due = one.follow_up_on is not None and one.follow_up_on <= today
    follow_up = (
        f"follow-up {'due since ' if due else ''}{saying.short_day(one.follow_up_on)}" if one.follow_up_on else ""
    )
    return Row(
        one.id,
        lead,
        joined(
            *(plain(text, _LIT if lit else parts.STRONG) for text, lit in title or ((one.title, False),)),
            parts.tail(kind, todo, "" if due else follow_up),
            parts.tail(follow_up, style=parts.ACCENT) if due else Content(""),
        ),
    )
