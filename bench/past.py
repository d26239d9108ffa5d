"""How well the post-mortems of the corpus are read: `python -m bench.past [--folder FOLDER]`.

Every document gives one line; the figures at the end are the share of documents that are read as a person labelled
them: a timeline where one is, actions where there are some, the day within three days.
"""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from pmfacil.core.record import Part
from pmfacil.intake.written import Written, read_written

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
FEWEST_ENTRIES = 3
DAYS_OFF = 3
REACH = {"timeline": 0.9, "actions": 0.9}


@dataclass(frozen=True, slots=True)
class Told:
    """A document as it was read, beside what a person labelled it with; without labels `row` is empty."""

    file: str
    row: dict[str, str]
    written: Written

    def count(self, part: Part) -> int:
        """Return how many of its passages are one part; of the timeline, those with a moment."""
        return sum(one.part is part and (part is not Part.TIMELINE or bool(one.when)) for one in self.written.passages)

    @property
    def near(self) -> bool:
        """Whether the day is within a few days of the one it is labelled with."""
        day = self.written.occurred_on
        labelled = self.row.get("date", "")
        return day is not None and bool(labelled) and abs((day - date.fromisoformat(labelled)).days) <= DAYS_OFF


def labels(folder: Path) -> dict[str, dict[str, str]]:
    """Return the rows of the manifest beside a folder of documents, by file; none where there is no manifest."""
    manifest = folder.parent / "manifest.tsv"
    if not manifest.is_file():
        return {}
    with manifest.open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file, delimiter="\t")}


def told(folder: Path) -> list[Told]:
    """Return all documents of a folder, read; each is called by the name that it had where it comes from."""
    rows = labels(folder)
    found = []
    for path in sorted(folder.glob("*.md")):
        row = rows.get(path.name, {})
        name = row["path"].rpartition("/")[2] if row else path.name
        found.append(Told(path.name, row, read_written(path.read_text(encoding="utf-8"), name)))
    return found


def shares(documents: list[Told]) -> dict[str, tuple[int, int]]:
    """Return how many documents were read as they are labelled, of how many."""
    timeline = [one for one in documents if one.row.get("has_timeline") == "yes"]
    actions = [one for one in documents if one.row.get("has_actions") == "yes"]
    dated = [one for one in documents if one.row.get("date")]
    return {
        "timeline": (sum(one.count(Part.TIMELINE) >= FEWEST_ENTRIES for one in timeline), len(timeline)),
        "actions": (sum(one.count(Part.ACTION) > 0 for one in actions), len(actions)),
        "day within 3 days": (sum(one.near for one in dated), len(dated)),
        "any day": (sum(one.written.occurred_on is not None for one in documents), len(documents)),
        "causes": (sum(one.count(Part.CAUSE) > 0 for one in documents), len(documents)),
        "a summary": (sum(one.count(Part.SUMMARY) > 0 for one in documents), len(documents)),
    }


def main() -> int:
    """Print a line for each document, and the figures; exit 1 where one misses its reach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=CORPUS / "docs")
    folder = parser.parse_args().folder
    if not folder.is_dir():
        print(f"There is no folder {folder}.")
        return 0
    began = perf_counter()
    documents = told(folder)
    took = perf_counter() - began
    print(f"{'title':60} {'day':10} timeline causes actions")
    for one in documents:
        counts = [one.count(part) for part in (Part.TIMELINE, Part.CAUSE, Part.ACTION)]
        day = str(one.written.occurred_on or "-")
        print(f"{one.written.title[:60]:60} {day:10} {counts[0]:8} {counts[1]:6} {counts[2]:7}")
    print(f"\n{len(documents)} documents, {took / max(len(documents), 1) * 1000:.1f} ms each\n")
    missed = 0
    for name, (right, total) in shares(documents).items():
        reach = REACH.get(name)
        share = right / total if total else 1.0
        missed += reach is not None and share < reach
        print(f"{name:20} {right:3} of {total:3} {share:8.2%}{f'   reach {reach:.0%}' if reach else ''}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
