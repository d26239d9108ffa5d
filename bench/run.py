"""How pmfacil feels from outside, as ratios to a bare Textual app measured in the same run.

`ttyprobe.py` drives both in a pseudo-terminal, turn by turn, so that a noisy machine disturbs both alike.
Seconds belong to a machine; ratios travel. `bench/README.md` says how to read the table.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, NamedTuple

from reading_time import reading_times
from rich.console import Console
from rich.table import Table
from seed import ENTRIES_LONGEST, LINES_PASTED, LONG, LONGEST, pasted, seed

HERE: Final = Path(__file__).parent
OURS, FLOOR = "pmfacil", "bare"
UNUSUAL: Final = "§"  # stands on neither screen, so seeing it means that the key was answered
LETTERS: Final = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
TO_TIMELINE: Final = "ctrl+g ctrl+n"  # from Open, or from Timeline itself, where an earlier run has left the meeting
LEAVE: Final = "esc ctrl+q"  # the preview first, then the app

Summary = dict[str, dict[str, float]]


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
class Situation:
    """Something a facilitator does, and the same on the floor."""

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


# What to reach is written down in issue 8 and explained in README.md.
FIGURES: Final = (
    Figure("start", "first_paint", "median", "spawn → first paint", "ms"),
    Figure("start", "marker", "median", "spawn → list on screen", "ms"),
    Figure("start", "interactive", "median", "spawn → first key answered", "ms", 1.10),
    Figure("start", "exit", "median", "quit key → gone", "ms", 1.00),
    Figure("start", "rss_mb", "median", "peak memory, library", "MB"),
    Figure("start", "idle_bytes_s", "median", "resting in the library, written", "B/s", 0, absolute=True),
    Figure("type", "key_first", "median", "key → first changed cell", "ms", 1.25),
    Figure("type", "key_first", "p95", "the same, p95", "ms"),
    Figure("type", "key_first", "p99", "the same, p99", "ms", 1.50),
    Figure("type", "key_bytes", "median", "written for one letter", "B"),
    Figure("type", "key_cpu", "median", "CPU for one letter", "ms"),
    Figure("type", "idle_cpu_pct", "median", "clock running, CPU of one core", "%", 1.0, absolute=True),
    Figure("type", "idle_bytes_s", "median", "clock running, written", "B/s", 200, absolute=True),
    Figure("type", "idle_wakeups_s", "median", "clock running, wake-ups", "/s"),
    Figure("type", "rss_mb", "median", "peak memory, meeting", "MB"),
    Figure("long", "key_first", "median", f"key → first changed cell, {ENTRIES_LONGEST:,} entries", "ms", 1.25),
    Figure("long", "key_first", "p99", "the same, p99", "ms", 1.50),
    Figure("preview", "key_first", "median", f"arrow key in the preview of {LINES_PASTED:,} lines", "ms"),
    Figure("preview", "key_first", "p99", "the same, p99", "ms"),
)


def situations(db: Path, paste: Path, *, keys: int, idle: float) -> tuple[Situation, ...]:
    """Return what is measured, on the library in `db`."""
    python = shlex.quote(sys.executable)
    ours = f"{python} -m pmfacil --db {shlex.quote(str(db))}"
    bare = f"{python} {shlex.quote(str(HERE / 'bare.py'))}"
    rest = min(idle, 3.0)
    return (
        Situation(
            "start",
            Target(ours, "Newest-incident", f"text:{UNUSUAL}", UNUSUAL, idle=rest),
            Target(bare, "row-00", f"text:{UNUSUAL}", UNUSUAL, idle=rest),
        ),
        Situation(
            "type",
            Target(f"{ours} open {LONG}", "Open", setup=TO_TIMELINE, keys=LETTERS, n=keys, idle=idle),
            Target(bare, "row-00", keys=LETTERS, n=keys, idle=idle),
        ),
        Situation(
            "long",
            Target(f"{ours} open {LONGEST}", "Open", setup=TO_TIMELINE, keys=LETTERS, n=keys),
            Target(bare, "row-00", keys=LETTERS, n=keys),
        ),
        Situation(
            "preview",
            Target(
                f"{ours} open {LONG}", "Open", setup=f"{TO_TIMELINE} paste:{paste}", keys="down", n=keys, quit=LEAVE
            ),
            Target(bare, "row-00", keys=LETTERS, n=keys),
        ),
    )


def measure(situation: Situation, folder: Path, *, repeat: int) -> dict[str, Summary]:
    """Return what `ttyprobe.py` found for both targets; ends the program where it could not measure."""
    targets, found = folder / f"{situation.name}.toml", folder / f"{situation.name}.json"
    targets.write_text(_toml({OURS: situation.ours, FLOOR: situation.floor}), encoding="utf-8")
    words = [sys.executable, str(HERE / "ttyprobe.py"), f"@{OURS}", "--vs", f"@{FLOOR}"]
    words += ["--targets", str(targets), "--repeat", str(repeat), "--json", str(found)]
    probed = subprocess.run(words, env=_machine(folder), capture_output=True, text=True, check=False)
    if probed.returncode or not found.exists():
        sys.exit(f"Could not measure “{situation.name}”:\n{probed.stderr or probed.stdout}")
    summary: dict[str, Summary] = json.loads(found.read_text(encoding="utf-8"))["summary"]
    return summary


def _toml(targets: dict[str, Target]) -> str:
    # A TOML string may be written as JSON writes it.
    tables = (
        "\n".join([f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in asdict(target).items())])
        for name, target in targets.items()
    )
    return "\n\n".join(tables) + "\n"


def _machine(home: Path) -> dict[str, str]:
    """Return an environment in which neither a person's settings nor their colours play a part."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TEXTUAL", "XDG_", "PMFACIL", "PYTHON")) and name not in ("NO_COLOR", "HOME")
    }
    return {**own, "HOME": str(home), "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class Line:
    """One measured figure; `ratio` is ours over the floor's, None where either is missing or zero."""

    figure: Figure
    ours: float | None
    floor: float | None

    @property
    def ratio(self) -> float | None:
        """How many times the floor."""
        return self.ours / self.floor if self.ours is not None and self.floor else None

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where there is no goal or no figure."""
        got = self.ours if self.figure.absolute else self.ratio
        return None if got is None or self.figure.reach is None else got <= self.figure.reach


def lines(found: dict[str, dict[str, Summary]]) -> list[Line]:
    """Return the figures in the order of the table."""

    def value(figure: Figure, who: str) -> float | None:
        return found[figure.situation][who].get(figure.key, {}).get(figure.stat)

    return [Line(figure, value(figure, OURS), value(figure, FLOOR)) for figure in FIGURES]


def table(measured: list[Line], caption: str) -> Table:
    """Return the figures for people."""
    shown = Table(caption=caption, caption_justify="left")
    shown.add_column("figure")
    for name in ("", OURS, FLOOR, "ratio", "reach"):
        shown.add_column(name, justify="right")
    for line in measured:
        figure = line.figure
        reach = "" if figure.reach is None else f"≤ {figure.reach:g}{'' if figure.absolute else '×'}"
        ratio = "" if line.ratio is None else f"{line.ratio:.2f}×"
        colour = {True: "green", False: "red", None: ""}[line.reached]
        shown.add_row(figure.said, figure.unit, _said(line.ours), _said(line.floor), ratio, reach, style=colour)
    return shown


def _said(number: float | None) -> str:
    if number is None:
        return "–"
    return f"{number:.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"  # noqa: PLR2004


def _as_data(line: Line) -> dict[str, object]:
    return {**line.figure._asdict(), OURS: line.ours, FLOOR: line.floor, "ratio": line.ratio, "reached": line.reached}


def main() -> int:
    """Measure, print, and return 0; `--json` prints what a machine can read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=7, help="runs of each app (7)")
    parser.add_argument("--post-mortems", type=int, default=1000, help="in the library (1000)")
    parser.add_argument("--entries", type=int, default=300, help="in the timeline (300)")
    parser.add_argument("--keys", type=int, default=100, help="letters typed in a run (100)")
    parser.add_argument("--idle", type=float, default=6.0, help="seconds of rest in a run (6)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pmfacil-bench-") as folder:
        db = Path(folder) / "bench.db"
        print("Filling a library …", file=sys.stderr)
        seed(db, post_mortems=options.post_mortems, entries=options.entries)
        paste = Path(folder) / "paste.txt"
        paste.write_text(pasted(), encoding="utf-8")
        found = {}
        for situation in situations(db, paste, keys=options.keys, idle=options.idle):
            print(f"Measuring “{situation.name}”, {options.repeat} runs of each …", file=sys.stderr)
            found[situation.name] = measure(situation, Path(folder), repeat=options.repeat)
    measured = lines(found)
    caption = (
        f"{options.repeat} alternating runs of each, {options.post_mortems} post-mortems, {options.entries} entries; "
        f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}; Python {sys.version.split()[0]}"
    )
    times = reading_times()
    if options.json:
        figures = list(map(_as_data, measured))
        print(json.dumps({"how": caption, "figures": figures, "paste": times}, indent=1, ensure_ascii=False))
    else:
        Console().print(table(measured, caption))
        for name, seconds in times.items():
            print(f"{name}: {seconds * 1000:.0f} ms (reach 1,000)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
