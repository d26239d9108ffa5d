"""Steps from any older schema to the newest, each in one transaction, after a backup."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

NEWEST: Final = 1
"""The schema version that this pmfacil writes (`PRAGMA user_version`)."""


def migrate(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Bring the database from `version` to `NEWEST`; a file with content is backed up beside itself first."""
    if version > 0:
        _back_up(connection, path, version)
    for step in range(version + 1, NEWEST + 1):
        try:
            connection.executescript(f"BEGIN IMMEDIATE;\n{_script(step)}\nPRAGMA user_version = {step};\nCOMMIT;")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if connection.execute("PRAGMA user_version").fetchone()[0] < step:  # not made by another process meanwhile
                raise


def _script(step: int) -> str:
    return files("pmfacil.store").joinpath(f"schema_{step}.sql").read_text(encoding="utf-8")


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    folder = path.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"{path.stem}-v{version}{path.suffix}"
    if not target.exists():
        connection.execute("VACUUM INTO ?", (str(target),))
        target.chmod(0o600)
