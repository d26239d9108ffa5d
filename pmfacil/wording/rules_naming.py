"""Names, teams and roles put beside a fault (D1, D8, D9, D11), and retribution (D15)."""

from __future__ import annotations

from typing import Final

from pmfacil.wording.findings import Category, Severity
from pmfacil.wording.rules import Rule

_PAGERDUTY: Final = "PagerDuty post-mortem guide: do not name and shame"
_DEKKER: Final = "Dekker, Just Culture"

_FAULTS: Final = (
    r"broke|breaks|caused|crashed|took\s+down|brought\s+down|messed\s+up|screwed\s+up|botched|leaked|wiped|introduced\s+(?:a|the)\s+bug"
    r"|forgot|missed|overlooked|ignored|failed\s+to|neglected|let\s+(?:it\s+)?through|accidentally|mistakenly|inadvertently|added\s+the\s+"
    r"(?:faulty|broken|wrong|buggy|bad)|pushed\s+(?:a|the)\s+(?:bad|broken|wrong|faulty)|deleted\s+the\s+wrong|misconfigured|did(?:n['’]t|\s+not)"
)


RULES: Final = (
    Rule(
        "what they are like",
        (
            "always",
            "constantly",
            "typically",
            "never",
            "does",
            "do ",
            "should know",
            "lack",
            "typical",
            "junior",
            "don't",
        ),
        "D8",
        Category.BLAME,
        Severity.STRONG,
        r"<PERSON>\s+(?P<span>(?:always|constantly|typically|never)\s+(?:do(?:es)?|forgets?|breaks?|ignores?|miss(?:es)?|read|reads|listens?|tests?|checks?)\b"
        r"|do(?:es)?(?:n['’]t|\s+not)\s+(?:understand|care|know\s+(?:how|what)|get\s+it|bother)\b|should\s+know\s+better|lacks?\s+(?:the\s+)?(?:skill|experience"
        r"|knowledge|discipline))|\btypical\s+of\s+<PERSON>|\ba\s+junior\s+(?:\w+\s+)?(?:deployed|pushed|ran|did|made|merged|deleted)",
        "What would anyone in that seat have met?",
        _DEKKER,
        ("That team never reads the runbook.", "A junior deployed it."),
        ("The job never reads the second file.", "We never read it back: the format is one way."),
        excuse=r"\bread\s+it\s+back\b",
    ),
    Rule(
        "a name beside a fault",
        (
            "broke",
            "caused",
            "took",
            "messed",
            "screwed",
            "botched",
            "forgot",
            "neglect",
            "overlook",
            "accident",
            "mistaken",
            "inadvert",
            "misconf",
            "pushed",
            "added",
            "deleted",
            "introduced",
        ),
        "D1",
        Category.NAMED_PERSON,
        Severity.STRONG,
        rf"(?:@[\w-]+|<NAME>)<ADV>\s+(?P<span>(?:(?!{_FAULTS})[\w-]+\s+){{0,4}}(?:broke|caused\s+(?:the|this|an?)\s+(?:outage|incident|bug|issue)|took\s+down"
        r"|messed\s+up|screwed\s+up|botched|forgot|neglected\s+to|overlooked|accidentally|mistakenly|inadvertently|misconfigured|pushed\s+(?:a|the)\s+(?:bad|broken|wrong|faulty)"
        r"|added\s+(?:a|the)\s+(?:faulty|broken|wrong|buggy|bad)|deleted\s+the\s+wrong|introduced\s+(?:a|the)\s+bug))\b",
        "What let one change reach everything?",
        _PAGERDUTY,
        ("@ravi broke checkout.", "Ravi accidentally removed the flag."),
        ("Kubernetes evicted the pod.", "Ravi rolled back at 14:31."),
        excuse=r"(?-i:\b(?:Kubernetes|Jenkins|Grafana|Prometheus|Terraform|Docker|Redis|Postgres|Nginx|Chrome|Windows|Linux|Google|Amazon|Azure|GitHub|Helm|Kafka)\b)\s+(?:\w+\s+)?"
        r"(?:accidentally|mistakenly|inadvertently|broke)",
    ),
    Rule(
        "broken by a name",
        ("broken", "caused", "introduced", "deleted", "leaked", "missed", "regressed", "'s "),
        "D1",
        Category.NAMED_PERSON,
        Severity.STRONG,
        r"\b(?:broken|caused|introduced|deleted|leaked|missed|regressed)\b(?:\s+\w+){0,4}?\s+(?:by\s+)?(?P<span>(?:@[\w-]+|(?-i:[A-Z]?[a-z]{2,})['’]s\s+(?:\w+[\s-]){0,2}"
        r"(?:change|commit|pr|fix|patch|comment|deploy\w*|push|merge|mistake)|(?:the|a)\s+\w+\s+(?-i:[A-Z][a-z]{2,})\s+(?:added|made|wrote|pushed|merged)))"
        r"|<NAME>['’]s\s+(?:\w+\s+)?(?:script|change|pr|commit|code|query|deploy\w*|patch|merge|push)\s+(?:deleted|broke|caused|crashed|wiped|overwrote|took\s+down|killed|removed)"
        r"|<NAME>['’]s\s+(?:mistake|bug|fault|error|blunder|carelessness|negligence)\b",
        "Which step let it through?",
        _PAGERDUTY,
        ("This was broken by Greta's change.", "I did not fix Ravi's mistake."),
        ("This was broken by last week's change.", "It was caused by the proxy's retry."),
        excuse=r"\b(?:today|yesterday|week|month|year|morning|monday|tuesday|wednesday|thursday|friday|proxy|service|server|cluster|vendor|provider|chart|library)['’]s",
    ),
    Rule(
        "a team beside a fault",
        ("qa", "ops", "dev", "support", "infra", "vendor", "provider", "supplier", "contractor"),
        "D11",
        Category.BLAME,
        Severity.STRONG,
        r"\b(?:qa|ops|devops|dev|support|infra|the\s+(?:vendor|provider|supplier|contractor))\s+(?P<span>(?:let\s+(?:\w+\s+)?through|screwed|messed|dropped"
        r"|broke|did(?:n['’]t|\s+not)\s+(?:tell|test|check|do)))\b",
        "Which step of the process was it?",
        _PAGERDUTY,
        ("QA let it through.",),
        ("QA signed the build at 13:40.",),
    ),
    Rule(
        "who and why",
        ("who", "why", "what were"),
        "D9",
        Category.WHO_WHY,
        Severity.STRONG,
        r"\bwho\s+(?:did|deployed|approved|signed\s+off|merged|pushed|broke|is\s+(?:to\s+blame|responsible)|was\s+(?:to\s+blame|responsible)|let)\b[^.]*\?"
        r"|\bwhose\s+fault\b|\bwhy\s+(?:did(?:n['’]t|\s+not)?|would(?:n['’]t)?|have(?:n['’]t)?)\s+(?:you|he|she|they|<NAME>|the\s+<ROLE>|<ROLE>)\b"
        r"|\bwhat\s+were\s+(?:you|they)\s+thinking\b",
        "Let me ask it with how or what: what brought it about?",
        "PagerDuty post-mortem guide: ask how and what, not who and why",
        ("Who approved this?", "Why didn't you call?"),
        ("We asked who was on call.", "Why did the cache miss?"),
    ),
    Rule(
        "retribution",
        (
            "accountable",
            "disciplin",
            "consequences",
            "reprimand",
            "punish",
            "answer for",
            "heads",
            "fired for",
            "warning",
            "written up",
        ),
        "D15",
        Category.RETRIBUTION,
        Severity.STRONG,
        r"\b(?:held?\s+(?:\w+\s+)?accountable|disciplin(?:ed|ary)\b|face\s+(?:the\s+)?consequences|reprimand\w*|punish\w*|(?:must|has\s+to|have\s+to|will)\s+answer\s+for|heads\s+(?:will|must)\s+roll"
        r"|fired\s+for|formal\s+warning|written\s+up)\b",
        "That is another conversation. Which conditions do we look at here?",
        _DEKKER,
        ("Someone must be held accountable.",),
        ("The alert fired for ten minutes.",),
        excuse=r"\b(?:no[\s-]?one|nobody|not|never|without)\b[^.]{0,30}\b(?:punish|disciplin|reprimand)|\bfired\s+for\s+(?:\w+\s+)?(?:\d|ten|two|minutes|hours)",
    ),
)
