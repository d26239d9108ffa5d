"""`python -m soak [--rounds N] [--only NAME] [--seed N]`: every fault at full size, and a table of what it cost."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from soak import app, clock, crash, damage, disk, fuzz, gone, kill, power, terminal, windows

if TYPE_CHECKING:
    from collections.abc import Callable

    from soak.outcome import Outcome

_FULL: Final[dict[str, tuple[Callable[[Path, int, int], Outcome], int]]] = {
    "kill": (kill.run, 400),
    "app": (app.run, 30),
    "power": (power.run, 2000),
    "disk": (disk.run, 25),
    "damage": (damage.run, 600),
    "windows": (windows.run, 20_000),
    "purge": (gone.run, 40),
    "crash": (crash.run, 200),
    "clock": (clock.run, 1000),
    "terminal": (terminal.run, 60),
    "fuzz": (fuzz.run, 1_000_000),
}


def main() -> int:
    """Run what was asked for; 0: nothing was lost."""
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("--rounds", type=int, help="as many of each, instead of the full size")
    parser.add_argument("--only", choices=_FULL, action="append", help="only this one; may be said again")
    parser.add_argument("--seed", type=int, default=2026, help="where chance begins (2026)")
    given = parser.parse_args()
    print(f"{'':<16}{'faults':>8}{'survived':>10}{'lost':>6}  {'seed':<8}")
    lost: list[str] = []
    for name, (run, full) in _FULL.items():
        if given.only and name not in given.only:
            continue
        began = time.monotonic()
        with TemporaryDirectory(prefix="soak-") as folder:
            outcome = run(Path(folder), given.rounds or full, given.seed)
        print(f"{outcome.line} ({time.monotonic() - began:.0f} s)", flush=True)
        lost += outcome.lost
    for line in lost:
        print(line)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
