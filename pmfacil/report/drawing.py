"""Pictures inside the HTML report, as inline SVG: the moments of an incident to scale, and the tree of whys."""

from __future__ import annotations

import html as escaping
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from pmfacil.core.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pmfacil.report.document import Item, Moment

_WIDTH, _MARGIN = 720, 24  # the measure of the page, and what stays free at either end of the line
_STEP, _NEAR, _LEVEL = 17, 30, 34  # a line of text, the first label's distance from the strip, and what one level takes
_LEVELS: Final = ((-1, 0), (1, 0), (-1, 1), (1, 1))  # above and below, then farther away, as near moments need it
_EDGE = 0.1  # labels this near to an end begin or end there, so that none is cut
_INDENT, _LETTER = 22, 6.4  # how far an answer stands to the right, and about how wide a letter is
_LEAST_LETTERS = 24  # letters of a line of the tree, however deep it lies


def strip_svg(moments: Sequence[Moment], spans: Sequence[str]) -> Iterator[str]:
    """Yield a strip of moments to scale; whoever cannot see it hears the same."""
    told = ", ".join(f"{one.label} {one.said}" for one in moments)
    labels = list(_laid_out(moments, spans))
    line = _NEAR + _STEP + _LEVEL * max(level for _, _, _, _, level in labels)
    yield f'<svg class=strip viewBox="0 0 {_WIDTH} {2 * line}" role=img aria-label="{_escaped(told)}">'
    yield f'<path class=rule d="M{_MARGIN} {line}H{_WIDTH - _MARGIN}"/>'
    for x, anchor, words, side, level in labels:
        away = _NEAR + _LEVEL * level
        top = line - away if side < 0 else line + away - 8
        yield f'<path class=tick d="M{x:.1f} {line}V{line + side * (away - 14):.1f}"/>'
        yield f'<circle class=dot cx="{x:.1f}" cy="{line}" r="5"/>'
        yield _text(x, top, words[0], "name", anchor)
        yield _text(x, top + 14, words[1], "when", anchor)
    yield "</svg>"


def _laid_out(
    moments: Sequence[Moment], spans: Sequence[str]
) -> Iterator[tuple[float, str, tuple[str, str], int, int]]:
    """Yield where each label stands: its place, how it is anchored, its words, its side, and how far away."""
    ends = dict.fromkeys(_LEVELS, -1.0)
    for index, one in enumerate(moments):
        x = _MARGIN + one.place * (_WIDTH - 2 * _MARGIN)
        words = (one.label, _since(one.said, spans, index))
        width = max(map(len, words)) * _LETTER
        anchor = "start" if one.place < _EDGE else "end" if one.place > 1 - _EDGE else "middle"
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        free = next((level for level in _LEVELS if ends[level] < left), _LEVELS[-1])
        ends[free] = left + width
        yield x, anchor, words, *free


def tree_svg(root: str, items: Sequence[Item]) -> Iterator[str]:
    """Yield the tree of whys: each answer below and to the right of the line that it answers."""
    drawn, y, stems = [], 4, dict[int, float]()
    for depth, text, note in _lines(root, items):
        x = depth * _INDENT + 8
        room = max(_LEAST_LETTERS, int((_WIDTH - x) / _LETTER))
        lines = wrap(visible(text), room, break_long_words=True) or [""]
        first = y + _STEP
        if depth:
            drawn.append(f'<path class=branch d="M{x - 14} {stems[depth - 1]}V{first - 5}H{x - 4}"/>')
        drawn += [_text(x, first + place * _STEP, line, "line", "start") for place, line in enumerate(lines)]
        y = first + (len(lines) - 1) * _STEP
        if note:
            y += _STEP
            drawn.append(_text(x, y, note, "note", "start"))
        stems[depth] = y + 5
        y += 6
    yield f'<svg class=tree viewBox="0 0 {_WIDTH} {y + 8:.0f}" role=img aria-label="The tree of whys">'
    yield from drawn
    yield "</svg>"


def _lines(root: str, items: Sequence[Item]) -> Iterator[tuple[int, str, str]]:
    yield 0, root, ""
    for item in items:
        yield item.depth + 1, item.text, " · ".join(part for part in (item.label, item.note) if part)


def _since(said: str, spans: Sequence[str], index: int) -> str:
    return f"{said}, {spans[index - 1]} later" if index else said


def _text(x: float, y: float, words: str, kind: str, anchor: str = "middle") -> str:
    return f'<text class={kind} x="{x:.1f}" y="{y:.1f}" text-anchor={anchor}>{_escaped(words)}</text>'


def _escaped(text: str) -> str:
    return escaping.escape(visible(text), quote=True)
