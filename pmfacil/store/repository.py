"""Loading and saving one post-mortem: row diffs, a revision that guards them, and the journal beside them."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, event, func
from sqlalchemy import text as sql
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, col, create_engine, delete, select, update

from pmfacil import codec
from pmfacil.core.agenda import Step
from pmfacil.core.changes import COLLECTIONS, changes, key_of
from pmfacil.core.errors import Gone
from pmfacil.core.history import LIMIT, History
from pmfacil.core.history import Step as HistoryStep
from pmfacil.core.operations import begin
from pmfacil.core.sitting import Sitting
from pmfacil.facilitation import ConflictError, Loaded, MoveKind
from pmfacil.store.errors import not_kept
from pmfacil.store.mapping import LINKS, ROWS, assembled, item_cells, key_column, link_cells, own_cells
from pmfacil.store.patches import DamagedPatchError, applied, patch
from pmfacil.store.tables import DraftRow, JournalRow, PostMortemRow, SittingRow

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection
    from sqlmodel import SQLModel

    from pmfacil.core.model import PostMortem, PostMortemId
    from pmfacil.facilitation import Move
    from pmfacil.store.mapping import Cells

_WRITES: Final = "pmfacil_writes"


class SqlRepository:
    """One post-mortem at a time, over the connection that the shelf opened."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Work over `connection`, which stays the caller's to close."""
        engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
        event.listen(engine, "begin", _begin)
        self._reading = engine
        self._writing = engine.execution_options(**{_WRITES: True})

    def load(self, id: PostMortemId) -> Loaded:
        """Return the post-mortem with that id; raises `Gone`."""
        with Session(self._reading) as session:
            own = session.get(PostMortemRow, id)
            if own is None or own.deleted_at is not None:
                what = "post-mortem"
                raise Gone(what)
            items = {name: _rows(session, ROWS[name], id) for name in COLLECTIONS}
            links = {name: _rows(session, one.row, id) for name, one in LINKS.items()}
            present = assembled(own.model_dump(), items, links)
            sitting = session.get(SittingRow, id)
            drafts = session.exec(select(DraftRow).where(DraftRow.post_mortem == id)).all()
            journal = session.exec(
                select(JournalRow).where(JournalRow.post_mortem == id).order_by(col(JournalRow.seq))
            ).all()
            return Loaded(
                history=_history(present, journal),
                revision=own.revision,
                sitting=_sitting(sitting),
                drafts={Step(row.step): row.text for row in drafts if row.text},
            )

    def save(self, move: Move, revision: int) -> int:
        """Write the move in one transaction and return the new revision; raises `ConflictError`, `NotKept`."""
        with self._transaction() as session:
            own = own_cells(move.after)
            claimed = session.exec(
                update(PostMortemRow)
                .where(col(PostMortemRow.id) == move.after.id, col(PostMortemRow.revision) == revision)
                .where(col(PostMortemRow.deleted_at).is_(None))
                .values(**own, revision=revision + 1)
            )
            if claimed.rowcount != 1:
                raise ConflictError
            _write_items(session, move.before, move.after)
            _write_journal(session, move)
        return revision + 1

    def add(self, pm: PostMortem, sitting: Sitting | None) -> None:
        """Write a post-mortem that the store does not have; raises `NotKept`."""
        with self._transaction() as session:
            session.execute(insert(PostMortemRow).values(**own_cells(pm), revision=0))
            _write_items(session, _without_items(pm), pm)
            if sitting is not None:
                _put(session, SittingRow, [{"post_mortem": pm.id, "value": _written(sitting)}])

    def keep_sitting(self, id: PostMortemId, sitting: Sitting) -> None:
        """Write the running meeting; raises `NotKept`."""
        with self._transaction() as session:
            _put(session, SittingRow, [{"post_mortem": id, "value": _written(sitting)}])

    def keep_draft(self, id: PostMortemId, step: Step, text: str) -> None:
        """Write a half-typed line; raises `NotKept`."""
        with self._transaction() as session:
            _put(session, DraftRow, [{"post_mortem": id, "step": step.value, "text": text}])

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        try:
            with Session(self._writing) as session, session.begin():
                # Within the transaction rows may come in any order; at its end every link must hold.
                session.execute(sql("PRAGMA defer_foreign_keys = ON"))
                yield session
        except DBAPIError as fault:
            raise not_kept(fault.orig) from fault


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _rows(session: Session, row: type[SQLModel], id: PostMortemId) -> list[Cells]:
    table = row.metadata.tables[str(row.__tablename__)]
    asked = session.execute(table.select().where(table.c.post_mortem == id).order_by(table.c.position))
    return [dict(one) for one in asked.mappings()]


def _put(session: Session, row: type[SQLModel], cells: list[Cells]) -> None:
    """Insert rows, or bring those that are there up to date."""
    if not cells:
        return
    table = row.metadata.tables[str(row.__tablename__)]
    keys = [column.name for column in table.primary_key]
    statement = insert(table)
    others = {name: statement.excluded[name] for name in cells[0] if name not in keys}
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_=others), cells)


def _write_items(session: Session, before: PostMortem, after: PostMortem) -> None:
    # What goes, goes first: the triggers look at the rows as they stand.
    gone: list[tuple[str, str]] = []
    touched: dict[str, dict[str, object]] = {}
    for change in changes(before, after):
        if change.after is None:
            gone.append((change.collection, change.key))
        else:
            touched.setdefault(change.collection, {})[change.key] = change.after
    for collection, key in reversed(gone):
        table = ROWS[collection].metadata.tables[str(ROWS[collection].__tablename__)]
        session.execute(table.delete().where(table.c.post_mortem == after.id, table.c[key_column(collection)] == key))
    for collection in COLLECTIONS:
        new = getattr(after, collection)
        if new is not getattr(before, collection):
            _write_collection(session, before, after, collection, touched.get(collection, {}))


def _write_collection(
    session: Session, before: PostMortem, after: PostMortem, collection: str, touched: dict[str, object]
) -> None:
    was = {key_of(item): position for position, item in enumerate(getattr(before, collection))}
    places = {key_of(item): position for position, item in enumerate(getattr(after, collection))}
    _put(
        session,
        ROWS[collection],
        [item_cells(after.id, collection, item, places[key]) for key, item in touched.items()],
    )
    moved = [
        {"of": after.id, "key": key, "place": place}
        for key, place in places.items()
        if key not in touched and was.get(key) != place
    ]
    if moved:
        table = ROWS[collection].metadata.tables[str(ROWS[collection].__tablename__)]
        key = table.c[key_column(collection)]
        statement = (
            table.update()
            .where(table.c.post_mortem == bindparam("of"), key == bindparam("key"))
            .values(position=bindparam("place"))
        )
        session.execute(statement, moved)
    if collection in LINKS:
        _write_links(session, after, collection, touched)


def _write_links(session: Session, after: PostMortem, collection: str, touched: dict[str, object]) -> None:
    links = LINKS[collection]
    table = links.row.metadata.tables[str(links.row.__tablename__)]
    for key, item in touched.items():
        session.execute(table.delete().where(table.c.post_mortem == after.id, table.c[links.owner] == key))
        _put(session, links.row, link_cells(after.id, collection, item))


def _write_journal(session: Session, move: Move) -> None:
    mine = col(JournalRow.post_mortem) == move.after.id
    undone = col(JournalRow.undone)
    match move.kind:
        case MoveKind.DO:
            session.exec(delete(JournalRow).where(mine, undone == 1))
            newest = session.exec(select(func.max(JournalRow.seq)).where(mine)).one() or 0
            if move.merges:
                session.exec(delete(JournalRow).where(mine, col(JournalRow.seq) == newest))
            session.exec(delete(JournalRow).where(mine, col(JournalRow.seq) <= newest + 1 - LIMIT))
            session.add(
                JournalRow(
                    post_mortem=move.after.id,
                    seq=newest + 1,
                    at=str(codec.plain(move.at)),
                    label=move.label,
                    undone=0,
                    forward=patch(move.since, move.after),
                    backward=patch(move.after, move.since),
                )
            )
        case MoveKind.UNDO:
            newest = session.exec(select(func.max(JournalRow.seq)).where(mine, undone == 0)).one()
            session.exec(update(JournalRow).where(mine, col(JournalRow.seq) == newest).values(undone=1))
        case MoveKind.REDO:
            oldest = session.exec(select(func.min(JournalRow.seq)).where(mine, undone == 1)).one()
            session.exec(update(JournalRow).where(mine, col(JournalRow.seq) == oldest).values(undone=0))


def _history(present: PostMortem, journal: Sequence[JournalRow]) -> History[PostMortem]:
    past: list[HistoryStep[PostMortem]] = []
    value = present
    for row in reversed([row for row in journal if not row.undone]):
        before = _turned(value, row.backward)
        if before is None:
            break
        past.append(HistoryStep(row.label, before))
        value = before
    future: list[HistoryStep[PostMortem]] = []
    value = present
    for row in (row for row in journal if row.undone):
        after = _turned(value, row.forward)
        if after is None:
            break
        future.append(HistoryStep(row.label, after))
        value = after
    return History(present, tuple(reversed(past)), tuple(reversed(future)))


def _turned(value: PostMortem, text: str) -> PostMortem | None:
    try:
        return applied(value, text)
    except DamagedPatchError:  # history ends here; the present is whole
        return None


def _written(sitting: Sitting) -> str:
    return json.dumps(codec.plain(sitting))


def _sitting(row: SittingRow | None) -> Sitting | None:
    if row is None:
        return None
    try:
        return codec.value(Sitting, json.loads(row.value))
    except ValueError:  # a damaged clock is no reason not to open the post-mortem
        return None


def _without_items(pm: PostMortem) -> PostMortem:
    return begin(pm.id, pm.title, pm.kind, pm.occurred_on, pm.created_at)
