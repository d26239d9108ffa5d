"""What is noted of an unexpected fault: where in the program it happened, and none of anybody's words."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmfacil import __version__
from pmfacil.paths import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from pmfacil.core.model import PostMortemId

_LARGEST: Final = 100_000  # bytes; the file before it is kept, so twice as much is there at most
_FRAMES: Final = 40  # the innermost ones: of an endless recursion no more is of use
_CAUSES: Final = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-typed line that the disk refused: of which post-mortem, at which place of it."""

    of: PostMortemId
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Calm:
    """What the app after a fault is told: where it was noted (empty: nowhere), and what only memory holds.

    `go_on` is to be called when somebody goes on; `sure` says that the half-typed line was kept or is held.
    """

    log: str
    go_on: Callable[[], None]
    held: tuple[Draft, ...] = ()
    sure: bool = True


def fault_of(act: Callable[[], object]) -> Exception | None:
    """Do something, and return the fault that it ended in.

    The one place that catches whatever comes: a traceback on a shared screen would show what somebody wrote.
    """
    try:
        act()
    except Exception as fault:  # noqa: BLE001 - see above
        return fault
    return None


class CrashLog:
    """A file for its owner alone. No message of a fault is in it: messages quote what they choke on."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        """Note in this file, by this clock; nothing is written before there is something to note."""
        self.path = path
        self._clock = clock

    @property
    def shown(self) -> str:
        """Where it is, as it may be said on a shared screen."""
        return shown(self.path)

    def note(self, fault: BaseException) -> bool:
        """Note a fault; tell whether the disk took it."""
        try:
            self._write("\n".join(_told(fault, self._clock())) + "\n\n")
        except OSError:
            return False
        return True

    def _write(self, text: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.parent.chmod(0o700)
        if self.path.exists() and self.path.stat().st_size + len(text) > _LARGEST:
            self.path.replace(self.path.with_suffix(".before.log"))
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(text)


def place_of(fault: BaseException) -> str:
    """Return what kind of fault it is and where it was raised: the same for the same fault again."""
    return " ".join([_kind(fault), *_frames(fault)[-1:]])


def _told(fault: BaseException, now: datetime) -> Iterator[str]:
    import platform  # noqa: PLC0415 - wanted by nobody else

    machine = f"Python {platform.python_version()} · {platform.platform(terse=True)}"
    yield f"{now.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC · pmfacil {__version__} · {machine}"
    for one in _chain(fault):
        yield f"  {_kind(one)}"
        yield from (f"    {frame}" for frame in _frames(one))


def _chain(fault: BaseException) -> Iterator[BaseException]:
    """Yield the fault and what led to it."""
    one: BaseException | None = fault
    for _ in range(_CAUSES):
        if one is None:
            return
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _kind(fault: BaseException) -> str:
    return f"{type(fault).__module__}.{type(fault).__qualname__}".removeprefix("builtins.")


def _frames(fault: BaseException) -> list[str]:
    import traceback  # noqa: PLC0415 - wanted by nobody else

    found = [(frame.f_code, line) for frame, line in traceback.walk_tb(fault.__traceback__)]
    return [f"{_within(code.co_filename)}:{line} {code.co_qualname}" for code, line in found[-_FRAMES:]]


def _within(file: str) -> str:
    """Return a file's place in the program: where that is installed may hold a person's name."""
    parts = Path(file).parts
    known = [index for index, part in enumerate(parts) if part in ("site-packages", "pmfacil")]
    return Path(*parts[known[-1] :]).as_posix().removeprefix("site-packages/") if known else Path(file).name
