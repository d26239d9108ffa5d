"""A whole meeting, from the empty library to the report, through the keyboard alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pmfacil.core.agenda import Step
from pmfacil.core.gate import settlement_standing
from pmfacil.core.model import Fate, Mark
from pmfacil.core.tree import by_parent, leaves
from pmfacil.screens.report import ReportScreen
from tests.driving import Facilitator, hold_step, make_app

if TYPE_CHECKING:
    from pmfacil.library import Library
    from tests.clock import FakeClock

GOLDEN = Path(__file__).parent / "golden" / "rehearsal.md"


async def test_the_rehearsal_is_held_from_the_first_norm_to_the_exported_report(
    library: Library, clock: FakeClock, tmp_path: Path
) -> None:
    reports = tmp_path / "reports"
    app = make_app(library, reports)
    async with app.run_test(size=(120, 36)) as pilot:
        somebody = Facilitator(pilot)
        await somebody.press("ctrl+r")
        for _ in range(7):
            await somebody.press("enter")
        for step, minutes in zip(Step, (4, 19, 27, 9, 14, 5), strict=True):
            assert somebody.screen.STEP is step
            await hold_step(somebody, step)
            clock.advance(minutes=minutes)
            if step is Step.WORKED:
                await somebody.press("up", "up", "f4")
            if step.following is not None:
                await somebody.press("ctrl+n")
        service = somebody.screen.service
        pm = service.snapshot.post_mortem
        await somebody.press("f6")
        assert isinstance(app.screen, ReportScreen)
        await somebody.press("f6")
        assert "Written to" in somebody.said("echo")

    assert len(pm.norms_read) == 7
    assert len(pm.entries) >= 15
    assert len(by_parent(pm.causes)[None]) == 2
    assert any(len(answers) > 1 for parent, answers in by_parent(pm.causes).items() if parent is not None)
    assert sorted(leaf.mark for leaf in leaves(pm.causes)).count(Mark.ROOT) == 2
    assert len(pm.fixes) == 5
    assert all(fix.fate is not Fate.PARKED for fix in pm.fixes)
    assert len(pm.actions) == 4
    assert all(action.owner and action.due and action.done_when for action in pm.actions)
    assert settlement_standing(pm) is not None

    written = sorted(path.name for path in reports.iterdir())
    stem = "2017-02-09-campus-notebooks-come-up-empty"
    assert written == [f"{stem}.html", f"{stem}.json", f"{stem}.md", f"{stem}.pdf"]
    report = (reports / f"{stem}.md").read_text(encoding="utf-8")
    if os.environ.get("PMFACIL_GOLDEN") == "update":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(report, encoding="utf-8")
    assert report == GOLDEN.read_text(encoding="utf-8")


async def test_everything_that_was_done_in_a_meeting_can_be_undone_and_done_again(
    library: Library, tmp_path: Path
) -> None:
    app = make_app(library, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        somebody = Facilitator(pilot)
        await somebody.press("ctrl+r", "ctrl+n")
        for _ in range(4):
            await somebody.press("ctrl+r", "enter")
        done = somebody.screen.post_mortem
        for _ in range(4):
            await somebody.press("ctrl+z")
        assert somebody.screen.post_mortem.entries == ()
        assert somebody.said("echo").startswith("Undone: add an entry")
        for _ in range(4):
            await somebody.press("ctrl+y")
        assert somebody.screen.post_mortem == done
