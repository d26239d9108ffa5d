"""The service for one open post-mortem: verbs, undo and redo, the clock, half-typed words.

It holds the history of values and is the only thing that asks the repository to save. `do`, `undo` and
`redo` end in the same write; a write that another window overtook is replayed on the newer value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, Protocol

from pmfacil.core.changes import subject
from pmfacil.core.errors import NotKept
from pmfacil.core.sitting import convene
from pmfacil.core.timer import ZERO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, timedelta

    from pmfacil.core.history import History
    from pmfacil.core.model import PostMortem, PostMortemId
    from pmfacil.core.sitting import Sitting
    from pmfacil.core.verbs import Verb

P = ParamSpec("P")

_TRIES: Final = 20  # a rival that wins twenty times in a row is a fault, not a rival
_SEEN_EVERY: Final = 10  # seconds between two notes of "the app was here", while a clock runs


class ConflictError(Exception):
    """Another window saved first: the revision asked for is not the newest any more."""


class MoveKind(StrEnum):
    """Which way a save goes through the history."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Move:
    """One save: from `before` to `after`. `since` is the value undo leads back to.

    It differs from `before` only where `merges` says that the newest journal step is replaced by this one.
    """

    kind: MoveKind
    before: PostMortem
    after: PostMortem
    since: PostMortem
    label: str
    at: datetime
    merges: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A post-mortem as the store holds it, with the history that survives a restart."""

    history: History[PostMortem]
    revision: int
    sitting: Sitting | None
    drafts: Mapping[str, str]


class Repository(Protocol):
    """What `Facilitation` needs of a store."""

    def load(self, id: PostMortemId) -> Loaded:
        """Return the post-mortem with that id; raises `Gone`."""

    def save(self, move: Move, revision: int) -> int:
        """Write the move in one transaction and return the new revision.

        Raises `ConflictError` unless `revision` is the newest one, and `NotKept` where the disk refuses.
        """

    def get_ready(self, pm: PostMortem) -> None:
        """Do ahead what the first change would wait for; where that cannot be done, the change says so."""

    def keep_sitting(self, id: PostMortemId, sitting: Sitting) -> None:
        """Write the running meeting; raises `NotKept`."""

    def keep_draft(self, id: PostMortemId, place: str, text: str) -> None:
        """Write the half-typed line of a step or page (empty: there is none); raises `NotKept`."""

    def changed_elsewhere(self) -> bool:
        """Tell whether another connection wrote since the last call."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a screen shows: the post-mortem, the meeting, and what undo and redo would do."""

    post_mortem: PostMortem
    sitting: Sitting
    undoable: str | None
    redoable: str | None


@dataclass(frozen=True, slots=True)
class Beat:
    """What one heartbeat found: the moment, an unwatched gap to ask about, and whether another window wrote.

    `skipped` is a silence so long that it was taken out of a running clock without asking.
    """

    now: datetime
    gap: timedelta
    changed: bool
    skipped: timedelta = ZERO


class Facilitation:
    """One open post-mortem. Screens read `snapshot` and send verbs; nothing else changes anything."""

    def __init__(
        self,
        repository: Repository,
        id: PostMortemId,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        """Open the post-mortem with that id; raises `Gone`."""
        self._repository = repository
        self.id = id
        self.now = clock
        self.new_id = new_id
        self._history: History[PostMortem]
        self._revision: int
        self._sitting: Sitting
        self._drafts: dict[str, str]
        self._unkept: set[str] = set()  # places whose half-typed line the disk has refused
        self._overtaken = False
        self._take(repository.load(id))

    @property
    def snapshot(self) -> Snapshot:
        """The present, for a screen to show."""
        history = self._history
        return Snapshot(history.present, self._sitting, history.undoable, history.redoable)

    @property
    def sitting(self) -> Sitting | None:
        """The meeting, or None where none has begun: for reports, which say nothing of a meeting that was not."""
        return self._sitting if self._sitting.started_at is not None else None

    def do(
        self, verb: Verb[P] | Callable[Concatenate[PostMortem, P], PostMortem], *args: P.args, **kwargs: P.kwargs
    ) -> Snapshot:
        """Apply a verb, keep the result, and return what to show; raises the `Refusal` that says why not."""
        for _ in range(_TRIES):
            before = self._history.present
            after = verb(before, *args, **kwargs)
            if after is before:
                return self.snapshot
            said = subject(before, after)
            label = _labelled(verb, said)
            history = self._history.commit(after, label)
            if self._saved(Move(MoveKind.DO, before, after, before, label, self.now()), history):
                return self.snapshot
        raise NotKept(_OVERTAKEN)

    def amend(
        self, verb: Verb[P] | Callable[Concatenate[PostMortem, P], PostMortem], *args: P.args, **kwargs: P.kwargs
    ) -> Snapshot:
        """Apply a verb as part of the newest change, as `do` does.

        One undo takes both back, and what that change said before is kept nowhere: words that a room takes back
        are gone. Where another window changed something since, it is a change of its own.
        """
        if not self._history.past:
            return self.do(verb, *args, **kwargs)
        before, step = self._history.present, self._history.past[-1]
        after = verb(before, *args, **kwargs)
        said = subject(step.value, after)
        newest = step.label.partition(" “")[0]
        label = f"{newest} “{said}”" if said else newest
        move = Move(MoveKind.DO, before, after, step.value, label, self.now(), merges=True)
        if self._saved(move, self._history.amended(after, label)):
            return self.snapshot
        return self.do(verb, *args, **kwargs)

    def get_ready(self) -> None:
        """Do ahead what the first change would wait for."""
        self._repository.get_ready(self._history.present)

    def undo(self) -> Snapshot:
        """Take the newest change back; with nothing to undo, nothing happens."""
        return self._travel(MoveKind.UNDO)

    def redo(self) -> Snapshot:
        """Bring back what undo took; with nothing to redo, nothing happens."""
        return self._travel(MoveKind.REDO)

    def steer(self, change: Callable[[Sitting], Sitting]) -> Snapshot:
        """Change the running meeting (step, clock), which no undo touches."""
        self._catch_up()  # what is kept is the whole meeting: an old one would undo another window's step
        sitting = change(self._sitting)
        if sitting != self._sitting:
            self._repository.keep_sitting(self.id, sitting)
            self._sitting = sitting
        return self.snapshot

    def draft(self, place: str) -> str:
        """Return the half-typed line of a step or page; empty where there is none."""
        return self._drafts.get(place, "")

    def keep_draft(self, place: str, text: str) -> None:
        """Keep a half-typed line, so that it is there after a crash; one that the disk refuses is held here."""
        if text != self.draft(place) or place in self._unkept:
            self._drafts[place] = text
            self._unkept.add(place)
            self._repository.keep_draft(self.id, place, text)
            self._unkept.remove(place)

    @property
    def unkept(self) -> Mapping[str, str]:
        """The half-typed lines that are held here and nowhere else, by place."""
        return {place: self._drafts[place] for place in self._unkept}

    def beat(self) -> Beat:
        """Look at the clock once: note that the app is here, find an unwatched gap, notice other windows.

        A gap found is left standing until `count_gap` answers it.
        """
        now = self.now()
        self._catch_up()
        seen, skipped = self._sitting.seen_at, ZERO
        running = self._sitting.clock.running_since is not None
        if seen is not None and self._sitting.going_on(now) is not self._sitting:
            self.steer(lambda sitting: sitting.going_on(now))
            skipped = max(ZERO, now - seen) if running else ZERO
        gap = self._sitting.gap(now)
        if running and gap == ZERO and self._unseen_for(now) >= _SEEN_EVERY:
            self.steer(lambda sitting: replace(sitting, seen_at=now))
        changed, self._overtaken = self._overtaken, False
        return Beat(now, gap, changed, skipped)

    def count_gap(self, *, counts: bool) -> Snapshot:
        """Answer "does the gap count?": keep the time, or take it out of the clock and the plan."""
        now = self.now()
        return self.steer(lambda one: replace(one, seen_at=now) if counts else one.without_gap(now))

    def _catch_up(self) -> None:
        if self._repository.changed_elsewhere():
            self._overtaken = True  # the next beat tells the screen
            self._take(self._repository.load(self.id))

    def _unseen_for(self, now: datetime) -> float:
        seen = self._sitting.seen_at
        return float("inf") if seen is None else (now - seen).total_seconds()

    def _travel(self, kind: MoveKind) -> Snapshot:
        for _ in range(_TRIES):
            history = self._history.undo() if kind is MoveKind.UNDO else self._history.redo()
            if history is self._history:
                return self.snapshot
            label = (self._history.undoable if kind is MoveKind.UNDO else self._history.redoable) or ""
            before, after = self._history.present, history.present
            if self._saved(Move(kind, before, after, before, label, self.now()), history):
                return self.snapshot
        raise NotKept(_OVERTAKEN)

    def _saved(self, move: Move, history: History[PostMortem]) -> bool:
        try:
            self._revision = self._repository.save(move, self._revision)
        except ConflictError:
            self._take(self._repository.load(self.id))
            return False
        self._history = history
        return True

    def _take(self, loaded: Loaded) -> None:
        self._history = loaded.history
        self._revision = loaded.revision
        self._sitting = loaded.sitting or convene(loaded.history.present.boxes)
        self._drafts = {**loaded.drafts, **self.unkept}


def _labelled(verb: object, said: str) -> str:
    name = getattr(verb, "label", "change")
    return f"{name} “{said}”" if said else name


_OVERTAKEN: Final = "Another window keeps changing this post-mortem. Nothing was kept of this step: try it again."
