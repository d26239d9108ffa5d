"""Words that close an inquiry without blaming anybody: absolutes, minimisers, drama, hollow neutrality (D10, D12, D14, D16, D17)."""

from __future__ import annotations

from typing import Final

from pmfacil.wording.findings import Category, Severity
from pmfacil.wording.rules import Rule

_SRE: Final = "SRE workbook: animated language"
_BERGSTROM: Final = "Bergström, three traps: mechanistic reasoning"

RULES: Final = (
    Rule(
        "absolutes",
        ("nobody", "no one", "no-one", "every", "always", "never"),
        "D10",
        Category.ABSOLUTE,
        Severity.INFO,
        r"\b(?:nobody|no[\s-]one|everyone|everybody)\s+(?:ever\s+|always\s+)?(?:reads?|knows?|knew|does|uses?|cares?|checks?|tests?)\b|\bevery\s+single\s+time\b"
        r"|<PERSON>\s+(?P<span>always|never)\b",
        "Can we count it?",
        "PagerDuty post-mortem guide: negativity and confirmation bias",
        ("Nobody reads the runbook.",),
        ("The alert never fired between 14:02 and 14:09.",),
    ),
    Rule(
        "minimising",
        ("just", "only", "one-off", "oneoff", "fluke", "luck", "simple", "won"),
        "D12",
        Category.MINIMISING,
        Severity.INFO,
        r"\b(?:just|only)\s+an?\s+(?:\w+\s+)?(?:config\w*|typo|glitch|blip|bug|one-?off|small|minor|mistake)\b|\bone-?off\b|\bflukes?\b|\bbad\s+luck\b"
        r"|\bsimple\s+(?:mistake|fix)\b|\bwon['’]?t\s+happen\s+again\b",
        "What else had to be true?",
        "Cook, How complex systems fail, 3",
        ("It was just a bad config.",),
        ("It began just before the release, only in eu-west.",),
    ),
    Rule(
        "unfamiliarity",
        ("due to", "malfunction"),
        "D14",
        Category.MECHANISTIC,
        Severity.INFO,
        r"\bdue\s+to\s+(?:\w+\s+)?(?:unfamiliarity|malfunction|misuse|inexperience)\b|\bmalfunction(?:ed|s)?\b",
        "How does it normally work?",
        _BERGSTROM,
        ("The delay was due to unfamiliarity with the console.",),
        ("The delay was due to a full queue.",),
    ),
    Rule(
        "drama",
        (
            "disast",
            "ridicul",
            "insane",
            "nightmare",
            "embarrass",
            "horri",
            "catastroph",
            "outrageous",
            "absurd",
            "shameful",
            "!!",
        ),
        "D16",
        Category.ANIMATED,
        Severity.INFO,
        r"\b(?:disaster(?:s|ous)?|ridiculous\w*|insane(?:ly)?|nightmares?|embarrass\w+|horrible|horrific|catastroph\w+|outrageous\w*|absurd(?:ly)?|shameful\w*)\b|!!+",
        "How many, and for how long?",
        _SRE,
        ("A ridiculous outage!!",),
        ("Checkout errors rose to 38 % for 52 minutes.",),
        excuse=r"\bdisaster\s+recovery\b",
    ),
    Rule(
        "hollow neutrality",
        ("made", "occurred", "happened", "arose"),
        "D17",
        Category.HOLLOW,
        Severity.INFO,
        r"\b(?:mistakes?|errors?)\s+(?:was|were)\s+made\b|\b(?:an?|some)\s+(?:issues?|errors?|problems?|mistakes?)\s+(?:occurred|happened|arose)\b",
        "Which mechanism, and when?",
        "language.md, D17: the opposite fault",
        ("Mistakes were made.",),
        ("An error of 0.3 % was measured.",),
    ),
)
