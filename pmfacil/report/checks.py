"""What to look at before a report leaves the room; nothing here refuses an export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pmfacil.core.coverage import coverage
from pmfacil.core.gate import settlement_standing
from pmfacil.core.model import Fate
from pmfacil.core.text import shortened
from pmfacil.wording.check import check
from pmfacil.wording.findings import Scope, Severity
from pmfacil.wording.lexicon import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.model import PostMortem
    from pmfacil.wording.lexicon import Lexicon

_SHOWN = 48  # characters of an action that are enough to know it by
_FOLLOW_UP: Final = "closing"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at, in a sentence; `part` and `item` say where it stands, as search does."""

    sentence: str
    part: str = ""
    item: str = ""


def remarks(pm: PostMortem, lexicon: Lexicon = BUILT_IN) -> tuple[Remark, ...]:
    """Return what is still missing, most important first, then words that blame."""
    return (*_missing(pm), *_worded(pm, lexicon))


def _missing(pm: PostMortem) -> Iterator[Remark]:
    if settlement_standing(pm) is None:
        yield Remark("The causes are not settled: the report will say that they are incomplete.", "trigger")
    for action in pm.actions:
        lacking = [word for word, given in (("owner", action.owner), ("date", action.due)) if not given]
        if lacking:
            said = f"No {' and no '.join(lacking)} yet: “{shortened(action.text, _SHOWN)}”."
            yield Remark(said, "action", action.id)
    for cover in coverage(pm):
        if not cover.covered:
            said = f"Cause {cover.letter} has no action and no accepted risk: “{shortened(cover.cause.text, _SHOWN)}”."
            yield Remark(said, "settled cause", cover.cause.id)
    if waiting := [fix for fix in pm.fixes if fix.fate is Fate.PARKED]:
        said = f"{len(waiting)} parked fix{'es are' if len(waiting) > 1 else ' is'} not decided."
        yield Remark(said, "parked fix", waiting[0].id)
    if pm.entries and pm.agreement is None:
        yield Remark("The room has not agreed on the timeline.", "timeline", pm.entries[0].id)
    if not pm.strengths:
        yield Remark("Nothing stands under what worked.", "what worked")
    if pm.closing.follow_up_on is None:
        yield Remark("There is no follow-up date.", _FOLLOW_UP, "follow-up")
    if not pm.closing.report_owner:
        yield Remark("Nobody owns the report yet.", _FOLLOW_UP, "report owner")


def _worded(pm: PostMortem, lexicon: Lexicon) -> Iterator[Remark]:
    names = tuple(person.name for person in pm.people)
    for part, item, words, scope in _passages(pm):
        found = [one for one in check(words, names, lexicon, scope) if one.severity is not Severity.INFO]
        if found:
            gravest = max(found, key=lambda one: one.severity.gravity)
            yield Remark(f"Reads as blame: “{shortened(gravest.span, _SHOWN)}”. {gravest.suggestion}", part, item)


def _passages(pm: PostMortem) -> Iterator[tuple[str, str, str, Scope]]:
    for part, words in (("summary", pm.summary), ("impact", pm.impact), ("trigger", pm.trigger)):
        if words:
            yield part, "", words, Scope.NARRATIVE
    for entry in pm.entries:
        yield "timeline", entry.id, entry.text, Scope.NARRATIVE
    for cause in pm.causes:
        yield "cause", cause.id, cause.text, Scope.NARRATIVE
    for strength in pm.strengths:
        yield "what worked", strength.id, strength.text, Scope.NARRATIVE
    for action in pm.actions:
        yield "action", action.id, action.text, Scope.ACTION
    for question in pm.questions:
        yield "open question", question.id, question.text, Scope.NARRATIVE
