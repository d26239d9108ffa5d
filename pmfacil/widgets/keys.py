"""The footer: the keys that matter now, as many as fit, never one cut in the middle."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from textual.content import Content

from pmfacil.widgets.plain import joined, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_RANKS: Final = 3
_GAP: Final = Content("  ")


class Shown(Protocol):
    """Something with a key, a short label, and how much it is wanted (1 most, 0 never)."""

    @property
    def shown_key(self) -> str:
        """The key as people read it."""

    @property
    def label(self) -> str:
        """What it does, in a word or two."""

    @property
    def rank(self) -> int:
        """How much it is wanted in the footer."""


def keys_line(commands: Iterable[Shown], width: int) -> Content:
    """Return the footer for that many cells: the most wanted keys that fit, in the order in which they came."""
    items = [(command.rank, _item(command.shown_key, command.label)) for command in commands if command.rank]
    chosen: set[int] = set()
    room = width + _GAP.cell_length
    for rank in range(1, _RANKS + 1):
        for index, (wanted, item) in enumerate(items):
            taken = item.cell_length + _GAP.cell_length
            if wanted == rank and taken <= room:
                chosen.add(index)
                room -= taken
    return _GAP.join([item for index, (_, item) in enumerate(items) if index in chosen])


@lru_cache(maxsize=512)
def _item(key: str, label: str) -> Content:
    return joined(plain(key, "bold $foreground"), plain(f" {label}", "$quiet"))
