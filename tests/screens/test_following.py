"""The follow-up under somebody's hands: each action is asked about once, and the report carries the answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from pmfacil.app import PmFacilApp
from pmfacil.core import operations as verbs
from pmfacil.core.ending import ActionId, Effect
from pmfacil.core.kind import Kind
from pmfacil.core.model import ActionState
from pmfacil.screens.following import FollowUpScreen
from pmfacil.screens.messages import FollowUpRequested
from pmfacil.screens.report import ReportScreen
from tests.driving import Facilitator
from tests.hostile import HOSTILE
from tests.meetings import settle_something
from tests.painted import watch_paints

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from pmfacil.core.model import PostMortem
    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library
    from tests.clock import FakeClock

TODAY = date(2026, 3, 12)


def agreed(library: Library, *texts: str) -> Facilitation:
    """Return a closed post-mortem whose actions are overdue by a day each."""
    service = library.open(library.begin("Checkout outage", Kind.INCIDENT, date(2026, 2, 12)))
    settle_something(service)
    causes = service.snapshot.post_mortem.settlements[0].causes
    for place, text in enumerate(texts):
        due = TODAY - timedelta(days=1)
        service.do(verbs.agree_action, ActionId(f"a{place}"), text, causes, owner="Ana", due=due)
    service.do(verbs.close_meeting, service.now())
    return service


class Follower(Facilitator):
    """Somebody who leads the follow-up."""

    @property
    def page(self) -> FollowUpScreen:
        assert isinstance(self.app.screen, FollowUpScreen)
        return self.app.screen

    @property
    def pm(self) -> PostMortem:
        return self.page.post_mortem


@pytest.fixture
async def somebody(library: Library, tmp_path: Path) -> AsyncIterator[Follower]:
    service = agreed(library, "Stage the release", "Cap the retries", "Test the runbook", "Buy more disks")
    app = PmFacilApp(library, tmp_path / "reports")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        app.post_message(FollowUpRequested(service.snapshot.post_mortem.id))
        await pilot.pause()
        yield Follower(pilot)


async def test_every_action_gets_its_answer_and_the_report_carries_it(somebody: Follower) -> None:
    assert somebody.said("ends") == "4 to answer"
    assert "is it done?" in somebody.body
    await somebody.line("Two releases went by quietly https://graphs.example/releases")
    await somebody.press("f5", "f6", "f7")
    states = [action.state for action in somebody.pm.actions]
    assert states == [ActionState.VERIFIED, ActionState.DONE, ActionState.DONE, ActionState.AGREED]
    assert [found.effect for found in somebody.pm.findings] == list(Effect)
    assert somebody.pm.findings[0].note == "Two releases went by quietly"
    assert somebody.pm.findings[0].link == "https://graphs.example/releases"
    await somebody.press("f8", "enter")
    assert "Why is this action dropped?" in somebody.said("echo")
    await somebody.line("the service is switched off in May")
    assert somebody.said("ends") == "all answered"
    await somebody.press("ctrl+n")
    await somebody.line("nonsense")
    assert "is no day I know" in somebody.said("echo")
    await somebody.press("ctrl+u", *"+2w", "enter")
    assert isinstance(somebody.app.screen, ReportScreen)
    for words in ("effect seen", "Two releases", "risk is accepted", "the service is switched off in May", "26 March"):
        assert words in somebody.body


async def test_what_is_still_open_gets_a_new_date(somebody: Follower) -> None:
    await somebody.press("f9", *"friday", "enter")
    assert somebody.pm.actions[0].due == date(2026, 3, 13)
    assert somebody.page.body.key == "a1"
    await somebody.press("f9", *"someday", "enter")
    assert "is no day I know" in somebody.said("echo")
    assert somebody.typed == "someday"
    await somebody.press("escape", "f4", *"billing too", "enter")
    assert somebody.pm.findings[0].elsewhere == "billing too"
    assert "elsewhere: billing too" in somebody.body
    await somebody.press("ctrl+z", "ctrl+y", "ctrl+n", "escape", "ctrl+s")
    assert isinstance(somebody.app.screen, ReportScreen)
    assert "It is not ended yet." in somebody.body


async def test_a_note_is_edited_in_place(somebody: Follower) -> None:
    await somebody.line("quiet since")
    await somebody.press("enter")
    assert somebody.typed == "quiet since"
    await somebody.press(*", and the alert fires", "enter")
    assert somebody.pm.findings[0].note == "quiet since, and the alert fires"
    await somebody.press("enter", "ctrl+u", "enter")
    assert somebody.pm.findings[0].note == ""


async def test_below_the_help_as_well_a_second_repaints_the_cells_that_changed(
    somebody: Follower, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await somebody.press("f1")
    paints = watch_paints(somebody.app, monkeypatch)
    for _ in range(3):
        clock.advance(seconds=7)
        somebody.app.beat()
        await somebody.pilot.pause()
        assert 0 < sum(strip.cell_length for pieces in paints for _, _, strip in pieces) < 60
        paints.clear()


async def test_the_clock_counts_a_quarter_of_an_hour(somebody: Follower, clock: FakeClock) -> None:
    clock.advance(minutes=5)
    somebody.app.beat()
    assert somebody.page.clock.reading(clock()).remaining == timedelta(minutes=10)
    await somebody.press("ctrl+t")
    clock.advance(minutes=5)
    somebody.app.beat()
    assert somebody.page.clock.reading(clock()).remaining == timedelta(minutes=10)
    await somebody.press("f2", "ctrl+t")
    assert "The clock runs." in somebody.said("echo")
    assert "not have seen before" in somebody.said("question")
    await somebody.press("f1", "escape")


async def test_half_typed_words_and_a_follow_up_that_was_left_are_there_again(somebody: Follower) -> None:
    one = somebody.pm.id
    await somebody.press("f5")
    await somebody.write("half a no")
    await somebody.press("ctrl+l")
    somebody.app.post_message(FollowUpRequested(one))
    await somebody.pilot.pause()
    assert somebody.typed == "half a no"
    assert len(somebody.pm.follow_ups) == 1
    assert somebody.said("ends") == "3 to answer"


async def test_without_actions_there_is_nothing_to_follow_up(somebody: Follower, library: Library) -> None:
    bare = library.begin("Nothing agreed", Kind.OTHER, None)
    somebody.app.post_message(FollowUpRequested(bare))
    await somebody.pilot.pause()
    assert not isinstance(somebody.app.screen, FollowUpScreen)


async def test_hostile_words_break_nothing(somebody: Follower) -> None:
    for words in HOSTILE.values():
        if words.strip():
            somebody.page.submit(words)
            somebody.page.refresh_page()
    await somebody.press("down", "f5")
    assert somebody.app.is_running
