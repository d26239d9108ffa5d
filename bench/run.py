"""How pmfacil feels from outside, as ratios to a bare Textual app measured in the same run.

`ttyprobe.py` drives both in a pseudo-terminal, turn by turn, so that a noisy machine disturbs both alike.
Seconds belong to a machine; ratios travel. `bench/README.md` says how to read the table.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reading_time import reading_times
from rich.console import Console
from rich.table import Table
from seed import pasted, record, seed
from situations import FIGURES, FLOOR, OURS, Figure, Libraries, Situation, Target, situations
from ttyprobe import spread

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE: Final = Path(__file__).parent

Summary = dict[str, dict[str, float]]
Key = dict[str, float | str | None]


def measure(situation: Situation, folder: Path, *, repeat: int) -> dict[str, Summary]:
    """Return what `ttyprobe.py` found for both targets; ends the program where it could not measure."""
    targets, found = folder / f"{situation.name}.toml", folder / f"{situation.name}.json"
    targets.write_text(_toml({OURS: situation.ours, FLOOR: situation.floor}), encoding="utf-8")
    words = [sys.executable, str(HERE / "ttyprobe.py"), f"@{OURS}", "--vs", f"@{FLOOR}"]
    words += ["--targets", str(targets), "--repeat", str(repeat), "--json", str(found)]
    probed = subprocess.run(words, env=_machine(folder), capture_output=True, text=True, check=False)
    if probed.returncode or not found.exists():
        sys.exit(f"Could not measure “{situation.name}”:\n{probed.stderr or probed.stdout}")
    told = json.loads(found.read_text(encoding="utf-8"))
    summary: dict[str, Summary] = told["summary"]
    for who, runs in told["runs"].items():
        for name, took in _enters([run["keys"] for run in runs]):
            if (spreads := spread(took)) is not None:
                summary[who][name] = spreads
    return summary


def _enters(runs: list[list[Key]]) -> Iterator[tuple[str, list[float]]]:
    """Yield what Enter took until its entry stood in the list, and until the last cell that changed after it.

    Each run's first Enter pays for what is done once, and is told again by itself. Where Enter was not pressed, all
    are what any key took until its first cell.
    """
    enters = [[key for key in keys if key["key"] == "enter"] for keys in runs]
    pressed = any(enters)
    for name, what, some in (("enter", "moved", None), ("enter_last", "last", None), ("enter_once", "moved", 1)):
        chosen = [key for keys in (enters if pressed else runs) for key in keys[:some]]
        took = [key[what if pressed else "first"] for key in chosen]
        yield name, [ms for ms in took if isinstance(ms, float)]


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

    measured = (figure for figure in FIGURES if figure.situation in found)
    return [Line(figure, value(figure, OURS), value(figure, FLOOR)) for figure in measured]


def table(measured: list[Line], caption: str) -> Table:
    """Return the figures for people."""
    shown = Table(caption=caption, caption_justify="left")
    shown.add_column("figure")
    for name in ("", OURS, FLOOR, "ratio", "reach", ""):
        shown.add_column(name, justify="right")
    for line in measured:
        figure = line.figure
        reach = "" if figure.reach is None else f"≤ {figure.reach:g}{'' if figure.absolute else '×'}"
        ratio = "" if line.ratio is None else f"{line.ratio:.2f}×"
        colour, word = {True: ("green", "ok"), False: ("red", "missed"), None: ("", "")}[line.reached]
        row = (figure.said, figure.unit, _said(line.ours), _said(line.floor), ratio, reach, word)
        shown.add_row(*row, style=colour)
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
    parser.add_argument("--only", nargs="*", metavar="SITUATION", help="measure these alone: start, type, enter …")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pmfacil-bench-") as folder:
        here = Path(folder)
        libraries = Libraries(here / "bench.db", here / "small.db", here / "large.db", here / "paste.txt")
        print("Filling libraries …", file=sys.stderr)
        seed(libraries.usual, post_mortems=options.post_mortems, entries=options.entries)
        record(libraries.small, 10)
        record(libraries.large, 10_000)
        libraries.paste.write_text(pasted(), encoding="utf-8")
        found = {}
        for situation in situations(libraries, keys=options.keys, idle=options.idle):
            if options.only and situation.name not in options.only:
                continue
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
