"""The rules by which an action is vague: each says what fires it, what excuses it, and shows both.

They follow E-1, E-2, E-4, E-7 and E-10 of the practice's taxonomy (language.md, part 3). Patterns are matched against
an action from its verb on, the verb in base form: "Investigating the leak" is read as "investigate the leak".
"""

from __future__ import annotations

from typing import Final

from pmfacil.wording.action_content import ContentRule, Part, WeakReason
from pmfacil.wording.action_words import ARTEFACTS, INTANGIBLES, OUTCOME, SETTABLE, STUDY, TEACH, VAGUE


def _any(words: frozenset[str]) -> str:
    return "|".join(sorted(words)).replace("ise", "i[sz]e")


_THEN: Final = (
    r"(?:\b(?:and|then)\s+(?:\w+ly\s+)?|[.;]\s+(?:then\s+)?)(?:add|apply|create|deliver|deploy|document|draft"
    r"|explain|file|fix|implement"
    r"|install|list|merge|move|open|post|present|produce|propose|provide|publish|record|remove|replace|report"
    r"|send|set|share|switch"
    r"|update|write)\b"
)
_NUMBER: Final = r"(?<![\w#.-])\d"
_CODE: Final = r"`[^`]+`"
_CONDITION: Final = (
    rf"{_NUMBER}|{_CODE}|\((?!e\.g)|\b(?:when|whenever|if|once|in\s+case|above|below|exceed\w*|threshold|per|"
    r"spikes?|expir\w+|latency|lag|usage|depth|rates?|exceptions?|errors|certificates?|"
    r"to\s+(?:catch|notify|detect|alert|view|check|verify|page|identify|tell|warn))\b"
)
_DOES: Final = r"add|build|create|enable|establish|get|have|implement|instal|install|introduce|provide|set\s*up|setup"

RULES: Final = (
    ContentRule(
        "asks instead of saying",
        WeakReason.PHRASED_AS_QUESTION,
        Part.LINE,
        r"\?\W*(?:\([^()]*\)\W*)?$|^\W*(?:how|what|why|who|where|which|can|could|should|would|do|does|is|are"
        r"|shall)\s+"
        r"(?:we|i|to|it|the|there|do|does|would|can|should|our|this|that|is|are)\b",
        "Can we drop the second queue?",
        "Drop the second queue",
    ),
    ContentRule(
        "leaves it open whether",
        WeakReason.HEDGED,
        Part.LINE,
        r"^\W*(?:(?:we|i|you|they)\s+)?(?:(?:should|could|must|will|need\s+to|ought\s+to|(?:may"
        r"|might)\s+want\s+to)\s+)?(?:maybe|perhaps|possibly|potentially|probably|consider|think\s+about"
        r"|something\s+(?:about|like)|might|may\b(?!\s+\d)|could"
        r"|it\s+(?:would|might|may|could)\s+be|would\s+like|(?:nice|good)\s+to\s+have)\b|\btb[dc]\b"
        r"|\bor\s+something\b",
        "Consider a second queue",
        "Add a second queue",
    ),
    ContentRule(
        "studies and stops there",
        WeakReason.INVESTIGATE_ONLY,
        Part.HEAD,
        rf"^(?:{_any(STUDY)})\b|^(?:look|dig|delve)\s+(?:further\s+|more\s+|deeper\s+)?(?:in\s*to|at|for|through)\b"
        r"|^find\s+(?:out\b|(?:an?|some|the|better|other)\s+(?:\w+\s+){0,3}(?:ways?|path|solution|alternatives?"
        r"|option|approach|fix|balance)\b)"
        r"|^(?:figure|work|sort)\s+out\b|^(?:check|see)\s+(?:if|whether|how\s+we|what\s+we)\b|^go\s+(?:through"
        r"|over)\b"
        r"|^(?:gather|collect|solicit|ask\s+for|seek)\s+(?:\w+\s+){0,2}(?:suggestions|ideas|input|feedback"
        r"|opinions|thoughts|requirements)\b"
        r"|^(?:schedule|hold|organise|book|have|start|set\s*up|plan)\s+(?:an?\s+"
        r"|some\s+)?(?:\w+\s+)?(?:discussion|conversation|debate|chat|brainstorm\w*)"
        r"|^(?:do|perform|carry\s+out|conduct|run|complete|start)\s+(?:an?\s+|some\s+"
        r"|the\s+)?(?:\w+\s+){0,2}(?:review|analysis|investigation|research|study|evaluation|assessment)\b"
        r"|^(?:get|gain|have|build)\s+(?:an?\s+)?(?:\w+\s+)?(?:understanding|insight|idea|clarity)\b|^learn\b",
        "Look into why the queue grew",
        "Look into why the queue grew and publish the answer in the wiki",
        excuse=_THEN,
    ),
    ContentRule(
        "waits for a decision",
        WeakReason.NO_DONE_CRITERION,
        Part.HEAD,
        r"^agree\b|\bto\s+be\s+(?:\w+ly\s+)?(?:decided|discussed|determined|investigated|explored|considered"
        r"|agreed|defined)\b"
        r"|^(?:\w+\s+){0,3}(?:decision|discussion|conversation|input|thought|investigation|research)s?\s+(?:is\s+"
        r"|are\s+)?(?:required|needed|necessary)\b"
        r"|\b(?:discussion|conversation|talk|debate)s?\b.*\bto\s+(?:happen|continue|take\s+place)\b"
        r"|\b(?:needs?|requires?)\s+(?:some\s+|a\s+bit\s+)?(?:more|further|additional)\b",
        "Retention period to be decided",
        "Retention period to be set to 30 days in the cluster module",
    ),
    ContentRule(
        "names a wish, not a change",
        WeakReason.VAGUE_VERB,
        Part.HEAD,
        rf"^(?:{_any(VAGUE - frozenset({'ensure', 'guarantee', 'reduce', 'increase', 'follow', 'standardise'}))})\b"
        rf"|^(?:\w+)\s+(?:and|&|or)\s+(?:{_any(VAGUE)})\b"
        r"|^keep\s+(?:an\s+eye|monitoring|track|working|improving|in\s+mind|watching|up)\b|^(?:watch|observe)\b"
        r"|^monitor\s+(?:the\s+)?(?:situation|closely|progress|this|it|things)\b|^follow\s+(?:up|best)\b"
        r"|^(?:plan|prepare)\s+(?:for|to)\b|^take\b.{0,60}\binto\s+(?:account|consideration)\b|^(?:push|aim"
        r"|allow)\s+for\b|^(?:spend|make)\s+(?:more\s+|some\s+)?time\b"
        r"|^(?:provide|give|offer)\s+(?:\w+\s+)?(?:clarity|transparency|visibility|coverage)\b|^be\s+(?:able"
        r"|ready|prepared|proactive|better)\b|^get\s+better\b|^make\s+(?:better|improvements)\b",
        "Improve the queue",
        "Add a dead-letter queue to the importer",
    ),
    ContentRule(
        "promises without saying how",
        WeakReason.VAGUE_VERB,
        Part.HEAD,
        r"^(?:ensure|guarantee|make\s+sure)\b",
        "Make sure imports are healthy and calm",
        "Make sure the importer is restarted when its queue is full",
        excuse=rf"{_NUMBER}|{_CODE}|\bwhen\b|\b(?:is|are|be|been|gets?|was)\s+(?:not\s+|always\s+|\w+ly\s+)?"
        r"(?!managed|aligned|considered|improved|handled|followed|prepared|monitored|maintained|protected|secured"
        r"|informed|reviewed|covered|supported|updated)(?:\w+ed|set|sent|run|built|kept|shown)\b"
        rf"|\bha(?:ve|s)\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+)*?(?:{ARTEFACTS}|service|limit|owner)\b",
    ),
    ContentRule(
        "turns a dial without a number",
        WeakReason.VAGUE_VERB,
        Part.CLAUSE,
        r"^(?:reduce|increase)\b",
        "Reduce the load on the importer",
        "Reduce the polling interval of the importer",
        excuse=rf"^(?:reduce|increase)\s+(?:\w+\s+){{0,4}}(?:{SETTABLE})s?\b|{_NUMBER}|{_CODE}",
    ),
    ContentRule(
        "says better or more, not what",
        WeakReason.VAGUE_VERB,
        Part.CLAUSE,
        r"^(?:\w+\s+){0,3}?(?:better|improved|enhanced|more(?!\s+than)|stronger|greater|tighter|closer|proper"
        r"|adequate|sufficient|holistic|comprehensive|proactive|smarter|meaningful|effective|a\s+few|few"
        r"|some\s+more)\s+[\w-]+"
        r"|^(?:\w+\s+){1,6}?(?:earlier|sooner|faster|quicker|more\s+(?:quickly|often|carefully|thoroughly))\W*$"
        r"|\bsome\s+(?:kind|sort|form|type)s?\s+of\b|\bas\s+(?:much|far|often|soon|well)\s+as\s+(?:possible"
        r"|we\s+can)\b"
        r"|\b(?:missing|additional|further|extra|various|other|relevant|necessary|needed"
        r"|appropriate)\s+(?:\w+\s+){0,2}"
        r"(?:alert|metric|test|check|monitor|doc|log|guardrail|safeguard|monitoring|logging|documentation|alarm"
        r"|measure|step)s?\b",
        "Set up better dashboards",
        "Set up a dashboard of queue age",
    ),
    ContentRule(
        "fixes it, whatever it is",
        WeakReason.NO_DONE_CRITERION,
        Part.CLAUSE,
        r"^(?:fix|resolve|solve|handle|correct)\s+(?:the\s+|this\s+|that\s+|all\s+|any\s+|these\s+)?(?:\w+ing\s+"
        r"|root\s+)?(?:issue|problem|bug|cause|incident|situation|gap|it)s?\W*$",
        "Fix the issue",
        "Fix the issue that empty files stop the importer",
    ),
    ContentRule(
        "asks people to be different",
        WeakReason.PERSON_FIX,
        Part.HEAD,
        rf"^(?:{_any(TEACH)})\b|^(?:be|stay|remain)\s+(?:more\s+|very\s+|extra\s+)?(?:careful|aware|mindful"
        r"|vigilant|diligent|attentive|cautious|thorough)"
        r"|^(?:pay|take)\s+(?:more\s+|closer\s+|extra\s+)?(?:attention|care)\b|^double[\s-]check\b|\bawareness\b"
        r"|^(?:clear(?:er)?|better|more|improved|closer|open)\s+(?:communication|collaboration|coordination"
        r"|alignment)\b"
        r"|^(?:do\s+not|don['’]t|never)\s+(?:forget|assume|rush)\b|^talk\s+to\b|^(?:always\s+)?remember\b"
        r"|^(?:create|hold|run|give|organise|schedule|provide|offer|arrange|have"
        r"|do)\s+(?:\w+\s+){0,3}(?:learning\s+path|brown[\s-]bag|workshop|training|lunch)\b"
        r"|^(?:nobody|everyone|everybody|people|(?:all\s+)?(?:developers|engineers|teams|operators))\s+(?:must"
        r"|should|to|needs?|have\s+to)\b",
        "Remind everyone to check the queue",
        "Page the duty phone when the queue is full",
    ),
    ContentRule(
        "asks others, without an end",
        WeakReason.NO_DONE_CRITERION,
        Part.HEAD,
        r"^(?:ask|encourage|urge|tell|expect)\s+(?:\w+\s+){1,4}to\b|^reach\s+out\s+to\s+(?:(?:the|all|our"
        r"|other)\s+)*(?-i:[a-z-]+s)\b",
        "Ask suppliers to watch their queues",
        "Ask the supplier to raise the quota to 500",
        excuse=rf"{_NUMBER}|{_CODE}|{_THEN}",
    ),
    ContentRule(
        "makes a way of thinking",
        WeakReason.NO_DONE_CRITERION,
        Part.CLAUSE,
        r"^(?!document|write|publish|draft|update|record|describe|link"
        rf"|list)(?:[\w-]+)\s+(?:[\w/&,-]+\s+){{0,6}}?(?:{INTANGIBLES})\b"
        r"|^(?:define|agree|formalise|come)\s+(?:[\w/&,-]+\s+){0,5}?(?:process(?:es)?|procedures?|policy|policies"
        r"|plan|rules|standards?)\b",
        "Define a strategy for queues",
        "Document the strategy for queues",
    ),
    ContentRule(
        "plans to have a plan",
        WeakReason.NO_DONE_CRITERION,
        Part.CLAUSE,
        r"^(?:have|make|create|establish|develop|implement|introduce|put)\s+(?:an?\s+|the\s+"
        r"|our\s+)?(?:[\w-]+\s+){0,2}?(?:plan|process(?:es)?|procedures?|roadmap)\b",
        "Create a process for queues",
        "Create a process for draining a queue once it holds 500 jobs",
        excuse=_CONDITION,
    ),
    ContentRule(
        "watches without a threshold",
        WeakReason.NO_DONE_CRITERION,
        Part.HEAD,
        rf"^(?:{_DOES})\s+(?:[\w-]+\s+){{0,3}}?(?:monitoring|observability|alerting|logging|visibility|tracing"
        r"|telemetry)\b",
        "Add monitoring for queues",
        "Add monitoring for queues when they hold over 500 jobs",
        excuse=_CONDITION,
    ),
    ContentRule(
        "names the outcome alone",
        WeakReason.NO_DONE_CRITERION,
        Part.HEAD,
        rf"^(?:{_any(OUTCOME)})\b",
        "Prevent full queues",
        "Prevent full queues by refusing jobs above 500",
        excuse=r"^(?:avoid|prevent|eliminate)\s+(?:\w+\s+)?(?!existing|missing|remaining)\w+ing\b(?!\s+(?:issues|problems|failures))"
        rf"|\bby\s+(?!ensur|improv|increas|reduc|mak)\w+ing\b|{_NUMBER}\s*(?:%|ms|s\b|jobs)",
    ),
    ContentRule(
        "wants a quality, not a state",
        WeakReason.NO_DONE_CRITERION,
        Part.CLAUSE,
        r"\b(?:is|are|be|become|becomes|remain|stay|make(?:\s+\w+){1,4})\s+(?:\w+ly\s+|more\s+|very\s+"
        r"|as\s+)?(?:\b(?:more|less)\s+\w+|high[\s-]quality|easy|easier|robust|reliable|better|safer?"
        r"|resilient|stable|clear(?:er)?|scalable|maintainable|good|efficient|consistent|visible|faster|simpler"
        r"|understandable|durable)\b",
        "The importer should be robust",
        "The importer should have a timeout",
    ),
    ContentRule(
        "has no end in time",
        WeakReason.NO_DONE_CRITERION,
        Part.HEAD,
        r"^always\s+be\b|^(?:ongoing|continued|continuous|further|regular)\b|\bshould\s+always\b"
        r"|\bat\s+all\s+times\b|\bgoing\s+forwards?\b|\b(?:where|when)(?:ever)?\s+possible\b"
        r"|\bup[\s-]to[\s-]date\b|\bmore\s+generally\b"
        r"|^(?:not\s+be|never)\b",
        "Queues should always be short",
        "Cap queues at 500 jobs",
    ),
)
TOPIC: Final = ContentRule(
    "is a topic",
    WeakReason.NOUN_PHRASE_ONLY,
    Part.HEAD,
    r".",
    "Queues and their owners",
    "Runbook for draining a queue",
    excuse=rf"^(?:(?:bi)?(?:dai|week|month|year|night)ly|quarterly|annual)\b|^(?:[\w/-]+\s+){{0,4}}?(?:{ARTEFACTS})\b(?:\s*/\s*\w+(?:\s+\w+)?)?\s+(?:for|on|of|to|that|which|when|how|with|about|comparing|checking)\b"
    r"|^[\w-]+\s+(?:the|an?|our|all|any|each|every|its|their|up|out|off|down|back|it|them|this|these|those|how"
    r"|why|what|where|whether)\b",
)
