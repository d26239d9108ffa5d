"""Trends as rows: what happened how often, what comes back, what became of the actions. Nobody stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from pmfacil.core import saying
from pmfacil.core.following import OVER
from pmfacil.core.model import ActionState
from pmfacil.widgets.bars import bar, columns, labels, number, widest
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pmfacil.trends import Span, Spans, Trends
    from pmfacil.widgets.glyphs import Glyphs

_NAME: Final = 22  # cells of the longest name and the gap after it
_FIGURES: Final = 6  # cells of a number, so that bars of several lists begin in one column
_INDENT: Final = 2
_LONGEST_BAR: Final = 48
_HEIGHT: Final = 4  # lines of the standing bars
_COLUMN: Final = (4, 6)  # cells of a month, without its gaps, on a narrow and on a wide screen
_GAPS: Final = 2
_AROUND: Final = 4  # cells that are never filled by a bar: the gap before it and air behind it


def trends_rows(told: Trends, glyphs: Glyphs, width: int) -> list[Row]:
    """Return the whole page for that many cells. Nothing on it can be highlighted: it is read."""
    if told.empty:
        return empty_rows()
    return [
        *_months(told, glyphs, width),
        *_counted(
            "By kind",
            f"all {told.total:,} of the record",
            [(kind.value, many) for kind, many in told.kinds],
            glyphs,
            width,
        ),
        *_recurring(told, glyphs, width),
        *_actions(told, glyphs, width),
        *_spans("How long actions took", "a range and the newest, never one number for all", told.finished, width),
        *_spans(
            "How long incidents took", "likewise; end before start is invalid, and left out", told.durations, width
        ),
    ]


def empty_rows() -> list[Row]:
    """Return what a record without a post-mortem says of itself."""
    return [
        parts.heading("Nothing to compare yet"),
        parts.blank(),
        parts.note("What comes back, and what became of actions, shows once there is a record.", style=""),
        parts.note("Press ^L for the library: begin a post-mortem there, or import old ones.", style=""),
    ]


def _months(told: Trends, glyphs: Glyphs, width: int) -> Iterator[Row]:
    held = [month.held for month in told.months]
    cells = max(one for one in _COLUMN if (one + _GAPS) * len(held) + _INDENT <= width or one == _COLUMN[0])
    first = told.months[0].first
    yield parts.heading("By month", f"{first:%B} {first.year} to {saying.day(told.on)}")
    for line in columns(held, _HEIGHT, cells, glyphs):
        yield _line(line)
    yield _line(labels([f"{many:,}" for many in held], cells))
    yield _line(labels([f"{month.first:%b}" for month in told.months], cells, parts.QUIET))
    if told.imported:
        lately = sum(month.imported for month in told.months)
        yield parts.note(f"{told.imported:,} more were imported, {lately:,} of them in these months.", indent=_INDENT)
    yield parts.blank()


def _counted(
    title: str, note: str, counts: Sequence[tuple[str, int]], glyphs: Glyphs, width: int, *, name: int = _NAME
) -> Iterator[Row]:
    """Yield a name, a number and a bar each, in the order given."""
    yield parts.heading(title, note)
    yield from _bars(counts, glyphs, width, name=name)
    yield parts.blank()


def _bars(counts: Sequence[tuple[str, int]], glyphs: Glyphs, width: int, *, name: int = _NAME) -> Iterator[Row]:
    values = [many for _, many in counts]
    figures = max(_FIGURES, widest(values))
    room = min(_LONGEST_BAR, width - _INDENT - name - figures - _AROUND)
    for word, many in counts:
        lead = joined(plain(" " * _INDENT), _name(word, name), number(many, figures), plain("  "))
        yield Row("", lead, bar(many, max(values), room, glyphs) or Content(" "))


def _recurring(told: Trends, glyphs: Glyphs, width: int) -> Iterator[Row]:
    yield parts.heading("What comes back", "causes in much the same words, in how many post-mortems")
    figures = widest([factor.post_mortems for factor in told.factors])
    for factor in told.factors:
        lead = joined(plain(" " * _INDENT), number(factor.post_mortems, figures), plain("  "))
        last = f"last {saying.day(factor.last)}"
        yield Row("", lead, joined(plain(factor.text), parts.tail(last)))
    if not told.factors:
        yield parts.note("No cause has come back in similar words so far.", indent=_INDENT)
    if told.withheld:
        more = "1 more is" if told.withheld == 1 else f"{told.withheld:,} more are"
        yield parts.note(f"{more} not shown: every wording stops at a person.", indent=_INDENT)
    yield parts.blank()
    found_in = f"{told.with_causes:,} post-mortem{'s' * (told.with_causes != 1)}"
    sides = [(area.value, many) for area, many in told.areas]
    yield from _counted("Sides of the system", f"that the causes of {found_in} touch", sides, glyphs, width)
    if told.tags:
        yield from _counted("Tags", "the most frequent", told.tags, glyphs, width)


def _actions(told: Trends, glyphs: Glyphs, width: int) -> Iterator[Row]:
    said = {ActionState.DONE: "done, not verified"}
    states = [(said.get(state, state.value), many) for state, many in told.states]
    standing = sum(many for state, many in told.states if state not in OVER)
    yield from _counted("What became of the actions", "", states, glyphs, width)
    yield parts.heading("Open actions", f"{standing:,}, by how long ago they were agreed")
    yield from _bars(told.ages, glyphs, width)
    late = f"{told.overdue:,} of them {'is' if told.overdue == 1 else 'are'} past the day they were promised for."
    if standing:
        yield parts.note(late, indent=_INDENT, style=parts.ACCENT if told.overdue else parts.QUIET)
    yield parts.blank()


def _spans(title: str, note: str, many: Sequence[Spans], width: int) -> Iterator[Row]:
    yield parts.heading(title, note)
    for spans in many:
        lead = joined(plain(" " * _INDENT), parts.padded(spans.name, _NAME))
        of = f"recorded for {spans.recorded:,} of {spans.among:,}"
        invalid = f"{spans.invalid:,} invalid" if spans.invalid else ""
        yield Row("", lead, joined(_range(spans), parts.tail(of), parts.tail(invalid, style=parts.ACCENT)))
        room = width - _INDENT - _NAME
        for line in _filled([_span(one) for one in spans.newest], room):
            yield Row("", plain(" " * (_INDENT + _NAME)), plain(line, parts.QUIET))
    yield parts.blank()


def _filled(words: Sequence[str], room: int) -> Iterator[str]:
    """Yield lines of lengths of time, none of which is cut in two."""
    line = ""
    for word in words:
        longer = f"{line} · {word}" if line else f"newest first: {word}"
        if line and len(longer) > room:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _range(spans: Spans) -> Content:
    if spans.shortest is None or spans.longest is None:
        return plain("not recorded yet", parts.QUIET)
    shortest, longest = saying.length(spans.shortest), saying.length(spans.longest)
    return plain(shortest if shortest == longest else f"{shortest} to {longest}", parts.STRONG)


def _span(one: Span) -> str:
    return f"{'~' if one.approximate else ''}{saying.length(one.length)}"


def _name(word: str, cells: int) -> Content:
    """Return a name in its column, cut where it would reach into the numbers."""
    name = plain(word).truncate(cells - 1, ellipsis=True)
    return name.pad_right(cells - name.cell_length)


def _line(content: Content) -> Row:
    return Row("", Content(" " * _INDENT), content)
