"""Step 4, what worked: detection, response, communication, luck; what is worth keeping."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pmfacil.commands import Command, bindings
from pmfacil.core.agenda import Step
from pmfacil.core.model import Strength, StrengthId
from pmfacil.core.operations import delete_strength, keep_strength, note_strength, reword_strength
from pmfacil.screens.step import StepScreen
from pmfacil.widgets.rows.worked import area_at, area_key, worked_rows
from pmfacil.wording.findings import Scope

if TYPE_CHECKING:
    from textual.binding import BindingType

    from pmfacil.facilitation import Snapshot
    from pmfacil.widgets.row import Row


class WorkedScreen(StepScreen):
    """The highlighted area takes what is typed."""

    STEP = Step.WORKED
    SCOPE = Scope.NARRATIVE
    COMMANDS_HERE = (
        Command("worked.keep", "keep", "keep", "Mark a strength worth standardising", "f4", rank=2),
        Command("worked.area", "area", "next area", "Go to the next area", "f5", rank=2),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS_HERE)
    _asked_once = False

    def rows(self, snapshot: Snapshot) -> list[Row]:
        """Return the four areas."""
        return worked_rows(snapshot.post_mortem, self.glyphs)

    def invitation(self) -> str:
        """Say which area takes the line."""
        return f"What worked in {area_at(self.body.key, self.post_mortem).value}?"

    def echo(self, text: str) -> str:
        """Say which area takes the line."""
        if text.lstrip().startswith("!"):
            return "a fix, to be parked"
        return f"under {area_at(self.body.key, self.post_mortem).value}"

    def submit(self, text: str) -> bool:
        """Note it under the highlighted area."""
        strength = StrengthId(self.service.new_id())
        area = area_at(self.body.key, self.post_mortem)
        if not self.attempt(lambda: self.service.do(note_strength, strength, area, text)):
            return False
        self.body.select(strength)
        self.review(text, lambda words: self.service.amend(reword_strength, strength, words))
        return True

    def choose_row(self, key: str) -> None:
        """Edit the highlighted line in place."""
        if (strength := self._strength(key)) is not None:
            self.ask(
                "Put it in other words.",
                lambda text: self.attempt(lambda: self.service.do(reword_strength, strength.id, text)),
                seed=strength.text,
            )

    def delete_row(self, key: str) -> None:
        """Delete the highlighted line."""
        if (strength := self._strength(key)) is not None:
            self.attempt(lambda: self.service.do(delete_strength, strength.id), said="Deleted. ^Z brings it back.")

    def action_keep(self) -> None:
        """Mark the highlighted line to keep, or take the mark back."""
        if (strength := self._strength(self.body.key)) is None:
            self.say("Highlight something that worked first, with the arrow keys.")
        else:
            self.attempt(lambda: self.service.do(keep_strength, strength.id))

    def action_area(self) -> None:
        """Stand on the next area."""
        areas = [key for key in self.body.keys if key.startswith("area:")]
        here = areas.index(area_key(area_at(self.body.key, self.post_mortem)))
        self.select(areas[(here + 1) % len(areas)])
        self.say("")

    def may_leave(self) -> bool:
        """Ask once before this step is left empty: it is the one that rooms skip."""
        if self.post_mortem.strengths or self._asked_once:
            return True
        self._asked_once = True
        self.say("Nothing yet? One look at detection, response and communication each; ^N again goes on.")
        return False

    def _strength(self, key: str) -> Strength | None:
        return next((one for one in self.post_mortem.strengths if one.id == key), None)
