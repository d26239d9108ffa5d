"""Every screen in its main states, at the two sizes that people share: as pictures, to be looked at."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmfacil.app import PmFacilApp
from pmfacil.core import operations as verbs
from pmfacil.core.ending import ActionId
from pmfacil.core.kind import Kind
from pmfacil.rehearsal import rehearse
from pmfacil.screens.messages import OpenRequested
from pmfacil.widgets.glyphs import ASCII
from tests.driving import Facilitator
from tests.hostile import HOSTILE
from tests.meetings import settle_something

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from pmfacil.library import Library
    from tests.clock import FakeClock

    Story = Callable[[Facilitator, FakeClock], Awaitable[None]]
    Compare = Callable[..., bool]

SIZES = [(80, 24), (120, 36)]

# -- stories that begin in an empty library ------------------------------------------------------------


async def library_empty(somebody: Facilitator, clock: FakeClock) -> None:
    """The first run explains itself."""


async def new_dialog(somebody: Facilitator, clock: FakeClock) -> None:
    """Three fields, and an echo of what was understood."""
    await somebody.press("ctrl+n")
    await somebody.press(*"Checkout", "enter", "f5", "enter", *"yesterday")


async def _begun(somebody: Facilitator) -> None:
    somebody.app.post_message(
        OpenRequested(somebody.app._library.begin("Checkout outage", Kind.INCIDENT, date(2026, 3, 11)), live=True)
    )
    await somebody.pilot.pause()


async def open_step(somebody: Facilitator, clock: FakeClock) -> None:
    """Two norms read, two people here."""
    await _begun(somebody)
    await somebody.press("enter", "enter")
    await somebody.line("Ana Ruiz, on-call")
    await somebody.line("Ben Okoro, payments")
    clock.advance(minutes=1, seconds=20)
    somebody.app.beat()


async def timeline_empty(somebody: Facilitator, clock: FakeClock) -> None:
    """An empty step teaches in two lines."""
    await _begun(somebody)
    await somebody.press("ctrl+n")


async def _timeline(somebody: Facilitator) -> None:
    await _begun(somebody)
    await somebody.press("ctrl+n")
    await somebody.lines(
        "13:58 change Checkout 4.12 reaches all regions in one step https://deploys.example/4.12",
        "14:05 signal p99 latency alert fires, one of 140 in ten minutes (not acted on)",
        "~14:12 First support ticket",
        "14:31 decision Roll back rather than scale out, after a discussion in which three options were compared",
        "14:40-14:48 recovery Error rate back under 1 %",
        "? communication Status page says resolved",
    )
    await somebody.press("up", "up", "f4", "up", "up", "up", "f4")


async def timeline(somebody: Facilitator, clock: FakeClock) -> None:
    """Times, kinds, stars, a silent gap, an unknown time, and a line being typed."""
    await _timeline(somebody)
    clock.advance(minutes=1, seconds=18)
    somebody.app.beat()
    await somebody.line("! a canary stage")
    await somebody.write("14:52 communication status page says resolved")


async def timeline_agreed(somebody: Facilitator, clock: FakeClock) -> None:
    """A second account, the room's agreement, and an entry added after it."""
    await _timeline(somebody)
    await somebody.press("f6", "enter", "f7")
    await somebody.line("From support it began at 13:50")
    await somebody.line("15:02 communication All-clear mail goes out")


async def timeline_edit(somebody: Facilitator, clock: FakeClock) -> None:
    """An entry comes back into the line to be edited."""
    await _timeline(somebody)
    await somebody.press("enter")


CHAT = """\
on-call  2:05 PM
p99 latency on checkout is over 4 s in two regions, see https://graphs.example/p99
support  2:12 PM
first tickets: cards are charged twice
yes, three of them by now
on-call  2:31 PM
decided: roll back rather than scale out
## Afterwards
Thanks, everybody.
on-call  2:40 PM
error rate back under 1 %
on-call  12:10 AM
"""


async def preview(somebody: Facilitator, clock: FakeClock) -> None:
    """A pasted chat, line by line, one of them known already, one after midnight."""
    await _timeline(somebody)
    await somebody.paste(CHAT)
    await somebody.press("down", "down", "down", "down", "down", "space", "space")


async def preview_correct(somebody: Facilitator, clock: FakeClock) -> None:
    """A line of the paste comes into an input to be corrected."""
    await _timeline(somebody)
    await somebody.paste(CHAT)
    await somebody.press("f2")


async def echo_other_day(somebody: Facilitator, clock: FakeClock) -> None:
    """A time past midnight: the echo says how it was read, and which key flips it."""
    await _timeline(somebody)
    await somebody.write("0:20 communication All-clear goes out #resolved")


async def radar(somebody: Facilitator, clock: FakeClock) -> None:
    """What the timeline does not say yet, with two moments marked, on its own page."""
    await _timeline(somebody)
    await somebody.lines("14:55 recovery All regions are back #resolved", "13:59 First charge fails #impact")
    await somebody.press("f10", "down")


async def moment(somebody: Facilitator, clock: FakeClock) -> None:
    """Which moment is this entry?"""
    await _timeline(somebody)
    await somebody.lines("13:59 First charge fails #impact")
    await somebody.press("down", "shift+f5", "down")


async def foresight(somebody: Facilitator, clock: FakeClock) -> None:
    """The room stands at a decision: what came later is covered, and what was known then is noted."""
    await _timeline(somebody)
    await somebody.press("down", "down", "down", "shift+f2")
    await somebody.line("The last two incidents were in the database")
    await somebody.write("nobody had seen the ticket")


async def one_kind(somebody: Facilitator, clock: FakeClock) -> None:
    """Some entries alone, on two clocks."""
    await _timeline(somebody)
    await somebody.press("shift+f6", "f18", "ctrl+f")
    await somebody.line("regions")


async def hostile(somebody: Facilitator, clock: FakeClock) -> None:
    """Hostile words, shown as they were typed."""
    await _begun(somebody)
    await somebody.press("ctrl+n")
    names = ("closing markup", "clickable markup", "emoji", "combining marks", "controls", "html", "markdown")
    await somebody.lines(*(HOSTILE[name] for name in names))


async def help_page(somebody: Facilitator, clock: FakeClock) -> None:
    """What F1 says of a step."""
    await timeline_empty(somebody, clock)
    await somebody.press("f1")


async def causes_empty(somebody: Facilitator, clock: FakeClock) -> None:
    """Impact and trigger come first."""
    await _begun(somebody)
    await somebody.press("ctrl+n", "ctrl+n")


async def _causes(somebody: Facilitator) -> None:
    await _timeline(somebody)
    await somebody.press("ctrl+n")
    await somebody.lines(
        "Checkout failed for 38 % of customers, 52 minutes",
        "Release 4.12 turned on the new rounding path",
        "The rounding path divides by the shop's minor unit",
        "Shops without a minor unit reach the same code",
        "The currency table allows an empty minor unit",
        "Imports from partners skip the table's check",
        "No owner decides what partner data must hold",
    )
    await somebody.press("f4", "up", "up", "up", "up")
    await somebody.line("One step takes a release to every region")
    await somebody.line("The staged pipeline is switched off for hot fixes")


async def causes(somebody: Facilitator, clock: FakeClock) -> None:
    """A branch, a root cause, an open line, and where the next answer will hang."""
    await _causes(somebody)
    await somebody.write("hot fixes were exempted after the March freeze, for one week")


async def causes_reason(somebody: Facilitator, clock: FakeClock) -> None:
    """A root cause before the fifth why needs its reason, asked in place."""
    await _causes(somebody)
    await somebody.press("f4")


async def causes_refused(somebody: Facilitator, clock: FakeClock) -> None:
    """A person is refused as a root cause, with a better question."""
    await _causes(somebody)
    await somebody.line("Human error during the release")
    await somebody.press("f4")


async def evidence(somebody: Facilitator, clock: FakeClock) -> None:
    """Which entry shows it?"""
    await _causes(somebody)
    await somebody.press("f8", "down")


async def landing(somebody: Facilitator, clock: FakeClock) -> None:
    """Eight minutes left and the causes open: pmfacil offers to land."""
    await _causes(somebody)
    for _ in range(74):
        clock.advance(minutes=1)
        somebody.app.beat()
    await somebody.pilot.pause()


async def worked(somebody: Facilitator, clock: FakeClock) -> None:
    """Strengths in their areas, one to keep."""
    await _begun(somebody)
    await somebody.press("ctrl+n", "ctrl+n", "ctrl+n")
    await somebody.line("The graph showed it in two minutes")
    await somebody.press("f4", "f5")
    await somebody.line("Rolling back took four minutes")


async def reframe(somebody: Facilitator, clock: FakeClock) -> None:
    """A line that blames is kept, and a question is asked; one key rewords it."""
    await _timeline(somebody)
    await somebody.line("14:20 On-call failed to notice the alert")


async def reframe_rewording(somebody: Facilitator, clock: FakeClock) -> None:
    """The words come back into the line, under the question."""
    await reframe(somebody, clock)
    await somebody.press("ctrl+o")


async def causes_missing_fix(somebody: Facilitator, clock: FakeClock) -> None:
    """A cause that names a fix: parked with one key, and asked what was there instead."""
    await _causes(somebody)
    await somebody.line("There was no canary stage")


async def causes_found_before(somebody: Facilitator, clock: FakeClock) -> None:
    """A cause that an earlier post-mortem found, and what became of its action."""
    library = somebody.app._library
    earlier = library.open(library.begin("Payments outage", Kind.INCIDENT, date(2026, 1, 5)))
    settle_something(earlier)
    cause = earlier.snapshot.post_mortem.settlements[-1].causes[0]
    earlier.do(verbs.reword_cause, cause, "The staged pipeline is off for urgent fixes")
    earlier.do(verbs.agree_action, ActionId("a1"), "Stage urgent fixes too", (cause,), owner="Ana")
    await _causes(somebody)
    await somebody.press("f10")


async def actions_vague(somebody: Facilitator, clock: FakeClock) -> None:
    """A wish is kept, graded, and the questions that sharpen it stand beside it."""
    await _agreed(somebody)
    await somebody.line("improve monitoring")


async def actions_coach(somebody: Facilitator, clock: FakeClock) -> None:
    """Causes and actions, the mix, and what would sharpen the highlighted action, as a page."""
    await actions_vague(somebody, clock)
    await somebody.press("f10")


async def actions_locked(somebody: Facilitator, clock: FakeClock) -> None:
    """What is missing, with Enter to get there."""
    await _causes(somebody)
    await somebody.line("! a canary stage")
    await somebody.press("ctrl+n", "ctrl+n", "ctrl+n")


async def _settled(somebody: Facilitator) -> None:
    await _causes(somebody)
    await somebody.line("! a canary stage")
    await somebody.press("f5", "f6", "enter", "ctrl+n")
    await somebody.line("The graph showed it in two minutes")
    await somebody.press("ctrl+n")


async def causes_settled(somebody: Facilitator, clock: FakeClock) -> None:
    """The room called the picture complete."""
    await _causes(somebody)
    await somebody.press("f5", "f6", "enter")


async def actions_adopt(somebody: Facilitator, clock: FakeClock) -> None:
    """A parked fix comes back and is finished in the line."""
    await _settled(somebody)
    await somebody.press("f4")


async def _agreed(somebody: Facilitator) -> None:
    await _settled(somebody)
    await somebody.press("f4")
    await somebody.line("Add a canary stage @ana by fri #prevent /B when: a bad build stops at 5 %")
    await somebody.line("Require a minor unit in partner imports @ben /A")


async def actions(somebody: Facilitator, clock: FakeClock) -> None:
    """Coverage of causes, one action ready, one that still lacks its date."""
    await _agreed(somebody)


async def close(somebody: Facilitator, clock: FakeClock) -> None:
    """Read back, and the fields of the report half filled."""
    await _agreed(somebody)
    await somebody.press("ctrl+n", "enter", "down")
    await somebody.line("Ana Ruiz")
    await somebody.line("Payments and support")


async def over_time(somebody: Facilitator, clock: FakeClock) -> None:
    """Over time counts up, and pmfacil offers to share out what is left."""
    await timeline_empty(somebody, clock)
    for _ in range(27):
        clock.advance(minutes=1)
        somebody.app.beat()
    await somebody.pilot.pause()


async def gap(somebody: Facilitator, clock: FakeClock) -> None:
    """The laptop slept: does the gap count?"""
    await _timeline(somebody)
    clock.advance(minutes=42)
    somebody.app.beat()
    await somebody.pilot.pause()


async def presenter(somebody: Facilitator, clock: FakeClock) -> None:
    """Question and clock alone."""
    await timeline_empty(somebody, clock)
    await somebody.press("f12")


async def palette(somebody: Facilitator, clock: FakeClock) -> None:
    """Every command by its name."""
    await timeline_empty(somebody, clock)
    await somebody.press("ctrl+p")
    await somebody.press(*"star")
    await somebody.app.workers.wait_for_complete()
    await somebody.pilot.pause(0.3)


STORIES = [
    library_empty, new_dialog, open_step, timeline_empty, timeline, timeline_agreed, timeline_edit, hostile, help_page,
    reframe, reframe_rewording, causes_missing_fix, causes_found_before, actions_vague, actions_coach,
    preview, preview_correct, echo_other_day, radar, moment, foresight, one_kind,
    causes_empty, causes, causes_reason, causes_refused, evidence, landing, worked, actions_locked, causes_settled,
    actions_adopt, actions, close, over_time, gap, presenter, palette,
]  # fmt: skip


def _before(story: Story, clock: FakeClock) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def run(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await story(Facilitator(pilot), clock)
        await pilot.pause()

    return run


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_screen(
    story: Story, size: tuple[int, int], library: Library, clock: FakeClock, tmp_path: Path, snap_compare: Compare
) -> None:
    app = PmFacilApp(library, tmp_path / "reports")
    assert snap_compare(app, terminal_size=size, run_before=_before(story, clock))


@pytest.mark.parametrize("story", [library_empty, timeline, causes, actions, close], ids=lambda story: story.__name__)
@pytest.mark.parametrize("theme", ["projector", "terminal"])
def test_theme(
    story: Story, theme: str, library: Library, clock: FakeClock, tmp_path: Path, snap_compare: Compare
) -> None:
    app = PmFacilApp(library, tmp_path / "reports", theme=theme)
    assert snap_compare(app, terminal_size=(120, 36), run_before=_before(story, clock))


def test_signs_in_ascii(library: Library, clock: FakeClock, tmp_path: Path, snap_compare: Compare) -> None:
    app = PmFacilApp(library, tmp_path / "reports", glyphs=ASCII)
    assert snap_compare(app, terminal_size=(120, 36), run_before=_before(causes, clock))


def test_a_window_that_is_too_small_says_so(
    library: Library, clock: FakeClock, tmp_path: Path, snap_compare: Compare
) -> None:
    app = PmFacilApp(library, tmp_path / "reports")
    assert snap_compare(app, terminal_size=(60, 18), run_before=_before(timeline_empty, clock))


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
@pytest.mark.parametrize("screen", ["library", "report", "worked example closed"])
def test_worked_example(
    screen: str, size: tuple[int, int], library: Library, clock: FakeClock, tmp_path: Path, snap_compare: Compare
) -> None:
    worked_id = rehearse(library, worked=True)
    rehearse(library, worked=False)

    async def go(somebody: Facilitator, _clock: FakeClock) -> None:
        if screen == "worked example closed":
            await somebody.press("ctrl+s")

    app = PmFacilApp(library, Path("reports"), start=None if screen == "library" else worked_id)
    assert snap_compare(app, terminal_size=size, run_before=_before(go, clock))
