"""How well the wording check tells what blames from what does not, over sentences of real post-mortems.

    python -m bench.wording [--corpus FOLDER] [--misses] [--docs]

No rule quotes a sentence of the corpus. The folds give the figures of each fifth of the documents alone.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmfacil.wording.check import check
from pmfacil.wording.findings import Severity
from pmfacil.wording.rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterable

CORPUS: Final = Path(__file__).parents[2] / "shared" / "corpus"
NEAR: Final = ("postmortem", "meeting_notes", "blog")
"""What a facilitator types is like these."""

_FOLDS: Final = 5
_REACH: Final = {"near": (0.90, 0.85), "all": (0.85, 0.80)}
Row = dict[str, object]


@dataclass
class Score:
    """What was found of what is there."""

    right: int = 0
    missed: list[Row] = field(default_factory=list)
    false: list[Row] = field(default_factory=list)
    silent: int = 0
    category: int = 0
    first: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is there."""
        found = self.right + len(self.false)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        there = self.right + len(self.missed)
        return self.right / there if there else 1.0

    @property
    def category_share(self) -> float:
        """The share of what was found whose category is right, too."""
        return self.category / self.right if self.right else 1.0


def score(rows: Iterable[Row]) -> Score:
    """Return how the rows fare; ambiguous ones are left out."""
    told = Score()
    for row in rows:
        label = row["label"]
        if label == "ambiguous":
            continue
        found = check(str(row["text"]))
        grave = [one for one in found if one.severity is not Severity.INFO]
        if label == "neutral":
            told.silent += not grave
            told.false += [row] if grave else []
            continue
        counted = found if row["strength"] == "soft" else grave
        if not counted:
            told.missed.append(row)
            continue
        told.right += 1
        also = row["also"]
        fitting = {label, *(also if isinstance(also, list) else ())}
        gravest = max(found, key=lambda one: one.severity.gravity)
        told.category += any(one.category.value in fitting for one in found)
        told.first += gravest.category.value in fitting
    return told


def table() -> str:
    """Return the rules as a table in Markdown."""
    head = (
        "# The wording check\n\n"
        "Every built-in rule, as `python -m bench.wording --docs` writes it from the code. The codes are those of the taxonomy that the rules follow.\n"
        "Nothing blocks: *info* is a question in passing, *nudge* and *strong* offer to reword.\n\n"
        "| code | rule | category | severity | found | left alone | asked instead | source |\n|---|---|---|---|---|---|---|---|\n"
    )
    lines = (
        f"| {rule.code} | {rule.name} | {rule.category} | {rule.severity} | {rule.finds[0]} | {rule.silent[0]} | {rule.suggestion} | {rule.reference} |\n"
        for rule in sorted(rules(), key=lambda rule: (int(rule.code[1:]), rule.name))
    )
    return head + "".join(lines)


def main() -> int:
    """Print the figures; 1 where a reach is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="the folder with blame.jsonl")
    parser.add_argument("--misses", action="store_true", help="print each miss")
    parser.add_argument("--docs", action="store_true", help="print the table of rules, and measure nothing")
    options = parser.parse_args()
    if options.docs:
        print(table(), end="")
        return 0
    rows = [json.loads(line) for line in (options.corpus / "blame.jsonl").read_text(encoding="utf-8").splitlines()]
    near = score(row for row in rows if row["domain"] in NEAR)
    every = score(rows)
    print(f"{len(rows)} sentences\n")
    missed = False
    for name, told in (("near", near), ("all", every)):
        precision, recall = _REACH[name]
        missed |= told.precision < precision or told.recall < recall or told.category_share < 0.85  # noqa: PLR2004 - issue 4
        where = ", ".join(NEAR) if name == "near" else "all domains"
        print(
            f"{where:34} precision {told.precision:6.1%} (reach {precision:.0%})  recall {told.recall:6.1%} (reach {recall:.0%})  "
            f"category {told.category_share:6.1%} (reach 85%), gravest alone {told.first / max(told.right, 1):.1%}"
        )
    for domain in dict.fromkeys(str(row["domain"]) for row in rows):
        told = score(row for row in rows if row["domain"] == domain)
        print(f"  {domain:32} precision {told.precision:6.1%}  recall {told.recall:6.1%}")
    _folds(rows)
    _timing(rows)
    if options.misses:
        for row in every.missed:
            print(f"missed  {row['id']} {row['label']}/{row['strength']} “{row['span']}” in: {row['text']}")
        for row in every.false:
            told_of = ", ".join(f"{one.rule}: “{one.span}”" for one in check(str(row["text"])))
            print(f"false   {row['id']} {told_of} in: {row['text']}")
    return int(missed)


def _folds(rows: list[Row]) -> None:
    print("\nby fifths of the documents:")
    documents = sorted({str(row.get("doc") or row["id"]) for row in rows})
    for number in range(_FOLDS):
        hand = set(documents[number::_FOLDS])
        told = score(row for row in rows if str(row.get("doc") or row["id"]) in hand)
        print(
            f"  {number + 1}: {len(hand)} documents: precision {told.precision:.1%}  recall {told.recall:.1%}  category {told.category_share:.1%}"
        )


def _timing(rows: list[Row]) -> None:
    times = []
    for row in rows:
        text = str(row["text"])
        begun = time.perf_counter()
        check(text)
        times.append(time.perf_counter() - begun)
    report = " ".join(str(row["text"]) for row in rows)
    print(
        f"\na sentence: {statistics.median(times) * 1e3:.2f} ms median, {max(times) * 1e3:.2f} ms at most (all of them: {len(report):,} characters, {sum(times) * 1e3:.0f} ms)"
    )


if __name__ == "__main__":
    sys.exit(main())
