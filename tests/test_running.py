"""The app run to its end: a fault brings the calm screen, the same one at once again ends it, signals end it kindly."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import pytest

from pmfacil.app import PmFacilApp
from pmfacil.core.agenda import Step
from pmfacil.crash import CrashLog
from pmfacil.running import HUNG_UP, STUMBLED, Stumbles, run_enduring
from pmfacil.screens.calm import CalmScreen
from pmfacil.screens.library import LibraryScreen
from pmfacil.screens.timed import TimedScreen
from pmfacil.widgets.clock import BigClock
from pmfacil.widgets.plain import Line
from tests.clock import FakeClock
from tests.driving import Facilitator

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from pmfacil.crash import Calm
    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library
    from pmfacil.store import SqlShelf

    Story = Callable[[Facilitator], Awaitable[None]]

WORDS = "Kestrel"


class Runs:
    """Runs the app without a terminal; each app that is made plays the next story."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.log = CrashLog(folder / "log" / "crashes.log", FakeClock())
        self.clock = 0.0
        self.present = True
        self.reports = folder / "reports"
        self._library = library

    def __call__(self, begun: Facilitation, *stories: Story) -> int:
        left, failed = list(stories), list[BaseException]()

        def make(calm: Calm | None) -> PmFacilApp:
            app = PmFacilApp(
                self._library, self.reports, start=begun.id if calm is None else None, live=True, calm=calm
            )
            play = _played(left.pop(0), failed)
            app.run_async = partial(app.run_async, headless=True, size=(120, 36), auto_pilot=play)  # type: ignore[method-assign,arg-type]  # no terminal here
            return app

        code = run_enduring(make, self.log, clock=lambda: self.clock, present=lambda: self.present)
        if failed:
            raise failed[0]
        assert left == []
        return code

    @property
    def noted(self) -> str:
        return self.log.path.read_text(encoding="utf-8") if self.log.path.exists() else ""


def _played(story: Story, failed: list[BaseException]) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def play(pilot: Pilot[None]) -> None:
        try:
            await pilot.pause()
            await story(Facilitator(pilot))
        except BaseException as fault:
            failed.append(fault)
            raise

    return play


@pytest.fixture
def runs(library: Library, tmp_path: Path) -> Runs:
    return Runs(library, tmp_path)


@pytest.fixture(autouse=True)
def _faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """F2 breaks, as does a line of the library that is asked to be renamed."""

    def fail(_screen: object) -> NoReturn:
        words = f"{WORDS} was half typed"
        raise RuntimeError(words)

    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 1 / 60)  # what breaks while it is drawn, breaks in the app
    monkeypatch.setattr(TimedScreen, "action_question", fail)
    monkeypatch.setattr(LibraryScreen, "action_rename", fail)


async def _break(somebody: Facilitator) -> None:
    somebody.app.simulate_key("f2")


async def _leave(somebody: Facilitator) -> None:
    somebody.app.exit()


async def _half_typed_then_broken(somebody: Facilitator) -> None:
    await somebody.press("ctrl+n")
    await somebody.line("14:06 signal first ticket")
    await somebody.write(f"14:12 {WORDS} calls")
    await _break(somebody)


def _refused_by(shelf: SqlShelf) -> Story:
    """Half a line that the disk does not take, and then the fault."""

    async def refused(somebody: Facilitator) -> None:
        shelf._connection.execute("PRAGMA query_only = ON")
        await somebody.write("half typed")
        await _break(somebody)

    return refused


async def _calm(somebody: Facilitator) -> str:
    assert isinstance(somebody.app.screen, CalmScreen)
    return " ".join(line.said for line in somebody.app.screen.query(Line))


async def _go_on(somebody: Facilitator) -> None:
    """From the calm screen through the library to the meeting."""
    await somebody.press("enter")
    assert isinstance(somebody.app.screen, LibraryScreen)
    await somebody.press("enter")


def test_after_a_fault_the_meeting_is_where_it_was(
    runs: Runs, service: Facilitation, capfd: pytest.CaptureFixture[str]
) -> None:
    async def back(somebody: Facilitator) -> None:
        said = await _calm(somebody)
        assert "Nothing is lost." in said
        assert WORDS not in said
        assert str(runs.log.path) in said
        await _go_on(somebody)
        assert somebody.screen.STEP is Step.TIMELINE
        assert somebody.typed == f"14:12 {WORDS} calls"
        assert "first ticket" in somebody.body
        await _leave(somebody)

    assert runs(service, _half_typed_then_broken, back) == 0
    assert "RuntimeError" in runs.noted
    assert WORDS not in runs.noted
    assert "".join(capfd.readouterr()) == ""


@pytest.mark.parametrize(
    "where", ["a heartbeat", "an arrangement", "a message", "a timer", "a worker", "an entrance", "a welcome"]
)
def test_wherever_it_comes_from_the_screen_stays_calm(
    runs: Runs,
    service: Facilitation,
    where: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    broken = pytest.MonkeyPatch()

    def fail(*_given: object, **_named: object) -> NoReturn:
        raise LookupError(WORDS)

    async def fault(somebody: Facilitator) -> None:
        await somebody.write("half typed")
        match where:
            case "a heartbeat":
                broken.setattr(BigClock, "tell", fail)
                somebody.app.call_later(somebody.app.beat)
            case "an arrangement":
                broken.setattr(Line, "get_content_height", fail)
                somebody.screen.query_one("#question", Line).refresh(layout=True)
            case "a message":
                somebody.app.call_later(fail)
            case "a timer":
                somebody.screen.set_timer(0.001, fail)
            case "a worker":
                somebody.app.run_worker(fail, thread=True)
            case "an entrance":
                broken.setattr("pmfacil.screens.step.StepScreen.compose", fail)
                somebody.app.simulate_key("ctrl+n")
            case _:  # the line is there, and nothing in it yet
                service.keep_draft("timeline", "half typed")
                broken.setattr("pmfacil.screens.step.StepScreen.on_mount", fail)
                somebody.app.simulate_key("ctrl+n")
        await somebody.app._exception_event.wait()
        broken.undo()

    async def calm(somebody: Facilitator) -> None:
        assert "Nothing is lost." in await _calm(somebody)
        await _go_on(somebody)
        assert somebody.typed == ("" if where == "an entrance" else "half typed")
        await _leave(somebody)

    assert runs(service, fault, calm) == 0
    assert "LookupError" in runs.noted
    assert WORDS not in runs.noted + "".join(capfd.readouterr())


def test_a_half_typed_line_that_the_disk_refused_is_held_over_the_fault(
    runs: Runs, service: Facilitation, shelf: SqlShelf
) -> None:
    async def refused(somebody: Facilitator) -> None:
        await somebody.press("ctrl+n")
        shelf._connection.execute("PRAGMA query_only = ON")
        await somebody.write("14:12 half typed")
        await _break(somebody)

    async def still_refused(somebody: Facilitator) -> None:
        assert "pmfacil holds it while it runs" in await _calm(somebody)
        await _go_on(somebody)
        assert somebody.typed == "14:12 half typed"
        runs.clock += 60
        await _break(somebody)

    async def refused_in_the_library(somebody: Facilitator) -> None:
        assert "pmfacil holds it while it runs" in await _calm(somebody)
        await somebody.press("enter")
        runs.clock += 60
        somebody.app.simulate_key("f4")

    async def taken(somebody: Facilitator) -> None:
        assert "pmfacil holds it while it runs" in await _calm(somebody)
        shelf._connection.execute("PRAGMA query_only = OFF")
        await _go_on(somebody)
        assert somebody.typed == "14:12 half typed"
        await _leave(somebody)

    assert runs(service, refused, still_refused, refused_in_the_library, taken) == 0
    assert shelf.load(service.id).drafts["timeline"] == "14:12 half typed"


def test_what_is_held_over_a_fault_is_said_and_written_down_when_somebody_leaves(
    runs: Runs, service: Facilitation, shelf: SqlShelf, capfd: pytest.CaptureFixture[str]
) -> None:
    async def left(somebody: Facilitator) -> None:
        await somebody.app.action_quit()

    assert runs(service, _refused_by(shelf), left) == 0
    assert "open: half typed" in capfd.readouterr().err
    (words,) = runs.reports.glob("*-half-typed.txt")
    assert words.read_text(encoding="utf-8") == "open: half typed\n"


def test_what_is_held_is_said_where_the_same_fault_ends_it(
    runs: Runs, service: Facilitation, shelf: SqlShelf, capfd: pytest.CaptureFixture[str]
) -> None:
    async def again(somebody: Facilitator) -> None:
        await _go_on(somebody)
        await _break(somebody)

    assert runs(service, _refused_by(shelf), again) == STUMBLED
    assert "open: half typed" in capfd.readouterr().err
    assert len(list(runs.reports.glob("*-half-typed.txt"))) == 1


@pytest.mark.usefixtures("_no_streams_lost")
def test_what_is_held_is_written_down_where_the_terminal_went_with_a_fault(
    runs: Runs, service: Facilitation, shelf: SqlShelf
) -> None:
    async def refused(somebody: Facilitator) -> None:
        shelf._connection.execute("PRAGMA query_only = ON")
        await somebody.write("half typed")
        runs.present = False
        await _break(somebody)

    assert runs(service, refused) == HUNG_UP
    assert len(list(runs.reports.glob("*-half-typed.txt"))) == 1


@pytest.mark.parametrize("place", ["timeline", "prepare"])
def test_a_line_whose_enter_broke_is_in_the_line_again(
    runs: Runs, service: Facilitation, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> NoReturn:
        raise LookupError

    async def entered(somebody: Facilitator) -> None:
        await somebody.app.switch_mode(place)
        await somebody.pilot.pause()
        with monkeypatch.context() as broken:
            broken.setattr("pmfacil.facilitation.Facilitation.do", fail)
            await somebody.write(f"14:12 {WORDS} calls")
            somebody.app.simulate_key("enter")
            somebody.app.simulate_key("x")  # typed since
            await somebody.app._exception_event.wait()

    async def again(somebody: Facilitator) -> None:
        assert "the one half typed too" in await _calm(somebody)
        await _leave(somebody)

    assert runs(service, entered, again) == 0
    assert service._repository.load(service.id).drafts[place].startswith(f"14:12 {WORDS} calls")


def test_a_line_that_is_parked_while_the_disk_breaks_is_in_the_line_again(
    runs: Runs, service: Facilitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def parked(somebody: Facilitator) -> None:
        await somebody.write(f"restart {WORDS}")
        with monkeypatch.context() as broken:
            broken.setattr("pmfacil.facilitation.Facilitation.do", lambda *_given: 1 / 0)
            somebody.app.simulate_key("f3")
            await somebody.app._exception_event.wait()

    assert runs(service, parked, _leave) == 0
    assert service._repository.load(service.id).drafts["open"] == f"!restart {WORDS}"


def test_where_the_half_typed_line_could_not_be_kept_it_is_not_said_to_be(
    runs: Runs, service: Facilitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fault(somebody: Facilitator) -> None:
        await somebody.write("half typed")
        monkeypatch.setattr("pmfacil.screens.capturing.CapturingScreen.keep_draft", lambda _screen: 1 / 0)
        await _break(somebody)

    async def calm(somebody: Facilitator) -> None:
        said = await _calm(somebody)
        assert "the last half second may be missing" in said
        assert "Nothing that you entered is lost." in said
        await _leave(somebody)

    assert runs(service, fault, calm) == 0


def test_a_disk_that_takes_no_log_is_said(runs: Runs, service: Facilitation) -> None:
    runs.log.path.parent.write_text("a file where the folder should be", encoding="utf-8")

    async def calm(somebody: Facilitator) -> None:
        assert "could not be noted" in await _calm(somebody)
        await _break_out(somebody)

    async def _break_out(somebody: Facilitator) -> None:
        await _go_on(somebody)
        await _break(somebody)

    assert runs(service, _break, calm) == STUMBLED


def test_the_same_fault_at_once_again_ends_it_with_a_sentence(
    runs: Runs, service: Facilitation, capfd: pytest.CaptureFixture[str]
) -> None:
    async def again(somebody: Facilitator) -> None:
        await _go_on(somebody)
        runs.clock += 9
        await _break(somebody)

    assert runs(service, _break, again) == STUMBLED
    told = capfd.readouterr().err
    assert "the same thing went wrong again" in told
    assert str(runs.log.path) in told
    assert WORDS not in told


def test_the_same_fault_later_again_is_met_as_calmly(runs: Runs, service: Facilitation) -> None:
    async def later(somebody: Facilitator) -> None:
        await _go_on(somebody)
        runs.clock += 11
        await _break(somebody)

    assert runs(service, _break, later, _leave) == 0


def test_another_fault_is_no_loop_unless_nobody_could_go_on() -> None:
    now = [0.0]
    stumbles = Stumbles(lambda: now[0])
    assert not stumbles.again("here")
    stumbles.go_on()
    assert not stumbles.again("there")
    assert stumbles.again("elsewhere"), "the calm screen itself broke"


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_keeps_the_half_typed_line_and_ends_with_its_number(
    runs: Runs, service: Facilitation, name: str
) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)

    async def signalled(somebody: Facilitator) -> None:
        await somebody.write("half typed")
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)

    assert runs(service, signalled) == 128 + number
    assert service._repository.load(service.id).drafts["open"] == "half typed"
    assert signal.getsignal(number) is before


@pytest.fixture
def _no_streams_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmfacil.running._abandon_output", lambda: None)


@pytest.mark.usefixtures("_no_streams_lost")
def test_a_terminal_that_went_away_ends_it_and_nothing_is_lost(runs: Runs, service: Facilitation) -> None:
    """The writing thread is the first to notice; the app learns it from the thread's end."""

    async def gone(somebody: Facilitator) -> None:
        await somebody.write("half typed")
        runs.present = False

        def write() -> NoReturn:
            raise OSError(5, "Input/output error")

        threading.Thread(target=write).start()

    assert runs(service, gone) == HUNG_UP
    assert service._repository.load(service.id).drafts["open"] == "half typed"


@pytest.mark.usefixtures("_no_streams_lost")
def test_keys_that_end_with_the_terminal_are_no_fault(runs: Runs, service: Facilitation) -> None:
    async def gone(somebody: Facilitator) -> None:
        runs.present = False
        somebody.app.call_later(somebody.app.panic, "what Textual makes of the reading thread's end")

    assert runs(service, gone) == HUNG_UP
    assert runs.noted == ""


def test_keys_that_end_while_the_terminal_is_there_are_one(runs: Runs, service: Facilitation) -> None:
    async def unread(somebody: Facilitator) -> None:
        somebody.app.call_later(somebody.app.panic, "as above")

    assert runs(service, unread, _leave) == 0
    assert "KeysUnread" in runs.noted


def test_the_terminal_is_looked_for_once_a_second(
    runs: Runs, service: Facilitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pmfacil.running._abandon_output", lambda: None)
    monkeypatch.setattr("pmfacil.running.LOOKED_FOR_EVERY", 0.05)

    async def gone(somebody: Facilitator) -> None:
        runs.present = False

    assert runs(service, gone) == HUNG_UP


def test_what_fails_beside_the_app_is_noted_and_prints_nothing(
    runs: Runs, service: Facilitation, capfd: pytest.CaptureFixture[str]
) -> None:
    class Loud:
        def __del__(self) -> None:
            raise KeyError(WORDS)

    def fail() -> NoReturn:
        raise ValueError(WORDS)

    async def beside(somebody: Facilitator) -> None:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        Loud()
        asyncio.get_running_loop().call_exception_handler({"message": WORDS, "exception": LookupError(WORDS)})
        asyncio.get_running_loop().call_exception_handler({"message": WORDS})
        await _leave(somebody)

    hooks = threading.excepthook, sys.unraisablehook
    assert runs(service, beside) == 0
    assert hooks == (threading.excepthook, sys.unraisablehook)
    assert [kind for kind in ("ValueError", "KeyError", "LookupError") if kind not in runs.noted] == []
    assert WORDS not in runs.noted + "".join(capfd.readouterr())
