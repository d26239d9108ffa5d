"""What the coach has to say beside the whys and beside the actions, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core.coverage import coverage
from pmfacil.core.model import ActionState, ActionType, Mark
from pmfacil.core.tree import standing
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts
from pmfacil.wording.action_cues import Strength
from pmfacil.wording.breadth import untouched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from textual.content import Content

    from pmfacil.core.coverage import Cover
    from pmfacil.core.model import Action, PostMortem
    from pmfacil.past import PastAction, PastCause
    from pmfacil.widgets.glyphs import Glyphs
    from pmfacil.wording.action_grade import Grade

_BREADTH_FROM: Final = 3  # whys; before that nothing has been left out yet
_MANY: Final = 6  # actions from here on are seldom all done (language.md, part 1: “Few: only those …”)
_ASKED: Final = 3  # sharpening questions shown of one action
_KEPT_TO: Final = (ActionType.PREVENT, ActionType.DETECT, ActionType.MITIGATE)


def causes_beside(pm: PostMortem, similar: Sequence[PastCause], glyphs: Glyphs) -> list[Row]:
    """Return what was found before, sides nobody has looked at, and causes that no record shows."""
    sections = (list(_before(similar, glyphs)), list(_sides(pm, glyphs)), list(_unshown(pm, glyphs)))
    return _spaced(sections)


def actions_beside(pm: PostMortem, grades: Sequence[tuple[Action, Grade]], here: str, glyphs: Glyphs) -> list[Row]:
    """Return causes × actions, the mix of types and strengths, and what would sharpen the action that is `here`."""
    if not pm.actions:
        return []
    sharpen = [row for action, grade in grades if action.id == here for row in _sharpen(grade, glyphs)]
    return _spaced([list(_matrix(pm, glyphs)), list(_mix(grades)), sharpen])


def said_grade(action: Action, graded: Grade, promised: PastAction | None) -> str:
    """Return in one line how far an action has come, and what is asked of it first."""
    said = f"Kept: {graded.count} of {len(graded.ticks)}, {graded.words}."
    lacking = [
        word for word, given in (("an owner (@name)", action.owner), ("a date (by friday)", action.due)) if not given
    ]
    if promised is not None:
        return f"{said} “{promised.text}” was {fate(promised)}. What stopped it?"
    if lacking:
        return f"{said} It still needs {' and '.join(lacking)}: Enter on it edits it."
    if graded.weaknesses:
        return f"{said} {graded.weaknesses[0].question}"
    return f"{said} What is its {graded.missing[0]}?" if graded.missing else said


def fate(action: PastAction) -> str:
    """Return what became of a promise: “promised in March 2026, not done”."""
    when = f"{action.on:%B} {action.on.year}"
    if action.standing:
        return f"promised in {when}, not done"
    return {ActionState.VERIFIED: "done, and it worked", ActionState.DROPPED: "dropped"}.get(action.state, "done")


def _spaced(sections: Sequence[list[Row]]) -> list[Row]:
    rows: list[Row] = []
    for section in sections:
        rows += [parts.blank()] * bool(rows and section) + section
    return rows


def _before(similar: Sequence[PastCause], glyphs: Glyphs) -> Iterator[Row]:
    if similar:
        yield parts.heading("Found before")
    for cause in similar:
        lead = plain(f"  {glyphs.dot} ", parts.QUIET)
        yield Row("", lead, joined(plain(cause.text), parts.tail(cause.title, _month(cause.on))))
        for action in cause.actions:
            style = parts.ACCENT if action.standing else parts.QUIET
            told = joined(plain(action.text), parts.tail(fate(action), style=style))
            yield Row("", plain(f"    {glyphs.right} ", style), told)


def _month(on: date) -> str:
    return f"{on:%B} {on.year}"


def _sides(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    if len(pm.causes) < _BREADTH_FROM:
        return
    missed = untouched([pm.trigger, *(line.text for line in pm.causes)])
    if missed:
        yield parts.heading("Not looked at yet?")
        yield Row("", plain(f"  {glyphs.dot} ", parts.QUIET), plain(", ".join(missed)))


def _unshown(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    bare = [line for line in standing(pm.causes) if not line.evidence] if pm.entries else []
    if bare:
        yield parts.heading("Which entry shows it?")
    for line in bare:
        name = "root cause" if line.mark is Mark.ROOT else "factor"
        yield Row(line.id, plain(f"  {glyphs.dot} ", parts.QUIET), joined(plain(line.text), parts.tail(name)))


def _matrix(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    numbers = "".join(f"{number:>3}" for number in range(1, len(pm.actions) + 1))
    yield parts.heading("Causes and actions")
    yield Row("", plain("   "), plain(numbers, parts.QUIET))
    for cover in coverage(pm):
        lead = parts.padded(f" {cover.letter}", 3, parts.STRONG)
        yield Row("", lead, joined(_marks(cover, pm, glyphs), _answer(cover)))


def _marks(cover: Cover, pm: PostMortem, glyphs: Glyphs) -> Content:
    return plain("".join(f"  {glyphs.filled if action.id in cover.actions else glyphs.dot}" for action in pm.actions))


def _answer(cover: Cover) -> Content:
    if cover.actions:
        return plain("")
    return plain("  risk accepted", parts.QUIET) if cover.risk else plain("  no answer", parts.ACCENT)


def _mix(grades: Sequence[tuple[Action, Grade]]) -> Iterator[Row]:
    kinds = [action.type for action, _ in grades]
    strengths = [grade.strength for _, grade in grades]
    yield parts.heading("What they do")
    counted = [f"{kind.value} {kinds.count(kind)}" for kind in ActionType if kind in _KEPT_TO or kind in kinds]
    yield Row("", plain("  "), plain(" · ".join(counted)))
    yield Row("", plain("  "), plain(" · ".join(f"{one.value} {strengths.count(one)}" for one in Strength)))
    if len(grades) >= _MANY:
        yield Row("", plain("  "), plain(f"{len(grades)} actions. Which would we really do?", parts.ACCENT))


def _sharpen(grade: Grade, glyphs: Glyphs) -> Iterator[Row]:
    yield parts.heading(f"{grade.count} of {len(grade.ticks)}: {grade.words}")
    for tick, reached in grade.ticks:
        sign, style = (glyphs.tick, parts.GOOD) if reached else (glyphs.untick, parts.QUIET)
        yield Row("", plain(f"  {sign} ", style), plain(tick.value, "" if reached else parts.QUIET))
    for weakness in grade.weaknesses[:_ASKED]:
        yield Row("", plain("  "), plain(weakness.question))
