"""How strong an action is and which type it looks like, told by cue words; "show the mix, not a score".

Strength after the hierarchy of VA and AHRQ, types after the proposal of the practice (language.md, part 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from pmfacil.wording.action_content import WeakReason, compiled
from pmfacil.wording.action_head import Form

if TYPE_CHECKING:
    from pmfacil.wording.action_draft import Reading


class Strength(StrEnum):
    """How little an action leans on people remembering."""

    STRONG = "strong"
    INTERMEDIATE = "intermediate"
    WEAK = "weak"


class ActionType(StrEnum):
    """What an action is for."""

    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    REPAIR = "repair"
    LEARN = "learn"


Told = TypeVar("Told", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class CueGroup(Generic[Told]):
    """Words that tell a strength or a type, with a text that they tell and one about which they are silent."""

    told: Told
    name: str
    cues: str
    fires: str
    silent: str


STRENGTHS: Final = (
    CueGroup(
        Strength.WEAK,
        "leans on people: remind, train, document, policy, review, approve, investigate",
        r"^(?:remind|train|teach|document|review|approve|investigate|communicate|educate|announce|explain|coach"
        r"|discuss|look|warn|tell"
        r"|ask|talk|speak|remember|double[\s-]check|research|analyse|explore|assess|study|be\s+(?:more\s+)?careful)\b"
        r"|^\w+\s+(?:[\w-]+\s+){0,3}?(?:polic(?:y|ies)|rules?|guidelines?|training|workshop|docs|documentation"
        r"|readme|wiki|warning"
        r"|procedure|sign-off|awareness|approvals?|label)\b(?!\s+(?:in|as)\s+code)",
        "Train the team on queue alerts",
        "Block deploys while the queue is full",
    ),
    CueGroup(
        Strength.STRONG,
        "removes the path or forces the safe one: remove, block, enforce, automatic, default, limit, isolate",
        r"^(?:remove|eliminate|delete|block|enforce|forbid|disallow|deny|refuse|reject|limit|cap|restrict|isolate"
        r"|separate|decouple"
        r"|automate|disable|retire|decommission|drop|lock|pin|require|revoke|validate|gate|standardise|simplify"
        r"|quarantine|throttle)\b"
        r"|\bautomat(?:ic|ically|ed)\b|\bby\s+default\b|\bdefaults?\s+to\b|\bmake\b.{0,60}\bimpossible\b"
        r"|\bstaged\s+roll-?outs?\b"
        r"|\bcanar(?:y|ies)\b|\bself-heal\w*|\bsafe\s+default\b|\bunique\b|\b(?:rate|retry|connection|memory"
        r"|concurrency)[\s-]+limit\w*"
        r"|\b(?:ci|pipeline|pre-?submit|pre-?commit|lint\w*)\b.{0,40}\b(?:fail|block|check|reject|refuse)\w*"
        r"|\b(?:fail|block|check|reject|refuse)\w*\b.{0,40}\b(?:ci|pipeline|pre-?submit|pre-?commit)\b",
        "Block deploys while the queue is full",
        "Add an alert when the queue is full",
    ),
    CueGroup(
        Strength.INTERMEDIATE,
        "helps people see and recover: alert, failover, checklist, runbook, flag, reduce noise",
        r"\b(?:alert|alarm|fail-?over|check-?list|run-?book|play-?book|feature\s+flag|dashboard|metric|probe"
        r"|retr(?:y|ie)|redundan|replica"
        r"|back-?up|fallback|roll-?back|noise|test|monitor|health\s*check|circuit\s+breaker|time-?out|spare|log"
        r"|reminder)\w*",
        "Add an alert when the queue is full",
        "Improve the queue",
    ),
)

TYPES: Final = (
    CueGroup(
        ActionType.LEARN,
        "study and training: investigate, find out, train, workshop, experiment",
        r"^(?:investigate|analy[sz]e|research|explore|study|assess|evaluate|examine|train|teach|educate|discuss"
        r"|identify|determine|spike"
        r"|understand|experiment|survey|learn|review|diagnose|benchmark)\b|^(?:look\s+in\s*to|find\s+out"
        r"|figure\s+out)\b|\bworkshop\b"
        r"|\btraining\b|\bgame\s*day\b|\blearning\b",
        "Find out why the queue grew",
        "Cap the queue at 500 jobs",
    ),
    CueGroup(
        ActionType.REPAIR,
        "puts right what broke: restore data, clean up, backfill, refund, rebuild",
        r"^(?:repair|backfill|rebuild|refund|reimburse|recreate|reprocess|replay|reconcile|apologise|compensate"
        r"|redact|clean|purge)\b"
        r"|^(?:restore|recover|correct|fix|delete)\s+(?:the\s+|all\s+)?(?:[\w-]+\s+){0,2}?(?:data|records?|rows?"
        r"|files?|orders?|accounts?"
        r"|invoices?|backlog|leftovers?|duplicates?)\b",
        "Backfill the orders lost in March",
        "Cap the queue at 500 jobs",
    ),
    CueGroup(
        ActionType.DETECT,
        "sees it earlier: alert, alarm, monitor, metric, log, dashboard, probe",
        r"\b(?:alert|alarm|monitor|metric|dashboard|graph|probe|health[\s-]?check|detect|notif|observab"
        r"|page\s+(?:the|on)|log\s|logs\b|logging"
        r"|trac(?:e|ing)\b|synthetic|heartbeat|visib)\w*",
        "Alert when the queue holds over 500 jobs",
        "Cap the queue at 500 jobs",
    ),
    CueGroup(
        ActionType.MITIGATE,
        "shrinks it or recovers faster: rollback, failover, runbook, timeout, retry, backup, isolate",
        r"\b(?:roll-?back|roll\s+back|revert|fail-?over|run-?book|play-?book|time-?out|retr(?:y|ies)\b|back-?up"
        r"|restor|circuit\s+breaker|fallback"
        r"|degrad|isolat|redundan|replica|spare|kill[\s-]switch|drain|shed|blast\s+radius|escalat|throttl"
        r"|separate|bulkhead|rate[\s-]limit)\w*",
        "Write a runbook for draining the queue",
        "Find out why the queue grew",
    ),
    CueGroup(
        ActionType.PREVENT,
        "takes the path away: block, enforce, validate, remove, require, limit, test in the pipeline",
        r"\b(?:prevent|block|enforce|validat|forbid|disallow|reject|refuse|remov|eliminat|requir|lock|pin|limit"
        r"|cap|restrict|test|lint|gate|canar"
        r"|staged|default|automat|disabl|upgrad|replac|migrat|unique|deny|delet|decommission|retire|quota"
        r"|pre-?submit|check|fix)\w*",
        "Cap the queue at 500 jobs",
        "Find out why the queue grew",
    ),
)

_EMPTY: Final = frozenset({WeakReason.VAGUE_VERB, WeakReason.NOUN_PHRASE_ONLY, WeakReason.PHRASED_AS_QUESTION})


def strength_of(reading: Reading) -> Strength | None:
    """Return the strength that the words tell, or None where the action is too vague to tell.

    A change to software that no cue names is intermediate, as in the hierarchy.
    """
    for group in STRENGTHS:
        if reading.says(group.cues):
            return group.told
    vague = reading.head.form is Form.TOPIC or reading.reasons & _EMPTY
    return None if vague else Strength.INTERMEDIATE


def type_of(reading: Reading) -> ActionType | None:
    """Return the type whose cue comes first in the action, or None where there is no cue."""
    found = [
        (cue.start(), place, group.told)
        for place, group in enumerate(TYPES)
        if (cue := compiled(group.cues).search(reading.head.text))
    ]
    return min(found)[2] if found else None
