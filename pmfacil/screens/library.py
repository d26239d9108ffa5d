"""Home: every post-mortem, newest first; begin, open, rename, duplicate, delete, rehearse."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from pmfacil.commands import Command, bindings
from pmfacil.core.errors import Refusal
from pmfacil.core.model import PostMortemId
from pmfacil.core.operations import rename
from pmfacil.core.text import shortened
from pmfacil.screens.dialogs.help import HelpScreen, help_rows
from pmfacil.screens.dialogs.new import Beginning, NewScreen
from pmfacil.screens.frame import TOO_SMALL
from pmfacil.screens.messages import OpenRequested, RehearsalRequested, ThemeRequested
from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.keys import keys_line
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line
from pmfacil.widgets.rows.library import Shelved, empty_rows, library_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets import Input

    from pmfacil.library import Library, Summary
    from pmfacil.widgets.glyphs import Glyphs

LIBRARY_COMMANDS: Final = (
    Command("library.help", "help", "help", "What pmfacil does, and the keys of this screen", "f1", rank=1),
    Command("library.new", "new", "new", "Begin a post-mortem", "ctrl+n", rank=1),
    Command("library.rehearse", "rehearse", "rehearse", "Practise on a real public incident", "ctrl+r", rank=1),
    Command("library.rename", "rename", "rename", "Give the highlighted post-mortem another title", "f4", rank=2),
    Command("library.copy", "duplicate", "duplicate", "Begin one with the same kind, agenda and people", "f5", rank=2),
    Command("library.delete", "delete", "delete", "Delete it; ^Z brings it back", "f8", rank=2),
    Command("library.undo", "undo", "undo", "Bring back what was deleted last", "ctrl+z", rank=3),
    Command("library.palette", "app.command_palette", "all", "Find any command by its name", "ctrl+p", rank=1),
    Command("library.worked", "worked", "open the worked example", "The rehearsal's incident, finished, to read"),
    Command("library.theme", "theme", "change the theme", "Calm, projector, or the terminal's own colours"),
)


class LibraryScreen(Screen[None]):
    """Typing narrows the list; Enter opens what is highlighted."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(LIBRARY_COMMANDS)

    def __init__(self, library: Library, glyphs: Glyphs) -> None:
        """Show this library."""
        super().__init__()
        self.library = library
        self.glyphs = glyphs
        self._answer: Callable[[str], bool] | None = None

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here."""
        return LIBRARY_COMMANDS

    def compose(self) -> ComposeResult:
        """Lay out title, list, line and keys."""
        with Vertical(id="frame"):
            with Horizontal(id="header"):
                yield Line("pmfacil", id="title")
                yield Line(id="ends")
            yield Line("From an incident to a report the room agreed on, in one sitting.", id="motto")
            yield Ledger(id="body")
            with Vertical(id="capture-bar"):
                with Horizontal(id="capture-row"):
                    yield Line(self.glyphs.prompt, id="sign")
                    yield CaptureLine(id="capture")
                with Horizontal(id="echo-row"):
                    yield Line(id="echo")
            yield Line(id="keys")
        yield Line(TOO_SMALL, id="too-small")

    def on_mount(self) -> None:
        """Wait for typing."""
        self.query_one(CaptureLine).focus()

    def on_screen_resume(self) -> None:
        """Show the library as it stands now."""
        self.show()

    def on_resize(self) -> None:
        """Fit the keys to the window."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self.show()
        if self.focused is None:  # a window that was too small had hidden the line
            self.query_one(CaptureLine).focus()

    def show(self, *, select: str | None = None) -> None:
        """Read the list again and show what fits the typed words."""
        summaries = self.library.summaries()
        wanted = "" if self._answer else self.query_one(CaptureLine).value.casefold().split()
        fitting = [one for one in summaries if all(word in _haystack(one) for word in wanted)]
        rows = library_rows(map(_shelved, fitting), self.library.now().astimezone().date(), self.glyphs)
        self.query_one(Ledger).show(rows if summaries else empty_rows(), select=select)
        count = len(summaries)
        self.query_one("#ends", Line).say(f"{count} post-mortem{'s' * (count != 1)}" if count else "")
        if not self._answer:
            self.query_one(CaptureLine).placeholder = "Type to narrow the list · Enter opens" if summaries else ""
        self.query_one("#keys", Line).say(keys_line(self.commands, self.size.width - 4))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list while typing."""
        event.stop()
        if not self._answer:
            self._tell("")
            self.show()

    def on_capture_line_entered(self, event: CaptureLine.Entered) -> None:
        """Open the highlighted post-mortem, or answer what was asked."""
        event.stop()
        if (answer := self._answer) is not None:
            if answer(event.text):
                self._let_go()
            else:
                event.capture.give_back(event.text)
        elif key := self.query_one(Ledger).key:
            self.post_message(OpenRequested(PostMortemId(key)))

    def on_capture_line_moved(self, event: CaptureLine.Moved) -> None:
        """Move the highlight."""
        event.stop()
        ledger = self.query_one(Ledger)
        if event.pages:
            ledger.page(event.by)
        else:
            ledger.step(event.by)

    def on_capture_line_let_go(self, event: CaptureLine.LetGo) -> None:
        """Leave what was asked, or show the whole list again."""
        event.stop()
        self._let_go()
        self._tell("")

    def on_capture_line_delete_requested(self, event: CaptureLine.DeleteRequested) -> None:
        """Delete what is highlighted."""
        event.stop()
        self.action_delete()

    def on_ledger_chosen(self, event: Ledger.Chosen) -> None:
        """Keep the hands on the keyboard: a click only moves the highlight."""
        event.stop()
        self.query_one(CaptureLine).focus()

    def action_help(self) -> None:
        """Explain pmfacil."""
        purpose = (
            "pmfacil leads a room through a blameless post-mortem: facts first, causes second, fixes only then. "
            "Everything is kept on this laptop the moment you press Enter; nothing is sent anywhere."
        )
        tips = (
            "Open a post-mortem and its first step begins, clock and all.",
            "Rehearse once before your first meeting.",
        )
        self.app.push_screen(HelpScreen("pmfacil", help_rows(purpose, tips, (), self.commands)))

    def action_new(self) -> None:
        """Ask for title, kind and day, and open what was begun."""

        def begun(beginning: Beginning | None) -> None:
            if beginning is not None:
                self._attempt(lambda: self._begin(beginning))

        self.app.push_screen(NewScreen(self.library.now().astimezone().date()), begun)

    def _begin(self, beginning: Beginning) -> None:
        new = self.library.begin(beginning.title, beginning.kind, beginning.occurred_on)
        self.post_message(OpenRequested(new))

    def action_rehearse(self) -> None:
        """Begin a rehearsal."""
        self.post_message(RehearsalRequested())

    def action_worked(self) -> None:
        """Open the finished example."""
        self.post_message(RehearsalRequested(worked=True))

    def action_rename(self) -> None:
        """Ask for another title."""
        if (one := self._highlighted()) is None:
            return

        def renamed(title: str) -> bool:
            return self._attempt(
                lambda: self.library.open(one.id).do(rename, title), f"Renamed “{shortened(title, 40)}”."
            )

        self._ask("Another title. Enter keeps · Esc leaves", renamed, one.title)

    def action_duplicate(self) -> None:
        """Begin one like the highlighted one."""
        if (one := self._highlighted()) is not None:
            self._attempt(
                lambda: self.show(select=self.library.duplicate(one.id)), "Begun with its kind, agenda and people."
            )

    def action_delete(self) -> None:
        """Ask, then delete."""
        if (one := self._highlighted()) is None:
            return

        def deleted(_typed: str) -> bool:
            return self._attempt(lambda: self.library.delete(one.id), "Deleted. ^Z brings it back.")

        self._ask(f"Delete “{shortened(one.title, 40)}”? Enter deletes · Esc keeps it", deleted, "")

    def action_undo(self) -> None:
        """Bring back what was deleted last."""

        def restored() -> None:
            back = self.library.restore()
            self.show(select=back)
            self._tell("It is back." if back else "Nothing was deleted since pmfacil was started.")

        self._attempt(restored)

    def action_theme(self) -> None:
        """Change to the next theme."""
        self.post_message(ThemeRequested())

    def _highlighted(self) -> Summary | None:
        key = self.query_one(Ledger).key
        one = next((one for one in self.library.summaries() if one.id == key), None)
        if one is None:
            self._tell("There is no post-mortem to do that with yet: ^N begins one.")
        return one

    def _ask(self, question: str, answer: Callable[[str], bool], seed: str) -> None:
        self._answer = answer
        self.query_one(CaptureLine).placeholder = ""
        self.query_one(CaptureLine).put(seed)
        self._tell(question, "-asking")

    def _let_go(self) -> None:
        self._answer = None
        self.query_one(CaptureLine).put("")
        self.show()

    def _attempt(self, act: Callable[[], object], said: str = "") -> bool:
        try:
            act()
        except Refusal as refusal:
            self._tell(str(refusal), "-refused")
            return False
        if said:
            self._tell(said)
        return True

    def _tell(self, words: str, manner: str = "") -> None:
        echo = self.query_one("#echo", Line)
        echo.set_class(manner == "-refused", "-refused")
        echo.set_class(manner == "-asking", "-asking")
        echo.say(words)


def _haystack(one: Summary) -> str:
    return f"{one.title} {one.kind.value} {one.occurred_on or ''} {one.stage.value}".casefold()


def _shelved(one: Summary) -> Shelved:
    return Shelved(
        id=one.id,
        title=one.title,
        kind=one.kind.value,
        stage=one.stage.value,
        day=one.occurred_on or one.created_at.astimezone().date(),
        open_actions=one.open_actions,
        follow_up_on=one.follow_up_on,
        rehearsal=one.rehearsal,
    )
