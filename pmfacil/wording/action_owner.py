"""Who will do an action, in the words of the line: "@handle", "[jo]", "(data team)", "Ana to …", "Owner: Ana"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pmfacil.wording.action_words import GROUPS, KNOWN, NOT_NAMES, PEOPLE, TRACKING, base, words_of

_NAME: Final = r"(?:[^\W\d_a-z][\w'’.]*[^\W_]|[^\W\d_a-z])"
_NAMES: Final = rf"{_NAME}(?:(?:\s+|\s*(?:,|&|/|\+|\band\b)\s*(?:and\s+)?){_NAME}){{0,5}}"
_JOIN: Final = r"(?:\s+and\s+|\s*[,&/+]\s*|\s+)"
_TEAM: Final = rf"(?:(?:the|our|all)\s+)?(?:[\w.&/-]+\s+){{0,4}}(?:{PEOPLE})"
_WHO: Final = rf"(?P<who>(?-i:{_NAMES})|{_TEAM})"
_HANDLE: Final = r"(?<![\w/.`@])@[A-Za-z0-9][\w-]*(?![\w/]|\.\w)"

_SOURCES: Final = {
    "named": r"\b(?:owners?|assignees?|dri|responsible|lead|who|owned\s+by|assigned\s+to|assign\s+to)\s*(?::|="
    r"|(?<=by)\s|(?<=to)\s)\s*"
    r"(?P<who>@?[^\W\d_][\w.'’-]*(?:(?:\s+|\s*[,&/+]\s*)(?:and\s+)?@?(?-i:[^\W\d_a-z])[\w'’-]*){0,4})",
    "handle": rf"(?P<who>{_HANDLE}(?:\s*(?:,|&|/|and|\+)?\s*{_HANDLE})*)",
    "bracket": r"(?<![\w\]])\[(?P<who>(?!(?i:x|v|ok|issue|link|here|done|wip|todo|pr)\])[A-Za-z][\w.-]+"
    r"(?:\s*[,/&+]\s*[A-Za-z][\w.-]+|\s[A-Z][\w.-]+)*)\](?![(\[:\w])",
    "team_paren": r"\((?P<who>(?:[\w.&/-]+\s+){1,3}(?:team|squad|group|guild|crew))\)",
    "paren": rf"\((?P<who>{_NAME}(?:{_JOIN}{_NAME}){{0,2}})\)\s*(?:[.|]*$|[,;.]?\s*(?:by|due|before|on|next)\b)",
    "paren_does": rf"\((?P<who>(?-i:{_NAME}(?:\s+{_NAME})?))\s+(?:to\s+|will\s+)?(?P<verb>[a-z]+)[^()]*\)",
    "dash": rf"\s[—–-]{{1,2}}\s*(?P<who>{_NAME}(?:{_JOIN}{_NAME}){{0,3}})\s*[.]?(?:$|[,;]?\s(?:by|due|before|on"
    r"|next)\b)",
    "will": rf"{_WHO}\s+(?:will|shall|to|(?:is|are)\s+going\s+to|(?:has|have)?\s*(?:volunteered|agreed|offered"
    r"|promised|committed)\s+to"
    r"|(?:is|are)(?=\s+\w+ing\b)|can(?=\s+(?:take|do|own|write|help|bring|give|join|share|look|check|present|talk"
    r"|explain|reach)\b))\s+(?P<verb>[a-z]+(?:-[a-z]+)?)(?P<after>[^|]*)",
    "does": rf"(?P<who>(?-i:{_NAME}(?:(?:\s+|\s*(?:,|&|/|and)\s*){_NAME})*))\s+(?P<verb>[a-z]+)\s+(?:the|an?|our"
    r"|this|these|up|out|with|on|all)\b",
}

_STATES: Final = words_of("be happen start begin become avoid have")
_TALKING: Final = words_of(
    """
    chair chase chat circulate coordinate dig do drive figure follow help lead liaise look meet outline own pair
    pick poke polish reach reply schedule see sort speak summarise summarize sync talk
    """
)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name], re.IGNORECASE if name in {"named", "will", "team_paren", "paren_does"} else 0)


@cache
def _clauses() -> re.Pattern[str]:
    return re.compile(r"^|(?:[,;:]|\s[—–-])\s+")


def owner_in(text: str, cells: tuple[str, ...] = ()) -> str | None:
    """Return the exact words of `text`, or of the `cells` of its table row, that name who will do it, or None."""
    for name in ("named", "handle"):
        if found := _pattern(name).search(text):
            return found["who"]
    if who := _said(text) or _aside(text):
        return who
    return next((cell for cell in cells if _is_cell(cell)), None)


def _said(text: str) -> str | None:
    """Return who "will …" or is "to …", at the start of the line or of one of its clauses."""
    for start in _clauses().finditer(text):
        found = _pattern("will").match(text, start.end())
        if found and _acts(found) and _is_who(found["who"], first=start.end() == 0):
            return found["who"]
    found = _pattern("does").match(text)
    if found and base(found["verb"]) == found["verb"] and _is_names(found["who"]):
        return found["who"]
    return None


def _acts(found: re.Match[str]) -> bool:
    verb = found["verb"].lower()
    return verb not in _STATES and (bool(base(verb)) or verb in _TALKING or _is_team(found["who"]))


def _is_who(who: str, *, first: bool) -> bool:
    return _is_names(who) or (first and _is_team(who))


def _is_names(who: str) -> bool:
    words = re.findall(r"[^\s,&/+]+", who)
    names = [word for word in words if word.lower() != "and"]
    return all(_is_name(word) for word in names)


def _is_name(word: str) -> bool:
    plain = word.strip(".'’").lower()
    inner = any(letter.isupper() for letter in word[1:]) and not word.isupper()
    return word[:1].isupper() and not inner and plain not in NOT_NAMES and not (base(plain) and not word.isupper())


def _is_team(who: str) -> bool:
    words = who.lower().split()
    return (
        bool(_team().fullmatch(who))
        and not (KNOWN & set(words[:1]))
        and words[0]
        not in {"if", "when", "add", "for", "with", "from", "in", "to", "on", "and", "so", "nobody", "allow"}
        and who[:1].isupper()
    )


@cache
def _team() -> re.Pattern[str]:
    return re.compile(_TEAM, re.IGNORECASE)


def _aside(text: str) -> str | None:
    """Return who stands beside the action: in brackets, or after a dash at its end."""
    found = _pattern("bracket").search(text)
    if (
        found
        and not set(found["who"].lower().split()) & TRACKING
        and (found.start() == 0 or found.end() >= len(text.rstrip(" .|")))
    ):
        return found["who"]
    if found := _pattern("team_paren").search(text):
        return found["who"]
    for name in ("paren", "dash"):
        found = _pattern(name).search(text)
        if found and _is_names(found["who"]):
            return found["who"]
    for found in _pattern("paren_does").finditer(text):
        if base(found["verb"]) == found["verb"].lower() and _is_names(found["who"]):
            return found["who"]
    return None


def _is_cell(cell: str) -> bool:
    return bool(re.fullmatch(_HANDLE, cell)) or (
        bool(re.fullmatch(rf"{_NAME}(?:\s+{_NAME}){{0,2}}|(?:[\w-]+\s+){{1,2}}team", cell)) and _is_names(cell)
    )


def is_group(owner: str) -> bool:
    """Tell whether an owner is none or several people (E-5 of language.md): a team, everyone, TBD, two names."""
    plain = owner.strip(" ()[]@.").lower()
    words = set(re.findall(r"[\w-]+", plain))
    return not plain or bool(words & GROUPS) or bool(re.search(r",|/|&|\+|\band\b|\bor\b", plain))
