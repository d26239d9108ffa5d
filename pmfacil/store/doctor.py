"""Looking a database over without writing a byte to it, and learning its search index anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Refusal
from pmfacil.core.model import PostMortemId
from pmfacil.core.record import RecordId
from pmfacil.store.archive import SqlArchive
from pmfacil.store.aside import set_aside
from pmfacil.store.database import open_database
from pmfacil.store.log import lost_saves
from pmfacil.store.recovering import Recovery, recover
from pmfacil.store.repository import SqlRepository
from pmfacil.store.writing import writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pmfacil.store.held import Database

__all__ = ["Examination", "Recovery", "examine", "rebuild_index", "recover"]

_SHOWN: Final = 5
_STANDING: Final = "SELECT id, title FROM post_mortem WHERE deleted_at IS NULL ORDER BY created_at"
_RECORDS: Final = "SELECT id, title FROM record WHERE deleted_at IS NULL ORDER BY taken_in_at"
_STEPS: Final = "SELECT count(*) FROM journal WHERE post_mortem = ?"
_STRAY: Final = """
    SELECT count(DISTINCT owner) FROM passage
    WHERE owner NOT IN (SELECT id FROM post_mortem UNION ALL SELECT id FROM record)
"""
_INDEX: Final = "SELECT sql FROM sqlite_master WHERE name = 'passage_words'"


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in a database: a sentence each; none where it is healthy."""

    path: Path
    version: int | None
    post_mortems: int
    findings: tuple[str, ...]

    @property
    def healthy(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def examine(path: Path) -> Examination:
    """Look at everything in the database at `path`, in a copy: the file itself is only read.

    Raises `CannotOpen` where there is nothing to read. Not for a process that has the file open.
    """
    with set_aside(path) as copy:
        saves = lost_saves(copy.with_name(f"{copy.name}-wal"))
        version, findings = _pages(copy)
        if saves:
            findings.append(f"The write-ahead log is damaged: the newest changes, {saves} or fewer, cannot be read.")
        try:
            with closing(open_database(copy)) as connection:
                count, more = _contents(connection)
        except Refusal as refusal:
            count, more = 0, [_of_the_file(refusal, copy, path)]
    return Examination(path, version, count, (*findings, *more))


def rebuild_index(path: Path) -> int:
    """Learn the search index anew and return how many post-mortems it holds; raises `CannotOpen`, `NotKept`."""
    with closing(open_database(path)) as connection:
        with writing(connection):
            statement = connection.execute(_INDEX).fetchone()[0]
            connection.execute("DROP TABLE passage_words")
            connection.execute("DELETE FROM passage")
            connection.execute("DELETE FROM searchable")
            connection.execute(statement)
        SqlArchive(connection).catch_up()
        return int(connection.execute("SELECT count(*) FROM searchable").fetchone()[0])


def _pages(copy: Path) -> tuple[int | None, list[str]]:
    """Return the schema's version, and what is wrong with the file's pages and links."""
    findings: list[str] = []
    version = None
    try:
        with closing(sqlite3.connect(copy)) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            faults = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_SHOWN})")]
            if faults != ["ok"]:
                findings.append(f"The file is damaged: {'; '.join(faults)}.")
            links = connection.execute("PRAGMA foreign_key_check").fetchall()
            if links:
                where = ", ".join(sorted({str(table) for table, *_ in links}))
                findings.append(f"{len(links)} links lead nowhere, in {where}.")
    except sqlite3.Error as fault:
        findings.append(f"The file is damaged: {fault}.")
    return version, findings


def _contents(connection: Database) -> tuple[int, list[str]]:
    """Return how many post-mortems there are, and what is wrong with any."""
    findings: list[str] = []
    count = 0
    try:
        for one in _unreadable(connection):
            count += 1
            findings += one
        findings += _index(connection)
    except (sqlite3.Error, UnicodeError) as fault:
        findings.append(f"The list of post-mortems cannot be read: {fault}.")
    return count, findings


def _unreadable(connection: Database) -> Iterator[list[str]]:
    """Yield, for each post-mortem and record, what is wrong with it."""
    repository, archive = SqlRepository(connection), SqlArchive(connection)
    for key, title in connection.execute(_STANDING).fetchall():
        try:
            history = repository.load(PostMortemId(key)).history
        except Refusal as refusal:
            yield [f"“{title}” does not open: {refusal}"]
            continue
        steps = connection.execute(_STEPS, (key,)).fetchone()[0]
        lost = steps - len(history.past) - len(history.future)
        yield [f"“{title}”: {lost} of {steps} steps of its undo cannot be read."] if lost else []
    for key, title in connection.execute(_RECORDS).fetchall():
        try:
            archive.record(RecordId(key))
        except Refusal as refusal:
            yield [f"“{title}” does not open: {refusal}"]
        else:
            yield []


def _index(connection: sqlite3.Connection) -> Iterator[str]:
    try:
        connection.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)")
        stray = connection.execute(_STRAY).fetchone()[0]
    except sqlite3.Error as fault:
        yield f"The search index is damaged ({fault}): --rebuild-index learns it anew."
        return
    if stray:
        yield f"The search index knows {stray} that are gone: --rebuild-index learns it anew."


def _of_the_file(refusal: Refusal, copy: Path, path: Path) -> str:
    return str(refusal).replace(str(copy), str(path))
