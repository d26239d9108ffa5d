"""Begin a post-mortem: title, kind, when. Three fields, no wizard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical

from pmfacil.commands import Command, bindings
from pmfacil.core import saying
from pmfacil.core.kind import Kind
from pmfacil.core.text import kept
from pmfacil.intake.dates import understand_date
from pmfacil.screens.dialogs.dialog import Dialog
from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.plain import Line

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets import Input

_KINDS = tuple(Kind)
_COMMANDS = (
    Command("new.kind_next", "kind(1)", "next kind", "The next kind of failure", "f5"),
    Command("new.next", "field(1)", "next field", "Go to the next field", "tab"),
    Command("new.previous", "field(-1)", "previous field", "Go to the field before", "shift+tab"),
    Command("new.leave", "leave", "leave", "Close without beginning anything", "escape"),
)
_FIELDS = ("title", "kind", "when")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new post-mortem needs."""

    title: str
    kind: Kind
    occurred_on: date | None


class NewScreen(Dialog[Beginning]):
    """Enter goes from field to field and, on the last, begins. A kind is known by its first letters."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(_COMMANDS)

    def __init__(self, today: date) -> None:
        """Read days as seen from `today`."""
        super().__init__()
        self._today = today
        self._kind = Kind.INCIDENT

    def compose(self) -> ComposeResult:
        """Lay out the three fields."""
        with Vertical(classes="dialog -small"):
            yield Line("A new post-mortem", classes="dialog-question")
            for name, label in zip(_FIELDS, ("What failed", "Kind", "When"), strict=True):
                with Horizontal(classes="field"):
                    yield Line(label, classes="field-label")
                    yield CaptureLine(id=f"new-{name}", field=True)
            yield Line(id="new-echo")
            yield Line("Enter next, and begins on the last · F5 next kind · Esc leaves", classes="dialog-keys")

    def on_mount(self) -> None:
        """Fill in what is likely."""
        self._field("title").placeholder = "Checkout fails for a third of customers"
        self._field("kind").put(self._kind.value)
        self._field("when").placeholder = "today, yesterday, 12 March"
        self._field("title").focus()
        self._echo()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is understood."""
        event.stop()
        self._echo()

    def on_capture_line_entered(self, event: CaptureLine.Entered) -> None:
        """Go to the next field; on the last, begin."""
        event.stop()
        if event.capture.id == "new-when":
            self._begin()
        else:
            self.action_field(1)

    def on_capture_line_moved(self, event: CaptureLine.Moved) -> None:
        """Arrow keys go from field to field."""
        event.stop()
        self.action_field(1 if event.by > 0 else -1)

    def on_capture_line_let_go(self, event: CaptureLine.LetGo) -> None:
        """Esc closes."""
        event.stop()
        self.answer(None)

    def action_field(self, by: int) -> None:
        """Go that many fields on; round at the ends."""
        names = [f"new-{name}" for name in _FIELDS]
        here = names.index(self.focused.id) if self.focused is not None and self.focused.id in names else 0
        self._field(_FIELDS[(here + by) % len(_FIELDS)]).focus()

    def action_kind(self, by: int) -> None:
        """Take the next kind."""
        known = self._read_kind() or self._kind
        self._field("kind").put(_KINDS[(_KINDS.index(known) + by) % len(_KINDS)].value)
        self._echo()

    def _begin(self) -> None:
        title = kept(self._field("title").value)
        kind = self._read_kind()
        when = self._read_day()
        if not title:
            self._complain("Give it a title: what failed, for whom?", "title")
        elif kind is None:
            self._complain(f"That is no kind I know: {', '.join(one.value for one in _KINDS)}.", "kind")
        elif when is None and kept(self._field("when").value):
            self._complain("That is no day I know. Try “yesterday” or “12 March”, or leave it empty.", "when")
        else:
            self.answer(Beginning(title, kind, when))

    def _complain(self, sentence: str, field: str) -> None:
        self.query_one("#new-echo", Line).add_class("-refused")
        self.query_one("#new-echo", Line).say(sentence)
        self._field(field).focus()

    def _echo(self) -> None:
        kind, when = self._read_kind(), self._read_day()
        echo = self.query_one("#new-echo", Line)
        echo.remove_class("-refused")
        echo.say(f"{kind.value if kind else 'kind?'} · {saying.day(when) if when else 'day not known'}")

    def _read_kind(self) -> Kind | None:
        typed = kept(self._field("kind").value).casefold()
        return next((kind for kind in _KINDS if typed and kind.value.startswith(typed)), None)

    def _read_day(self) -> date | None:
        typed = kept(self._field("when").value)
        return understand_date(typed, self._today) if typed else None

    def _field(self, name: str) -> CaptureLine:
        return self.query_one(f"#new-{name}", CaptureLine)
