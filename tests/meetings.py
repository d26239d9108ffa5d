"""Random meetings: every verb, undo, redo and import, in any order, on any row, with any words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

from pmfacil import codec
from pmfacil.core import operations as verbs
from pmfacil.core.agenda import STEPS
from pmfacil.core.ending import ActionId, Effect, Finding, FindingId, FollowUpId, SharingId
from pmfacil.core.errors import Refusal
from pmfacil.core.facts import Facts, Involvement, PersonId
from pmfacil.core.kind import Kind
from pmfacil.core.model import (
    ActionState,
    ActionType,
    Anchor,
    Area,
    CauseId,
    DissentId,
    Entry,
    EntryId,
    EntryKind,
    FixId,
    QuestionId,
    SettlementId,
    StrengthId,
)
from pmfacil.library import Library
from tests.clock import FakeClock, Ids
from tests.fakes import MemoryShelf
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmfacil.core.model import PostMortem
    from pmfacil.facilitation import Facilitation


class Act(NamedTuple):
    """One thing somebody does: which of `ACTS`, on which rows, with which words."""

    which: int
    row: int
    other: int
    words: str


def texts() -> st.SearchStrategy[str]:
    """Words as they come: plain, hostile, or blank."""
    return st.one_of(st.text(max_size=40), st.sampled_from([*HOSTILE.values(), "", "  ", "a plain sentence"]))


def acts() -> st.SearchStrategy[Act]:
    """One act; those around the gate get half of the draws, so that meetings reach the actions and go back."""
    rows = st.integers(0, 9)
    anything = st.builds(Act, st.integers(0, len(ACTS) - 1), rows, rows, texts())
    words = st.sampled_from(["a plain sentence", "another one", "human error", ""])
    return st.one_of(anything, st.builds(Act, st.sampled_from(_AROUND_THE_GATE), rows, rows, words))


@st.composite
def post_mortems(draw: st.DrawFn) -> PostMortem:
    """Any post-mortem that people can reach."""
    service = fresh_service()
    if draw(st.booleans()):
        settle_something(service)
    for act in draw(st.lists(acts(), max_size=25)):
        perform(service, act)
    return service.snapshot.post_mortem


def fresh_service() -> Facilitation:
    """A service over a store in memory, with nothing said."""
    library = Library(MemoryShelf(), FakeClock(), Ids(), zone="Europe/London")
    return library.open(library.begin("Checkout outage", Kind.INCIDENT, date(2026, 3, 12)))


def settle_something(service: Facilitation) -> None:
    """The shortest way to an open gate: a trigger, five whys, a root cause, the room's yes."""
    now = service.now()
    service.do(verbs.name_trigger, "A release")
    parent = None
    for why in range(5):
        line = CauseId(service.new_id())
        service.do(verbs.ask_why, line, f"Condition {why + 1}", parent, now)
        parent = line
    assert parent is not None
    service.do(verbs.call_it_root_cause, parent, "", now)
    service.do(verbs.settle_causes, SettlementId(service.new_id()), now)


def perform(service: Facilitation, act: Act) -> bool:
    """Do one act; tell whether it was allowed."""
    try:
        ACTS[act.which % len(ACTS)](service, act)
    except Refusal as refusal:
        assert str(refusal).strip()
        return False
    return True


def _row(service: Facilitation, collection: str, act: Act) -> str:
    items = getattr(service.snapshot.post_mortem, collection)
    return items[act.row % len(items)].id if items else "nothing"


def _causes(service: Facilitation, act: Act) -> tuple[CauseId, ...]:
    pm = service.snapshot.post_mortem
    settled = [cause for one in pm.settlements for cause in one.causes] or [cause.id for cause in pm.causes]
    return (
        tuple(dict.fromkeys(settled[(act.row + step) % len(settled)] for step in range(1 + act.other % 2)))
        if settled
        else ()
    )


def _entry(service: Facilitation, act: Act, id: str) -> Entry:
    at = service.now() + timedelta(minutes=act.row * 7 - 20) if act.other else None
    until = at + timedelta(minutes=act.other - 1) if at and act.other % 3 == 0 else None
    kind = tuple(EntryKind)[act.row % len(EntryKind)]
    day = date(2026, 3, 8 + act.row) if at is None and act.row % 3 else None
    entry = Entry(EntryId(id), act.words, kind, at, until, approximate=bool(act.other % 2), evidence=act.words[:9])
    return replace(entry, day=day)


def _reimport(service: Facilitation, act: Act) -> None:
    snapshot = service.snapshot
    again = codec.read_document(codec.document(snapshot.post_mortem, snapshot.sitting))
    assert again.post_mortem == snapshot.post_mortem
    assert again.sitting == snapshot.sitting


def _revise(service: Facilitation, act: Act) -> None:
    pm = service.snapshot.post_mortem
    if pm.actions:
        action = pm.actions[act.row % len(pm.actions)]
        service.do(verbs.revise_action, replace(action, text=act.words, causes=_causes(service, act), owner="Ana"))


def _found(service: Facilitation, act: Act) -> None:
    effect = (*Effect, None)[act.other % 4]
    held, about = FollowUpId(_row(service, "follow_ups", act)), ActionId(_row(service, "actions", act))
    found = Finding(FindingId(service.new_id()), held, about, effect, act.words, act.words, act.words)
    service.do(verbs.note_finding, found, service.now())


def _tuple_kind(act: Act) -> ActionType:
    return tuple(ActionType)[act.row % len(ActionType)]


ACTS: tuple[Callable[[Facilitation, Act], object], ...] = (
    lambda s, a: s.undo(),
    lambda s, a: s.redo(),
    _reimport,
    lambda s, a: s.do(verbs.rename, a.words),
    lambda s, a: s.do(verbs.change_kind, tuple(Kind)[a.row % 5]),
    lambda s, a: s.do(verbs.date_incident, date(2026, 3, 1 + a.row)),
    lambda s, a: s.do(verbs.plan_agenda, a.row * 20),
    lambda s, a: s.do(verbs.tick_norm, f"norm {a.row}"),
    lambda s, a: s.do(verbs.welcome, PersonId(s.new_id()), a.words, a.words),
    lambda s, a: s.do(verbs.introduce, PersonId(_row(s, "people", a)), a.words, ""),
    lambda s, a: s.do(verbs.mark_present, PersonId(_row(s, "people", a)), present=bool(a.other % 2)),
    lambda s, a: s.do(verbs.remove_person, PersonId(_row(s, "people", a))),
    lambda s, a: s.do(verbs.record_entry, _entry(s, a, s.new_id())),
    lambda s, a: s.do(verbs.record_entry, _entry(s, a, s.new_id())),
    lambda s, a: s.do(verbs.revise_entry, _entry(s, a, _row(s, "entries", a))),
    lambda s, a: s.do(
        verbs.retime_entry, EntryId(_row(s, "entries", a)), s.now() + timedelta(minutes=a.other) if a.other else None
    ),
    lambda s, a: s.do(verbs.delete_entry, EntryId(_row(s, "entries", a))),
    lambda s, a: s.do(verbs.star_entry, EntryId(_row(s, "entries", a))),
    lambda s, a: s.do(verbs.classify_entry, EntryId(_row(s, "entries", a)), tuple(EntryKind)[a.other % 7]),
    lambda s, a: s.do(verbs.judge_signal, EntryId(_row(s, "entries", a)), acted_on=bool(a.other % 2)),
    lambda s, a: s.do(verbs.record_entries, [_entry(s, a._replace(row=row), s.new_id()) for row in (a.other, a.row)]),
    lambda s, a: s.do(verbs.note_known, EntryId(_row(s, "entries", a)), a.words),
    lambda s, a: s.do(verbs.mark_anchor, tuple(Anchor)[a.other % 5], EntryId(_row(s, "entries", a))),
    lambda s, a: s.do(verbs.rule_out_anchor, tuple(Anchor)[a.other % 5]),
    lambda s, a: s.do(verbs.clear_anchor, tuple(Anchor)[a.other % 5]),
    lambda s, a: s.do(verbs.agree_timeline, s.now()),
    lambda s, a: s.do(verbs.dissent_from_timeline, DissentId(s.new_id()), a.words),
    lambda s, a: s.do(verbs.state_impact, a.words),
    lambda s, a: s.do(verbs.name_trigger, a.words),
    lambda s, a: s.do(verbs.ask_why, CauseId(s.new_id()), a.words, None, s.now()),
    lambda s, a: s.do(verbs.ask_why, CauseId(s.new_id()), a.words, CauseId(_row(s, "causes", a)), s.now()),
    lambda s, a: s.do(verbs.ask_why, CauseId(s.new_id()), a.words, CauseId(_row(s, "causes", a)), s.now()),
    lambda s, a: s.do(verbs.reword_cause, CauseId(_row(s, "causes", a)), a.words),
    lambda s, a: s.do(verbs.call_it_root_cause, CauseId(_row(s, "causes", a)), a.words, s.now()),
    lambda s, a: s.do(verbs.call_it_root_cause, CauseId(_row(s, "causes", a)), a.words, s.now()),
    lambda s, a: s.do(verbs.call_it_contributing, CauseId(_row(s, "causes", a)), s.now()),
    lambda s, a: s.do(verbs.stop_line, CauseId(_row(s, "causes", a)), a.words, s.now()),
    lambda s, a: s.do(verbs.open_line, CauseId(_row(s, "causes", a)), s.now()),
    lambda s, a: s.do(
        verbs.link_evidence, CauseId(_row(s, "causes", a)), EntryId(_row(s, "entries", a._replace(row=a.other)))
    ),
    lambda s, a: s.do(verbs.delete_cause, CauseId(_row(s, "causes", a)), s.now()),
    lambda s, a: s.do(verbs.settle_causes, SettlementId(s.new_id()), s.now()),
    lambda s, a: s.do(verbs.settle_causes, SettlementId(s.new_id()), s.now()),
    lambda s, a: s.do(verbs.land, date(2026, 3, 20) if a.other else None, s.now()),
    lambda s, a: s.do(verbs.park_fix, FixId(s.new_id()), a.words, s.now()),
    lambda s, a: s.do(verbs.note_strength, StrengthId(s.new_id()), tuple(Area)[a.row % 4], a.words),
    lambda s, a: s.do(verbs.reword_strength, StrengthId(_row(s, "strengths", a)), a.words),
    lambda s, a: s.do(verbs.keep_strength, StrengthId(_row(s, "strengths", a))),
    lambda s, a: s.do(verbs.delete_strength, StrengthId(_row(s, "strengths", a))),
    lambda s, a: s.do(verbs.agree_action, ActionId(s.new_id()), a.words, _causes(s, a), type=_tuple_kind(a)),
    lambda s, a: s.do(verbs.agree_action, ActionId(s.new_id()), a.words, _causes(s, a), due=date(2026, 4, 1)),
    _revise,
    lambda s, a: s.do(
        verbs.move_action, ActionId(_row(s, "actions", a)), tuple(ActionState)[a.other % 6], a.words, s.now()
    ),
    lambda s, a: s.do(verbs.redate_action, ActionId(_row(s, "actions", a)), date(2026, 5, 1 + a.row)),
    lambda s, a: s.do(verbs.begin_follow_up, FollowUpId(s.new_id()), s.now()),
    _found,
    lambda s, a: s.do(
        verbs.end_follow_up, FollowUpId(_row(s, "follow_ups", a)), s.now(), date(2026, 6, 1) if a.other else None
    ),
    lambda s, a: s.do(verbs.share_report, SharingId(s.new_id()), a.words, s.now()),
    lambda s, a: s.do(verbs.delete_sharing, SharingId(_row(s, "sharings", a))),
    lambda s, a: s.do(verbs.add_reader, a.words),
    lambda s, a: s.do(verbs.state_facts, Facts(happened=a.words, team=a.words, tags=(a.words, f"tag {a.row}"))),
    lambda s, a: s.do(verbs.invite, PersonId(s.new_id()), a.words, a.words, tuple(Involvement)[a.row % 4]),
    lambda s, a: s.do(verbs.involve, PersonId(_row(s, "people", a)), tuple(Involvement)[a.other % 4]),
    lambda s, a: s.do(verbs.read_instead, PersonId(_row(s, "people", a))),
    lambda s, a: s.do(
        verbs.time_anchor, tuple(Anchor)[a.other % 5], EntryId(s.new_id()), s.now() + timedelta(minutes=a.row)
    ),
    lambda s, a: s.do(verbs.set_zone, a.words),
    lambda s, a: s.do(verbs.read_action_back, ActionId(_row(s, "actions", a))),
    lambda s, a: s.do(verbs.delete_action, ActionId(_row(s, "actions", a))),
    lambda s, a: s.do(verbs.adopt_fix, FixId(_row(s, "fixes", a)), ActionId(s.new_id()), _causes(s, a)),
    lambda s, a: s.do(
        verbs.merge_fix, FixId(_row(s, "fixes", a)), ActionId(_row(s, "actions", a._replace(row=a.other)))
    ),
    lambda s, a: s.do(verbs.drop_fix, FixId(_row(s, "fixes", a)), a.words),
    lambda s, a: s.do(verbs.accept_risk, CauseId((_causes(s, a) or ("nothing",))[0]), a.words),
    lambda s, a: s.do(verbs.agree_on_no_actions, a.words),
    lambda s, a: s.do(verbs.name_report_owner, a.words),
    lambda s, a: s.do(verbs.name_audience, a.words),
    lambda s, a: s.do(verbs.plan_sharing, date(2026, 3, 13 + a.row)),
    lambda s, a: s.do(verbs.plan_follow_up, date(2026, 3, 12) + timedelta(weeks=a.row), date(2026, 3, 12)),
    lambda s, a: s.do(verbs.count_learned, a.row - 2),
    lambda s, a: s.do(verbs.leave_question, QuestionId(s.new_id()), a.words),
    lambda s, a: s.do(verbs.reword_question, QuestionId(_row(s, "questions", a)), a.words),
    lambda s, a: s.do(verbs.delete_question, QuestionId(_row(s, "questions", a))),
    lambda s, a: s.do(verbs.write_summary, a.words),
    lambda s, a: s.do(verbs.close_meeting, s.now()),
    lambda s, a: s.do(verbs.reopen_meeting),
    lambda s, a: s.steer(lambda sitting: sitting.enter(STEPS[a.row % 6], s.now())),
)

_NEAR = ("undo", "redo", "settle", "call_it_root", "agree_action", "fix", "revise", "accept_risk", "no_actions")
_AROUND_THE_GATE = [
    which for which, act in enumerate(ACTS) if any(name in str(act.__code__.co_names) for name in _NEAR)
]
