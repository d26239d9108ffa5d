"""Reading and writing the rows of one post-mortem: only those that differ are written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import bindparam
from sqlalchemy.dialects.sqlite import insert

from pmfacil.core.changes import COLLECTIONS, changes, key_of, shared_start
from pmfacil.store.mapping import LINKS, ROWS, item_cells, key_column, link_cells
from pmfacil.store.statements import run, run_each, word
from pmfacil.store.tables import table_of

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection, Delete, Select, Update
    from sqlalchemy.dialects.sqlite import Insert
    from sqlmodel import SQLModel

    from pmfacil.core.model import PostMortem
    from pmfacil.store.mapping import Cells


def rows_of(connection: Connection, row: type[SQLModel], id: str) -> list[Cells]:
    """Return a table's rows that belong to a post-mortem, in their order."""
    return [dict(one) for one in connection.execute(_asking(row), {"of": id}).mappings()]


def put(connection: sqlite3.Connection, row: type[SQLModel], cells: list[Cells]) -> None:
    """Insert rows, or bring those that are there up to date."""
    run_each(connection, _upsert(row), cells)


def get_ready(pm: PostMortem) -> None:
    """Do ahead what the first writing of an item takes: for collections that have some."""
    for collection in COLLECTIONS:
        if items := getattr(pm, collection):
            word(_upsert(ROWS[collection]), item_cells(pm.id, collection, items[0], 0))


def write_items(connection: sqlite3.Connection, before: PostMortem, after: PostMortem) -> None:
    """Write every item in which the two differ; raises where the database refuses one."""
    # What goes, goes first: the triggers look at the rows as they stand.
    gone: list[tuple[str, str]] = []
    touched: dict[str, dict[str, object]] = {}
    for change in changes(before, after):
        if change.after is None:
            gone.append((change.collection, change.key))
        else:
            touched.setdefault(change.collection, {})[change.key] = change.after
    for collection, key in reversed(gone):
        run(connection, _removal(ROWS[collection], key_column(collection)), {"of": after.id, "key": key})
    for collection in COLLECTIONS:
        if getattr(after, collection) is not getattr(before, collection):
            _write_collection(connection, before, after, collection, touched.get(collection, {}))


def _write_collection(
    connection: sqlite3.Connection, before: PostMortem, after: PostMortem, collection: str, touched: dict[str, object]
) -> None:
    old, new = getattr(before, collection), getattr(after, collection)
    start = shared_start(old, new)
    was = {key_of(item): place for place, item in enumerate(old[start:], start)}
    places = {key_of(item): place for place, item in enumerate(new[start:], start)}
    put(
        connection,
        ROWS[collection],
        [item_cells(after.id, collection, item, places[key]) for key, item in touched.items()],
    )
    moved = [
        {"of": after.id, "key": key, "place": place}
        for key, place in places.items()
        if key not in touched and was.get(key) != place
    ]
    if moved:
        run_each(connection, _moving(ROWS[collection], key_column(collection)), moved)
    if collection in LINKS:
        _write_links(connection, after, collection, touched)


def _write_links(
    connection: sqlite3.Connection, after: PostMortem, collection: str, touched: dict[str, object]
) -> None:
    links = LINKS[collection]
    for key, item in touched.items():
        run(connection, _removal(links.row, links.owner), {"of": after.id, "key": key})
        put(connection, links.row, link_cells(after.id, collection, item))


@cache
def _asking(row: type[SQLModel]) -> Select[tuple[object, ...]]:
    table = table_of(row)
    return table.select().where(table.c.post_mortem == bindparam("of")).order_by(table.c.position)


@cache
def _upsert(row: type[SQLModel]) -> Insert:
    table = table_of(row)
    keys = [column.name for column in table.primary_key]
    statement = insert(table)
    others = {column.name: statement.excluded[column.name] for column in table.c if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=others)


@cache
def _removal(row: type[SQLModel], column: str) -> Delete:
    table = table_of(row)
    return table.delete().where(table.c.post_mortem == bindparam("of"), table.c[column] == bindparam("key"))


@cache
def _moving(row: type[SQLModel], column: str) -> Update:
    table = table_of(row)
    mine = (table.c.post_mortem == bindparam("of"), table.c[column] == bindparam("key"))
    return table.update().where(*mine).values(position=bindparam("place"))
