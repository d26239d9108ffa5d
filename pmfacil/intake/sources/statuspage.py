"""Statuspage: what customers were told about an incident, update by update."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmfacil.core.model import EntryKind
from pmfacil.intake.sources.gathering import Gathering
from pmfacil.intake.sources.json_shapes import Fields, fields, objects, rows
from pmfacil.intake.sources.plain import joined, link, scalar

if TYPE_CHECKING:
    from pmfacil.intake.sources.sourced import Batch


def read_statuspage(value: object) -> Batch | None:
    """Return the updates of one incident or of a list of them, oldest first; None where there are none."""
    found = [one for one in (fields(value, "incident"), fields(value)) if _is_incident(one)]
    incidents = found[:1] or rows(value, _is_incident)
    if not incidents:
        return None
    gathering = Gathering("Statuspage incident", "Update")
    number = 0
    for incident in incidents:
        for update in objects(incident.get("incident_updates")):
            number += 1
            status = scalar(update.get("status")).replace("_", " ").strip()
            name = scalar(incident.get("name"))
            gathering.take(
                number,
                update,
                at=update.get("created_at"),
                or_at=update.get("display_at"),
                text=joined(f"{name} ({status})" if name and status else name or status, update.get("body")),
                kind=EntryKind.COMMUNICATION,
                evidence=link(incident.get("shortlink")),
            )
    return gathering.batch(by_time=True)


def _is_incident(one: Fields) -> bool:
    return isinstance(one.get("incident_updates"), list)
