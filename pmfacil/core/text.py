"""Text as people type it: trimmed for keeping, made visible for showing."""

from __future__ import annotations

from typing import Final

from pmfacil.core.errors import Empty

# C0, DEL and C1 controls become their Unicode control pictures (U+2400 block), so that no escape
# sequence in typed or imported text ever reaches a terminal, and the reader still sees that it was there.
_VISIBLE = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_VISIBLE |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD) | {ord("\n"): 0x20, ord("\t"): 0x20, ord("\r"): 0x20}
# Overrides and isolates of direction (UAX #9) turn round what stands beside them: another person's words.
_VISIBLE |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD) | {0x2028: 0x20, 0x2029: 0x20}
# Lone surrogates come from a broken terminal or a file's name; no terminal, UTF-8 file or database can hold them.
_HALVES = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
_VISIBLE |= _HALVES
AS_JSON: Final = {
    code: f"\\u{code:04x}"
    for code in (*range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
"""What JSON may hold as it is and a terminal that shows it would obey; escaped, it means the same (`str.translate`)."""
_SURROGATES = _HALVES | {0: 0x2400}


def visible(text: str) -> str:
    """Return `text` on one line, with nothing in it that a terminal obeys: what is none of the words is a picture."""
    return text.translate(_VISIBLE)


def kept(text: str) -> str:
    """Return `text` as it is kept: trimmed, and free of what neither SQLite nor UTF-8 can hold."""
    return text.translate(_SURROGATES).strip()


def required(text: str, field: str) -> str:
    """Return `text` as it is kept, or refuse with `Empty(field)` where nothing remains."""
    if not (words := kept(text)):
        raise Empty(field)
    return words


def shortened(text: str, cells: int) -> str:
    """Return `text` on one line of at most `cells` characters, cut at a word where it can be."""
    line = " ".join(visible(text).split())
    if len(line) <= cells:
        return line
    head = line[: cells - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > cells // 2 else head).rstrip(" ,;:.") + "…"
