"""The fourteen weaknesses of an action (E-1 to E-14 of language.md), each with the question that sharpens it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pmfacil.wording.action_content import WeakReason
from pmfacil.wording.action_draft import MEASURE, Draft, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

FARTHEST: Final = 90
"""Days from which a date is too far off to be a promise (E-6)."""

LONGEST_ACTION: Final = 160
"""Characters from which an action is more than one (E-8)."""


class Code(StrEnum):
    """The numbers of the taxonomy."""

    VAGUE_VERB = "E-1"
    ATTENTION = "E-2"
    TRAINING_ONLY = "E-3"
    STUDY_ONLY = "E-4"
    NO_OWNER = "E-5"
    NO_DATE = "E-6"
    NO_DONE_TEST = "E-7"
    TOO_BIG = "E-8"
    NO_CAUSE = "E-9"
    AT_A_PERSON = "E-10"
    OUT_OF_REACH = "E-11"
    PROMISED_BEFORE = "E-12"
    MORE_TO_WATCH = "E-13"
    POLICY_ONLY = "E-14"


@dataclass(frozen=True, slots=True)
class Weakness:
    """One weakness: the question to ask aloud, when it applies, and a draft that has it beside one that has not."""

    code: Code
    name: str
    question: str
    applies: Callable[[Reading], bool]
    fires: Draft
    silent: Draft


_ATTENTION: Final = (
    r"^(?:be|stay|remain)\s+(?:more\s+|very\s+|extra\s+)?(?:careful|aware|mindful|vigilant|diligent|attentive"
    r"|cautious)\b|^(?:remind|remember)\b"
    r"|^(?:pay|take)\s+(?:more\s+|closer\s+|extra\s+)?(?:attention|care)\b|\bdouble[\s-]check\w*|\bawareness\b"
    r"|^communicate\s+(?:better|more)|^(?:better|clear(?:er)?|more)\s+communication\b|^(?:do\s+not|don['’]t"
    r"|never)\s+(?:forget|assume)\b"
)
_DOCUMENTS: Final = (
    r"run-?books?|play-?books?|docs?|documentation|wiki|readme|guides?|faq|manuals?|articles?"
    r"|how-?tos?"
)
_TRAINING: Final = (
    r"^(?:train|teach|educate|onboard|document)\b|^\w+\s+(?:[\w-]+\s+){0,3}?(?:workshops?|trainings?"
    r"|brown[\s-]bags?|learning\s+paths?)\b"
    r"|^(?:write|update|create|add|draft|publish|extend|improve|have"
    rf"|build)\s+(?:[\w'’/-]+\s+){{0,4}}?(?:{_DOCUMENTS})\b"
)
_BESIDE_DOCUMENT: Final = (
    r"\b(?:and|then)\s+(?:add|attach|automate|block|build|enforce|implement|link|remove)\b|\b(?:attached"
    r"|linked)\s+to\b"
)
_TIMEBOX: Final = (
    r"\btime-?box\w*|\b(?:within|for|in|up\s+to|at\s+most)\s+(?:\w+\s+)?(?:\d+|one|two|three"
    r"|half\s+an?)\s+(?:hour|day|week)s?\b.*\bdeci(?:de|sion)"
    r"|\bdeci(?:de|sion)\b.*\b(?:by|on|before|within)\b"
)
_SECOND_VERB: Final = (
    r"^\w+\s.*?\b(?:and|then)\s+(?:also\s+|then\s+)?(?:add|automate|build|change|configure|create|delete|deploy"
    r"|document|enable|fix|implement|improve"
    r"|introduce|investigate|migrate|monitor|move|publish|refactor|remove|replace|review|rewrite|test|train"
    r"|update|upgrade|write)\b"
)
_BIG: Final = r"^(?:rewrite|migrate|replace|redesign|rearchitect|rebuild|refactor|overhaul|re-?write)\b"
_PERSON: Final = (
    r"^(?:coach|reprimand|warn|discipline)\b|^(?:talk|speak|have\s+a\s+(?:word|chat|talk))\s+(?:to|with)\b"
    r"|^(?:remind|train|teach|tell|retrain|educate)\s+(?:(?-i:[A-Z][a-z]+)|the\s+(?:engineer|developer|operator"
    r"|person|admin|author|reviewer|on-call))\b"
)
_ELSEWHERE: Final = (
    r"\b(?:vendors?|suppliers?|third[\s-]part(?:y|ies)|upstream|(?:cloud|hosting|network)\s+providers?"
    r"|another\s+team|other\s+teams?)\b"
    r"|^(?:ask|request|convince|persuade|lobby|push|urge|encourage|chase|wait)\b"
)
_WATCHED: Final = (
    r"^(?:add|create|build|set\s*up|setup|make|have|implement|introduce)\s+(?:[\w-]+\s+){0,4}?(?:dashboards?"
    r"|graphs?|alerts?|alarms?|charts?|notifications?"
    r"|alerting|monitors?|panels?)\b"
)
_ROUTE: Final = (
    r"\b(?:pages?|paging|pager|routes?|routed|on-call|duty|slack|e-?mails?|threshold|exceed\w*|above|below)\b|#\w"
)
_POLICY: Final = (
    r"^(?:[\w-]+\s+){0,4}?(?:polic(?:y|ies)|rules?|mandates?|approvals?|sign-?offs?|guidelines?)\b|^(?:mandate"
    r"|forbid|require)\b"
    r"|\b(?:second|manual|manager)\s+(?:review|reviewer|approval)\b"
)
_CARRIED: Final = (
    r"\b(?:enforced?|automat\w+|pipeline|ci|lint\w*|opa|hook|code|bot|tool|gate|pre-?(?:commit"
    r"|submit)|firewall|alert\w*)\b"
)


def _wishes(reading: Reading) -> bool:
    return bool(reading.reasons & {WeakReason.VAGUE_VERB, WeakReason.HEDGED, WeakReason.PHRASED_AS_QUESTION})


def _undated(reading: Reading) -> bool:
    days = reading.draft.days_left
    return not reading.dated or (days is not None and not 0 <= days <= FARTHEST)


def _outside(reading: Reading) -> bool:
    draft = reading.draft
    known = {name.strip("@ ").casefold() for name in draft.people}
    stranger = bool(known) and bool(draft.owner) and draft.owner.strip("@ ").casefold() not in known
    return stranger or reading.says(_ELSEWHERE)


WEAKNESSES: Final = (
    Weakness(
        Code.VAGUE_VERB,
        "a vague verb",
        "What will exist afterwards that does not exist now?",
        _wishes,
        Draft("Improve the queue"),
        Draft("Cap the queue at 500 jobs"),
    ),
    Weakness(
        Code.ATTENTION,
        "an appeal to pay attention",
        "What would make that care unnecessary?",
        lambda reading: reading.says(_ATTENTION),
        Draft("Be more careful with the queue"),
        Draft("Ask for the queue's name before it is emptied"),
    ),
    Weakness(
        Code.TRAINING_ONLY,
        "training or documentation alone",
        "A good start. What else would help somebody at 3 a.m.?",
        lambda reading: reading.says(_TRAINING) and not reading.says(_BESIDE_DOCUMENT),
        Draft("Document how to drain the queue"),
        Draft("Write a runbook for the queue and link it from the alert"),
    ),
    Weakness(
        Code.STUDY_ONLY,
        "a study without an end",
        "By when will we know, and what will we then decide?",
        lambda reading: WeakReason.INVESTIGATE_ONLY in reading.reasons and not reading.says(_TIMEBOX),
        Draft("Investigate the growth of the queue"),
        Draft("Investigate the queue for two days, then decide whether to split it"),
    ),
    Weakness(
        Code.NO_OWNER,
        "no single owner",
        "Who will tell us that it is done?",
        lambda reading: not reading.owned,
        Draft("Cap the queue at 500 jobs", owner="platform team"),
        Draft("Cap the queue at 500 jobs", owner="Ana"),
    ),
    Weakness(
        Code.NO_DATE,
        "no date to hold on to",
        "By which day? After a severe incident 15 days is usual, after a smaller one 30.",
        _undated,
        Draft("Cap the queue at 500 jobs", due="soon"),
        Draft("Cap the queue at 500 jobs", due="2026-04-01", days_left=12),
    ),
    Weakness(
        Code.NO_DONE_TEST,
        "no test for done",
        "How would a stranger check that it is done?",
        lambda reading: not reading.tested,
        Draft("Change the queue"),
        Draft("Change the queue", done_when="The 501st job is refused in staging"),
    ),
    Weakness(
        Code.TOO_BIG,
        "more than one step",
        "What is the first slice that could be done within 30 days?",
        lambda reading: len(reading.head.text) > LONGEST_ACTION or reading.says(_SECOND_VERB) or reading.says(_BIG),
        Draft("Rewrite the importer"),
        Draft("Cap the importer's queue"),
    ),
    Weakness(
        Code.NO_CAUSE,
        "no cause",
        "Which condition does this change?",
        lambda reading: reading.draft.causes < 1,
        Draft("Cap the queue at 500 jobs"),
        Draft("Cap the queue at 500 jobs", causes=1),
    ),
    Weakness(
        Code.AT_A_PERSON,
        "aimed at a person",
        "What would have helped anybody in that seat?",
        lambda reading: reading.says(_PERSON),
        Draft("Talk to the operator about the queue"),
        Draft("Show the operator how full the queue is"),
    ),
    Weakness(
        Code.OUT_OF_REACH,
        "outside the owner's reach",
        "Who here will chase it, and what can we do without them?",
        _outside,
        Draft("Ask the supplier to raise the quota"),
        Draft("Cap the queue at 500 jobs", owner="Ana", people=("Ana", "Ben")),
    ),
    Weakness(
        Code.PROMISED_BEFORE,
        "promised before",
        "This was promised before. What stopped it then?",
        lambda reading: bool(reading.draft.promised),
        Draft("Cap the queue at 500 jobs", promised="12 March"),
        Draft("Cap the queue at 500 jobs"),
    ),
    Weakness(
        Code.MORE_TO_WATCH,
        "one more thing to watch",
        "Who is paged, at what value, and what do they do then?",
        lambda reading: reading.says(_WATCHED) and not reading.says(MEASURE) and not reading.says(_ROUTE),
        Draft("Add a dashboard of the queue"),
        Draft("Add an alert that pages on-call when the queue holds over 500 jobs"),
    ),
    Weakness(
        Code.POLICY_ONLY,
        "a policy alone",
        "How could the tools carry this rule, so that nobody has to remember it?",
        lambda reading: reading.says(_POLICY) and not reading.says(_CARRIED),
        Draft("Introduce a rule that queues are emptied by two people"),
        Draft("Enforce in the pipeline that queues have a cap"),
    ),
)


def question_of(weakness: Weakness, draft: Draft) -> str:
    """Return the question for a weakness of this draft; a promise made before is told with its day."""
    if weakness.code is Code.PROMISED_BEFORE and draft.promised:
        return f"This was promised on {draft.promised}. What stopped it then?"
    return weakness.question
