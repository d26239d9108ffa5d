"""Search over everything, on the real store: each part, endings and accents, excerpts, filters, two windows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.ending import ActionId, Finding, FindingId, FollowUpId
from pmfacil.core.errors import NotKept
from pmfacil.core.facts import Facts
from pmfacil.core.kind import Kind
from pmfacil.core.model import (
    ActionState,
    Area,
    CauseId,
    DissentId,
    Entry,
    EntryId,
    FixId,
    PostMortemId,
    QuestionId,
    SettlementId,
    StrengthId,
)
from pmfacil.library import Library
from pmfacil.store import open_shelf
from pmfacil.store.errors import CannotRead
from tests.clock import FakeClock, Ids
from tests.meetings import settle_something

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.archive import Archive, Hit
    from pmfacil.facilitation import Facilitation
    from pmfacil.store import SqlShelf


def say_everything(service: Facilitation) -> tuple[CauseId, CauseId]:
    """Say one word of its own in every part of a post-mortem; return the causes, the second with an accepted risk."""
    now, do = service.now(), service.do
    do(verbs.rename, "Alpha outage")
    facts = Facts(
        happened="bravo", severity="charlie", team="delta", tags=("echo", "foxtrot"), lasted="golf", links="hotel"
    )
    do(verbs.state_facts, facts)
    do(verbs.record_entry, Entry(EntryId("e1"), "india", evidence="juliett.png"))
    do(verbs.note_known, EntryId("e1"), "kilo")
    do(verbs.dissent_from_timeline, DissentId("d1"), "lima")
    do(verbs.state_impact, "mike")
    do(verbs.park_fix, FixId("f1"), "november", now)
    do(verbs.park_fix, FixId("f2"), "oscar", now)
    settle_something(service)
    do(verbs.name_trigger, "papa")
    first = service.snapshot.post_mortem.causes[-1].id
    do(verbs.reword_cause, first, "quebec")
    second = CauseId("c2")
    do(verbs.ask_why, second, "romeo", None, now)
    do(verbs.call_it_root_cause, second, "sierra", now)
    do(verbs.settle_causes, SettlementId(service.new_id()), now)
    do(verbs.note_strength, StrengthId("s1"), Area.LUCK, "tango")
    do(verbs.agree_action, ActionId("a1"), "uniform", (first,), owner="Victor Bell", due=date(2026, 3, 1))
    action = service.snapshot.post_mortem.actions[0]
    do(verbs.revise_action, replace(action, done_when="whiskey", effect="xray"))
    do(verbs.move_action, ActionId("a1"), ActionState.BLOCKED, "yankee", now)
    do(verbs.adopt_fix, FixId("f2"), ActionId("a2"), (first,))
    do(verbs.drop_fix, FixId("f1"), "zulu")
    do(verbs.accept_risk, second, "aspen")
    do(verbs.leave_question, QuestionId("q1"), "birch")
    do(verbs.write_summary, "cedar")
    do(verbs.begin_follow_up, FollowUpId("u1"), now)
    do(verbs.note_finding, Finding(FindingId("n1"), FollowUpId("u1"), ActionId("a1"), None, "dogwood", "", "elm"), now)
    return first, second


EVERYWHERE = {
    "alpha": ("title", ""), "bravo": ("facts", ""), "charlie": ("facts", ""), "delta": ("facts", ""),
    "echo": ("tag", ""), "foxtrot": ("tag", ""), "golf": ("facts", ""), "hotel": ("facts", ""),
    "india": ("timeline", "e1"), "juliett": ("timeline", "e1"), "kilo": ("timeline", "e1"),
    "lima": ("second account", "d1"), "mike": ("impact", ""), "november": ("parked fix", "f1"),
    "papa": ("trigger", ""), "romeo": ("cause", "c2"), "sierra": ("cause", "c2"), "tango": ("what worked", "s1"),
    "uniform": ("action", "a1"), "victor": ("action", "a1"), "whiskey": ("action", "a1"), "xray": ("action", "a1"),
    "yankee": ("action", "a1"), "zulu": ("parked fix", "f1"), "aspen": ("accepted risk", "c2"),
    "birch": ("open question", "q1"), "cedar": ("summary", ""), "dogwood": ("follow-up", "a1"),
    "elm": ("follow-up", "a1"),
}  # fmt: skip


@pytest.fixture
def archive(library: Library) -> Archive:
    return library.archive


def _titles(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.title for hit in hits]


def _lit(hit: Hit, place: int = 0) -> list[str]:
    return [text for text, found in hit.excerpts[place].pieces if found]


def test_words_in_every_part_are_found_where_they_stand(service: Facilitation, archive: Archive) -> None:
    first, _ = say_everything(service)
    found = {word: (hit.excerpts[0].part, hit.excerpts[0].item) for word in EVERYWHERE for hit in archive.search(word)}
    assert found == EVERYWHERE
    (hit,) = archive.search("quebec")
    assert (hit.excerpts[0].part, hit.excerpts[0].item) == ("cause", first)
    (hit,) = archive.search("oscar")
    assert {(one.part, one.item) for one in hit.excerpts} == {("action", "a2"), ("adopted fix", "a2")}
    assert "uniform · Victor Bell · whiskey" in archive.search("whiskey")[0].excerpts[0].text


def test_a_reason_for_no_actions_is_found_too(service: Facilitation, archive: Archive) -> None:
    settle_something(service)
    service.do(verbs.agree_on_no_actions, "sequoia")
    assert [one.part for one in archive.search("sequoia")[0].excerpts] == ["no actions"]


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("We deployed it twice", "deploys"),
        ("Meet at the café", "cafe"),
        ("Meet at the cafe", "Café"),
        ("Straße gesperrt", "straße"),
        ("the cafe\u0301s closed", "cafés"),
        ("RETRIES ran out", "retry"),
        ("p99-latency rose", "p99 latency"),
        ("p99-latency rose", "P99-Latency"),
    ],
)
def test_case_accents_and_endings_do_not_matter(said: str, typed: str, service: Facilitation, archive: Archive) -> None:
    service.do(verbs.state_impact, said)
    assert [one.part for one in archive.search(typed)[0].excerpts] == ["impact"]


@pytest.mark.parametrize("word", ["configuration", "deployment", "availability", "retried", "logged", "monitoring"])
def test_a_word_is_found_at_every_letter_of_it(word: str, service: Facilitation, archive: Archive) -> None:
    """The index holds stems, and “configurat” is not how “configur” begins."""
    service.do(verbs.state_impact, f"it was a question of {word} alone")
    for letters in range(3, len(word) + 1):
        (hit,) = archive.search(word[:letters])
        assert _lit(hit) == [word]


def test_quotes_mean_the_words_as_they_stand(service: Facilitation, archive: Archive) -> None:
    service.do(verbs.state_impact, "All regions were down for hours")
    assert archive.search('"were down"')
    assert archive.search('"were dow') != ()
    assert archive.search('"down were"') == archive.search('"were dow"') == ()


def test_a_hit_far_into_a_long_text_shows_its_words_and_lights_each_of_them(
    service: Facilitation, archive: Archive
) -> None:
    service.do(verbs.state_impact, f"{'filler words go on ' * 300} until the relay jammed")
    (hit,) = archive.search("jammed")
    assert hit.excerpts[0].text.startswith("…")
    assert hit.excerpts[0].text.endswith("relay jammed")
    assert _lit(hit) == ["jammed"]
    (hit,) = archive.search("jam relay unt")
    assert sorted(_lit(hit)) == ["jammed", "relay", "until"]


def test_words_that_stand_apart_are_found_after_those_that_stand_together(library: Library, archive: Archive) -> None:
    together, apart, titled, lacking = (
        library.begin(title, Kind.INCIDENT, None) for title in ("one", "two", "Relay", "four")
    )
    for new, impact, trigger in (
        (together, "the relay jammed", ""),
        (apart, "the relay", "it jammed"),
        (titled, "it jammed", ""),
        (lacking, "the relay", ""),
    ):
        service = library.open(new)
        service.do(verbs.state_impact, impact)
        if trigger:
            service.do(verbs.name_trigger, trigger)
    hits = archive.search("relay jammed")
    assert _titles(hits) == ["one", "Relay", "two"]
    assert [(one.part, one.text) for one in hits[2].excerpts] == [("impact", "the relay"), ("trigger", "it jammed")]
    assert [_lit(hits[2], place) for place in (0, 1)] == [["relay"], ["jammed"]]
    assert _titles(archive.search("relay jammed", 2)) == ["one", "Relay"]
    assert archive.search("relay nobody") == archive.search("nobody relay") == ()


def test_titles_come_first_then_what_fits_best(library: Library, archive: Archive) -> None:
    for title, impact in (("one", f"a queue {'and much else ' * 30}"), ("two", "queue"), ("The queue", "")):
        library.open(library.begin(title, Kind.INCIDENT, None)).do(verbs.state_impact, impact or "x")
    assert _titles(archive.search("queue")) == ["The queue", "two", "one"]


def test_filters_alone_and_with_words(library: Library, archive: Archive, clock: FakeClock) -> None:
    ours = library.begin("ours", Kind.INCIDENT, date(2026, 3, 11))
    say_everything(library.open(ours))
    live = library.begin("live", Kind.PROJECT, date(2026, 2, 1))
    library.open(live).steer(lambda sitting: sitting.enter(Step.OPEN, clock()))
    closed = library.begin("closed", Kind.OTHER, date(2025, 12, 1))
    library.open(closed).do(verbs.close_meeting, clock())
    written = archive.take_in("# Old mail\n\nDate: 2025-11-03\n\nThe relay jammed", "mail.md").record
    undated = archive.take_in("# Nobody knows when", "x.md").record
    names = {ours: "ours", live: "live", closed: "closed", written.id: "written", undated.id: "undated"}
    asked = {
        "kind:incident": ["ours"],
        "kind:project": ["live"],
        "tag:echo": ["ours"],
        "tag:ech tag:fox": ["ours"],
        "tag:echo tag:nothing": [],
        "team:del": ["ours"],
        "team:%": [],
        "owner:vic": ["ours"],
        "owner:bell": ["ours"],
        "owner:@BELL state:blocked": ["ours"],
        "owner:bell state:agreed": [],
        "owner:ell": [],
        "owner:_": [],
        "state:open": ["ours"],
        "state:overdue": ["ours"],
        "state:blocked": ["ours"],
        "state:done": [],
        "state:preparing": ["ours"],
        "state:live": ["live"],
        "state:closed": ["closed"],
        "state:imported": ["undated", "written"],
        "after:2000 state:imported": ["written"],
        "nobody": ["undated"],
        "nobody before:2030": [],
        "after:2026": ["ours", "live"],
        "before:2026": ["closed", "written"],
        "after:2025-12-01 before:2026-02-01": ["closed"],
        "outage owner:bell": ["ours"],
        "outage kind:project": [],
        "jammed after:2025": ["written"],
        "jammed before:2025": [],
        "jammed state:imported": ["written"],
        "jammed kind:other": [],
        "jammed state:closed": [],
        "alpha uniform state:overdue": ["ours"],
        "alpha uniform state:done": [],
    }
    assert {line: [names[hit.id] for hit in archive.search(line)] for line in asked} == asked


def test_a_written_post_mortem_is_found_by_any_of_its_words_and_only_while_it_is_here(
    library: Library, archive: Archive
) -> None:
    record = archive.take_in("# Old mail\n\n## Timeline\n\n- 14:05 The relay jammed\n", "mail.md").record
    (hit,) = archive.search("jammed")
    assert (hit.id, hit.excerpts[0].part) == (record.id, "timeline")
    assert record.passages[int(hit.excerpts[0].item)].text == "The relay jammed"
    library.delete(PostMortemId(record.id))
    assert archive.search("jammed") == ()
    assert not archive.take_in(record.text, "mail.md").was_here
    library.restore()
    assert len(archive.search("jammed")) == 2


def test_two_windows_see_each_others_words(library: Library, archive: Archive, tmp_path: Path) -> None:
    other_shelf = open_shelf(tmp_path / "pmfacil.db")
    other = Library(other_shelf, FakeClock(), Ids("other"), zone="UTC")
    new = library.begin("Relay", Kind.INCIDENT, None)
    assert _titles(other.archive.search("relay")) == ["Relay"]
    other.open(new).do(verbs.rename, "Queue")
    assert archive.search("relay") == ()
    assert _titles(archive.search("queue")) == ["Queue"]
    library.delete(new)
    assert other.archive.search("queue") == ()
    other_shelf.close()


def test_a_search_writes_nothing_where_nothing_changed(library: Library, shelf: SqlShelf, tmp_path: Path) -> None:
    library.begin("Relay", Kind.INCIDENT, None)
    library.archive.take_in("# Old relay", "relay.md")
    library.archive.search("relay")
    said: list[str] = []
    shelf._connection.set_trace_callback(said.append)
    before = shelf._connection.total_changes
    assert len(library.archive.search("relay")) == 2
    shelf._connection.set_trace_callback(None)
    assert shelf._connection.total_changes == before
    assert not [one for one in said if re.match(r"\s*(BEGIN|INSERT|REPLACE|DELETE|UPDATE)", one)]
    looking = open_shelf(tmp_path / "pmfacil.db")
    assert len(Library(looking, FakeClock(), Ids(), zone="UTC").archive.search("relay")) == 2
    assert looking._connection.total_changes == 0
    looking.close()


def test_an_import_of_many_is_learnt_with_few_statements(library: Library, shelf: SqlShelf) -> None:
    for number in range(600):
        library.archive.take_in(f"# Outage {number}\n\nThe relay jammed {number} times", f"{number}.md")
    said: list[str] = []
    shelf._connection.set_trace_callback(said.append)
    assert len(library.archive.search("jammed")) == 50
    shelf._connection.set_trace_callback(None)
    assert sum("INSERT INTO passage (owner" in one for one in said) == 2
    assert [hit.title for hit in library.archive.search('"outage 7" "7 times"')] == ["Outage 7"]


def test_what_another_window_forgets_in_the_middle_of_a_search_is_left_out(
    library: Library, shelf: SqlShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    say_everything(library.open(library.begin("x", Kind.INCIDENT, None)))
    archive = shelf.archive
    library.archive.search("alpha")
    passing = archive._passing

    def forgetting(*asked: object) -> list[Hit]:
        hits = passing(*asked)  # type: ignore[arg-type]  # passed on as it came
        shelf._connection.execute(
            "INSERT INTO passage_words (passage_words, rowid, text) SELECT 'delete', id, text FROM passage"
        )
        shelf._connection.execute("DELETE FROM passage")
        return hits

    monkeypatch.setattr(archive, "_passing", forgetting)
    assert [hit.excerpts for hit in library.archive.search("alpha")] == [()]


def test_an_index_that_cannot_be_written_or_read_is_told_in_a_sentence(library: Library, shelf: SqlShelf) -> None:
    library.begin("Relay", Kind.INCIDENT, None)
    shelf._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(NotKept):
        library.archive.search("relay")
    with pytest.raises(NotKept):
        library.archive.take_in("# x", "x.md")
    shelf._connection.execute("PRAGMA query_only = OFF")
    assert len(library.archive.search("relay")) == 1
    shelf._connection.execute("DROP TABLE passage_words")
    with pytest.raises(CannotRead):
        library.archive.search("relay")


def test_a_record_that_is_damaged_is_told_in_a_sentence(library: Library, shelf: SqlShelf) -> None:
    record = library.archive.take_in("# x\n\n2025-01-01", "x.md").record
    shelf._connection.execute("UPDATE record SET occurred_on = 'soonish'")
    with pytest.raises(CannotRead, match="This record cannot be read"):
        library.archive.record(record.id)
