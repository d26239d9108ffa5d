"""After the meeting: facts, readers and sharing; and the follow-up, in which done is not yet verified."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.agenda import LEARNING_REVIEW, scaled
from pmfacil.core.ending import ActionId, Effect, Finding, FindingId, FollowUp, FollowUpId, SharingId
from pmfacil.core.errors import Empty, Gone, IllegalValueError, Unfit
from pmfacil.core.facts import Facts, Involvement, PersonId
from pmfacil.core.following import finding_on, follow_up_running, overdue, overdue_by, unanswered
from pmfacil.core.model import ActionState, Anchor, EntryId, PostMortem
from tests.meetings import fresh_service, settle_something

NOW = fresh_service().now()
TODAY = NOW.date()
HELD = FollowUpId("f")


@pytest.fixture
def pm() -> PostMortem:
    return fresh_service().snapshot.post_mortem


@pytest.fixture
def agreed() -> PostMortem:
    """Two actions, one of them late; a follow-up that has begun."""
    service = fresh_service()
    settle_something(service)
    pm = service.snapshot.post_mortem
    causes = pm.settlements[0].causes
    pm = verbs.agree_action(pm, ActionId("late"), "Stage it", causes, due=TODAY - timedelta(days=3))
    pm = verbs.agree_action(pm, ActionId("soon"), "Cap it", causes, due=TODAY + timedelta(days=3))
    return verbs.begin_follow_up(pm, HELD, NOW)


def _finding(action: str, effect: Effect | None = None, **said: str) -> Finding:
    return Finding(FindingId(f"on {action} {effect}"), HELD, ActionId(action), effect, **said)


# -- what is gathered beforehand -----------------------------------------------------------------------


def test_facts_are_trimmed_and_a_tag_is_kept_once(pm: PostMortem) -> None:
    facts = Facts(severity=" SEV1 ", money="£40k, not final", team="payments", tags=("#DB", "db", "  "))
    said = verbs.state_facts(pm, facts).facts
    assert (said.severity, said.money, said.team, said.tags) == ("SEV1", "£40k, not final", "payments", ("db",))
    assert verbs.set_zone(pm, " Asia/Kathmandu ").zone == "Asia/Kathmandu"
    with pytest.raises(Empty):
        verbs.set_zone(pm, " ")


def test_somebody_invited_is_not_here_yet_and_may_read_the_report_instead(pm: PostMortem) -> None:
    pm = verbs.invite(pm, PersonId("d"), "Dana Fox", "director")
    assert (pm.people[0].present, pm.people[0].involvement) == (False, None)
    pm = verbs.involve(pm, PersonId("d"), Involvement.OUTSIDE)
    assert pm.people[0].involvement is Involvement.OUTSIDE
    pm = verbs.read_instead(verbs.name_audience(pm, "payments team"), PersonId("d"))
    assert (pm.people, pm.closing.audience) == ((), "payments team, Dana Fox")


def test_a_template_keeps_team_and_tags_and_nothing_of_the_failure(pm: PostMortem) -> None:
    told = verbs.state_facts(pm, Facts(happened="It fell over", team="payments", tags=("db",)))
    assert verbs.as_template(told, pm.id, "Again", NOW).facts == Facts(team="payments", tags=("db",))


def test_a_moment_is_timed_before_there_is_a_timeline(pm: PostMortem) -> None:
    pm = verbs.time_anchor(pm, Anchor.DETECTED, EntryId("e"), NOW)
    assert (pm.entries[0].text, pm.entries[0].kind, pm.anchors[0].entry) == ("Detected", "signal", EntryId("e"))
    later = verbs.time_anchor(pm, Anchor.DETECTED, EntryId("another"), NOW + timedelta(minutes=5), approximate=True)
    assert [(one.id, one.at, one.approximate) for one in later.entries] == [("e", NOW + timedelta(minutes=5), True)]


def test_a_learning_review_gives_half_of_its_time_to_what_happened() -> None:
    assert scaled(80, LEARNING_REVIEW) == LEARNING_REVIEW
    boxes = scaled(100, LEARNING_REVIEW)
    assert sum(boxes) == 100
    assert boxes[1] == 51


# -- readers and sharing -------------------------------------------------------------------------------


def test_readers_are_added_one_after_the_other_and_nobody_twice(pm: PostMortem) -> None:
    for reader in ("support", "sales; legal", "support"):
        pm = verbs.add_reader(pm, reader)
    assert pm.closing.audience == "support, sales, legal"
    with pytest.raises(Empty):
        verbs.add_reader(pm, "  ")


def test_it_is_kept_when_the_report_went_out_and_to_whom(pm: PostMortem) -> None:
    pm = verbs.share_report(pm, SharingId("s"), " support, sales ", NOW)
    assert (pm.sharings[0].text, pm.sharings[0].at) == ("support, sales", NOW)
    assert verbs.delete_sharing(pm, SharingId("s")).sharings == ()
    with pytest.raises(Gone):
        verbs.delete_sharing(pm, SharingId("nowhere"))


# -- the follow-up -------------------------------------------------------------------------------------


def test_a_follow_up_needs_actions_and_begins_once(pm: PostMortem, agreed: PostMortem) -> None:
    with pytest.raises(Unfit, match="There are no actions to follow up"):
        verbs.begin_follow_up(pm, HELD, NOW)
    assert verbs.begin_follow_up(agreed, FollowUpId("again"), NOW) is agreed
    assert follow_up_running(agreed) == FollowUp(HELD, NOW)
    assert follow_up_running(pm) is None


def test_what_is_late_or_done_without_an_effect_asks_for_an_answer(agreed: PostMortem) -> None:
    held = agreed.follow_ups[0]

    def asks(pm: PostMortem) -> list[str]:
        return [action.id for action in unanswered(pm, held, TODAY)]

    assert asks(agreed) == ["late"]
    done = verbs.move_action(agreed, ActionId("soon"), ActionState.DONE, "", NOW)
    assert asks(done) == ["late", "soon"]
    tried = verbs.note_finding(done, _finding("soon", Effect.NO_CHANCE), NOW)
    redated = verbs.redate_action(tried, ActionId("late"), TODAY + timedelta(days=7))
    assert asks(redated) == []
    assert asks(verbs.redate_action(redated, ActionId("late"), None)) == ["late"]
    assert asks(verbs.move_action(agreed, ActionId("late"), ActionState.DROPPED, "no use any more", NOW)) == []


@pytest.mark.parametrize(
    ("effect", "state"),
    [
        (Effect.SEEN, ActionState.VERIFIED),
        (Effect.NOT_SEEN, ActionState.DONE),
        (Effect.NO_CHANCE, ActionState.DONE),
        (None, ActionState.AGREED),
    ],
)
def test_only_an_effect_that_was_seen_verifies(agreed: PostMortem, effect: Effect | None, state: ActionState) -> None:
    after = verbs.note_finding(agreed, _finding("late", effect, note=" quiet since "), NOW + timedelta(days=21))
    action = after.actions[0]
    assert action.state is state
    assert action.moved_at == (NOW + timedelta(days=21) if effect else None)
    found = finding_on(after, after.follow_ups[0], action.id)
    assert found is not None
    assert found.note == "quiet since"


def test_an_answer_is_taken_back_by_another_one(agreed: PostMortem) -> None:
    seen = verbs.note_finding(agreed, _finding("late", Effect.SEEN), NOW)
    unseen = verbs.note_finding(seen, _finding("late", Effect.NOT_SEEN, elsewhere="billing too"), NOW)
    assert len(unseen.findings) == 1
    assert (unseen.findings[0].id, unseen.findings[0].elsewhere) == (seen.findings[0].id, "billing too")
    assert unseen.actions[0].state is ActionState.DONE
    with pytest.raises(Gone):
        verbs.note_finding(agreed, _finding("nothing"), NOW)


def test_a_deleted_action_takes_what_was_found_about_it_along(agreed: PostMortem) -> None:
    found = verbs.note_finding(agreed, _finding("late", Effect.SEEN), NOW)
    assert verbs.delete_action(found, ActionId("late")).findings == ()


def test_the_end_says_whether_the_room_looks_once_more(agreed: PostMortem) -> None:
    ended = verbs.end_follow_up(agreed, HELD, NOW, date(2026, 5, 1))
    assert (ended.follow_ups[0].ended_at, ended.closing.follow_up_on) == (NOW, date(2026, 5, 1))
    assert follow_up_running(ended) is None
    again = verbs.begin_follow_up(ended, FollowUpId("g"), NOW)
    assert len(again.follow_ups) == 2


def test_late_is_what_is_promised_for_a_day_that_has_passed(agreed: PostMortem) -> None:
    late, soon = agreed.actions
    assert (overdue(late, TODAY), overdue(soon, TODAY)) == (True, False)
    assert overdue_by(late.due, late.state, TODAY) == 3
    assert overdue_by(late.due, ActionState.DONE, TODAY) == 0
    assert overdue_by(None, ActionState.AGREED, TODAY) == 0


def test_no_door_brings_in_a_finding_about_nothing(agreed: PostMortem) -> None:
    for wrong in (
        {"findings": (_finding("nothing"),)},
        {"findings": (replace(_finding("late"), follow_up=FollowUpId("nowhere")),)},
        {"findings": (_finding("late"), _finding("late", Effect.SEEN))},
        {"follow_ups": (FollowUp(HELD, NOW), FollowUp(FollowUpId("g"), NOW, NOW))},
        {"facts": Facts(tags=("db", "db"))},
        {"facts": Facts(tags=(" ",))},
    ):
        with pytest.raises(IllegalValueError):
            replace(agreed, **wrong)
