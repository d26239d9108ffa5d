"""A database written whole into another file, and looked at before it gets its name."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from pmfacil.paths import make_folder
from pmfacil.store.aside import CannotWrite, put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Counts(NamedTuple):
    """How much a database holds."""

    post_mortems: int
    steps: int
    records: int


def counts(connection: sqlite3.Connection) -> Counts:
    """Return how much the database holds; one from before written post-mortems has none. Raises `sqlite3.Error`."""
    has_records = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'record'").fetchone() is not None
    return Counts(
        _number(connection, "SELECT count(*) FROM post_mortem"),
        _number(connection, "SELECT count(*) FROM journal"),
        _number(connection, "SELECT count(*) FROM record") if has_records else 0,
    )


def write_whole(connection: sqlite3.Connection, unfinished: Path, target: Path) -> None:
    """Write the database into `target` by way of `unfinished`; raises `sqlite3.Error`, `OSError`.

    Under another name until it is known to be whole: half a backup must not be taken for one.
    """
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        before = counts(connection)
        connection.execute("VACUUM INTO ?", (str(unfinished),))
        # Another window may write meanwhile, so either count will do.
        verify(unfinished, (before, counts(connection)))
        put_in_place(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def write_new(connection: sqlite3.Connection, target: Path) -> Path:
    """Write the database into exactly `target` and return it; its folder is made. Raises `CannotWrite`."""
    try:
        make_folder(target.parent)
        write_whole(connection, _unfinished(target), target)
    except (sqlite3.Error, OSError) as fault:
        raise CannotWrite(target, fault) from fault
    return target


def write_numbered(connection: sqlite3.Connection, target: Path) -> Path:
    """Write the database into `target`, with a number where that is taken; raises `sqlite3.Error`, `OSError`."""
    for number in count(1):
        free = target if number == 1 else target.with_name(f"{target.stem}-{number - 1}{target.suffix}")
        if free.exists():
            continue
        with suppress(FileExistsError):  # another process took the name meanwhile
            write_whole(connection, _unfinished(free), free)
            return free
    raise AssertionError  # pragma: no cover - the numbers never end


def verify(path: Path, expected: Iterable[Counts]) -> None:
    """Raise `sqlite3.Error` unless the file opens, is whole, and holds one of the `expected` counts."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        told = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if told != "ok":
            msg = f"the copy is damaged: {told}"
            raise sqlite3.DatabaseError(msg)
        if counts(connection) not in expected:
            msg = "the copy does not hold everything"
            raise sqlite3.DatabaseError(msg)


def _unfinished(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.part")


def _number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])
