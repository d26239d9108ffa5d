"""Every fault of `python -m soak`, a few times each: nothing that was shown as kept is lost, nothing crashes."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pmfacil.core.kind import Kind
from pmfacil.library import Library
from pmfacil.store import open_shelf
from pmfacil.store.errors import CannotOpen
from soak import damage, disk, gone, kill, power, windows
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from soak.outcome import Outcome

SEED = 12


@pytest.mark.parametrize(
    ("run", "rounds"),
    [
        pytest.param(kill.run, 8, id="a process is killed"),
        pytest.param(power.run, 24, id="the power goes"),
        pytest.param(disk.run, 1, id="the disk refuses"),
        pytest.param(damage.run, 10, id="the file is damaged"),
        pytest.param(windows.run, 160, id="two processes write"),
        pytest.param(gone.run, 2, id="a post-mortem is purged"),
    ],
)
def test_nothing_is_lost_when(run: Callable[[Path, int, int], Outcome], rounds: int, tmp_path: Path) -> None:
    outcome = run(tmp_path, rounds, SEED)
    assert outcome.lost == [], outcome.line
    assert outcome.faults == outcome.survived > 0


def test_a_damaged_file_with_a_log_beside_it_is_refused_untouched(tmp_path: Path) -> None:
    path, copy = tmp_path / "pmfacil.db", tmp_path / "copy" / "pmfacil.db"
    copy.parent.mkdir()
    with closing(open_shelf(path)) as shelf:
        shelf._connection.execute("PRAGMA wal_checkpoint(RESTART)")
        Library(shelf, FakeClock(), Ids(), zone="UTC").begin("In the log", Kind.OTHER, None)
        for part in ("", "-wal"):
            copy.with_name(copy.name + part).write_bytes(path.with_name(path.name + part).read_bytes())
    copy.write_bytes(copy.read_bytes()[:100] + b"\xff" * 900 + copy.read_bytes()[1000:])
    before = {file.name: file.read_bytes() for file in copy.parent.iterdir()}
    with pytest.raises(CannotOpen):
        open_shelf(copy)
    after = {file.name: file.read_bytes() for file in copy.parent.iterdir() if not file.name.endswith("-shm")}
    assert after == before
