"""Verbs of the root causes: the impact, the trigger, and the tree of whys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmfacil.core.ending import Landing
from pmfacil.core.errors import AnsweredBelow, CarriesActions, NeedsReason, StopsAtAPerson
from pmfacil.core.gate import reopened
from pmfacil.core.model import ROOT_DEPTH, Cause, CauseId, EntryId, Mark, PostMortem, Settlement
from pmfacil.core.operations.items import find, swapped
from pmfacil.core.text import kept, required
from pmfacil.core.tree import depth, subtree
from pmfacil.core.verbs import verb
from pmfacil.wording.persons import stops_at

if TYPE_CHECKING:
    from datetime import date, datetime


@verb("state the impact")
def state_impact(pm: PostMortem, impact: str) -> PostMortem:
    """Say what the failure did to people; the root of the tree."""
    return replace(pm, impact=required(impact, "impact"))


@verb("name the trigger")
def name_trigger(pm: PostMortem, trigger: str) -> PostMortem:
    """Name what set it off, once, apart from the causes."""
    return replace(pm, trigger=required(trigger, "trigger"))


@verb("add a why")
def ask_why(pm: PostMortem, id: CauseId, answer: str, parent: CauseId | None, now: datetime) -> PostMortem:
    """Answer "what made that possible?" for the line `parent` (None: the impact); reopens the causes."""
    words = required(answer, "answer")
    causes = pm.causes
    if parent is not None:
        above = find(causes, parent, "line")
        if above.mark is not Mark.OPEN:  # its answers speak for it from now on
            causes = swapped(causes, replace(above, mark=Mark.OPEN, reason=""))
    added = (*causes, Cause(id, words, parent))
    risks = tuple(risk for risk in pm.accepted_risks if risk.cause != parent)
    return replace(pm, causes=added, accepted_risks=risks, settlements=reopened(pm, now))


@verb("edit a why")
def reword_cause(pm: PostMortem, id: CauseId, text: str) -> PostMortem:
    """Put a line of the tree in other words; a root cause still cannot stop at a person."""
    cause = find(pm.causes, id, "line")
    words = required(text, "answer")
    if cause.mark is Mark.ROOT:
        _refuse_person(pm, words)
    return replace(pm, causes=swapped(pm.causes, replace(cause, text=words)))


@verb("call it a root cause")
def call_it_root_cause(pm: PostMortem, id: CauseId, reason: str, now: datetime) -> PostMortem:
    """Call a leaf a root cause; before the fifth why that takes a reason, and never a person."""
    cause = _leaf(pm, id)
    _refuse_person(pm, cause.text)
    whys = depth(pm.causes, id)
    if whys < ROOT_DEPTH and not kept(reason):
        question = f"This is why {whys}. What tells the room that it is deep enough?"
        raise NeedsReason(question)
    return _marked(pm, replace(cause, mark=Mark.ROOT, reason=kept(reason)), now)


@verb("call it a contributing factor")
def call_it_contributing(pm: PostMortem, id: CauseId, now: datetime) -> PostMortem:
    """Call a leaf a contributing factor."""
    return _marked(pm, replace(_leaf(pm, id), mark=Mark.CONTRIBUTING, reason=""), now)


@verb("stop a line")
def stop_line(pm: PostMortem, id: CauseId, reason: str, now: datetime) -> PostMortem:
    """Stop a leaf: outside our control, or the evidence ends here; takes a reason."""
    cause = _leaf(pm, id)
    if not kept(reason):
        question = "Why does this line stop here: outside our control, or does the evidence end?"
        raise NeedsReason(question)
    return _marked(pm, replace(cause, mark=Mark.STOPPED, reason=kept(reason)), now)


@verb("open a line again")
def open_line(pm: PostMortem, id: CauseId, now: datetime) -> PostMortem:
    """Take a leaf's mark back; its reason goes with it."""
    return _marked(pm, replace(_leaf(pm, id), mark=Mark.OPEN, reason=""), now)


@verb("link evidence")
def link_evidence(pm: PostMortem, id: CauseId, entry: EntryId) -> PostMortem:
    """Point a cause at a timeline entry, or take the link back."""
    cause = find(pm.causes, id, "line")
    find(pm.entries, entry, "entry")
    linked = tuple(one for one in cause.evidence if one != entry)
    evidence = linked if len(linked) < len(cause.evidence) else (*linked, entry)
    return replace(pm, causes=swapped(pm.causes, replace(cause, evidence=evidence)))


@verb("delete a line")
def delete_cause(pm: PostMortem, id: CauseId, now: datetime) -> PostMortem:
    """Delete a line and all that answers it; refused while an action addresses any of them."""
    find(pm.causes, id, "line")
    gone = subtree(pm.causes, id)
    if carrying := sum(1 for action in pm.actions if gone.intersection(action.causes)):
        raise CarriesActions(carrying)
    return replace(
        pm,
        causes=tuple(cause for cause in pm.causes if cause.id not in gone),
        settlements=_pruned(reopened(pm, now), gone),
        accepted_risks=tuple(risk for risk in pm.accepted_risks if risk.cause not in gone),
    )


@verb("land the meeting")
def land(pm: PostMortem, part_two_on: date | None, now: datetime) -> PostMortem:
    """End the meeting with the causes incomplete: everything is kept, and part two may have its day."""
    return replace(pm, landing=Landing(now, part_two_on))


def _leaf(pm: PostMortem, id: CauseId) -> Cause:
    cause = find(pm.causes, id, "line")
    if any(other.parent == id for other in pm.causes):
        raise AnsweredBelow
    return cause


def _refuse_person(pm: PostMortem, words: str) -> None:
    phrase = stops_at(words, tuple(person.name for person in pm.people))
    if phrase is not None:
        raise StopsAtAPerson(phrase)


def _marked(pm: PostMortem, cause: Cause, now: datetime) -> PostMortem:
    if cause in pm.causes:  # said again: nothing changes, and nothing reopens
        return pm
    return replace(pm, causes=swapped(pm.causes, cause), settlements=reopened(pm, now))


def _pruned(settlements: tuple[Settlement, ...], gone: frozenset[CauseId]) -> tuple[Settlement, ...]:
    pruned = (
        replace(one, causes=tuple(cause for cause in one.causes if cause not in gone))
        if gone & set(one.causes)
        else one
        for one in settlements
    )
    return tuple(one for one in pruned if one.causes)
