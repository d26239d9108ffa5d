"""From bytes to text: UTF-8 and UTF-16 by their marks, old Western tables as a last resort, nothing binary."""

from __future__ import annotations

import codecs
import re
from typing import Final

from pmfacil.core.errors import Unfit

_UTF32: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NAMED: Final = {b"%PDF-": "a PDF", b"\x1f\x8b": "a compressed file (gzip)", b"\xd0\xcf\x11\xe0": "an old Office file"}
_CONTROLS: Final = re.compile(r"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_LOOKED_AT: Final = 65_536  # characters that decide whether this is text
_TOLERATED: Final = 0.02  # share of control characters that a log with colours does not reach
WESTERN: Final = ("cp1252", "latin-1")  # read for want of anything better, so some letters may be wrong
_LONGEST_SEQUENCE: Final = 4  # bytes of one character in UTF-8


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text in `data`, without its byte order mark, and the encoding it was read in.

    Raises `Unfit` for what is no text: NUL characters, a PDF, a compressed file, UTF-16 that is cut short.
    """
    for start, name in _NAMED.items():
        if data.startswith(start):
            sentence = f"This is {name}, not text: save or unpack it as text, CSV or JSON first."
            raise Unfit(sentence)
    text, name = _read(data)
    head = text[:_LOOKED_AT]
    if "\x00" in text or len(_CONTROLS.findall(head)) > _TOLERATED * len(head):
        sentence = "This file is not text, or not in UTF-8: save it as UTF-8 text, CSV or JSON first."
        raise Unfit(sentence)
    return text, name


def _read(data: bytes) -> tuple[str, str]:
    marked = "utf-32" if data.startswith(_UTF32) else "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    try:
        return data.decode(marked), marked
    except UnicodeDecodeError as fault:
        if marked != "utf-8-sig":
            sentence = f"This {marked.upper()} file is damaged or cut short: save it again as UTF-8."
            raise Unfit(sentence) from None
        # A file that was cut short within its last character is still UTF-8.
        if fault.reason == "unexpected end of data" and len(data) - fault.start < _LONGEST_SEQUENCE:
            return data[: fault.start].decode(marked), marked
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"
