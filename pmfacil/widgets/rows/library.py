"""The library as rows: every post-mortem with its day, stage and what is still to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from pmfacil.core import saying
from pmfacil.widgets.ledger import Row
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pmfacil.widgets.glyphs import Glyphs


@dataclass(frozen=True, slots=True)
class Shelved:
    """What one row of the library shows; `stage` is preparing, live or closed."""

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


def empty_rows() -> list[Row]:
    """Return what an empty library says of itself."""
    return [
        parts.heading("No post-mortems yet"),
        parts.blank(),
        parts.note(
            "A post-mortem leads a room from the facts over the causes to the actions, in six timed steps.", style=""
        ),
        parts.note("Press ^N to begin one: a title, a kind, a day.", style=""),
        parts.note("Press ^R to rehearse first, on a real public incident with a clock that can run faster.", style=""),
    ]


def _row(one: Shelved, today: date, glyphs: Glyphs) -> Row:
    sign, style = {
        "preparing": (glyphs.hollow, parts.QUIET),
        "live": (glyphs.right, parts.ACCENT),
        "closed": (glyphs.tick, parts.GOOD),
    }[one.stage]
    lead = joined(
        parts.padded(f"{one.day:%Y-%m-%d}", 12, parts.QUIET),
        parts.padded(f"{sign} {one.stage}", 13, style),
    )
    kind = "rehearsal" if one.rehearsal else one.kind
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
