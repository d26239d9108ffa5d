"""Reading the why tree: what lies above and below a line, how deep it is, what state it is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmfacil.core.model import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.model import Cause, CauseId


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of the tree in reading order.

    `depth` counts whys from one; `lasts` tells, from the first level down, whether the line on that
    level is the last of its siblings (which is what drawing the guides takes).
    """

    cause: Cause
    depth: int
    leaf: bool
    lasts: tuple[bool, ...]


def by_parent(causes: tuple[Cause, ...]) -> dict[CauseId | None, list[Cause]]:
    """Return the lines below each line, in the order in which they were said."""
    below: dict[CauseId | None, list[Cause]] = {}
    for cause in causes:
        below.setdefault(cause.parent, []).append(cause)
    return below


def walk(causes: tuple[Cause, ...]) -> Iterator[Branch]:
    """Yield every line in reading order: each followed at once by what answers it."""
    below = by_parent(causes)
    stack: list[tuple[Cause, tuple[bool, ...]]]
    stack = [(cause, (last,)) for cause, last in _reversed(below.get(None, []))]
    while stack:
        cause, lasts = stack.pop()
        answers = below.get(cause.id, [])
        yield Branch(cause, len(lasts), not answers, lasts)
        stack.extend((answer, (*lasts, last)) for answer, last in _reversed(answers))


def _reversed(siblings: list[Cause]) -> Iterator[tuple[Cause, bool]]:
    for index in range(len(siblings) - 1, -1, -1):
        yield siblings[index], index == len(siblings) - 1


def depth(causes: tuple[Cause, ...], cause: CauseId) -> int:
    """Return which why the line is, from one."""
    parents = {line.id: line.parent for line in causes}
    whys, above = 1, parents[cause]
    while above is not None:
        whys, above = whys + 1, parents[above]
    return whys


def above(causes: tuple[Cause, ...], cause: CauseId) -> tuple[Cause, ...]:
    """Return the lines above a line, the nearest first."""
    known = {line.id: line for line in causes}
    found: list[Cause] = []
    parent = known[cause].parent
    while parent is not None:
        found.append(known[parent])
        parent = known[parent].parent
    return tuple(found)


def leaves(causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """Return the lines that nothing answers, in reading order."""
    return tuple(branch.cause for branch in walk(causes) if branch.leaf)


def standing(causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """Return the root causes and contributing factors, in reading order: what actions can address."""
    return tuple(leaf for leaf in leaves(causes) if leaf.mark in (Mark.ROOT, Mark.CONTRIBUTING))


def subtree(causes: tuple[Cause, ...], top: CauseId) -> frozenset[CauseId]:
    """Return the line and everything below it."""
    inside = {top}
    for cause in causes:  # a parent always stands before what answers it
        if cause.parent in inside:
            inside.add(cause.id)
    return frozenset(inside)
