"""The appendix: the full timeline, the tree of whys, parked fixes and their fate, time used."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pmfacil.core import saying
from pmfacil.core.agenda import STEPS
from pmfacil.core.model import Fate, Mark
from pmfacil.core.timer import ZERO
from pmfacil.core.tree import walk
from pmfacil.report.document import Bullets, Item, Paragraph, Section, Table, Tree
from pmfacil.report.telling import timeline_table, told_entries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pmfacil.core.model import PostMortem
    from pmfacil.core.sitting import Sitting
    from pmfacil.report.document import Block


def appendix(pm: PostMortem, sitting: Sitting | None, now: datetime) -> tuple[Section, ...]:
    """Return the sections for those who want all of it; what has nothing to say is left out."""
    parts = (
        ("full-timeline", "Full timeline", _timeline(pm)),
        ("why-tree", "Why tree", _tree(pm)),
        ("parked-fixes", "Parked fixes", _fixes(pm)),
        ("settling", "Settling the causes", _settlements(pm)),
        ("time-used", "Time used", _time(pm, sitting, now)),
    )
    return tuple(Section(title, blocks, key) for key, title, found in parts if (blocks := tuple(found)))


def _timeline(pm: PostMortem) -> Iterator[Block]:
    if len(told_entries(pm)) < len(pm.entries):
        yield timeline_table(list(pm.entries), pm)


def _tree(pm: PostMortem) -> Iterator[Block]:
    if not pm.causes:
        return
    items = []
    for branch in walk(pm.causes):
        line = branch.cause
        mark = line.mark.value if branch.leaf else ""
        if branch.leaf and line.mark is Mark.STOPPED:
            mark = f"stopped: {line.reason}"
        items.append(Item(line.text, f"why {branch.depth}", mark, branch.depth - 1))
    yield Tree(pm.impact or pm.title, tuple(items))


def _fixes(pm: PostMortem) -> Iterator[Block]:
    if not pm.fixes:
        return
    dropped = sum(1 for fix in pm.fixes if fix.fate is Fate.DROPPED)
    count = len(pm.fixes)
    said = f"{count} early fix{'es' * (count != 1)}"
    yield Paragraph(f"{said}, {dropped} no longer needed once the causes were known." if dropped else f"{said}.")
    actions = {action.id: action.text for action in pm.actions}
    items = []
    for fix in pm.fixes:
        note = fix.reason
        if fix.fate is Fate.MERGED and fix.action is not None:
            note = f"into: {actions[fix.action]}"
        items.append(Item(fix.text, fix.fate.value, note))
    yield Bullets(tuple(items))


def _settlements(pm: PostMortem) -> Iterator[Block]:
    items = []
    for one in pm.settlements:
        settled = f"{saying.day(one.at.astimezone().date())}, {saying.here(one.at)}"
        later = f"reopened at {saying.here(one.reopened_at)}" if one.reopened_at else ""
        items.append(Item(f"The room called the picture complete, with {len(one.causes)} standing.", settled, later))
    if items:
        yield Bullets(tuple(items))


def _time(pm: PostMortem, sitting: Sitting | None, now: datetime) -> Iterator[Block]:
    if sitting is None or sitting.started_at is None:
        return
    used = sitting.time_used(now)
    rows = [
        (step.called, f"{minutes} min", _minutes(spent))
        for step, minutes, spent in zip(STEPS, pm.boxes, used, strict=True)
    ]
    rows.append(("Together", f"{sum(pm.boxes)} min", _minutes(sum(used, ZERO))))
    yield Table(("Step", "Planned", "Used"), tuple(rows))


def _minutes(span: timedelta) -> str:
    return f"{round(span / timedelta(minutes=1))} min"
