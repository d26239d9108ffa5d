"""A warm process that forks others to be killed, starved and raced: imports take longer than most faults."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, Self

from pmfacil.core.model import PostMortemId
from pmfacil.facilitation import Facilitation
from pmfacil.store import open_shelf
from soak.scene import Recording, act, digest, furnish, without_log
from tests.meetings import perform

if TYPE_CHECKING:
    from collections.abc import Callable

_PATIENCE: Final = 60.0
_ROOT: Final = Path(__file__).parents[1]


class Driven:
    """The parent's end: starts tasks one at a time, and reads what they say, a list of words a line."""

    def __init__(self) -> None:
        """Start the warm process."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "soak.driven"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT, env=os.environ | {"PYTHONPATH": str(_ROOT)},
        )  # fmt: skip
        self._waiting = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def start(self, task: str, **given: object) -> int:
        """Start a task and return its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([task, given]).encode() + b"\n")
        self._process.stdin.flush()
        said = self.line()
        assert said is not None
        assert said[0] == "begun", said
        return int(said[1])

    def line(self, patience: float = _PATIENCE) -> list[str] | None:
        """Return the next line; None: there is none yet."""
        assert self._process.stdout is not None
        while b"\n" not in self._waiting:
            if not select.select([self._process.stdout], [], [], patience)[0]:
                return None
            more = os.read(self._process.stdout.fileno(), 65536)
            if not more:
                return ["ended", "gone"]
            self._waiting += more
        first, _, self._waiting = self._waiting.partition(b"\n")
        return first.decode().split(" ")

    def rest(self) -> list[list[str]]:
        """Return every line up to the task's end, which is the last."""
        lines: list[list[str]] = []
        while not lines or lines[-1][0] != "ended":
            line = self.line()
            assert line is not None, "it hangs"
            lines.append(line)
        return lines

    @staticmethod
    def kill(pid: int) -> None:
        """End a task as a power cut would."""
        os.kill(pid, signal.SIGKILL)


def say(*words: object) -> None:
    """Print one line at once, whole."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def converse(path: str, id: str, seed: int, many: int, name: str, vfs: str = "") -> None:
    """Do random things, telling of each when it is kept: the revision, and digests of before and after."""
    if vfs:
        without_log(vfs)
    rng = random.Random(seed)
    with closing(open_shelf(Path(path))) as shelf:
        ids = iter(f"{name}{number}" for number in range(10**9))
        recording = Recording(shelf, lambda *told: say("kept", *told))
        service = Facilitation(recording, PostMortemId(id), lambda: datetime.now(UTC), lambda: next(ids))
        for number in range(many):
            match rng.randrange(12):
                case 0:
                    service.undo()
                case 1:
                    service.redo()
                case 2:
                    service.keep_draft("timeline", f"{name} {number}")
                    say("draft", number)
                case 3:
                    service.beat()
                case _:
                    perform(service, act(rng))
        service.beat()
        say("last", digest(service.snapshot.post_mortem))


def main() -> None:
    """Fork a process for every line on standard input, one after the other."""
    from soak.disk import TASKS

    with TemporaryDirectory(prefix="soak-") as folder:  # whoever gives up rights later can import nothing any more
        furnish(Path(folder) / "pmfacil.db", random.Random(0), 1)
    tasks: dict[str, Callable[..., None]] = {"converse": converse, **TASKS}
    for line in sys.stdin:
        task, given = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _be(tasks[task], given)
        _, status = os.waitpid(pid, 0)
        say("ended", os.waitstatus_to_exitcode(status))


def _be(task: Callable[..., None], given: dict[str, object]) -> None:
    code = 1
    try:
        say("begun", os.getpid())
        task(**given)
        code = 0
    except BaseException as fault:  # noqa: BLE001 - told to the parent, whatever it is
        say("error", repr(fault).replace("\n", " "))
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
