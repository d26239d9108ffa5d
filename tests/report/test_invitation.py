"""The invitation: what the room needs to know, by role, with no section that says nothing."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from pmfacil.core.facts import Facts, Person, PersonId
from pmfacil.core.guide import NORMS, PURPOSE
from pmfacil.core.kind import Kind
from pmfacil.core.model import Entry, EntryId
from pmfacil.core.text import visible
from pmfacil.report.invitation import invitation
from pmfacil.wording.check import check
from pmfacil.wording.findings import Severity
from tests.hostile import HOSTILE
from tests.meetings import fresh_service, post_mortems

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem

NOW = datetime(2026, 3, 12, 16, 0, tzinfo=UTC)
MEETS = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)
EMPTY = ("What it affected", "Draft timeline", "Invited")


def _pm(**facts: object) -> PostMortem:
    pm = fresh_service().snapshot.post_mortem
    return replace(pm, facts=Facts(**facts))  # type: ignore[arg-type] # facts, by their names


def _people(*people: tuple[str, str]) -> tuple[Person, ...]:
    return tuple(Person(PersonId(str(number)), name, role) for number, (name, role) in enumerate(people))


def _entries(count: int) -> tuple[Entry, ...]:
    began = datetime(2026, 3, 12, 13, 0, tzinfo=UTC)
    return tuple(Entry(EntryId(str(n)), f"thing {n}", at=began + n * timedelta(minutes=7)) for n in range(count))


def _section(text: str, title: str) -> list[str]:
    parts = [part.splitlines() for part in text.split("\n\n")]
    return next(lines[1:] for lines in parts if lines[0].startswith(title))


def test_it_says_what_when_and_how_long() -> None:
    said = invitation(_pm(meets_at=MEETS), NOW).splitlines()
    assert said[0] == "Post-mortem: Checkout outage"
    assert said[1] == "When: Monday 16 March 2026, 10:00–11:20 UTC (80 minutes)"
    assert said[2] == ""


def test_it_gives_the_purpose_and_every_norm() -> None:
    said = invitation(_pm(), NOW)
    assert _section(said, "Why we meet") == [PURPOSE]
    assert _section(said, "How we talk") == [f"- {norm.text}" for norm in NORMS]


def test_the_agenda_stands_on_the_clock() -> None:
    pm = replace(_pm(meets_at=MEETS), boxes=(1, 20, 25, 10, 15, 5))
    assert _section(invitation(pm, NOW), "Agenda") == [
        "10:00  Open (1 minute)",
        "10:01  Timeline (20 minutes)",
        "10:21  Root causes (25 minutes)",
        "10:46  What worked (10 minutes)",
        "10:56  Actions (15 minutes)",
        "11:11  Close (5 minutes)",
        "11:16  End",
    ]


def test_without_a_time_the_agenda_tells_lengths_and_the_best_day_is_named() -> None:
    said = invitation(_pm(), NOW)
    assert "When: to be agreed; best by Mon 16 Mar (80 minutes)" in said
    assert _section(said, "Agenda")[0] == "Open (5 minutes)"
    later = invitation(_pm(), NOW + timedelta(days=30))
    assert "When: to be agreed (80 minutes)" in later
    assert "When: to be agreed (80 minutes)" in invitation(replace(_pm(), occurred_on=None), NOW)


def test_the_incident_s_zone_is_named_where_its_clock_differs() -> None:
    pm = replace(_pm(meets_at=MEETS), zone="America/New_York")
    assert "      06:00 in America/New_York" in invitation(pm, NOW).splitlines()
    far = replace(_pm(meets_at=MEETS), zone="Pacific/Kiritimati")
    assert "      Tue 17 Mar 00:00 in Pacific/Kiritimati" in invitation(far, NOW).splitlines()
    assert "in Europe/London\n" not in invitation(_pm(meets_at=MEETS), NOW).replace("times in", "")


def test_the_laptop_s_zone_is_the_one_that_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    said = invitation(_pm(meets_at=MEETS), NOW)
    assert "When: Monday 16 March 2026, 06:00–07:20 EDT (80 minutes)" in said
    assert "      10:00 in Europe/London" in said.splitlines()
    assert "06:05  Timeline" in said


def test_what_is_known_is_told_and_nothing_else() -> None:
    said = invitation(
        _pm(happened="Checkout failed\nfor a third", severity="SEV-1", links="https://x.example", lasted="42 minutes",
            people_affected="about 1,200", contacts="38", money="£40k, not final"),
        NOW,
    )  # fmt: skip
    assert _section(said, "What we know so far") == [
        "Operational incident, 12 March 2026, severity: SEV-1",
        "Checkout failed for a third",
        "Links: https://x.example",
    ]
    assert _section(said, "What it affected") == [
        "Lasted:           42 minutes",
        "Affected:         about 1,200",
        "Support contacts: 38",
        "Money:            £40k, not final",
    ]
    bare = invitation(replace(_pm(), occurred_on=None, kind=Kind.DEADLINE), NOW)
    assert _section(bare, "What we know so far") == ["Missed deadline"]
    assert not any(title in bare for title in EMPTY)


def test_the_draft_goes_along_with_its_days() -> None:
    entries = (
        Entry(EntryId("a"), "the week's release is cut", day=date(2026, 3, 11)),
        Entry(EntryId("b"), "p99 alert fires", at=datetime(2026, 3, 12, 13, 5, tzinfo=UTC), approximate=True),
        Entry(EntryId("c"), "support\x1b[31m calls"),
        Entry(EntryId("d"), "all clear", at=datetime(2026, 3, 13, 0, 5, tzinfo=UTC)),
    )
    said = invitation(replace(_pm(), entries=entries), NOW)
    assert _section(said, "Draft timeline, times in Europe/London") == [
        "11 March 2026",
        "       ?  the week's release is cut",
        "12 March 2026",
        "  ~13:05  p99 alert fires",
        "       ?  support␛[31m calls",
        "13 March 2026",
        "   00:05  all clear",
    ]
    assert "Please read the draft beforehand" in said


@pytest.mark.parametrize(
    ("count", "last"),
    [(20, "  15:13  thing 19"), (21, "… and 1 more entry."), (25, "… and 5 more entries.")],
)
def test_a_mail_carries_twenty_entries(count: int, last: str) -> None:
    section = _section(invitation(replace(_pm(), entries=_entries(count)), NOW), "Draft timeline")
    assert section[-1] == last


def test_people_are_invited_by_role_and_by_name_only_without_one() -> None:
    people = _people(("Ana", "on-call engineer"), ("Ben", ""), ("Cai", "on-call engineer"), ("Dee", "support"))
    said = invitation(replace(_pm(), people=people), NOW)
    assert _section(said, "Invited") == ["- on-call engineer (2)", "- Ben", "- support"]
    assert not any(name in said for name in ("Ana", "Cai", "Dee"))


def test_everybody_knows_what_to_bring() -> None:
    said = _section(invitation(_pm(), NOW), "What to bring")
    assert said[0].startswith("What you knew, saw and expected at the time.")
    assert not any("draft" in line for line in said)


def test_its_own_words_blame_nobody() -> None:
    said = invitation(_pm(), NOW)
    assert not [found for line in said.splitlines() for found in check(line) if found.severity is not Severity.INFO]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_words_stay_on_their_line(words: str) -> None:
    plain = invitation(_pm(happened="x", severity="x"), NOW)
    said = invitation(_pm(happened=words, severity=words), NOW)
    assert len(said.splitlines()) == len(plain.splitlines())
    assert all(line == visible(line) for line in said.split("\n"))


@given(pm=post_mortems())
def test_any_post_mortem_can_be_invited_to(pm: PostMortem) -> None:
    for meets in (None, MEETS):
        said = invitation(replace(pm, facts=replace(pm.facts, meets_at=meets)), NOW)
        assert "\n\n\n" not in said
        assert said.endswith("\n")
