"""Every real file under tests/data/imports, and what is read out of it; ATTRIBUTION.md there says whose they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmfacil.core.errors import Unfit
from pmfacil.intake.sources import Batch, read_source

IMPORTS = Path(__file__).parents[2] / "data" / "imports"
DOWN = "Service mail01.example.com down: mail01.example.com has been down for more than 1 minute."
TRIGGERED = "Triggered through the website: My new incident"
TOLD = (
    "Database query delays (identified): We just encountered that database queries are timing out resulting in "
    "inconvenience to our end users...we'll do quick fix latest by tomorrow !!!"
)
EVENT_LOG = "[7036 / 0x1b7c] Source Name: Service Control Manager Message string: The Windows Modules Installer service"
NO_TEXT = (
    "No column here is known to hold the text (the columns are “computer_name”, “data_type”, “datetime”, "
    "“display_name”, “event_identifier”, “event_level”, “label”, “message_identifier”, “offset”, “parser”, "
    "“record_number”, “recovered” and 8 more): map it to one of them, or rename that one."
)
OUT_OF_RANGE = (
    "Nothing in this file (CSV table) could be taken in, so correct it and try again: line 2: “1601-01-01T00:00:00Z” "
    "lies outside the years 1990 to 2100."
)
UNKNOWN = (
    "This JSON has no shape that is known here (it holds “subscribers” and “account_id”): export a list of objects "
    "with a time and a text, or CSV."
)

READ: dict[str, tuple[str, int, str] | str | None] = {
    "alertmanager/alertmanager_alert.json": (
        "Alertmanager alerts", 2, "High CPU core temperature: CPU core temperature is 34.75C",
    ),
    "alertmanager/alertmanager_single_alert.json": (
        "Alertmanager alerts", 1, "High CPU core temperature: CPU core temperature is 34.75C",
    ),
    "alertmanager/prometheus_bot_emptyValue.json": ("Alertmanager alerts", 1, "Oops, empty value!"),
    "alertmanager/prometheus_bot_noGenURL.json": ("Alertmanager alerts", 8, DOWN),
    "csv_timeline/timesketch_csv_timestamp_no_datetime.csv": ("CSV table", 3, "seconds_timestamp"),
    "csv_timeline/timesketch_e2e_evtx_direct.csv": ("CSV table", 13, EVENT_LOG),
    "csv_timeline/timesketch_e2e_evtx_fails.csv": NO_TEXT,
    "csv_timeline/timesketch_e2e_sigma_events.jsonl": ("JSON lines", 4, "A message"),
    "csv_timeline/timesketch_invalid_datetime.csv": ("CSV table", 3, "Missing timezone info"),
    "csv_timeline/timesketch_large_field_event.jsonl": ("JSON lines", 3, "Normal event BEFORE large one"),
    "csv_timeline/timesketch_mapping_limit_exceed.csv": (
        "CSV table", 1, "This event is designed to exceed the mapping limit.",
    ),
    "csv_timeline/timesketch_sigma_events.csv": ("CSV table", 4, "A message"),
    "csv_timeline/timesketch_validate_time_out_of_range.csv": OUT_OF_RANGE,
    "csv_timeline/timesketch_validate_time_precision.csv": ("CSV table", 2, "total precision in datetime"),
    "csv_timeline/timesketch_validate_timestamp_conversion.csv": ("CSV table", 3, "Checking timestamp conversion"),
    "grafana/grafana_alert.json": (
        "Grafana webhook", 1, "[Alerting] Test notification: Someone is testing the alert notification within grafana.",
    ),
    "grafana/grafana_no_data_alert.json": ("Grafana webhook", 1, "[Alerting] No Data alert: The panel has no data."),
    "opsgenie/opsgenie_addnote.json": ("Opsgenie webhook", 1, "Note added: note to test alert"),
    "opsgenie/opsgenie_addrecipient.json": ("Opsgenie webhook", 1, "Recipient added: test alert"),
    "opsgenie/opsgenie_close.json": ("Opsgenie webhook", 1, "Alert closed: test alert"),
    "opsgenie/opsgenie_create.json": ("Opsgenie webhook", 1, "Alert created: another alert"),
    "opsgenie/opsgenie_delete.json": ("Opsgenie webhook", 1, "Alert deleted: test alert"),
    "opsgenie/opsgenie_escalate.json": ("Opsgenie webhook", 1, "Alert escalated: test_esc"),
    "opsgenie/opsgenie_unacknowledge.json": ("Opsgenie webhook", 1, "Alert no longer acknowledged: test alert"),
    "pagerduty/pagerduty_acknowledge.json": ("PagerDuty webhook", 2, "Incident reassigned: It is on fire"),
    "pagerduty/pagerduty_auto_resolved.json": ("PagerDuty webhook", 1, "Incident resolved: new"),
    "pagerduty/pagerduty_go_incident_2.json": UNKNOWN,
    "pagerduty/pagerduty_go_webhook_1.json": ("PagerDuty webhook", 1, TRIGGERED),
    "pagerduty/pagerduty_log_entries_mcp_1.json": ("PagerDuty log entries", 2, "Triggered via the website"),
    "pagerduty/pagerduty_mp_fail.json": (
        "PagerDuty webhook", 1, "Incident resolved: mp_error_block_down_critical\u2119\u01b4",
    ),
    "pagerduty/pagerduty_resolve_v2.json": ("PagerDuty webhook", 1, "Resolved: [#33] My new incident"),
    "pagerduty/pagerduty_resolved.json": ("PagerDuty webhook", 1, "Incident resolved: It is on fire"),
    "pagerduty/pagerduty_trigger_without_assignee_v2.json": ("PagerDuty webhook", 1, TRIGGERED),
    "pagerduty/pagerduty_unacknowledge.json": ("PagerDuty webhook", 1, "Incident no longer acknowledged: foo"),
    "pingdom/pingdom_imap_down_to_up.json": ("Pingdom webhook", 1, "IMAP check is UP: OK"),
    "pingdom/pingdom_imap_up_to_down.json": (
        "Pingdom webhook", 1, "IMAP check is DOWN: Invalid hostname, address or socket",
    ),
    "slack_export/zulip_test_slack_importer.zip": ("Slack export", 82, "edfadfa"),
    "slack_paste/k8s_2019-02-05.txt": None,
    "slack_paste/k8s_2019-03-26.txt": None,
    "statuspage/statuspage_incident_created.json": ("Statuspage incident", 1, TOLD),
    "statuspage/statuspage_incident_update.json": ("Statuspage incident", 2, TOLD),
}  # fmt: skip


def sample(path: str) -> bytes:
    return (IMPORTS / path).read_bytes()


def read(path: str) -> Batch:
    batch = read_source(sample(path), path)
    assert batch is not None
    return batch


def test_every_sample_has_its_line_here_and_its_owner_named() -> None:
    files = {
        path.relative_to(IMPORTS).as_posix()
        for path in IMPORTS.glob("*/*")
        if path.is_file() and path.parent.name != "licences"
    }
    assert files == set(READ)
    attribution = (IMPORTS / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert all(f"| {file} |" in attribution for file in files)


@pytest.mark.parametrize(("path", "expected"), READ.items(), ids=READ)
def test_a_real_file(path: str, expected: tuple[str, int, str] | str | None) -> None:
    try:
        batch = read_source(sample(path), path)
    except Unfit as refusal:
        assert str(refusal) == expected
        return
    if batch is None or expected is None or isinstance(expected, str):
        assert batch == expected
        return
    source, count, first = expected
    assert (batch.source, len(batch.found)) == (source, count)
    assert batch.found[0].text == first or (len(first) > 80 and batch.found[0].text.startswith(first))


@pytest.mark.parametrize("path", [path for path, expected in READ.items() if isinstance(expected, tuple)])
def test_the_name_of_a_file_decides_nothing_here(path: str) -> None:
    assert read_source(sample(path), "notes") == read(path)


def test_a_row_with_a_wrong_time_is_left_out_and_named() -> None:
    batch = read("csv_timeline/timesketch_invalid_datetime.csv")
    assert batch.problems == ("Line 5: “1234 19:01:01” is no time.",)
    assert batch.zone == ""
    assert [item.number for item in batch.found] == [2, 3, 4]


def test_all_precisions_of_an_epoch_name_one_second() -> None:
    batch = read("csv_timeline/timesketch_csv_timestamp_no_datetime.csv")
    assert {item.at.isoformat()[:19] for item in batch.found if item.at} == {"2022-07-24T19:01:01"}
    assert batch.zone == "UTC"


def test_the_workspace_names_nobody_as_an_author() -> None:
    batch = read("slack_export/zulip_test_slack_importer.zip")
    assert batch.problems == ("9 messages about their channels were left out (joining, leaving, topics, pins).",)
    assert [item.at for item in batch.found] == sorted(item.at for item in batch.found if item.at)
    assert not any("<@" in item.text or "&lt;" in item.text for item in batch.found)
    texts = [item.text for item in batch.found]
    assert "@Rhea this is a test mention" in texts
    assert any(text.startswith("uploaded a file: dirac72.md (https://plan8team.slack.com/") for text in texts)
