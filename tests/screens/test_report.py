"""The report under somebody's hands: what is worth a look, how long it is, the forms, the version for outside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pmfacil.app import PmFacilApp
from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.ending import ActionId
from pmfacil.core.facts import PersonId
from pmfacil.exports import Exports
from pmfacil.screens.following import FollowUpScreen
from pmfacil.screens.report import ReportScreen
from pmfacil.widgets.ledger import Ledger
from tests.driving import Facilitator
from tests.meetings import settle_something

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library


@pytest.fixture
async def somebody(library: Library, begun: Facilitation, tmp_path: Path) -> AsyncIterator[Facilitator]:
    """Somebody at the report of a post-mortem with one cause and one action that nobody owns."""
    settle_something(begun)
    begun.do(verbs.welcome, PersonId("p"), "Ana Ruiz", "on-call engineer")
    begun.do(verbs.state_impact, "Orders were lost because Ana Ruiz forgot the flag")
    causes = begun.snapshot.post_mortem.settlements[0].causes
    begun.do(verbs.agree_action, ActionId("a"), "Stage the release", causes)
    exports = Exports(tmp_path / "reports", tmp_path / "exports.json", hidden=("Orders",))
    one = begun.snapshot.post_mortem.id
    app = PmFacilApp(library, tmp_path / "reports", start=one, live=True, exports=lambda: exports)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        somebody = Facilitator(pilot)
        await somebody.press("ctrl+s")
        yield somebody


def _aside(somebody: Facilitator) -> str:
    return somebody.app.screen.query_one("#aside", Ledger).said


async def test_what_is_worth_a_look_leads_to_where_it_is_mended(somebody: Facilitator) -> None:
    assert "No owner and no date yet: “Stage the release”." in somebody.body
    assert "Reads as blame: “Ana Ruiz forgot”" in somebody.body
    await somebody.press("enter")
    assert somebody.screen.STEP is Step.ACTIONS
    assert somebody.screen.body.key == "action:a"
    await somebody.press("ctrl+s", *["down"] * 6)
    await somebody.press("enter")
    assert somebody.screen.STEP in Step
    await somebody.press("ctrl+s", "up", *["pagedown"] * 9, "pageup", "up")
    assert isinstance(somebody.app.screen, ReportScreen)


async def test_the_pages_are_measured_not_guessed(somebody: Facilitator) -> None:
    assert somebody.said("ends") == "1 page + 1 of appendix"
    assert "1 page" in _aside(somebody)


async def test_forms_are_chosen_in_one_line_and_remembered(somebody: Facilitator, tmp_path: Path) -> None:
    await somebody.press("f8")
    assert somebody.typed == "md, html, pdf, json"
    await somebody.press("ctrl+u")
    await somebody.line("md docx")
    assert "“docx” is no format" in somebody.said("echo")
    assert somebody.typed == "md docx"
    await somebody.press("ctrl+u")
    await somebody.line("md ics")
    assert "F6 writes md, ics." in somebody.said("echo")
    assert "calendar" in _aside(somebody)
    await somebody.press("f6")
    assert sorted(path.suffix for path in (tmp_path / "reports").iterdir()) == [".ics", ".md"]
    assert json.loads((tmp_path / "exports.json").read_text()) == {"formats": ["md", "ics"]}


async def test_readers_outside_get_a_version_of_their_own(somebody: Facilitator, tmp_path: Path) -> None:
    await somebody.press("f9")
    assert somebody.said("title").startswith("External report")
    assert "Ana Ruiz  · 2×" in somebody.body
    assert "Orders  · 2×" in somebody.body
    assert "[internal] were lost" in somebody.body
    await somebody.press("f6", "f4")
    assert sorted(path.suffix for path in (tmp_path / "reports").iterdir()) == [".html", ".md", ".pdf"]
    await somebody.press("f8", "ctrl+u")
    await somebody.line("json")
    await somebody.press("f6")
    assert "None of the chosen forms can leave things out" in somebody.said("echo")
    await somebody.press("escape")
    assert somebody.said("title").startswith("Report")
    await somebody.press("escape")
    assert somebody.screen.STEP in Step


async def test_the_report_is_copied_and_the_follow_up_is_one_command_away(somebody: Facilitator) -> None:
    await somebody.press("f4")
    assert "Copied as Markdown" in somebody.said("echo")
    assert "# Checkout outage" in somebody.app.clipboard
    await somebody.app.screen.run_action("follow")
    await somebody.pilot.pause()
    assert isinstance(somebody.app.screen, FollowUpScreen)


async def test_one_key_at_close_writes_the_chosen_forms(somebody: Facilitator, tmp_path: Path) -> None:
    await somebody.press("escape")
    await somebody.go(Step.CLOSE)
    await somebody.press("f8")
    assert "Written to" in somebody.said("echo")
    assert len(list((tmp_path / "reports").iterdir())) == 4
    (tmp_path / "reports").rename(tmp_path / "away")
    (tmp_path / "reports").write_text("a file stands here")
    await somebody.press("f8")
    assert "a file stands where the folder should be" in somebody.said("echo")
