"""The opening as rows: the purpose, the norms, the agenda, who is here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from pmfacil.core import saying
from pmfacil.core.agenda import STEPS
from pmfacil.core.following import overdue_by
from pmfacil.core.guide import FACILITATOR_DOES, FACILITATOR_DOES_NOT, NORMS, PURPOSE
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pmfacil.core.model import PostMortem
    from pmfacil.past import PastAction
    from pmfacil.widgets.glyphs import Glyphs

NORM: Final = "norm:"
AGENDA: Final = "agenda"
PERSON: Final = "person:"
PROMISED: Final = "promised:"


def opening_rows(pm: PostMortem, promised: Sequence[PastAction], today: date, glyphs: Glyphs) -> list[Row]:
    """Return the whole body of the open step."""
    return [
        Row("", Content(""), plain(PURPOSE, "bold $primary")),
        parts.blank(),
        *_norms(pm, glyphs),
        *_facilitator(),
        *_agenda(pm),
        *_people(pm, glyphs),
        *_promised(promised, today, glyphs),
    ]


def _norms(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    yield parts.heading("How we talk", f"{len(pm.norms_read)} of {len(NORMS)} read aloud; Enter ticks")
    for norm in NORMS:
        read = norm.key in pm.norms_read
        sign = plain(f"  {glyphs.tick if read else glyphs.hollow} ", parts.GOOD if read else parts.ACCENT)
        yield Row(f"{NORM}{norm.key}", sign, plain(norm.text))


def _facilitator() -> Iterator[Row]:
    yield parts.blank()
    yield parts.note(f"The facilitator {', '.join(FACILITATOR_DOES)}; and does not {', '.join(FACILITATOR_DOES_NOT)}.")


def _agenda(pm: PostMortem) -> Iterator[Row]:
    steps = " · ".join(f"{step.called} {minutes}" for step, minutes in zip(STEPS, pm.boxes, strict=True))
    yield parts.blank()
    lead = plain("Agenda  ", parts.STRONG)
    yield Row(AGENDA, lead, joined(plain(steps), parts.tail(f"{sum(pm.boxes)} minutes")))


def _people(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    here = sum(1 for person in pm.people if person.present)
    yield parts.blank()
    yield parts.heading(
        "Who is here", f"{here} of {len(pm.people)}" if pm.people else "type a name and a role: Ana, on-call"
    )
    for person in pm.people:
        sign = plain(f"  {glyphs.tick if person.present else glyphs.hollow} ", parts.GOOD if person.present else "")
        yield Row(f"{PERSON}{person.id}", sign, joined(plain(person.name), parts.tail(person.role)))


def _promised(promised: Sequence[PastAction], today: date, glyphs: Glyphs) -> Iterator[Row]:
    if not promised:
        return
    yield parts.blank()
    yield parts.heading("Still open from before", "the same team or tag; one minute, no debate")
    for place, one in enumerate(promised):
        late = overdue_by(one.due, one.state, today)
        sign = plain(f"  {glyphs.hollow} ", parts.ACCENT if late else "")
        due = f"by {saying.short_day(one.due)}" if one.due else "no date"
        over = f"{late} day{'s' * (late != 1)} over" if late else ""
        told = parts.tail(f"@{one.owner}" if one.owner else "no owner", due)
        yield Row(
            f"{PROMISED}{place}",
            sign,
            joined(plain(one.text), told, parts.tail(over, style=parts.ACCENT), parts.tail(one.title)),
        )
