"""The one rule that cannot be passed: no action before the causes are settled, through any door."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmfacil import codec
from pmfacil.core import operations as verbs
from pmfacil.core.ending import ActionId
from pmfacil.core.errors import GateClosed, IllegalValueError
from pmfacil.core.facts import PersonId
from pmfacil.core.gate import Need, settlement_standing, verdict
from pmfacil.core.model import Action, CauseId, Settlement, SettlementId
from tests.meetings import acts, fresh_service, perform, settle_something

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem
    from tests.meetings import Act


def _assert_lawful(pm: PostMortem) -> None:
    settled = {one.id: set(one.causes) for one in pm.settlements}
    for action in pm.actions:
        assert action.causes
        assert set(action.causes) <= settled[action.settlement]
    assert (verdict(pm) == ()) == (settlement_standing(pm) is not None)


@settings(max_examples=600)
@given(st.booleans(), st.lists(acts(), min_size=10, max_size=40))
def test_no_sequence_of_verbs_undo_redo_and_import_makes_an_action_without_settled_causes(
    settled_first: bool, sequence: list[Act]
) -> None:
    service = fresh_service()
    if settled_first:
        settle_something(service)
    for act in sequence:
        before = service.snapshot
        gate_was_open = settlement_standing(before.post_mortem) is not None
        allowed = perform(service, act)
        after = service.snapshot.post_mortem
        _assert_lawful(after)
        if not allowed:
            assert after is before.post_mortem
        time_travel = act.which in (0, 1)
        if len(after.actions) > len(before.post_mortem.actions) and not time_travel:
            assert gate_was_open


def test_what_is_missing_is_said_in_sentences_with_a_line_to_jump_to() -> None:
    service = fresh_service()
    now = service.now()
    assert [one.need for one in verdict(service.snapshot.post_mortem)] == [Need.TRIGGER, Need.ROOT_CAUSE, Need.ROOM]
    service.do(verbs.name_trigger, "Release 4.12")
    service.do(verbs.ask_why, CauseId("c"), "One step takes a release to every region", None, now)
    missing = verdict(service.snapshot.post_mortem)
    assert missing[0].sentence == "one line is still open (why 1, “One step takes a release to every region”)"
    assert missing[0].cause == "c"
    service.do(verbs.call_it_root_cause, CauseId("c"), "It explains every region at once", now)
    assert [one.need for one in verdict(service.snapshot.post_mortem)] == [Need.ROOM]


def test_the_causes_cannot_be_settled_while_anything_is_missing() -> None:
    service = fresh_service()
    with pytest.raises(GateClosed, match="Actions open when the causes are settled: the trigger has no name yet"):
        service.do(verbs.settle_causes, SettlementId("s"), service.now())


def test_settling_twice_settles_once() -> None:
    service = fresh_service()
    settle_something(service)
    before = service.snapshot.post_mortem
    assert service.do(verbs.settle_causes, SettlementId("again"), service.now()).post_mortem is before


def test_a_person_named_later_in_a_root_cause_is_found_before_settling() -> None:
    service = fresh_service()
    now = service.now()
    service.do(verbs.name_trigger, "A release")
    service.do(verbs.ask_why, CauseId("c"), "Ana Ruiz holds the only key", None, now)
    service.do(verbs.call_it_root_cause, CauseId("c"), "said twice", now)
    service.do(verbs.welcome, PersonId("p"), "Ana Ruiz", "on-call")
    assert Need.PERSON in [one.need for one in verdict(service.snapshot.post_mortem)]


def test_a_new_cause_reopens_the_question_and_keeps_the_actions() -> None:
    service = fresh_service()
    settle_something(service)
    cause = service.snapshot.post_mortem.settlements[-1].causes[0]
    service.do(verbs.agree_action, ActionId("a"), "Stage every release", (cause,))
    service.do(verbs.ask_why, CauseId("new"), "Partners were not told", None, service.now())
    pm = service.snapshot.post_mortem
    assert [action.id for action in pm.actions] == ["a"]
    assert settlement_standing(pm) is None
    with pytest.raises(GateClosed):
        service.do(verbs.agree_action, ActionId("b"), "Tell partners", (cause,))


def test_a_verb_called_past_every_screen_is_refused_all_the_same() -> None:
    service = fresh_service()
    pm = service.snapshot.post_mortem
    with pytest.raises(GateClosed):
        verbs.agree_action(pm, ActionId("a"), "Fix it", (CauseId("c"),))


def test_a_value_with_an_action_and_no_settlement_cannot_be_built() -> None:
    pm = fresh_service().snapshot.post_mortem
    forged = Action(ActionId("a"), SettlementId("s"), (CauseId("c"),), "Fix it")
    with pytest.raises(IllegalValueError, match="an action without settled causes"):
        replace(pm, actions=(forged,))


def test_a_forged_file_with_an_action_is_refused() -> None:
    service = fresh_service()
    data = json.loads(codec.document(service.snapshot.post_mortem, None))
    data["post_mortem"]["actions"] = [{"id": "a", "settlement": "s", "causes": ["c"], "text": "Fix it"}]
    with pytest.raises(codec.UnreadableError, match="an action without settled causes"):
        codec.read_document(json.dumps(data))


def test_a_forged_file_that_calls_open_causes_settled_is_refused() -> None:
    service = fresh_service()
    service.do(verbs.name_trigger, "A release")
    service.do(verbs.ask_why, CauseId("c"), "One step takes it everywhere", None, service.now())
    data = json.loads(codec.document(service.snapshot.post_mortem, None))
    data["post_mortem"]["settlements"] = [{"id": "s", "at": "2026-03-12T14:00:00Z", "causes": ["c"]}]
    with pytest.raises(codec.UnreadableError, match="settled without a root cause"):
        codec.read_document(json.dumps(data))


def test_settling_takes_a_landing_back() -> None:
    service = fresh_service()
    service.do(verbs.land, None, service.now())
    settle_something(service)
    assert service.snapshot.post_mortem.landing is None


def test_only_the_newest_settlement_can_stand() -> None:
    service = fresh_service()
    settle_something(service)
    pm = service.snapshot.post_mortem
    older = Settlement(SettlementId("older"), service.now() - timedelta(days=1), pm.settlements[0].causes)
    with pytest.raises(IllegalValueError, match="only the newest settlement can stand"):
        replace(pm, settlements=(older, *pm.settlements))
