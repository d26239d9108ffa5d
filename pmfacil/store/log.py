"""Whether a write-ahead log is whole: SQLite passes over what follows a damaged frame, and says nothing.

The format is that of sqlite.org/fileformat2.html, section 4.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_HEADER: Final = 32
_FRAME_HEADER: Final = 24
_LITTLE, _BIG = 0x377F0682, 0x377F0683
_WRAP: Final = 0xFFFFFFFF
_PAGES: Final = frozenset(512 << power for power in range(8))

_Sum = tuple[int, int]


def lost_saves(log: Path) -> int:
    """Return how many saves stand in a write-ahead log behind damage, where SQLite does not read them.

    What a power cut leaves unfinished at the end is no damage. A log that is not there has lost nothing.
    """
    try:
        data = log.read_bytes()
    except FileNotFoundError:
        return 0
    size = int.from_bytes(data[8:12])
    if size not in _PAGES:
        size = 4096
    length = _FRAME_HEADER + size
    starts = range(_HEADER, len(data) - length + 1, length)
    readable = _readable(data, starts, length)
    salt = data[_HEADER + 8 : _HEADER + 16] if readable is None else data[16:24]
    return sum(
        data[at + 8 : at + 16] == salt and any(data[at + 4 : at + 8])
        for at in starts
        if readable is None or at >= readable
    )


def _readable(data: bytes, starts: range, length: int) -> int | None:
    """Return where SQLite stops to read; None: it does not begin, the log's own header being damaged."""
    magic = int.from_bytes(data[:4])
    order = ">" if magic == _BIG else "<"
    total = _summed(data[:24], order, (0, 0))
    if magic not in (_LITTLE, _BIG) or total != struct.unpack(">2I", data[24:_HEADER].ljust(8)):
        return None
    for at in starts:
        total = _summed(data[at : at + 8] + data[at + _FRAME_HEADER : at + length], order, total)
        if data[at + 8 : at + 16] != data[16:24] or total != struct.unpack(">2I", data[at + 16 : at + 24]):
            return at
    return len(data)


def _summed(data: bytes, order: str, before: _Sum) -> _Sum:
    first, second = before
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data[: len(data) // 4 * 4]))
    for one, two in zip(words, words, strict=False):
        first = (first + one + second) & _WRAP
        second = (second + two + first) & _WRAP
    return first, second
