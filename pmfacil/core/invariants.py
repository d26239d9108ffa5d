"""The rules that hold for every post-mortem, whoever built it."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR
from itertools import chain
from operator import le
from typing import TYPE_CHECKING, Protocol

from pmfacil.core.errors import IllegalValueError
from pmfacil.core.model import ROOT_DEPTH, Fate, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from pmfacil.core.model import Cause, CauseId, Entry, PostMortem


_LONGEST_BOX, _MOST_HANDS = 24 * 60, 10**6  # far beyond any meeting, and well within what every part can hold


class _Worded(Protocol):
    @property
    def text(self) -> str: ...


def check(pm: PostMortem) -> None:
    """Raise `IllegalValueError`, with what is wrong, unless every rule holds."""
    _check_facts(pm)
    _check_timeline(pm)
    _check_causes(pm)
    _check_settlements(pm)
    _check_actions(pm)
    _check_fixes(pm)
    _check_ending(pm)


def _demand(truth: object, wrong: str) -> None:
    if not truth:
        raise IllegalValueError(wrong)


def _unique(ids: Iterable[str], what: str) -> None:
    seen = list(ids)
    _demand(len(set(seen)) == len(seen), f"two {what} share one id")


def _aware(instants: Iterable[datetime | None], what: str) -> None:
    known = [at for at in instants if at is not None]
    _demand(all(at.tzinfo is not None for at in known), f"{what} needs a time zone")
    _demand(all(map(_in_calendar, known)), f"{what} lies outside the calendar")


def _worded(*collections: Iterable[_Worded]) -> None:
    _demand(all(line.text.strip() for line in chain.from_iterable(collections)), "a line without words")


def _check_facts(pm: PostMortem) -> None:
    _demand(pm.id and pm.title.strip(), "a post-mortem needs a title")
    _demand(
        all(0 < minutes <= _LONGEST_BOX for minutes in pm.boxes), "every step needs a minute or more, and a day at most"
    )
    _demand(pm.closing.learned is None or 0 <= pm.closing.learned <= _MOST_HANDS, "a count of hands is no such number")
    _unique((person.id for person in pm.people), "people")
    _unique((strength.id for strength in pm.strengths), "things that worked")
    _unique((question.id for question in pm.questions), "questions")
    _demand(all(person.name.strip() for person in pm.people), "a person needs a name")
    _worded(pm.entries, pm.dissents, pm.causes, pm.fixes, pm.strengths, pm.actions, pm.questions)
    _demand(all(tag.strip() for tag in pm.facts.tags), "a tag without letters")
    _unique(pm.facts.tags, "tags")
    landed_at = pm.landing.at if pm.landing else None
    _aware((pm.created_at, pm.closing.closed_at, landed_at, pm.facts.meets_at), "an instant")


def _check_timeline(pm: PostMortem) -> None:
    _unique((entry.id for entry in pm.entries), "timeline entries")
    _unique((dissent.id for dissent in pm.dissents), "dissents")
    _aware((pm.agreement.at if pm.agreement else None,), "the agreement on the timeline")
    known = [entry.at for entry in pm.entries if entry.at is not None]
    # Asked at every Enter, however many there are. What runs forwards lies in the calendar where both its ends do.
    _demand(all(at.tzinfo is not None for at in known), "a timeline entry needs a time zone")
    _demand(all(map(le, known, known[1:])), "the timeline runs backwards")
    _aware((*known[:1], *known[-1:]), "a timeline entry")
    for entry in pm.entries:
        if entry.until is not None or entry.day is not None:
            _check_span(entry)
    _unique((mark.anchor for mark in pm.anchors), "anchors")
    marked = {mark.entry for mark in pm.anchors if mark.entry is not None}
    _demand(marked <= {entry.id for entry in pm.entries}, "an anchor points at a timeline entry that is not there")


def _check_span(entry: Entry) -> None:
    _aware((entry.until,), "a timeline entry")
    begins = entry.until is None or (entry.at is not None and entry.until >= entry.at)
    _demand(begins, "a timeline entry ends before it starts")
    _demand(entry.day is None or entry.at is None, "a timeline entry has both an instant and a day alone")
    _demand(entry.day is None or _in_calendar(entry.day), "a timeline entry lies outside the calendar")


def _in_calendar(day: date) -> bool:
    # The first and the last year of the calendar cannot be shown in every zone.
    return MINYEAR < day.year < MAXYEAR


def _check_causes(pm: PostMortem) -> None:
    entries = {entry.id for entry in pm.entries}
    whys: dict[CauseId | None, int] = {None: 0}
    interior = {cause.parent for cause in pm.causes}
    for cause in pm.causes:
        _demand(cause.id not in whys, "two causes share one id")
        _demand(cause.parent in whys, "a cause answers a line that is not above it")
        whys[cause.id] = whys[cause.parent] + 1
        _demand(entries.issuperset(cause.evidence), "a cause points at a timeline entry that is not there")
        _unique(cause.evidence, "pieces of evidence for one cause")
        _check_mark(cause, whys[cause.id], answered=cause.id in interior)


def _check_mark(cause: Cause, whys: int, *, answered: bool) -> None:
    _demand(not answered or cause.mark is Mark.OPEN, "a line with answers below it is answered by them")
    if cause.mark is Mark.STOPPED:
        _demand(cause.reason.strip(), "a stopped line needs a reason")
    if cause.mark is Mark.ROOT and whys < ROOT_DEPTH:
        _demand(cause.reason.strip(), f"a root cause before why {ROOT_DEPTH} needs a reason")


def _check_settlements(pm: PostMortem) -> None:
    causes = {cause.id for cause in pm.causes}
    _unique((settlement.id for settlement in pm.settlements), "settlements")
    _aware((at for one in pm.settlements for at in (one.at, one.reopened_at)), "a settlement")
    for settlement in pm.settlements:
        _demand(settlement.causes, "a settlement names no cause")
        _unique(settlement.causes, "causes of one settlement")
        _demand(causes.issuperset(settlement.causes), "a settlement names a cause that is not there")
    upright = [index for index, one in enumerate(pm.settlements) if one.reopened_at is None]
    _demand(upright in ([], [len(pm.settlements) - 1]), "only the newest settlement can stand")
    if upright:
        answered = {cause.parent for cause in pm.causes}
        leaves = [cause for cause in pm.causes if cause.id not in answered]
        _demand(pm.trigger.strip(), "the causes are settled without a trigger")
        _demand(any(leaf.mark is Mark.ROOT for leaf in leaves), "the causes are settled without a root cause")
        _demand(all(leaf.mark is not Mark.OPEN for leaf in leaves), "the causes are settled with a line open")


def _check_actions(pm: PostMortem) -> None:
    _unique((action.id for action in pm.actions), "actions")
    settled = {settlement.id: set(settlement.causes) for settlement in pm.settlements}
    for action in pm.actions:
        _demand(action.settlement in settled, "an action without settled causes")
        _demand(action.causes, "an action that addresses no cause")
        _unique(action.causes, "causes of one action")
        _demand(settled[action.settlement].issuperset(action.causes), "an action on a cause that was not settled")
    _aware((action.moved_at for action in pm.actions), "an action")
    causes = {cause.id for cause in pm.causes}
    _unique((risk.cause for risk in pm.accepted_risks), "accepted risks")
    _demand(causes.issuperset(risk.cause for risk in pm.accepted_risks), "a risk is accepted for no cause")
    _demand(all(risk.reason.strip() for risk in pm.accepted_risks), "an accepted risk needs a reason")


def _check_fixes(pm: PostMortem) -> None:
    actions = {action.id for action in pm.actions}
    _unique((fix.id for fix in pm.fixes), "parked fixes")
    _aware((fix.at for fix in pm.fixes), "a parked fix")
    for fix in pm.fixes:
        joined = fix.fate in (Fate.ADOPTED, Fate.MERGED)
        _demand((fix.action in actions) if joined else fix.action is None, "a parked fix lost its action")
        _demand(fix.fate is not Fate.DROPPED or fix.reason.strip(), "a dropped fix needs a reason")


def _check_ending(pm: PostMortem) -> None:
    _unique((sharing.id for sharing in pm.sharings), "sharings")
    _worded(pm.sharings)
    _aware((sharing.at for sharing in pm.sharings), "a sharing")
    _unique((held.id for held in pm.follow_ups), "follow-ups")
    _aware((at for held in pm.follow_ups for at in (held.at, held.ended_at)), "a follow-up")
    running = [index for index, held in enumerate(pm.follow_ups) if held.ended_at is None]
    _demand(running in ([], [len(pm.follow_ups) - 1]), "only the newest follow-up can go on")
    _unique((finding.id for finding in pm.findings), "findings")
    _unique((f"{finding.follow_up} {finding.action}" for finding in pm.findings), "findings about one action")
    held, actions = {one.id for one in pm.follow_ups}, {action.id for action in pm.actions}
    _demand(all(one.follow_up in held for one in pm.findings), "a finding belongs to no follow-up")
    _demand(all(one.action in actions for one in pm.findings), "a finding is about no action")
