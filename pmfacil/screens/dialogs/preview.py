"""What a paste or a file was understood as, before anything of it enters the timeline: nothing enters unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal, Vertical

from pmfacil.commands import Command, bindings
from pmfacil.core.model import EntryKind
from pmfacil.core.saying import zone_of
from pmfacil.intake.block import Verdict, turned
from pmfacil.intake.candidates import candidates, corrected, line_of
from pmfacil.screens.dialogs.dialog import Dialog
from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.keys import keys_line
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.plain import Line
from pmfacil.widgets.rows.preview import preview_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from pmfacil.core.model import Entry
    from pmfacil.intake.block import Block, Reading
    from pmfacil.intake.candidates import Candidate
    from pmfacil.intake.placing import Context
    from pmfacil.widgets.glyphs import Glyphs

_COMMANDS = (
    Command("preview.up", "step(-1)", "up", "Highlight the line above", "up"),
    Command("preview.down", "step(1)", "down", "Highlight the line below", "down"),
    Command("preview.pageup", "page(-1)", "page up", "A screen up", "pageup"),
    Command("preview.pagedown", "page(1)", "page down", "A screen down", "pagedown"),
    Command("preview.take", "take", "take them", "Take every ticked entry into the timeline", "enter", rank=1),
    Command(
        "preview.turn", "turn", "entry or not", "Entry, words of the entry above, or not an entry", "space", rank=1
    ),
    Command("preview.correct", "correct", "correct", "Correct when it happened, or its words", "f2", rank=1),
    Command("preview.day", "shift", "other day", "This entry and those after it: next day, or same day", "tab", rank=2),
    Command("preview.kind", "kind", "kind", "Change the kind of the entry", "f5", rank=2),
    Command("preview.columns", "columns", "columns", "Read the table by other columns", "f7", rank=2),
    Command("preview.leave", "leave", "leave", "Close, and take nothing", "escape", rank=1),
)
_DAY: Final = timedelta(days=1)


class PreviewScreen(Dialog[tuple["Candidate", ...]]):
    """Shows each line with what it was understood as; answers with the entries to take."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings(_COMMANDS)

    def __init__(self, block: Block, context: Context, known: Sequence[Entry], glyphs: Glyphs) -> None:
        """Preview a block against a timeline that has these entries."""
        super().__init__()
        self._block, self._setting, self._known, self._glyphs = block, context, known, glyphs
        self._found: dict[int, Candidate] = {}
        self._correcting: int | None = None
        self.wants_columns = False

    @property
    def commands(self) -> tuple[Command, ...]:
        """What can be done here, for the palette."""
        return tuple(one for one in _COMMANDS if self.check_action(one.action.split("(")[0], ()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer other columns where the material has columns."""
        return bool(self._block.columns) if action == "columns" else super().check_action(action, parameters)

    def compose(self) -> ComposeResult:
        """Lay out what it is, the lines, the line to correct in, and the keys."""
        with Vertical(classes="dialog -whole"):
            yield Line(id="preview-head", classes="dialog-question")
            yield Line(id="preview-note")
            yield Ledger(id="lines")
            with Horizontal(id="correcting"):
                yield Line(self._glyphs.prompt, id="preview-sign")
                yield CaptureLine(id="correction", field=True)
            yield Line(id="preview-keys", classes="dialog-keys")

    def on_mount(self) -> None:
        """Show the lines."""
        self.query_one("#correcting").display = False
        self._show()

    def on_resize(self) -> None:
        """Fit the keys to the window."""
        self._show_keys()

    # -- what can be done with a line ---------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """Move the highlight."""
        self.query_one(Ledger).step(by)

    def action_page(self, by: int) -> None:
        """Move the highlight by a screen."""
        self.query_one(Ledger).page(by)

    def action_turn(self) -> None:
        """Take the line for the next thing that it may be."""
        if (index := self._index()) is not None:
            self._become(turned(self._block.readings, index))

    def action_shift(self) -> None:
        """Put the entry, and those that follow it, on the next day, or back."""
        if self._correcting is None and (index := self._index(Verdict.ENTRY)) is not None:
            reading = self._block.readings[index]
            self._put(index, replace(reading, shift=-_DAY if reading.shift > timedelta() else reading.shift + _DAY))

    def action_kind(self) -> None:
        """Give the entry the next kind."""
        if (index := self._index(Verdict.ENTRY)) is not None:
            reading, kinds = self._block.readings[index], tuple(EntryKind)
            now = self._found[reading.number].kind
            self._put(index, replace(reading, kind=kinds[(kinds.index(now) + 1) % len(kinds)]))

    def action_correct(self) -> None:
        """Bring the line into an input, as the capture line would take it."""
        if (index := self._index()) is None:
            return
        reading = self._block.readings[index]
        candidate = self._found.get(reading.number)
        self._correcting = index
        self.query_one("#correcting").display = True
        capture = self.query_one(CaptureLine)
        capture.put(line_of(candidate, self._setting) if candidate else reading.words or reading.raw.strip())
        capture.focus()
        self._show_keys()

    def on_capture_line_entered(self, event: CaptureLine.Entered) -> None:
        """Keep the correction."""
        event.stop()
        if (index := self._correcting) is not None and event.text.strip():
            reading = self._block.readings[index]
            before = self._found.get(reading.number)
            self._put(index, corrected(reading, event.text, self._setting, before))
        self._stop_correcting()

    def on_capture_line_let_go(self, event: CaptureLine.LetGo) -> None:
        """Leave the correction."""
        event.stop()
        self._stop_correcting()

    def action_take(self) -> None:
        """Answer with what is ticked."""
        self.answer(tuple(one for one in self._found.values() if one.text and not one.duplicate))

    def action_columns(self) -> None:
        """Close, and ask for other columns."""
        self.wants_columns = True
        self.answer(None)

    def on_ledger_chosen(self, event: Ledger.Chosen) -> None:
        """Let a click only move the highlight."""
        event.stop()

    # -- what is shown ------------------------------------------------------------------------------------

    def _index(self, verdict: Verdict | None = None) -> int | None:
        key = self.query_one(Ledger).key
        numbers = (index for index, one in enumerate(self._block.readings) if str(one.number) == key)
        index = next(numbers, None)
        wanted = index is not None and (verdict is None or self._block.readings[index].verdict is verdict)
        return index if wanted else None

    def _put(self, index: int, reading: Reading) -> None:
        readings = self._block.readings
        self._become((*readings[:index], reading, *readings[index + 1 :]))

    def _become(self, readings: tuple[Reading, ...]) -> None:
        self._block = replace(self._block, readings=readings)
        self._show()

    def _stop_correcting(self) -> None:
        self._correcting = None
        self.query_one("#correcting").display = False
        self.set_focus(None)
        self._show_keys()

    def _show(self) -> None:
        found = candidates(self._block, self._setting, self._known)
        self._found = {one.reading.number: one for one in found}
        zone = zone_of(self._setting.zone)
        self.query_one(Ledger).show(preview_rows(self._block.readings, self._found, zone, self._glyphs))
        self.query_one("#preview-head", Line).say(self._head())
        self.query_one("#preview-note", Line).say(" · ".join(self._notes()))
        self._show_keys()

    def _show_keys(self) -> None:
        line = self.query_one("#preview-keys", Line)
        if self._correcting is not None:
            line.say("when, kind, what · Enter keeps the correction · Esc leaves it")
        else:
            line.say(keys_line(self.commands, self.size.width - 12))

    def _head(self) -> str:
        new = sum(1 for one in self._found.values() if one.text and not one.duplicate)
        return f"{new} entr{'y' if new == 1 else 'ies'} to take in, from {self._block.source}. Is this what it says?"

    def _notes(self) -> list[str]:
        known = sum(1 for one in self._found.values() if one.duplicate)
        none = self._block.left_out
        zone = self._block.zone or self._setting.zone
        notes = [f"Times without a zone are read in {zone}"]
        notes += [f"{known} in the timeline already"] * bool(known)
        notes += [f"{none} line{'s' * (none != 1)} left out"] * bool(none)
        return [*notes, *self._block.problems[:2]]
