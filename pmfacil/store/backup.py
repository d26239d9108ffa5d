"""Backups: whole, looked at after writing, one a day on use, and fewer the older they are."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from pmfacil.paths import make_folder
from pmfacil.store.aside import CannotWrite, refuse_existing, set_aside
from pmfacil.store.database import open_database
from pmfacil.store.whole import counts, write_new, write_numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pmfacil.store.held import Database

_STAMP: Final = "%Y-%m-%dT%H%M%SZ"
_OURS: Final = re.compile(r"(?P<stem>.+)-(?P<at>\d{4}-\d\d-\d\dT\d{6}Z)(-(?P<number>\d+))?(?P<suffix>\.[^.]+)?")
_UNFINISHED: Final = re.compile(r"\..+\.\d+\.part")
_ABANDONED: Final = timedelta(hours=1)  # no backup takes so long: whoever began it was killed


@dataclass(frozen=True, slots=True)
class Keep:
    """How many days, weeks and months, counted from the newest that has one, keep their last backup."""

    days: int = 7
    weeks: int = 4
    months: int = 12


class Backup(NamedTuple):
    """One backup that we made, as its name tells."""

    at: datetime
    number: int
    path: Path
    of: str


USUAL: Final = Keep()
"""Seven days, four weeks, twelve months."""


def backups_of(path: Path) -> Path:
    """Return the folder in which the backups of the database at `path` lie."""
    return path.parent / "backups"


def back_up(connection: sqlite3.Connection, path: Path, folder: Path, now: datetime) -> Path:
    """Write the whole database into a new file in `folder`, look at it, and return where; raises `CannotWrite`.

    `path` is the database's own, for the name. The folder is made for its owner alone.
    """
    target = folder / f"{path.stem}-{now.astimezone(UTC).strftime(_STAMP)}{path.suffix}"
    try:
        make_folder(folder)
        _clear_abandoned(folder, now)
        return write_numbered(connection, target)
    except (sqlite3.Error, OSError) as fault:
        raise CannotWrite(target, fault) from fault


def back_up_as(path: Path, target: Path) -> Path:
    """Write the database at `path` into exactly `target`, which must be new; raises `CannotWrite`, `CannotOpen`."""
    refuse_existing(target)
    with closing(open_database(path)) as connection:
        return write_new(connection, target)


def restore(backup: Path, into: Path) -> Path:
    """Write what a backup holds into a new file, brought up to date; raises `CannotWrite`, `CannotOpen`."""
    refuse_existing(into)
    with set_aside(backup) as copy, closing(open_database(copy)) as connection:
        if not any(counts(connection)):
            raise CannotWrite(into, f"{backup} holds no post-mortem")
        return write_new(connection, into)


def rotate(folder: Path, keep: Keep = USUAL) -> tuple[Path, ...]:
    """Remove backups that nobody will want, and return them; what is none of ours, and the newest, always stays."""
    removed: list[Path] = []
    by_database: dict[str, list[Backup]] = {}
    for made in made_in(folder):
        by_database.setdefault(made.of, []).append(made)
    for some in by_database.values():
        staying = {some[0].path}
        for most, period in ((keep.days, _day), (keep.weeks, _week), (keep.months, _month)):
            staying |= _last_of_each(some, period, most)
        removed += [made.path for made in some if made.path not in staying]
    for path in removed:
        with suppress(OSError):  # a backup too many is no harm
            path.unlink()
    return tuple(removed)


def due(folder: Path, now: datetime, path: Path) -> bool:
    """Tell whether the database at `path` has no backup of today (in UTC) in `folder` yet."""
    today = _day(now.astimezone(UTC))
    return all(_day(made.at) != today for made in made_in(folder) if made.of == _named(path.stem, path.suffix))


def daily_backup(connection: Database, now: datetime) -> Path | None:
    """Back up the database unless that was done today, and rotate; raises `CannotWrite`.

    Cheap where it is not due. A database that holds nothing is not backed up.
    """
    folder = backups_of(connection.path)
    if not due(folder, now, connection.path):
        return None
    try:
        if not any(counts(connection)):
            return None
        made = back_up(connection, connection.path, folder, now)
    except sqlite3.Error as fault:
        raise CannotWrite(folder, fault) from fault
    rotate(folder)
    return made


def made_in(folder: Path) -> list[Backup]:
    """Return the backups in a folder that we made, told by their names, the newest first."""
    try:
        found = [_told(path) for path in folder.iterdir()]
    except OSError:
        return []
    return sorted((made for made in found if made is not None), reverse=True)


def _told(path: Path) -> Backup | None:
    fits = _OURS.fullmatch(path.name)
    if fits is None or path.name.startswith("."):
        return None
    try:
        at = datetime.strptime(fits["at"], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(at, int(fits["number"] or 0), path, _named(fits["stem"], fits["suffix"] or ""))


def _named(stem: str, suffix: str) -> str:
    return stem + suffix


def _last_of_each(made: Iterable[Backup], period: Callable[[datetime], tuple[int, ...]], most: int) -> set[Path]:
    last: dict[tuple[int, ...], Path] = {}
    for one in made:
        last.setdefault(period(one.at), one.path)
    return set(list(last.values())[:most])


def _day(at: datetime) -> tuple[int, ...]:
    return at.year, at.month, at.day


def _week(at: datetime) -> tuple[int, ...]:
    return at.isocalendar()[:2]


def _month(at: datetime) -> tuple[int, ...]:
    return at.year, at.month


def _clear_abandoned(folder: Path, now: datetime) -> None:
    for path in folder.iterdir():
        if _UNFINISHED.fullmatch(path.name) and path.stat().st_mtime < (now - _ABANDONED).timestamp():
            path.unlink()
