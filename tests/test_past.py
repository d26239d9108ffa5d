"""What earlier post-mortems found and promised, as it is seen in the meeting."""

from __future__ import annotations

from datetime import date

from pmfacil.core.model import ActionState
from pmfacil.past import Past, PastAction, PastCause

ON = date(2026, 3, 12)


def _action(text: str, state: ActionState = ActionState.AGREED) -> PastAction:
    return PastAction(text, "Ana", None, state, "Checkout outage", ON)


CAUSES = (
    PastCause(
        "The staged pipeline is switched off for hot fixes", "Checkout outage", ON, (_action("Stage hot fixes too"),)
    ),
    PastCause("Partner imports skip the check of the currency table", "Checkout outage", ON),
    PastCause(
        "The alert shares its channel with a hundred others",
        "Pager storm",
        ON,
        (_action("Route the latency alert to on-call", ActionState.VERIFIED),),
    ),
)


def test_a_cause_that_says_nearly_the_same_is_found() -> None:
    past = Past(lambda: CAUSES)
    assert past.similar("Hot fixes switch the staged pipeline off")[0] is CAUSES[0]
    assert past.similar("The moon was full") == ()


def test_a_promise_that_is_not_done_is_found_and_a_kept_one_is_not() -> None:
    past = Past(lambda: CAUSES)
    found = past.promised("Stage all hot fixes")
    assert found is not None
    assert (found.text, found.standing) == ("Stage hot fixes too", True)
    assert past.promised("Route the latency alert to on-call people") is None


def test_the_past_is_read_once_and_only_when_it_is_asked_about() -> None:
    asked: list[int] = []

    def read() -> tuple[PastCause, ...]:
        asked.append(1)
        return CAUSES

    past = Past(read)
    assert asked == []
    past.similar("pipeline")
    past.promised("pipeline")
    assert asked == [1]
