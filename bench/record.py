"""A large record to measure with: ten thousand post-mortems, a hundred thousand actions; and how long it takes to ask it.

    python -m bench.record [--post-mortems 10000] [--db FILE]

The rows are written past pmfacil's own doors, which would take minutes; triggers and foreign keys check every one.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Final

from pmfacil.archive import Archive
from pmfacil.board import Board
from pmfacil.core.promises import Section, Wanted
from pmfacil.library import Library
from pmfacil.store import open_shelf

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

TODAY: Final = date(2026, 3, 12)
NOW: Final = datetime(2026, 3, 12, 14, tzinfo=UTC)
GOAL_MS: Final = 150.0
GOAL_MB: Final = 200.0

_ACTIONS, _ENTRIES, _WHYS = 10, 12, 6
_TIMES: Final = 5
_LATEST: Final = 60  # post-mortems whose follow-up is not held yet
_WHAT: Final = (
    "checkout",
    "search",
    "login",
    "billing",
    "reports",
    "mail",
    "the queue",
    "the cache",
    "exports",
    "the API",
)
_FAILED: Final = (
    "slow",
    "down",
    "losing orders",
    "answering twice",
    "out of memory",
    "rejecting cards",
    "stuck",
    "stale",
)
_WHY: Final = (
    "alerts of {} page nobody at night", "a release of {} reaches every region in one step", "{} has no limit on retries",
    "the runbook of {} names a host that is gone", "tests of {} run without production data", "{} shares one database pool",
)  # fmt: skip
_DO: Final = (
    "Add an alert on p99 over 500 ms for {}", "Release {} to one region first", "Cap the retries of {} at three",
    "Test the runbook of {} in the staging area", "Split the pool of {} from the others", "Remove the unused host of {}",
)  # fmt: skip
_OWNERS: Final = tuple(
    f"{name} {letter}." for name in ("Ana", "Ben", "Chidi", "Dara", "Eli") for letter in "ABCDEFGHIJ"
)
_STATES: Final = ("verified",) * 9 + ("done",) * 3 + ("dropped",) * 2 + ("agreed", "in progress", "blocked") * 2


def fill(connection: sqlite3.Connection, post_mortems: int) -> None:
    """Write that many closed post-mortems, each with a timeline, six whys and ten actions; the same every time."""
    chance = random.Random(20260312)  # noqa: S311 - nothing here is secret
    connection.execute("BEGIN")
    for number in range(post_mortems):
        for table, rows in _post_mortem(f"r{number:05d}", number, chance):
            marks = ", ".join("?" * len(rows[0]))
            names = _COLUMNS.get(table, "")
            connection.executemany(f"INSERT INTO {table} {names} VALUES ({marks})", rows)  # noqa: S608 - our own names
    connection.execute("COMMIT")
    connection.execute("ANALYZE")


_COLUMNS: Final = {
    "post_mortem": "(id, revision, title, kind, created_at, occurred_on, zone, rehearsal, boxes, norms_read, impact,"
    ' "trigger", no_actions_because, summary, report_owner, audience, follow_up_on, closed_at, happened, team, tags)',
    "entry": "(post_mortem, id, position, text, kind, at, approximate, starred, evidence)",
    "cause": "(post_mortem, id, position, text, parent, mark, reason)",
    "action": "(post_mortem, id, position, settlement, cause, text, owner, due, done_when, effect, state, reason,"
    " read_back, moved_at)",
}


def _post_mortem(key: str, number: int, chance: random.Random) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    happened = NOW - timedelta(days=number * 0.3, minutes=chance.randrange(1440))
    what, failed = chance.choice(_WHAT), chance.choice(_FAILED)
    title = f"{what.capitalize()} was {failed} ({number})"
    follow_up = (happened + timedelta(weeks=3)).date() if number < _LATEST else None
    yield "post_mortem", [(
        key, 0, title, chance.choice(("operational incident", "project failure")), _instant(happened),
        happened.date().isoformat(), "UTC", 0, "[5,20,25,10,15,5]", "[]", f"{what} {failed} for customers",
        f"a change to {what}", "", f"{title}. It was mended by rolling back.", "", "engineering",
        follow_up.isoformat() if follow_up else None, _instant(happened + timedelta(days=3)),
        f"{what} was {failed} for an hour", f"team {number % 40}", f'["{what}"]',
    )]  # fmt: skip
    yield "entry", [
        (key, f"e{at}", at, f"{what} {chance.choice(_FAILED)} on host {chance.randrange(400)}", "event",
         _instant(happened + timedelta(minutes=at)), 0, 0, "") for at in range(_ENTRIES)
    ]  # fmt: skip
    whys = [chance.choice(_WHY).format(what) for _ in range(_WHYS)]
    last = _WHYS - 1
    yield (
        "cause",
        [
            (key, f"c{at}", at, why, f"c{at - 1}" if at else None, "root cause" if at == last else "open", "")
            for at, why in enumerate(whys)
        ],
    )
    yield "settlement", [(key, "s", 0, _instant(happened + timedelta(days=3)), None)]
    yield "settled_cause", [(key, "s", f"c{last}", 0)]
    yield "action", [_action(key, place, what, happened, chance) for place in range(_ACTIONS)]


def _action(key: str, place: int, what: str, happened: datetime, chance: random.Random) -> tuple[object, ...]:
    # What was promised long ago has mostly been done; of the last two years a part is still open.
    state = chance.choice(_STATES) if happened > NOW - timedelta(days=700) else chance.choice(_STATES[:14])
    due = (happened + timedelta(days=chance.randrange(7, 120))).date().isoformat() if chance.random() < 0.95 else None  # noqa: PLR2004
    reason = "not worth it" if state in ("dropped", "blocked") else ""
    moved = _instant(happened + timedelta(days=30)) if state != "agreed" else None
    words = f"{chance.choice(_DO).format(what)} (part {place})"
    return (key, f"a{place}", place, "s", "c5", words, chance.choice(_OWNERS), due, "", "", state, reason, 0, moved)


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def measure(db: Path) -> list[tuple[str, float]]:
    """Return what was asked of the record, with the median of five times in milliseconds."""
    shelf = open_shelf(db)
    ids = iter(range(10**9))
    library = Library(shelf, lambda: NOW, lambda: f"n{next(ids)}", zone="UTC")
    board = Board(shelf.board, library.open, lambda: NOW)
    archive = Archive(shelf.archive, lambda: NOW, lambda: f"n{next(ids)}")
    asked: list[tuple[str, Callable[[], object]]] = [
        (
            "library: the newest 200 lines, count, what is due",
            lambda: (library.summaries(200), library.count(), library.due()),
        ),
        ("search: a common word (“checkout”)", lambda: archive.search("checkout")),
        ("search: a word being typed (“ru”)", lambda: archive.search("ru")),
        ("search: two words and a filter", lambda: archive.search("retries alert owner:ana state:open")),
        ("search: a filter alone", lambda: archive.search("tag:mail after:2025")),
        ("board: all sections and counts", lambda: _whole_board(board, Wanted())),
        ("board: narrowed by a word", lambda: _whole_board(board, Wanted(("runbook",)))),
        ("board: narrowed to an owner", lambda: _whole_board(board, Wanted(owner="Ana B."))),
        ("board: by owner", board.by_owner),
        ("board: by post-mortem", board.by_post_mortem),
    ]
    return [(name, median(_took(ask) for _ in range(_TIMES))) for name, ask in asked]


def _whole_board(board: Board, wanted: Wanted) -> object:
    return board.tally(wanted), [board.section(section, wanted) for section in Section]


def _took(ask: Callable[[], object]) -> float:
    begun = perf_counter()
    ask()
    return (perf_counter() - begun) * 1000


def main() -> None:
    """Make the record, ask it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--post-mortems", type=int, default=10_000)
    parser.add_argument("--db", type=Path, help="keep the record here; made where it is not there yet")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = arguments.db or Path(folder) / "record.db"
        if not db.exists():
            shelf = open_shelf(db)
            fill(shelf._connection, arguments.post_mortems)  # noqa: SLF001 - past the doors, as said above
            print(f"the first search makes the index: {_took(shelf.archive.catch_up):,.0f} ms (once)")
            shelf.close()
        print(
            f"{arguments.post_mortems:,} post-mortems, {db.stat().st_size / 2**20:,.0f} MiB on disk; goal {GOAL_MS:.0f} ms"
        )
        for name, took in measure(db):
            print(f"  {took:8.1f} ms  {'ok    ' if took <= GOAL_MS else 'missed'}  {name}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  {peak:8.0f} MiB peak memory {'ok' if peak <= GOAL_MB else 'missed'} (goal {GOAL_MB:.0f})")


if __name__ == "__main__":
    main()
