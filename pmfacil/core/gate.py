"""The gate: no action before the causes are settled, and the one place that settles them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from pmfacil.core.errors import GateClosed
from pmfacil.core.model import CauseId, Mark, Settlement
from pmfacil.core.text import shortened
from pmfacil.core.tree import standing, walk
from pmfacil.core.verbs import verb
from pmfacil.wording.persons import stops_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pmfacil.core.model import PostMortem, SettlementId

_SHOWN = 40  # characters of a line that are enough to recognise it in a sentence


class Need(StrEnum):
    """What kind of thing the gate is waiting for."""

    TRIGGER = "trigger"
    ROOT_CAUSE = "root cause"
    OPEN_LINE = "open line"
    PERSON = "person"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing the gate waits for, as a sentence, with the line to jump to (None: the step as a whole)."""

    need: Need
    sentence: str
    cause: CauseId | None = None


def settlement_standing(pm: PostMortem) -> Settlement | None:
    """Return the settlement under which actions may be agreed now; None while the gate is closed."""
    newest = pm.settlements[-1] if pm.settlements else None
    return newest if newest is not None and newest.reopened_at is None else None


def verdict(pm: PostMortem) -> tuple[Missing, ...]:
    """Return all that keeps the gate closed, the room's yes last; empty means open.

    The rule of product.md, section 6. One predicate for the verb, the rail and the locked panel.
    """
    if settlement_standing(pm) is not None:
        return ()
    return (*unsettled(pm), Missing(Need.ROOM, "the room has not been asked whether the picture is complete"))


def unsettled(pm: PostMortem) -> tuple[Missing, ...]:
    """Return what the causes themselves still lack, before the room can be asked.

    That every root cause has its depth or its reason is a rule of the model: no value without them exists.
    """
    return tuple(_lacking(pm))


def _lacking(pm: PostMortem) -> Iterator[Missing]:
    if not pm.trigger:
        yield Missing(Need.TRIGGER, "the trigger has no name yet")
    names = tuple(person.name for person in pm.people)
    roots = 0
    for branch in walk(pm.causes):
        line = branch.cause
        said = f"why {branch.depth}, “{shortened(line.text, _SHOWN)}”"
        if branch.leaf and line.mark is Mark.OPEN:
            yield Missing(Need.OPEN_LINE, f"one line is still open ({said})", line.id)
        if line.mark is not Mark.ROOT:
            continue
        roots += 1
        if stops_at(line.text, names) is not None:
            yield Missing(Need.PERSON, f"a root cause stops at a person ({said})", line.id)
    if not roots:
        yield Missing(Need.ROOT_CAUSE, "no line is called a root cause yet")


@verb("settle the causes")
def settle_causes(pm: PostMortem, settlement: SettlementId, now: datetime) -> PostMortem:
    """Record that the room called the picture complete; refuses with `GateClosed` while anything is missing.

    Settled already, the post-mortem stays as it is. Meeting again after a landing takes the landing back.
    """
    if settlement_standing(pm) is not None:
        return pm
    if missing := unsettled(pm):
        raise GateClosed(missing)
    made = Settlement(settlement, now, tuple(cause.id for cause in standing(pm.causes)))
    return replace(pm, settlements=(*pm.settlements, made), landing=None)


def reopened(pm: PostMortem, now: datetime) -> tuple[Settlement, ...]:
    """Return the settlements with the standing one superseded: the question is open again."""
    stands = settlement_standing(pm)
    if stands is None:
        return pm.settlements
    return (*pm.settlements[:-1], replace(stands, reopened_at=now))
