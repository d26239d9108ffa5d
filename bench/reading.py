"""How well timelines of real post-mortems are read: every labelled line by itself, and whole sequences in time.

    python -m bench.reading [--corpus FOLDER]

The rules have no numbers that are fitted to the corpus, and none quotes a line or a repository of it. The folds give
the figures of each fifth of the repositories alone; whoever changes a rule looks at four, and reports the fifth.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmfacil.intake.block import read_block
from pmfacil.intake.candidates import candidates
from pmfacil.intake.lines import judge
from pmfacil.intake.placing import Context
from pmfacil.intake.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pmfacil.intake.lines import Judged

CORPUS: Final = Path(__file__).parents[2] / "shared" / "corpus"
FIELDS: Final = ("time", "date", "tz", "approx", "end_time", "text")
REACH: Final = {"time": 0.99, "date": 0.98, "tz": 0.97, "approx": 0.97, "end_time": 0.97, "text": 0.95}
MOST_FALSE: Final = 0.04
_FOLDS: Final = 5


@dataclass
class Score:
    """What was right of how many: `right` by field, over `events`; `false` entries over `others`."""

    events: int = 0
    others: int = 0
    false: int = 0
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def share(self, name: str) -> float:
        """Return the share of events whose field is exact; 1 where there are none."""
        return self.right[name] / self.events if self.events else 1.0

    @property
    def false_share(self) -> float:
        """The share of other lines that were taken for entries."""
        return self.false / self.others if self.others else 0.0


def rows_of(path: Path) -> list[dict[str, object]]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def score(rows: Iterable[Mapping[str, object]]) -> Score:
    """Return how well lines are read; ambiguous rows are left out, as the labels ask."""
    result = Score()
    for row in rows:
        if row["is_event"] is None:
            continue
        judged = judge(str(row["raw"]))
        if not row["is_event"]:
            result.others += 1
            if judged is not None:
                result.false += 1
                result.wrong.append(f"{row['id']}  taken for an entry: {row['raw']!r}")
            continue
        result.events += 1
        said = _said(judged) if judged else dict.fromkeys(FIELDS)
        expected = row["expected"]
        assert isinstance(expected, dict)
        for name in FIELDS:
            wanted = " ".join((expected[name] or "").split()) if name == "text" else expected[name]
            if judged is not None and said[name] == wanted:
                result.right[name] += 1
            else:
                result.wrong.append(f"{row['id']}  {name}: {said[name]!r} for {wanted!r}")
    return result


def _said(judged: Judged) -> dict[str, object]:
    stamp = judged.stamp
    return {
        "time": str(stamp.clock) if stamp.clock else None,
        "date": str(stamp.day) if stamp.day else None,
        "tz": stamp.zone or None,
        "approx": stamp.approximate,
        "end_time": str(stamp.end) if stamp.end else None,
        "text": " ".join(judged.text.split()),
    }


def instants(sequences: Iterable[Mapping[str, object]]) -> tuple[int, int, list[str]]:
    """Return how many rows of whole sequences have the right instant, of how many, and what is wrong."""
    right, total, wrong = 0, 0, []
    for sequence in sequences:
        lines = sequence["lines"]
        assert isinstance(lines, list)
        events = [line for line in lines if line["role"] == "event"]
        # Without a base the year stands elsewhere in the document; the rows alone could not tell it.
        day = date.fromisoformat(str(sequence["base_date"] or events[0]["date"]))
        block = read_block("\n".join(line["raw"] for line in lines))
        found = {one.reading.number: one for one in candidates(block, Context("UTC", day, None, datetime.now(UTC)))}
        for number, line in enumerate(lines, 1):
            if line["role"] != "event" or line.get("ambiguous_date"):
                continue
            total += 1
            zone = zone_named(line.get("tz") or "UTC") or UTC
            expected = datetime.fromisoformat(f"{line['date']}T{line['time']}").replace(tzinfo=zone)
            got = found[number].placed.at if number in found else None
            if got == expected:
                right += 1
            else:
                wrong.append(f"{sequence['id']} line {number}: {got} for {expected}")
    return right, total, wrong


def folds(rows: Iterable[Mapping[str, object]]) -> list[tuple[list[str], Score]]:
    """Return the score of each fifth of the repositories, dealt out by size so that the fifths are alike."""
    by_repository = defaultdict(list)
    for row in rows:
        by_repository[str(row["repo"])].append(row)
    hands: list[list[str]] = [[] for _ in range(_FOLDS)]
    for repository in sorted(by_repository, key=lambda name: (-len(by_repository[name]), name)):
        min(hands, key=lambda hand: sum(len(by_repository[name]) for name in hand)).append(repository)
    return [(hand, score(row for name in hand for row in by_repository[name])) for hand in hands]


def main() -> int:
    """Print the tables; exit 1 where a figure misses its reach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    corpus = parser.parse_args().corpus
    if not corpus.is_dir():
        print(f"There is no corpus at {corpus}.")
        return 0
    rows = rows_of(corpus / "timelines.jsonl")
    whole = score(rows)
    right, total, wrong = instants(rows_of(corpus / "rollover.jsonl"))
    print(f"{whole.events} events, {whole.others} other lines, {total} rows in sequences\n")
    missed = 0
    for name in FIELDS:
        missed += whole.share(name) < REACH[name]
        print(f"{name:28} {whole.share(name):7.2%}   reach {REACH[name]:.0%}")
    missed += whole.false_share > MOST_FALSE
    print(f"{'other lines taken':28} {whole.false_share:7.2%}   reach {MOST_FALSE:.0%} or less")
    missed += right < total
    print(f"{'instants in sequences':28} {right / total:7.2%}   reach 100%\n")
    print("by fifths of the repositories:")
    for number, (hand, fold) in enumerate(folds(rows), 1):
        figures = " ".join(f"{name} {fold.share(name):.1%}" for name in FIELDS)
        print(f"  {number}: {len(hand)} repositories, {fold.events} events: {figures} · others {fold.false_share:.1%}")
    for line in (*whole.wrong, *wrong):
        print(f"  {line}", file=sys.stderr)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
