"""Step 1, open: purpose, norms ticked as they are read, agenda, who is here."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from pmfacil.commands import Command, bindings
from pmfacil.core.agenda import PRESETS, Step
from pmfacil.core.errors import Refusal
from pmfacil.core.facts import Person, PersonId
from pmfacil.core.operations import introduce, mark_present, plan_agenda, remove_person, tick_norm, welcome
from pmfacil.core.operations.items import find
from pmfacil.screens.step import StepScreen
from pmfacil.widgets.rows.opening import AGENDA, NORM, PERSON, opening_rows

if TYPE_CHECKING:
    from textual.binding import BindingType

    from pmfacil.facilitation import Snapshot
    from pmfacil.past import PastAction
    from pmfacil.widgets.row import Row


class OpeningScreen(StepScreen):
    """The room arrives."""

    STEP = Step.OPEN
    COMMANDS_HERE = (
        Command("open.agenda", "agenda", "length", "Scale the agenda to the next length", "f5", rank=2),
        Command("open.change", "change", "change", "Change the highlighted person", "f8", rank=2),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS_HERE)

    def rows(self, snapshot: Snapshot) -> list[Row]:
        """Return purpose, norms, agenda, people, and what earlier rooms promised."""
        today = self.service.now().astimezone().date()
        return opening_rows(snapshot.post_mortem, self._promised, today, self.glyphs)

    @cached_property
    def _promised(self) -> tuple[PastAction, ...]:
        """What earlier rooms promised, read once: the room looks at it for a minute."""
        try:
            return self.aids.promised()
        except Refusal as refusal:
            self.say_refusal(refusal)
            return ()

    def invitation(self) -> str:
        """Invite to tick, or to name who is here."""
        return "Enter ticks a norm · type who is here: name, role"

    def echo(self, text: str) -> str:
        """Show which part is the name and which the role."""
        name, role = _name_and_role(text)
        return f"person {name} · {role}" if role else f"person {name}"

    def submit(self, text: str) -> bool:
        """Add somebody who is here."""
        name, role = _name_and_role(text)
        return self.attempt(lambda: self.service.do(welcome, PersonId(self.service.new_id()), name, role))

    def choose_row(self, key: str) -> None:
        """Tick a norm and go on to the next, change attendance, or scale the agenda."""
        if key.startswith(NORM):
            norm = key.removeprefix(NORM)
            self.attempt(lambda: self.service.do(tick_norm, norm))
            self.body.step(1)
        elif key.startswith(PERSON):
            person = self._person(key)
            self.attempt(lambda: self.service.do(mark_present, person.id, present=not person.present))
            self.body.step(1)
        elif key == AGENDA:
            self.action_agenda()

    def delete_row(self, key: str) -> None:
        """Take somebody off the list."""
        if key.startswith(PERSON):
            person = PersonId(key.removeprefix(PERSON))
            self.attempt(lambda: self.service.do(remove_person, person), said="Taken off the list. ^Z undoes.")

    def action_agenda(self) -> None:
        """Scale the agenda to the next usual length; the clocks follow."""
        total = sum(self.post_mortem.boxes)
        wanted = next((preset for preset in PRESETS if preset > total), PRESETS[0])
        if self.attempt(lambda: self.service.do(plan_agenda, wanted)):
            boxes = self.post_mortem.boxes
            self.steer(lambda sitting: sitting.replanned_for(boxes))
            self.say(f"The meeting takes {wanted} minutes.")

    def action_change(self) -> None:
        """Change the highlighted person's name or role in place."""
        if not self.body.key.startswith(PERSON):
            self.say("Highlight a person first, with the arrow keys.")
            return
        person = self._person(self.body.key)

        def changed(text: str) -> bool:
            name, role = _name_and_role(text)
            return self.attempt(lambda: self.service.do(introduce, person.id, name, role))

        seed = f"{person.name}, {person.role}" if person.role else person.name
        self.ask("Name, role", changed, seed=seed)

    def _person(self, key: str) -> Person:
        return find(self.post_mortem.people, key.removeprefix(PERSON), "person")


def _name_and_role(text: str) -> tuple[str, str]:
    name, _, role = text.partition(",")
    return name.strip(), role.strip()
