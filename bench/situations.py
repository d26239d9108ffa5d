"""What is measured, beside what, and what is to be reached: the goals of issue 8."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

from seed import ENTRIES_LONGEST, LINES_PASTED, LONG, LONGEST, SHORT, WRITTEN

HERE: Final = Path(__file__).parent
OURS, FLOOR = "pmfacil", "beside"
UNUSUAL: Final = "§"  # stands on neither screen, so seeing it means that the key was answered
LETTERS: Final = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
CLEAR: Final = "ctrl+u"  # an earlier run left its letters half typed, and they were kept
LEAVE: Final = "esc ctrl+q"  # the preview first, then the app


@dataclass(frozen=True, slots=True)
class Target:
    """One app in one situation, in the words of `ttyprobe.py`."""

    cmd: str
    marker: str
    early_key: str = ""
    early_text: str = ""
    setup: str = ""
    keys: str = ""
    n: int = 0
    idle: float = 0.0
    quit: str = "ctrl+q"


@dataclass(frozen=True, slots=True)
class Libraries:
    """The files that are measured on: the usual one, ten post-mortems, ten thousand, and a chat to paste."""

    usual: Path
    small: Path
    large: Path
    paste: Path


@dataclass(frozen=True, slots=True)
class Situation:
    """Something a facilitator does, and what it is measured beside: the floor, or the same with less in it."""

    name: str
    ours: Target
    floor: Target


class Figure(NamedTuple):
    """One line of the table: where it is found, how it is said, and the ratio (or value) to reach."""

    situation: str
    key: str
    stat: str
    said: str
    unit: str
    reach: float | None = None
    absolute: bool = False


FIGURES: Final = (
    Figure("start", "first_paint", "median", "spawn → first paint", "ms"),
    Figure("start", "marker", "median", "spawn → list on screen", "ms"),
    Figure("start", "interactive", "median", "spawn → first key answered / the same widgets", "ms", 1.10),
    Figure("start", "exit", "median", "quit key → gone", "ms", 1.00),
    Figure("start", "idle_bytes_s", "median", "resting in the library, written", "B/s", 0, absolute=True),
    Figure("lean", "interactive", "median", "the same / a list and an input alone", "ms"),
    Figure("grown", "interactive", "median", "first key answered, 10,000 post-mortems / 10", "ms", 1.10),
    Figure("type", "key_first", "median", "key → first changed cell", "ms", 1.25),
    Figure("type", "key_first", "p95", "the same, p95", "ms"),
    Figure("type", "key_first", "p99", "the same, p99", "ms", 1.50),
    Figure("type", "key_bytes", "median", "written for one letter", "B"),
    Figure("type", "key_cpu", "median", "CPU for one letter", "ms"),
    Figure("type", "idle_cpu_pct", "median", "clock running, CPU of one core", "%", 1.0, absolute=True),
    Figure("type", "idle_bytes_s", "median", "clock running, written", "B/s", 200, absolute=True),
    Figure("type", "idle_wakeups_s", "median", "clock running, wake-ups", "/s"),
    Figure("clock", "idle_cpu_pct", "median", "the same / a bare app with Textual's digits", "%"),
    Figure("help", "idle_bytes_s", "median", "the same with the help open over it, written", "B/s", 200, absolute=True),
    Figure("long", "key_first", "median", f"key → first changed cell, {ENTRIES_LONGEST:,} entries / 10", "ms", 1.15),
    Figure("long", "key_first", "p99", "the same, p99", "ms"),
    Figure("enter", "enter", "median", "Enter → kept and painted / key on bare", "ms"),
    Figure("enter", "enter", "p99", "the same, p99", "ms", 2.00),
    Figure("enter", "enter_once", "median", "the first Enter after opening / the first key on bare", "ms"),
    Figure("enter", "enter_last", "p99", "until the last cell, with seconds of the clock among them, p99", "ms"),
    Figure("switch", "key_first", "median", "next step, first cell / key on bare", "ms"),
    Figure("switch", "key_last", "median", "next step, last cell / key on bare", "ms"),
    Figure(
        "pasting",
        "key_first",
        "max",
        f"longest wait for a letter while {LINES_PASTED:,} lines are pasted and read",
        "ms",
        100,
        absolute=True,
    ),
    Figure("preview", "key_first", "median", f"arrow key in the preview of {LINES_PASTED:,} lines", "ms"),
    Figure("preview", "key_first", "p99", "the same, p99", "ms"),
    Figure("memory", "rss_mb", "median", "peak memory, library / bare + SQLModel", "MB", 1.50),
    Figure("meeting", "rss_mb", "median", "peak memory, meeting / bare + SQLModel", "MB", 1.50),
)


def situations(libraries: Libraries, *, keys: int, idle: float) -> tuple[Situation, ...]:
    """Return what is measured, on these libraries."""
    python = shlex.quote(sys.executable)
    bare = f"{python} {shlex.quote(str(HERE / 'bare.py'))}"

    def app(db: Path, id: str = "") -> str:
        if not id:
            return f"{python} -m pmfacil --db {shlex.quote(str(db))}"
        return f"{python} -m pmfacil --db {shlex.quote(str(db))} open {id}"

    def library(cmd: str, marker: str, rest: float = 0.0) -> Target:
        return Target(cmd, marker, f"text:{UNUSUAL}", UNUSUAL, idle=rest)

    def timeline(id: str, typed: str = LETTERS, rest: float = 0.0, setup: str = CLEAR, leave: str = "ctrl+q") -> Target:
        cmd = app(libraries.usual, id)
        return Target(cmd, "entry-0000", setup=setup, keys=typed, n=keys, idle=rest, quit=leave)

    floor = Target(bare, "row-00", keys=LETTERS, n=keys)
    resting = Target(bare, "row-00", keys=LETTERS, n=keys, idle=idle)
    heavy = library(f"{bare} --with-sqlmodel", "row-00")
    start = library(app(libraries.usual), "Newest-incident", min(idle, 3.0))
    switched = Target(app(libraries.usual, LONG), "entry-0000", keys="ctrl+n ctrl+g", n=keys // 4 * 2)
    return (
        Situation("start", start, library(f"{bare} --framed", "row-00", min(idle, 3.0))),
        Situation("lean", library(app(libraries.usual), "Newest-incident"), library(bare, "row-00")),
        Situation("grown", library(app(libraries.large), "(0)"), library(app(libraries.small), "(0)")),
        Situation("type", timeline(LONG, rest=idle), resting),
        Situation("clock", timeline(LONG, "", rest=idle), Target(f"{bare} --clock", "row-00", idle=idle)),
        Situation("help", timeline(LONG, "", rest=idle, setup=f"{CLEAR} f1", leave=LEAVE), resting),
        Situation("long", timeline(LONGEST), timeline(SHORT)),
        Situation("enter", timeline(WRITTEN, "text:found-{i} enter text:alert-{i} enter"), floor),
        Situation("switch", switched, floor),
        # What is typed after the preview has come answers nothing, and takes a second each to find out.
        Situation("pasting", replace(timeline(LONG, f"paste:{libraries.paste} {LETTERS}"), n=14), floor),
        Situation(
            "preview",
            timeline(LONG, "down", setup=f"{CLEAR} paste:{libraries.paste}", leave=LEAVE),
            floor,
        ),
        Situation("memory", library(app(libraries.usual), "Newest-incident"), heavy),
        Situation("meeting", timeline(LONG), heavy),
    )
