"""The follow-up as rows: each action with how far it has come and what was seen of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core import saying
from pmfacil.core.following import finding_on, overdue_by
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts
from pmfacil.widgets.rows.board import STATE, state_sign

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from pmfacil.core.ending import Finding, FollowUp
    from pmfacil.core.model import Action, PostMortem
    from pmfacil.widgets.glyphs import Glyphs

_INDENT: Final = STATE + 3


def following_rows(
    pm: PostMortem, held: FollowUp | None, asked: Collection[Action], today: date, glyphs: Glyphs
) -> list[Row]:
    """Return every action; below it what this follow-up found, or what it still asks."""
    if not pm.actions:
        return [parts.heading("No actions to follow up"), parts.note("They are agreed in step 5 of the meeting.")]
    wanted = {action.id for action in asked}
    rows: list[Row] = []
    for action in pm.actions:
        rows += [parts.blank()] * bool(rows)
        rows.append(_action(action, today, glyphs))
        found = finding_on(pm, held, action.id) if held is not None else None
        rows += _told(found, glyphs) if found is not None else []
        if action.id in wanted:
            rows.append(_under(f"{glyphs.last}{_question(action)}", parts.ACCENT))
    return rows


def _action(action: Action, today: date, glyphs: Glyphs) -> Row:
    sign, style = state_sign(action.state, glyphs)
    lead = joined(plain("   "), parts.padded(f"{sign} {action.state}", STATE, style))
    late = overdue_by(action.due, action.state, today)
    when = f"by {saying.short_day(action.due)}" if action.due else "no date"
    over = f"{late} day{'s' * (late != 1)} over" if late else ""
    reason = f"because {action.reason}" if action.reason else ""
    expected = f"expected: {action.effect or action.done_when}" if action.effect or action.done_when else ""
    owner = f"@{action.owner}" if action.owner else "no owner"
    return Row(
        action.id,
        lead,
        joined(
            plain(action.text), parts.tail(owner, when), parts.tail(over, style=parts.BAD), parts.tail(reason, expected)
        ),
    )


def _told(found: Finding, glyphs: Glyphs) -> Iterator[Row]:
    said = " · ".join(part for part in (found.effect.value if found.effect else "", found.note, found.link) if part)
    if said:
        yield _under(f"{glyphs.last}{said}", parts.GOOD)
    if found.elsewhere:
        yield _under(f"{glyphs.last}elsewhere: {found.elsewhere}", parts.ACCENT)


def _question(action: Action) -> str:
    match action.state:
        case "done":
            return "did it work? F5 effect seen · F6 not seen · F7 no chance yet"
        case _:
            return "is it done? F5 it worked · F6 it did not · F7 no chance yet · F9 new date · F8 accept the risk"


def _under(said: str, style: str) -> Row:
    return Row("", plain(" " * _INDENT), plain(said, style))
