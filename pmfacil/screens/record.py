"""A post-mortem that was written elsewhere, to be read: nothing here changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final
from unicodedata import combining, normalize

from pmfacil.commands import Command, bindings
from pmfacil.screens.page import PageScreen
from pmfacil.widgets.rows.record import record_rows

if TYPE_CHECKING:
    from textual.binding import BindingType

    from pmfacil.core.record import Record
    from pmfacil.widgets.glyphs import Glyphs

RECORD_COMMANDS: Final = (
    Command("record.help", "help", "help", "What this is, and its keys", "f1", rank=1),
    Command("record.copy", "copy", "copy", "Copy the whole document as it was written", "f6", rank=1),
    Command("record.library", "library", "library", "Back to all post-mortems", "ctrl+l", rank=1),
    Command("record.palette", "app.command_palette", "all", "Find any command by its name", "ctrl+p", rank=1),
    Command("record.theme", "theme", "change the theme", "Calm, projector, or the terminal's own colours"),
)


class RecordScreen(PageScreen):
    """The arrow keys go through the document; typing finds the next passage with these words."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(RECORD_COMMANDS)
    NAME = "From the record"
    PURPOSE = (
        "A post-mortem that was written elsewhere and taken in. It is searched like all others and comes up when "
        "something similar happens. It stays as it was written."
    )
    TIPS = (
        "What was recognised is named on the left: summary, timeline, cause, action.",
        "Its actions are words of an old document: they are on no board, and pass no gate.",
    )

    def __init__(self, record: Record, glyphs: Glyphs, passage: str = "") -> None:
        """Show this record, from one passage on."""
        super().__init__(glyphs)
        self._record = record
        self._passage = passage

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here."""
        return RECORD_COMMANDS

    def invitation(self) -> str:
        """Say what the keys do."""
        return "↑ ↓ read · type words and Enter to find them here · Esc goes back"

    def show(self) -> None:
        """Show the document."""
        self.head(self._record.title, "written elsewhere")
        self.body.show(record_rows(self._record), select=self._passage or None)
        self._passage = ""

    def submit(self, text: str) -> bool:
        """Go to the next passage with these words, from the top again after the last; the words stay."""
        wanted = _folded(text).split()
        keys = self.body.keys
        here = keys.index(self.body.key) + 1 if self.body.key in keys else 0
        for key in (*keys[here:], *keys[:here]):
            words = _folded(self._record.passages[int(key)].text)
            if all(word in words for word in wanted):
                self.body.select(key)
                self.say("")
                return False
        self.say("Nothing here says that.")
        return False

    def let_go(self) -> None:
        """Clear the line, then go back."""
        if self.capture.value:
            self.capture.put("")
        else:
            self.action_library()

    def action_copy(self) -> None:
        """Copy the document."""
        self.app.copy_to_clipboard(self._record.text)
        self.say("Copied, as it was written.")


def _folded(text: str) -> str:
    """Return a text in which neither case nor accents tell words apart."""
    return "".join(one for one in normalize("NFKD", text) if not combining(one)).casefold()
