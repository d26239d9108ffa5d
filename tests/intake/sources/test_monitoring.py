"""PagerDuty, Alertmanager, Grafana, Opsgenie, Pingdom and Statuspage: what is read out of each."""

from __future__ import annotations

import json

import pytest

from pmfacil.core.errors import Unfit
from pmfacil.core.model import EntryKind
from pmfacil.intake.sources import MOST, Batch, read_source

AT, LATER = "2024-03-12T10:00:00Z", "2024-03-12T10:30:00Z"
ANA = {"type": "user_reference", "summary": "Ana Bo"}


def read(value: object) -> Batch:
    batch = read_source(json.dumps(value).encode(), "x")
    assert batch is not None
    return batch


def entry(what: str, summary: str, **more: object) -> dict[str, object]:
    return {"type": f"{what}_log_entry", "summary": summary, "created_at": AT, **more}


def told(batch: Batch) -> list[tuple[str, EntryKind]]:
    return [(item.text, item.kind) for item in batch.found]


def test_log_entries_say_what_happened_and_name_nobody() -> None:
    batch = read(
        {
            "log_entries": [
                entry("resolve", "Resolved by Ana Bo", agent=ANA, created_at=LATER),
                entry("notify", "Notified Ana Bo by phone"),
                entry("assign", "Assigned to Ana Bo", assignees=[ANA]),
                entry(
                    "annotate", "Note added by Ana Bo", agent=ANA, channel={"type": "note", "summary": "Rolled back"}
                ),
                entry("acknowledge", "Acknowledged by Ana Bo", agent=ANA),
                entry("trigger", "Triggered through the API", channel={"type": "api", "subject": "api 500"}),
            ],
            "limit": 25,
        }
    )
    assert batch.source == "PagerDuty log entries"
    assert told(batch) == [
        ("Assigned to a responder", EntryKind.EVENT),
        ("Note added: Rolled back", EntryKind.EVENT),
        ("Acknowledged", EntryKind.ACTION),
        ("Triggered through the API: api 500", EntryKind.SIGNAL),
        ("Resolved", EntryKind.RECOVERY),
    ]
    assert batch.problems == ("1 notification was left out, as they tell who was called and not what happened.",)


def test_a_webhook_of_the_third_generation() -> None:
    def event(what: str, data: dict[str, object]) -> dict[str, object]:
        return {"event": {"event_type": what, "occurred_at": AT, "agent": ANA, "data": data}}

    link = "https://x.pagerduty.com/incidents/P1"
    batch = read(event("incident.acknowledged", {"title": "api 500", "html_url": link}))
    assert told(batch) == [("Incident acknowledged: api 500", EntryKind.ACTION)]
    assert batch.found[0].evidence == link
    note = read(event("incident.annotated", {"content": "Rolled back", "incident": {"html_url": link}}))
    assert (note.found[0].text, note.found[0].evidence) == ("Incident annotated: Rolled back", link)
    update = read(event("incident.status_update_published", {"message": "We are looking"}))
    assert told(update) == [("Incident status update published: We are looking", EntryKind.COMMUNICATION)]


def test_an_alert_that_ended_is_two_items() -> None:
    def alert(**more: object) -> dict[str, object]:
        return {"labels": {"alertname": "Slow"}, "annotations": {}, "startsAt": AT, **more}

    batch = read(
        {"alerts": [alert(status="resolved", endsAt=LATER), alert(status="firing", endsAt=LATER)], "version": "4"}
    )
    assert told(batch) == [
        ("Slow", EntryKind.SIGNAL),
        ("Slow", EntryKind.SIGNAL),
        ("Resolved: Slow", EntryKind.RECOVERY),
    ]
    assert [item.number for item in batch.found] == [1, 2, 1]
    newer = read({"orgId": 1, "alerts": [alert(dashboardURL="https://g.example/d/1", endsAt="0001-01-01T00:00:00Z")]})
    assert (newer.source, len(newer.found), newer.found[0].evidence) == ("Grafana alerts", 1, "https://g.example/d/1")
    answer = read([alert(status={"state": "active"}, endsAt=LATER)])
    assert len(answer.found) == 1


def test_an_older_grafana_alert_does_not_say_when() -> None:
    batch = read({"ruleName": "Slow", "state": "ok", "title": "[OK] Slow", "ruleUrl": "https://g.example"})
    assert told(batch) == [("[OK] Slow", EntryKind.RECOVERY)]
    assert batch.found[0].at is None
    assert batch.zone == ""


def test_opsgenie_counts_from_1970_in_milliseconds_and_nanoseconds() -> None:
    alert = {"alertId": "a", "message": "api 500", "createdAt": 1710237600000, "updatedAt": 1710239400000000000}
    created, acknowledged = (read({"action": what, "alert": alert}).found[0] for what in ("Create", "Acknowledge"))
    assert (created.kind, str(created.at)) == (EntryKind.SIGNAL, "2024-03-12 10:00:00+00:00")
    assert (acknowledged.kind, str(acknowledged.at)) == (EntryKind.ACTION, "2024-03-12 10:30:00+00:00")
    assert read({"action": "TakeOwnership", "alert": alert}).found[0].text == "Take ownership: api 500"


def test_pingdom_goes_down_and_up() -> None:
    check = {"check_name": "site", "current_state": "DOWN", "state_changed_utc_time": "2024-03-12T10:00:00"}
    assert told(read(check)) == [("site is DOWN", EntryKind.SIGNAL)]
    assert read(check).zone == ""


def test_what_customers_were_told_is_communication_oldest_first() -> None:
    updates = [
        {"status": "resolved", "body": "All well.", "created_at": LATER},
        {"status": "in_progress", "body": "We are looking.", "created_at": AT},
    ]
    batch = read(
        {"page": {}, "incident": {"name": "Slow", "shortlink": "https://s.example/1", "incident_updates": updates}}
    )
    assert told(batch) == [
        ("Slow (in progress): We are looking.", EntryKind.COMMUNICATION),
        ("Slow (resolved): All well.", EntryKind.COMMUNICATION),
    ]
    assert batch.found[0].evidence == "https://s.example/1"
    several = read({"incidents": [{"name": "Slow", "incident_updates": updates}, {"incident_updates": updates[:1]}]})
    assert len(several.found) == 3


def test_a_known_format_with_nothing_in_it_says_so() -> None:
    with pytest.raises(Unfit) as refused:
        read({"incident": {"name": "Slow", "incident_updates": []}})
    assert str(refused.value) == (
        "Nothing happened in this file (Statuspage incident): export it over the days of the incident."
    )


@pytest.mark.parametrize("by_line", [True, False])
def test_webhooks_that_were_collected_in_one_file(by_line: bool) -> None:
    alert = {"alertId": "a", "message": "api 500", "createdAt": 1710237600000, "updatedAt": 1710239400000000000}
    kept = [{"action": "Close", "alert": alert}, {"action": "Create", "alert": alert}, {"other": 1}]
    text = "\n".join(map(json.dumps, kept)) if by_line else json.dumps(kept)
    batch = read_source(text.encode(), "x")
    assert batch is not None
    assert batch.source == "Opsgenie webhook"
    assert [(item.number, item.kind) for item in batch.found] == [(2, EntryKind.SIGNAL), (1, EntryKind.RECOVERY)]
    assert batch.problems == ("Item 3: it is of another kind than those before it.",)


def test_a_collection_names_what_could_not_be_used_in_it() -> None:
    update = {"status": "resolved", "body": "All well.", "created_at": AT}
    wrong = {"status": "resolved", "body": "Well?", "created_at": "soon"}
    empty: dict[str, object] = {"page": 1, "incident": {"incident_updates": []}}
    batch = read([empty, {"page": 1, "incident": {"incident_updates": [update, wrong]}}, {"incident": {}, "x": 1}])
    assert [item.number for item in batch.found] == [2]
    assert batch.problems == (
        "Item 2: update 2: “soon” is no time.",
        "Item 1: Nothing happened in this file (Statuspage incident): export it over the days of the incident.",
        "Item 3: it is of another kind than those before it.",
    )


def test_a_collection_is_cut_off_where_nobody_would_read_on() -> None:
    update = {"status": "resolved", "body": "All well.", "created_at": AT}
    one = {"page": 1, "incident": {"incident_updates": [update] * (MOST // 2 + 1)}}
    batch = read_source("\n".join([json.dumps(one)] * 2).encode(), "x")
    assert batch is not None
    assert len(batch.found) == MOST
    assert batch.problems == ("Only the first 20,000 items were taken in, and 2 left out.",)
