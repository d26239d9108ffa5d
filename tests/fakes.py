"""A store in memory: the same promises as the real one, without a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, cast

from pmfacil.core.errors import Gone, NotKept
from pmfacil.core.following import OVER, overdue
from pmfacil.core.history import History
from pmfacil.core.model import Mark
from pmfacil.core.stage import Stage
from pmfacil.facilitation import ConflictError, Loaded, MoveKind
from pmfacil.library import Due, Summary
from pmfacil.past import PastAction, PastCause, PastStory

if TYPE_CHECKING:
    from datetime import datetime

    from pmfacil.archive import ArchiveStore
    from pmfacil.board import BoardStore
    from pmfacil.core.model import Action, Cause, PostMortem, PostMortemId
    from pmfacil.core.sitting import Sitting
    from pmfacil.facilitation import Move
    from pmfacil.trends import Told


@dataclass
class _Kept:
    history: History[PostMortem]
    revision: int = 0
    sitting: Sitting | None = None
    drafts: dict[str, str] = field(default_factory=dict)
    deleted: bool = False


class MemoryShelf:
    """Implements `Shelf`. `full` makes every write fail, as a full disk does."""

    def __init__(self) -> None:
        self._kept: dict[PostMortemId, _Kept] = {}
        self._writes = 0
        self._seen = 0
        self.full = False

    @property
    def board(self) -> BoardStore:
        return cast("BoardStore", None)  # no test over this store asks for the board

    @property
    def archive(self) -> ArchiveStore:
        return cast("ArchiveStore", None)  # nor for the record

    def told(self, today: date) -> Told:
        raise NotImplementedError

    def load(self, id: PostMortemId) -> Loaded:
        kept = self._standing(id)
        return Loaded(kept.history, kept.revision, kept.sitting, dict(kept.drafts))

    def save(self, move: Move, revision: int) -> int:
        self._write()
        kept = self._standing(move.after.id)
        if kept.revision != revision:
            raise ConflictError
        history = kept.history
        match move.kind:
            case MoveKind.DO:
                if move.merges:
                    history = history.undo()
                kept.history = history.commit(move.after, move.label)
            case MoveKind.UNDO:
                kept.history = history.undo()
            case MoveKind.REDO:
                kept.history = history.redo()
        kept.revision += 1
        return kept.revision

    def get_ready(self, pm: PostMortem) -> None:
        pass

    def keep_sitting(self, id: PostMortemId, sitting: Sitting) -> None:
        self._write()
        self._kept[id].sitting = sitting

    def keep_draft(self, id: PostMortemId, place: str, text: str) -> None:
        self._write()
        self._kept[id].drafts[place] = text

    def notices(self) -> tuple[str, ...]:
        return ()

    def changed_elsewhere(self) -> bool:
        return False

    def listing(self, most: int | None = None) -> tuple[Summary, ...]:
        found = self._living()
        found.sort(key=lambda pm: (_day(pm), pm.created_at), reverse=True)
        return tuple(self._summary(pm) for pm in found[:most])

    def count(self) -> int:
        return len(self._living())

    def summary(self, id: PostMortemId) -> Summary | None:
        return next((self._summary(pm) for pm in self._living() if pm.id == id), None)

    def due(self, today: date) -> Due:
        told = [pm for pm in self._living() if not pm.rehearsal]
        due = [pm for pm in told if pm.closing.follow_up_on is not None and pm.closing.follow_up_on <= today]
        due.sort(key=lambda pm: (pm.closing.follow_up_on or today, pm.id))
        late = sum(overdue(action, today) for pm in told for action in pm.actions)
        return Due(tuple(self._summary(pm) for pm in due), late)

    def add(self, pm: PostMortem, sitting: Sitting | None) -> None:
        self._write()
        self._kept[pm.id] = _Kept(History(pm), sitting=sitting)

    def past_stories(self, but: PostMortemId, most: int) -> tuple[PastStory, ...]:
        return tuple(
            PastStory(
                pm.id,
                pm.title,
                _day(pm),
                f"{pm.title} {pm.facts.happened} {pm.impact} {pm.trigger} {pm.summary}",
                tuple(_past_action(pm, action) for action in pm.actions),
            )
            for pm in self._others(but)[:most]
        )

    def promised_by(self, but: PostMortemId, team: str, tags: tuple[str, ...], most: int) -> tuple[PastAction, ...]:
        found = [
            (action.due is None, action.due or date.max, pm.id, place, _past_action(pm, action))
            for pm in self._others(but)
            if (team and pm.facts.team == team) or set(tags) & set(pm.facts.tags)
            for place, action in enumerate(pm.actions)
            if action.state not in OVER
        ]
        return tuple(one[-1] for one in sorted(found, key=lambda one: one[:-1])[:most])

    def past_causes(self, but: PostMortemId, most: int) -> tuple[PastCause, ...]:
        told = self._others(but)
        found = [(pm, cause) for pm in told for cause in pm.causes if cause.mark in (Mark.ROOT, Mark.CONTRIBUTING)]
        return tuple(self._past_cause(pm, cause) for pm, cause in found[:most])

    def has(self, id: PostMortemId) -> bool:
        return id in self._kept

    def stamps(self) -> dict[PostMortemId, int]:
        return {pm.id: self._kept[pm.id].revision for pm in self._living() if pm.closing.closed_at is not None}

    def put_away(self, id: PostMortemId, now: datetime) -> None:
        self._write()
        self._standing(id).deleted = True

    def bring_back(self, id: PostMortemId) -> None:
        self._write()
        if id not in self._kept:
            what = "post-mortem"
            raise Gone(what)
        self._kept[id].deleted = False

    def _living(self) -> list[PostMortem]:
        return [kept.history.present for kept in self._kept.values() if not kept.deleted]

    def _others(self, but: PostMortemId) -> list[PostMortem]:
        told = [pm for pm in self._living() if pm.id != but and not pm.rehearsal]
        return sorted(told, key=lambda pm: (_day(pm), pm.created_at), reverse=True)

    def _past_cause(self, pm: PostMortem, cause: Cause) -> PastCause:
        promised = (_past_action(pm, action) for action in pm.actions if cause.id in action.causes)
        return PastCause(cause.text, pm.title, _day(pm), tuple(promised))

    def _standing(self, id: PostMortemId) -> _Kept:
        kept = self._kept.get(id)
        if kept is None or kept.deleted:
            what = "post-mortem"
            raise Gone(what)
        return kept

    def _write(self) -> None:
        if self.full:
            sentence = "The disk is full."
            raise NotKept(sentence)

    def _summary(self, pm: PostMortem) -> Summary:
        met = self._kept[pm.id].sitting is not None
        stage = Stage.CLOSED if pm.closing.closed_at else Stage.LIVE if met else Stage.PREPARING
        open_actions = sum(1 for action in pm.actions if action.state not in OVER)
        return Summary(
            pm.id, pm.title, pm.kind, stage, pm.occurred_on, pm.created_at, open_actions, pm.closing.follow_up_on,
            pm.rehearsal,
        )  # fmt: skip


def _day(pm: PostMortem) -> date:
    return pm.occurred_on or pm.created_at.date()


def _past_action(pm: PostMortem, action: Action) -> PastAction:
    return PastAction(action.text, action.owner, action.due, action.state, pm.title, _day(pm))
