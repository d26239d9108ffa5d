"""What a paste or a file was understood as, before anything of it enters the timeline: nothing enters unseen."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from pmfacil.core.model import Entry
    from pmfacil.intake.block import Block, Reading
    from pmfacil.intake.candidates import Candidate
    from pmfacil.intake.placing import Context
    from pmfacil.widgets.glyphs import Glyphs
    from pmfacil.widgets.row import Row

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


@dataclass(frozen=True, slots=True)
class Preview:
    """Material, what was understood of it (by the number of the line), and how both are shown.

    `known` are the entries of the timeline, of which none is taken in twice.
    """

    block: Block
    setting: Context
    known: Sequence[Entry]
    found: Mapping[int, Candidate]
    rows: Sequence[Row]


def previewed(block: Block, setting: Context, known: Sequence[Entry], glyphs: Glyphs) -> Preview:
    """Return the preview of a block: for thousands of lines the work of half a second."""
    found = {one.reading.number: one for one in candidates(block, setting, known)}
    return Preview(block, setting, known, found, preview_rows(block.readings, found, zone_of(setting.zone), glyphs))


class PreviewScreen(Dialog[tuple["Candidate", ...]]):
    """Shows each line with what it was understood as; answers with the entries to take."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings(_COMMANDS)

    def __init__(self, preview: Preview, glyphs: Glyphs) -> None:
        """Begin with what was understood."""
        super().__init__()
        self._preview, self._glyphs = preview, glyphs
        self._correcting: int | None = None
        self.wants_columns = False

    @property
    def commands(self) -> tuple[Command, ...]:
        """What can be done here, for the palette."""
        return tuple(one for one in _COMMANDS if self.check_action(one.action.split("(")[0], ()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer other columns where the material has columns."""
        return bool(self._preview.block.columns) if action == "columns" else super().check_action(action, parameters)

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
            self._become(turned(self._preview.block.readings, index))

    def action_shift(self) -> None:
        """Put the entry, and those that follow it, on the next day, or back."""
        if self._correcting is None and (index := self._index(Verdict.ENTRY)) is not None:
            reading = self._preview.block.readings[index]
            self._put(index, replace(reading, shift=-_DAY if reading.shift > timedelta() else reading.shift + _DAY))

    def action_kind(self) -> None:
        """Give the entry the next kind."""
        if (index := self._index(Verdict.ENTRY)) is not None:
            reading, kinds = self._preview.block.readings[index], tuple(EntryKind)
            now = self._preview.found[reading.number].kind
            self._put(index, replace(reading, kind=kinds[(kinds.index(now) + 1) % len(kinds)]))

    def action_correct(self) -> None:
        """Bring the line into an input, as the capture line would take it."""
        if (index := self._index()) is None:
            return
        reading = self._preview.block.readings[index]
        candidate = self._preview.found.get(reading.number)
        self._correcting = index
        self.query_one("#correcting").display = True
        capture = self.query_one(CaptureLine)
        capture.put(line_of(candidate, self._preview.setting) if candidate else reading.words or reading.raw.strip())
        capture.focus()
        self._show_keys()

    def on_capture_line_entered(self, event: CaptureLine.Entered) -> None:
        """Keep the correction."""
        event.stop()
        if (index := self._correcting) is not None and event.text.strip():
            reading = self._preview.block.readings[index]
            before = self._preview.found.get(reading.number)
            self._put(index, corrected(reading, event.text, self._preview.setting, before))
        self._stop_correcting()

    def on_capture_line_let_go(self, event: CaptureLine.LetGo) -> None:
        """Leave the correction."""
        event.stop()
        self._stop_correcting()

    def action_take(self) -> None:
        """Answer with what is ticked."""
        self.answer(tuple(one for one in self._preview.found.values() if one.text and not one.duplicate))

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
        numbers = (index for index, one in enumerate(self._preview.block.readings) if str(one.number) == key)
        index = next(numbers, None)
        wanted = index is not None and (verdict is None or self._preview.block.readings[index].verdict is verdict)
        return index if wanted else None

    def _put(self, index: int, reading: Reading) -> None:
        readings = self._preview.block.readings
        self._become((*readings[:index], reading, *readings[index + 1 :]))

    def _become(self, readings: tuple[Reading, ...]) -> None:
        now = self._preview
        self._preview = previewed(replace(now.block, readings=readings), now.setting, now.known, self._glyphs)
        self._show()

    def _stop_correcting(self) -> None:
        self._correcting = None
        self.query_one("#correcting").display = False
        self.set_focus(None)
        self._show_keys()

    def _show(self) -> None:
        self.query_one(Ledger).show(self._preview.rows)
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
        new = sum(1 for one in self._preview.found.values() if one.text and not one.duplicate)
        source = self._preview.block.source
        return f"{new} entr{'y' if new == 1 else 'ies'} to take in, from {source}. Is this what it says?"

    def _notes(self) -> list[str]:
        known = sum(1 for one in self._preview.found.values() if one.duplicate)
        none = self._preview.block.left_out
        zone = self._preview.block.zone or self._preview.setting.zone
        notes = [f"Times without a zone are read in {zone}"]
        notes += [f"{known} in the timeline already"] * bool(known)
        notes += [f"{none} line{'s' * (none != 1)} left out"] * bool(none)
        return [*notes, *self._preview.block.problems[:2]]
