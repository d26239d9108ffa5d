"""Statements are worded once and run by sqlite3, with the values that their names say."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam

from pmfacil.store.statements import run, run_each, word

_TABLE = Table(
    "thing", MetaData(), Column("id", Integer, primary_key=True), Column("name", String), Column("n", Integer)
)
_ADD = _TABLE.insert()
_NAMED = _TABLE.select().where(_TABLE.c.name == bindparam("called"), _TABLE.c.n == 0)
_COUNT = _TABLE.update().where(_TABLE.c.id == bindparam("which")).values(n=bindparam("now"))


@pytest.fixture
def connection() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT, n INTEGER)")
    return connection


def _all(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    return connection.execute("SELECT * FROM thing ORDER BY id").fetchall()


def test_values_go_where_their_names_say_in_whatever_order_they_come(connection: sqlite3.Connection) -> None:
    run(connection, _ADD, {"id": 1, "name": "one", "n": 0})
    run(connection, _ADD, {"n": 5, "name": "two", "id": 2})
    assert _all(connection) == [(1, "one", 0), (2, "two", 5)]


def test_columns_that_are_not_named_are_left_to_the_table(connection: sqlite3.Connection) -> None:
    run(connection, _ADD, {"id": 1})
    assert _all(connection) == [(1, None, None)]


def test_what_a_statement_says_itself_need_not_be_given(connection: sqlite3.Connection) -> None:
    run_each(connection, _ADD, [{"id": 1, "name": "a", "n": 0}, {"id": 2, "name": "a", "n": 1}])
    assert run(connection, _NAMED, {"called": "a"}).fetchall() == [(1, "a", 0)]


def test_how_many_rows_a_statement_met_is_told(connection: sqlite3.Connection) -> None:
    run(connection, _ADD, {"id": 1, "name": "a", "n": 0})
    assert run(connection, _COUNT, {"which": 1, "now": 7}).rowcount == 1
    assert run(connection, _COUNT, {"which": 9, "now": 7}).rowcount == 0
    assert _all(connection) == [(1, "a", 7)]


def test_no_rows_run_nothing(connection: sqlite3.Connection) -> None:
    run_each(connection, _ADD, [])
    assert _all(connection) == []


def test_a_statement_that_was_worded_ahead_is_not_worded_again(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = _TABLE.delete().where(_TABLE.c.id == bindparam("which"))
    word(ahead, ["which"])
    monkeypatch.setattr(type(ahead), "compile", lambda *_args, **_named: pytest.fail("worded again"))
    assert run(connection, ahead, {"which": 1}).rowcount == 0
