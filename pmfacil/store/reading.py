"""Reading with plain sqlite3: faults become one sentence."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from pmfacil.store.errors import CannotRead

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Raise `CannotRead`, naming `what` was read, where the file or a value in it is not what it should be."""
    try:
        yield
    except (sqlite3.Error, ValueError) as fault:
        raise CannotRead(what, fault) from fault


def day_of(value: str | None) -> date | None:
    """Return a day as it is stored; None where there is none."""
    return date.fromisoformat(value) if value else None
