"""A line of a document, as people write actions down, without its bullets, boxes, bars, bold and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from pmfacil.wording.action_words import TRACKING

LONGEST: Final = 4000
"""Characters of a line that are read: an action is one sentence, and time must not grow with a pasted log."""

_FEWEST_CELLS: Final = 2


class Status(StrEnum):
    """Whether the action was done when the line was written."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ActionLine:
    """What a line says: `text` of the action, its bold `title`, the further `cells` of a table row, `tracker`."""

    text: str
    title: str = ""
    cells: tuple[str, ...] = ()
    ticked: Status = Status.OPEN
    tracker: str | None = None


def read_line(raw: str) -> ActionLine:
    """Return what a line says, its markup gone; whatever the line, there is an answer."""
    line = " ".join(raw[:LONGEST].split())
    tracker = _tracker(line)
    line, boxed = _unlisted(line)
    cells = _cells(line)
    text = max(cells, key=lambda cell: len(_unlinked(cell)))
    after = cells[cells.index(text) + 1 :]
    text, boxed_inside = _unlisted(text)
    title, text = _titled(text)
    text, said_done = _unfinished(_unlinked(text))
    done = boxed or boxed_inside or said_done or any(_pattern("done_cell").fullmatch(cell) for cell in after)
    return ActionLine(text, _unlinked(title), after, Status.DONE if done else Status.OPEN, tracker)


_SOURCES: Final = {
    "bullet": r"(?:[>*+•–—-]+|\(?\d{1,3}[.)](?!\d)|\[(?P<box>[ xX✓✔]?)\]|(?P<tick>[☐☑✅✓✔]))(?=\s)\s*",
    "link": r"(?<!!)\[(?P<label>[^\[\]]*)\]\((?P<url>[^()\s]*)\)",
    "bare_url": r"<?https?://[^\s<>|()\[\]]+>?",
    "pointer": r"[(\[]?\b(?:see\s+)?(?:link\s+to\s+)?(?:the\s+)?(?:github\s+)?(?:issue|ticket|pr|link|here)s?"
    r"(?:\s+(?:here|raised|created))?\b[)\]]?",
    "number": r"[(\[]{0,2}#\d+[)\]]{0,2}",
    "pointing": r"(?i)(?:(?<=[.?!])\s+|\s*[(\[]\s*)(?:see\s+)?(?:link\s+to\s+)?(?:github\s+)?(?:issue|ticket|pr)"
    r"(?:\s+(?:here|raised|created))?[\s)\]:.]*$",
    "label": r"[*_]*(?:(?:action|decision)?(?:\s*items?)?|ai|todo"
    r"|task)\s*(?:\d+(?:\.\d+)*)?[*_\s]*[:.|—–-]*[*_\s|—–-]*",
    "bold": r"[*_]{2}(?P<title>[^*]{2,120}?)(?:[:.—–]\s*[*_]{2}|[*_]{2}\s*[:.—–-])\s*(?P<rest>\S.*)",
    "colon": r"(?P<title>(?!(?i:owner|assignee|due|dri|deadline|who|when|eta"
    r"|lead)\b)[A-Z][\w /-]{1,40}):\s+(?P<rest>[A-Z].*)",
    "done_cell": r"(?i)(?:done|closed|complete[d]?|fixed|resolved|shipped|✅|☑|\[x\])[.!]?",
    "done_end": r"(?i:\s*[(\[]\s*(?:done|completed?|fixed|shipped)\s*[!.]?\s*[)\]][.!]?$"
    r"|\s+[—–-]+\s*(?:done|completed?|fixed|shipped)[!.]?$|^(?:done|completed?)\s*[:—–-]\s*)|\s+DONE[!.]?$"
    r"|[\s(]*[✅☑]\)?$",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name], re.IGNORECASE if name in {"pointer", "label"} else 0)


def _unlisted(line: str) -> tuple[str, bool]:
    """Return the line without what lists put before it, and whether a box was ticked."""
    ticked = False
    while found := _pattern("bullet").match(line):
        ticked = ticked or bool((found["box"] or "").strip()) or (found["tick"] or "☐") != "☐"
        line = line[found.end() :]
    return line, ticked


def _cells(line: str) -> tuple[str, ...]:
    parts = [cell.strip() for cell in line.split("|")]
    return tuple(cell for cell in parts if cell) if len(parts) >= _FEWEST_CELLS and any(parts) else (line,)


def _titled(text: str) -> tuple[str, str]:
    """Return the bold title and the rest; the label of an action ("ACTION 3.1:") is no title and goes."""
    label = _pattern("label").match(text)
    if label and re.search(r"[\d:|*—–]|(?i:action|todo|decision)", label[0]) and label[0].strip("*_ "):
        text = text[label.end() :]
    text = re.sub(r"(?i)^(?:bug|issue|ticket|story)\s*#?\d{2,9}\s*[:—–-]+\s+", "", text)
    found = _pattern("bold").match(text) or _pattern("colon").match(text)
    return (_bare(found["title"]), _bare(found["rest"])) if found else ("", _bare(text))


def _bare(text: str) -> str:
    return re.sub(r"\*\*|__|[{}]{2}", "", text).strip(" :")


def _unlinked(text: str) -> str:
    """Return the text with the words of its links, and without pointers to a tracker."""
    text = _pattern("link").sub(lambda found: _words_of(found["label"]), text)
    text = _pattern("bare_url").sub("", text)
    text = _pattern("number").sub("", text)
    text = _pattern("pointing").sub("", text)
    return " ".join(re.sub(r"\(\s*\)|\[\s*\]", "", text).split())


def _words_of(label: str) -> str:
    plain = label.strip("# ")
    return "" if plain.isdigit() or _pattern("pointer").fullmatch(plain) or plain.lower() in TRACKING else label


def _unfinished(text: str) -> tuple[str, bool]:
    """Return the text without a "(done)" at its end, and whether there was one."""
    bare = _pattern("done_end").sub("", text)
    return (bare, True) if bare != text and bare else (text, False)


def _tracker(line: str) -> str | None:
    """Return the number of the issue or pull request, or the ticket's key."""
    found = re.search(r"/(?:issues|pull|merge_requests)/(\d+)|(?<![\w/])#(\d+)\b|\b(?i:bug)\s+#?(\d{3,9})\b", line)
    if found:
        return found[1] or found[2] or found[3]
    key = re.search(r"(?<![\w-])(?!EIP-|ERC-|RFC-|CVE-|PEP-|UTF-|SHA-|ISO-|HTTP-)[A-Z][A-Z0-9]{1,9}-\d{2,6}\b", line)
    return key[0] if key else None
