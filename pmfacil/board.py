"""The actions of all post-mortems: what is overdue, due soon, blocked, done but not verified; and moving them on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from pmfacil.core.errors import NotKept, Refusal, Unfit
from pmfacil.core.operations import move_action, redate_action
from pmfacil.core.operations.items import find
from pmfacil.core.promises import Section
from pmfacil.core.text import kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from pmfacil.core.ending import ActionId
    from pmfacil.core.model import Action, ActionState, PostMortem, PostMortemId
    from pmfacil.core.promises import Progress, Promise, Wanted
    from pmfacil.facilitation import Facilitation

MOST_SHOWN: Final = 200
"""Actions shown of one section, the most pressing first; a filter finds the others."""

EVERY: Final = 1_000_000
"""More than any section holds: for lists that leave nothing out."""


class BoardStore(Protocol):
    """What the board needs of a store. Deleted post-mortems and rehearsals are left out everywhere."""

    def promises(self, section: Section, wanted: Wanted, today: date, most: int) -> tuple[Promise, ...]:
        """Return the actions of a section, the most pressing first; raises `CannotRead`."""

    def tally(self, wanted: Wanted, today: date) -> Mapping[Section, int]:
        """Return how many actions each section has; raises `CannotRead`."""

    def progress(self, wanted: Wanted, today: date) -> Progress:
        """Return how far all of them have come, with those that are verified or dropped; raises `CannotRead`."""

    def progress_by_owner(self, name: str, today: date, most: int) -> tuple[Progress, ...]:
        """Return the owners with unverified actions, by the alphabet, nobody last; raises `CannotRead`.

        Where `name` is not empty, it occurs in the owner's.
        """

    def progress_by_post_mortem(self, title: str, today: date, most: int) -> tuple[Progress, ...]:
        """Return the post-mortems with unverified actions, most overdue first; raises `CannotRead`.

        Where `title` is not empty, it occurs in theirs.
        """

    def stands(self, post_mortem: PostMortemId, action: ActionId) -> bool:
        """Tell whether an action is on the board still; raises `CannotRead`."""


@dataclass(frozen=True, slots=True)
class _Changed:
    """One action that was changed, with its post-mortem before and after."""

    promise: Promise
    before: PostMortem
    after: PostMortem


class Board:
    """Every action that was ever agreed."""

    def __init__(
        self, store: BoardStore, open_one: Callable[[PostMortemId], Facilitation], now: Callable[[], datetime]
    ) -> None:
        """Read from `store`, and change through the service of each post-mortem."""
        self._store = store
        self._open = open_one
        self.now = now
        self._batches: list[list[_Changed]] = []

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

    def open_ones(self, wanted: Wanted) -> tuple[Promise, ...]:
        """Return all that is still promised: everything but what waits to be verified, the most pressing first."""
        sections = (section for section in Section if section is not Section.UNVERIFIED)
        return tuple(one for section in sections for one in self.section(section, wanted, EVERY))

    def progress(self, wanted: Wanted) -> Progress:
        """Return how far all of them have come, with those that are not on the board any more."""
        return self._store.progress(wanted, self.today)

    def by_owner(self, name: str = "", most: int = MOST_SHOWN) -> tuple[Progress, ...]:
        """Return how far each owner's actions have come, by the alphabet: nobody is ranked."""
        return self._store.progress_by_owner(name, self.today, most)

    def by_post_mortem(self, title: str = "", most: int = MOST_SHOWN) -> tuple[Progress, ...]:
        """Return how far the actions of each post-mortem have come, most overdue first."""
        return self._store.progress_by_post_mortem(title, self.today, most)

    def stands(self, promise: Promise) -> bool:
        """Tell whether an action is on the board still: neither verified, dropped nor deleted."""
        return self._store.stands(promise.post_mortem, promise.action)

    def move(self, promises: Iterable[Promise], state: ActionState, reason: str) -> int:
        """Say how far actions have come, and return how many that changed; blocked and dropped take a reason.

        All of them are changed or none is, and one undo takes all of them back.
        """

        def move(service: Facilitation, action: Action) -> None:
            if (action.state, action.reason) != (state, kept(reason)):
                service.do(move_action, action.id, state, reason, self.now())

        return self._each(promises, move)

    def redate(self, promises: Iterable[Promise], due: date | None) -> int:
        """Give actions another due date, and return how many that changed: all or none, and one undo for all."""

        def redate(service: Facilitation, action: Action) -> None:
            if action.due != due:
                service.do(redate_action, action.id, due)

        return self._each(promises, redate)

    def undo(self) -> tuple[Promise, ...]:
        """Take the newest change on the board back, and return what it was about; nothing: there was none.

        Refuses with `Unfit` where somebody changed one of the post-mortems since: nothing of theirs is undone.
        """
        if not self._batches:
            return ()
        batch = self._batches.pop()
        try:
            taken = self._took_back(batch)
        except NotKept:
            self._batches.append(batch)
            raise
        if not taken:
            msg = (
                "A post-mortem was changed since, so this stays as it is. Open it: ^Z goes back step by step there."
                if len({one.promise.post_mortem for one in batch}) == 1
                else "One of these post-mortems was changed since, so all stays as it is. Mend them one by one."
            )
            raise Unfit(msg)
        return tuple(one.promise for one in batch)

    def _each(self, promises: Iterable[Promise], change: Callable[[Facilitation, Action], None]) -> int:
        done: list[_Changed] = []
        services: dict[PostMortemId, Facilitation] = {}
        try:
            for one in promises:
                if one.post_mortem not in services:
                    services[one.post_mortem] = self._open(one.post_mortem)
                service = services[one.post_mortem]
                before = service.snapshot.post_mortem
                change(service, find(before.actions, one.action, "action"))
                if (after := service.snapshot.post_mortem) is not before:
                    done.append(_Changed(one, before, after))
        except Refusal:
            if done:
                self._batches.append(done)
                with suppress(Refusal):  # a full disk keeps even this; then ^Z can take it back later
                    self.undo()
            raise
        if done:
            self._batches.append(done)
        return len(done)

    def _took_back(self, batch: Sequence[_Changed]) -> bool:
        """Undo all of a batch or nothing; tell whether it was still there to be undone."""
        services = {id_: self._open(id_) for id_ in {one.promise.post_mortem for one in batch}}
        newest = {one.promise.post_mortem: one.after for one in batch}
        if any(services[id_].snapshot.post_mortem != after for id_, after in newest.items()):
            return False
        undone: list[Facilitation] = []
        try:
            for one in reversed(batch):
                service = services[one.promise.post_mortem]
                present = service.undo().post_mortem
                undone.append(service)
                if present != one.before:  # somebody's steps led back to the same value, or came in between
                    _bring_back(undone)
                    return False
        except Refusal:
            _bring_back(undone)
            raise
        return True


def _bring_back(undone: Sequence[Facilitation]) -> None:
    for service in reversed(undone):
        service.redo()
