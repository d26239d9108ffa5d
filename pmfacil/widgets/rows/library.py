"""The library as rows: every post-mortem with its day, stage and what is still to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from pmfacil.core import saying
from pmfacil.widgets.ledger import Row
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pmfacil.widgets.glyphs import Glyphs


_LIT: Final = "bold underline $accent"


@dataclass(frozen=True, slots=True)
class Shelved:
    """What one row of the library shows; `stage` is preparing, live, closed or imported."""

    id: str
    title: str
    kind: str
    stage: str
    day: date
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
    """A post-mortem in which something was found, and where."""

    shelved: Shelved
    places: tuple[Place, ...]


def found_rows(found: Iterable[Found], today: date, glyphs: Glyphs) -> list[Row]:
    """Return each post-mortem with the places where something was found below it."""
    rows: list[Row] = []
    for one in found:
        rows.append(_row(one.shelved, today, glyphs))
        for place in one.places:
            lead = joined(plain(" " * 12), parts.padded(place.part, 13, parts.QUIET))
            said = joined(*(plain(text, _LIT if lit else "") for text, lit in place.pieces))
            rows.append(Row(place.key, lead, said))
    return rows


def nothing_found_rows(typed: str) -> list[Row]:
    """Return what a search says that found nothing."""
    return [
        parts.heading(f"Nothing here says “{typed}”"),
        parts.note("Fewer letters find more. Filters: kind: tag: team: owner: state: after: before:"),
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


def _row(one: Shelved, today: date, glyphs: Glyphs) -> Row:
    sign, style = {
        "preparing": (glyphs.hollow, parts.QUIET),
        "live": (glyphs.right, parts.ACCENT),
        "closed": (glyphs.tick, parts.GOOD),
        "imported": (glyphs.square, parts.QUIET),
    }[one.stage]
    lead = joined(
        parts.padded(f"{one.day:%Y-%m-%d}", 12, parts.QUIET),
        parts.padded(f"{sign} {one.stage}", 13, style),
    )
    kind = "rehearsal" if one.rehearsal else "" if one.stage == "imported" else one.kind
    todo = f"{one.open_actions} open action{'s' * (one.open_actions != 1)}" if one.open_actions else ""
    due = one.follow_up_on is not None and one.follow_up_on <= today
    follow_up = (
        f"follow-up {'due since ' if due else ''}{saying.short_day(one.follow_up_on)}" if one.follow_up_on else ""
    )
    return Row(
        one.id,
        lead,
        joined(
            plain(one.title, parts.STRONG),
            parts.tail(kind, todo, "" if due else follow_up),
            parts.tail(follow_up, style=parts.ACCENT) if due else Content(""),
        ),
    )
