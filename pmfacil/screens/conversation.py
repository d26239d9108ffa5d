"""What the capture line is doing: taking a line, or asking the room something in place, without a dialog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Question:
    """Something asked in the capture line.

    `answer` takes what was typed and returns whether it was accepted (if not, the words stay to be mended).
    `confirms` questions take Enter alone. `set_aside` is what was half typed before, and comes back after.
    """

    text: str
    answer: Callable[[str], bool]
    confirms: bool = False
    set_aside: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something pmfacil proposes in one quiet line; `^O` takes it, Esc lets it go, and nothing waits for either."""

    key: str
    text: str
    accept: Callable[[], object]
    decline: Callable[[], object]
