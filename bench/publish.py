"""How long publishing a record takes: the first time, again with nothing changed, and with one report changed.

    python -m bench.publish [--post-mortems 1000] [--to FOLDER]

The record is that of bench/record.py.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Final

from bench.record import NOW, fill
from pmfacil.core import operations as verbs
from pmfacil.library import Library
from pmfacil.publishing import publish
from pmfacil.store import open_shelf

GOALS_S: Final = (30.0, 2.0, 3.0)


def measure(library: Library, folder: Path) -> list[tuple[str, float]]:
    """Return what was done, with how many seconds it took."""
    told = [_timed("the first time", library, folder), _timed("again, nothing changed", library, folder)]
    library.open(library.summaries(1)[0].id).do(verbs.write_summary, "Told anew.")
    return [*told, _timed("again, one report changed", library, folder)]


def _timed(name: str, library: Library, folder: Path) -> tuple[str, float]:
    begun = perf_counter()
    done = publish(library, folder, NOW)
    took = perf_counter() - begun
    return f"{name}: {done.written} written, {done.unchanged} unchanged", took


def main() -> None:
    """Make the record, publish it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--post-mortems", type=int, default=1000)
    parser.add_argument("--to", type=Path, help="keep the pages here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as given:
        shelf = open_shelf(Path(given) / "record.db")
        fill(shelf._connection, arguments.post_mortems)  # noqa: SLF001 - as bench/record.py does
        ids = iter(range(10**9))
        library = Library(shelf, lambda: NOW, lambda: f"n{next(ids)}", zone="UTC")
        folder = arguments.to or Path(given) / "site"
        for (name, took), goal in zip(measure(library, folder), GOALS_S, strict=True):
            print(f"  {took:6.2f} s  {'ok    ' if took <= goal else 'missed'} (goal {goal:.0f} s)  {name}")
        files = list(folder.iterdir())
        size = sum(path.stat().st_size for path in files) / 2**20
        words = (folder / "words.js").stat().st_size / 2**20
        print(f"  {len(files)} files, {size:.1f} MiB, of which {words:.1f} MiB are words to search")
        shelf.close()


if __name__ == "__main__":
    main()
