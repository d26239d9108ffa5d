"""Verbs of the follow-up: the room looks again at what it agreed, and says whether it worked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmfacil.core.ending import Effect, FollowUp
from pmfacil.core.errors import Unfit
from pmfacil.core.following import follow_up_running
from pmfacil.core.model import ActionState, PostMortem
from pmfacil.core.operations.items import find, swapped
from pmfacil.core.text import kept
from pmfacil.core.verbs import verb

if TYPE_CHECKING:
    from datetime import date, datetime

    from pmfacil.core.ending import ActionId, Finding, FollowUpId


@verb("begin the follow-up")
def begin_follow_up(pm: PostMortem, id: FollowUpId, now: datetime) -> PostMortem:
    """Look at the actions again; one that has begun goes on. Refused while there is nothing to look at."""
    if follow_up_running(pm) is not None:
        return pm
    if not pm.actions:
        msg = "There are no actions to follow up. They are agreed in step 5."
        raise Unfit(msg)
    return replace(pm, follow_ups=(*pm.follow_ups, FollowUp(id, now)))


@verb("note what was seen of an action")
def note_finding(pm: PostMortem, finding: Finding, now: datetime) -> PostMortem:
    """Keep what the follow-up found about one action, in place of what it had found before.

    An effect that was seen verifies the action; one that was not seen, or had no chance yet, leaves it at done.
    """
    find(pm.follow_ups, finding.follow_up, "follow-up")
    action = find(pm.actions, finding.action, "action")
    said = replace(finding, note=kept(finding.note), link=kept(finding.link), elsewhere=kept(finding.elsewhere))
    before = [one for one in pm.findings if (one.follow_up, one.action) == (said.follow_up, said.action)]
    findings = swapped(pm.findings, replace(said, id=before[0].id)) if before else (*pm.findings, said)
    state = _after(action.state, said.effect)
    moved = action if state is action.state else replace(action, state=state, reason="", moved_at=now)
    return replace(pm, findings=findings, actions=swapped(pm.actions, moved))


@verb("change the date of an action")
def redate_action(pm: PostMortem, id: ActionId, due: date | None) -> PostMortem:
    """Give an action another due date; None where it has none."""
    action = find(pm.actions, id, "action")
    return replace(pm, actions=swapped(pm.actions, replace(action, due=due)))


@verb("end the follow-up")
def end_follow_up(pm: PostMortem, id: FollowUpId, now: datetime, next_on: date | None) -> PostMortem:
    """Say that the room has looked; `next_on` is when it looks once more, None where nothing is left to see."""
    held = find(pm.follow_ups, id, "follow-up")
    follow_ups = swapped(pm.follow_ups, replace(held, ended_at=now))
    return replace(pm, follow_ups=follow_ups, closing=replace(pm.closing, follow_up_on=next_on))


def _after(state: ActionState, effect: Effect | None) -> ActionState:
    match effect:
        case None:
            return state
        case Effect.SEEN:
            return ActionState.VERIFIED
        case _:
            return ActionState.DONE
