"""Human error as an explanation (D1, D2, D7): where the asking must go on, not end."""

from __future__ import annotations

from typing import Final

from pmfacil.wording.findings import Category, Severity
from pmfacil.wording.rules import Rule

_FIVE_3: Final = "five rules of causation, 3: every human error has a preceding cause"
_DEKKER: Final = "Dekker, The Field Guide to Understanding 'Human Error'"

_SLIP: Final = (
    r"accidentally|inadvertently|unintentionally|mistakenly|erroneously|unwittingly|unknowingly|carelessly"
    r"|absent-?mindedly|by\s+(?:mistake|accident)"
)

RULES: Final = (
    Rule(
        "human error",
        ("error", "mistake", "failure", "fault", "slip", "oversight", "pebkac", "finger"),
        "D2",
        Category.HUMAN_ERROR,
        Severity.STRONG,
        r"\b(?:human|user|operator|pilot|engineer|admin\w*|manual|personal|developer|driver|crew|staff)[\s-]+"
        r"(?:errors?|mistakes?|failures?|faults?|slips?|oversights?)\b|\bpebkac\b|\bfat[\s-]?finger\w*",
        "What made that slip easy, and what might have caught it?",
        _DEKKER,
        ("The cause was human error.", "It was fat-fingered on the console."),
        ("The user error rate rose to 4 %.", "Users saw an error page."),
        excuse=r"\berror\s+(?:rates?|pages?|messages?|codes?|budgets?)\b|\b(?:view|concept|notion|idea|term|label|myth)s?\s+of\s+\W?human\s+error"
        r"|\b(?:reduc|avoid|prevent|eliminat|minimi[sz]|susceptib|prone|resilien|toler|guard)\w*(?:\s+\w+){0,3}\s+(?:human|user|operator|manual)\s+(?:error|mistake)",
    ),
    Rule(
        "somebody's mistake",
        (
            "mistake",
            "error",
            "oversight",
            "slip",
            "blunder",
            "typo",
            "mis",
            "negligence",
            "inattention",
            "forgetfulness",
            "carelessness",
            "inexperience",
            "assumption",
            "fault",
        ),
        "D2",
        Category.HUMAN_ERROR,
        Severity.STRONG,
        r"<OWN>\s+(?:\w+\s+){0,2}(?:mistakes?|errors?|oversights?|slips?|blunders?|typos?|misreading|misunderstanding"
        r"|misjudge?ments?|negligence|inattention|forgetfulness|carelessness|inexperience|assumptions?)\b"
        r"|\b(?:mistake|error|oversight|slip|fault|typo|(?:lack|want)\s+of\s+\w+)s?\s+(?:by|of|on\s+the\s+part\s+of)\s+(?:one\s+of\s+)?<PERSON>",
        "What made it easy to do, and what could have caught it?",
        _FIVE_3,
        ("It was our mistake.", "An oversight by the on-call engineer caused it."),
        ("Our error budget is spent.", "Our error rate doubled."),
        excuse=r"\berrors?\s+(?:rates?|pages?|messages?|codes?|budgets?|logs?|handl\w+|track\w+|report\w+)\b",
    ),
    Rule(
        "a mistake",
        ("mistake", "blunder", "slip", "oversight", "assumption"),
        "D2",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        r"\b(?:was|were|been|made|simple|silly|stupid|honest|embarrassing|rookie|basic|copy[\s-]paste"
        r"|editing|typing|several|few|couple)\s+(?:of\s+)?(?:an?\s+)?"
        r"(?:\w+\s+)?(?:mistakes?|blunders?|slip-?ups?|oversights?)\b|\b(?:wrong|false|incorrect)\s+assumptions?\b",
        "What made it look right at the time?",
        _FIVE_3,
        ("Turning it on was a mistake.", "We made a couple of mistakes there."),
        ("We learn from mistakes.", "The page explains common mistakes."),
        excuse=r"\b(?:learn\w*|avoid\w*|prevent\w*|catch\w*|room|safe)\b[^.]{0,24}\b(?:mistakes?|oversights?)\b",
    ),
    Rule(
        "by accident",
        (
            "accident",
            "inadvertent",
            "unintention",
            "mistake",
            "erroneous",
            "unwitting",
            "unknowing",
            "careless",
            "absent",
        ),
        "D2",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        rf"(?:<PERSON><ADV>\s+(?:\w+\s+){{0,8}}?|\b(?:was|were|been|got)\s+|^\W*(?:after\s+|by\s+)?(?=[\w-]+\s+\w+ing\b)"
        rf"|\b(?=\w+\s+(?:deletion|removal|overwrit\w+|merge|push|deploy\w*|commit|change|exposure|release|leak\w*)))"
        rf"(?P<span>{_SLIP}|accidental|inadvertent|unintentional|unintended)\b",
        "What made the one thing look like the other?",
        _FIVE_3,
        ("The table was accidentally deleted.", "They had inadvertently merged it."),
        ("The new job accidentally matched every host.", "The change inadvertently removed the label."),
        excuse=r"\bby\s+(?:the|an?|its|our)\s+(?:\w+[\s-]){0,2}(?:script|job|pipeline|tool|migration|upgrade|release|change|automation|controller|bot|cron)\b"
        r"|\b(?:prevent\w*|avoid\w*|protect\w*|guard\w*|against|stop\w*|block\w*|so\s+that|can(?:not|['’]t)|if|"
        rf"would|could|might|may)\b[^.;]{{0,60}}\b(?:{_SLIP}|accidental)\b"
        r"|\b(?:the|this|that|a|an|its|which|new|old)\s+(?:\w+[\s-]){0,2}(?:change|pr|patch|fix|script|job|config\w*|release"
        r"|commit|refactor\w*|migration|upgrade|update|setting|code|rule|query|test|version|module|deploy\w*|pipeline|tool"
        rf"|function|service|process|bug)\s+(?:had\s+|has\s+|was\s+|also\s+|could\s+)?(?:{_SLIP})",
        drops=True,
    ),
    Rule(
        "an accident",
        ("accident", "inadvertent", "unintention", "mistake", "erroneous"),
        "D2",
        Category.HUMAN_ERROR,
        Severity.INFO,
        rf"\b(?:{_SLIP}|accidental)\b",
        "What made the one thing look like the other?",
        _FIVE_3,
        ("Accidentally removed in an earlier change.",),
        ("The query removed two rows.",),
        drops=True,
    ),
    Rule(
        "somebody's poor act",
        ("'s ", "' ", "his ", "her ", "their ", "my ", "your ", " by "),
        "D7",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        r"(?:\b(?:his|her|their|my|your)|\b<ROLE>['’]s?|<NAME>['’]s)\s+(?P<span>(?:(?:improper|inadequate|insufficient"
        r"|incorrect|wrong|poor|late|delayed|hasty|premature|excessive|unsuitable|misjudged|careless|sloppy|rushed"
        r"|inappropriate|abrupt|intentional|continued|inadvertent|unintentional|untimely|faulty)\b[\w\s]{2,30}|(?:decision|selection|choice|loss|use|lack|misuse|disregard)\s+(?:to|of|for)\b))"
        r"|\b(?:inadequate|improper|insufficient|poor|incorrect|delayed|failure|inattention)\b[\w\s]{2,40}\bby\s+<PERSON>",
        "What made that the sensible thing to do then?",
        _DEKKER,
        ("The pilot's improper fuel management.", "Her delayed decision to roll back."),
        ("Their decision log is in the wiki.", "The service's late start was seen."),
    ),
    Rule(
        "wrongly assumed",
        ("wrong", "incorrect", "false", "naive", "mistaken", "confused"),
        "D2",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        r"\b(?:wrongly|incorrectly|falsely|naively|mistakenly)\s+(?:assum|th[io]|believ|conclud|consider|expect)\w*"
        r"|\b(?:did|got|had)\s+(?:it|this|that)\s+wrong\b|<PERSON><ADV>\s+(?P<span>confused\s+\w+\s+(?:with|for))\b",
        "What made that the likely reading then?",
        _DEKKER,
        ("They wrongly assumed the cache was warm.", "We did it wrong."),
        ("We assumed a warm cache, as the graph showed one.", "The result was wrong."),
    ),
    Rule(
        "somebody broke it",
        ("broke", "crash", "corrupt", "leak", "wipe", "regress", "took", "brought", "caused"),
        "D1",
        Category.HUMAN_ERROR,
        Severity.STRONG,
        r"\b(?:i|we|he|she|they|someone|somebody)<ADV>\s+(?P<span>broke|crashed|corrupted|leaked|wiped|regressed|took\s+down"
        r"|brought\s+down|took\s+out|caused)\b",
        "What let one step reach that far?",
        _FIVE_3,
        ("We broke the login.", "Somebody took down the cluster."),
        ("The release broke the login.", "The retry storm took down the cluster."),
    ),
    Rule(
        "the wrong one",
        ("wrong",),
        "D2",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        r"(?:<PERSON>|<NAME>)<ADV>\s+(?P<span>(?:\w+ed|ran|put|sent|set|took|used|made|chose|gave|wrote|went|did)\b[^.]{0,40}?\bthe\s+wrong\s+\w+)",
        "What made the one look like the other?",
        _FIVE_3,
        ("The engineer ran it on the wrong host.",),
        ("The request was sent to the wrong region by the proxy.", "We found the wrong label in the chart."),
        excuse=r"\b(?:found|saw|noticed|removed|fixed|replaced|received|corrected)\s+the\s+wrong\b",
    ),
    Rule(
        "too slow",
        ("too long", "too slow", "too late", "delayed", "waited"),
        "D7",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        r"<PERSON><ADV>\s+(?P<span>(?:took|waited)\s+(?:far\s+|much\s+|way\s+)?too\s+long|(?:was|were)\s+(?:far\s+|much\s+)?too\s+(?:slow|late)"
        r"|(?:reacted|responded|acted|escalated)\s+(?:far\s+|much\s+)?too\s+(?:slowly|late))",
        "What filled that time, and what would have cut it short?",
        _FIVE_3,
        ("Support took too long to escalate.",),
        ("The query took too long to return.",),
    ),
    Rule(
        "in a rush",
        ("rush", "hurr", "haste", "hast", "distracted", "attention"),
        "D7",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        r"\b(?:rushing|rushed|hurried|in\s+a\s+(?:rush|hurry)|in\s+haste|hastily|distracted|not\s+paying\s+attention)\b",
        "What set the pace, and what gave way to it?",
        _DEKKER,
        ("It was rushed to production.", "We were in a hurry."),
        ("The queue drained within a minute.",),
        excuse=r"\bshould(?:n['’]t|\s+not)?\s+have\b",
    ),
)
