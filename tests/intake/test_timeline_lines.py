"""One typed line of the timeline: what is understood, and what is left alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pmfacil.core.model import Entry, EntryId, EntryKind
from pmfacil.core.text import kept
from pmfacil.intake.placing import Context
from pmfacil.intake.timeline import line_for, understand
from tests.meetings import fresh_service, texts

LAST = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 13, 9, 0, 40, tzinfo=UTC)
CONTEXT = Context("Europe/London", date(2026, 3, 12), LAST, NOW)


@pytest.mark.parametrize(
    ("line", "echo", "text"),
    [
        ("14:05 signal p99 alert", "12 March 14:05 · signal", "p99 alert"),
        ("1405 p99 alert", "12 March 14:05 · event", "p99 alert"),
        ("14.05 p99 alert", "12 March 14:05 · event", "p99 alert"),
        ("2:05pm p99 alert", "12 March 14:05 · event", "p99 alert"),
        ("2pm p99 alert", "12 March 14:00 · event", "p99 alert"),
        ("13:05pm p99 alert", "12 March 13:05 · event · earlier than the last entry", "p99 alert"),
        ("12:30 am next", "13 March 00:30 · event · next day", "next"),
        ("14:05:30 p99 alert", "12 March 14:05:30 · event", "p99 alert"),
        ("~14:05 p99 alert", "12 March ~14:05 · event", "p99 alert"),
        ("14:05? p99 alert", "12 March ~14:05 · event", "p99 alert"),
        ("3pm ish p99 alert", "12 March ~15:00 · event", "p99 alert"),
        ("about 14:05 p99 alert", "12 March ~14:05 · event", "p99 alert"),
        ("14:05-14:20 p99 alert", "12 March 14:05–14:20 · event", "p99 alert"),
        ("23:50-00:10 p99 alert", "12 March 23:50–00:10 · event", "p99 alert"),
        ("12 Mar 14:05 p99 alert", "12 March 14:05 · event", "p99 alert"),
        ("March 12, 2026 14:05 p99 alert", "12 March 14:05 · event", "p99 alert"),
        ("2026-03-12 14:05 p99 alert", "12 March 14:05 · event", "p99 alert"),
        ("2026-03-12T14:05:00Z p99 alert", "12 March 14:05 · event", "p99 alert"),
        ("14:05 EST p99 alert", "12 March 19:05 · event", "p99 alert"),
        ("15:05 +01:00 p99 alert", "12 March 14:05 · event", "p99 alert"),
        ("16:05 UTC+2 p99 alert", "12 March 14:05 · event", "p99 alert"),
        ("+7 p99 alert", "12 March 14:07 · event", "p99 alert"),
        ("+1h p99 alert", "12 March 15:00 · event", "p99 alert"),
        ("+30s p99 alert", "12 March 14:00:30 · event", "p99 alert"),
        ("-10m p99 alert", "13 March 08:50 · event", "p99 alert"),
        ("now p99 alert", "13 March 09:00 · event", "p99 alert"),
        ("? p99 alert", "time unknown · event", "p99 alert"),
        ("13:00 p99 alert", "12 March 13:00 · event · earlier than the last entry", "p99 alert"),
        ("01:00 p99 alert", "13 March 01:00 · event · next day", "p99 alert"),
        ("14:05 d roll back", "12 March 14:05 · decision", "roll back"),
        ("14:05 m: mail goes out", "12 March 14:05 · communication", "mail goes out"),
        ("14:05 a: restart", "12 March 14:05 · action", "restart"),
        ("14:05 a customer calls", "12 March 14:05 · event", "a customer calls"),
        ("14:05 – Recovery: back", "12 March 14:05 · recovery", "back"),
        ("signal p99 alert (not acted on)", "time unknown · signal · not acted on", "p99 alert"),
        ("14:05 signal p99 (acted on) https://x.example/1", "12 March 14:05 · signal · acted on · with a link", "p99"),
    ],
)
def test_what_is_typed_is_understood(line: str, echo: str, text: str) -> None:
    proposal = understand(line, CONTEXT)
    assert (proposal.echo(CONTEXT), proposal.text) == (echo, text)


@pytest.mark.parametrize(
    "line",
    [
        "3 pods restarted", "500 errors", "1405 requests failed", "2 of 4 nodes", "4.12 reaches all regions", "1930 %",
        "change of plan", "decision to wait", "31 Feb 14:05 x", "12 Foo 14:05 x", "2026-02-30 14:05 x", "25:00 x",
        "-10 x", "x +7", "12345 x", "14:055 x",
    ],
)  # fmt: skip
def test_prose_stays_prose_and_no_time_is_invented(line: str) -> None:
    proposal = understand(line, CONTEXT)
    assert proposal.at is None
    assert proposal.text == line


def test_nothing_follows_after_nothing() -> None:
    assert understand("+7 x", Context("UTC", date(2026, 3, 12), None, NOW)).at is None


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("2026-03-29 01:30 x", "the clocks go forward over this time"),
        ("2026-10-25 01:30 x", "this time comes twice that night; the first is taken"),
    ],
)
def test_nights_when_clocks_change_are_pointed_out(line: str, note: str) -> None:
    assert understand(line, CONTEXT).notes == (note,)


def test_a_zone_that_nobody_knows_reads_as_utc() -> None:
    context = Context("Atlantis/Capital", date(2026, 3, 12), None, NOW)
    assert understand("14:05 x", context).at == datetime(2026, 3, 12, 14, 5, tzinfo=UTC)


def test_a_post_mortem_without_a_day_means_today() -> None:
    pm = fresh_service().snapshot.post_mortem
    assert Context.of(pm, last=None, now=NOW).day == date(2026, 3, 12)
    from dataclasses import replace

    assert Context.of(replace(pm, occurred_on=None), last=None, now=NOW).day == date(2026, 3, 13)


@given(texts() | st.text())
def test_any_words_are_understood_as_something_and_none_is_a_crash(line: str) -> None:
    proposal = understand(line, CONTEXT)
    if not any(char.isdigit() for char in line) and not kept(line).casefold().startswith("now"):
        assert proposal.at is None


typed = st.from_regex(
    r"(?:~|\? |now |\+7 |-10m )?(?:12 Mar |2026-03-1[0-9] |[a-z]{0,4} )?[0-2]?[0-9][:.]?[0-5][0-9](?:-[0-2][0-9]:[0-5][0-9])?"
    r"(?: ?[ap]m| UTC| PST)? (?:signal |change:? |d |m: )?[A-Za-z0-9 #:.()/-]{0,24}(?: https://x\.example/[a-z]+| #resolved)?",
    fullmatch=True,
)


@given(typed | texts() | st.text())
def test_every_word_that_is_not_read_as_its_head_or_tail_is_kept_as_it_was_typed(line: str) -> None:
    said = kept(line)
    proposal = understand(line, CONTEXT)
    assert proposal.text in said
    if not proposal.when_given and not proposal.kind_given and proposal.anchor is None and not proposal.evidence:
        assert proposal.acted_on is not None or proposal.text == said.strip()


@given(typed | texts() | st.text())
def test_a_line_written_back_is_read_and_written_the_same_again(line: str) -> None:
    def entry_of(words: str) -> Entry:
        read = understand(words, Context("UTC", date(2026, 3, 12), None, NOW))
        return Entry(
            EntryId("e"), read.text, read.kind, read.at, read.until, read.approximate and read.at is not None,
            evidence=read.evidence, acted_on=read.acted_on, day=read.day,
        )  # fmt: skip

    assume(entry_of(line).text)  # a line without words is refused
    once = line_for(entry_of(line), "UTC")
    assert line_for(entry_of(once), "UTC") == once


entries = st.builds(
    Entry,
    id=st.just(EntryId("e")),
    text=st.sampled_from(
        ["p99 alert", "14:05 looks like a time", "change of plan", "a (acted on) b", "x  y", "12 of 13"]
    ),
    kind=st.sampled_from(EntryKind),
    at=st.none() | st.integers(0, 2_000_000).map(lambda minutes: LAST + timedelta(minutes=minutes)),
    approximate=st.booleans(),
)


@given(entries, st.integers(0, 600), st.booleans())
def test_the_line_that_an_entry_comes_back_as_means_the_same_entry(entry: Entry, lasting: int, known_day: bool) -> None:
    from dataclasses import replace

    if entry.at is None:
        entry = replace(entry, approximate=False)
    elif lasting % 2:
        entry = replace(entry, until=entry.at + timedelta(minutes=lasting))
    if entry.kind is EntryKind.SIGNAL:
        entry = replace(entry, acted_on=bool(lasting % 3), evidence="https://x.example/1")
    day = entry.at.date() if entry.at and known_day else None
    read = understand(line_for(entry, "UTC", on=day), Context("UTC", day or date(2000, 1, 1), None, NOW))
    assert (read.text, read.kind, read.at, read.approximate) == (entry.text, entry.kind, entry.at, entry.approximate)
    assert (read.acted_on, read.evidence) == (entry.acted_on, entry.evidence)
    if entry.until is not None and entry.until - (entry.at or LAST) < timedelta(hours=24):
        assert read.until == entry.until


def test_the_second_of_two_equal_times_comes_back_with_its_offset() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    entry = Entry(EntryId("e"), "x", at=second)
    assert understand(line_for(entry, "Europe/London"), CONTEXT).at == second
