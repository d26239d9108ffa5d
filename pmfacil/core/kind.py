"""What kind of failure a post-mortem is about."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What kind of failure the post-mortem is about."""

    INCIDENT = "operational incident"
    PROJECT = "project failure"
    DEADLINE = "missed deadline"
    ESCALATION = "client escalation"
    OTHER = "other"
