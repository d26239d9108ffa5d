"""Walks a whole text: Markdown or plain, line by line and sentence by sentence, and says where a finding stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pmfacil.wording.check import LONGEST, check
from pmfacil.wording.lexicon import BUILT_IN, Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.wording.findings import Finding

# What holds nobody's narrative: code, comments, the head of a file, quoted chats, targets of links.
_FENCE: Final = re.compile(
    r"^[ \t]*(?P<fence>```+|~~~+).*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_FRONT: Final = re.compile(r"\A---[ \t]*\n.*?^---[ \t]*$", re.MULTILINE | re.DOTALL)
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CODE: Final = re.compile(r"`[^`\n]*`")
_QUOTE: Final = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_TARGET: Final = re.compile(r"\]\([^()\s]*\)|https?://\S+")
_BREAK: Final = re.compile(r"\n(?=[ \t]*(?:\n|[-*+#|>]|\d+[.)]\s|\Z))|\|")


@dataclass(frozen=True, slots=True)
class Located:
    """A finding and the line and column where it begins, both counted from 1."""

    line: int
    column: int
    finding: Finding


def check_text(text: str, names: tuple[str, ...] = (), lexicon: Lexicon = BUILT_IN) -> tuple[Located, ...]:
    """Return every finding of a text with its place; a sentence may run over several lines."""
    told = _bared(text)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    found = []
    for begun, passage in _passages(told):
        for finding in check(passage, names, lexicon):
            place = begun + finding.start
            line = bisect_right(starts, place)
            found.append(Located(line, place - starts[line - 1] + 1, finding))
    return tuple(found)


def _bared(text: str) -> str:
    """Return the text with what nobody narrates blanked out, every place staying the same."""
    for pattern in (_FRONT, _FENCE, _COMMENT, _CODE, _QUOTE, _TARGET):
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text


def _passages(text: str) -> Iterator[tuple[int, str]]:
    """Yield paragraphs, items and cells with where they begin, none longer than is looked at."""
    begun = 0
    for end in [*(found.start() for found in _BREAK.finditer(text)), len(text)]:
        for start in range(begun, end, LONGEST):
            passage = text[start : min(start + LONGEST, end)]
            if passage.strip():
                yield start, passage.replace("\n", " ")
        begun = end
