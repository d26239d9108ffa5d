"""What to look at before a report leaves the room; nothing here refuses an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmfacil.core.coverage import coverage
from pmfacil.core.gate import settlement_standing
from pmfacil.core.model import Fate
from pmfacil.core.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.model import PostMortem

_SHOWN = 48  # characters of an action that are enough to know it by


def remarks(pm: PostMortem) -> tuple[str, ...]:
    """Return one sentence for each thing that is still missing, most important first."""
    return tuple(_remarks(pm))


def _remarks(pm: PostMortem) -> Iterator[str]:
    if settlement_standing(pm) is None:
        yield "The causes are not settled: the report will say that they are incomplete."
    for action in pm.actions:
        lacking = [word for word, given in (("owner", action.owner), ("date", action.due)) if not given]
        if lacking:
            yield f"No {' and no '.join(lacking)} yet: “{shortened(action.text, _SHOWN)}”."
    for cover in coverage(pm):
        if not cover.covered:
            yield f"Cause {cover.letter} has no action and no accepted risk: “{shortened(cover.cause.text, _SHOWN)}”."
    waiting = sum(1 for fix in pm.fixes if fix.fate is Fate.PARKED)
    if waiting:
        yield f"{waiting} parked fix{'es are' if waiting > 1 else ' is'} not decided."
    if pm.entries and pm.agreement is None:
        yield "The room has not agreed on the timeline."
    if not pm.strengths:
        yield "Nothing stands under what worked."
    if pm.closing.follow_up_on is None:
        yield "There is no follow-up date."
    if not pm.closing.report_owner:
        yield "Nobody owns the report yet."
