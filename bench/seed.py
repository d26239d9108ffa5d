"""A library to measure with, written through pmfacil's own doors: many post-mortems, one with a long timeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pmfacil.bootstrap import open_workshop
from pmfacil.core.model import Entry, EntryId, EntryKind, Kind, PostMortem, PostMortemId

if TYPE_CHECKING:
    from pathlib import Path

START: Final = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
LONG: Final = PostMortemId("benchlong")
"""The post-mortem with the long timeline."""


def seed(db: Path, *, post_mortems: int, entries: int) -> None:
    """Fill the file `db` with that many post-mortems, the newest with that many timeline entries."""
    library = open_workshop(str(db)).library
    for number in range(post_mortems - 1):
        library.take_in(_short(number), None)
    library.take_in(_long(entries), None)


def _short(number: int) -> PostMortem:
    day = START - timedelta(days=1 + number % 900, minutes=number)
    title = f"Incident-{number:05d}: checkout answered slowly in one region"
    return PostMortem(PostMortemId(f"bench{number:05d}"), title, Kind.INCIDENT, day, occurred_on=day.date())


def _long(entries: int) -> PostMortem:
    kinds = tuple(EntryKind)
    told = tuple(
        Entry(
            EntryId(f"entry{number}"),
            f"entry-{number:04d} the pool of connections ran dry on one of the hosts behind the balancer",
            kinds[number % len(kinds)],
            START + timedelta(seconds=20 * number),
        )
        for number in range(entries)
    )
    blank = PostMortem(LONG, "Newest-incident: a long morning", Kind.INCIDENT, START, occurred_on=date(2026, 3, 12))
    return replace(blank, entries=told)
