"""What a file says happened, item by item, before anyone has looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pmfacil.core.model import EntryKind

if TYPE_CHECKING:
    from datetime import date, datetime

LARGEST: Final = 64 * 1024 * 1024  # bytes of a file that is read at all: more than any one incident has left behind
MOST: Final = 20_000  # items taken out of one file; nobody walks through more
RAW: Final = 500  # characters kept of an item as its source has it


@dataclass(frozen=True, slots=True)
class Sourced:
    """One thing that happened, as a file tells it.

    `number` counts from 1: the line of the file, or the item where the file has no lines to speak of. `raw` is the
    item as the source has it, at most `RAW` characters, and may hold anything: show it through `core.text.visible`.
    `at` and `until` are aware and in UTC; None where the source does not say. `text` is one line without control
    characters. `evidence` is a web address, or empty. Where `zoned` is not set, the source named no zone: `at` holds
    its wall time, as if it were UTC. `day` is set where the source names a day and no time.
    """

    number: int
    raw: str
    at: datetime | None
    text: str
    kind: EntryKind = EntryKind.EVENT
    until: datetime | None = None
    evidence: str = ""
    zoned: bool = True
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything found in one file.

    `source` says what the file was recognised as. `problems` are sentences on what was left out and why: twenty at
    most, then one that counts the rest. `zone` is "UTC" where every time in the file named its zone; it is empty
    where some did not. `columns` are the names among which the time and the text were chosen, where they had names.
    """

    source: str
    found: tuple[Sourced, ...]
    problems: tuple[str, ...] = ()
    zone: str = ""
    columns: tuple[str, ...] = ()
