"""Blame proper: judgements of people (D7, D8), names beside faults (D1, D11), retribution (D15), who and why (D9)."""

from __future__ import annotations

from typing import Final

from pmfacil.wording.findings import Category, Severity
from pmfacil.wording.rules import Rule

_FIVE_2: Final = "five rules of causation, 2: specific descriptors instead of negative ones"
_SRE: Final = "SRE workbook: animated language and finger-pointing"
_PAGERDUTY: Final = "PagerDuty post-mortem guide: do not name and shame"
_DEKKER: Final = "Dekker, Just Culture"

_FAULTS: Final = (
    r"broke|breaks|caused|crashed|took\s+down|brought\s+down|messed\s+up|screwed\s+up|botched|leaked|wiped|introduced\s+(?:a|the)\s+bug"
    r"|forgot|missed|overlooked|ignored|failed\s+to|neglected|let\s+(?:it\s+)?through|accidentally|mistakenly|inadvertently|added\s+the\s+"
    r"(?:faulty|broken|wrong|buggy|bad)|pushed\s+(?:a|the)\s+(?:bad|broken|wrong|faulty)|deleted\s+the\s+wrong|misconfigured|did(?:n['’]t|\s+not)"
)

_ADJECTIVE: Final = r"(?:careless|sloppy|reckless|lazy|incompetent|negligent|stupid|dumb|silly|clumsy|thoughtless|inattentive|foolish|ignorant)"
_ACTIVITY: Final = (
    r"work|merg\w+|search\w*|test(?:ing|s)?|coding|editing|edits?|mistakes?|typos?|errors?|review\w*|thinking|planning|rollout|roll-?back|deploy\w*|job"
    r"|handling|communication|behaviou?r|attitude|decisions?|moves?|handover|programming|engineering|operation|typing|copying|assumptions?"
)

RULES: Final = (
    Rule(
        "at fault",
        ("fault", "blam", "culp", "guilty", "my bad", "responsible"),
        "D1",
        Category.BLAME,
        Severity.STRONG,
        r"\b(?:(?:is|are|was|were|am|be|been)\s+(?:\w+\s+)?(?:at\s+fault|to\s+blame|culpable|guilty)|take[sn]?\s+the\s+blame|blame[sd]?\s+(?:on|for|\w+\s+for)"
        r"|blaming\s+<PERSON>|culprits?|my\s+bad\b(?!\s+\w)|(?:my|our|his|her|their|your|<ROLE>['’]s?|<NAME>['’]s)\s+(?:own\s+)?fault|mea\s+culpa"
        r"|(?:was|were|is|are)\s+responsible\s+for\s+(?:the|this|breaking|causing))\b",
        "Which conditions met there?",
        _DEKKER,
        ("The database team is to blame.", "My bad."),
        ("The blame view shows the commit.", "The controller is responsible for routing."),
        excuse=r"\b(?:git\s+blame|blame\s+(?:view|less)|blameless\w*|no\s+blame|without\s+blam\w+|not\s+(?:about\s+|to\s+)?(?:blam\w+|assign))|\bnot\b[^.]{0,30}\b(?:blame|fault)|\b(?:assum|suppos|belief)\w*",
    ),
    Rule(
        "character",
        (
            "careless",
            "slopp",
            "reckless",
            "lazi",
            "incompeten",
            "negligen",
            "irresponsib",
            "unprofessional",
            "complacen",
            "thoughtless",
            "clueless",
            "stupidity",
            "idiot",
            "moron",
            "foolish",
            "amateur",
            "shoddy",
            "half",
            "inexcusable",
            "unacceptable",
            "blindly",
            "hast",
            "ignoran",
            "arrogan",
            "crappy",
            "shitty",
            "lousy",
        ),
        "D7",
        Category.BLAME,
        Severity.NUDGE,
        r"\b(?:carelessness|carelessly|sloppiness|sloppily|reckless(?:ness|ly)|laziness|incompetence|incompetently|negligence|negligently|irresponsib\w+"
        r"|unprofessional\w*|complacen\w+|thoughtlessness|clueless|stupidity|idiot\w*|foolish\w*|moron\w*|amateurish\w*|shoddy|half-?assed|inexcusable"
        r"|unacceptable|crappy|shitty|lousy|blindly|too\s+hasty|hastily|arrogan\w+)\b",
        "What exactly happened, and what made it likely?",
        _FIVE_2,
        ("It came down to carelessness.", "I was too hasty in pushing it."),
        ("The proxy retries without care for order.",),
        excuse=r"\bunacceptable\s+(?:latenc|delay|performance|error|level|load)\w*",
    ),
    Rule(
        "what people were",
        (
            "careless",
            "sloppy",
            "reckless",
            "lazy",
            "incompetent",
            "negligent",
            "stupid",
            "dumb",
            "silly",
            "clumsy",
            "thoughtless",
            "inattentive",
            "foolish",
            "ignorant",
        ),
        "D7",
        Category.BLAME,
        Severity.NUDGE,
        rf"<PERSON>(?:\s+(?:was|were|is|are|am|been|being|got|had\s+been|'m|'re))+(?:\s+\w+)?\s+(?P<span>{_ADJECTIVE})\b|^\W*{_ADJECTIVE}\b|\btoo\s+stupid\b"
        rf"|\b(?P<act>{_ADJECTIVE})\s+(?:\w+\s+)?(?:{_ACTIVITY})\b|\b(?:{_ACTIVITY})\s+(?:was|were|is)\s+(?:\w+\s+)?{_ADJECTIVE}\b|\b{_ADJECTIVE}\s+(?:<ROLE>)",
        "What exactly happened, and what made it likely?",
        _FIVE_2,
        ("I was just careless.", "That was sloppy work.", "The rollout was careless."),
        ("A lazy-loaded module was cold.", "The expression is somewhat sloppy.", "Const works in sloppy mode."),
        excuse=r"\blaz(?:y|ily)[\s-](?:load|init|import|evaluat|list|seq|consensus)\w*|\bdumb\s+(?:terminal|pipe)|TERM=dumb|\bsilly\s+question",
    ),
    Rule(
        "poorly done",
        (
            "poor",
            "bad",
            "terrible",
            "awful",
            "weak",
            "wrong",
            "horrible",
            "screw",
            "mess",
            "botch",
            "mismanag",
            "mishandl",
            "ball",
            "up",
        ),
        "D7",
        Category.BLAME,
        Severity.NUDGE,
        r"\b(?:poor|bad|terrible|awful|weak|wrong|horrible)\s+(?:\w+\s+)?(?:decisions?|judge?ment|leadership|management|communication|planning|discipline"
        r"|practices?|choices?|call|job|attitude|workmanship|engineering|ownership|execution|hygiene)\b|\b(?:screw(?:ed|ing)?|mess(?:ed|ing)?|f\w*ck(?:ed)?)"
        r"[\s-]+up\b|\bbotched\b|\bmismanag\w+|\bmishandl\w+|\bdropped\s+the\s+ball\b|\bpoorly\s+(?:tested|planned|managed|written|communicated|handled|executed)\b",
        "What was covered, and what was not?",
        _FIVE_2,
        ("It was a bad decision.", "They dropped the ball."),
        ("The line has poor signal.", "A bad block was remapped."),
    ),
    Rule(
        "lacking people",
        ("lack", "want", "absence", "unfamiliar", "inexperience"),
        "D8",
        Category.BLAME,
        Severity.INFO,
        r"\b(?:lack|want|absence)\s+of\s+(?:\w+\s+){0,2}(?:care|attention|discipline|diligence|competence|skills?|knowledge|experience|understanding|awareness"
        r"|ownership|responsibility|professionalism|motivation|effort|foresight)\b|\b(?:unfamiliar(?:ity)?\s+with|inexperienced?)\b",
        "What would any newcomer have met there?",
        _FIVE_2,
        ("The cause is a lack of discipline.",),
        ("The cause is a lack of memory.",),
    ),
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
        "attention as the remedy",
        (
            "careful",
            "diligent",
            "vigilant",
            "attentive",
            "mindful",
            "thorough",
            "attention",
            "harder",
            "more care",
            "double",
        ),
        "D7",
        Category.BLAME,
        Severity.NUDGE,
        r"\b(?:be|being|been)\s+(?:more\s+|very\s+|extra\s+|a\s+(?:bit|little)\s+more\s+)?(?:careful|diligent|vigilant|attentive|mindful|thorough)\b"
        r"|\b(?:pay|paid|paying)\s+(?:more\s+|closer\s+)?attention\b|\btry\s+harder\b|\bmore\s+care\b|\bdouble[\s-]check\s+(?:next|every|all)",
        "What would make care unnecessary here?",
        _FIVE_2,
        ("Everyone must be more careful with the console.",),
        ("The parser is careful with quotes.",),
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
        r"\b(?:held?\s+(?:\w+\s+)?accountable|disciplin(?:ed|ary)\b|face\s+(?:the\s+)?consequences|reprimand\w*|punish\w*|must\s+answer\s+for|heads\s+(?:will|must)\s+roll"
        r"|fired\s+for|formal\s+warning|written\s+up)\b",
        "That is another conversation. Which conditions do we look at here?",
        _DEKKER,
        ("Someone must be held accountable.",),
        ("The alert fired for ten minutes.",),
        excuse=r"\b(?:no[\s-]?one|nobody|not|never|without)\b[^.]{0,30}\b(?:punish|disciplin|reprimand)|\bfired\s+for\s+(?:\w+\s+)?(?:\d|ten|two|minutes|hours)",
    ),
)
