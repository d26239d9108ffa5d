"""Input nobody thought of, by the million: nothing but refusals, no hang, no bomb, no way past the gate."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from soak.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

_PROCESSES: Final = 2


def run(folder: Path, rounds: int, seed: int) -> Outcome:
    """Run that many cases in two processes; each part gets its share of them."""
    outcome = Outcome("fuzz", seed)
    running = []
    slowest: dict[str, float] = {}
    for first in range(_PROCESSES):
        own = folder / f"fuzz-{first}"
        own.mkdir()
        command = [sys.executable, "-m", "soak.fuzzing.running", *map(str, (own, seed, first, rounds, _PROCESSES))]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
    for process in running:
        told, _ = process.communicate()
        if process.returncode:
            outcome.count(f"a process ended with {process.returncode}", "as a whole")
            continue
        tally = json.loads(told)
        for name, many in tally["cases"].items():
            outcome.note(name, many)
            slowest[name] = max(slowest.get(name, 0), tally["slowest"][name])
        for _ in range(sum(tally["cases"].values()) - len(tally["wrong"])):
            outcome.count(None, "")
        for wrong in tally["wrong"]:
            outcome.count(wrong, "a case")
    outcome.note("slowest case, ms", round(1000 * max(slowest.values(), default=0)))
    return outcome
