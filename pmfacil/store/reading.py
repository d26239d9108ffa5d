"""Reading with plain sqlite3: what its statements share, and faults that become one sentence."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from pmfacil.core.stage import Stage
from pmfacil.store.errors import CannotRead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.store.held import Database

DAY: Final = "coalesce(pm.occurred_on, substr(pm.created_at, 1, 10))"
"""The day of a post-mortem, as the index `post_mortem_day` has it: else the newest would be sorted for."""

NEWEST: Final = f"ORDER BY {DAY} DESC, pm.created_at DESC"
"""The newest post-mortems first, in the order of the same index."""

OPEN: Final = "action.state IN ('agreed', 'in progress', 'blocked')"
"""The states in which an action is still promised."""

LEFT_OUT: Final = "(SELECT id FROM post_mortem WHERE deleted_at IS NOT NULL OR rehearsal <> 0)"
"""The post-mortems that nothing is counted of: to look up the one of each row would take ten times as long."""


@contextmanager
def reading(database: Database, what: str) -> Iterator[None]:
    """Raise `CannotRead`, naming `what` was read, where the file or a value in it is not what it should be."""
    try:
        yield
    # SQL answers with NULL where it cannot read a day, and a number may be too large for what it counts.
    except (sqlite3.Error, ValueError, TypeError, OverflowError) as fault:
        database.mark(fault)
        raise CannotRead(what, fault) from fault


def day_of(value: str | None) -> date | None:
    """Return a day as it is stored; None where there is none."""
    return date.fromisoformat(value) if value else None


def instant_of(value: str) -> datetime:
    """Return an instant as it is stored; raises `ValueError` where it is none, or says nothing of its zone."""
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        msg = f"{value} is an instant without its zone"
        raise ValueError(msg)
    return found


def stage_of(closed_at: str | None, met: int) -> Stage:
    """Return how far a post-mortem is, from when it was closed and whether the room has met."""
    return Stage.CLOSED if closed_at else Stage.LIVE if met else Stage.PREPARING


def escaped(words: str) -> str:
    """Return words as a pattern with `ESCAPE '!'` takes them: as they are."""
    return words.replace("!", "!!").replace("%", "!%").replace("_", "!_")
