"""Whether the path still leads to the file that is open: SQLite writes on into one that has no name any more."""

from __future__ import annotations

import os
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

# Closing any ordinary handle of a file drops every lock that SQLite holds on it in this process, one that is open for
# the path alone (Linux) does not. Where there is none of that kind, the handle stays open until the process ends.
_PATH_ONLY: Final[int | None] = getattr(os, "O_PATH", None)


class Found(Enum):
    """What has become of a file that is open."""

    HERE = auto()
    GONE = auto()  # deleted: no name leads to it, and it ends when it is closed
    MOVED = auto()  # it has another name, or its drive went away, and nothing is where it was
    TAKEN = auto()  # another file is where it was


class Place:
    """The file that a path leads to now."""

    def __init__(self, path: Path) -> None:
        """Remember which file `path` leads to; raises `OSError`."""
        self._path = path
        self._handle: int | None = os.open(path, os.O_RDONLY if _PATH_ONLY is None else _PATH_ONLY)

    def look(self) -> Found:
        """Tell what has become of the file. It costs two questions to the system, a few microseconds."""
        if self._handle is None:
            return Found.HERE
        # Asked anew each time: some network drives number their files as they please.
        try:
            own = os.fstat(self._handle)
        except OSError:  # a share that went away with the file on it
            return Found.MOVED
        try:
            there = self._path.stat()
        except OSError:
            return Found.MOVED if own.st_nlink else Found.GONE
        return Found.HERE if os.path.samestat(own, there) else Found.TAKEN

    def close(self) -> None:
        """Look no more."""
        if self._handle is not None and _PATH_ONLY is not None:
            os.close(self._handle)
        self._handle = None
