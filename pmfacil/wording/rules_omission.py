"""What somebody did not do, and rules that were not followed (D5, D13): omissions with a person in them."""

from __future__ import annotations

from typing import Final

from pmfacil.wording.findings import Category, Severity
from pmfacil.wording.rules import Rule

_FIVE_3: Final = "five rules of causation, 3: every human error has a preceding cause"
_FIVE_5: Final = "five rules of causation, 5: not acting is causal only where there was a duty"

_OMITTED: Final = (
    r"notic\w+|check\w*|test\w*|verif\w+|validat\w+|reali[sz]e\w*|think|thought|see|saw|spot\w*|catch|caught|consider\w*"
    r"|account|read|follow\w*|look\w*|ask\w*|update\w*|review\w*|know|understand|understood|remember\w*|communicat\w+"
    r"|inform\w*|tell|told|document\w*|anticipat\w+|foresee|expect\w*|pay|bother\w*|respond\w*|react\w*|escalat\w+"
    r"|maintain\w*|monitor\w*|prepare\w*|plan\w*|include\w*|add\w*|take|use\w*|appreciate\w*|recogni[sz]e\w*|listen\w*"
    r"|acknowledge\w*|write|wrote|run|ran|finish\w*|complete\w*|care|cared|double-check\w*|confirm\w*"
)

RULES: Final = (
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
        excuse=r"\b(?:proxy|server|client|service|cache|browser|session|script|job|app|system|database|router|library|node|agent)\s+(?:had\s+)?forg"
        r"|\b(?:don['’]t|do\s+not|never|not\s+to|lest\s+\w+|can['’]t|easy\s+to|without)\s+forget|forgot(?:ten)?[\s-]password"
        r"|\b(?:so|to|not)\b[^.;]{0,40}\b(?:get|be|have)\s+forgotten|\b(?:an?|the|or|and|any|of|with|some)\s+forgotten\s+\w+|\bif\s+\w+\s+forg[eo]t",
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
        "somebody did not",
        ("did", "had", "hav", "has", "never"),
        "D5",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        rf"<PERSON>(?:\s+who\s+\w+(?:\s+\w+){{0,3}}?)?(?:\s+(?:also|clearly|just|simply|apparently|really|then|even|still))?\s+(?P<span>(?:did\s*n[o'’]t|didn['’]?t"
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
        r"\b(?:nobody|no[\s-]one|none\s+of\s+us|not\s+anyone)\s+(?:on\s+the\s+team\s+|in\s+the\s+room\s+)?(?:had\s+|has\s+)?(?:notic|reali[sz]|check|saw|seen|spott"
        r"|caught|read|look|ask|thought|knew)\w*|\bwent\s+unnoticed\b|\btypos?\b|\boverlooked\b",
        "What would have shown it to them?",
        _FIVE_5,
        ("Nobody noticed for an hour.",),
        ("Nobody answered for 20 minutes.",),
    ),
    Rule(
        "against the rule",
        (
            "violat",
            "bypass",
            "circumvent",
            "disregard",
            "flout",
            "skip",
            "disobey",
            "broke",
            "follow",
            "directly",
            "without",
        ),
        "D13",
        Category.HUMAN_ERROR,
        Severity.NUDGE,
        r"<PERSON><ADV>\s+(?P<span>(?:violat\w+|bypass\w*|circumvent\w*|disregard\w*|flouted|skipped|disobeyed)\b|broke\s+the"
        r"\s+rules?|(?:did\s*n[o'’]t|did\s+not|didn['’]t|failed\s+to)\s+follow)|\bviolation\s+of\s+(?:the\s+|our\s+)?(?:polic|procedur"
        r"|process|rule)\w*|\bdirectly\s+-\s+should|\b(?:merged|deployed|pushed|released|shipped|applied|changed|made|done|run)\b[^.]{0,24}\bwithout\s+(?:any\s+|proper\s+|sufficient\s+|a\s+|the\s+)*(?:code\s+)?"
        r"(?:reviews?|approval|permission|authori[sz]ation|testing|checking|asking|telling|consulting|sign-?off)|\b(?:policy|procedure|process|rules?)\s+(?:was|were)\s+(?:violated|not\s+followed)",
        "When does that path make sense, and how often is it taken?",
        _FIVE_3,
        ("He bypassed review.", "The procedure was not followed."),
        ("The request bypassed the cache.", "We skipped the two empty rows."),
        excuse=r"\bskipped\s+(?:the\s+)?(?:\w+\s+)?(?:empty|rows?|versions?|tests?\s+in)\b",
    ),
)
