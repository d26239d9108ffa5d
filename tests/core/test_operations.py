"""Each verb keeps its rule, and refuses with a sentence that says what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.coverage import coverage, letter, newest_settlement
from pmfacil.core.ending import ActionId
from pmfacil.core.errors import (
    AlreadyDecided,
    AnsweredBelow,
    CarriesActions,
    Empty,
    GateClosed,
    Gone,
    IllegalValueError,
    NeedsReason,
    OutsideWindow,
    Refusal,
    StopsAtAPerson,
    Unfit,
)
from pmfacil.core.facts import PersonId
from pmfacil.core.gate import settlement_standing
from pmfacil.core.kind import Kind
from pmfacil.core.model import (
    ActionState,
    Area,
    CauseId,
    DissentId,
    Entry,
    EntryId,
    EntryKind,
    Fate,
    FixId,
    Mark,
    PostMortem,
    QuestionId,
    SettlementId,
    StrengthId,
)
from pmfacil.core.tree import depth, leaves, standing, subtree, walk
from tests.meetings import fresh_service, settle_something

NOW = fresh_service().now()


@pytest.fixture
def pm() -> PostMortem:
    return fresh_service().snapshot.post_mortem


@pytest.fixture
def settled() -> PostMortem:
    service = fresh_service()
    settle_something(service)
    return service.snapshot.post_mortem


def _at(minutes: float) -> Entry:
    return Entry(EntryId(f"at {minutes}"), "something", at=NOW + timedelta(minutes=minutes))


def _why(pm: PostMortem, id: str, parent: str | None = None) -> PostMortem:
    return verbs.ask_why(pm, CauseId(id), f"because of {id}", CauseId(parent) if parent else None, NOW)


# -- the whole ---------------------------------------------------------------------------------------


def test_facts_can_be_corrected(pm: PostMortem) -> None:
    changed = verbs.date_incident(verbs.change_kind(verbs.rename(pm, " Other "), Kind.PROJECT), None)
    assert (changed.title, changed.kind, changed.occurred_on) == ("Other", Kind.PROJECT, None)


def test_boxes_can_be_set_one_by_one_but_none_to_nothing(pm: PostMortem) -> None:
    assert verbs.plan_boxes(pm, (1, 1, 1, 3, 1, 1)).boxes[3] == 3
    with pytest.raises(Unfit, match="at least one minute"):
        verbs.plan_boxes(pm, (0, 1, 1, 1, 1, 1))


def test_a_norm_is_ticked_and_unticked(pm: PostMortem) -> None:
    ticked = verbs.tick_norm(pm, "hindsight")
    assert ticked.norms_read == ("hindsight",)
    assert verbs.tick_norm(ticked, "hindsight").norms_read == ()


def test_people_come_go_and_are_corrected(pm: PostMortem) -> None:
    here = verbs.welcome(pm, PersonId("p"), " Ana ", " on-call ")
    assert here.people[0].present
    away = verbs.mark_present(verbs.introduce(here, PersonId("p"), "Ana Ruiz", ""), PersonId("p"), present=False)
    assert (away.people[0].name, away.people[0].role, away.people[0].present) == ("Ana Ruiz", "", False)
    assert verbs.remove_person(away, PersonId("p")).people == ()
    with pytest.raises(Gone, match="That person is no longer here"):
        verbs.remove_person(pm, PersonId("p"))


# -- the timeline --------------------------------------------------------------------------------------


def test_entries_stand_in_the_order_of_their_times_and_unknown_ones_where_they_were_said(pm: PostMortem) -> None:
    unknown = Entry(EntryId("unknown"), "no idea when")
    for entry in (_at(10), unknown, _at(20), _at(15), _at(5)):
        pm = verbs.record_entry(pm, entry)
    assert [entry.id for entry in pm.entries] == ["at 5", "at 10", "unknown", "at 15", "at 20"]


def test_retiming_moves_an_entry_and_keeps_how_long_it_took(pm: PostMortem) -> None:
    lasting = replace(_at(0), until=NOW + timedelta(minutes=4))
    pm = verbs.record_entry(verbs.record_entry(pm, lasting), _at(10))
    moved = verbs.retime_entry(pm, lasting.id, NOW + timedelta(minutes=20))
    assert [entry.id for entry in moved.entries] == ["at 10", "at 0"]
    assert moved.entries[1].until == NOW + timedelta(minutes=24)
    unknown = verbs.retime_entry(moved, lasting.id, None)
    assert (unknown.entries[1].at, unknown.entries[1].until) == (None, None)


def test_an_entry_cannot_end_before_it_starts(pm: PostMortem) -> None:
    for wrong in (replace(_at(0), until=NOW - timedelta(minutes=1)), Entry(EntryId("e"), "x", until=NOW)):
        with pytest.raises(Unfit, match="cannot end before it starts"):
            verbs.record_entry(pm, wrong)


def test_editing_the_words_leaves_an_entry_in_its_place(pm: PostMortem) -> None:
    pm = verbs.record_entry(verbs.record_entry(pm, _at(0)), Entry(EntryId("later"), "later", at=NOW))
    edited = verbs.revise_entry(pm, replace(_at(0), text="better words"))
    assert [entry.text for entry in edited.entries] == ["better words", "later"]


def test_only_a_signal_is_acted_on_or_not(pm: PostMortem) -> None:
    pm = verbs.record_entry(pm, _at(0))
    with pytest.raises(Unfit, match="Make this entry a signal first"):
        verbs.judge_signal(pm, EntryId("at 0"), acted_on=True)
    signal = verbs.classify_entry(pm, EntryId("at 0"), EntryKind.SIGNAL)
    judged = verbs.judge_signal(signal, EntryId("at 0"), acted_on=False)
    assert verbs.classify_entry(judged, EntryId("at 0"), EntryKind.SIGNAL).entries[0].acted_on is False
    assert verbs.classify_entry(judged, EntryId("at 0"), EntryKind.EVENT).entries[0].acted_on is None


def test_the_room_agrees_and_a_later_change_is_noted(pm: PostMortem) -> None:
    with pytest.raises(Unfit, match="no timeline to agree on yet"):
        verbs.agree_timeline(pm, NOW)
    agreed = verbs.agree_timeline(verbs.record_entry(pm, _at(0)), NOW)
    assert agreed.agreement is not None
    assert not agreed.agreement.amended
    starred = verbs.star_entry(agreed, EntryId("at 0"))
    assert starred.entries[0].starred
    assert starred.agreement == agreed.agreement
    amended = verbs.record_entry(agreed, _at(5)).agreement
    assert amended is not None
    assert amended.amended


def test_a_second_account_is_kept_beside_the_timeline(pm: PostMortem) -> None:
    assert verbs.dissent_from_timeline(pm, DissentId("d"), " earlier ").dissents[0].text == "earlier"
    with pytest.raises(Empty, match="second account"):
        verbs.dissent_from_timeline(pm, DissentId("d"), "")


def test_deleting_an_entry_takes_the_links_to_it_along(pm: PostMortem) -> None:
    pm = _why(_why(verbs.record_entry(pm, _at(0)), "a"), "b")
    pm = verbs.link_evidence(pm, CauseId("a"), EntryId("at 0"))
    assert verbs.link_evidence(pm, CauseId("a"), EntryId("at 0")).causes[0].evidence == ()
    assert verbs.delete_entry(pm, EntryId("at 0")).causes[0].evidence == ()


# -- the causes ------------------------------------------------------------------------------------------


def test_the_tree_is_read_from_the_top_with_branches_in_order(pm: PostMortem) -> None:
    pm = _why(_why(_why(_why(pm, "a"), "b"), "a1", "a"), "a2", "a")
    assert [(branch.cause.id, branch.depth, branch.lasts) for branch in walk(pm.causes)] == [
        ("a", 1, (False,)),
        ("a1", 2, (False, False)),
        ("a2", 2, (False, True)),
        ("b", 1, (True,)),
    ]
    assert [leaf.id for leaf in leaves(pm.causes)] == ["a1", "a2", "b"]
    assert depth(pm.causes, CauseId("a2")) == 2
    assert subtree(pm.causes, CauseId("a")) == {"a", "a1", "a2"}


def test_impact_and_trigger_need_words(pm: PostMortem) -> None:
    assert verbs.name_trigger(verbs.state_impact(pm, "38 %"), "a release").trigger == "a release"
    with pytest.raises(Empty, match="type the impact first"):
        verbs.state_impact(pm, " ")


def test_a_root_cause_before_why_five_needs_its_reason(pm: PostMortem) -> None:
    pm = _why(pm, "a")
    with pytest.raises(NeedsReason, match="This is why 1"):
        verbs.call_it_root_cause(pm, CauseId("a"), " ", NOW)
    assert verbs.call_it_root_cause(pm, CauseId("a"), "it explains all", NOW).causes[0].reason == "it explains all"


def test_a_root_cause_never_stops_at_a_person(pm: PostMortem) -> None:
    pm = verbs.ask_why(pm, CauseId("a"), "Human error during the release", None, NOW)
    with pytest.raises(StopsAtAPerson, match="“Human error” stops at a person") as refused:
        verbs.call_it_root_cause(pm, CauseId("a"), "sure", NOW)
    assert refused.value.phrase == "Human error"
    better = verbs.reword_cause(pm, CauseId("a"), "Both consoles look alike")
    root = verbs.call_it_root_cause(better, CauseId("a"), "sure", NOW)
    with pytest.raises(StopsAtAPerson):
        verbs.reword_cause(root, CauseId("a"), "Somebody forgot a flag")


def test_a_line_with_answers_is_answered_by_them(pm: PostMortem) -> None:
    pm = _why(_why(pm, "a"), "b", "a")
    with pytest.raises(AnsweredBelow, match="Mark the last of them instead"):
        verbs.call_it_contributing(pm, CauseId("a"), NOW)


def test_a_marked_line_that_gets_an_answer_is_open_again_through_it(pm: PostMortem) -> None:
    pm = verbs.call_it_root_cause(_why(pm, "a"), CauseId("a"), "why not", NOW)
    deeper = _why(pm, "b", "a")
    assert (deeper.causes[0].mark, deeper.causes[0].reason) == (Mark.OPEN, "")


def test_a_stopped_line_needs_a_reason_and_can_be_opened_again(pm: PostMortem) -> None:
    pm = _why(pm, "a")
    with pytest.raises(NeedsReason, match="outside our control"):
        verbs.stop_line(pm, CauseId("a"), "", NOW)
    stopped = verbs.stop_line(pm, CauseId("a"), "not ours", NOW)
    assert verbs.open_line(stopped, CauseId("a"), NOW).causes == pm.causes


def test_saying_the_same_mark_again_reopens_nothing(settled: PostMortem) -> None:
    root = settled.settlements[0].causes[0]
    assert verbs.call_it_root_cause(settled, root, "", NOW) is settled
    assert settlement_standing(verbs.call_it_contributing(settled, root, NOW)) is None


def test_a_settled_cause_with_actions_cannot_be_deleted(settled: PostMortem) -> None:
    cause = settled.settlements[0].causes[0]
    acted = verbs.agree_action(settled, ActionId("a"), "Stage it", (cause,))
    with pytest.raises(CarriesActions, match="1 action addresses this cause, so it stays"):
        verbs.delete_cause(acted, cause, NOW)
    twice = verbs.agree_action(acted, ActionId("b"), "Test it", (cause,))
    with pytest.raises(CarriesActions, match="2 actions address"):
        verbs.delete_cause(twice, settled.causes[0].id, NOW)


def test_deleting_a_settled_cause_without_actions_reopens_and_forgets_it(settled: PostMortem) -> None:
    cause = settled.settlements[0].causes[0]
    risky = verbs.accept_risk(settled, cause, "rare")
    gone = verbs.delete_cause(risky, cause, NOW)
    assert (gone.settlements, gone.accepted_risks) == ((), ())
    with pytest.raises(Gone):
        verbs.delete_cause(gone, cause, NOW)


def test_a_settlement_of_two_keeps_the_other_cause(pm: PostMortem) -> None:
    pm = verbs.name_trigger(_why(_why(pm, "a"), "b"), "a release")
    pm = verbs.call_it_root_cause(pm, CauseId("a"), "deep enough", NOW)
    pm = verbs.call_it_contributing(pm, CauseId("b"), NOW)
    pm = verbs.settle_causes(pm, SettlementId("s"), NOW)
    assert standing(pm.causes) == pm.causes
    left = verbs.delete_cause(pm, CauseId("b"), NOW)
    assert left.settlements[0].causes == ("a",)
    assert verbs.delete_cause(_why(left, "c"), CauseId("c"), NOW).settlements == left.settlements


def test_a_meeting_can_land_with_the_causes_open(pm: PostMortem) -> None:
    landed = verbs.land(pm, date(2026, 3, 19), NOW).landing
    assert landed is not None
    assert landed.part_two_on == date(2026, 3, 19)


# -- what worked, actions, fixes ----------------------------------------------------------------------------


def test_strengths_are_noted_reworded_kept_and_deleted(pm: PostMortem) -> None:
    pm = verbs.note_strength(pm, StrengthId("s"), Area.LUCK, "It was Monday")
    pm = verbs.keep_strength(verbs.reword_strength(pm, StrengthId("s"), "It was a Monday"), StrengthId("s"))
    assert (pm.strengths[0].text, pm.strengths[0].keep) == ("It was a Monday", True)
    assert verbs.delete_strength(pm, StrengthId("s")).strengths == ()


def test_an_action_addresses_a_settled_cause(settled: PostMortem) -> None:
    cause = settled.settlements[0].causes[0]
    agreed = verbs.agree_action(settled, ActionId("a"), "Stage it", (cause, cause), owner=" ana ")
    assert (agreed.actions[0].causes, agreed.actions[0].owner) == ((cause,), "ana")
    for wrong in ((), (settled.causes[0].id,)):
        with pytest.raises(Unfit, match="addresses at least one settled cause"):
            verbs.agree_action(settled, ActionId("b"), "Stage it", wrong)
    with pytest.raises(Empty):
        verbs.revise_action(agreed, replace(agreed.actions[0], text=""))


def test_an_edit_cannot_smuggle_an_action_to_another_settlement(settled: PostMortem) -> None:
    cause = settled.settlements[0].causes[0]
    agreed = verbs.agree_action(settled, ActionId("a"), "Stage it", (cause,))
    smuggled = replace(agreed.actions[0], settlement=SettlementId("made up"))
    assert verbs.revise_action(agreed, smuggled).actions[0].settlement == settled.settlements[0].id


def test_blocked_and_dropped_take_a_reason(settled: PostMortem) -> None:
    pm = verbs.agree_action(settled, ActionId("a"), "Stage it", settled.settlements[0].causes)
    with pytest.raises(NeedsReason, match="Why is this action blocked"):
        verbs.move_action(pm, ActionId("a"), ActionState.BLOCKED, "", NOW)
    assert verbs.move_action(pm, ActionId("a"), ActionState.DONE, "", NOW).actions[0].state is ActionState.DONE
    assert verbs.read_action_back(pm, ActionId("a")).actions[0].read_back


def test_a_parked_fix_is_adopted_merged_or_dropped_once(settled: PostMortem) -> None:
    causes = settled.settlements[0].causes
    pm = settled
    for name in ("adopt", "merge", "drop"):
        pm = verbs.park_fix(pm, FixId(name), f"{name} me", NOW)
    pm = verbs.adopt_fix(pm, FixId("adopt"), ActionId("a"), causes)
    pm = verbs.merge_fix(pm, FixId("merge"), ActionId("a"))
    with pytest.raises(NeedsReason, match="no longer needed"):
        verbs.drop_fix(pm, FixId("drop"), "")
    pm = verbs.drop_fix(pm, FixId("drop"), "moot")
    assert [fix.fate for fix in pm.fixes] == [Fate.ADOPTED, Fate.MERGED, Fate.DROPPED]
    for verb in (
        lambda: verbs.merge_fix(pm, FixId("adopt"), ActionId("a")),
        lambda: verbs.drop_fix(pm, FixId("drop"), "x"),
    ):
        with pytest.raises(AlreadyDecided, match="Undo brings it back"):
            verb()
    back = verbs.delete_action(pm, ActionId("a"))
    assert [fix.fate for fix in back.fixes] == [Fate.PARKED, Fate.PARKED, Fate.DROPPED]


def test_fixes_wait_behind_the_gate(pm: PostMortem) -> None:
    pm = verbs.park_fix(pm, FixId("f"), "a canary", NOW)
    for verb in (
        lambda: verbs.adopt_fix(pm, FixId("f"), ActionId("a"), ()),
        lambda: verbs.merge_fix(pm, FixId("f"), ActionId("a")),
        lambda: verbs.drop_fix(pm, FixId("f"), "moot"),
        lambda: verbs.accept_risk(pm, CauseId("c"), "rare"),
        lambda: verbs.agree_on_no_actions(pm, "nothing to do"),
    ):
        with pytest.raises(GateClosed):
            verb()


def test_a_cause_is_covered_by_an_action_or_an_accepted_risk(settled: PostMortem) -> None:
    cause = settled.settlements[0].causes[0]
    (bare,) = coverage(settled)
    assert (bare.letter, bare.covered) == ("A", False)
    with pytest.raises(NeedsReason, match="accept this risk"):
        verbs.accept_risk(settled, cause, "")
    risky = verbs.accept_risk(verbs.accept_risk(settled, cause, "rare"), cause, "very rare")
    assert coverage(risky)[0].risk == "very rare"
    acted = verbs.agree_action(risky, ActionId("a"), "Stage it", (cause,))
    assert acted.accepted_risks == ()
    assert coverage(acted)[0].covered
    dropped = verbs.move_action(acted, ActionId("a"), ActionState.DROPPED, "not worth it", NOW)
    assert not coverage(dropped)[0].covered


def test_coverage_outlives_a_reopened_settlement(settled: PostMortem, pm: PostMortem) -> None:
    assert coverage(pm) == ()
    reopened = _why(settled, "new")
    assert newest_settlement(reopened) == reopened.settlements[-1]
    assert len(coverage(reopened)) == 1


def test_no_actions_takes_a_reason_and_none_that_exist(settled: PostMortem) -> None:
    with pytest.raises(NeedsReason, match="doing nothing"):
        verbs.agree_on_no_actions(settled, "")
    agreed = verbs.agree_on_no_actions(settled, "A partner owns it")
    acted = verbs.agree_action(agreed, ActionId("a"), "Ask them", settled.settlements[0].causes)
    assert acted.no_actions_because == ""
    with pytest.raises(Unfit, match="There are actions already"):
        verbs.agree_on_no_actions(acted, "x")


def test_letters_go_on_after_z() -> None:
    assert [letter(index) for index in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


# -- the close -------------------------------------------------------------------------------------------------


def test_the_close_is_filled_in(pm: PostMortem) -> None:
    pm = verbs.name_audience(verbs.name_report_owner(pm, " ana "), "payments")
    pm = verbs.plan_sharing(verbs.count_learned(pm, 7), date(2026, 3, 14))
    pm = verbs.close_meeting(verbs.write_summary(pm, " short "), NOW)
    closing = pm.closing
    assert (closing.report_owner, closing.audience, closing.learned) == ("ana", "payments", 7)
    assert (closing.share_on, closing.closed_at, pm.summary) == (date(2026, 3, 14), NOW, "short")
    assert verbs.reopen_meeting(pm).closing.closed_at is None
    assert verbs.count_learned(pm, None).closing.learned is None
    with pytest.raises(Unfit, match="Count the hands"):
        verbs.count_learned(pm, -1)


@pytest.mark.parametrize(("days", "allowed"), [(13, False), (14, True), (28, True), (29, False)])
def test_the_follow_up_lies_two_to_four_weeks_on(pm: PostMortem, days: int, *, allowed: bool) -> None:
    today = date(2026, 3, 12)
    if allowed:
        assert verbs.plan_follow_up(pm, today + timedelta(days), today).closing.follow_up_on == today + timedelta(days)
    else:
        with pytest.raises(OutsideWindow, match="between 26 March and 9 April"):
            verbs.plan_follow_up(pm, today + timedelta(days), today)


def test_questions_stay_open_until_they_are_deleted(pm: PostMortem) -> None:
    pm = verbs.reword_question(verbs.leave_question(pm, QuestionId("q"), "Why?"), QuestionId("q"), "Why then?")
    assert pm.questions[0].text == "Why then?"
    assert verbs.delete_question(pm, QuestionId("q")).questions == ()


# -- rules of the value itself -------------------------------------------------------------------------------------


def test_values_that_break_a_rule_cannot_be_built(pm: PostMortem) -> None:
    entry = _at(0)
    naive = replace(entry, at=NOW.replace(tzinfo=None))
    for broken, why in (
        ({"title": " "}, "needs a title"),
        ({"boxes": (0, 1, 1, 1, 1, 1)}, "a minute or more"),
        ({"entries": (entry, entry)}, "share one id"),
        ({"entries": (_at(5), _at(1))}, "runs backwards"),
        ({"entries": (naive,)}, "needs a time zone"),
        ({"entries": (replace(entry, text=" "),)}, "without words"),
    ):
        with pytest.raises(IllegalValueError, match=why):
            replace(pm, **broken)  # that it is wrong is the point


def test_every_refusal_is_a_sentence() -> None:
    for refusal in (GateClosed(()), Empty("title"), Gone("line"), AnsweredBelow(), CarriesActions(2)):
        assert isinstance(refusal, Refusal)
        assert str(refusal).endswith(".")
