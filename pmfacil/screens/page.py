"""A page with one list and one line: what the library, the report and every screen around the meeting share."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical

from pmfacil.core.errors import Refusal
from pmfacil.screens.ground import TOO_SMALL, Ground
from pmfacil.screens.messages import LibraryRequested, ThemeRequested
from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.keys import keys_line
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.geometry import Size
    from textual.widgets import Input

    from pmfacil.commands import Command
    from pmfacil.widgets.glyphs import Glyphs

_AROUND_KEYS = 4  # cells that frame and footer keep free at the sides


class PageScreen(Ground):
    """Enter takes the typed line, or chooses the highlighted row; a question is asked in the line itself.

    A subclass shows its rows in `show` and says what a line, Enter and Delete on a row mean.
    """

    NAME: ClassVar[str] = ""  # over the help page
    PURPOSE: ClassVar[str] = ""
    TIPS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, glyphs: Glyphs) -> None:
        """Draw with these signs; nothing is asked yet."""
        super().__init__(glyphs)
        self._question: Callable[[str], bool] | None = None
        self._set_aside = ""
        self._fitted: tuple[Size, ...] = ()

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here."""
        return ()

    @property
    def body(self) -> Ledger:
        """The list in the middle."""
        return self.query_one("#body", Ledger)

    @property
    def capture(self) -> CaptureLine:
        """The line that is always there."""
        return self.query_one("#capture", CaptureLine)

    @property
    def half_typed(self) -> str:
        """What was typed and is not kept yet, with what a question has set aside."""
        return " ".join(part for part in (*self.capture.entered, self._set_aside, self.capture.value) if part)

    @property
    def asking(self) -> bool:
        """Whether the line answers a question now."""
        return self._question is not None

    def show(self) -> None:
        """Show the page as it stands now."""

    def submit(self, text: str) -> bool:  # noqa: ARG002 - a page that takes no lines keeps them on the screen
        """Keep a typed line; tell whether it was kept."""
        return False

    def choose_row(self, key: str) -> None:
        """Enter was pressed on an empty line over this row."""

    def delete_row(self, key: str) -> None:
        """Delete was pressed on an empty line over this row."""

    def let_go(self) -> None:
        """Esc was pressed with nothing asked."""

    def typed(self, text: str) -> None:
        """Follow the line while nothing is asked."""

    def room(self) -> tuple[Size, ...]:
        """Return the sizes that the page was shown for; it is shown anew when they are others."""
        return self.size, self.body.size

    def invitation(self) -> str:
        """Return what the empty line invites to type."""
        return ""

    # -- the frame ----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay out header, page, line and keys."""
        with Vertical(id="frame"):
            with Horizontal(id="header"):
                yield Line(id="title")
                yield Line(id="ends")
            yield from self.compose_above()
            with Horizontal(id="middle"):
                yield Ledger(id="body")
                yield Ledger(id="aside")
            with Vertical(id="capture-bar"):
                with Horizontal(id="capture-row"):
                    yield Line(self.glyphs.prompt, id="sign")
                    yield CaptureLine(id="capture")
                with Horizontal(id="echo-row"):
                    yield Line(id="echo")
            yield Line(id="keys")
        yield Line(TOO_SMALL, id="too-small")

    def compose_above(self) -> ComposeResult:
        """Lay out what stands between header and list."""
        yield from ()

    def on_mount(self) -> None:
        """Wait for typing."""
        self.capture.focus()

    def on_screen_resume(self) -> None:
        """Show the present: it may have changed while another screen was in front."""
        self.refresh_page()

    def on_resize(self) -> None:
        """Fit the page to the window."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if not self.query(CaptureLine):
            return  # while an app ends, the parts go before the screen does
        if self._fitted != self.room():  # Textual tells of one window more than once
            self.refresh_page()
        if self.focused is None:  # a window that was too small had hidden the line
            self.capture.focus()

    def refresh_page(self) -> bool:
        """Show the page, the keys and the invitation anew; what cannot be read is said. Tell whether it could."""
        self._fitted = self.room()
        shown = True
        try:
            self.show()
        except Refusal as refusal:
            shown = False
            self.say_refusal(refusal)
        self.show_keys()
        return shown

    def show_keys(self) -> None:
        """Show the keys that matter now, as many as fit, and what the empty line invites to type."""
        self.query_one("#keys", Line).say(keys_line(self.commands, self.app.size.width - _AROUND_KEYS))
        if not self.asking:
            self.capture.placeholder = self.invitation()

    def head(self, title: str, note: str = "") -> None:
        """Show what the page is, and quietly how much of it there is."""
        self.query_one("#title", Line).say(title)
        ends = self.query_one("#ends", Line)
        if len(note) != len(ends.said):
            ends.refresh(layout=True)  # it is as wide as its words
        ends.say(note)

    # -- lines --------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Follow what is typed."""
        event.stop()
        if not self.asking:
            self.typed(event.value)

    def on_capture_line_entered(self, event: CaptureLine.Entered) -> None:
        """Answer what was asked, keep the line, or choose the highlighted row."""
        event.stop()
        if (answer := self._question) is not None:
            if not answer(event.text):
                event.capture.give_back(event.text)
            elif self._question is answer:  # else the answer led to another question, which stands now
                self._end_question()
        elif not event.text.strip():
            if key := self.body.key:
                self.choose_row(key)
        elif not self.submit(event.text):
            event.capture.give_back(event.text)
        event.capture.dealt_with()
        self.keep_draft()
        self.show_keys()

    def on_capture_line_moved(self, event: CaptureLine.Moved) -> None:
        """Move the highlight; the line keeps its text."""
        event.stop()
        if event.pages:
            self.body.page(event.by)
        else:
            self.body.step(event.by)
        self.show_keys()

    def on_capture_line_let_go(self, event: CaptureLine.LetGo) -> None:
        """Leave what was asked; with nothing asked, what the page does then."""
        event.stop()
        if self.asking:
            self._end_question(left=True)
            self.say("")
        else:
            self.let_go()

    def on_capture_line_delete_requested(self, event: CaptureLine.DeleteRequested) -> None:
        """Delete what is highlighted."""
        event.stop()
        if not self.asking and (key := self.body.key):
            self.delete_row(key)

    def on_ledger_chosen(self, event: Ledger.Chosen) -> None:
        """Keep the hands on the keyboard: a click only moves the highlight."""
        event.stop()
        self.capture.focus()
        self.show_keys()

    # -- questions and words under the line ---------------------------------------------------------------

    def ask(self, question: str, answer: Callable[[str], bool], seed: str = "", *, keys: str = "keeps") -> None:
        """Ask something in the line; what was half typed is set aside and comes back. `keys` says what Enter does."""
        if self._question is None:
            self._set_aside = self.capture.value
        self._question = answer
        self.capture.placeholder = ""
        self.capture.put(seed)
        self._tell(f"{question}  Enter {keys} · Esc leaves", "-asking")

    def _end_question(self, *, left: bool = False) -> None:
        self._question = None
        if left:
            self.capture.put("")
        self.capture.give_back(self._set_aside)  # before what was typed since Enter
        self._set_aside = ""
        self.refresh_page()

    def attempt(self, act: Callable[[], object], said: str = "") -> bool:
        """Do something that may be refused; show the page anew, or the reason. Tell whether it was done."""
        try:
            act()
        except Refusal as refusal:
            self.say_refusal(refusal)
            return False
        if self.refresh_page():
            self.say(said)
        return True

    def say(self, words: str) -> None:
        """Show a sentence under the line."""
        self._tell(words)

    def say_refusal(self, refusal: Refusal) -> None:
        """Show why something was not done."""
        self._tell(str(refusal), "-refused")

    def _tell(self, words: str, manner: str = "") -> None:
        echo = self.query_one("#echo", Line)
        echo.set_class(manner == "-refused", "-refused")
        echo.set_class(manner == "-asking", "-asking")
        echo.say(words)

    # -- what every page can do ---------------------------------------------------------------------------

    def action_help(self) -> None:
        """Explain this page."""
        from pmfacil.screens.dialogs.help import HelpScreen, help_rows

        self.app.push_screen(HelpScreen(self.NAME, help_rows(self.PURPOSE, self.TIPS, (), self.commands)))

    def action_library(self) -> None:
        """Go back to the list of all post-mortems."""
        self.post_message(LibraryRequested())

    def action_theme(self) -> None:
        """Change to the next theme."""
        self.post_message(ThemeRequested())
