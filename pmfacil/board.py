"""The actions of all post-mortems: what is overdue, due soon, blocked, done but not verified; and moving them on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from pmfacil.core.errors import Refusal, Unfit
from pmfacil.core.operations import move_action, redate_action
from pmfacil.core.promises import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime

    from pmfacil.core.model import ActionState, PostMortemId
    from pmfacil.core.promises import Progress, Promise, Wanted
    from pmfacil.facilitation import Facilitation, Snapshot

MOST_SHOWN: Final = 200
"""Actions shown of one section, the most pressing first; a filter finds the others."""


class BoardStore(Protocol):
    """What the board needs of a store. Deleted post-mortems and rehearsals are left out everywhere."""

    def promises(self, section: Section, wanted: Wanted, today: date, most: int) -> tuple[Promise, ...]:
        """Return the actions of a section, the most pressing first; raises `CannotRead`."""

    def tally(self, wanted: Wanted, today: date) -> Mapping[Section, int]:
        """Return how many actions each section has; raises `CannotRead`."""

    def progress_by_owner(self, today: date, most: int) -> tuple[Progress, ...]:
        """Return the owners with open actions, those with the most overdue first; raises `CannotRead`."""

    def progress_by_post_mortem(self, today: date, most: int) -> tuple[Progress, ...]:
        """Return the post-mortems with actions that are not verified, most overdue first; raises `CannotRead`."""


@dataclass(frozen=True, slots=True)
class _Done:
    post_mortem: PostMortemId
    label: str | None


class Board:
    """Every action that was ever agreed."""

    def __init__(
        self, store: BoardStore, open_one: Callable[[PostMortemId], Facilitation], now: Callable[[], datetime]
    ) -> None:
        """Read from `store`, and change through the service of each post-mortem."""
        self._store = store
        self._open = open_one
        self.now = now
        self._batches: list[list[_Done]] = []

    @property
    def today(self) -> date:
        """The day it is in the room."""
        return self.now().astimezone().date()

    def tally(self, wanted: Wanted) -> Mapping[Section, int]:
        """Return how many actions each section has."""
        return self._store.tally(wanted, self.today)

    def section(self, section: Section, wanted: Wanted, most: int = MOST_SHOWN) -> tuple[Promise, ...]:
        """Return the actions of a section, the most pressing first."""
        return self._store.promises(section, wanted, self.today, most)

    def open_ones(self, wanted: Wanted, most: int = MOST_SHOWN) -> tuple[Promise, ...]:
        """Return what is still promised: everything but what waits to be verified, the most pressing first."""
        sections = (section for section in Section if section is not Section.UNVERIFIED)
        return tuple(one for section in sections for one in self.section(section, wanted, most))

    def by_owner(self, most: int = MOST_SHOWN) -> tuple[Progress, ...]:
        """Return how far each owner's actions have come."""
        return self._store.progress_by_owner(self.today, most)

    def by_post_mortem(self, most: int = MOST_SHOWN) -> tuple[Progress, ...]:
        """Return how far the actions of each post-mortem have come."""
        return self._store.progress_by_post_mortem(self.today, most)

    def move(self, promises: Iterable[Promise], state: ActionState, reason: str) -> None:
        """Say how far actions have come; blocked and dropped take a reason. One undo takes all of them back."""
        self._each(promises, lambda service, one: service.do(move_action, one.action, state, reason, self.now()))

    def redate(self, promises: Iterable[Promise], due: date | None) -> None:
        """Give actions another due date. One undo takes all of them back."""
        self._each(promises, lambda service, one: service.do(redate_action, one.action, due))

    def undo(self) -> int:
        """Take the newest change on the board back, and return how many actions it was about; 0: there was none.

        Refuses with `Unfit` where somebody changed one of the post-mortems since: nothing of theirs is undone.
        """
        if not self._batches:
            return 0
        batch = self._batches.pop()
        newest = {one.post_mortem: one.label for one in batch}
        if any(self._open(id_).snapshot.undoable != label for id_, label in newest.items()):
            msg = "One of these post-mortems was changed since. Open it, and ^Z goes back step by step there."
            raise Unfit(msg)
        for one in reversed(batch):
            self._open(one.post_mortem).undo()
        return len(batch)

    def _each(self, promises: Iterable[Promise], change: Callable[[Facilitation, Promise], Snapshot]) -> None:
        done: list[_Done] = []
        try:
            for one in promises:
                service = self._open(one.post_mortem)
                before = service.snapshot.post_mortem
                if change(service, one).post_mortem is not before:
                    done.append(_Done(one.post_mortem, service.snapshot.undoable))
        except Refusal:
            for last in reversed(done):
                self._open(last.post_mortem).undo()
            raise
        if done:
            self._batches.append(done)
