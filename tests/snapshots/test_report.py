"""The report as pictures: what is worth a look, how long it is, the forms, the version for readers outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmfacil.app import PmFacilApp
from pmfacil.core import operations as verbs
from pmfacil.core.ending import ActionId
from pmfacil.core.facts import Facts, PersonId
from pmfacil.core.kind import Kind
from pmfacil.exports import Exports
from tests.driving import Facilitator, until_measured
from tests.meetings import settle_something

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from pmfacil.core.model import PostMortemId
    from pmfacil.library import Library

    Story = Callable[[Facilitator], Awaitable[None]]

SIZES = [(80, 24), (120, 36)]


def _begun(library: Library) -> PostMortemId:
    from datetime import date, timedelta

    from pmfacil.core.model import Anchor, EntryId

    service = library.open(library.begin("Checkout charged cards twice", Kind.INCIDENT, date(2026, 3, 11)))
    settle_something(service)
    service.do(verbs.welcome, PersonId("p"), "Ana Ruiz", "on-call engineer")
    service.do(verbs.state_facts, Facts(lasted="42 minutes", people_affected="about 1,200", team="payments"))
    service.do(verbs.state_impact, "Falcon charged cards twice; Ana Ruiz forgot the flag, see https://wiki.corp/falcon")
    for anchor, minutes in ((Anchor.IMPACT_BEGAN, 0), (Anchor.DETECTED, 7), (Anchor.RESOLVED, 42)):
        at = service.now() - timedelta(hours=30) + timedelta(minutes=minutes)
        service.do(verbs.time_anchor, anchor, EntryId(anchor.value), at)
    causes = service.snapshot.post_mortem.settlements[0].causes
    service.do(verbs.agree_action, ActionId("a"), "Stage the release by region", causes, owner="Ana Ruiz")
    return service.snapshot.post_mortem.id


async def report(somebody: Facilitator) -> None:
    """What is worth a look stands on top; beside it where the report goes."""


async def report_below(somebody: Facilitator) -> None:
    """Scrolled down to the facts and the moments."""
    await somebody.press("pagedown")


async def report_forms(somebody: Facilitator) -> None:
    """The forms are chosen in one line."""
    await somebody.press("f8")


async def report_outside(somebody: Facilitator) -> None:
    """The version for readers outside, with what it masks."""
    await somebody.press("f9")


async def report_written(somebody: Facilitator) -> None:
    """Where the files are."""
    await somebody.press("f6")


STORIES = [report, report_below, report_forms, report_outside, report_written]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_the_report(
    story: Story,
    size: tuple[int, int],
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    snap_compare: Callable[..., bool],
) -> None:
    monkeypatch.chdir(tmp_path)  # so that the folder on the picture is the same everywhere

    async def play(pilot: Pilot[None]) -> None:
        await pilot.pause()
        somebody = Facilitator(pilot)
        await somebody.press("ctrl+s")
        await until_measured(pilot)
        await story(somebody)
        await until_measured(pilot)

    exports = Exports(Path("reports"), hidden=("Falcon",))
    app = PmFacilApp(library, Path("reports"), start=_begun(library), live=True, exports=lambda: exports)
    assert snap_compare(app, terminal_size=size, run_before=play)
