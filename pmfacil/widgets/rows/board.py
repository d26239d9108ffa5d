"""The board as rows: actions by how pressing they are, or how far owners and post-mortems have come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core import saying
from pmfacil.core.following import overdue_by
from pmfacil.core.model import ActionState
from pmfacil.core.promises import Section
from pmfacil.core.text import shortened
from pmfacil.widgets.bars import bar, number, widest
from pmfacil.widgets.ledger import Row
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from pmfacil.core.promises import Progress, Promise
    from pmfacil.widgets.glyphs import Glyphs

GROUP: Final = "group:"

STATE: Final = 13
"""Cells of the longest state and the gap after it."""
_NAME: Final = 34  # cells of a name before its bar
_BAR: Final = 20

_STYLES: Final = {Section.OVERDUE: parts.BAD, Section.SOON: parts.ACCENT, Section.BLOCKED: parts.ACCENT}


def board_rows(
    sections: Mapping[Section, Sequence[Promise]],
    tally: Mapping[Section, int],
    marked: Collection[str],
    today: date,
    glyphs: Glyphs,
) -> list[Row]:
    """Return the sections that hold anything, each under its name and how many there are."""
    rows: list[Row] = []
    for section, promises in sections.items():
        if not promises:
            continue
        rows += [parts.blank()] * bool(rows)
        rows.append(_heading(section, tally[section]))
        rows += [_promise(one, one.key in marked, today, glyphs) for one in promises]
        if (more := tally[section] - len(promises)) > 0:
            rows.append(parts.note(f"{more:,} more. Type to narrow the list.", indent=4))
    return rows


def progress_rows(progress: Sequence[Progress], unnamed: str, glyphs: Glyphs) -> list[Row]:
    """Return a row for each owner or post-mortem: its name, a bar of what is finished, and the numbers in words."""
    if not progress:
        return [parts.heading("Nothing is open"), parts.note("Every action that was agreed is verified or dropped.")]
    cells = widest([one.total for one in progress])
    return [_progress(one, unnamed, cells, glyphs) for one in progress]


def quiet_board() -> list[Row]:
    """Return what the board says when there is nothing on it."""
    return [
        parts.heading("No actions here"),
        parts.note("Actions are agreed in step 5 of a post-mortem, once its causes are settled. Then they stand here."),
    ]


def _heading(section: Section, count: int) -> Row:
    style = _STYLES.get(section, "")
    words = plain(section.value.capitalize(), f"bold {style}".strip())
    return Row("", plain(""), joined(words, plain(f"  {count:,}", parts.QUIET)))


def _promise(one: Promise, marked: bool, today: date, glyphs: Glyphs) -> Row:  # noqa: FBT001 - a mark is there or not
    sign, style = state_sign(one.state, glyphs)
    lead = joined(
        plain(f" {glyphs.right if marked else ' '} ", parts.ACCENT), parts.padded(f"{sign} {one.state}", STATE, style)
    )
    late = overdue_by(one.due, one.state, today)
    when = f"by {saying.short_day(one.due)}" if one.due else "no date"
    late_words = f"{late} day{'s' * (late != 1)} over" if late else ""
    owner = f"@{one.owner}" if one.owner else "no owner"
    reason = f"because {one.reason}" if one.reason and one.state is ActionState.BLOCKED else ""
    return Row(
        one.key,
        lead,
        joined(
            plain(one.text), parts.tail(owner, when), parts.tail(late_words, style=parts.BAD),
            parts.tail(reason, style=parts.ACCENT), parts.tail(one.title),
        ),
    )  # fmt: skip


def state_sign(state: ActionState, glyphs: Glyphs) -> tuple[str, str]:
    """Return the sign of a state and how it is coloured; the word stands beside it."""
    match state:
        case ActionState.AGREED:
            return glyphs.hollow, ""
        case ActionState.IN_PROGRESS:
            return glyphs.right, parts.ACCENT
        case ActionState.BLOCKED:
            return glyphs.square, parts.BAD
        case ActionState.DONE:
            return glyphs.tick, ""
        case ActionState.VERIFIED:
            return glyphs.tick, parts.GOOD
        case ActionState.DROPPED:
            return glyphs.dash, parts.QUIET


def _progress(one: Progress, unnamed: str, cells: int, glyphs: Glyphs) -> Row:
    finished = one.done + one.verified + one.dropped
    name = parts.padded(shortened(one.name or unnamed, _NAME - 2), _NAME)
    told = (
        f"{one.open} open",
        f"{one.overdue} overdue" if one.overdue else "",
        f"{one.done} to verify" if one.done else "",
        f"{one.verified} verified" if one.verified else "",
        f"{one.dropped} dropped" if one.dropped else "",
    )
    filled = bar(finished, one.total, _BAR, glyphs)
    filled = filled.pad_right(_BAR - filled.cell_length)
    return Row(f"{GROUP}{one.key}", name, joined(filled, number(one.total, cells + 1), parts.tail(*told)))
