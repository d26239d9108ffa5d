"""Values of a file as plain words: one line, nothing a terminal would obey."""

from __future__ import annotations

import math
import re
from typing import Final

from pmfacil.core.text import kept, shortened

LONGEST: Final = 2000  # characters of an item's text; a reader in a meeting takes in far less
_LOOKED_AT: Final = 10 * LONGEST  # characters looked at, so that a field of megabytes costs nothing
_QUOTED: Final = 40  # characters of a value that a sentence quotes

_ESCAPES: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, cursor
    r"|(?:\x1b[\]PX^_]|[\x9d\x90])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # titles, links, device strings
    r"|\x1b[ -/]*[0-~]"
)
_CONTROLS: Final = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0))) | dict.fromkeys(map(ord, "\t\n\v\f\r\x85"), " ")
_LINK: Final = re.compile(r"https?://[^\s<>\"\x00-\x20\x7f-\x9f]{1,1990}", re.IGNORECASE)


def scalar(value: object) -> str:
    """Return a string or a number as text; empty for anything else: a bare true or false says nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return str(value) if isinstance(value, int | float) else ""


def plain(value: object) -> str:
    """Return a value as one line of plain words, at most `LONGEST` characters; empty where it holds none."""
    bare = _ESCAPES.sub("", scalar(value)[:_LOOKED_AT]).translate(_CONTROLS)
    return shortened(kept(bare), LONGEST)


def joined(*values: object, by: str = ": ") -> str:
    """Return those of `values` that say something new, joined into one text."""
    said: list[str] = []
    for words in map(plain, values):
        if words and not any(words.casefold() in before.casefold() for before in said):
            said.append(words)
    return by.join(said)


def link(*values: object) -> str:
    """Return the first of `values` that is a web address; empty where none is."""
    for value in values:
        if found := _LINK.fullmatch(scalar(value).strip()[:LONGEST]):
            return kept(found.group())
    return ""


def link_within(text: str) -> str:
    """Return the first web address that stands in `text`; empty where there is none."""
    found = _LINK.search(text[:_LOOKED_AT])
    return kept(found.group().rstrip(".,;:!?)]|'")) if found else ""


def quoted(value: object) -> str:
    """Return a value in quotation marks, short enough for a sentence."""
    return f"“{shortened(plain(value), _QUOTED)}”"
