"""The tables of what comes after a meeting; see `tables`."""

from typing import ClassVar

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field, SQLModel

from pmfacil.store.tables import owner


class SharingRow(SQLModel, table=True):
    """The report went out."""

    __tablename__: ClassVar[str] = "sharing"
    post_mortem: str = owner()
    id: str = Field(primary_key=True)
    position: int
    at: str
    text: str


class FollowUpRow(SQLModel, table=True):
    """The room looked at its actions again."""

    __tablename__: ClassVar[str] = "follow_up"
    post_mortem: str = owner()
    id: str = Field(primary_key=True)
    position: int
    at: str
    ended_at: str | None = None


class FindingRow(SQLModel, table=True):
    """What a follow-up found about one action."""

    __tablename__: ClassVar[str] = "finding"
    __table_args__ = (
        ForeignKeyConstraint(["post_mortem", "follow_up"], ["follow_up.post_mortem", "follow_up.id"]),
        ForeignKeyConstraint(["post_mortem", "action"], ["action.post_mortem", "action.id"]),
    )
    post_mortem: str = owner()
    id: str = Field(primary_key=True)
    position: int
    follow_up: str
    action: str
    effect: str | None = None
    note: str
    link: str
    elsewhere: str
