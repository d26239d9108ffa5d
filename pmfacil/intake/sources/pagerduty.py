"""PagerDuty: log entries of its REST API, and webhooks of all three generations; responders are not named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pmfacil.core.model import EntryKind
from pmfacil.intake.sources.gathering import Gathering
from pmfacil.intake.sources.json_shapes import Fields, fields, objects, rows
from pmfacil.intake.sources.plain import joined, link, plain, scalar

if TYPE_CHECKING:
    from pmfacil.intake.sources.sourced import Batch

_ENTRY: Final = re.compile(r"(?P<what>\w+)_log_entry(?:_reference)?")
_EVENT: Final = re.compile(r"(?:incident|service)\.[\w.]+")
_KINDS: Final = {
    "trigger": EntryKind.SIGNAL,
    "triggered": EntryKind.SIGNAL,
    "acknowledge": EntryKind.ACTION,
    "acknowledged": EntryKind.ACTION,
    "resolve": EntryKind.RECOVERY,
    "resolved": EntryKind.RECOVERY,
    "status_update": EntryKind.COMMUNICATION,
    "status_update_published": EntryKind.COMMUNICATION,
}
_WORDS: Final = {
    "trigger": "triggered",
    "acknowledge": "acknowledged",
    "unacknowledge": "no longer acknowledged",
    "resolve": "resolved",
    "assign": "reassigned",
    "escalate": "escalated",
    "delegate": "delegated",
    "annotate": "annotated",
}
_WEBHOOK: Final = "PagerDuty webhook"


def read_pagerduty(value: object) -> Batch | None:
    """Return what PagerDuty says happened, oldest first; None where this is not PagerDuty's."""
    if entries := rows(value, _is_entry):
        gathering = Gathering("PagerDuty log entries", "Log entry")
        return _from_entries(list(enumerate(entries, 1)), gathering)
    if messages := rows(value, _is_message):
        return _from_messages(messages)
    event = fields(value, "event")
    if _EVENT.fullmatch(scalar(event.get("event_type"))) and "data" in event:
        gathering = Gathering(_WEBHOOK)
        _take_event(event, gathering)
        return gathering.batch()
    return None


def _is_entry(one: Fields) -> bool:
    return bool(_ENTRY.fullmatch(scalar(one.get("type")))) and "created_at" in one


def _is_message(one: Fields) -> bool:
    if rows(one.get("log_entries"), _is_entry):
        return True
    named = scalar(one.get("type")) or scalar(one.get("event"))
    return bool(_EVENT.fullmatch(named)) and bool(fields(one, "data", "incident") or fields(one, "incident"))


def _from_messages(messages: list[Fields]) -> Batch:
    gathering = Gathering(_WEBHOOK)
    entries: list[tuple[int, Fields]] = []
    for number, message in enumerate(messages, 1):
        if held := rows(message.get("log_entries"), _is_entry):
            entries += [(number, one) for one in held]
            continue
        incident = fields(message, "data", "incident") or fields(message, "incident")
        what = (scalar(message.get("type")) or scalar(message.get("event"))).partition(".")[2]
        about = fields(incident, "trigger_summary_data")
        title = incident.get("title") or about.get("subject") or about.get("description")
        gathering.take(
            number,
            message,
            at=message.get("created_on"),
            text=joined(f"Incident {_WORDS.get(what, what.replace('_', ' '))}", title or _service(incident)),
            kind=_KINDS.get(what, EntryKind.EVENT),
            evidence=link(incident.get("html_url")),
        )
    return _from_entries(entries, gathering)


def _from_entries(entries: list[tuple[int, Fields]], gathering: Gathering) -> Batch:
    """Take log entries in; a notification tells who was called and not what happened, so they are only counted."""
    notified = 0
    for number, entry in entries:
        what = (_ENTRY.fullmatch(scalar(entry.get("type"))) or {"what": ""})["what"]
        if what == "notify":
            notified += 1
            continue
        channel, about = fields(entry, "channel"), fields(entry, "incident")
        details = channel.get("summary") or channel.get("subject") or fields(entry, "event_details").get("description")
        gathering.take(
            number,
            entry,
            at=entry.get("created_at"),
            text=joined(_nameless(entry) or f"Incident {_WORDS.get(what, what)}", details or about.get("summary")),
            kind=_KINDS.get(what, EntryKind.EVENT),
            evidence=link(entry.get("html_url"), about.get("html_url")),
        )
    if notified:
        verb = "notification was" if notified == 1 else "notifications were"
        gathering.leave_out(f"{notified} {verb} left out, as they tell who was called and not what happened.")
    return gathering.batch(by_time=True)


def _nameless(entry: Fields) -> str:
    """Return an entry's summary without the people in it: “Resolved by a responder” says all that matters."""
    summary = plain(entry.get("summary"))
    agent = fields(entry, "agent")
    if scalar(agent.get("type")).startswith("user") and (name := plain(agent.get("summary"))):
        summary = re.sub(rf"\s+(?:by|from)\s+{re.escape(name)}(?!\w)", "", summary)
    for person in (agent, fields(entry, "user"), *objects(entry.get("assignees"))):
        if scalar(person.get("type")).startswith("user") and (name := plain(person.get("summary"))):
            summary = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "a responder", summary)
    return summary


def _take_event(event: Fields, gathering: Gathering) -> None:
    about, _, what = scalar(event.get("event_type")).partition(".")
    data = fields(event, "data")
    incident = fields(data, "incident")
    title = data.get("title") or data.get("content") or data.get("message") or data.get("summary")
    said = f"{about} {what.replace('_', ' ').replace('.', ' ')}".capitalize()
    gathering.take(
        1,
        event,
        at=event.get("occurred_at"),
        text=joined(said, title or incident.get("summary") or _service(data)),
        kind=_KINDS.get(what, EntryKind.EVENT),
        evidence=link(data.get("html_url"), incident.get("html_url")),
    )


def _service(held: Fields) -> object:
    service = fields(held, "service")
    return service.get("name") or service.get("summary")
