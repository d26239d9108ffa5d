"""How far a post-mortem has come."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Preparing until the room meets, closed once the meeting ended; written elsewhere and taken in."""

    PREPARING = "preparing"
    LIVE = "live"
    CLOSED = "closed"
    WRITTEN = "imported"
