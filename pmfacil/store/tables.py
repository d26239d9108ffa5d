"""The tables as SQLModel classes; `schema_*.sql` are their other half, and a test keeps the two alike."""

from typing import Any, ClassVar

from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint
from sqlmodel import Field, SQLModel


def owner() -> Any:  # noqa: ANN401 - what `Field` itself claims to return, so that it can declare a column
    """Return the column that says to which post-mortem a row belongs."""
    return Field(foreign_key="post_mortem.id", ondelete="CASCADE", primary_key=True)


class PostMortemRow(SQLModel, table=True):
    """A post-mortem's own fields; nested values lie flat."""

    __tablename__: ClassVar[str] = "post_mortem"
    id: str = Field(primary_key=True)
    revision: int
    deleted_at: str | None = None
    title: str
    kind: str
    created_at: str
    occurred_on: str | None = None
    zone: str
    rehearsal: int
    boxes: str
    norms_read: str
    agreed_at: str | None = None
    agreement_amended: int | None = None
    impact: str
    trigger: str
    no_actions_because: str
    summary: str
    landed_at: str | None = None
    part_two_on: str | None = None
    report_owner: str
    audience: str
    share_on: str | None = None
    follow_up_on: str | None = None
    learned: int | None = None
    closed_at: str | None = None
    severity: str = ""
    happened: str = ""
    lasted: str = ""
    people_affected: str = ""
    contacts: str = ""
    money: str = ""
    links: str = ""
    team: str = ""
    tags: str = "[]"
    meets_at: str | None = None


class PersonRow(SQLModel, table=True):
    """Somebody the post-mortem concerns."""

    __tablename__: ClassVar[str] = "person"
    post_mortem: str = owner()
    id: str = Field(primary_key=True)
    position: int
    name: str
    role: str
    present: int
    involvement: str | None = None


class EntryRow(SQLModel, table=True):
    """A timeline entry."""

    __tablename__: ClassVar[str] = "entry"
    post_mortem: str = owner()
    id: str = Field(primary_key=True)
    position: int
    text: str
    kind: str
    at: str | None = None
    until: str | None = None
    approximate: int
    starred: int
    evidence: str
    acted_on: int | None = None
    day: str | None = None
    known: str = ""


class AnchorRow(SQLModel, table=True):
    """A moment that durations are measured between."""

    __tablename__: ClassVar[str] = "anchor"
    __table_args__ = (ForeignKeyConstraint(["post_mortem", "entry"], ["entry.post_mortem", "entry.id"]),)
    post_mortem: str = owner()
    anchor: str = Field(primary_key=True)
    position: int
    entry: str | None = None


class DissentRow(SQLModel, table=True):
    """A second account."""

    __tablename__: ClassVar[str] = "dissent"
    post_mortem: str = owner()
    id: str = Field(primary_key=True)
    position: int
    text: str


class CauseRow(SQLModel, table=True):
    """A line of the why tree."""

    __tablename__: ClassVar[str] = "cause"
    __table_args__ = (ForeignKeyConstraint(["post_mortem", "parent"], ["cause.post_mortem", "cause.id"]),)
    post_mortem: str = owner()
    id: str = Field(primary_key=True)
    position: int
    text: str
    parent: str | None = None
    mark: str
    reason: str


class EvidenceRow(SQLModel, table=True):
    """A cause points at a timeline entry."""

    __tablename__: ClassVar[str] = "evidence"
    __table_args__ = (
        ForeignKeyConstraint(["post_mortem", "cause"], ["cause.post_mortem", "cause.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["post_mortem", "entry"], ["entry.post_mortem", "entry.id"]),
    )
    post_mortem: str = Field(primary_key=True)
    cause: str = Field(primary_key=True)
    entry: str = Field(primary_key=True)
    position: int


class SettlementRow(SQLModel, table=True):
    """The room called the picture complete."""

    __tablename__: ClassVar[str] = "settlement"
    post_mortem: str = owner()
    id: str = Field(primary_key=True)
    position: int
    at: str
    reopened_at: str | None = None


class SettledCauseRow(SQLModel, table=True):
    """A cause that stood when the room did: what an action must point at."""

    __tablename__: ClassVar[str] = "settled_cause"
    __table_args__ = (
        ForeignKeyConstraint(
            ["post_mortem", "settlement"], ["settlement.post_mortem", "settlement.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["post_mortem", "cause"], ["cause.post_mortem", "cause.id"]),
    )
    post_mortem: str = Field(primary_key=True)
    settlement: str = Field(primary_key=True)
    cause: str = Field(primary_key=True)
    position: int


_SETTLED = (
    ["post_mortem", "settlement", "cause"],
    ["settled_cause.post_mortem", "settled_cause.settlement", "settled_cause.cause"],
)


class ActionRow(SQLModel, table=True):
    """An action; its settlement and first cause are a foreign key, which is the gate."""

    __tablename__: ClassVar[str] = "action"
    __table_args__ = (
        UniqueConstraint("post_mortem", "id", "settlement"),
        ForeignKeyConstraint(*_SETTLED),
    )
    post_mortem: str = owner()
    id: str = Field(primary_key=True)
    position: int
    settlement: str
    cause: str
    text: str
    owner: str
    due: str | None = None
    type: str | None = None
    done_when: str
    effect: str
    state: str
    reason: str
    read_back: int
    moved_at: str | None = None


class ActionCauseRow(SQLModel, table=True):
    """A further cause that an action addresses."""

    __tablename__: ClassVar[str] = "action_cause"
    __table_args__ = (
        ForeignKeyConstraint(
            ["post_mortem", "action", "settlement"],
            ["action.post_mortem", "action.id", "action.settlement"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(*_SETTLED),
    )
    post_mortem: str = Field(primary_key=True)
    action: str = Field(primary_key=True)
    settlement: str
    cause: str = Field(primary_key=True)
    position: int


class FixRow(SQLModel, table=True):
    """A parked fix and its fate."""

    __tablename__: ClassVar[str] = "parked_fix"
    __table_args__ = (ForeignKeyConstraint(["post_mortem", "action"], ["action.post_mortem", "action.id"]),)
    post_mortem: str = owner()
    id: str = Field(primary_key=True)
    position: int
    text: str
    at: str
    fate: str
    reason: str
    action: str | None = None


class StrengthRow(SQLModel, table=True):
    """Something that worked."""

    __tablename__: ClassVar[str] = "strength"
    post_mortem: str = owner()
    id: str = Field(primary_key=True)
    position: int
    area: str
    text: str
    keep: int


class RiskRow(SQLModel, table=True):
    """A cause that gets no action, and why."""

    __tablename__: ClassVar[str] = "accepted_risk"
    __table_args__ = (ForeignKeyConstraint(["post_mortem", "cause"], ["cause.post_mortem", "cause.id"]),)
    post_mortem: str = owner()
    cause: str = Field(primary_key=True)
    position: int
    reason: str


class QuestionRow(SQLModel, table=True):
    """A question that stayed open."""

    __tablename__: ClassVar[str] = "question"
    post_mortem: str = owner()
    id: str = Field(primary_key=True)
    position: int
    text: str


class SittingRow(SQLModel, table=True):
    """The running meeting, as JSON."""

    __tablename__: ClassVar[str] = "sitting"
    post_mortem: str = owner()
    value: str


class DraftRow(SQLModel, table=True):
    """A half-typed line."""

    __tablename__: ClassVar[str] = "draft"
    post_mortem: str = owner()
    step: str = Field(primary_key=True)
    text: str


class JournalRow(SQLModel, table=True):
    """One change, both ways, as JSON patches."""

    __tablename__: ClassVar[str] = "journal"
    post_mortem: str = owner()
    seq: int = Field(primary_key=True)
    at: str
    label: str
    undone: int
    forward: str
    backward: str


def table_of(row: type[SQLModel]) -> Table:
    """Return the table behind a row class, whose columns a statement names."""
    return row.metadata.tables[str(row.__tablename__)]
