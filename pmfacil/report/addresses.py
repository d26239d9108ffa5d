"""Links, addresses and hosts in people's words, for masking; times and version numbers are none of them."""

from __future__ import annotations

import re
from typing import Final

LETTER: Final = (
    r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
)
"""A letter or digit that belongs to the word beside it: scripts that put no blank between words are left out."""

_TAIL = r"\s<>\"“”「」、。（）"  # a Japanese sentence ends an address without a blank
_PATH = rf"[^{_TAIL}]*[^{_TAIL}.,;:!?'’)\]}}*_]"  # up to the full stop of a sentence, which is not its own
_LABEL = rf"(?:{LETTER}|[_-]){{1,63}}"  # RFC 1035, section 2.3.4
_START = rf"(?<!{LETTER})(?<!_)(?<!{LETTER}[._-])(?=_|{LETTER})"
_PORT = rf"(?::\d{{1,5}})?(?:/{_PATH}|/)?"

_LINK = rf"(?<!{LETTER})(?i:[a-z][a-z0-9+.-]{{1,30}}://|www\.){_PATH}"
_BARE_LINK = rf"{_START}(?:{_LABEL}\.)+(?i:com|net|org|io|dev|app|cloud|co|example)(?::\d{{1,5}})?/{_PATH}"
_ADDRESS = (
    rf"(?i:mailto:)?(?<!{LETTER})(?<![._+%-])(?:{LETTER}|[._+%-])+"
    rf"@{_LABEL}(?:\.{_LABEL})*(?!{LETTER})(?::(?=[\w/~]){_PATH})?"
)

_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_IPV4 = rf"(?<!{LETTER})(?<!{LETTER}\.){_OCTET}(?:\.{_OCTET}){{3}}(?!\.?\d)(?!{LETTER}){_PORT}"
# Either all eight groups, or a gap (::) and a digit somewhere: a time of day has no gap, and `a::b` is a name in code.
_IPV6 = (
    rf"(?<!{LETTER})(?<!:)(?i:(?:[0-9a-f]{{1,4}}:){{7}}[0-9a-f]{{1,4}}"
    r"|(?=[0-9a-f:]*\d)(?:(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}"
    r"|(?:[0-9a-f]{1,4}:){1,7}:|:(?::[0-9a-f]{1,4}){1,7}))"
    rf"(?:(?:\.\d{{1,3}}){{3}})?(?:%\w+)?(?!{LETTER})(?!:)"
)

_VERSION = (
    r"(?i:[a-z-]{0,63}\d+(?:\.\d+)+(?:[.+_-]?(?:final|ga|lts|rc|dev|alpha|beta|post|pre|snapshot|release)[\d.]*)*)"
    rf"(?![.+-]?{LETTER})"
)
_SHORT = r"(?i:e\.g|i\.e|a\.m|p\.m|a\.k\.a)\."
# A host is written in one case; `java.lang.NullPointerException` and “restarted.Then” are not.
_LAST = r"(?:[a-z][a-z0-9-]{1,62}|[A-Z][A-Z0-9-]{1,62})"
_DOTTED = rf"{_START}(?!{_VERSION})(?!{_SHORT})(?:{_LABEL}\.){{2,}}{_LAST}(?!{LETTER}|_){_PORT}"
_INSIDE = "internal|local|corp|lan|intra"
_NAMED = rf"{_START}(?:{_LABEL}\.)+(?:{_INSIDE}|{_INSIDE.upper()})(?!{LETTER}|_){_PORT}"

ADDRESSES: Final = re.compile(
    rf"(?P<link>{_LINK}|{_BARE_LINK})|(?P<address>{_ADDRESS})|(?P<host>{_IPV6}|{_IPV4}|{_DOTTED}|{_NAMED})"
)
"""What leads a reader to a place inside: `lastgroup` of a match is `link`, `address` or `host`."""
