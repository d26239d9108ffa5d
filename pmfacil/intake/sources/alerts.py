"""What monitoring sends when something breaks: Alertmanager, Grafana, Opsgenie and Pingdom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pmfacil.core.model import EntryKind
from pmfacil.intake.sources.gathering import Gathering
from pmfacil.intake.sources.json_shapes import Fields, fields, rows
from pmfacil.intake.sources.plain import joined, link, scalar

if TYPE_CHECKING:
    from pmfacil.intake.sources.sourced import Batch

_NEVER: Final = "0001-01-01T"  # Go's zero time: the alert has not ended
_BURNING: Final = ("firing", "active", "suppressed", "unprocessed")
_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OPSGENIE_KINDS: Final = {
    "Create": EntryKind.SIGNAL,
    "Acknowledge": EntryKind.ACTION,
    "Close": EntryKind.RECOVERY,
    "Resolve": EntryKind.RECOVERY,
}
_OPSGENIE_WORDS: Final = {
    "Create": "Alert created",
    "Acknowledge": "Alert acknowledged",
    "UnAcknowledge": "Alert no longer acknowledged",
    "AddNote": "Note added",
    "Close": "Alert closed",
    "Delete": "Alert deleted",
    "Escalate": "Alert escalated",
    "AddRecipient": "Recipient added",
}
_STATES: Final = {"down": EntryKind.SIGNAL, "up": EntryKind.RECOVERY}
_GRAFANA_STATES: Final = {"alerting": EntryKind.SIGNAL, "no_data": EntryKind.SIGNAL, "ok": EntryKind.RECOVERY}


def read_alertmanager(value: object) -> Batch | None:
    """Return the alerts of Alertmanager, or of Grafana in its newer form: one item each, and one for each end."""
    if not (alerts := rows(value, lambda one: "startsAt" in one)):
        return None
    payload = fields(value)
    grafana = "orgId" in payload or any("dashboardURL" in one or "silenceURL" in one for one in alerts)
    gathering = Gathering("Grafana alerts" if grafana else "Alertmanager alerts", "Alert")
    for number, alert in enumerate(alerts, 1):
        _take_alert(number, alert, scalar(payload.get("status")), gathering)
    return gathering.batch(by_time=True)


def read_grafana(value: object) -> Batch | None:
    """Return the one alert of an older Grafana webhook; it does not say when."""
    payload = fields(value)
    if not ("ruleName" in payload and "state" in payload) and "evalMatches" not in payload:
        return None
    gathering = Gathering("Grafana webhook", "Alert")
    gathering.take(
        1,
        payload,
        at=None,
        text=joined(payload.get("title") or payload.get("ruleName"), payload.get("message")),
        kind=_GRAFANA_STATES.get(scalar(payload.get("state")).casefold(), EntryKind.EVENT),
        evidence=link(payload.get("ruleUrl")),
    )
    return gathering.batch()


def read_opsgenie(value: object) -> Batch | None:
    """Return what an Opsgenie webhook says; only a new alert's own time is taken for when it was created."""
    payload, alert = fields(value), fields(value, "alert")
    action = scalar(payload.get("action"))
    if not action or "alertId" not in alert:
        return None
    gathering = Gathering("Opsgenie webhook")
    gathering.take(
        1,
        payload,
        at=alert.get("createdAt") if action == "Create" else alert.get("updatedAt"),
        text=joined(
            _OPSGENIE_WORDS.get(action) or _CAPITAL.sub(" ", action).capitalize(),
            alert.get("note") if action == "AddNote" else None,
            alert.get("message") or payload.get("escalationName"),
        ),
        kind=_OPSGENIE_KINDS.get(action, EntryKind.EVENT),
    )
    return gathering.batch()


def read_pingdom(value: object) -> Batch | None:
    """Return what a Pingdom webhook says: a check went down, or came up again."""
    payload = fields(value)
    if "check_name" not in payload or "current_state" not in payload:
        return None
    state = scalar(payload.get("current_state"))
    gathering = Gathering("Pingdom webhook")
    gathering.take(
        1,
        payload,
        at=payload.get("state_changed_timestamp"),
        or_at=payload.get("state_changed_utc_time"),
        text=joined(f"{scalar(payload.get('check_name'))} is {state}", payload.get("long_description")),
        kind=_STATES.get(state.casefold(), EntryKind.EVENT),
        evidence=link(payload.get("full_url")),
    )
    return gathering.batch()


def _take_alert(number: int, alert: Fields, payload_status: str, gathering: Gathering) -> None:
    notes, labels = fields(alert, "annotations"), fields(alert, "labels")
    title = notes.get("summary") or notes.get("message") or labels.get("alertname")
    text = joined(title, notes.get("description"))
    evidence = link(alert.get("dashboardURL"), alert.get("panelURL"), alert.get("generatorURL"))
    begun, ended = alert.get("startsAt"), alert.get("endsAt")
    at = None if _is_never(begun) else begun
    gathering.take(number, alert, at=at, text=text, kind=EntryKind.SIGNAL, evidence=evidence)
    status = scalar(alert.get("status")) or scalar(fields(alert, "status").get("state")) or payload_status
    if not ended or _is_never(ended) or status.casefold() in _BURNING:
        return
    over = joined("Resolved", title or "the alert")
    gathering.take(number, alert, at=ended, text=over, kind=EntryKind.RECOVERY, evidence=evidence)


def _is_never(value: object) -> bool:
    return scalar(value).startswith(_NEVER)
