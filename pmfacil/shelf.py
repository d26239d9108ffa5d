"""What the library needs of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pmfacil.facilitation import Repository

if TYPE_CHECKING:
    from datetime import date, datetime

    from pmfacil.archive import ArchiveStore
    from pmfacil.board import BoardStore
    from pmfacil.core.model import PostMortem, PostMortemId
    from pmfacil.core.sitting import Sitting
    from pmfacil.library import Due, Summary
    from pmfacil.past import PastAction, PastCause, PastStory
    from pmfacil.trends import Told


class Shelf(Repository, Protocol):
    """What `Library` needs of a store, beyond what one post-mortem does."""

    @property
    def board(self) -> BoardStore:
        """The actions of all post-mortems."""

    @property
    def archive(self) -> ArchiveStore:
        """Search, and written post-mortems."""

    def listing(self, most: int | None = None) -> tuple[Summary, ...]:
        """Return post-mortems that are not deleted, newest first: by the day it occurred, then by creation."""

    def count(self) -> int:
        """Return how many there are that are not deleted."""

    def summary(self, id: PostMortemId) -> Summary | None:
        """Return the line of one post-mortem; None where it is not here."""

    def due(self, today: date) -> Due:
        """Return what waits to be followed up or done on that day; rehearsals are left out."""

    def add(self, pm: PostMortem, sitting: Sitting | None) -> None:
        """Write a post-mortem that the store does not have; raises `NotKept`."""

    def told(self, today: date) -> Told:
        """Return what trends are worked out from; rehearsals are left out."""

    def notices(self) -> tuple[str, ...]:
        """Return what happened to the file that somebody should know, each once."""

    def has(self, id: PostMortemId) -> bool:
        """Tell whether the store has it, deleted or not."""

    def stamps(self) -> dict[PostMortemId, int]:
        """Return the revision of every closed post-mortem that is not deleted."""

    def put_away(self, id: PostMortemId, now: datetime) -> None:
        """Mark it deleted; it stays in the file until it is purged. Raises `Gone`, `NotKept`."""

    def bring_back(self, id: PostMortemId) -> None:
        """Take the mark back; raises `Gone`, `NotKept`."""

    def past_causes(self, but: PostMortemId, most: int) -> tuple[PastCause, ...]:
        """Return the newest causes of all other post-mortems, rehearsals left out, with their actions."""

    def past_stories(self, but: PostMortemId, most: int) -> tuple[PastStory, ...]:
        """Return what the newest other post-mortems were about, rehearsals left out, with their actions."""

    def promised_by(self, but: PostMortemId, team: str, tags: tuple[str, ...], most: int) -> tuple[PastAction, ...]:
        """Return open actions of other post-mortems of the same team or with one of these tags, oldest due first."""
