"""Post-mortems as the rules allow them, not only as people reach them: imports bring in the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from hypothesis import strategies as st

from pmfacil.core.ending import (
    ActionId,
    Closing,
    Effect,
    Finding,
    FindingId,
    FollowUp,
    FollowUpId,
    Landing,
    Sharing,
    SharingId,
)
from pmfacil.core.facts import Facts, Involvement, Person, PersonId
from pmfacil.core.kind import Kind
from pmfacil.core.model import (
    AcceptedRisk,
    Action,
    ActionState,
    ActionType,
    Agreement,
    Anchor,
    AnchorMark,
    Area,
    Cause,
    CauseId,
    Dissent,
    DissentId,
    Entry,
    EntryId,
    EntryKind,
    Fate,
    FixId,
    Mark,
    ParkedFix,
    PostMortem,
    PostMortemId,
    Question,
    QuestionId,
    Settlement,
    SettlementId,
    Strength,
    StrengthId,
)

_ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(-timedelta(hours=9, minutes=30))])
# NUL and controls are legal in an import; only half characters are not, and pydantic refuses those.
_LETTERS = st.characters(exclude_categories=["Cs"])

WORDS = st.text(_LETTERS, min_size=1, max_size=12).filter(str.strip)
MAYBE = st.text(_LETTERS, max_size=12)
INSTANTS = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1), timezones=_ZONES)  # noqa: DTZ001 - the zone is drawn beside it
DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2200, 1, 1))
NUMBERS = st.integers(0, 4)

# Made once: Hypothesis looks a new strategy over each time it is drawn from, which took a third of all the time.
_YES_OR_NO = st.booleans()
_INSTANT_OR_NONE = st.none() | INSTANTS
_DAY_OR_NONE = st.none() | DAYS
_ACTED_ON = st.sampled_from([None, True, False])
_ENTRY_KINDS, _MARKS, _STATES = st.sampled_from(EntryKind), st.sampled_from(Mark), st.sampled_from(ActionState)
_KINDS, _AREAS = st.sampled_from(Kind), st.sampled_from(Area)
_TYPES, _EFFECTS = st.none() | st.sampled_from(ActionType), st.none() | st.sampled_from(Effect)
_INVOLVEMENTS = st.none() | st.sampled_from(Involvement)
_ANCHORS = st.lists(st.sampled_from(Anchor), unique=True)
_TAGS, _NORMS = st.lists(WORDS, max_size=3, unique=True), st.lists(MAYBE, max_size=3)
_FACTS = st.tuples(*[MAYBE] * 8)
_LEARNED = st.none() | st.integers(0, 10**6)
_NAMES = st.sampled_from(["UTC", "Europe/London", "Asia/Kathmandu"])
_BOXES = st.tuples(*[st.integers(1, 60)] * 6)
_AGREEMENTS = st.none() | st.builds(Agreement, INSTANTS, st.booleans())
_LANDINGS = st.none() | st.builds(Landing, INSTANTS, st.none() | DAYS)


@cache
def _ids(prefix: str) -> st.SearchStrategy[list[str]]:
    """Few ids, in any order, so that two drawn post-mortems share many."""
    return st.lists(st.sampled_from([f"{prefix}{number}" for number in range(6)]), max_size=6, unique=True)


@st.composite
def _entries(draw: st.DrawFn) -> tuple[Entry, ...]:
    at = draw(INSTANTS)
    made = []
    for key in draw(_ids("e")):
        at += timedelta(minutes=draw(NUMBERS))
        known = at if draw(_YES_OR_NO) else None
        until = at + timedelta(minutes=draw(NUMBERS)) if known and draw(_YES_OR_NO) else None
        acted_on = draw(_ACTED_ON)
        unsure, starred = draw(_YES_OR_NO), draw(_YES_OR_NO)
        kind = draw(_ENTRY_KINDS)
        entry = Entry(EntryId(key), draw(WORDS), kind, known, until, unsure, starred, draw(MAYBE), acted_on)
        made.append(replace(entry, known=draw(MAYBE), day=None if known else draw(_DAY_OR_NONE)))
    return tuple(made)


@st.composite
def _anchors(draw: st.DrawFn, entries: tuple[Entry, ...]) -> tuple[AnchorMark, ...]:
    places = st.sampled_from([None, *(entry.id for entry in entries)])
    return tuple(AnchorMark(anchor, draw(places)) for anchor in draw(_ANCHORS))


@st.composite
def _causes(draw: st.DrawFn, entries: tuple[Entry, ...]) -> tuple[Cause, ...]:
    made: list[Cause] = []
    for key in draw(_ids("c")):
        parent = draw(st.sampled_from([None, *(cause.id for cause in made)]))
        evidence = (
            draw(st.lists(st.sampled_from([one.id for one in entries]), max_size=3, unique=True)) if entries else []
        )
        mark = draw(_MARKS)
        reason = draw(WORDS if mark in (Mark.STOPPED, Mark.ROOT) else MAYBE)
        made.append(Cause(CauseId(key), draw(WORDS), parent, mark, reason, tuple(evidence)))
    answered = {cause.parent for cause in made}
    return tuple(replace(cause, mark=Mark.OPEN) if cause.id in answered else cause for cause in made)


@st.composite
def _settlements(draw: st.DrawFn, causes: tuple[Cause, ...], trigger: str) -> tuple[Settlement, ...]:
    if not causes:
        return ()
    some = st.lists(st.sampled_from([cause.id for cause in causes]), min_size=1, max_size=3, unique=True)
    made = [
        Settlement(SettlementId(key), draw(INSTANTS), tuple(draw(some)), draw(INSTANTS)) for key in draw(_ids("s"))[:3]
    ]
    marks = [cause.mark for cause in causes if cause.id not in {one.parent for one in causes}]
    ready = bool(trigger.strip()) and Mark.ROOT in marks and Mark.OPEN not in marks
    if made and ready and draw(_YES_OR_NO):
        made[-1] = replace(made[-1], reopened_at=None)
    return tuple(made)


@st.composite
def _actions(draw: st.DrawFn, settlements: tuple[Settlement, ...]) -> tuple[Action, ...]:
    made = []
    for key in draw(_ids("a")) if settlements else []:
        under = draw(st.sampled_from(settlements))
        causes = draw(st.lists(st.sampled_from(under.causes), min_size=1, max_size=3, unique=True))
        due, kind = draw(_DAY_OR_NONE), draw(_TYPES)
        words = [draw(MAYBE) for _ in range(5)]
        state = draw(_STATES)
        made.append(
            Action(
                ActionId(key), under.id, tuple(causes), draw(WORDS), words[0], due, kind, words[1], words[2], state,
                words[3], draw(_YES_OR_NO), draw(_INSTANT_OR_NONE),
            )
        )  # fmt: skip
    return tuple(made)


@st.composite
def _fixes(draw: st.DrawFn, actions: tuple[Action, ...]) -> tuple[ParkedFix, ...]:
    made = []
    for key in draw(_ids("f")):
        fates = list(Fate) if actions else [Fate.PARKED, Fate.DROPPED]
        fate = draw(st.sampled_from(fates))
        joined = draw(st.sampled_from(actions)).id if fate in (Fate.ADOPTED, Fate.MERGED) else None
        reason = draw(WORDS if fate is Fate.DROPPED else MAYBE)
        made.append(ParkedFix(FixId(key), draw(WORDS), draw(INSTANTS), fate, reason, joined))
    return tuple(made)


@st.composite
def _facts(draw: st.DrawFn) -> Facts:
    words = draw(_FACTS)
    tags = draw(_TAGS)
    return replace(Facts(*words), tags=tuple(tags), meets_at=draw(_INSTANT_OR_NONE))


@st.composite
def _follow_ups(draw: st.DrawFn) -> tuple[FollowUp, ...]:
    keys = draw(_ids("u"))[:3]
    ended = [draw(INSTANTS) for _ in keys[1:]] + [draw(_INSTANT_OR_NONE) for _ in keys[:1]]
    return tuple(FollowUp(FollowUpId(key), draw(INSTANTS), at) for key, at in zip(keys, ended, strict=True))


@st.composite
def _findings(draw: st.DrawFn, held: tuple[FollowUp, ...], actions: tuple[Action, ...]) -> tuple[Finding, ...]:
    pairs = [(one.id, action.id) for one in held for action in actions]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)) if pairs else []
    return tuple(
        Finding(
            FindingId(f"g{place}"), follow_up, action, draw(_EFFECTS),
            draw(MAYBE), draw(MAYBE), draw(MAYBE),
        )
        for place, (follow_up, action) in enumerate(chosen)
    )  # fmt: skip


@st.composite
def legal_post_mortems(draw: st.DrawFn) -> PostMortem:
    """Any value that the model lets anybody build, always under the same id."""
    entries, trigger = draw(_entries()), draw(MAYBE)
    causes = draw(_causes(entries))
    settlements = draw(_settlements(causes, trigger))
    actions = draw(_actions(settlements))
    learned = draw(_LEARNED)
    held = draw(_follow_ups())
    days = [draw(_DAY_OR_NONE) for _ in range(4)]
    return PostMortem(
        PostMortemId("pm"),
        draw(WORDS),
        draw(_KINDS),
        draw(INSTANTS),
        days[0],
        draw(_NAMES),
        rehearsal=draw(_YES_OR_NO),
        boxes=draw(_BOXES),
        norms_read=tuple(draw(_NORMS)),
        people=tuple(
            Person(
                PersonId(key),
                draw(WORDS),
                draw(MAYBE),
                draw(_YES_OR_NO),
                draw(_INVOLVEMENTS),
            )
            for key in draw(_ids("p"))
        ),
        facts=draw(_facts()),
        entries=entries,
        anchors=draw(_anchors(entries)),
        agreement=draw(_AGREEMENTS),
        dissents=tuple(Dissent(DissentId(key), draw(WORDS)) for key in draw(_ids("d"))),
        impact=draw(MAYBE),
        trigger=trigger,
        causes=causes,
        settlements=settlements,
        fixes=draw(_fixes(actions)),
        strengths=tuple(
            Strength(StrengthId(key), draw(_AREAS), draw(WORDS), draw(_YES_OR_NO)) for key in draw(_ids("w"))
        ),
        actions=actions,
        accepted_risks=tuple(AcceptedRisk(cause.id, draw(WORDS)) for cause in causes if draw(_YES_OR_NO)),
        no_actions_because=draw(MAYBE),
        questions=tuple(Question(QuestionId(key), draw(WORDS)) for key in draw(_ids("q"))),
        summary=draw(MAYBE),
        landing=draw(_LANDINGS),
        closing=Closing(draw(MAYBE), draw(MAYBE), days[1], days[2], learned, draw(_INSTANT_OR_NONE)),
        sharings=tuple(Sharing(SharingId(key), draw(INSTANTS), draw(WORDS)) for key in draw(_ids("h"))),
        follow_ups=held,
        findings=draw(_findings(held, actions)),
    )
