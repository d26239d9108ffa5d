"""Slack's markup, its exports, and who is not named."""

from __future__ import annotations

import json
import re

import pytest

from pmfacil.core.errors import Unfit
from pmfacil.core.model import EntryKind
from pmfacil.intake.sources import Batch, read_source
from pmfacil.intake.sources.slack import unmarked
from tests.intake.sources.test_hostile import zipped

NAMES = {"U1": "ana", "C1": "incident"}


def message(text: str, ts: str = "1710245106.000100", **more: object) -> dict[str, object]:
    return {"type": "message", "user": "U9", "text": text, "ts": ts, **more}


def read(value: object) -> Batch:
    batch = read_source(json.dumps(value).encode(), "x")
    assert batch is not None
    return batch


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("<@U1> look", "@ana look"),
        ("<@U2|bo> look", "@bo look"),
        ("<@U3> look", "@U3 look"),
        ("in <#C1> and <#C2|ops>", "in #incident and #ops"),
        ("<!here> <!channel> <!subteam^S1|@oncall> <!subteam^S1>", "@here @channel @oncall @subteam"),
        ("<!date^1710245106^{date}|12 March>", "12 March"),
        ("<https://a.example/x|graph>", "graph (https://a.example/x)"),
        ("<https://a.example/x>", "https://a.example/x"),
        ("<http://a.example|a.example>", "http://a.example"),
        ("<mailto:a@b.example|a@b.example> <mailto:a@b.example>", "a@b.example a@b.example"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
    ],
)
def test_markup_becomes_words(marked: str, plain: str) -> None:
    assert unmarked(marked, NAMES) == plain


def test_messages_of_one_channel_come_in_the_order_of_their_times() -> None:
    batch = read([message("second", "1710245107.000100"), message("first")])
    assert batch.source == "Slack messages"
    assert [(item.number, item.text) for item in batch.found] == [(2, "first"), (1, "second")]
    assert batch.zone == "UTC"


def test_a_wrapped_answer_of_the_interface_is_the_same() -> None:
    assert read({"ok": True, "messages": [message("down")], "has_more": False}).found[0].text == "down"


def test_bots_and_their_attachments_are_signals() -> None:
    posted = [
        {"title": "CPU high", "title_link": "https://g.example/1", "text": "host <@U1> a &gt; 90 %", "fallback": "x"}
    ]
    batch = read(
        [
            message("", subtype="bot_message", attachments=posted),
            message("paged", bot_id="B1"),
            message("see <https://g.example>", attachments=[{"from_url": "https://g.example", "text": "preview"}]),
            message("", attachments=[{"fallback": "only a fallback"}]),
            message("", bot_id="B1", blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "from a block"}}]),
            message("", files=[{"name": "graph.png"}]),
        ]
    )
    assert [(item.text, item.kind) for item in batch.found] == [
        ("CPU high: host @U1 a > 90 %", EntryKind.SIGNAL),
        ("paged", EntryKind.SIGNAL),
        ("see https://g.example", EntryKind.EVENT),
        ("only a fallback", EntryKind.SIGNAL),
        ("from a block", EntryKind.SIGNAL),
        ("file graph.png", EntryKind.EVENT),
    ]
    assert [item.evidence for item in batch.found[:3]] == ["https://g.example/1", "", "https://g.example"]


def test_messages_about_channels_are_counted_and_left_out() -> None:
    batch = read([message("down"), *(message("x", subtype=f"channel_{what}") for what in ("join", "leave", "topic"))])
    assert [item.text for item in batch.found] == ["down"]
    assert batch.problems == ("3 messages about their channels were left out (joining, leaving, topics, pins).",)
    with pytest.raises(Unfit, match=re.escape("correct it and try again: 1 message about its channel was left out")):
        read([message("x", subtype="channel_join")])


def test_an_export_reads_all_channels_and_calls_people_by_their_names() -> None:
    users = [
        {"id": "U1", "name": "ana.b", "profile": {"display_name": ""}},
        {"id": "U2", "profile": {"display_name": "Bo"}},
    ]
    batch = read_source(
        zipped(
            {
                "users.json": json.dumps(users),
                "channels.json": json.dumps([{"id": "C1", "name": "ops"}]),
                "integration_logs.json": "[]",
                "ops/2024-03-13.json": json.dumps([message("late <@U2>", "1710331506.000100")]),
                "dev/2024-03-12.json": json.dumps([message("early <@U1> in <#C1>")]),
                "dev/2024-03-14.json": "[{",
            }
        ),
        "export.zip",
    )
    assert batch is not None
    assert batch.source == "Slack export"
    assert [item.text for item in batch.found] == ["early @ana.b in #ops", "late @Bo"]
    assert batch.problems == ("The file “dev/2024-03-14.json” in the export could not be read.",)


def test_who_wrote_a_message_is_kept_nowhere() -> None:
    batch = read([message("<@U9> uploaded a file: <https://s.example/f|log>", subtype="file_share", username="Ana")])
    assert batch.found[0].text == "uploaded a file: log (https://s.example/f)"
    assert not any(name in repr(batch) for name in ("U9", "Ana"))
