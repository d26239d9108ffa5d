"""What earlier post-mortems found and promised, as it is seen in the meeting."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pmfacil.core import operations as verbs
from pmfacil.core.kind import Kind
from pmfacil.core.model import ActionState
from pmfacil.past import Past, PastAction, PastCause, PastStory
from tests.meetings import settle_something

if TYPE_CHECKING:
    from pmfacil.library import Library

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


STORIES = (
    PastStory("a", "Mail was late", ON, "Mail was late: the relay held the queue of confirmation mails back for hours"),
    PastStory(
        "b",
        "Cards were refused",
        ON,
        "Cards were refused after a certificate of the bank had expired over a weekend",
        (_action("Alert before a certificate expires", ActionState.BLOCKED),),
    ),
)


def test_earlier_post_mortems_that_are_about_much_the_same_are_found_with_their_actions() -> None:
    past = Past(tuple, lambda: STORIES)
    (found,) = past.like("An expired certificate")
    assert (found.id, found.actions[0].state, found.actions[0].standing) == ("b", ActionState.BLOCKED, True)
    assert past.like("The relay held mails back")[0].id == "a"
    assert past.like("The moon was full") == past.like("") == ()


def test_where_nothing_was_kept_nothing_is_found() -> None:
    past = Past(tuple)
    assert (past.similar("pipeline"), past.like("pipeline"), past.promised("pipeline")) == ((), (), None)


def test_written_post_mortems_are_part_of_the_past(library: Library) -> None:
    """Their causes and stories come after ours; their actions are words, and no promises."""
    here = library.begin("here", Kind.INCIDENT, None)
    ours = library.open(library.begin("Cards refused", Kind.INCIDENT, date(2026, 3, 1)))
    settle_something(ours)
    ours.do(
        verbs.reword_cause,
        ours.snapshot.post_mortem.settlements[-1].causes[0],
        "Certificates expire where nobody sees it",
    )
    library.archive.take_in(
        "# Mail was late\n\n## Summary\n\nThe relay held confirmation mails back.\n\n"
        "## Root causes\n\n- Nobody sees certificates of the relay expire\n\n## Action items\n\n- Watch certificates\n",
        "mail.md",
    )
    past = library.past(here)
    assert [one.title for one in past.similar("certificates expire and nobody sees it")] == [
        "Cards refused",
        "Mail was late",
    ]
    assert [one.title for one in past.like("a relay held mails back")] == ["Mail was late"]
    assert past.promised("Watch certificates") is None
