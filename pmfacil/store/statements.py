"""SQLAlchemy's statements, put into words once and run by sqlite3 itself.

The tables stand in one place, as SQLModel classes, and no SQL is written by hand for them. But SQLAlchemy's own way
round a statement that is known already takes longer than SQLite needs to run it, and an Enter runs eight of them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.sql.elements import ClauseElement

_DIALECT: Final = SQLiteDialect_pysqlite(paramstyle="qmark")


def run(connection: sqlite3.Connection, statement: ClauseElement, cells: Mapping[str, object]) -> sqlite3.Cursor:
    """Run a statement with these values for its columns and parameters; raises `sqlite3.Error`.

    A statement is worded anew for each set of names, and remembered by what it is: build it once.
    """
    text, names, fixed = _worded(statement, frozenset(cells))
    return connection.execute(text, _in_order(names, {**fixed, **cells}))


def word(statement: ClauseElement, names: Iterable[str]) -> None:
    """Put a statement into words ahead of the first time that it is run with these names."""
    _worded(statement, frozenset(names))


def run_each(connection: sqlite3.Connection, statement: ClauseElement, rows: Sequence[Mapping[str, object]]) -> None:
    """Run a statement once for each of the rows, which name the same columns; raises `sqlite3.Error`."""
    if rows:
        text, names, fixed = _worded(statement, frozenset(rows[0]))
        connection.executemany(text, (_in_order(names, {**fixed, **row}) for row in rows))


def _in_order(names: Sequence[str], values: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(values[name] for name in names)


@cache
def _worded(statement: ClauseElement, names: frozenset[str]) -> tuple[str, tuple[str, ...], dict[str, object]]:
    """Return the text of a statement, the names of its values in their order, and those that are always the same."""
    compiled = statement.compile(dialect=_DIALECT, column_keys=list(names))
    fixed = {name: value for name, value in compiled.params.items() if value is not None}
    # The base class, which is what `compile` promises, knows no places of values; that of any SQL statement does.
    return str(compiled), tuple(getattr(compiled, "positiontup", None) or ()), fixed
