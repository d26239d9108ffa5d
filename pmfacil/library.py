"""The service across all post-mortems: list, begin, open, duplicate, delete, take in.

The app cannot show its first screen before this is loaded, so what is wanted later is loaded later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import GateClosed, Gone

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from pmfacil.archive import Archive
    from pmfacil.board import Board
    from pmfacil.core.kind import Kind
    from pmfacil.core.model import PostMortem, PostMortemId
    from pmfacil.core.sitting import Sitting
    from pmfacil.core.stage import Stage
    from pmfacil.facilitation import Facilitation
    from pmfacil.past import Past, PastAction
    from pmfacil.shelf import Shelf
    from pmfacil.trends import Trends


MOST_PROMISED: Final = 12
"""Promises that a room can look at in one minute."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the library."""

    id: PostMortemId
    title: str
    kind: Kind
    stage: Stage
    occurred_on: date | None
    created_at: datetime
    open_actions: int
    follow_up_on: date | None
    rehearsal: bool

    @property
    def day(self) -> date:
        """The day it happened, else the day it was begun."""
        return self.occurred_on or self.created_at.date()


@dataclass(frozen=True, slots=True)
class Due:
    """What waits: post-mortems whose follow-up is due, the oldest first, and how many actions are overdue."""

    follow_ups: tuple[Summary, ...] = ()
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an import did: under which id it is here, and whether it was here already or became a copy."""

    id: PostMortemId
    was_here: bool
    copied: bool


class Library:
    """Every post-mortem in the store."""

    def __init__(
        self, shelf: Shelf, clock: Callable[[], datetime], new_id: Callable[[], str], *, zone: str | Callable[[], str]
    ) -> None:
        """Work on `shelf`; new post-mortems are set in `zone`: an IANA name, or what returns one when it is wanted."""
        self._shelf = shelf
        self._zone = zone
        self.now = clock
        self.new_id = new_id
        self._deleted: list[PostMortemId] = []

    @cached_property
    def board(self) -> Board:
        """The actions of all of them."""
        from pmfacil.board import Board

        return Board(self._shelf.board, self.open, self.now)

    @cached_property
    def archive(self) -> Archive:
        """Everything ever written, to be searched."""
        from pmfacil.archive import Archive

        return Archive(self._shelf.archive, self.now, self.new_id)

    def summaries(self, most: int | None = None) -> tuple[Summary, ...]:
        """Return the lines of the library, newest first, `most` of them."""
        return self._shelf.listing(most)

    def count(self) -> int:
        """Return how many lines the library has."""
        return self._shelf.count()

    def summary(self, id: PostMortemId) -> Summary | None:
        """Return the line of one post-mortem; None where it is not here any more."""
        return self._shelf.summary(id)

    def due(self) -> Due:
        """Return what waits today to be followed up or done."""
        return self._shelf.due(self.now().astimezone().date())

    def stamps(self) -> dict[PostMortemId, int]:
        """Return the revision of every closed post-mortem: a report may have changed where its number has."""
        return self._shelf.stamps()

    def notices(self) -> tuple[str, ...]:
        """Return what happened to the store that somebody should know, each once."""
        return self._shelf.notices()

    def knows(self, id: PostMortemId) -> bool:
        """Tell whether a post-mortem is here, or was before it was deleted."""
        return self._shelf.has(id)

    def promised_by(self, pm: PostMortem) -> tuple[PastAction, ...]:
        """Return open actions of earlier post-mortems of the same team, or with a tag in common."""
        return self._shelf.promised_by(pm.id, pm.facts.team, pm.facts.tags, MOST_PROMISED)

    def begin(self, title: str, kind: Kind, occurred_on: date | None) -> PostMortemId:
        """Begin a post-mortem and return its id; refuses with `Empty` where the title has no words."""
        from pmfacil.core.operations import begin

        pm = begin(
            self._fresh_id(),
            title,
            kind,
            occurred_on,
            self.now(),
            zone=self._zone() if callable(self._zone) else self._zone,
        )
        self._shelf.add(pm, None)
        return pm.id

    def open(self, id: PostMortemId) -> Facilitation:
        """Open a post-mortem; raises `Gone`."""
        from pmfacil.facilitation import Facilitation

        return Facilitation(self._shelf, id, self.now, self.new_id)

    def past(self, but: PostMortemId) -> Past:
        """Return what all other post-mortems found and promised; it is read when it is first asked about."""
        from pmfacil.past import MOST_CAUSES, Past

        return Past(
            lambda: self._shelf.past_causes(but, MOST_CAUSES), lambda: self._shelf.past_stories(but, MOST_CAUSES)
        )

    def trends(self) -> Trends:
        """Return what the whole record says today."""
        from pmfacil.trends import trends

        return trends(self._shelf.told(self.now().astimezone().date()))

    def find(self, start: str) -> PostMortemId:
        """Return the id that is `start`, else the one that begins so where exactly one does; raises `Gone`."""
        found = [one.id for one in self._shelf.listing() if one.id.startswith(start)] if start else []
        found = [one for one in found if one == start] or found
        if len(found) != 1:
            what = "post-mortem"
            raise Gone(what)
        return found[0]

    def duplicate(self, id: PostMortemId) -> PostMortemId:
        """Begin a post-mortem with the kind, agenda and people of another one, and return its id."""
        from pmfacil.core.operations import as_template

        source = self._shelf.load(id).history.present
        copy = as_template(source, self._fresh_id(), f"{source.title} (new)", self.now())
        self._shelf.add(copy, None)
        return copy.id

    def delete(self, id: PostMortemId) -> None:
        """Delete a post-mortem; `restore` brings it back."""
        self._shelf.put_away(id, self.now())
        self._deleted.append(id)

    def restore(self) -> PostMortemId | None:
        """Bring back what was deleted last in this session, and return its id; None: nothing was."""
        if not self._deleted:
            return None
        last = self._deleted[-1]
        self._shelf.bring_back(last)
        return self._deleted.pop()

    def take_in(self, pm: PostMortem, sitting: Sitting | None) -> TakenIn:
        """Add a post-mortem that came from outside.

        One that is here already, unchanged, is left alone; one that differs from what is here becomes a copy.
        One whose standing settlement the gate would not have let through is refused with `GateClosed`.
        """
        from pmfacil.core.gate import settlement_standing, unsettled

        # Names that came in after the settlement must not undo it, so only wording that no room may use counts.
        if settlement_standing(pm) is not None and (missing := unsettled(replace(pm, people=()))):
            raise GateClosed(missing)
        if not self._shelf.has(pm.id):
            self._shelf.add(pm, sitting)
            return TakenIn(pm.id, was_here=False, copied=False)
        if self._same(pm):
            return TakenIn(pm.id, was_here=True, copied=False)
        copy = replace(pm, id=self._fresh_id(), title=f"{pm.title} (imported)")
        self._shelf.add(copy, sitting)
        return TakenIn(copy.id, was_here=False, copied=True)

    def _same(self, pm: PostMortem) -> bool:
        try:
            return self._shelf.load(pm.id).history.present == pm
        except Gone:
            return False

    def _fresh_id(self) -> PostMortemId:
        from pmfacil.core.model import PostMortemId

        return PostMortemId(self.new_id())
