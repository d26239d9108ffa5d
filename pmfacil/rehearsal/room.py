"""What the room says next: told from the post-mortem alone, so that it survives restarts and edits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmfacil.core.gate import settlement_standing
from pmfacil.core.model import Fate, Mark
from pmfacil.intake.actions import understand_action
from pmfacil.intake.placing import Context
from pmfacil.intake.timeline import understand
from pmfacil.rehearsal.script import load_script

if TYPE_CHECKING:
    from pmfacil.core.agenda import Step
    from pmfacil.core.model import Cause, PostMortem
    from pmfacil.rehearsal.script import Cue


@dataclass(frozen=True, slots=True)
class Said:
    """The room's next words: a `line` to type (empty: a key to press), the row it belongs to, and what to tell."""

    line: str
    at: str = ""
    tell: str = ""


def room_says(pm: PostMortem, step: Step) -> Said | None:
    """Return what the room says next in this step; None once it has said everything."""
    for cue in load_script().steps[step]:
        if (said := _unsaid(pm, cue)) is not None:
            return said
    return None


def _unsaid(pm: PostMortem, cue: Cue) -> Said | None:
    match cue.do:
        case "person":
            name = cue.line.partition(",")[0]
            return None if any(person.name == name for person in pm.people) else Said(cue.line)
        case "entry":
            text = understand(cue.line, Context(pm.zone, pm.created_at.date(), None, pm.created_at)).text
            return None if any(entry.text == text for entry in pm.entries) else Said(cue.line)
        case "fix":
            return None if any(fix.text == cue.line for fix in pm.fixes) else Said(f"! {cue.line}")
        case "dissent":
            heard = any(dissent.text == cue.line for dissent in pm.dissents)
            return None if heard else Said("", tell=f"One seat saw it differently. F7, then: {cue.line}")
        case "agree":
            return None if pm.agreement else Said("", tell="The room agrees. F6 asks and stamps it.")
        case "impact" | "trigger":
            return None if getattr(pm, cue.do) else Said(cue.line, at=cue.do)
        case "why":
            return _why(pm, cue)
        case "settle":
            return (
                None if settlement_standing(pm) else Said("", tell="The room calls the picture complete. F6 asks it.")
            )
        case "strength":
            heard = any(one.text == cue.line for one in pm.strengths)
            return None if heard else Said(cue.line, at=f"area:{cue.area.value}")
        case _:
            return _later(pm, cue)


def _later(pm: PostMortem, cue: Cue) -> Said | None:
    closing = pm.closing
    match cue.do:
        case "adopt" | "drop":
            return _decision(pm, cue)
        case "action" | "merge":
            text = understand_action(cue.line, pm.created_at.date(), {}).text
            if not any(text.startswith(action.text) for action in pm.actions):
                return Said(cue.line)
            return _decision(pm, cue) if cue.do == "merge" else None
        case "risk":
            cause = _cause(pm, cue.cause)
            if cause is None or any(risk.cause == cause.id for risk in pm.accepted_risks):
                return None
            return Said("", f"cause:{cause.id}", f"The room accepts this risk. F6, then: {cue.reason}")
        case "read back":
            waiting = [action for action in pm.actions if not action.read_back]
            return Said("", f"action:{waiting[0].id}", "The owner says yes. Enter ticks it.") if waiting else None
        case "question":
            heard = any(question.text == cue.line for question in pm.questions)
            return None if heard else Said(cue.line, at="field:open question")
        case _:
            filled = {
                "report owner": closing.report_owner,
                "audience": closing.audience,
                "share on": closing.share_on,
                "follow-up": closing.follow_up_on,
                "learned": closing.learned is not None,
            }
            return None if filled[cue.do] else Said(cue.line, at=f"field:{cue.do}")


def _why(pm: PostMortem, cue: Cue) -> Said | None:
    line = _cause(pm, cue.line)
    if line is None:
        above = _cause(pm, cue.under) if cue.under else None
        return Said(cue.line, at=above.id if above else "impact")
    answered = any(other.parent == line.id for other in pm.causes)
    if cue.mark is Mark.OPEN or answered or line.mark is not Mark.OPEN:
        return None
    key = {Mark.ROOT: "F4", Mark.CONTRIBUTING: "F5", Mark.STOPPED: "F7"}[cue.mark]
    reason = f", then: {cue.reason}" if cue.reason else ""
    return Said("", at=line.id, tell=f"The room calls this line {_article(cue.mark)}. {key}{reason}")


def _article(mark: Mark) -> str:
    return mark.value if mark is Mark.STOPPED else f"a {mark.value}"


def _decision(pm: PostMortem, cue: Cue) -> Said | None:
    fix = next((fix for fix in pm.fixes if fix.text == cue.fix and fix.fate is Fate.PARKED), None)
    if fix is None:
        return None
    tell = {
        "adopt": f"The room wants this one. F4, then: {cue.line}",
        "merge": "An action covers this one. F5 merges it.",
        "drop": f"No longer needed. F7, then: {cue.reason}",
    }[cue.do]
    return Said("", at=f"fix:{fix.id}", tell=tell)


def _cause(pm: PostMortem, text: str) -> Cause | None:
    return next((cause for cause in pm.causes if cause.text == text), None)
