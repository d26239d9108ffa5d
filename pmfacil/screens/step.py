"""The base of the six live steps: the shared frame, the commands of every step, and the way between steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from pmfacil.commands import Command, bindings
from pmfacil.core.agenda import STEPS, Step
from pmfacil.core.guide import guidance
from pmfacil.core.model import Fate
from pmfacil.core.operations import land
from pmfacil.core.text import kept
from pmfacil.intake.dates import understand_date
from pmfacil.screens.dialogs.help import HelpScreen, help_rows
from pmfacil.screens.dialogs.pick import PickScreen
from pmfacil.screens.frame import Frame
from pmfacil.screens.ground import TOO_SMALL, WIDE
from pmfacil.screens.messages import ReportRequested, StepRequested
from pmfacil.screens.reviewing import ReviewingScreen
from pmfacil.screens.timed import TIME_COMMANDS
from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.keys import keys_line
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from pmfacil.core.guide import Prompt
    from pmfacil.facilitation import Facilitation, Snapshot
    from pmfacil.rehearsal import Said
    from pmfacil.screens.aids import Aids
    from pmfacil.widgets.glyphs import Glyphs
    from pmfacil.widgets.row import Row

_HEAD: Final = (
    Command("step.help", "help", "help", "What this step is for, its keys, good questions", "f1", rank=1),
    Command("step.question", "question", "question", "Ask the room the next question", "f2", rank=3),
    Command("step.park", "park", "park", "Put a fix into the vault until the causes are settled", "f3", rank=2),
)
_TAIL: Final = (
    Command("step.next", "next", "next step", "Go to the next step; its clock starts", "ctrl+n", rank=1),
    Command("step.undo", "undo", "undo", "Take the last change back, also after a restart", "ctrl+z", rank=3),
    Command("step.palette", "app.command_palette", "all", "Find any command by its name", "ctrl+p", rank=1),
    Command("step.room", "hear_room", "hear the room", "Put what the room says next into the line", "ctrl+r", rank=1),
    Command("step.back", "back", "previous step", "Go back a step; going back is always free", "ctrl+g"),
    Command("step.redo", "redo", "redo", "Bring back what undo took", "ctrl+y"),
    Command("step.report", "report", "report", "Read the report as it stands, and export it", "ctrl+s"),
    Command("step.library", "library", "library", "Back to all post-mortems; everything is kept", "ctrl+l"),
    Command("step.theme", "theme", "change the theme", "Calm, projector, or the terminal's own colours"),
    Command("step.land", "land", "land the meeting", "End with the causes incomplete and book part two"),
)
_AROUND_KEYS: Final = 6  # cells that frame and footer keep free at the sides
_GOTO: Final = tuple(
    Command(f"step.go_{step.value}", f"go('{step.value}')", f"go to {step.called.lower()}", f"Step {step.number}")
    for step in STEPS
)


class StepScreen(ReviewingScreen):
    """One step of the meeting. A subclass says what its rows are and which commands it adds."""

    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = ()
    BESIDE: ClassVar[str] = ""  # what the page beside the list answers; empty where there is none
    BINDINGS: ClassVar[list[BindingType]] = bindings((*_HEAD, *_TAIL, *TIME_COMMANDS))

    def __init__(
        self, service: Facilitation, glyphs: Glyphs, room: Callable[[], Said | None] | None, aids: Aids
    ) -> None:
        """Lead this step; in a rehearsal, `room` gives what the room says next."""
        super().__init__(service, glyphs, aids)
        self._room = room
        self._shown = False

    def rows(self, snapshot: Snapshot) -> list[Row]:
        """Return the body."""
        raise NotImplementedError

    def prompts(self) -> tuple[Prompt, ...]:
        """Return the questions of this step, the team's own first, for this kind of failure."""
        return (*self.aids.prompts.get(self.STEP, ()), *guidance(self.STEP, self.post_mortem.kind).prompts)

    def beside(self) -> list[Row]:
        """Return what stands beside the list where there is room, and on a page of its own where there is none."""
        return []

    @property
    def commands(self) -> tuple[Command, ...]:
        """This step's commands, the clock's, and those of every step."""
        every = (*_HEAD, *self.COMMANDS_HERE, *_TAIL, *TIME_COMMANDS, *_GOTO)
        return tuple(one for one in every if self.check_action(one.action.split("(")[0], ()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what makes no sense now from keys, footer and palette alike."""
        match action:
            case "hear_room":
                return self._room is not None
            case "speed":
                return self.post_mortem.rehearsal
            case "next":
                return self.STEP.following is not None
            case "back":
                return self.STEP.preceding is not None
            case _:
                return super().check_action(action, parameters)

    def compose(self) -> ComposeResult:
        """Lay out the frame, and what stands in its place where the window is too small."""
        yield Frame(self.glyphs, aside=bool(self.BESIDE))
        yield Line(TOO_SMALL, id="too-small")

    def on_mount(self) -> None:
        """Take up the half-typed line where it was left."""
        self.capture.put(self.service.draft(self.STEP))
        self.capture.focus()

    def on_resize(self) -> None:
        """Fit the frame to the window."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if not self.whole:
            return
        self.on_screen_resume()
        if self.focused is None:  # a window that was too small had hidden the line
            self.query_one(CaptureLine).focus()

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show a snapshot: body, parked counter, clock, question, keys."""
        if snapshot is None:
            return
        self.body.show(self.rows(snapshot))
        if self._shown:
            self.call_after_refresh(self._show_around)  # first the room sees its line, then what follows from it
        else:
            self._shown = True
            self._show_around()

    def _show_around(self) -> None:
        """Show what stands around the body."""
        if not self.whole:
            return
        fixes = self.post_mortem.fixes
        parked = sum(1 for fix in fixes if fix.fate is Fate.PARKED)
        self.line("parked").say(f"{parked} fix{'es' * (parked != 1)} parked" if parked else "")
        self.show_beside()
        self.show_time()
        self.show_prompt()
        self.show_keys()

    def show_beside(self) -> None:
        """Show what stands beside the list, where there is room and something to show."""
        rows = self.beside() if self.BESIDE and self.size.width >= WIDE else []
        self.set_class(bool(rows), "-aside")
        if rows:
            self.query_one("#aside", Ledger).show([replace(row, key="") for row in rows])

    def action_beside(self) -> None:
        """Show what stands beside the list as a page; Enter jumps to where a line of it belongs."""
        rows = self.beside()
        if not rows:
            self.say("There is nothing to look over yet.")
            return

        def picked(key: str | None) -> None:
            if key is not None:
                self.select(key)

        self.app.push_screen(PickScreen(self.BESIDE, rows), picked)

    def show_keys(self) -> None:
        """Show the keys that matter now, as many as fit, and what the empty line invites to type."""
        self.line("keys").say(keys_line(self.commands, self.size.width - _AROUND_KEYS))
        if self._question is None:
            self.capture.placeholder = self.invitation()

    def select(self, key: str) -> None:
        """Put the highlight on a row, for a jump from elsewhere."""
        self.body.select(key)
        self.show_keys()

    def action_help(self) -> None:
        """Explain this step."""
        advice = guidance(self.STEP, self.post_mortem.kind)
        questions = ((prompt.question, prompt.hint) for prompt in advice.prompts)
        page = help_rows(advice.purpose, advice.good_to_know, questions, self.commands)
        self.app.push_screen(HelpScreen(f"{self.STEP.number}  {self.STEP.called}", page))

    def action_next(self) -> None:
        """Go to the next step; what was half typed here stays here."""
        if (step := self.STEP.following) is not None and self.may_leave():
            self.post_message(StepRequested(step))

    def may_leave(self) -> bool:
        """Tell whether the step may be left now; a step may ask something once first."""
        return True

    def action_back(self) -> None:
        """Go back a step."""
        if (step := self.STEP.preceding) is not None:
            self.post_message(StepRequested(step))

    def action_go(self, step: str) -> None:
        """Go to any step."""
        self.post_message(StepRequested(Step(step)))

    def action_report(self) -> None:
        """Read the report as it stands."""
        self.post_message(ReportRequested())

    def action_hear_room(self) -> None:
        """Put what the room says next into the capture line, as a facilitator would type it."""
        if self._room is None or self._question is not None:
            return
        if kept(self.capture.value):
            self.say("Enter keeps this line first; then the room goes on.")
        elif (said := self._room()) is None:
            self.say("The room has said what it has to say here. ^N goes on.")
        else:
            if said.at:
                self.select(said.at)
            self.capture.put(said.line)
            self.say(said.tell or self.echo(said.line))

    def action_land(self) -> None:
        """Book part two and keep everything; the report will say that the causes are incomplete."""

        def booked(text: str) -> bool:
            today = self.service.now().date()
            day = understand_date(text, today)
            if kept(text) and day is None:
                self._tell("That is no day I know. Try “next tuesday”, “12 Mar”, or nothing at all.", "-refused")
                return False
            return self.attempt(
                lambda: self.service.do(land, day, self.service.now()),
                said="Landed. The report will say: causes incomplete, no actions agreed.",
            )

        self.ask("On which day is part two? Nothing: not booked yet.", booked)
