"""When an action is due, in the words of the line: "by Friday", "2026-04-01", "H1", "before next call".

A date that only tells what happened ("the incident of 24 October") is not one: bare dates count at the edges of a line.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_DAYS: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_MONTHS: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NUMBERS: Final = r"(?:\d{1,3}|an?|one|two|three|four|five|six|eight|ten|twelve|a\s+few|a\s+couple\s+of)"
_SPANS: Final = r"(?:hours?|(?:working\s+|business\s+)?days?|weeks?|fortnights?|months?|quarters?|years?|sprints?)"
_OCCASIONS: Final = (
    r"(?:(?:all\s+|core\s+|dev\s+|devs\s+|team\s+|weekly\s+|on-call\s+|planning\s+|incident\s+|sprint\s+)*"
    r"(?:call|meeting|stand-?up|retro(?:spective)?|planning|review|sprint|iteration|release|milestone|devnet|testnet"
    r"|hard\s*fork|fork|hand-?over|deploy(?:ment)?|semester|term|week(?:end)?|fortnight|month|quarter|year|cycle"
    r"|session|sync"
    r"|acd\w?|freeze|drill|game\s*day))"
)
_YEAR: Final = r"(?:\s*,?\s*(?:'\d\d|20\d\d))?"

_DATE: Final = (
    rf"(?:20\d\d-\d\d-\d\d|20\d\d/\d\d?/\d\d?|\d{{1,2}}[./]\d{{1,2}}[./](?:20)?\d\d"
    rf"|{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s+incident){_YEAR}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTHS}(?![\w]){_YEAR})"
)
_PERIOD: Final = rf"(?:(?:20\d\d[\s-]*)?[hq][1-4](?![\w-]){_YEAR})"
_WEEKDAY: Final = rf"(?:(?:next\s+|this\s+|coming\s+)?{_DAYS}(?:(?:\s+or\s+|\s*/\s*){_DAYS})?(?![\w-]))"
_END: Final = (
    rf"(?:(?:the\s+)?(?:very\s+)?(?:end|close|start|beginning|middle)\s+of\s+(?:the\s+|this\s+|next\s+)*"
    rf"(?:day|week|sprint|month|quarter|year|business|summer|winter|spring|autumn|{_PERIOD}|{_MONTHS}(?!\w){_YEAR}"
    r"|20\d\d)"
    rf"|eo[dwmqy]\b|cob\b)"
)
_NEXT: Final = rf"(?:(?:next|this|following|coming|upcoming)(?:\s+next)?\s+{_OCCASIONS}(?!\w))"
_SOON: Final = rf"(?:today|tonight|tomorrow|{_NUMBERS}\s+{_SPANS}\s+from\s+(?:now|today))"
_BOUND: Final = (
    rf"(?:{_DATE}|{_PERIOD}|{_WEEKDAY}|{_END}|{_NEXT}|{_SOON}|(?:the\s+)?{_NEXT}|{_MONTHS}(?!\w){_YEAR}|20\d\d(?!\w))"
)

_SOURCES: Final = {
    "named": r"\b(?:due(?:\s+date)?|deadline|eta|target(?:\s+date)?"
    r"|when)\s*[:=]\s*(?P<due>[^|;()\[\]]{2,30}?)\s*(?=[|;()\[\].,]|$)",
    "bound": rf"(?<![\w-])(?P<due>(?:by|before|until|till|not?\s+later\s+than)\s+"
    rf"(?:{_BOUND}|the\s+(?:[\w-]+\s+){{0,3}}(?:call|meeting|retro(?:spective)?|freeze|holidays|game\s*day"
    r"|stand-?up)(?!\w)))",
    "due": rf"(?<![\w-])due\s+(?:on\s+)?(?P<due>{_BOUND})",
    "within": r"(?<![\w-])(?P<due>(?:within|in"
    rf"|over)\s+(?:the\s+next\s+)?{_NUMBERS}\s+{_SPANS})(?=\s*(?:[|;,.()—–]|$))",
    "next": rf"(?<![\w-])(?P<due>{_SOON}|{_NEXT}(?:\s+and\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th))?"
    r"|this\s+next\s+week)(?!\s+(?:time|incident|outage))",
    "on_day": rf"(?<![\w-])(?P<due>on\s+(?:{_WEEKDAY}|{_DATE}))(?=\s*(?:[|;,.()—–]|$))",
    "meeting": rf"(?<![\w-])(?:for|at|to)\s+(?:the\s+)?(?P<due>{_DATE})(?=\s+(?:[\w-]+\s+){{0,2}}(?:call|meeting"
    r"|session|release|launch)\b)",
    "edge": rf"(?:^|[|;,@:—–]\s*|\s-\s+|(?P<open>[(\[]))(?P<due>{_DATE}|{_PERIOD}|{_WEEKDAY}|{_END})"
    r"(?=\s*(?(open)[)\]]|(?:[|;,.:—–]|$)))",
    "day_end": rf"(?<!every\s)(?<!each\s)(?<!last\s)(?<!since\s)(?<!from\s)(?<=\s)(?P<due>{_WEEKDAY}|{_DATE}"
    rf"|{_END})(?=\s*[.)|]*$)",
    "in_period": rf"(?<![\w-])(?:in|during|for)\s+(?P<due>{_PERIOD})",
    "period": r"(?<![\w-])(?P<due>(?:20\d\d[\s-]*)?[hq][1-4](?:\s*20\d\d)?)(?=\s*(?:[|;,.)\]]|$))",
    "conditional": r"\b(?:if|when(?:ever)?|once|after|every\s+time)\b",
    "someday": r"(?<![\w-])(?P<due>asap|as\s+soon\s+as\s+possible)(?![\w-])",
    "event": r"(?<![\w-])(?P<due>before\s+(?:it|they|this|that)\s+(?:is|are|gets?|goes"
    r"|go)\s+[\w ]{2,50}?)(?=\s*(?:[|;,.()]|$))",
}
_ORDER: Final = (
    "named",
    "bound",
    "due",
    "on_day",
    "next",
    "within",
    "in_period",
    "period",
    "meeting",
    "edge",
    "day_end",
    "someday",
)

_VAGUE: Final = (
    r"asap|as soon as possible|soon|ongoing|on-going|continuous(?:ly)?|later|eventually|at some point|tbd|tbc|someday"
    r"|in (?:the )?(?:near |due |not too distant )?(?:future|course)|long(?:er)?[ -]term|short[ -]term"
    r"|when(?:ever)? (?:possible|time permits)"
    r"|(?:by |in |end of )*(?:20\d\d[\s-]*)?[hq][1-4](?:[\s-]*20\d\d)?"
)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name], re.IGNORECASE)


@cache
def _vague() -> re.Pattern[str]:
    return re.compile(_VAGUE, re.IGNORECASE)


def due_in(text: str, owner: str | None = None) -> str | None:
    """Return the exact words of `text` that say when it is due, or None.

    "before it is …" bounds an action only where an `owner` was asked for it; elsewhere it says how a process runs.
    """
    names = (*_ORDER, "event") if owner else _ORDER
    for name in names:
        found = _pattern(name).search(text)
        # "if no back-up came within a day" is a condition of the action, not its date.
        if found and not (name == "within" and _pattern("conditional").search(text, 0, found.start())):
            return found["due"].strip()
    return None


def is_vague_due(due: str) -> bool:
    """Tell whether a date is none yet (E-6 of language.md): soon, ongoing, some time in a quarter."""
    return bool(_vague().fullmatch(due.strip(" .").lower()))


def has_vague_due(text: str) -> bool:
    """Tell whether a line puts its action off without a date: "soon", "at some point", "ongoing" at its end."""
    return bool(_put_off().search(text))


@cache
def _put_off() -> re.Pattern[str]:
    return re.compile(
        r"(?:[|,;(—–-]\s*|\s)(?:asap|soon|as soon as possible|ongoing|continuously|at some point|eventually"
        r"|in the (?:near )?future|when(?:ever)? possible)[\s).|]*$",
        re.IGNORECASE,
    )
