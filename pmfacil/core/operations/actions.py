"""Verbs of the actions, all behind the gate, and of the fixes parked before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmfacil.core.errors import AlreadyDecided, GateClosed, NeedsReason, Unfit
from pmfacil.core.gate import settlement_standing, verdict
from pmfacil.core.model import (
    AcceptedRisk,
    Action,
    ActionState,
    CauseId,
    Fate,
    FixId,
    ParkedFix,
    PostMortem,
)
from pmfacil.core.operations.items import find, swapped, without
from pmfacil.core.text import kept, required
from pmfacil.core.verbs import verb

if TYPE_CHECKING:
    from datetime import date, datetime

    from pmfacil.core.ending import ActionId
    from pmfacil.core.model import ActionType, Settlement

_REASONED = (ActionState.BLOCKED, ActionState.DROPPED)


@verb("park a fix")
def park_fix(pm: PostMortem, id: FixId, text: str, now: datetime) -> PostMortem:
    """Put a fix that came up early into the vault; nobody debates it now."""
    return replace(pm, fixes=(*pm.fixes, ParkedFix(id, required(text, "fix"), now)))


@verb("agree an action")
def agree_action(
    pm: PostMortem,
    id: ActionId,
    text: str,
    causes: tuple[CauseId, ...],
    *,
    owner: str = "",
    due: date | None = None,
    type: ActionType | None = None,
    done_when: str = "",
) -> PostMortem:
    """Agree on an action that addresses settled causes; refuses with `GateClosed` before they are settled."""
    settlement = _open_gate(pm)
    action = Action(
        id=id,
        settlement=settlement.id,
        causes=_addressed(settlement, causes),
        text=required(text, "action"),
        owner=kept(owner),
        due=due,
        type=type,
        done_when=kept(done_when),
    )
    risks = tuple(risk for risk in pm.accepted_risks if risk.cause not in causes)
    return replace(pm, actions=(*pm.actions, action), accepted_risks=risks, no_actions_because="")


@verb("edit an action")
def revise_action(pm: PostMortem, action: Action) -> PostMortem:
    """Replace the words, owner, date, type or tests of the action with that id; its causes stay settled ones."""
    before = find(pm.actions, action.id, "action")
    settlement = find(pm.settlements, before.settlement, "settlement")
    revised = replace(
        action,
        settlement=before.settlement,
        causes=_addressed(settlement, action.causes),
        text=required(action.text, "action"),
        owner=kept(action.owner),
        done_when=kept(action.done_when),
        effect=kept(action.effect),
    )
    return replace(pm, actions=swapped(pm.actions, revised))


@verb("change the state of an action")
def move_action(pm: PostMortem, id: ActionId, state: ActionState, reason: str, now: datetime) -> PostMortem:
    """Say how far an action has come; blocked and dropped take a reason. Dropped is a risk accepted."""
    action = find(pm.actions, id, "action")
    if state in _REASONED and not kept(reason):
        question = f"Why is this action {state.value}?"
        raise NeedsReason(question)
    return replace(pm, actions=swapped(pm.actions, replace(action, state=state, reason=kept(reason), moved_at=now)))


@verb("read an action back")
def read_action_back(pm: PostMortem, id: ActionId) -> PostMortem:
    """Tick that the owner said yes aloud, or take the tick back."""
    action = find(pm.actions, id, "action")
    return replace(pm, actions=swapped(pm.actions, replace(action, read_back=not action.read_back)))


@verb("delete an action")
def delete_action(pm: PostMortem, id: ActionId) -> PostMortem:
    """Take an action away; fixes that had become it are parked again."""
    find(pm.actions, id, "action")
    findings = tuple(finding for finding in pm.findings if finding.action != id)
    fixes = tuple(replace(fix, fate=Fate.PARKED, action=None) if fix.action == id else fix for fix in pm.fixes)
    return replace(pm, actions=without(pm.actions, id), fixes=fixes, findings=findings)


@verb("adopt a parked fix")
def adopt_fix(pm: PostMortem, id: FixId, action: ActionId, causes: tuple[CauseId, ...]) -> PostMortem:
    """Turn a parked fix into an action, in its own words."""
    fix = _parked(pm, id)
    agreed = agree_action(pm, action, fix.text, causes)
    return replace(agreed, fixes=swapped(agreed.fixes, replace(fix, fate=Fate.ADOPTED, action=action)))


@verb("merge a parked fix")
def merge_fix(pm: PostMortem, id: FixId, action: ActionId) -> PostMortem:
    """Say that an action covers a parked fix already."""
    _open_gate(pm)
    fix = _parked(pm, id)
    find(pm.actions, action, "action")
    return replace(pm, fixes=swapped(pm.fixes, replace(fix, fate=Fate.MERGED, action=action)))


@verb("drop a parked fix")
def drop_fix(pm: PostMortem, id: FixId, reason: str) -> PostMortem:
    """Let a parked fix go, and say why it is no longer needed."""
    _open_gate(pm)
    fix = _parked(pm, id)
    if not kept(reason):
        question = "Why is this fix no longer needed?"
        raise NeedsReason(question)
    return replace(pm, fixes=swapped(pm.fixes, replace(fix, fate=Fate.DROPPED, reason=kept(reason))))


@verb("accept a risk")
def accept_risk(pm: PostMortem, cause: CauseId, reason: str) -> PostMortem:
    """Accept that a settled cause gets no action, with the reason."""
    settlement = _open_gate(pm)
    _addressed(settlement, (cause,))
    if not kept(reason):
        question = "Why does the room accept this risk?"
        raise NeedsReason(question)
    others = tuple(risk for risk in pm.accepted_risks if risk.cause != cause)
    return replace(pm, accepted_risks=(*others, AcceptedRisk(cause, kept(reason))))


@verb("agree on no actions")
def agree_on_no_actions(pm: PostMortem, reason: str) -> PostMortem:
    """Agree that nothing is to be done, with the reason; refused while actions exist."""
    _open_gate(pm)
    if pm.actions:
        msg = "There are actions already. Delete them first, or accept the risk of one cause."
        raise Unfit(msg)
    if not kept(reason):
        question = "Why is doing nothing the right thing here?"
        raise NeedsReason(question)
    return replace(pm, no_actions_because=kept(reason))


def _open_gate(pm: PostMortem) -> Settlement:
    settlement = settlement_standing(pm)
    if settlement is None:
        raise GateClosed(verdict(pm))
    return settlement


def _addressed(settlement: Settlement, causes: tuple[CauseId, ...]) -> tuple[CauseId, ...]:
    chosen = tuple(dict.fromkeys(causes))
    if not chosen or not set(chosen) <= set(settlement.causes):
        msg = "An action addresses at least one settled cause. Highlight the cause it changes, or name its letter."
        raise Unfit(msg)
    return chosen


def _parked(pm: PostMortem, id: FixId) -> ParkedFix:
    fix = find(pm.fixes, id, "parked fix")
    if fix.fate is not Fate.PARKED:
        raise AlreadyDecided(fix.fate.value)
    return fix
