"""The six steps of the meeting and the minutes planned for each."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from pmfacil.core.errors import Unfit


class Step(StrEnum):
    """A step of the live meeting, in the order in which the room takes them."""

    OPEN = "open"
    TIMELINE = "timeline"
    CAUSES = "causes"
    WORKED = "worked"
    ACTIONS = "actions"
    CLOSE = "close"

    @property
    def called(self) -> str:
        """The name on the rail."""
        return _TITLES[self]

    @property
    def number(self) -> int:
        """One to six."""
        return STEPS.index(self) + 1

    @property
    def following(self) -> Step | None:
        """The step after this one; None after the last."""
        return STEPS[self.number] if self.number < len(STEPS) else None

    @property
    def preceding(self) -> Step | None:
        """The step before this one; None before the first."""
        return STEPS[self.number - 2] if self.number > 1 else None


STEPS: Final = tuple(Step)
_TITLES: Final = dict(zip(STEPS, ("Open", "Timeline", "Root causes", "What worked", "Actions", "Close"), strict=True))

Boxes = tuple[int, int, int, int, int, int]
"""Planned minutes for each step, in order."""

DEFAULT_BOXES: Final[Boxes] = (5, 20, 25, 10, 15, 5)
PRESETS: Final[tuple[int, ...]] = (60, 80, 90)
"""Whole-meeting lengths, in minutes, that are one key away."""

LEAST_FOR_WORKED: Final = 3
"""Minutes that "What worked" keeps however short the meeting gets (product.md, section 11)."""

LEARNING_REVIEW: Final[Boxes] = (5, 40, 15, 5, 10, 5)
"""Half of the time for what happened: what is to be understood more than mended (product.md, section 3)."""

_SHORTEST, _LONGEST = 15, 480


def scaled(total: int, shape: Boxes = DEFAULT_BOXES) -> Boxes:
    """Return the boxes for a meeting of `total` minutes, in the proportions of `shape`.

    Every step keeps at least one minute, "What worked" at least three, and the sum is exactly `total`.
    Refuses a total outside 15 to 480 minutes.
    """
    if not _SHORTEST <= total <= _LONGEST:
        msg = f"A meeting takes {_SHORTEST} to {_LONGEST} minutes; {total} does not fit six steps."
        raise Unfit(msg)
    share = total / sum(shape)
    boxes = [max(1, round(minutes * share)) for minutes in shape]
    worked = STEPS.index(Step.WORKED)
    boxes[worked] = max(boxes[worked], LEAST_FOR_WORKED)
    # Rounding leaves a minute or two over or short: the longest box has room for it.
    boxes[boxes.index(max(boxes))] += total - sum(boxes)
    return (boxes[0], boxes[1], boxes[2], boxes[3], boxes[4], boxes[5])
