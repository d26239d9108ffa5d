"""What a follow-up has before it, and what of it is still to be answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pmfacil.core.model import ActionState

if TYPE_CHECKING:
    from datetime import date

    from pmfacil.core.ending import ActionId, Finding, FollowUp
    from pmfacil.core.model import Action, PostMortem

BOX: Final = timedelta(minutes=15)
"""How long a follow-up takes (product.md, section 9)."""

SOON: Final = timedelta(days=7)
"""An action that is due within a week is due soon."""

OVER: Final = frozenset([ActionState.DONE, ActionState.VERIFIED, ActionState.DROPPED])
"""States in which nothing is promised any more."""


def follow_up_running(pm: PostMortem) -> FollowUp | None:
    """Return the follow-up that the room is in; None where it is in none."""
    newest = pm.follow_ups[-1] if pm.follow_ups else None
    return newest if newest is not None and newest.ended_at is None else None


def finding_on(pm: PostMortem, follow_up: FollowUp, action: ActionId) -> Finding | None:
    """Return what a follow-up found about an action; None where it has not said."""
    said = (one for one in pm.findings if (one.follow_up, one.action) == (follow_up.id, action))
    return next(said, None)


def overdue_by(due: date | None, state: ActionState, today: date) -> int:
    """Return how many days ago an action was promised for, while it is not done; else nought."""
    return max(0, (today - due).days) if due is not None and state not in OVER else 0


def overdue(action: Action, today: date) -> bool:
    """Whether an action is promised for a day that has passed."""
    return overdue_by(action.due, action.state, today) > 0


def unanswered(pm: PostMortem, follow_up: FollowUp, today: date) -> tuple[Action, ...]:
    """Return the actions about which the follow-up still has to say something.

    A done action needs its effect; one that is still open needs a day to come.
    """
    return tuple(action for action in pm.actions if _asks(pm, follow_up, action, today))


def _asks(pm: PostMortem, follow_up: FollowUp, action: Action, today: date) -> bool:
    match action.state:
        case ActionState.VERIFIED | ActionState.DROPPED:
            return False
        case ActionState.DONE:
            found = finding_on(pm, follow_up, action.id)
            return found is None or found.effect is None
        case _:
            return action.due is None or action.due < today
