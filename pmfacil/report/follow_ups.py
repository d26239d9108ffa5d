"""What the follow-ups found, appended to the report: did it work, what else was seen, what is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmfacil.core import saying
from pmfacil.core.following import OVER, finding_on
from pmfacil.core.model import ActionState
from pmfacil.report.document import Bullets, Item, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.ending import Effect, Finding, FollowUp
    from pmfacil.core.model import Action, PostMortem
    from pmfacil.report.document import Block


def told_follow_ups(pm: PostMortem) -> Iterator[Block]:
    """Yield what each follow-up found, the oldest first, and how the actions stand after the last of them."""
    for held in pm.follow_ups:
        found = [(action, one) for action in pm.actions if (one := finding_on(pm, held, action.id)) is not None]
        yield Paragraph(_when(held, found))
        if found:
            yield Table(("Action", "Effect", "What was seen", "Seen elsewhere"), tuple(_row(*pair) for pair in found))
    if pm.follow_ups:
        yield Bullets(tuple(_standing(pm)))


def _when(held: FollowUp, found: list[tuple[Action, Finding]]) -> str:
    day = saying.day(held.at.astimezone().date())
    unfinished = "" if held.ended_at is not None else " It is not ended yet."
    said = "" if found else " Nothing was noted about a single action."
    return f"Held on {day}.{said}{unfinished}"


def _row(action: Action, found: Finding) -> tuple[str, ...]:
    seen = " ".join(part for part in (found.note, found.link) if part)
    return action.text, _effect(found.effect), seen or "–", found.elsewhere or "–"


def _effect(effect: Effect | None) -> str:
    return effect.value if effect is not None else "not said"


def _standing(pm: PostMortem) -> Iterator[Item]:
    verified = sum(1 for action in pm.actions if action.state is ActionState.VERIFIED)
    yield Item(f"{verified} of {len(pm.actions)}", "Verified")
    for action in pm.actions:
        if action.state is ActionState.DROPPED:
            yield Item(action.text, "Dropped, the risk is accepted", action.reason)
        elif action.state not in OVER:
            by = f"by {saying.day(action.due)}" if action.due else "no date"
            yield Item(action.text, "Still open", f"{action.owner or 'no owner'}, {by}")
    if pm.closing.follow_up_on is not None:
        yield Item(saying.day(pm.closing.follow_up_on), "The room looks again on")
