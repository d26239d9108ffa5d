"""Search at home: while it is typed, with filters, opened at the place, and back again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pmfacil.app import PmFacilApp
from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.ending import ActionId
from pmfacil.core.errors import NotKept
from pmfacil.core.kind import Kind
from pmfacil.screens.following import FollowUpScreen
from pmfacil.screens.library import LibraryScreen
from pmfacil.screens.prepare import PrepareScreen
from pmfacil.screens.record import RecordScreen
from pmfacil.widgets.ledger import Ledger
from tests.driving import Facilitator
from tests.hostile import HOSTILE
from tests.meetings import settle_something
from tests.store.test_archive import say_everything

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from pmfacil.library import Library
    from tests.clock import FakeClock


@pytest.fixture
async def home(library: Library, tmp_path: Path) -> AsyncIterator[Facilitator]:
    async with PmFacilApp(library, tmp_path / "reports").run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        yield Facilitator(pilot)


def _key(home: Facilitator) -> str:
    return home.app.screen.query_one("#body", Ledger).key


async def test_filters_are_followed_while_they_are_half_typed(home: Facilitator, library: Library) -> None:
    library.begin("Checkout outage", Kind.INCIDENT, date(2026, 3, 11))
    library.begin("Late migration", Kind.PROJECT, date(2026, 2, 1))
    seen = {}
    for typed in ("kind:", "kind:p", "kind:px", "after:", "after:mar", '"', '"late mi', "out kind:project"):
        await home.write(typed)
        seen[typed] = ("Checkout" in home.body, "Late" in home.body, home.said("echo"), home.said("ends"))
    everything = (True, True, "", "2 post-mortems")
    assert seen == {
        "kind:": everything,
        "kind:p": (False, True, "", "1 found"),
        "kind:px": (False, True, "“px” is no kind. Try incident, project, deadline, escalation or other.", "1 found"),
        "after:": everything,
        "after:mar": (True, False, "", "1 found"),
        '"': (True, True, "Search looks for letters and digits.", "2 post-mortems"),
        '"late mi': (False, True, "", "1 found"),
        "out kind:project": (False, False, "", "0 found"),
    }
    assert "Nothing here fits “out kind:project”" in home.body
    await home.press("escape")
    assert (home.typed, home.said("ends")) == ("", "2 post-mortems")


async def test_a_wrong_filter_opens_nothing_and_nothing_found_opens_nothing(
    home: Facilitator, library: Library
) -> None:
    library.begin("Checkout outage", Kind.INCIDENT, None)
    for typed in ("check kind:x", "zeppelin"):
        await home.line(typed)
        assert isinstance(home.app.screen, LibraryScreen)
        assert home.typed == typed
    await home.press("f4")
    assert "There is no post-mortem to do that with" in home.said("echo")


async def test_hostile_words_are_searched_like_all_others(home: Facilitator, library: Library) -> None:
    for words in HOSTILE.values():
        library.begin(words, Kind.INCIDENT, None)
        library.open(library.begin("x", Kind.INCIDENT, None)).do(verbs.state_impact, words)
    more = ["*", "AND", "NEAR(", "NEAR(a b, 3)", "-x", "^a", "a:b", "{", "(", "🔥", "x" * 5000, "a\x00b", "wo " * 400]
    for typed in (*HOSTILE.values(), *more):
        await home.write(typed)
    await home.press("down", "up", "escape")
    assert home.said("ends") == f"{2 * len(HOSTILE)} post-mortems"


@pytest.mark.parametrize("stage", ["prepared", "live", "closed"])
async def test_enter_opens_at_the_place_where_the_words_were_found(
    stage: str, home: Facilitator, library: Library, clock: FakeClock
) -> None:
    """The clock of the step that is looked at does not start."""
    service = library.open(library.begin("x", Kind.INCIDENT, date(2026, 3, 11)))
    _, second = say_everything(service)
    if stage != "prepared":
        service.steer(lambda sitting: sitting.enter(Step.OPEN, clock()))
    if stage == "closed":
        service.do(verbs.close_meeting, clock())
    places = {
        "india": (Step.TIMELINE, "e1"),
        "lima": (Step.TIMELINE, ""),
        "papa": (Step.CAUSES, "trigger"),
        "romeo": (Step.CAUSES, second),
        "tango": (Step.WORKED, "s1"),
        "uniform": (Step.ACTIONS, "action:a1"),
        "birch": (Step.CLOSE, "question:q1"),
    }
    for word, (step, key) in places.items():
        await home.write(word)
        await home.press("down", "enter")
        assert home.screen.STEP is step
        assert key in ("", _key(home))
        await home.press("ctrl+l")
        assert (home.typed, home.said("ends")) == (word, "1 found")
    await home.write("bravo")
    await home.press("enter")
    assert isinstance(home.app.screen, PrepareScreen)
    sitting = library.open(service.snapshot.post_mortem.id).sitting
    assert stage == "prepared" if sitting is None else sitting.step is Step.OPEN


async def test_a_place_that_was_deleted_elsewhere_meanwhile_opens_nothing(home: Facilitator, library: Library) -> None:
    new = library.begin("Checkout outage", Kind.INCIDENT, None)
    await home.write("check")
    library._shelf.put_away(new, library.now())
    assert isinstance(home.app.screen, LibraryScreen)
    home.app.screen.choose_row(new)
    await home.pilot.pause()
    assert isinstance(home.app.screen, LibraryScreen)
    await home.press("enter")
    assert "Nothing here fits" in home.body


async def test_a_hit_whose_line_is_gone_is_left_out(
    home: Facilitator, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.begin("Checkout outage", Kind.INCIDENT, None)
    monkeypatch.setattr(library, "summary", lambda _id: None)
    await home.write("check")
    assert "Nothing here fits “check”" in home.body


async def test_the_past_is_taken_in_found_read_and_deleted(home: Facilitator, library: Library, tmp_path: Path) -> None:
    (tmp_path / "past").mkdir()
    (tmp_path / "past" / "mail.md").write_text("# Old mail\n\n## Timeline\n\n- 14:05 The relay jammed\n")
    (tmp_path / "past" / "other.md").write_text("# Undated words")
    await home.press("f3", "ctrl+u")
    await home.line("")
    assert "Type where it is" in home.said("echo")
    await home.line(str(tmp_path / "nowhere"))
    assert "cannot be read: no such file" in home.said("echo")
    await home.press("ctrl+u")
    await home.line(str(tmp_path / "past"))
    assert home.said("echo") == "2 taken in."
    assert "undated     ■ imported" in home.body
    await home.write("jam")
    await home.press("down", "enter")
    assert isinstance(home.app.screen, RecordScreen)
    assert "The relay jammed" in library.archive.search("jam")[0].excerpts[0].text
    await home.press("escape")
    await home.press("f4")
    assert "stays as it was written" in home.said("echo")
    await home.press("f5", "f7")
    assert "its actions are not kept here" in home.said("echo")
    await home.press("f8", "enter")
    assert [one.title for one in library.summaries()] == ["Undated words"]
    assert "Nothing here fits “jam”" in home.body
    await home.press("ctrl+z")
    assert home.said("echo") == "It is back."
    assert "The relay jammed" in home.body


async def test_what_is_due_greets_and_one_key_follows_it_up(
    home: Facilitator, library: Library, clock: FakeClock
) -> None:
    assert "From an incident to a report" in home.said("motto")
    for number in range(2):
        service = library.open(library.begin(f"Outage {number}", Kind.INCIDENT, date(2026, 2, 1)))
        settle_something(service)
        cause = service.snapshot.post_mortem.settlements[-1].causes[0]
        service.do(verbs.agree_action, ActionId("a"), "Stage hot fixes", (cause,), due=date(2026, 3, 1))
        service.do(verbs.plan_follow_up, date(2026, 2, 16 + number), date(2026, 2, 1))
    await home.press("x", "escape", "f1", "escape")
    assert home.said("motto") == "2 follow-ups are due (F7), 2 actions are overdue (F6)"
    assert "follow-up due since Mon 16 Feb" in home.body
    await home.press("f7")
    assert isinstance(home.app.screen, FollowUpScreen)
    assert "Outage 1" in home.said("title")  # the highlighted one, which is due too
    await home.press("ctrl+l")
    library.delete(library.summaries()[0].id)
    await home.press("f6")
    await home.press("ctrl+l")
    assert home.said("motto") == "1 follow-up is due (F7), 1 action is overdue (F6)"


async def test_older_ones_are_shown_when_the_highlight_comes_to_the_last(home: Facilitator, library: Library) -> None:
    for number in range(203):
        library.begin(f"Outage {number}", Kind.INCIDENT, None)
    await home.press("x", "escape")
    ledger = home.app.screen.query_one("#body", Ledger)
    assert len(ledger.keys) == 36
    ledger.select(ledger.keys[-1])
    await home.pilot.pause()
    assert len(ledger.keys) == 156
    ledger.scroll_end(animate=False)
    await home.pilot.pause()
    assert len(ledger.keys) == 203
    await home.write("outage")
    assert home.said("ends") == "the best 50: more words find fewer"


async def test_a_question_leaves_what_was_found_on_the_screen(home: Facilitator, library: Library) -> None:
    library.begin("Checkout outage", Kind.INCIDENT, None)
    library.begin("Late migration", Kind.INCIDENT, None)
    await home.write("migr")
    await home.press("f4", "ctrl+u")
    await home.line("Late migration of mail")
    assert (home.typed, home.said("ends"), "Checkout" in home.body) == ("migr", "1 found", False)
    await home.press("f5")
    assert library.count() == 3


async def test_an_empty_library_and_a_disk_that_refuses_say_so_under_the_line(
    home: Facilitator, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        sentence = "The disk is full."
        raise NotKept(sentence)

    await home.press("f7")
    assert "^N begins one" in home.said("echo")
    monkeypatch.setattr(library, "restore", full)
    await home.press("ctrl+z")
    assert home.said("echo") == "The disk is full."
    await home.press("f9", "ctrl+l")
    assert isinstance(home.app.screen, LibraryScreen)
