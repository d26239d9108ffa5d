"""Which settled causes have an answer: an action, an accepted risk, or neither yet."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

from pmfacil.core.gate import settlement_standing
from pmfacil.core.model import ActionState
from pmfacil.core.tree import walk

if TYPE_CHECKING:
    from pmfacil.core.ending import ActionId
    from pmfacil.core.model import Cause, CauseId, PostMortem, Settlement


@dataclass(frozen=True, slots=True)
class Cover:
    """A settled cause with its letter and what answers it."""

    letter: str
    cause: Cause
    actions: tuple[ActionId, ...]
    risk: str

    @property
    def covered(self) -> bool:
        """Whether the room has answered this cause."""
        return bool(self.actions or self.risk)


def coverage(pm: PostMortem) -> tuple[Cover, ...]:
    """Return every settled cause in reading order; the newest settlement counts, standing or superseded."""
    settlement = newest_settlement(pm)
    if settlement is None:
        return ()
    settled = set(settlement.causes)
    lines = [branch.cause for branch in walk(pm.causes) if branch.cause.id in settled]
    risks = {risk.cause: risk.reason for risk in pm.accepted_risks}
    live = [action for action in pm.actions if action.state is not ActionState.DROPPED]
    return tuple(
        Cover(
            letter(index),
            line,
            tuple(action.id for action in live if line.id in action.causes),
            risks.get(line.id, ""),
        )
        for index, line in enumerate(lines)
    )


def newest_settlement(pm: PostMortem) -> Settlement | None:
    """Return the settlement that stands, or the one that stood last."""
    return settlement_standing(pm) or (pm.settlements[-1] if pm.settlements else None)


def letters(pm: PostMortem) -> dict[CauseId, str]:
    """Return the letter by which each settled cause is called."""
    return {cover.cause.id: cover.letter for cover in coverage(pm)}


def letter(index: int) -> str:
    """Return A to Z, then AA, AB and so on, as spreadsheets do."""
    rounds, place = divmod(index, len(ascii_uppercase))
    return (letter(rounds - 1) if rounds else "") + ascii_uppercase[place]
