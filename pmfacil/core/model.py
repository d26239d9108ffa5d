"""The post-mortem as one immutable value; a value that breaks a rule cannot be built."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType

from pmfacil.core.agenda import DEFAULT_BOXES, Boxes
from pmfacil.core.ending import ActionId, Closing, Finding, FollowUp, Landing, Sharing
from pmfacil.core.facts import Facts, Person
from pmfacil.core.kind import Kind  # noqa: TC001 - pydantic reads it while the program runs

PostMortemId = NewType("PostMortemId", str)
EntryId = NewType("EntryId", str)
DissentId = NewType("DissentId", str)
CauseId = NewType("CauseId", str)
SettlementId = NewType("SettlementId", str)
FixId = NewType("FixId", str)
StrengthId = NewType("StrengthId", str)
QuestionId = NewType("QuestionId", str)

ROOT_DEPTH: Final = 5
"""From this why on a line may be called a root cause without a reason (product.md, section 5)."""


class EntryKind(StrEnum):
    """What a timeline entry tells of."""

    EVENT = "event"
    CHANGE = "change"
    SIGNAL = "signal"
    DECISION = "decision"
    ACTION = "action"
    COMMUNICATION = "communication"
    RECOVERY = "recovery"


class Anchor(StrEnum):
    """A moment that durations are measured between (product.md, section 4)."""

    IMPACT_BEGAN = "impact began"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"


class Mark(StrEnum):
    """What the room said of a line in the why tree that has no answer below it."""

    OPEN = "open"
    CONTRIBUTING = "contributing factor"
    ROOT = "root cause"
    STOPPED = "stopped"


class Area(StrEnum):
    """Where something worked."""

    DETECTION = "detection"
    RESPONSE = "response"
    COMMUNICATION = "communication"
    LUCK = "luck"


class Fate(StrEnum):
    """What became of a parked fix."""

    PARKED = "parked"
    ADOPTED = "adopted"
    MERGED = "merged"
    DROPPED = "dropped"


class ActionType(StrEnum):
    """What an action does about its cause."""

    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    REPAIR = "repair"
    LEARN = "learn"


class ActionState(StrEnum):
    """How far an action has come; done is not verified."""

    AGREED = "agreed"
    IN_PROGRESS = "in progress"
    BLOCKED = "blocked"
    DONE = "done"
    VERIFIED = "verified"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline; `at` is a UTC instant, None where nobody knows.

    `day` is set where the day alone is known; `known` is what was known and expected at that moment.
    """

    id: EntryId
    text: str
    kind: EntryKind = EntryKind.EVENT
    at: datetime | None = None
    until: datetime | None = None
    approximate: bool = False
    starred: bool = False
    evidence: str = ""
    acted_on: bool | None = None
    day: date | None = None
    known: str = ""


@dataclass(frozen=True, slots=True)
class AnchorMark:
    """Which entry a moment is; without an entry the moment does not apply to this failure."""

    anchor: Anchor
    entry: EntryId | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The room agreed on the timeline at this instant; `amended` once it changed after that."""

    at: datetime
    amended: bool = False


@dataclass(frozen=True, slots=True)
class Dissent:
    """A second account of the timeline, kept beside the agreed one; it names nobody."""

    id: DissentId
    text: str


@dataclass(frozen=True, slots=True)
class Cause:
    """A line of the why tree: what made the line above possible (`parent` None: the impact itself)."""

    id: CauseId
    text: str
    parent: CauseId | None = None
    mark: Mark = Mark.OPEN
    reason: str = ""
    evidence: tuple[EntryId, ...] = ()


@dataclass(frozen=True, slots=True)
class Settlement:
    """The room called the picture complete: which causes stood at that instant."""

    id: SettlementId
    at: datetime
    causes: tuple[CauseId, ...]
    reopened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ParkedFix:
    """A fix that came up before its time, and what became of it."""

    id: FixId
    text: str
    at: datetime
    fate: Fate = Fate.PARKED
    reason: str = ""
    action: ActionId | None = None


@dataclass(frozen=True, slots=True)
class Strength:
    """Something that worked, or luck; `keep` marks what is worth standardising."""

    id: StrengthId
    area: Area
    text: str
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """Something the room agreed to do about settled causes; it cannot be without a settlement.

    `moved_at` is when its state last changed.
    """

    id: ActionId
    settlement: SettlementId
    causes: tuple[CauseId, ...]
    text: str
    owner: str = ""
    due: date | None = None
    type: ActionType | None = None
    done_when: str = ""
    effect: str = ""
    state: ActionState = ActionState.AGREED
    reason: str = ""
    read_back: bool = False
    moved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AcceptedRisk:
    """A settled cause that gets no action, and why that is accepted."""

    cause: CauseId
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something the room could not answer; the report lists it."""

    id: QuestionId
    text: str


@dataclass(frozen=True, slots=True)
class PostMortem:
    """A whole post-mortem. `__post_init__` holds its rules, so no door can bring in a broken one."""

    id: PostMortemId
    title: str
    kind: Kind
    created_at: datetime
    occurred_on: date | None = None
    zone: str = "UTC"
    rehearsal: bool = False
    facts: Facts = field(default_factory=Facts)
    boxes: Boxes = DEFAULT_BOXES
    norms_read: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    entries: tuple[Entry, ...] = ()
    anchors: tuple[AnchorMark, ...] = ()
    agreement: Agreement | None = None
    dissents: tuple[Dissent, ...] = ()
    impact: str = ""
    trigger: str = ""
    causes: tuple[Cause, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    fixes: tuple[ParkedFix, ...] = ()
    strengths: tuple[Strength, ...] = ()
    actions: tuple[Action, ...] = ()
    accepted_risks: tuple[AcceptedRisk, ...] = ()
    no_actions_because: str = ""
    questions: tuple[Question, ...] = ()
    summary: str = ""
    landing: Landing | None = None
    closing: Closing = field(default_factory=Closing)
    sharings: tuple[Sharing, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        """Refuse with `IllegalValueError` whatever no verb could have made."""
        from pmfacil.core.invariants import check  # noqa: PLC0415 - the two modules describe each other

        check(self)
