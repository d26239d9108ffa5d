"""Markdown's and HTML's marks taken out of words: emphasis, code, links, tags; whatever they say stays."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from pmfacil.core.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST: Final = 4000
"""The most characters of a passage."""

# Every pattern here walks over a text once: what repeats stops at the next mark of its own, so that no document,
# however it was made, is looked through again and again.
_MARK: Final = re.compile(r"[*_~`\[<&\\]")
_CODE: Final = re.compile(r"`+([^`]+)`+")
_ADDRESS: Final = re.compile(r"(?:https?|ftp)://[^\s<>]*[^\s<>*_~]")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK: Final = re.compile(
    r"""!?\[(?P<words>[^\[\]]*)\]\(\s*<?(?P<address>[^()\s<>]*(?:\([^()\s<>]*\)[^()\s<>]*)*)>?"""
    r"""(?:\s+(?P<title>"[^"]*"|'[^']*'))?\s*\)"""
)
_REFERENCE: Final = re.compile(r"!?\[(?P<words>[^\[\]]+)\](?:\[(?P<label>[^\[\]]*)\])?")
_AUTOMATIC: Final = re.compile(r"<((?:[a-zA-Z][a-zA-Z0-9+.-]{1,20}:|[\w.+-]{1,80}@)[^<>\s]*)>")
_ELEMENTS: Final = (
    "a|abbr|address|article|aside|b|blockquote|body|br|caption|center|cite|code|col|colgroup|dd|del|details"
    "|dfn|div|dl|dt|em|figcaption|figure|font|footer|form|h1|h2|h3|h4|h5|h6|head|header|hr|html|i|iframe|img"
    "|input|ins|kbd|label|li|link|main|mark|meta|nav|ol|p|picture|pre|q|s|samp|script|section|small|source"
    "|span|strike|strong|style|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|title|tr|tt|u|ul|var|video"
)
_TAG: Final = re.compile(rf"</?(?P<name>{_ELEMENTS})(?P<rest>[\s/][^<>]*)?>", re.IGNORECASE)
_ANCHOR: Final = re.compile(
    r"<a\s[^<>]*?\bhref\s*=\s*[\"']?(?P<address>[^\"'<>\s]+)[^<>]*>(?P<words>[^<>]*)</a>", re.IGNORECASE
)
_SAID: Final = re.compile(r"\b(?:alt|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_STRONG: Final = re.compile(r"(?<![*\\])(\*{2,3})(?=[^\s*])([^*]+)(?<=\S)\1")
_STAR: Final = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+)(?<=\S)\*(?!\w)")
_LINED: Final = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])((?:[^_]|(?<=\w)_+(?=\w))+)(?<=\S)\1(?!\w)")
_STRAY: Final = re.compile(r"(?<!\w)\*{2,}|\*{2,}(?!\w)|~~|`")
_APART: Final = re.compile(r"br|dd|div|dt|h[1-6]|hr|li|ol|p|td|th|tr|ul", re.IGNORECASE)
# While marks are looked for, those that stand for themselves are hidden behind letters that nobody types.
_HIDDEN: Final = {ord(mark): 0x10FF00 + place for place, mark in enumerate("*_~`[]<>&\\!()")}
_SHOWN: Final = {hidden: mark for mark, hidden in _HIDDEN.items()}
_QUIET: Final = {ord(mark): _HIDDEN[ord(mark)] for mark in "*_~"}
_NESTED: Final = 3  # marks within marks within marks
_PORTION: Final = 40_000  # characters of one paragraph that are looked at together


def plain(text: str, references: Mapping[str, str] | None = None) -> str:
    """Return the words of `text` on one line; `references` are the addresses of links that name a label."""
    if _MARK.search(text) is not None:
        text = " ".join(_plain(portion, references or {}) for portion in cut(text, _PORTION))
    return verbatim(text)


def verbatim(text: str) -> str:
    """Return the words of `text` on one line, with everything that is a mark elsewhere: as in code."""
    return " ".join(visible(text).split())


def cut(text: str, longest: int = LONGEST) -> Iterator[str]:
    """Yield `text` in portions of at most `longest` characters, cut at a blank where there is one."""
    start = 0
    while len(text) - start > longest:
        blank = text.rfind(" ", start + 1, start + longest + 1)
        end = blank if blank > 0 else start + longest
        yield text[start:end].strip()
        start = end
    yield text[start:].strip()


def label_key(label: str) -> str:
    """Return the label of a link as it is compared."""
    return " ".join(label.casefold().split())


def _plain(text: str, references: Mapping[str, str]) -> str:
    if "`" in text:
        text = _CODE.sub(lambda found: found[1].translate(_HIDDEN), text)
    text = _ESCAPED.sub(lambda found: found[1].translate(_HIDDEN), text)
    text = _ADDRESS.sub(lambda found: found[0].translate(_QUIET), text)
    if "[" in text:
        for _ in range(2):  # a picture can be the words of a link
            text = _LINK.sub(_link, text)
        if references:
            text = _REFERENCE.sub(lambda found: _referred(found, references), text)
    if "<" in text:
        text = _ANCHOR.sub(lambda found: _linked(found["words"], found["address"]), text)
        text = _TAG.sub(_tag, _AUTOMATIC.sub(lambda found: found[1].translate(_QUIET), text))
    for _ in range(_NESTED):
        before = text
        text = _LINED.sub(r"\2", _STAR.sub(r"\1", _STRONG.sub(r"\2", text)))
        if text == before:
            break
    return unescape(_STRAY.sub("", text)).translate(_SHOWN)


def _link(found: re.Match[str]) -> str:
    title = (found["title"] or "").strip("\"'")
    return _linked(found["words"], found["address"], title)


def _linked(words: str, address: str, title: str = "") -> str:
    named = words.strip()
    shown = "" if _same(named, address) else f"({address.translate(_QUIET)})" if named else address.translate(_QUIET)
    return " ".join(part for part in (named, "" if title in words else title, shown) if part)


def _same(words: str, address: str) -> bool:
    return not address or (address.removeprefix("mailto:").rstrip("/").endswith(words.rstrip("/")) and "." in words)


def _referred(found: re.Match[str], references: Mapping[str, str]) -> str:
    address = references.get(label_key(found["label"] or found["words"]))
    return _linked(found["words"], address) if address else found[0]


def _tag(found: re.Match[str]) -> str:
    said = (double or single for double, single in _SAID.findall(found["rest"] or ""))
    inside = " ".join(words.translate(_QUIET) for words in said if words)
    return f" {inside} " if inside else " " if _APART.fullmatch(found["name"]) else ""
