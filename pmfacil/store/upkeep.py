"""What the command line may do to a database file as a whole. Nothing is opened before it is asked for."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from pmfacil.store.backup import back_up, back_up_as, backups_of, made_in, restore, rotate
from pmfacil.store.database import open_database
from pmfacil.store.doctor import examine, rebuild_index, recover
from pmfacil.store.errors import CannotOpen
from pmfacil.store.purge import purge, purge_backups, put_away
from pmfacil.store.reading import reading

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pmfacil.store.doctor import Examination, Recovery
    from pmfacil.store.purge import Purged


class Upkeep:
    """One database file and its backups."""

    def __init__(self, path: Path) -> None:
        """Look after the database at `path`, which need not be there."""
        self.path = path

    def examine(self) -> Examination:
        """Look it over, without writing; raises `CannotOpen`."""
        return examine(self._there())

    def recover(self, into: Path) -> Recovery:
        """Save what can be saved into a new file; raises `CannotWrite`, `CannotOpen`."""
        return recover(self._there(), into, backups_of(self.path))

    def rebuild_index(self) -> int:
        """Learn the search index anew and return how many post-mortems it holds; raises `CannotOpen`, `NotKept`."""
        return rebuild_index(self._there())

    def back_up(self, target: Path | None, now: datetime) -> Path:
        """Write a backup at `target`, which must be new, else among the others; raises `CannotWrite`, `CannotOpen`."""
        path = self._there()
        if target is not None:
            return back_up_as(path, target)
        with closing(open_database(path)) as connection:
            made = back_up(connection, path, backups_of(path), now)
        rotate(backups_of(path))
        return made

    def restore(self, backup: Path, into: Path) -> Path:
        """Write what a backup holds into a new file; raises `CannotWrite`, `CannotOpen`."""
        return restore(backup, into)

    def purge(self, before: datetime) -> tuple[Purged, int]:
        """Delete for good what was put away before an instant, in the backups too; return how many of them changed.

        Raises `NotKept`, `CannotWrite`, `CannotOpen`.
        """
        ids = tuple(self.put_away(before))
        changed = purge_backups(backups_of(self.path), ids) if ids else ()
        with closing(open_database(self._there())) as connection:
            return purge(connection, before), len(changed)

    def put_away(self, before: datetime) -> dict[str, str]:
        """Return the ids and titles of what was put away before an instant; raises `CannotOpen`, `CannotRead`."""
        with closing(open_database(self._there())) as connection, reading(connection, "What was deleted"):
            return put_away(connection, before)

    def newest_backup(self) -> datetime | None:
        """Return when the newest backup among the daily ones was made; None: there is none."""
        return next((made.at for made in made_in(backups_of(self.path)) if made.of == self.path.name), None)

    def _there(self) -> Path:
        if not self.path.is_file():
            raise CannotOpen(self.path, "there is no such file.")
        return self.path
