"""Loading and saving one post-mortem: row diffs, a revision that guards them, and the journal beside them."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from sqlalchemy import bindparam, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from pmfacil import codec
from pmfacil.core.changes import COLLECTIONS
from pmfacil.core.errors import Gone
from pmfacil.core.operations import begin
from pmfacil.core.sitting import Sitting
from pmfacil.facilitation import ConflictError, Loaded, MoveKind
from pmfacil.store import journal, rows
from pmfacil.store.errors import CannotRead, not_kept
from pmfacil.store.journal import read_history, record
from pmfacil.store.mapping import LINKS, ROWS, assembled, own_cells
from pmfacil.store.patches import SCALARS
from pmfacil.store.rows import put, rows_of, write_items
from pmfacil.store.statements import run, word
from pmfacil.store.tables import DraftRow, PostMortemRow, SittingRow, table_of
from pmfacil.store.writing import begin_log, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from pmfacil.core.history import History
    from pmfacil.core.model import PostMortem, PostMortemId
    from pmfacil.facilitation import Move
    from pmfacil.store.held import Database
    from pmfacil.store.mapping import Cells

_OWN: Final = table_of(PostMortemRow)
_SITTING: Final = table_of(SittingRow)
_DRAFT: Final = table_of(DraftRow)
_NEW: Final = _OWN.insert()
_STANDING: Final = _OWN.select().where(_OWN.c.id == bindparam("of"), _OWN.c.deleted_at.is_(None))
_CLAIM: Final = _OWN.update().where(
    _OWN.c.id == bindparam("of"), _OWN.c.revision == bindparam("old"), _OWN.c.deleted_at.is_(None)
)
_ITS_SITTING: Final = _SITTING.select().where(_SITTING.c.post_mortem == bindparam("of"))
_ITS_DRAFTS: Final = _DRAFT.select().where(_DRAFT.c.post_mortem == bindparam("of"))


@dataclass(frozen=True, slots=True)
class _Known:
    """What a revision of a post-mortem was when it was last read or written here."""

    id: PostMortemId
    revision: int
    history: History[PostMortem]


class SqlRepository:
    """One post-mortem at a time, over the connection that the shelf opened."""

    def __init__(self, connection: Database) -> None:
        """Work over `connection`, which stays the caller's to close."""
        self._database = connection
        self._reading = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
        event.listen(self._reading, "begin", _begin)
        self._known: _Known | None = None

    def load(self, id: PostMortemId) -> Loaded:
        """Return the post-mortem with that id; raises `Gone`, `CannotRead`."""
        try:
            with self._reading.connect() as connection:
                return self._loaded(connection, id)
        except DBAPIError as fault:
            self._database.mark(fault.orig)
            what = "The database"
            raise CannotRead(what, fault.orig) from fault
        except (ValueError, OverflowError) as fault:
            what = "This post-mortem"
            raise CannotRead(what, fault) from fault

    def save(self, move: Move, revision: int) -> int:
        """Write the move in one transaction and return the new revision; raises `ConflictError`, `NotKept`."""
        claim = _claim(move.before, move.after, revision)
        with self._transaction() as connection:
            claimed = run(connection, _CLAIM, claim)
            if claimed.rowcount != 1:
                raise ConflictError
            write_items(connection, move.before, move.after)
            record(connection, move)
        self._known = _followed(self._known, move, revision)
        return revision + 1

    def add(self, pm: PostMortem, sitting: Sitting | None) -> None:
        """Write a post-mortem that the store does not have; raises `NotKept`."""
        with self._transaction() as connection:
            run(connection, _NEW, {**own_cells(pm), "revision": 0})
            write_items(connection, _without_items(pm), pm)
            if sitting is not None:
                _put_sitting(connection, pm.id, sitting)

    def get_ready(self, pm: PostMortem) -> None:
        """Put the statements of a change into words, and begin the write-ahead log: no Enter is to wait for them."""
        word(_CLAIM, _claim(pm, pm, 0))
        codec.plain(pm.created_at)  # it learns instants with the first one, and the journal writes one each time
        journal.get_ready()
        rows.get_ready(pm)
        begin_log(self._database)

    def keep_sitting(self, id: PostMortemId, sitting: Sitting) -> None:
        """Write the running meeting; raises `NotKept`."""
        with self._transaction() as connection:
            _put_sitting(connection, id, sitting)

    def keep_draft(self, id: PostMortemId, place: str, text: str) -> None:
        """Write a half-typed line; raises `NotKept`. Half a character, which no file can hold, becomes U+FFFD."""
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        with self._transaction() as connection:
            put(connection, DraftRow, [{"post_mortem": id, "step": place, "text": whole}])

    def _loaded(self, connection: Connection, id: PostMortemId) -> Loaded:
        own = connection.execute(_STANDING, {"of": id}).mappings().one_or_none()
        if own is None:
            what = "post-mortem"
            raise Gone(what)
        revision = int(own["revision"])
        known = self._known
        # Another window's clocks and half-typed words are no reason to read five hundred steps again.
        if known is None or (known.id, known.revision) != (id, revision):
            known = _Known(id, revision, read_history(connection, _present(connection, dict(own))))
            self._known = known
        drafts = connection.execute(_ITS_DRAFTS, {"of": id}).all()
        return Loaded(
            history=known.history,
            revision=revision,
            sitting=_sitting(connection, id),
            drafts={one.step: one.text for one in drafts if one.text},
        )

    @contextmanager
    def _transaction(self) -> Iterator[Database]:
        try:
            with writing(self._database) as connection:
                # Within the transaction rows may come in any order; at its end every link must hold.
                connection.execute("PRAGMA defer_foreign_keys = ON")
                yield connection
        except (UnicodeError, OverflowError) as fault:  # before SQLite was asked: a value that no column holds
            raise not_kept(fault) from fault


def _claim(before: PostMortem, after: PostMortem, revision: int) -> Cells:
    """Return the values that write a post-mortem's own row, if it still has that revision.

    What most changes leave as it was is not written again: it stands in indexes that each cost a page.
    """
    claim: Cells = {"revision": revision + 1, "of": after.id, "old": revision}
    if all(getattr(before, name) is getattr(after, name) for name in SCALARS):
        return claim
    cells = own_cells(after)
    del cells["id"]  # setting it would have every link to it looked over
    return {**cells, **claim}


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _present(connection: Connection, own: Cells) -> PostMortem:
    of = str(own["id"])
    items = {name: rows_of(connection, ROWS[name], of) for name in COLLECTIONS}
    links = {name: rows_of(connection, one.row, of) for name, one in LINKS.items()}
    return assembled(own, items, links)


def _followed(known: _Known | None, move: Move, revision: int) -> _Known | None:
    """Return what is known after a move that was written; None where the one before it was not known."""
    if known is None or (known.id, known.revision) != (move.after.id, revision):
        return None
    history = known.history
    match move.kind:
        case MoveKind.DO:
            history = (history.undo() if move.merges else history).commit(move.after, move.label)
        case MoveKind.UNDO:
            history = history.undo()
        case MoveKind.REDO:
            history = history.redo()
        case _:
            assert_never(move.kind)
    return _Known(known.id, revision + 1, history)


def _put_sitting(connection: Database, id: PostMortemId, sitting: Sitting) -> None:
    put(connection, SittingRow, [{"post_mortem": id, "value": json.dumps(codec.plain(sitting))}])


def _sitting(connection: Connection, id: PostMortemId) -> Sitting | None:
    row = connection.execute(_ITS_SITTING, {"of": id}).one_or_none()
    if row is None:
        return None
    try:
        return codec.value(Sitting, json.loads(row.value))
    except ValueError:  # a damaged clock is no reason not to open the post-mortem
        return None


def _without_items(pm: PostMortem) -> PostMortem:
    return begin(pm.id, pm.title, pm.kind, pm.occurred_on, pm.created_at)
