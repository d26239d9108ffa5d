"""Pictures inside the HTML report, as inline SVG: the moments of an incident to scale, and the tree of whys."""

from __future__ import annotations

import html as escaping
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from pmfacil.core.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pmfacil.report.document import Item, Moment

_WIDTH, _MARGIN = 720, 60  # the measure of the page, and what half a label needs at either end
_LINE, _STEP = 62, 17  # where the line lies, and the height of a line of text
_LEVELS: Final = 2  # labels take turns above and below the line, so that near moments stay readable
_INDENT, _LETTER = 22, 6.4  # how far an answer stands to the right, and about how wide a letter is
_LEAST_LETTERS = 24  # letters of a line of the tree, however deep it lies


def strip_svg(moments: Sequence[Moment], spans: Sequence[str]) -> Iterator[str]:
    """Yield a strip of moments to scale; whoever cannot see it hears the same."""
    told = ", ".join(f"{one.label} {one.said}" for one in moments)
    yield f'<svg class=strip viewBox="0 0 {_WIDTH} {2 * _LINE}" role=img aria-label="{_escaped(told)}">'
    yield f'<path class=rule d="M{_MARGIN} {_LINE}H{_WIDTH - _MARGIN}"/>'
    places = [_MARGIN + one.place * (_WIDTH - 2 * _MARGIN) for one in moments]
    for index, (one, x) in enumerate(zip(moments, places, strict=True)):
        above = index % _LEVELS == 0
        y = _LINE - 2 * _STEP if above else _LINE + 2 * _STEP
        yield f'<path class=tick d="M{x:.1f} {_LINE}V{y + (6 if above else -12)}"/>'
        yield f'<circle class=dot cx="{x:.1f}" cy="{_LINE}" r="5"/>'
        yield _text(x, y - 12 if above else y + 2, one.label, "name")
        yield _text(x, y + 2 if above else y + 16, _since(one.said, spans, index), "when")
    yield "</svg>"


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
