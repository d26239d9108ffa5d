"""What headings and labels call the parts of a post-mortem, in the words of the common templates."""

from __future__ import annotations

import re
from typing import Final

from pmfacil.core.record import Part
from pmfacil.intake.written.marks import plain
from pmfacil.intake.written.names import NO_PART, OTHER, PARTS

_SECTION_WORDS: Final = 3
_NUMBERED: Final = re.compile(r"^(?:\W|\d{1,2}[.):]|\d{1,2}\.\d{1,2}\.?(?=\s)|[ivx]{1,4}[.)])+")
_BOLD: Final = re.compile(r"(?P<mark>\*\*\*?|__)(?P<words>[^*\n]{2,100}?)(?P=mark)\s*:?\s*$")
_BOLD_LABEL: Final = re.compile(
    r"(?P<mark>\*\*\*?|__|\*|_)(?P<words>[^*_:|]{2,60}?)\s*(?::(?P=mark)|(?P=mark)\s*:)(?:\s|$)"
)
_LABEL: Final = re.compile(r"(?P<words>[^\W\d_][^*_:|\[\]<>`.]{1,58}?)\s*:(?:\s|$)")
_SLANTED: Final = re.compile(r"\s*(?:\*(?![*\s])[^*]+\*|_(?![_\s])(?:[^_]|(?<=\w)_(?=\w))+_)[\s.]*")
_SUMMARY_TAG: Final = re.compile(r"<summary>(?P<words>[^<>]{2,80})</summary>\s*$", re.IGNORECASE)
_MOST_WORDS: Final = 12
_LABEL_WORDS: Final = 5
_LONGEST: Final = 160


def part_of(heading: str, *, words: int = _MOST_WORDS) -> Part | None:
    """Return which part a heading names; `TEXT` for one that is known and none of these, None for one that is not."""
    if len(heading) > _LONGEST:
        return None
    said = _NUMBERED.sub("", plain(heading).casefold()).rstrip(" :.!?#-–—")
    if not said or len(said.split()) > words:
        return None
    if NO_PART.search(said):
        return Part.TEXT
    bare = said.partition("(")[0].strip() or said
    found = {
        part: match.start() for part, names in PARTS.items() if (match := names.search(bare) or names.search(said))
    }
    if found:
        return min(found, key=lambda part: found[part])
    return Part.TEXT if OTHER.search(said) else None


def names_section(heading: str) -> bool:
    """Tell whether a heading only names a part, and so is no title: `Incident summary`, `Impact`."""
    said = _NUMBERED.sub("", plain(heading[:_LONGEST]).casefold()).rstrip(" :.!?#-–—")
    if OTHER.fullmatch(said) or NO_PART.fullmatch(said):
        return True
    return len(said.split()) <= _SECTION_WORDS and part_of(heading) not in {None, Part.TEXT}


def label_of(line: str) -> tuple[str, str] | None:
    """Return the label that begins a line, and what follows it: `**Root cause:** a full disk`; None where none does."""
    found = _BOLD_LABEL.match(line) or _LABEL.match(line)
    if found is None or len(found["words"].split()) > _LABEL_WORDS:
        return None
    return found["words"], line[found.end() :].strip(" *_")


def stands_alone(line: str) -> bool:
    """Tell whether a line is a heading without the marks of one: bold words, or a label with nothing after it."""
    return alone(line) is not None


def alone(line: str) -> str | None:
    """Return the words of a line that stands alone as a heading would; None where it does not."""
    if len(line) > _LONGEST:
        return None
    found = _BOLD.match(line) or _SUMMARY_TAG.match(line)
    if found:
        return None if found["words"].rstrip().endswith((".", ",", ";")) else found["words"]
    label = label_of(line)
    return label[0] if label and not label[1] else None


def slanted(text: str) -> bool:
    """Tell whether a text is slanted from its first word to its last, as instructions are in templates."""
    return _SLANTED.fullmatch(text) is not None


def opens(line: str) -> bool:
    """Tell whether a line begins with the label of a part, so that it begins a paragraph of its own."""
    label = label_of(line)
    return label is not None and part_of(label[0], words=_LABEL_WORDS) is not None
