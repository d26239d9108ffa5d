"""The last thing before the terminal: whatever a widget shows, ours or a library's, holds nothing that is obeyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

from pmfacil.core.text import visible

if TYPE_CHECKING:
    from textual.color import Color


class Sieve(LineFilter):
    """Takes control characters out of every line; their cells, where they have any, show U+FFFD.

    Words of people are pictures before they come here (`widgets/plain.py`). A picker of files, though, shows names as
    they are, and an input what it was given: there an escape sequence of an imported line could reach the clipboard.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - no colour matters
        """Return the segments as they are to be sent."""
        if all(text.isprintable() for text, _, _ in segments):
            return segments
        return [Segment(_tame(text), style, control) for text, style, control in segments]


def _tame(text: str) -> str:
    return "".join(one if visible(one) == one else "\ufffd" * cell_len(one) for one in text)
