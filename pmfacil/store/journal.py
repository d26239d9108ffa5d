"""Every change, both ways, beside the post-mortem it was made to: undo survives a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from sqlalchemy import bindparam, func, select

from pmfacil import codec
from pmfacil.core.history import LIMIT, History, Step
from pmfacil.facilitation import MoveKind
from pmfacil.store.patches import DamagedPatchError, applied, patch
from pmfacil.store.statements import run, word
from pmfacil.store.tables import JournalRow, table_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from sqlalchemy import Connection, Select

    from pmfacil.core.model import PostMortem
    from pmfacil.facilitation import Move

_TABLE: Final = table_of(JournalRow)
_MINE: Final = _TABLE.c.post_mortem == bindparam("of")
_UNDONE: Final = _TABLE.c.undone == 1
_DONE: Final = _TABLE.c.undone == 0

_ALL: Final = select(_TABLE.c.label, _TABLE.c.undone, _TABLE.c.forward, _TABLE.c.backward).where(_MINE)
_NEWEST: Final = select(func.max(_TABLE.c.seq)).where(_MINE, _DONE)
_NEXT_TO_REDO: Final = select(func.min(_TABLE.c.seq)).where(_MINE, _UNDONE)
_FORGET_UNDONE: Final = _TABLE.delete().where(_MINE, _UNDONE)
_FORGET_FROM: Final = _TABLE.delete().where(_MINE, _TABLE.c.seq >= bindparam("first"))
_FORGET_UP_TO: Final = _TABLE.delete().where(_MINE, _TABLE.c.seq <= bindparam("last"))
_ADD: Final = _TABLE.insert()
_TURN: Final = _TABLE.update().where(_MINE, _TABLE.c.seq == bindparam("which")).values(undone=bindparam("now_undone"))


def record(connection: sqlite3.Connection, move: Move) -> None:
    """Write what the move did to the history; it belongs into the transaction that writes the move itself."""
    of = {"of": move.after.id}
    match move.kind:
        case MoveKind.DO:
            _record_change(connection, move)
        case MoveKind.UNDO:
            run(connection, _TURN, {**of, "which": _place(connection, _NEWEST, of), "now_undone": 1})
        case MoveKind.REDO:
            run(connection, _TURN, {**of, "which": _place(connection, _NEXT_TO_REDO, of), "now_undone": 0})
        case _:
            assert_never(move.kind)


def _record_change(connection: sqlite3.Connection, move: Move) -> None:
    of = {"of": move.after.id}
    run(connection, _FORGET_UNDONE, of)
    newest = _place(connection, _NEWEST, of)
    if move.merges:
        run(connection, _FORGET_FROM, {**of, "first": newest})
    run(connection, _FORGET_UP_TO, {**of, "last": newest + 1 - LIMIT})
    row = {
        "post_mortem": move.after.id,
        "seq": newest + 1,
        "at": codec.plain(move.at),
        "label": move.label,
        "undone": 0,
        "forward": patch(move.since, move.after),
        "backward": patch(move.after, move.since),
    }
    run(connection, _ADD, row)


def get_ready() -> None:
    """Do ahead what the first change takes."""
    for statement in (_FORGET_UNDONE, _NEWEST):
        word(statement, ("of",))
    word(_FORGET_UP_TO, ("of", "last"))
    word(_ADD, _TABLE.c.keys())


def _place(connection: sqlite3.Connection, asked: Select[tuple[int | None]], of: Mapping[str, object]) -> int:
    """Return a place in the journal; 0 where it has none such."""
    (place,) = run(connection, asked, of).fetchone()
    return place or 0


def read_history(connection: Connection, present: PostMortem) -> History[PostMortem]:
    """Return the history around `present`; where a step cannot be read it ends, the present being whole."""
    steps = connection.execute(_ALL.order_by(_TABLE.c.seq), {"of": present.id}).all()
    past = _walked(present, [(row.label, row.backward) for row in reversed(steps) if not row.undone])
    future = _walked(present, [(row.label, row.forward) for row in steps if row.undone])
    return History(present, past, future)


def _walked(present: PostMortem, steps: list[tuple[str, str]]) -> tuple[Step[PostMortem], ...]:
    walked: list[Step[PostMortem]] = []
    value = present
    for label, text in steps:
        try:
            value = applied(value, text)
        except DamagedPatchError:
            break
        walked.append(Step(label, value))
    return tuple(reversed(walked))
