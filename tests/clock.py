"""Time and ids that tests control."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count


class FakeClock:
    """A clock that stands until it is moved."""

    def __init__(self, start: datetime = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def advance(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass (or, negative, set the clock back)."""
        self.now += timedelta(minutes=minutes, seconds=seconds)


class Ids:
    """Ids that read well and never repeat."""

    def __init__(self, prefix: str = "id") -> None:
        self._numbers = count(1)
        self._prefix = prefix

    def __call__(self) -> str:
        return f"{self._prefix}{next(self._numbers):04d}"
