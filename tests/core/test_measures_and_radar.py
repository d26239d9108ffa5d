"""Durations with an honest status, and what a timeline does not say yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given

from pmfacil.core import operations as verbs
from pmfacil.core.errors import Gone, IllegalValueError
from pmfacil.core.kind import Kind
from pmfacil.core.measures import MEASURED, Status, anchored, durations
from pmfacil.core.model import Anchor, AnchorMark, Entry, EntryId, EntryKind, PostMortem
from pmfacil.core.radar import Concern, gaps, radar
from tests.meetings import fresh_service, post_mortems

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


def _entry(id: str, minutes: int | None = None, **more: object) -> Entry:
    at = NOON + timedelta(minutes=minutes) if minutes is not None else None
    return Entry(EntryId(id), f"entry {id}", at=at, **more)  # type: ignore[arg-type] # fields of an entry, by name


def _story(*entries: Entry, kind: Kind = Kind.INCIDENT, **anchors: str | None) -> PostMortem:
    pm = replace(fresh_service().snapshot.post_mortem, kind=kind, entries=entries)
    for name, entry in anchors.items():
        anchor = Anchor[name.upper()]
        pm = verbs.mark_anchor(pm, anchor, EntryId(entry)) if entry else verbs.rule_out_anchor(pm, anchor)
    return pm


def _statuses(pm: PostMortem) -> list[Status]:
    return [duration.status for duration in durations(pm)]


def test_nothing_defaults_to_zero() -> None:
    found = durations(_story(_entry("a", 0)))
    assert {one.status for one in found} == {Status.PENDING}
    assert {one.length for one in found} == {None}
    assert found[0].missing == (Anchor.IMPACT_BEGAN, Anchor.DETECTED)


def test_recorded_durations_count_from_the_impact_and_the_detection() -> None:
    pm = _story(
        _entry("a", 0), _entry("b", 7, approximate=True), _entry("c", 9), _entry("d", 40),
        impact_began="a", detected="b", acknowledged="c", mitigated="d", resolved="d",
    )  # fmt: skip
    assert [(one.length, one.approximate) for one in durations(pm)] == [
        (timedelta(minutes=7), True), (timedelta(minutes=2), True),
        (timedelta(minutes=40), False), (timedelta(minutes=40), False),
    ]  # fmt: skip


def test_an_end_before_its_start_is_invalid_and_has_no_length() -> None:
    pm = _story(_entry("a", 0), _entry("b", 7), impact_began="b", detected="a", acknowledged="b")
    assert _statuses(pm)[:2] == [Status.INVALID, Status.RECORDED]
    assert durations(pm)[0].length is None


def test_what_does_not_apply_is_said_so_and_what_has_no_instant_is_pending() -> None:
    pm = _story(_entry("a"), _entry("b", 7), impact_began="a", detected="b", acknowledged=None)
    assert _statuses(pm)[:2] == [Status.PENDING, Status.NOT_APPLICABLE]
    assert anchored(pm)[Anchor.ACKNOWLEDGED] is None


def test_a_moment_is_one_entry_and_can_be_taken_back() -> None:
    pm = _story(_entry("a", 0), _entry("b", 7), detected="a")
    pm = verbs.mark_anchor(pm, Anchor.DETECTED, EntryId("b"))
    assert pm.anchors == (AnchorMark(Anchor.DETECTED, EntryId("b")),)
    assert verbs.clear_anchor(pm, Anchor.DETECTED).anchors == ()
    assert verbs.delete_entry(pm, EntryId("b")).anchors == ()
    with pytest.raises(Gone):
        verbs.mark_anchor(pm, Anchor.RESOLVED, EntryId("x"))


def test_anchors_that_lead_nowhere_cannot_be() -> None:
    pm = _story(_entry("a", 0))
    with pytest.raises(IllegalValueError, match="an anchor points at a timeline entry that is not there"):
        replace(pm, anchors=(AnchorMark(Anchor.DETECTED, EntryId("x")),))
    with pytest.raises(IllegalValueError, match="two anchors share one id"):
        replace(pm, anchors=(AnchorMark(Anchor.DETECTED), AnchorMark(Anchor.DETECTED)))
    with pytest.raises(IllegalValueError, match="both an instant and a day alone"):
        replace(pm, entries=(replace(pm.entries[0], day=NOON.date()),))
    with pytest.raises(IllegalValueError, match="outside the calendar"):
        replace(pm, entries=(_entry("b", day=NOON.date().replace(year=1)),))


def test_entries_that_know_their_day_alone_stand_at_its_end() -> None:
    pm = _story(_entry("a", 0), _entry("b", 24 * 60))
    pm = verbs.record_entry(pm, _entry("day", day=NOON.date()))
    assert [entry.id for entry in pm.entries] == ["a", "day", "b"]
    pm = verbs.record_entries(pm, [_entry("late", 60), _entry("never"), _entry("next", day=NOON.date())])
    assert [entry.id for entry in pm.entries] == ["a", "late", "day", "next", "b", "never"]
    moved = verbs.retime_entry(pm, EntryId("day"), NOON + timedelta(hours=30))
    assert [entry.id for entry in moved.entries] == ["a", "late", "next", "b", "never", "day"]
    assert moved.entries[5].day is None
    back = verbs.revise_entry(moved, replace(moved.entries[5], at=None, day=NOON.date()))
    assert [entry.id for entry in back.entries] == ["a", "late", "next", "day", "b", "never"]


def test_what_was_known_stays_with_its_entry() -> None:
    pm = verbs.note_known(_story(_entry("a", 0)), EntryId("a"), " 140 alerts an hour are normal ")
    assert pm.entries[0].known == "140 alerts an hour are normal"
    assert verbs.note_known(pm, EntryId("a"), "").entries[0].known == ""


def _told(pm: PostMortem) -> list[tuple[Concern, str, str | None]]:
    return [(blip.concern, blip.text, blip.entry) for blip in radar(pm)]


def test_an_empty_timeline_has_nothing_to_ask_about() -> None:
    assert radar(_story()) == ()


def test_the_radar_asks_about_the_gravest_first() -> None:
    pm = _story(
        _entry("a", 0, evidence="https://x.example/1"),
        _entry("b", 2, kind=EntryKind.SIGNAL, acted_on=False),
        _entry("c", 45, until=NOON + timedelta(minutes=50)),
        _entry("d", 52),
        impact_began="c", detected="b", mitigated="d", resolved="a",
    )  # fmt: skip
    assert _told(pm) == [
        (Concern.CONTRADICTION, "“detected” comes before “impact began”", "b"),
        (Concern.CONTRADICTION, "“resolved” comes before “impact began”", "a"),
        (Concern.CONTRADICTION, "“resolved” comes before “mitigated”", "a"),
        (Concern.SIGNAL, "entry b", "b"),
        (Concern.GAP, "43 minutes with nothing recorded", "c"),
        (Concern.MISSING, "acknowledged", None),
        (Concern.RECOLLECTION, "3 of 4 entries without a record", "b"),
    ]


def test_silence_is_measured_from_the_end_of_what_lasts() -> None:
    pm = _story(_entry("a", 0, until=NOON + timedelta(minutes=60)), _entry("b", 5), _entry("x"), _entry("c", 70))
    assert gaps(pm) == {}
    assert gaps(_story(_entry("a"))) == {}


def test_a_long_story_has_longer_silences_before_they_count() -> None:
    pm = _story(_entry("a", 0), _entry("b", 20), _entry("c", 800))
    assert list(gaps(pm)) == ["c"]


def test_moments_that_do_not_matter_to_the_kind_are_not_missed() -> None:
    blips = radar(_story(_entry("a", 0, evidence="x"), kind=Kind.DEADLINE))
    assert [blip.text for blip in blips] == ["detected"]
    none = radar(_story(_entry("a", 0), kind=Kind.DEADLINE, detected=None))
    assert [blip.text for blip in none] == ["no entry has a link to a record"]


@given(post_mortems())
def test_whatever_the_meeting_did_the_radar_has_words(pm: PostMortem) -> None:
    entries = {entry.id for entry in pm.entries}
    assert all(blip.text.strip() and (blip.entry is None or blip.entry in entries) for blip in radar(pm))
    assert len(durations(pm)) == len(MEASURED)
