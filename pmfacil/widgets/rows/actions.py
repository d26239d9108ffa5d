"""The actions as rows: the locked panel, the parked fixes, the coverage of causes, the actions agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from pmfacil.core import saying
from pmfacil.core.coverage import coverage, letters
from pmfacil.core.gate import settlement_standing, verdict
from pmfacil.core.model import ActionType, Fate
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.coverage import Cover
    from pmfacil.core.model import Action, CauseId, PostMortem
    from pmfacil.widgets.glyphs import Glyphs

MISSING: Final = "missing:"
CAUSE: Final = "cause:"
FIX: Final = "fix:"
ACTION: Final = "action:"


def actions_rows(pm: PostMortem, glyphs: Glyphs) -> list[Row]:
    """Return the whole body of the actions step, locked or open."""
    rows: list[Row] = []
    if settlement_standing(pm) is None:
        rows.extend(_locked(pm, glyphs))
    for section in (_parked(pm, glyphs), _coverage(pm, glyphs), _actions(pm, glyphs)):
        block = list(section)
        if block and rows:
            rows.append(parts.blank())
        rows.extend(block)
    return rows


def action_line(action: Action, names: dict[CauseId, str], glyphs: Glyphs) -> Row:
    """Return one action as a row: what, who, by when, for which causes."""
    lead = plain(f"  {glyphs.right} ", parts.ACCENT)
    needs = [word for word, given in (("no owner yet", action.owner), ("no date yet", action.due)) if not given]
    facts = (
        action.owner and f"@{action.owner}",
        f"by {saying.short_day(action.due)}" if action.due else "",
        action.type.value if action.type else "",
        "cause " + ", ".join(names.get(cause, "?") for cause in action.causes),
        f"done when {action.done_when}" if action.done_when else "",
    )
    return Row(
        f"{ACTION}{action.id}",
        lead,
        joined(plain(action.text), parts.tail(*needs, style=parts.ACCENT), parts.tail(*facts)),
    )


def _locked(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    yield parts.heading("Actions are locked until the causes are settled")
    yield parts.note("Fixes that come up now are parked with F3 and come back here. Enter jumps to what is missing.")
    yield parts.blank()
    for index, missing in enumerate(verdict(pm)):
        yield Row(f"{MISSING}{index}", plain(f"  {glyphs.hollow} ", parts.ACCENT), plain(missing.sentence))


def _parked(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    waiting = [fix for fix in pm.fixes if fix.fate is Fate.PARKED]
    if not waiting:
        return
    opened = settlement_standing(pm) is not None
    keys = "F4 adopt, F5 merge, F7 drop with a reason" if opened else "they wait until the causes are settled"
    yield parts.heading(f"Parked fixes ({len(waiting)})", keys)
    for fix in waiting:
        yield Row(f"{FIX}{fix.id}", plain(f"  {glyphs.hollow} ", parts.ACCENT), plain(fix.text))


def _coverage(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    covers = coverage(pm)
    if not covers:
        return
    bare = sum(1 for cover in covers if not cover.covered)
    yield parts.heading("Causes", f"{bare} without an answer: add an action, or F6 accepts the risk" if bare else "")
    for cover in covers:
        yield _cover(cover, glyphs)


def _cover(cover: Cover, glyphs: Glyphs) -> Row:
    count = len(cover.actions)
    if count:
        answer = plain(f"{glyphs.tick} {count} action{'s' * (count != 1)}", parts.GOOD)
    elif cover.risk:
        answer = plain(f"risk accepted: {cover.risk}", parts.QUIET)
    else:
        answer = plain(f"{glyphs.hollow} no action yet", parts.ACCENT)
    lead = joined(Content("  "), parts.padded(cover.letter, 3, parts.STRONG))
    return Row(f"{CAUSE}{cover.cause.id}", lead, joined(plain(cover.cause.text), Content("  "), answer))


def _actions(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    if pm.actions:
        yield parts.heading(f"Actions ({len(pm.actions)})", _types(pm))
        names = letters(pm)
        for action in pm.actions:
            yield action_line(action, names, glyphs)
    elif pm.no_actions_because:
        yield parts.heading("No actions", pm.no_actions_because)


def _types(pm: PostMortem) -> str:
    """Return the line that shows which way nobody has gone yet: prevent 2 · detect 1 · mitigate 0."""
    kinds = [action.type for action in pm.actions]
    wanted = (ActionType.PREVENT, ActionType.DETECT, ActionType.MITIGATE)
    return " · ".join(f"{kind.value} {kinds.count(kind)}" for kind in ActionType if kind in wanted or kind in kinds)
