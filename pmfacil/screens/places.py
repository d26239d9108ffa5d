"""Where in the app a place that was found stands: which step, and which row of it."""

from __future__ import annotations

from typing import Final

from pmfacil.core.agenda import Step
from pmfacil.widgets.rows.actions import ACTION, CAUSE, FIX
from pmfacil.widgets.rows.causes import IMPACT, TRIGGER
from pmfacil.widgets.rows.close import FIELD, QUESTION

_PLACES: Final = {
    "impact": (Step.CAUSES, IMPACT),
    "trigger": (Step.CAUSES, TRIGGER),
    "timeline": (Step.TIMELINE, "{item}"),
    "second account": (Step.TIMELINE, "{item}"),
    "cause": (Step.CAUSES, "{item}"),
    "what worked": (Step.WORKED, "{item}"),
    "action": (Step.ACTIONS, ACTION + "{item}"),
    "no actions": (Step.ACTIONS, ""),
    "follow-up": (Step.ACTIONS, ACTION + "{item}"),
    "parked fix": (Step.ACTIONS, FIX + "{item}"),
    "adopted fix": (Step.ACTIONS, ACTION + "{item}"),
    "accepted risk": (Step.CAUSES, "{item}"),
    "settled cause": (Step.ACTIONS, CAUSE + "{item}"),
    "closing": (Step.CLOSE, FIELD + "{item}"),
    "open question": (Step.CLOSE, QUESTION + "{item}"),
}


def place_of(part: str, item: str) -> tuple[Step | None, str]:
    """Return the step in which a passage stands and the key of its row; no step for what stands in none."""
    step, key = _PLACES.get(part, (None, ""))
    return step, key.format(item=item) if step is not None else ""
