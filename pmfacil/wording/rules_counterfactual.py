"""A world that was not: what people should, could or would have done (D3, D4), and hindsight (D6)."""

from __future__ import annotations

from typing import Final

from pmfacil.wording.findings import Category, Severity
from pmfacil.wording.rules import Rule

_BERGSTROM: Final = "Bergström, three traps: counterfactual reasoning"
_DEKKER: Final = "Dekker, four reactions: counterfactual"
_HINDSIGHT: Final = "Dekker, four reactions: retrospective; AHRQ on hindsight"

# What is done to work by people: that it should have been done means that somebody did not.
_WORK: Final = (
    r"address|communicat|caught|add|includ|done|test|review|rebas|check|notic|document|fix|handl|avoid|prevent|discuss|consider|plann"
    r"|monitor|rolled|announc|inform|told|escalat|rais|flagg|found|spott|identif|investigat|verif|validat|writ|us(?:ed|ing\b)(?<!using)|follow|taken|made"
    r"|implement|prioriti|train|rush|improv|ask|involv|mention|stopp|foreseen|anticipat|thought|simulat|prepar|questioned|approv|coordinat"
    r"|agree|merged\s+(?:before|after|with)|deployed\s+(?:before|after|to\s+staging)|better|clearer|more\s+(?:careful|clear|explicit|prepared)"
)
_DONE: Final = (
    r"(?:\w+ed|been|done|made|found|caught|seen|known|taken|given|gone|written|run|set|put|sent|told|kept|held|left|built|begun|chosen|broken"
    r"|read|thought|shown|understood|spent|got|become|had|brought|bought|led|said|paid|waited)\b"
)
_HAVE: Final = r"(?:have|of|['’]ve)"
_H: Final = r"(?:\s+(?:\w+\s+)?(?:have|of)_?|['’]ve)"
_NOUN: Final = r"(?:an?|the|no|some|more|its|their|our|access|only\s+one|at\s+least|\d)\b"
_WORSE: Final = (
    r"(?:been\s+(?:much\s+|far\s+|even\s+)?(?:worse|longer|larger|caused|related|due|affected|impacted|exposed|compromised)"
    r"|caused|resulted\s+in|affected|impacted|happened|contributed|occurred|been\s+a\s+(?:factor|problem|cause))"
)
_SOONER: Final = r"(?:quicker|faster|earlier|sooner|better|easier|shorter|simpler)"

RULES: Final = (
    Rule(
        "should have",
        ("should",),
        "D3",
        Category.COUNTERFACTUAL,
        Severity.NUDGE,
        rf"(?P<span>\bshould(?:n['’]t|\s+not)?_?{_H}\s+been\s+(?:\w+ly\s+)?(?:{_WORK})\w*|\bshould(?:n['’]t|\s+not){_H}\s+been\s+\w+ed\b"
        rf"|(?:^|[-:;,]\s|\band\s+)\W*should{_H}\s+(?!{_NOUN})(?!been\b){_DONE}|\bshould{_H}\s+been\s+(?:done|an?\s+pr)\b)",
        "What did it look like at that moment?",
        _BERGSTROM,
        ("This should have been caught in review.", "Should have used the new cluster."),
        (
            "The alert should have fired at 14:02.",
            "Each service should have a runbook.",
            "Jobs should have been rescheduled.",
        ),
    ),
    Rule(
        "somebody should have",
        ("should", "ought", "needed", "supposed", "meant", "expected"),
        "D3",
        Category.COUNTERFACTUAL,
        Severity.NUDGE,
        rf"<PERSON>\s+(?:\w+\s+)?(?P<span>_?should(?:n['’]t|\s+not)?{_H}\s+(?:\w+ly\s+)?(?!{_NOUN}){_DONE}|ought\s+to\s+have"
        r"|needed\s+to\s+have|(?:was|were)\s+(?:supposed|meant|expected)\s+to)\b",
        "What did you see at that moment?",
        _DEKKER,
        ("We should have started it earlier.", "On-call was supposed to page the database team."),
        ("The job was supposed to end at two.", "We should have more than one region."),
        excuse=r"\bby\s+(?:next|late|then|the\s+end)\b|\bideally\b|\bwho\s+(?:was|were)\s+supposed\b",
    ),
    Rule(
        "could have",
        ("could", "would", "might"),
        "D3",
        Category.COUNTERFACTUAL,
        Severity.NUDGE,
        rf"\b(?P<span>(?:would|might)\s+{_HAVE}\s+been\s+(?:caught|noticed|avoided|prevented|spotted|averted)\b(?!\s+by\s+(?:an?|the|our)\b)|could(?:n['’]t|\s+not)?{_H}\s+(?!{_WORSE})(?!{_NOUN})"
        r"(?:be|been)\s+(?:\w+ly\s+)?(?:noticed|caught|detected|avoided|prevented|found|fixed|done|made|spent|handled|tested|seen"
        r"|spotted|communicated|better|more|faster|mitigated|resolved|identified|discovered|stopped|improved|clearer|used|saved"
        r"|planned|rolled|shortened)\w*)",
        "What was there to notice it with?",
        _BERGSTROM,
        ("It could have been noticed earlier.",),
        ("It could have been worse.", "That could have caused the restart."),
    ),
    Rule(
        "somebody could have",
        ("could", "would", "might"),
        "D3",
        Category.COUNTERFACTUAL,
        Severity.NUDGE,
        rf"(?:<PERSON>|^\W*(?:- )?)\s*(?P<span>(?:could|would|might){_H}"
        rf"\s+(?:only\s+|\w+ly\s+)?(?!{_WORSE})(?!(?:expected|experienced|liked|needed|had|been\s+(?:able|exposed|in)|captured|accessed|stolen|exploited|abused|obtained|gained|lost)\b)(?!{_NOUN}){_DONE})",
        "Which choices were there, as it looked then?",
        _DEKKER,
        ("We could have tested it first.", "Could have rolled back only one region."),
        ("A canary would have shown it.", "We could have lost data: none was."),
        excuse=r"\bbut\s+(?:that|this|it)\s+(?:is|was|would)\b|\bany(?:one|body)\s+could\b|\battackers?\b",
    ),
    Rule(
        "would have helped",
        ("would", "could", "might", "may"),
        "D4",
        Category.COUNTERFACTUAL,
        Severity.NUDGE,
        rf"\bit\s+(?:would|might|could)\s+{_HAVE}\s+been\s+(?:very\s+|more\s+)?(?:useful|better|nice|good|helpful|wise|wiser|easier"
        rf"|best|ideal|prudent|great)\b|\b(?:could|would|might|may)\s*{_HAVE}\s+(?:led?|lead|resulted|allowed|meant|made)\b"
        rf"[^.]{{0,24}}\b{_SOONER}\b|\b(?:may|might)\s+have\s+(?:prevented|avoided|averted|stopped)\b",
        "What was there instead, and how did it serve?",
        _BERGSTROM,
        ("It would have been better to wait.", "Asking could have led to a quicker recovery."),
        ("An alert would have caught it.", "It would have been 14:05 in Paris."),
    ),
    Rule(
        "had somebody",
        ("had ", "if only", "wish"),
        "D4",
        Category.COUNTERFACTUAL,
        Severity.NUDGE,
        r"\b(?P<span>had\s+(?:i|we|he|she|they|you|someone|somebody|anyone|<ROLE>|the\s+<ROLE>)\s+(?:not\s+|only\s+)?\w+(?:ed|en|wn|ne|ad|ght|t)?"
        r"\b(?=[^.?!]*\b(?:would|could|might)\b)|if\s+only\b|(?:i|we)\s+wish\b)",
        "What was known at that point?",
        _BERGSTROM,
        ("Had we tested it, we would have known.", "If only the page had been read."),
        ("We had not seen it before.", "Had it been a Monday, the load would have been higher."),
    ),
    Rule(
        "if it had been",
        ("if ", "given more", "but for"),
        "D4",
        Category.COUNTERFACTUAL,
        Severity.NUDGE,
        r"\bif\s+(?P<span>(?:<PERSON>\s+(?:had|hadn['’]t|would\s+have|did\s*n[o'’]t|didn['’]t)\b[^.,;]{0,40}"
        r"|(?:[\w'-]+\s+){1,8}(?:had\s+(?:not\s+)?been|hadn['’]t\s+been)\s+\w+)(?=[^?!]*\b(?:would|could|might|may|wouldn['’]t|couldn['’]t)\b))"
        r"|\bgiven\s+more\s+time\b[^.]{0,12}\b(?:i|we|they)\b|\bbut\s+for\b",
        "That is a fix for later. What was there?",
        _DEKKER,
        (
            "If we had had a canary, we would be fine.",
            "If the work had been started earlier, the cause would have been found.",
        ),
        ("If it rains, we stay.", "If the queue is full, the job waits."),
    ),
    Rule(
        "hindsight",
        ("hindsight", "retrospect", "premature"),
        "D6",
        Category.HINDSIGHT,
        Severity.NUDGE,
        r"\b(?:in|with|by)\s+(?:the\s+benefit\s+of\s+)?(?:hindsight|retrospect)\b(?=[^.]*\b(?:should|shouldn|would|could|better|wrong|bad|poor"
        r"|premature\w*|mistake\w*|obvious\w*|clear\w*|too|wasn|weren|didn|naive\w*|unwise|risky|flawed|overly|regret\w*|optimistic|inadequate|insufficient|different\w*|easier|simpler)\b)|\b(?P<span>premature(?:ly)?)\b(?=[^.]*\b(?:was|were|in)\b)",
        "What was known then, and what only now?",
        _HINDSIGHT,
        ("In hindsight the branch should have waited.", "In retrospect this was obviously too early."),
        ("In hindsight we learned a lot about queues.",),
    ),
    Rule(
        "looking back",
        ("hindsight", "retrospect", "looking back", "red flag"),
        "D6",
        Category.HINDSIGHT,
        Severity.INFO,
        r"\b(?:in|with)\s+(?:hindsight|retrospect)\b|\blooking\s+back\b|\bred\s+flags?\b",
        "Who could see that then?",
        _HINDSIGHT,
        ("Looking back, there were signs.",),
        ("The graph looks back one hour.",),
    ),
    Rule(
        "obviously",
        ("obvious", "clearly", "of course", "evidently", "needless", "anyone", "plain"),
        "D6",
        Category.HINDSIGHT,
        Severity.INFO,
        r"\b(?:(?<!not )(?<!less )(?<!n't )obvious(?:ly)?|clearly|of\s+course|evidently|needless\s+to\s+say|anyone\s+(?:could|would)\s+(?:have\s+)?see\w*|plain\s+to\s+see)\b,?",
        "Is it obvious to everyone? How could you tell?",
        _HINDSIGHT,
        ("It was obviously the cache.",),
        ("The label says so in clear letters.",),
        drops=True,
    ),
)
