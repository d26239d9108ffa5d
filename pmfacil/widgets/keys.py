"""The footer: the keys that matter now, as many as fit, never cut in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from textual.content import Content

from pmfacil.widgets.plain import joined, plain

if TYPE_CHECKING:
    from collections.abc import Iterable


class Shown(Protocol):
    """Something with a key and a short label."""

    @property
    def shown_key(self) -> str:
        """The key as people read it."""

    @property
    def label(self) -> str:
        """What it does, in a word or two."""

    @property
    def footer(self) -> bool:
        """Whether it belongs in the footer."""


def keys_line(commands: Iterable[Shown], width: int) -> Content:
    """Return the footer for a screen of that many cells."""
    shown: list[Content] = []
    used = 0
    for command in commands:
        if not command.footer:
            continue
        key = plain(command.shown_key, "bold $foreground")
        item = joined(key, plain(f" {command.label}", "$quiet"))
        used += item.cell_length + (3 if shown else 0)
        if used > width:
            break
        shown.append(item)
    return Content("   ").join(shown)
