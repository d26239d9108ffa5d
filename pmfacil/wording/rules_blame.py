"""Blame proper: fault, and judgements of people and of what they do (D1, D7, D8)."""

from __future__ import annotations

from typing import Final

from pmfacil.wording.findings import Category, Severity
from pmfacil.wording.rules import Rule

_FIVE_2: Final = "five rules of causation, 2: specific descriptors instead of negative ones"
_DEKKER: Final = "Dekker, Just Culture"


_ADJECTIVE: Final = r"(?:careless|sloppy|reckless|lazy|incompetent|negligent|stupid|dumb|silly|clumsy|thoughtless|inattentive|foolish|ignorant)"
_ACTIVITY: Final = (
    r"work|merg\w+|search\w*|test(?:ing|s)?|coding|editing|edits?|mistakes?|typos?|errors?|review\w*|thinking|planning|rollout|roll-?back|deploy\w*|job"
    r"|handling|communication|behaviou?r|attitude|decisions?|moves?|handover|programming|engineering|operation|typing|copying|assumptions?|changes?|commits?|push|release|migration"
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
            "inexperienced",
            "unqualified",
            "untrained",
            "incapable",
            "bothered",
        ),
        "D7",
        Category.BLAME,
        Severity.NUDGE,
        rf"<PERSON>(?:\s+(?:was|were|is|are|am|been|being|got|had\s+been|'m|'re))+(?:\s+\w+)?\s+(?P<span>{_ADJECTIVE})\b|^\W*{_ADJECTIVE}\b|\btoo\s+stupid\b"
        rf"|\b(?P<act>{_ADJECTIVE})\s+(?:\w+\s+)?(?:{_ACTIVITY})\b|\b(?:{_ACTIVITY})\s+(?:was|were|is)\s+(?:\w+\s+)?{_ADJECTIVE}\b|\b{_ADJECTIVE}\s+(?:<ROLE>)"
        rf"|\b{_ADJECTIVE}\s+of\s+(?:us|me|him|her|them|you)\b|\b(?:inexperienced|unqualified|untrained|incapable)\s+(?:<ROLE>)|\bbothered\s+to\b",
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
)
