"""Runs the cases of all parts in two processes, each case under a limit of time, all of them under one of memory."""

from __future__ import annotations

import json
import resource
import signal
import time
import traceback
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, NoReturn

from pmfacil.core.errors import Refusal
from soak.fuzzing import choices, files, kept, searched, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from soak.fuzzing.part import Part

PATIENCE: Final = 2.0  # seconds of CPU for one case; the slowest that is right takes a twentieth
_MEMORY: Final = 1_500 * 2**20  # bytes of address space; a bomb that went off needs more
_TOLD: Final = 600  # characters of a case that a finding tells

PARTS: Final[dict[str, tuple[Callable[[Path], Part], int]]] = {
    "timeline lines": (lambda _folder: typed.Timeline(), 220),
    "action lines": (lambda _folder: typed.Actions(), 130),
    "wording": (lambda _folder: typed.Wording(), 60),
    "texts": (lambda _folder: typed.Pages(), 10),
    "facts and days": (lambda _folder: typed.Facts(), 180),
    "queries": (lambda _folder: typed.Queries(), 150),
    "searches": (searched.Searches, 40),
    "sources": (lambda _folder: files.Sources(), 70),
    "pastes": (lambda _folder: files.Pastes(), 20),
    "written ones": (lambda _folder: files.Documents(), 10),
    "exports": (choices.Documents, 20),
    "settings": (choices.Choices, 40),
    "templates": (choices.Templates, 10),
    "arguments": (choices.Arguments, 5),
    "cells": (kept.Cells, 5),
    "patches": (kept.Patches, 30),
}
"""How each part is made, and its share of a thousand cases."""


class TooSlowError(BaseException):
    """A case took more than its time; no `except Exception` of a library may swallow it."""


@dataclass
class Tally:
    """What one process found: cases by part, the slowest of each, and what was wrong."""

    cases: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def run_some(folder: Path, seed: int, numbers: Iterable[int], wanted: Iterable[str] = tuple(PARTS)) -> Tally:
    """Run the cases with these numbers, each part its share; never more than a case in hand."""
    tally, numbers = Tally(), list(numbers)
    for name in wanted:
        make, share = PARTS[name]
        part = make(folder)
        for number in numbers:
            if (number * share) // 1000 != ((number + 1) * share) // 1000:
                _one(part, name, f"fuzz {name} {seed} {number}", tally)
    return tally


def redrawn(folder: Path, name: str, seed: int, number: int) -> object:
    """Return the case again, to look at it."""
    return PARTS[name][0](folder).draw(Random(f"fuzz {name} {seed} {number}"))


def bound_memory() -> None:
    """Let this process have no more memory than a laptop could spare."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.RLIM_INFINITY))


def limit_time() -> None:
    """Let `PATIENCE` end a case in this process."""
    signal.signal(signal.SIGPROF, _too_slow)


def _one(part: Part, name: str, key: str, tally: Tally) -> None:
    case = part.draw(Random(key))
    tally.cases[name] += 1
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        part.check(case)
    except Refusal as refusal:
        del refusal
    except (Exception, TooSlowError) as fault:  # noqa: BLE001 - whatever comes out is the finding
        signal.setitimer(signal.ITIMER_PROF, 0)
        at = traceback.extract_tb(fault.__traceback__)
        ours = next((one for one in reversed(at) if "/pmfacil/" in one.filename), at[-1])
        where = f"{Path(ours.filename).name}:{ours.lineno}"
        tally.wrong.append(f"{key}: {type(fault).__name__} {str(fault)[:300]} at {where}: {repr(case)[:_TOLD]}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    tally.slowest[name] = max(tally.slowest.get(name, 0), time.process_time() - began)


def _too_slow(_signal: int, _frame: object) -> NoReturn:
    raise TooSlowError


def main(folder: str, seed: str, first: str, last: str, step: str) -> None:
    """Run a share of the cases in this process, and print what came of it as JSON."""
    warnings.simplefilter("ignore")  # of zip files in which a name comes twice
    bound_memory()
    limit_time()
    tally = run_some(Path(folder), int(seed), range(int(first), int(last), int(step)))
    print(json.dumps({"cases": tally.cases, "slowest": tally.slowest, "wrong": tally.wrong}))


if __name__ == "__main__":
    import sys

    main(*sys.argv[1:])
