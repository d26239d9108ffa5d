"""How long a paste of 5,000 lines takes from the clipboard to the rows of its preview, by what was pasted."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Final

from seed import LINES_PASTED, pasted

from pmfacil.core.saying import zone_of
from pmfacil.intake.candidates import candidates
from pmfacil.intake.material import read_paste
from pmfacil.intake.placing import Context
from pmfacil.widgets.glyphs import UNICODE
from pmfacil.widgets.rows.preview import preview_rows

_ZONE: Final = "Europe/London"
_WIDTH: Final = 114  # cells of a line in a preview at 120 columns
_RUNS: Final = 5


def reading_times() -> dict[str, float]:
    """Return the seconds for each kind of paste, the best of five runs."""
    return {
        f"a pasted {name}, {LINES_PASTED:,} lines": min(_once(text) for _ in range(_RUNS)) for name, text in _texts()
    }


def _texts() -> list[tuple[str, str]]:
    count = range(LINES_PASTED)
    return [
        ("chat", pasted()),
        ("list", "\n".join(f"- {n // 60 % 24:02}:{n % 60:02} - the pool ran dry on host {n}" for n in count)),
        (
            "log",
            "\n".join(f"2026-03-12T{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}.1Z ERROR pool {n}" for n in count),
        ),
        ("prose", "\n".join(f"The pool ran dry on host {n}, as it had until 14:05 on the day before" for n in count)),
    ]


def _once(text: str) -> float:
    begun = time.perf_counter()
    context = Context(_ZONE, date(2026, 3, 12), None, datetime(2026, 3, 12, 14, tzinfo=UTC))
    block = read_paste(text)
    found = {one.reading.number: one for one in candidates(block, context)}
    for row in preview_rows(block.readings, found, zone_of(_ZONE), UNICODE):
        row.block(_WIDTH)
    return time.perf_counter() - begun


if __name__ == "__main__":
    for name, seconds in reading_times().items():
        print(f"{name}: {seconds * 1000:.0f} ms")
