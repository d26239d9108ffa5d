"""Preparing under somebody's hands: a typed line fills a field, nothing is in the way, no words are lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pmfacil
from pmfacil.app import PmFacilApp
from pmfacil.core import operations as verbs
from pmfacil.core.agenda import DEFAULT_BOXES, LEARNING_REVIEW, Step, scaled
from pmfacil.core.errors import NotKept
from pmfacil.core.facts import Involvement
from pmfacil.core.kind import Kind
from pmfacil.core.measures import anchored
from pmfacil.core.model import Anchor, Entry, EntryId
from pmfacil.screens.dialogs.help import HelpScreen
from pmfacil.screens.prepare import PrepareScreen
from pmfacil.widgets.glyphs import UNICODE
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.rows import prepare as rows
from tests.driving import Facilitator
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.message import Message

    from pmfacil.core.facts import Facts, Person
    from pmfacil.core.model import PostMortem
    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library
    from pmfacil.screens.messages import DraftRequested, LibraryRequested, MeetingRequested, ReportRequested
    from tests.clock import FakeClock


class Preparing(PmFacilApp):
    """The app with the preparation in front; where that asks to go is noted."""

    CSS_PATH = str(Path(pmfacil.__file__).with_name("app.tcss"))

    def __init__(self, library: Library, reports: Path, service: Facilitation) -> None:
        super().__init__(library, reports)
        self.page = PrepareScreen(service, UNICODE, reports)
        self.asked: list[str] = []

    async def on_ready(self) -> None:
        await self.push_screen(self.page)

    def _note(self, message: Message) -> None:
        message.prevent_default()
        self.asked.append(type(message).__name__)

    async def on_draft_requested(self, message: DraftRequested) -> None:
        self._note(message)

    async def on_meeting_requested(self, message: MeetingRequested) -> None:
        self._note(message)

    async def on_report_requested(self, message: ReportRequested) -> None:
        self._note(message)

    async def on_library_requested(self, message: LibraryRequested) -> None:
        self._note(message)


class Preparer(Facilitator):
    """Somebody who prepares."""

    @property
    def page(self) -> PrepareScreen:
        assert isinstance(self.app, Preparing)
        return self.app.page

    @property
    def asked(self) -> list[str]:
        assert isinstance(self.app, Preparing)
        return self.app.asked

    @property
    def pm(self) -> PostMortem:
        return self.page.post_mortem

    @property
    def facts(self) -> Facts:
        return self.pm.facts

    @property
    def people(self) -> list[Person]:
        return list(self.pm.people)

    @property
    def at(self) -> str:
        """The row that is highlighted."""
        return self.page.body.key

    @property
    def beside(self) -> str:
        return self.page.query_one("#aside", Ledger).said

    async def go_to(self, key: str) -> None:
        """Highlight a row."""
        assert key in self.page.body.keys
        self.page.body.select(key)
        await self.pilot.pause()

    async def fill(self, key: str, text: str) -> None:
        """Go to a field and type its words."""
        await self.go_to(key)
        await self.line(text)

    async def enter(self, key: str) -> None:
        """Press Enter on a row."""
        await self.go_to(key)
        await self.press("enter")

    async def delete(self, key: str) -> None:
        """Press Delete on a row."""
        await self.go_to(key)
        await self.press("delete")


@pytest.fixture
async def somebody(service: Facilitation, library: Library, tmp_path: Path) -> AsyncIterator[Preparer]:
    """Somebody who prepares a post-mortem of 12 March, on that day at 14:00."""
    app = Preparing(library, tmp_path / "reports", service)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        yield Preparer(pilot)


def _moment(somebody: Preparer, anchor: Anchor) -> Entry | None:
    return anchored(somebody.pm).get(anchor)


def _key(anchor: Anchor) -> str:
    return f"{rows.MOMENT}{anchor.value}"


# -- filling in -----------------------------------------------------------------------------------------


async def test_it_begins_at_the_first_thing_to_tell(somebody: Preparer) -> None:
    assert somebody.at == rows.HAPPENED
    assert somebody.page.body.scroll_offset.y == 0
    assert somebody.page.capture.placeholder == "What happened?"
    assert somebody.said("title") == "Prepare · Checkout outage"
    assert somebody.said("ends") == "0 of 7 ready"


async def test_a_useful_draft_takes_a_few_lines_and_no_other_key(somebody: Preparer) -> None:
    for text in ("Checkout failed for a third", "SEV-1", "Payments", "checkout, Release", "https://x.example"):
        await somebody.line(text)
    await somebody.press("down")
    for text in ("42 minutes", "about 1,200", "38", "£40k, not final"):
        await somebody.line(text)
    for text in ("13:10", "~13:15", "13:18", "13:40", "13:52"):
        await somebody.line(text)
    facts = somebody.facts
    assert facts.happened == "Checkout failed for a third"
    assert (facts.severity, facts.team, facts.tags) == ("SEV-1", "Payments", ("checkout", "release"))
    assert (facts.lasted, facts.people_affected, facts.contacts) == ("42 minutes", "about 1,200", "38")
    assert facts.money == "£40k, not final"
    assert somebody.pm.entries[0].text == "Impact began"
    assert len(somebody.pm.entries) == len(anchored(somebody.pm)) == 5
    assert somebody.at == rows.AGENDA
    assert somebody.said("ends") == "4 of 7 ready"


async def test_words_come_back_to_be_edited_in_place(somebody: Preparer) -> None:
    await somebody.fill(rows.HAPPENED, "Checkout failled")
    await somebody.enter(rows.HAPPENED)
    assert somebody.typed == "Checkout failled"
    assert somebody.said("echo").startswith("Change it here.")
    await somebody.line("Checkout failed")
    assert somebody.facts.happened == "Checkout failed"
    await somebody.enter(rows.HAPPENED)
    await somebody.press("escape")
    assert somebody.facts.happened == "Checkout failed"
    await somebody.enter(rows.HAPPENED)
    await somebody.press("ctrl+u", "enter")
    assert somebody.facts.happened == ""


async def test_delete_empties_what_can_be_empty(somebody: Preparer) -> None:
    await somebody.fill(rows.HAPPENED, "Checkout failed")
    await somebody.fill(rows.TAGS, "one two")
    await somebody.fill(rows.MEETS, "fri 10:00")
    await somebody.fill(rows.AGENDA, "60")
    await somebody.fill(rows.READERS, "Board")
    for key in (rows.HAPPENED, rows.TAGS, rows.MEETS, rows.AGENDA, rows.READERS, rows.DAY):
        await somebody.delete(key)
    assert somebody.facts == replace(somebody.facts, happened="", tags=(), meets_at=None)
    assert somebody.pm.boxes == DEFAULT_BOXES
    assert (somebody.pm.closing.audience, somebody.pm.occurred_on) == ("", None)
    for key in (rows.TITLE, rows.KIND, rows.ZONE):
        await somebody.delete(key)
        assert "cannot be empty" in somebody.said("echo")
    await somebody.delete(rows.SOMEBODY)
    assert "nothing to delete" in somebody.said("echo")


async def test_title_kind_day_and_zone(somebody: Preparer) -> None:
    await somebody.fill(rows.TITLE, "Checkout down")
    assert somebody.said("title") == "Prepare · Checkout down"
    assert somebody.at == rows.KIND
    await somebody.line("deadline")
    assert somebody.pm.kind is Kind.DEADLINE
    await somebody.line("yesterday")
    assert somebody.pm.occurred_on == date(2026, 3, 11)
    await somebody.fill(rows.ZONE, "new york")
    assert somebody.pm.zone == "America/New_York"
    assert "times in America/New_York" in somebody.body
    for key, seed in ((rows.TITLE, "Checkout down"), (rows.DAY, "2026-03-11"), (rows.ZONE, "America/New_York")):
        await somebody.enter(key)
        assert somebody.typed == seed
        await somebody.press("escape")


async def test_enter_takes_the_next_kind(somebody: Preparer) -> None:
    for kind in (*tuple(Kind)[1:], Kind.INCIDENT):
        await somebody.enter(rows.KIND)
        assert somebody.pm.kind is kind


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        (rows.KIND, "boredom", "“boredom” is no kind I know."),
        (rows.DAY, "one day", "“one day” is no day I know."),
        (rows.ZONE, "Atlantis", "“Atlantis” is no time zone I know."),
        (rows.AGENDA, "soon", "“soon” is no agenda I know."),
        (rows.AGENDA, "5 5", "or six: one for each step"),
        (rows.AGENDA, "5 20 25 10 15 0", "Every step takes 1 to 480 minutes."),
        (rows.AGENDA, "5", "A meeting takes 15 to 480 minutes"),
        (rows.MEETS, "soon", "“soon” is no time to meet I know."),
        (rows.MEETS, "friday", "At what time on Fri 13 Mar?"),
        (rows.MEETS, "2026-03-11 10:00", "Wed 11 Mar 10:00 has passed."),
        (rows.MEETS, "2028-03-11 10:00", "more than a year away"),
        (rows.SOMEBODY, ", on-call", "Begin with a name"),
        (_key(Anchor.DETECTED), "after lunch", "“after lunch” is no time I know."),
        (_key(Anchor.DETECTED), "14:05 alert fires", "is no time I know."),
        (_key(Anchor.DETECTED), "14:05-14:20", "A moment is one point in time"),
        (rows.DRAFT, "14:05 alert", "This row takes no words."),
    ],
)
async def test_what_cannot_be_read_comes_back_with_a_sentence(
    somebody: Preparer, key: str, text: str, sentence: str
) -> None:
    before = somebody.pm
    await somebody.fill(key, text)
    assert sentence in somebody.said("echo")
    assert somebody.typed == text
    assert somebody.at == key
    assert somebody.pm == before


async def test_an_edit_that_cannot_be_read_stays_to_be_mended(somebody: Preparer) -> None:
    await somebody.enter(rows.DAY)
    await somebody.press("ctrl+u")
    await somebody.line("one day")
    assert somebody.typed == "one day"
    assert "is no day I know" in somebody.said("echo")
    await somebody.press("ctrl+u")
    await somebody.line("10 march")
    assert somebody.pm.occurred_on == date(2026, 3, 10)
    assert somebody.typed == ""


async def test_what_is_typed_is_echoed_before_enter_and_follows_the_highlight(somebody: Preparer) -> None:
    await somebody.go_to(rows.DAY)
    await somebody.write("12 mar")
    assert somebody.said("echo") == "Thursday 12 March 2026"
    await somebody.write("12 xyz")
    assert somebody.said("echo") == ""
    await somebody.go_to(rows.MEETS)
    await somebody.write("fri 10:00")
    assert somebody.said("echo") == "Fri 13 Mar, 10:00"
    await somebody.go_to(rows.SOMEBODY)
    assert somebody.said("echo") == "person fri 10:00 · brings what?"
    assert somebody.typed == "fri 10:00"
    await somebody.write("")
    assert somebody.said("echo") == ""


# -- moments --------------------------------------------------------------------------------------------


async def test_a_moment_is_an_entry_of_the_draft_and_can_be_timed_again(somebody: Preparer) -> None:
    await somebody.fill(_key(Anchor.IMPACT_BEGAN), "11 Mar 23:50")
    await somebody.fill(_key(Anchor.DETECTED), "~00:10")
    detected = _moment(somebody, Anchor.DETECTED)
    assert detected is not None
    assert (detected.at, detected.approximate) == (datetime(2026, 3, 12, 0, 10, tzinfo=UTC), True)
    assert "Thu 12 Mar ~00:10" in somebody.body
    assert somebody.said("echo") == "next day"
    await somebody.enter(_key(Anchor.DETECTED))
    assert somebody.typed == "2026-03-12 ~00:10"
    await somebody.press("ctrl+u")
    await somebody.line("12 Mar 00:12")
    detected = _moment(somebody, Anchor.DETECTED)
    assert detected is not None
    assert (detected.at, detected.approximate) == (datetime(2026, 3, 12, 0, 12, tzinfo=UTC), False)
    assert len(somebody.pm.entries) == 2


async def test_a_moment_that_does_not_apply_says_so(somebody: Preparer) -> None:
    await somebody.fill(_key(Anchor.ACKNOWLEDGED), "n/a")
    assert "does not apply" in somebody.body
    await somebody.enter(_key(Anchor.ACKNOWLEDGED))
    assert somebody.typed == ""
    await somebody.press("escape")
    await somebody.delete(_key(Anchor.ACKNOWLEDGED))
    assert Anchor.ACKNOWLEDGED not in anchored(somebody.pm)


async def test_a_moment_that_is_emptied_takes_its_entry_along_unless_that_says_more(somebody: Preparer) -> None:
    entry = Entry(EntryId("told"), "p99 alert fires", at=datetime(2026, 3, 12, 13, 5, tzinfo=UTC))
    somebody.page.service.do(verbs.record_entry, entry)
    somebody.page.service.do(verbs.mark_anchor, Anchor.DETECTED, entry.id)
    somebody.page.refresh_page()
    await somebody.fill(_key(Anchor.IMPACT_BEGAN), "13:00")
    assert len(somebody.pm.entries) == 2
    await somebody.delete(_key(Anchor.IMPACT_BEGAN))
    await somebody.delete(_key(Anchor.DETECTED))
    assert [one.text for one in somebody.pm.entries] == ["p99 alert fires"]
    assert somebody.pm.anchors == ()


async def test_a_moment_whose_entry_has_no_time_says_that(somebody: Preparer) -> None:
    entry = Entry(EntryId("told"), "p99 alert fires")
    somebody.page.service.do(verbs.record_entry, entry)
    somebody.page.service.do(verbs.mark_anchor, Anchor.DETECTED, entry.id)
    somebody.page.refresh_page()
    assert "in the draft, without a time" in somebody.body


# -- the meeting ----------------------------------------------------------------------------------------


async def test_the_agenda_goes_through_the_usual_lengths_and_takes_any(somebody: Preparer) -> None:
    totals = []
    for _ in range(4):
        await somebody.enter(rows.AGENDA)
        totals.append(sum(somebody.pm.boxes))
    assert totals == [90, 80, 60, 80]
    await somebody.press("f5", "f5")
    assert somebody.pm.boxes == LEARNING_REVIEW
    assert "80 minutes · learning review" in somebody.body
    await somebody.fill(rows.AGENDA, "120")
    assert somebody.pm.boxes == scaled(120, LEARNING_REVIEW)
    await somebody.fill(rows.AGENDA, "learning")
    assert somebody.pm.boxes == LEARNING_REVIEW
    await somebody.fill(rows.AGENDA, "6, 20, 25, 10, 15, 4")
    assert somebody.pm.boxes == (6, 20, 25, 10, 15, 4)
    await somebody.press("f5")
    assert sum(somebody.pm.boxes) == 60


async def test_planning_does_not_begin_the_meeting_but_moves_one_that_has_begun(somebody: Preparer) -> None:
    service = somebody.page.service
    await somebody.fill(rows.AGENDA, "60")
    assert service.sitting is None
    service.steer(lambda sitting: sitting.enter(Step.OPEN, service.now()))
    await somebody.press("f5")
    assert service.sitting is not None
    assert service.sitting.planned.total_seconds() == 80 * 60


async def test_the_window_is_shown_and_a_planned_time_is_judged(somebody: Preparer) -> None:
    assert "Best between Sat 14 Mar and Mon 16 Mar." in somebody.body
    await somebody.fill(rows.MEETS, "14:30")
    assert "Too soon: within 12 hours" in somebody.body
    await somebody.fill(rows.MEETS, "26 march 10:00")
    assert "Late: memories fade, so aim for Mon 16 Mar at the latest." in somebody.body
    await somebody.fill(rows.MEETS, "mon 10:00")
    assert somebody.facts.meets_at == datetime(2026, 3, 16, 10, 0, tzinfo=UTC)
    assert "Mon 16 Mar, 10:00  · a good time" in somebody.body
    await somebody.enter(rows.MEETS)
    assert somebody.typed == "2026-03-16 10:00"


async def test_without_a_day_nothing_is_said_of_when_to_meet(somebody: Preparer) -> None:
    await somebody.delete(rows.DAY)
    assert "on which day, at what time?" in somebody.body
    await somebody.fill(rows.MEETS, "fri 10:00")
    assert somebody.said("echo") == ""
    assert "Fri 13 Mar, 10:00" in somebody.body


# -- people ---------------------------------------------------------------------------------------------


async def test_people_join_one_line_each(somebody: Preparer) -> None:
    await somebody.fill(rows.SOMEBODY, "Ana Ruiz, on-call engineer, responder")
    await somebody.line("Ben Okoro, payments lead, involved")
    await somebody.line("Cai")
    assert somebody.at == rows.SOMEBODY
    assert [(one.name, one.role, one.involvement) for one in somebody.people] == [
        ("Ana Ruiz", "on-call engineer", Involvement.RESPONDER),
        ("Ben Okoro", "payments lead", Involvement.INVOLVED),
        ("Cai", "", None),
    ]
    await somebody.fill(f"{rows.PERSON}{somebody.people[0].id}", "Dee, support, outside view")
    assert len(somebody.people) == 4
    assert somebody.at == rows.SOMEBODY
    await somebody.press("enter")
    assert somebody.said("echo") == "Type a name, a role, and what they bring."


async def test_enter_and_f4_change_what_somebody_brings(somebody: Preparer) -> None:
    await somebody.fill(rows.SOMEBODY, "Ana")
    row = f"{rows.PERSON}{somebody.people[0].id}"
    seen = []
    for _ in range(3):
        await somebody.enter(row)
        seen.append(somebody.people[0].involvement)
    for _ in range(2):
        await somebody.press("f4")
        seen.append(somebody.people[0].involvement)
    assert seen == [*Involvement, None]


async def test_a_person_is_changed_in_place_and_taken_off_the_list(somebody: Preparer) -> None:
    await somebody.fill(rows.SOMEBODY, "Ana, on-call, responder")
    row = f"{rows.PERSON}{somebody.people[0].id}"
    await somebody.go_to(row)
    await somebody.write("half a name")
    await somebody.press("f9", "escape")
    assert somebody.typed == "half a name"
    await somebody.press("ctrl+u", "f9")
    assert somebody.typed == "Ana, on-call, responder"
    await somebody.press("ctrl+u")
    await somebody.line("Ana Ruiz, on-call engineer, context")
    one = somebody.people[0]
    assert (one.name, one.role, one.involvement) == ("Ana Ruiz", "on-call engineer", Involvement.CONTEXT)
    await somebody.press("ctrl+z")
    assert somebody.people[0].name == "Ana"
    await somebody.delete(row)
    assert somebody.people == []
    assert somebody.said("echo") == "Taken off the list. ^Z undoes."


async def test_a_leader_who_was_not_part_of_it_may_read_instead(somebody: Preparer) -> None:
    await somebody.fill(rows.SOMEBODY, "Rosa, director of engineering, context")
    row = f"{rows.PERSON}{somebody.people[0].id}"
    assert "Rosa" in somebody.beside
    assert "F8: a reader?" in somebody.body
    await somebody.go_to(row)
    await somebody.press("f8")
    assert somebody.people == []
    assert somebody.pm.closing.audience == "Rosa"
    assert somebody.said("echo") == "Rosa is a reader now. ^Z undoes."
    await somebody.fill(rows.READERS, "Board")
    assert somebody.pm.closing.audience == "Rosa, Board"
    await somebody.enter(rows.READERS)
    await somebody.press("ctrl+u")
    await somebody.line("Board, care")
    assert somebody.pm.closing.audience == "Board, care"


async def test_what_needs_a_person_asks_for_one(somebody: Preparer) -> None:
    for key in ("f4", "f8", "f9"):
        await somebody.go_to(rows.TITLE)
        await somebody.press(key)
        assert somebody.said("echo") == "Highlight a person first, with the arrow keys."
        await somebody.write("x")
        await somebody.write("")


# -- the way out, and what must not be lost ---------------------------------------------------------------


async def test_the_way_on(somebody: Preparer) -> None:
    await somebody.enter(rows.DRAFT)
    await somebody.press("ctrl+n", "ctrl+s", "ctrl+l")
    assert somebody.asked == ["DraftRequested", "MeetingRequested", "ReportRequested", "LibraryRequested"]


async def test_half_typed_words_are_there_again(somebody: Preparer) -> None:
    await somebody.write("half a tho")
    service = somebody.page.service
    somebody.page.keep_draft()
    assert service.draft("prepare") == "half a tho"
    await somebody.press("f9", "f6", "f7")
    assert somebody.typed == "half a tho"
    assert somebody.typed == "half a tho"
    await somebody.press("f5", "f6")
    assert somebody.typed == "half a tho"


async def test_undo_waits_while_words_are_half_typed(somebody: Preparer) -> None:
    await somebody.fill(rows.HAPPENED, "Checkout failed")
    await somebody.write("half")
    await somebody.press("ctrl+z")
    assert somebody.facts.happened == "Checkout failed"
    assert somebody.typed == "half"
    await somebody.press("ctrl+u", "ctrl+z")
    assert somebody.facts.happened == ""
    await somebody.press("ctrl+y")
    assert somebody.facts.happened == "Checkout failed"


async def test_nothing_else_happens_while_something_is_asked(somebody: Preparer) -> None:
    await somebody.enter(rows.TITLE)
    await somebody.press("f5", "f8", "ctrl+z", "ctrl+n", "ctrl+l", "delete")
    assert somebody.asked == []
    assert somebody.pm.boxes == DEFAULT_BOXES
    assert somebody.typed == "Checkout outage"
    assert somebody.said("echo").startswith("Change it here.")


async def test_an_answer_belongs_to_its_row_wherever_the_highlight_goes(somebody: Preparer) -> None:
    await somebody.enter(rows.TITLE)
    await somebody.press("down", "down")
    assert somebody.said("echo").startswith("Change it here.")
    await somebody.write("Checkout down")
    await somebody.press("enter")
    assert somebody.pm.title == "Checkout down"


async def test_a_full_disk_keeps_the_words_on_the_screen(somebody: Preparer, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        sentence = "The disk is full."
        raise NotKept(sentence)

    monkeypatch.setattr(somebody.page.service._repository, "save", refuse)
    await somebody.line("Checkout failed")
    assert somebody.typed == "Checkout failed"
    assert somebody.said("echo") == "The disk is full."
    await somebody.press("f5")
    assert somebody.pm.boxes == DEFAULT_BOXES


async def test_any_words_are_shown_as_they_are(somebody: Preparer) -> None:
    for count, words in enumerate(HOSTILE.values(), 1):
        await somebody.fill(rows.HAPPENED, words)
        await somebody.fill(rows.SOMEBODY, f"{words}, director, context")
        assert somebody.facts.happened
        assert len(somebody.people) == count
    await somebody.fill(rows.TAGS, " ".join(HOSTILE.values()))
    await somebody.press("f6", "f7")
    assert somebody.said("echo").startswith("Written: ")


# -- ready? -----------------------------------------------------------------------------------------------


async def test_the_checklist_stands_beside_the_list_where_there_is_room(somebody: Preparer) -> None:
    assert "Ready to meet?" in somebody.beside
    assert "○ open  What happened is told" in somebody.beside
    assert "Ready to meet?" not in somebody.body
    await somebody.fill(rows.HAPPENED, "Checkout failed")
    assert "√ done  What happened is told" in somebody.beside


async def test_the_checklist_stands_below_the_list_where_there_is_none(somebody: Preparer) -> None:
    await somebody.pilot.resize_terminal(80, 24)
    await somebody.pilot.pause()
    assert "Ready to meet?" in somebody.body
    await somebody.fill(rows.SOMEBODY, "Rosa, director, context")
    row = f"{rows.PERSON}{somebody.people[0].id}"
    for key, place in [(f"{rows.CHECK}{name}", where) for name, where in rows.WHERE.items()]:
        await somebody.enter(key)
        assert somebody.at == place
    places = []
    for number in range(4):
        await somebody.enter(f"{rows.ADVICE}{number}")
        places.append(somebody.at)
    assert places == [rows.SOMEBODY, rows.SOMEBODY, row, rows.SOMEBODY]


async def test_help_says_how_to_type(somebody: Preparer) -> None:
    await somebody.press("f1")
    assert isinstance(somebody.app.screen, HelpScreen)
    assert "on-call engineer, responder" in somebody.app.screen.query_one("#page", Ledger).said


# -- the invitation ---------------------------------------------------------------------------------------


async def test_the_invitation_is_copied(somebody: Preparer) -> None:
    await somebody.press("f6")
    assert somebody.app.clipboard.startswith("Post-mortem: Checkout outage\n")
    assert "F7 writes it as a file" in somebody.said("echo")


async def test_the_invitation_is_written_and_never_overwrites(somebody: Preparer, tmp_path: Path) -> None:
    await somebody.press("f7")
    first = tmp_path / "reports" / "2026-03-12-checkout-outage-invitation.txt"
    assert first.read_text(encoding="utf-8").startswith("Post-mortem: Checkout outage\n")
    assert somebody.said("echo") == f"Written: {first}"
    await somebody.fill(rows.HAPPENED, "Checkout failed")
    await somebody.press("f7")
    assert "Checkout failed" not in first.read_text(encoding="utf-8")
    second = first.with_name("2026-03-12-checkout-outage-invitation-2.txt")
    assert "Checkout failed" in second.read_text(encoding="utf-8")


async def test_a_folder_that_cannot_be_written_is_said(somebody: Preparer, tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("in the way", encoding="utf-8")
    await somebody.press("f7")
    assert "was not written" in somebody.said("echo")


async def test_another_window_s_facts_are_left_alone(somebody: Preparer, library: Library, clock: FakeClock) -> None:
    other = library.open(somebody.pm.id)
    other.do(verbs.state_facts, replace(other.snapshot.post_mortem.facts, severity="SEV-1"))
    await somebody.fill(rows.HAPPENED, "Checkout failed")
    assert (somebody.facts.severity, somebody.facts.happened) == ("SEV-1", "Checkout failed")
