"""Human error, omission and violation as an explanation (D2, D5, D13): where the asking must go on, not end."""

from __future__ import annotations

from typing import Final

from pmfacil.wording.findings import Category, Severity
from pmfacil.wording.rules import Rule

_FIVE_3: Final = "five rules of causation, 3: every human error has a preceding cause"
_FIVE_5: Final = "five rules of causation, 5: not acting is causal only where there was a duty"
_DEKKER: Final = "Dekker, The Field Guide to Understanding 'Human Error'"

_SLIP: Final = (
    r"accidentally|inadvertently|unintentionally|mistakenly|erroneously|unwittingly|unknowingly|carelessly"
    r"|absent-?mindedly|by\s+(?:mistake|accident)"
)
_OMITTED: Final = (
    r"notic\w+|check\w*|test\w*|verif\w+|validat\w+|reali[sz]e\w*|think|thought|see|saw|spot\w*|catch|caught|consider\w*"
    r"|account|read|follow\w*|look\w*|ask\w*|update\w*|review\w*|know|understand|understood|remember\w*|communicat\w+"
    r"|inform\w*|tell|told|document\w*|anticipat\w+|foresee|expect\w*|pay|bother\w*|respond\w*|react\w*|escalat\w+"
    r"|maintain\w*|monitor\w*|prepare\w*|plan\w*|include\w*|add\w*|take|use\w*|appreciate\w*|recogni[sz]e\w*|listen\w*"
    r"|acknowledge\w*|write|wrote|run|ran|finish\w*|complete\w*|care|cared|double-check\w*|confirm\w*"
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
        r"|\b(?:mistake|error|oversight|slip|fault)s?\s+(?:by|of|on\s+the\s+part\s+of)\s+<PERSON>",
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
        "forgot",
        ("forg",),
        "D5",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        r"\b(?:forg[eo]t(?:ten|ting|s)?)\b(?!\s+(?:password|your\s+password|me\b))",
        "What would have reminded anyone at that point?",
        _FIVE_3,
        ("We forgot to update the mapping.", "Two nodes were forgotten."),
        ("Never forget that the room is public.", "The forgotten password page was slow."),
        excuse=r"\b(?:don['’]t|do\s+not|never|not\s+to|lest\s+\w+|can['’]t|easy\s+to|without)\s+forget|forgot(?:ten)?[\s-]password"
        r"|\b(?:so|to|not)\b[^.;]{0,40}\b(?:get|be|have)\s+forgotten|\b(?:an?|the|or|and|any|of|with|some)\s+forgotten\s+\w+|\bif\s+\w+\s+forg[eo]t",
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
        rf"<PERSON><ADV>\s+(?:\w+\s+){{0,4}}?(?P<span>{_SLIP})\b|\b(?:was|were|been|got)\s+(?:{_SLIP})\b|^\W*(?:after\s+|by\s+)?(?:{_SLIP}|accidental)\s+\w+ing\b"
        rf"|\b(?:accidental|inadvertent|unintentional|unintended)\s+(?:deletion|removal|overwrit\w+|merge|push|deploy\w*|commit|change|exposure|release|leak\w*)",
        "What made the one thing look like the other?",
        _FIVE_3,
        ("The table was accidentally deleted.", "They had inadvertently merged it."),
        ("The new job accidentally matched every host.", "The change inadvertently removed the label."),
        excuse=r"\b(?:prevent\w*|avoid\w*|protect\w*|guard\w*|against|stop\w*|block\w*|so\s+that|can(?:not|['’]t)|if|"
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
        "somebody failed to",
        ("fail", "neglect", "omit", "overlook", "ignor", "mis", "mixed"),
        "D5",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        r"<PERSON><ADV>\s+(?P<span>(?:fail(?:s|ed|ing)?|neglect(?:s|ed|ing)?|omit(?:s|ted|ting)?)\s+to\b|"
        r"(?:overlook|ignor|neglect|misread|misjudg|misconfigur|mistyp|misinterpret|misunderst|mishandl|mixed\s+up)\w*"
        r"|missed\b)",
        "What was competing for attention, and what did the screen show?",
        _FIVE_5,
        ("On-call failed to notice the alert.", "The team overlooked the mail.", "QA missed it."),
        ("The health check failed to start.", "The retry missed its deadline.", "We ignored the header by design."),
        excuse=r"\bby\s+design\b|\beasily\s+missed\b|\bif\s+(?:some|any)\w+\s+missed\b|\bmissed\s+(?:you|out)\b|\b(?:job|check|request|deploy\w*|build)\s+(?:failed|missed)\b",
    ),
    Rule(
        "failure of somebody",
        ("failure", "inability", "neglect", "omission", "refusal", "delay"),
        "D5",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        r"<OWN>\s+(?P<span>(?:\w+\s+)?(?:failure|inability|neglect|omission|refusal|delay)\s+(?:to|of|in)\b)"
        r"|\bfailure\s+(?:of|by)\s+<PERSON>",
        "What did it look like from that seat?",
        _FIVE_5,
        ("The pilot's failure to extend the gear.", "Their failure to tell support."),
        ("Its failure to start was logged.", "The failure of the disk was seen at 14:02."),
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
        "somebody did not",
        ("did", "had", "hav", "has", "never"),
        "D5",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        rf"<PERSON>(?:\s+(?:also|just|simply|apparently|really|then|even|still))?\s+(?P<span>(?:did\s*n[o'’]t|didn['’]?t"
        rf"|did\s+not|had\s+not|hadn['’]t|have\s+not|haven['’]t|has\s+not|hasn['’]t|never)\s+(?:\w+ly\s+|even\s+|fully\s+)?"
        rf"(?:{_OMITTED})\b)",
        "What was there to see at that moment?",
        _FIVE_5,
        ("The team did not test the fallback.", "I didn't notice it in review."),
        ("The probe did not notice the hang.", "We did not have a second region.", "We have not seen it since."),
        excuse=r"\b(?:because|since|as)\b[^.]{0,60}\b(?:no|not|without|only)\s+(?:alert|monitor|log|metric|test|alarm|way)\w*"
        r"|\b(?:have|has)(?:\s+not|n['’]t)\s+(?:yet\s+|been\s+)?(?:seen|noticed|looked|finished|run|completed|added|tested)\b",
    ),
    Rule(
        "left out",
        ("missed", "misread", "mixed", "misremember", "overlooked"),
        "D5",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        r"^\W*(?:\w+:\s*)?(?:oops,?\s+|whoops,?\s+|sorry,?\s+|apparently\s+)?(?:missed\s+(?:this|that|the|an?|one|it|these|to|in|\w+ing)|misread|mixed\s+up|misremembered"
        r"|overlooked)\b",
        "Where would it have shown?",
        _FIVE_5,
        ("Missed this in the last change.",),
        ("Missed pings are counted.",),
    ),
    Rule(
        "not aware",
        ("aware", "know", "realis", "realiz"),
        "D5",
        Category.HUMAN_ERROR,
        Severity.INFO,
        r"<PERSON><ADV>\s+(?:(?:was|were)(?:n['’]t|\s+not)\s+aware|(?:was|were)\s+unaware)\b",
        "What would have told them?",
        _FIVE_5,
        ("The team was not aware of the flag.",),
        ("The scheduler is not aware of zones.",),
    ),
    Rule(
        "it was overlooked",
        ("overlook", "neglect", "misread", "misjudg", "mistyp", "misunder", "misinter", "misconf"),
        "D5",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        r"\b(?:was|were|been|got|being|be|wording|something|somewhat)\s+(?:\w+ly\s+)?"
        r"(?P<span>overlooked|neglected|misread|misjudged|mistyped|misunderstood|misinterpreted|misconfigured\s+by)\b",
        "Where would it have shown, had one looked there?",
        _FIVE_5,
        ("The header was overlooked.", "The warning had been neglected."),
        ("The header was dropped by the proxy.", "The cache was cold."),
    ),
    Rule(
        "nobody noticed",
        ("nobody", "no one", "no-one", "none of", "not anyone", "unnoticed", "typo", "overlooked"),
        "D5",
        Category.HUMAN_ERROR,
        Severity.INFO,
        r"\b(?:nobody|no[\s-]one|none\s+of\s+us|not\s+anyone)\s+(?:had\s+|has\s+)?(?:notic|reali[sz]|check|saw|seen|spott"
        r"|caught|read|look|ask|thought|knew)\w*|\bwent\s+unnoticed\b|\btypos?\b|\boverlooked\b",
        "What would have shown it to them?",
        _FIVE_5,
        ("Nobody noticed for an hour.",),
        ("Nobody answered for 20 minutes.",),
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
        "against the rule",
        ("violat", "bypass", "circumvent", "disregard", "flout", "skip", "disobey", "broke", "follow", "directly"),
        "D13",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        r"<PERSON><ADV>\s+(?P<span>(?:violat\w+|bypass\w*|circumvent\w*|disregard\w*|flouted|skipped|disobeyed)\b|broke\s+the"
        r"\s+rules?|(?:did\s*n[o'’]t|did\s+not|didn['’]t|failed\s+to)\s+follow)|\bviolation\s+of\s+(?:the\s+|our\s+)?(?:polic|procedur"
        r"|process|rule)\w*|\bdirectly\s+-\s+should|\b(?:policy|procedure|process|rules?)\s+(?:was|were)\s+(?:violated|not\s+followed)",
        "When does that path make sense, and how often is it taken?",
        _FIVE_3,
        ("He bypassed review.", "The procedure was not followed."),
        ("The request bypassed the cache.", "We skipped the two empty rows."),
        excuse=r"\bskipped\s+(?:the\s+)?(?:\w+\s+)?(?:empty|rows?|versions?|tests?\s+in)\b",
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
