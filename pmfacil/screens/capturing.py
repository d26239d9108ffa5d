"""The capture line on a live screen: lines kept, half-typed words kept, questions asked in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmfacil.core.errors import NeedsReason, Refusal
from pmfacil.core.model import FixId
from pmfacil.core.operations import park_fix
from pmfacil.core.text import kept
from pmfacil.screens.conversation import Question
from pmfacil.screens.timed import TimedScreen
from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import ScreenSuspend
    from textual.timer import Timer
    from textual.widgets import Input

    from pmfacil.facilitation import Facilitation, Snapshot
    from pmfacil.widgets.glyphs import Glyphs

DRAFT_AFTER = 0.3  # seconds of quiet after which a half-typed line is on disk; half a second is the promise


class CapturingScreen(TimedScreen):
    """A live screen that takes lines. A subclass says what a line, Enter on a row and Delete on a row mean."""

    def __init__(self, service: Facilitation, glyphs: Glyphs) -> None:
        """Begin with nothing asked."""
        super().__init__(service, glyphs)
        self._question: Question | None = None
        self._draft_timer: Timer | None = None

    def submit(self, text: str) -> bool:
        """Keep a typed line; tell whether it was kept."""
        raise NotImplementedError

    def choose_row(self, key: str) -> None:
        """Enter was pressed on an empty line over this row."""

    def delete_row(self, key: str) -> None:
        """Delete was pressed on an empty line over this row."""

    def echo(self, text: str) -> str:  # noqa: ARG002 - a step that understands nothing echoes nothing
        """Return what would be understood of a line that is being typed."""
        return ""

    def invitation(self) -> str:
        """Return what the empty capture line invites to type."""
        return ""

    def show_keys(self) -> None:
        """Show what can be done now."""

    def show_beside(self) -> None:
        """Show what stands beside the list, where the highlight has moved."""

    @property
    def body(self) -> Ledger:
        """The list in the middle."""
        return self.query_one("#body", Ledger)

    @property
    def capture(self) -> CaptureLine:
        """The line that is always there."""
        return self.query_one("#capture", CaptureLine)

    # -- lines ------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Echo what is understood, and keep the half-typed line shortly after."""
        event.stop()
        if self._question is None:
            self._tell(self.echo(event.value) if kept(event.value) else "")
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(DRAFT_AFTER, self.keep_draft)

    def on_capture_line_entered(self, event: CaptureLine.Entered) -> None:
        """Take the line that was entered."""
        event.stop()
        self._take(event.text)
        self.paint()

    def _take(self, text: str) -> None:
        """Answer the question, choose the highlighted row, or keep the line; refused words come back."""
        if (question := self._question) is not None:
            self._answer(question, text)
        elif not kept(text):
            self.capture.dealt_with()
            if key := self.body.key:
                self.choose_row(key)
        elif self._keep(text):
            self.capture.dealt_with()
            self.call_after_refresh(self.keep_draft)  # first the room sees its line: this waits for the disk again
        else:
            self._give_back(text)

    def _give_back(self, text: str) -> None:
        self.capture.give_back(text)
        self.capture.dealt_with()

    def _keep(self, text: str) -> bool:
        if not text.lstrip().startswith("!"):
            return self.submit(text)
        fix = text.lstrip().removeprefix("!")
        return self.attempt(
            lambda: self.service.do(park_fix, FixId(self.service.new_id()), fix, self.service.now()),
            said="Parked. It comes back when the causes are settled.",
        )

    def action_park(self) -> None:
        """Park what is typed as a fix; on an empty line, begin one."""
        if self._question is not None:
            return
        text = self.capture.value.removeprefix("!")
        if kept(text):
            self.capture.enter(f"!{text}")
            self._take(f"!{text}")
        else:
            self.capture.put("! ")
            self.say("Type the fix. It goes into the vault, and nobody debates it now.")

    def on_capture_line_moved(self, event: CaptureLine.Moved) -> None:
        """Move the highlight; the line keeps its text."""
        event.stop()
        if event.pages:
            self.body.page(event.by)
        else:
            self.body.step(event.by)
        if self._question is None:
            self._tell(self.echo(self.capture.value) if kept(self.capture.value) else "")
        self.show_beside()
        self.show_keys()

    def on_capture_line_delete_requested(self, event: CaptureLine.DeleteRequested) -> None:
        """Delete the highlighted row; undo brings it back."""
        event.stop()
        if self._question is None and (key := self.body.key):
            self.delete_row(key)

    def on_capture_line_let_go(self, event: CaptureLine.LetGo) -> None:
        """Leave a question, or let an offer go."""
        event.stop()
        if self._question is not None:
            self._leave(self._question)
        else:
            self.decline_offer()

    def on_ledger_chosen(self, event: Ledger.Chosen) -> None:
        """Keep the hands on the keyboard: a click only moves the highlight."""
        event.stop()
        self.capture.focus()
        self.show_keys()

    def keep_draft(self) -> None:
        """Keep the half-typed line; a disk that refuses is told of, and the words stay on the screen."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        try:
            self.service.keep_draft(self.STEP, self.half_typed)
        except Refusal as refusal:
            self.say_refusal(refusal)

    @property
    def half_typed(self) -> str:
        """What was typed and is not kept yet, with what a question has set aside."""
        capture, question = self.capture, self._question
        typed = "" if question is not None and question.confirms else capture.value
        set_aside = question.set_aside if question is not None else ""
        return " ".join(part for part in (*capture.entered, set_aside, typed) if part)

    def on_screen_suspend(self, _event: ScreenSuspend) -> None:
        """Keep the half-typed line before another screen comes to the front."""
        self.keep_draft()

    def action_undo(self) -> None:
        """Take the newest change back; while words are half typed, they are what somebody means to mend."""
        if kept(self.capture.value):
            self.say("Enter keeps this line first, or clear it with ^U; then ^Z undoes.")
            return
        super().action_undo()

    # -- questions in place -------------------------------------------------------------------------------

    def ask(self, text: str, answer: Callable[[str], bool], *, seed: str = "") -> None:
        """Ask something in the capture line; what was half typed is set aside and comes back."""
        self._pose(Question(text, answer, set_aside=self._set_aside()), seed)

    def confirm(self, text: str, yes: Callable[[], bool]) -> None:
        """Ask for a yes: Enter says it, Esc does not."""
        self._pose(Question(text, lambda _typed: yes(), confirms=True, set_aside=self._set_aside()), "")

    def reasoned(self, act: Callable[[str], Snapshot], *, said: str = "") -> bool:
        """Do something that may need a reason; where it does, ask for the reason in place."""
        try:
            snapshot = act("")
        except NeedsReason as refusal:
            self.ask(refusal.question, lambda reason: self.attempt(lambda: act(reason), said=said))
            return False
        except Refusal as refusal:
            self.say_refusal(refusal)
            return False
        self.snapshot = snapshot
        self.say(said)
        return True

    def _set_aside(self) -> str:
        return self._question.set_aside if self._question else self.capture.value

    def _pose(self, question: Question, seed: str) -> None:
        self._question = question
        self.capture.placeholder = ""
        self.capture.put(seed)
        keys = "Enter yes · Esc not yet" if question.confirms else "Enter keeps · Esc leaves"
        self._tell(f"{question.text}  {keys}", "-asking")

    def _answer(self, question: Question, text: str) -> None:
        if not question.answer(text):
            self._give_back(text)
            return
        self.capture.dealt_with()
        if self._question is question:  # else the answer led to another question, which stands now
            self._restore(question)

    def _leave(self, question: Question) -> None:
        self.capture.put("")
        self._restore(question)
        self._tell("")

    def _restore(self, question: Question) -> None:
        self._question = None
        self.capture.give_back(question.set_aside)
        self.keep_draft()
        self.show_keys()

    # -- words under the line -------------------------------------------------------------------------------

    def say(self, words: str) -> None:
        """Show a sentence under the capture line until something else is typed."""
        self._tell(words)

    def say_refusal(self, refusal: Refusal) -> None:
        """Show why something was not done, and what to do instead."""
        self._tell(str(refusal), "-refused")

    def _tell(self, words: str, manner: str = "") -> None:
        echo = self.line("echo")
        echo.set_class(manner == "-refused", "-refused")
        echo.set_class(manner == "-asking", "-asking")
        echo.say(words)
