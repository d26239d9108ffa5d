"""Tables whose time is not in the first column: which columns say when, and which say what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_DAY: Final = re.compile(r"\W*(?:date|day)\b", re.IGNORECASE)
_TIME: Final = re.compile(r"\W*(?:time|when|timestamp|start|at)\b", re.IGNORECASE)
# A number of the row, and who spoke or typed: nothing that a blameless timeline keeps.
_LEFT_OUT: Final = re.compile(r"\W*(?:#|no\.?|nr\.?|who|author|by|name|person|reporter)\W*$|\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Order:
    """Which columns of a table say when and what, from left to right."""

    when: tuple[int, ...]
    what: tuple[int, ...]

    def put_first(self, cells: Sequence[str]) -> str:
        """Return a row with its time first, as if the table had been written so."""
        when = " ".join(cells[column] for column in self.when if column < len(cells))
        what = [cells[column] for column in self.what if column < len(cells)]
        return f"| {' | '.join([when, *what])} |"


def table_order(heads: Sequence[str]) -> Order | None:
    """Return the order of a table's columns by its head; None where the head does not name a time."""
    days = [index for index, head in enumerate(heads) if _DAY.match(head)]
    times = [index for index, head in enumerate(heads) if _TIME.match(head) and index not in days]
    when = (*days[:1], *times[:1])
    if not when:
        return None
    what = tuple(index for index, head in enumerate(heads) if index not in when and not _LEFT_OUT.match(head))
    return Order(when, what)
