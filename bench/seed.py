"""A library to measure with, written through pmfacil's own doors: many post-mortems, one with a long timeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from record import fill

from pmfacil.bootstrap import open_workshop
from pmfacil.core.agenda import Step
from pmfacil.core.kind import Kind
from pmfacil.core.model import Entry, EntryId, EntryKind, PostMortem, PostMortemId
from pmfacil.core.sitting import Sitting
from pmfacil.store import open_shelf

if TYPE_CHECKING:
    from pathlib import Path

START: Final = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
LONG: Final = PostMortemId("benchlong")
"""The post-mortem with the long timeline."""
LONGEST: Final = PostMortemId("benchlongest")
"""The post-mortem with a timeline longer than any meeting walks through."""
SHORT: Final = PostMortemId("benchshort")
"""The post-mortem with ten entries."""
WRITTEN: Final = PostMortemId("benchwritten")
"""The post-mortem that entries are written into."""
ENTRIES_LONGEST: Final = 2000
ENTRIES_SHORT: Final = 10
LINES_PASTED: Final = 5000


def seed(db: Path, *, post_mortems: int, entries: int) -> None:
    """Fill the file `db` with that many post-mortems, the newest with that many timeline entries."""
    with open_workshop(str(db)) as workshop:
        library = workshop.library
        for number in range(post_mortems - 4):
            library.take_in(_short(number), None)
        library.take_in(_long(SHORT, "Short-incident: ten minutes", ENTRIES_SHORT, minutes=30), None)
        library.take_in(_long(WRITTEN, "Written-incident: it goes on", entries, minutes=20), None)
        library.take_in(_long(LONGEST, "Longest-incident: a long week", ENTRIES_LONGEST, minutes=10), None)
        library.take_in(_long(LONG, "Newest-incident: a long morning", entries), None)
        for name in (SHORT, WRITTEN, LONGEST, LONG):  # the meeting is under way, so that each opens at its timeline
            service = library.open(name)
            service.steer(partial(Sitting.enter, step=Step.TIMELINE, now=service.now()))


def record(db: Path, post_mortems: int) -> None:
    """Fill the file `db` with that many closed post-mortems, past pmfacil's doors: through them it takes minutes."""
    shelf = open_shelf(db)
    fill(shelf._connection, post_mortems)  # noqa: SLF001 - as said above
    shelf.archive.catch_up()
    shelf.close()


def _short(number: int) -> PostMortem:
    day = START - timedelta(days=1 + number % 900, minutes=number)
    title = f"Incident-{number:05d}: checkout answered slowly in one region"
    return PostMortem(PostMortemId(f"bench{number:05d}"), title, Kind.INCIDENT, day, occurred_on=day.date())


def _long(id: PostMortemId, title: str, entries: int, *, minutes: int = 0) -> PostMortem:
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
    begun = START - timedelta(minutes=minutes)
    return replace(PostMortem(id, title, Kind.INCIDENT, begun, occurred_on=date(2026, 3, 12)), entries=told)


def pasted() -> str:
    """Return a chat as it is copied from the screen: a line who and when, a line what."""
    said = (
        f"somebody{number % 7}  {1 + number // 60 % 12}:{number % 60:02} {'AM' if number // 720 % 2 == 0 else 'PM'}\n"
        f"the pool of connections ran dry on host {number}, see https://graphs.example/{number}"
        for number in range(LINES_PASTED // 2)
    )
    return "\n".join(said)
