"""Files beside the database: a private copy to look at, and a finished file that gets its name."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Refusal
from pmfacil.paths import shown
from pmfacil.store.errors import CannotOpen

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRIES: Final = 5
# Not the `-shm`: SQLite makes it anew from the write-ahead log.
_PARTS: Final = ("", "-wal", "-journal")


class CannotWrite(Refusal):
    """A new file was not written; nothing that was there before was touched."""

    def __init__(self, path: Path, why: object) -> None:
        """Name the file and say why not."""
        self.path = path
        super().__init__(f"{shown(path)} was not written: {why}.")


@contextmanager
def set_aside(path: Path) -> Iterator[Path]:
    """Yield a copy of the database at `path`, write-ahead log included, in a private folder that goes in the end.

    Raises `CannotOpen`. It is not for a process that has the file open with SQLite: locks would be lost.
    """
    with TemporaryDirectory(prefix="pmfacil-") as folder:
        copy = Path(folder) / "copy.db"
        try:
            whole = _copied(path, copy)
        except OSError as fault:
            raise CannotOpen(path, f"cannot be read ({fault.strerror or fault}).") from fault
        if not whole:
            raise CannotOpen(path, "another program writes into it all the time. Close it there and try again.")
        yield copy


def refuse_existing(path: Path) -> None:
    """Refuse with `CannotWrite` where a file of that name, or its write-ahead log, is there already."""
    if any(_part(path, part).exists() for part in _PARTS):
        raise CannotWrite(path, "a file of that name is there. Choose another name")


def put_in_place(unfinished: Path, target: Path) -> None:
    """Give a finished file its name, never over another one; raises `OSError`."""
    _flush(unfinished)
    try:
        target.hardlink_to(unfinished)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: claim the name first, then move the content over it
        target.touch(mode=0o600, exist_ok=False)
        unfinished.replace(target)
    else:
        unfinished.unlink()
    _settle(target.parent)


def replace_whole(unfinished: Path, target: Path) -> None:
    """Put a finished file in the place of another one, in one step; raises `OSError`."""
    _flush(unfinished)
    unfinished.replace(target)
    _settle(target.parent)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Let the folder's new entry outlive a power cut, where folders can be told to."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _copied(path: Path, copy: Path) -> bool:
    """Copy every part; tell whether nobody wrote meanwhile."""
    for _ in range(_TRIES):
        before = _state(path)
        for part in _PARTS:
            source, target = _part(path, part), _part(copy, part)
            target.unlink(missing_ok=True)
            if not part or source.exists():
                shutil.copyfile(source, target)
        if _state(path) == before:
            return True
    return False


def _state(path: Path) -> list[tuple[int, int] | None]:
    state: list[tuple[int, int] | None] = []
    for part in _PARTS:
        try:
            told = _part(path, part).stat()
        except FileNotFoundError:
            state.append(None)
        else:
            state.append((told.st_size, told.st_mtime_ns))
    return state


def _part(path: Path, part: str) -> Path:
    return path.with_name(path.name + part)
