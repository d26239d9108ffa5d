"""Steps from any older schema to the newest, each in one transaction, after a backup."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEWEST: Final = 3
"""The schema version that this pmfacil writes (`PRAGMA user_version`)."""

APPLICATION_ID: Final = 0x706D6661
"""Marks a file as ours ("pmfa"), so that no other program's database is taken for one."""


def migrate(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Bring the database from `version` to `NEWEST`; a file with content is backed up beside itself first.

    Takes a connection in autocommit with foreign keys off, so that a step may rebuild a table.
    """
    if version > 0:
        _back_up(connection, path, version)
    for step in range(version + 1, NEWEST + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            _take(connection, step)
            connection.execute("COMMIT")
        except BaseException:
            connection.rollback()
            raise


def _take(connection: sqlite3.Connection, step: int) -> None:
    if connection.execute("PRAGMA user_version").fetchone()[0] >= step:
        return  # another process took this step while we waited for our turn
    for statement in _statements(_script(step)):
        connection.execute(statement)
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        msg = f"step {step} leaves a link that leads nowhere"
        raise sqlite3.IntegrityError(msg)
    # In the same transaction: a file that has tables but not our mark would be refused as another program's.
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {step}")


def _script(step: int) -> str:
    return files("pmfacil.store").joinpath(f"schema_{step}.sql").read_text(encoding="utf-8")


def _statements(script: str) -> Iterator[str]:
    """Cut a script into its statements; `executescript` would commit before it began."""
    statement = ""
    for part in script.split(";"):
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    folder = path.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"{path.stem}-v{version}{path.suffix}"
    target.with_name(f"{target.name}.part").unlink(missing_ok=True)  # as it was called before
    from pmfacil.store.whole import write_numbered  # noqa: PLC0415 - most starts find the newest version

    write_numbered(connection, target)
