"""A room that blames, stops at human error, jumps to a fix and wishes: the coach turns each of them around."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pmfacil.app import PmFacilApp
from pmfacil.core.agenda import Step
from pmfacil.core.gate import settlement_standing
from pmfacil.core.kind import Kind
from pmfacil.core.model import Fate, Mark
from pmfacil.report.formats import Format, render
from pmfacil.widgets.plain import Line
from tests.driving import Facilitator

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.library import Library


async def test_a_difficult_room_leaves_with_conditions_and_actions(library: Library, tmp_path: Path) -> None:
    new = library.begin("Checkout outage", Kind.INCIDENT, date(2026, 3, 11))
    app = PmFacilApp(library, tmp_path / "reports", start=new, live=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        somebody = Facilitator(pilot)
        await somebody.line("Ravi Ahuja, release engineer")
        await _the_timeline(somebody)
        await _the_causes(somebody)
        await _the_actions(somebody)
        service = somebody.screen.service
        pm = service.snapshot.post_mortem
    report = render(Format.MARKDOWN, pm, service.sitting, service.now())
    for blamed in ("Ravi broke", "human error", "improve monitoring"):
        assert blamed not in str(pm)
        assert blamed not in report


def _offer(somebody: Facilitator) -> str:
    return somebody.app.screen.query_one("#offer", Line).said


async def _the_timeline(somebody: Facilitator) -> None:
    await somebody.go(Step.TIMELINE)
    await somebody.line("14:05 change Ravi broke checkout with release 4.12")
    assert "Reframe? What let one" in _offer(somebody)
    await somebody.press("ctrl+o")
    await somebody.line("Release 4.12 reaches all regions in one step")
    assert somebody.screen.post_mortem.entries[0].text == "Release 4.12 reaches all regions in one step"


async def _the_causes(somebody: Facilitator) -> None:
    await somebody.go(Step.CAUSES)
    await somebody.lines("Checkout failed for 38 % of customers, 52 minutes", "Release 4.12")
    await somebody.line("It was human error during the release")
    assert "Reframe?" in _offer(somebody)
    await somebody.press("ctrl+o")
    await somebody.line("The console shows staging and production alike")
    await somebody.line("There was no canary stage")
    assert "What was there instead" in _offer(somebody)
    await somebody.press("ctrl+o")
    await somebody.line("One step takes a release to every region")
    (fix,) = somebody.screen.post_mortem.fixes
    assert (fix.fate, somebody.screen.post_mortem.actions) == (Fate.PARKED, ()), "no fix before the causes are settled"
    await somebody.press("f4")
    await somebody.line("Nobody had asked for stages until now")
    await somebody.press("f6", "enter")
    pm = somebody.screen.post_mortem
    assert [line.mark for line in pm.causes][-1] is Mark.ROOT
    assert settlement_standing(pm) is not None


async def _the_actions(somebody: Facilitator) -> None:
    await somebody.go(Step.ACTIONS)
    await somebody.line("improve monitoring")
    assert "not yet an action" in somebody.said("echo")
    await somebody.press("enter")
    await somebody.line(
        "Add an alert on checkout errors above 2 % @ravi by 2026-04-02 #detect when: it fires in the game day"
    )
    assert somebody.said("echo").startswith("Kept: 6 of 6, ready.")
    (action,) = somebody.screen.post_mortem.actions
    assert action.owner == "Ravi Ahuja"
