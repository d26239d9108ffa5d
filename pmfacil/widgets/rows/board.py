"""The board as rows: actions by how pressing they are, or how far owners and post-mortems have come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pmfacil.core import saying
from pmfacil.core.following import overdue_by
from pmfacil.core.model import ActionState
from pmfacil.core.promises import Section
from pmfacil.core.text import shortened
from pmfacil.widgets.bars import BAR, number
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from textual.content import Content

    from pmfacil.core.promises import Progress, Promise
    from pmfacil.widgets.glyphs import Glyphs

GROUP: Final = "group:"
UNOWNED: Final = "nobody yet"

STATE: Final = 15
"""Cells of the longest state with its sign, and the gap after it."""
_DAY: Final = 16  # the same of the longest day
_WIDE: Final = 100
_BARS: Final = {True: 24, False: 10}  # cells of a bar on a wide and on a narrow page
_NUMBERS: Final = ("open", "overdue", "to verify", "finished")
_GAP: Final = 2
_MOST_NAME: Final = 48  # cells of a name: more would part it from its numbers

_STYLES: Final = {Section.OVERDUE: parts.BAD, Section.SOON: parts.ACCENT}


@dataclass(frozen=True, slots=True)
class Page:
    """What all rows are drawn with: the day it is, the signs, and the cells a row has."""

    today: date
    glyphs: Glyphs
    width: int


def board_rows(
    sections: Mapping[Section, Sequence[Promise]],
    tally: Mapping[Section, int],
    progress: Progress,
    marked: Collection[str],
    page: Page,
) -> list[Row]:
    """Return how far it has all come, then the sections that hold anything, each with how many there are."""
    rows = [_whole(progress, page)] if progress.total else []
    for section, promises in sections.items():
        if not promises:
            continue
        rows.append(parts.blank())
        rows.append(_heading(section, tally[section]))
        rows += [_promise(one, one.key in marked, page) for one in promises]
        if (more := tally[section] - len(promises)) > 0:
            rows.append(parts.note(f"{more:,} more. Type to narrow the list.", indent=3))
    return rows


def progress_rows(progress: Sequence[Progress], most: int, page: Page) -> list[Row]:
    """Return a row for each of at most `most` owners or post-mortems: its name, a bar, and the numbers."""
    wide = page.width >= _WIDE
    room = page.width - _BARS[wide] - sum(len(head) + _GAP for head in _NUMBERS) - _GAP
    name = min(_MOST_NAME, room)
    heads = "".join(" " * _GAP + head for head in _NUMBERS)
    rows = [Row("", plain(" " * (name + _BARS[wide])), plain(heads, parts.QUIET))]
    rows += [_group(one, name, _BARS[wide], page.glyphs) for one in progress[:most]]
    if len(progress) > most:
        rows.append(parts.note(f"Only the first {most:,} are shown. Type to narrow the list."))
    return [*rows, parts.blank(), _legend(page.glyphs)]


def quiet_board(*, narrowed: bool, below: bool = False) -> list[Row]:
    """Return what the board says when there is nothing on it, or nothing that fits; `below` other rows, apart."""
    apart = [parts.blank()] if below else []
    if narrowed:
        return [
            *apart,
            parts.heading("Nothing fits"),
            parts.note("Nothing that waits has these words. Esc shows more."),
        ]
    words = "Actions agreed in step 5 stand here until they are verified or dropped."
    return [*apart, parts.heading("Nothing is waiting"), parts.note(words)]


def day_said(day: date, today: date) -> str:
    """Return a day in little room, with the year where it is another one."""
    return saying.short_day(day) if day.year == today.year else f"{day.day} {day:%b} {day.year}"


def days_said(days: int) -> str:
    """Return a number of days in words."""
    return f"{days:,} day{'s' * (days != 1)}"


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


def _heading(section: Section, count: int) -> Row:
    style = _STYLES.get(section, "")
    words = plain(section.value.capitalize(), f"bold {style}".strip())
    return Row("", plain(""), joined(words, plain(f"  {count:,}", parts.QUIET)))


def _promise(one: Promise, marked: bool, page: Page) -> Row:  # noqa: FBT001 - a mark is there or not
    sign, style = state_sign(one.state, page.glyphs)
    late = overdue_by(one.due, one.state, page.today)
    lead = joined(
        plain(f" {page.glyphs.star if marked else ' '} ", f"bold {parts.ACCENT}"),
        parts.padded(f"{sign} {one.state}", STATE, style),
        parts.padded(_when(one, late, page.today), _DAY, parts.BAD if late else ""),
    )
    owner = f"@{one.owner}" if one.owner else "no owner"
    promised = f"due {_short(one.due, page.today)}" if one.due and late else ""
    reason = f"because {one.reason}" if one.state is ActionState.BLOCKED else ""
    return Row(
        one.key,
        lead,
        joined(plain(one.text), parts.tail(owner, promised), parts.tail(reason, style=""), parts.tail(one.title)),
    )


def _when(one: Promise, late: int, today: date) -> str:
    """Return what matters about the day: how long over, since when done, or by when."""
    if late:
        return f"{days_said(late)} over"
    if one.state is ActionState.DONE:
        return f"since {_short(parts.local(one.moved_at).date(), today)}" if one.moved_at else ""
    if one.due is None:
        return "no date"
    return "today" if one.due == today else f"by {day_said(one.due, today)}"


def _short(day: date, today: date) -> str:
    """Return a day that has passed: nobody needs its weekday, nor which day of another year it was."""
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day:%b %Y}"


def _whole(one: Progress, page: Page) -> Row:
    told = (
        f"{one.finished:,} of {one.total:,} finished",
        f"{one.done:,} to verify" if one.done else "",
        (f"{one.open:,} open" if one.open else "") + (f", {one.overdue:,} overdue" if one.overdue else ""),
    )
    return Row(
        "", plain("   "), joined(_bar(one, _BARS[page.width >= _WIDE], page.glyphs), parts.tail(*told, style=""))
    )


def _group(one: Progress, name: int, cells: int, glyphs: Glyphs) -> Row:
    numbers = (
        number(one.open, len("open") + _GAP),
        number(one.overdue, len("overdue") + _GAP, parts.BAD if one.overdue else ""),
        number(one.done, len("to verify") + _GAP),
        number(one.finished, len("finished") + _GAP),
    )
    room = name - _GAP - 1
    called = plain(shortened(one.name, room)) if one.name else plain(UNOWNED, parts.QUIET)
    called = called.truncate(room, ellipsis=True).pad_left(1)  # letters of two cells are more than they count
    called = called.pad_right(name - called.cell_length)
    return Row(f"{GROUP}{one.key}", called, joined(_bar(one, cells, glyphs), *numbers))


def _bar(one: Progress, cells: int, glyphs: Glyphs) -> Content:
    """Return one bar of three signs: what is finished, what waits to be verified, what is open."""
    finished, done, rest = _shares((one.finished, one.done, one.open), cells)
    return joined(
        plain(glyphs.lower * finished, BAR),
        plain(glyphs.hollow_square * done, BAR),
        plain(glyphs.dot * rest, parts.QUIET),
    )


def _shares(values: Sequence[int], cells: int) -> list[int]:
    """Return how many cells each value gets: what is more than nothing is seen, however little of the whole it is."""
    shares = [max(1, round(cells * value / sum(values))) if value else 0 for value in values]
    shares[shares.index(max(shares))] += cells - sum(shares)
    return shares


def _legend(glyphs: Glyphs) -> Row:
    signs = (
        (glyphs.lower, BAR, "finished: verified, or dropped"),
        (glyphs.hollow_square, BAR, "done, to verify"),
        (glyphs.dot, parts.QUIET, "open"),
    )
    told = [joined(plain(sign * 2, style), plain(f" {words}   ", parts.QUIET)) for sign, style, words in signs]
    return Row("", plain(" "), joined(*told))
