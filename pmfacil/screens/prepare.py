"""Before the meeting: what happened, who should be there and when, a draft, and whether all is ready."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from pmfacil.commands import Command, bindings
from pmfacil.core.errors import Refusal
from pmfacil.core.facts import Involvement, Person
from pmfacil.core.kind import Kind
from pmfacil.core.operations import change_kind, involve, plan_boxes, read_instead
from pmfacil.core.operations.items import find
from pmfacil.core.readiness import advice, readiness
from pmfacil.core.text import kept, shortened
from pmfacil.intake.preparation import next_agenda
from pmfacil.paths import shown
from pmfacil.report.formats import Format
from pmfacil.report.invitation import invitation
from pmfacil.report.writing import file_name, write_report
from pmfacil.screens.ground import TALL, WIDE
from pmfacil.screens.messages import DraftRequested, MeetingRequested, ReportRequested
from pmfacil.screens.preparing import Desk, Filling, changed, emptied, filling, present
from pmfacil.screens.service_page import ServicePage
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.rows import parts
from pmfacil.widgets.rows.prepare import (
    ADVICE,
    AGENDA,
    CHECK,
    DRAFT,
    HAPPENED,
    KIND,
    PERSON,
    SOMEBODY,
    TITLE,
    WHERE,
    beside,
    hint,
    prepare_rows,
    readiness_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from pmfacil.facilitation import Facilitation
    from pmfacil.widgets.glyphs import Glyphs

PREPARE_COMMANDS: Final = (
    Command("prepare.help", "help", "help", "What this screen is for, and its keys", "f1", rank=1),
    Command("prepare.begin", "begin", "begin", "Begin the meeting: its first step, and the clock", "ctrl+n", rank=1),
    Command("prepare.involvement", "involvement", "involvement", "What the highlighted person brings", "f4", rank=3),
    Command("prepare.agenda", "agenda", "agenda", "The next agenda: 60, 80, 90 minutes, learning review", "f5", rank=2),
    Command("prepare.copy", "copy", "copy invitation", "Copy the invitation, to paste into a mail", "f6", rank=1),
    Command("prepare.write", "write", "write it", "Write the invitation as a text file", "f7", rank=2),
    Command("prepare.reader", "reader", "reader", "Let the highlighted person read the report instead", "f8", rank=2),
    Command("prepare.change", "change", "change", "Change a person's name, role and involvement", "f9", rank=3),
    Command("prepare.report", "report", "report", "Read the report as it stands, and export it", "ctrl+s", rank=3),
    Command("prepare.library", "library", "library", "Back to all post-mortems; all is kept", "ctrl+l", rank=2),
    Command("prepare.undo", "undo", "undo", "Take the last change back", "ctrl+z", rank=3),
    Command("prepare.palette", "app.command_palette", "all", "Find any command by its name", "ctrl+p", rank=1),
    Command("prepare.redo", "redo", "redo", "Bring back what undo took", "ctrl+y"),
    Command("prepare.theme", "theme", "change the theme", "Calm, projector, or the terminal's own colours"),
)
_WHILE_ASKING: Final = frozenset({"help", "app.command_palette", "theme"})
_KINDS: Final = tuple(Kind)
_CYCLE: Final = (*Involvement, None)


class PrepareScreen(ServicePage):
    """Each field is a row: a typed line fills the highlighted one and goes on to the next."""

    DRAFT = "prepare"
    BINDINGS: ClassVar[list[BindingType]] = bindings(PREPARE_COMMANDS)
    NAME = "Prepare"
    PURPOSE = (
        "What is known before the meeting, who comes, and when. Nothing here has to be filled in; "
        "what is there makes the meeting shorter and the report better."
    )
    TIPS = (
        "A typed line fills the highlighted field and goes on to the next; Enter on an empty line edits it.",
        "Moments: “13:58”, “~14:05”, “12 Mar 13:58”, “now”; “n/a” where one does not apply.",
        "People: “Ana Ruiz, on-call engineer, responder”: involved, responder, context or outside.",
        "Agenda: one number scales every step; six set each of them; “learning” looks longest at what happened.",
        "Meeting: “fri 10:00”, “tomorrow 14:00”, “2026-03-13 10:00”.",
    )

    def __init__(self, service: Facilitation, glyphs: Glyphs, reports: Path) -> None:
        """Write invitations into `reports`."""
        super().__init__(service, glyphs)
        self._reports = reports
        self._begun = False

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here now."""
        return tuple(one for one in PREPARE_COMMANDS if self.check_action(one.action, ()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let nothing change, and nobody leave, while something is asked: the answer would be lost."""
        if any(one.action == action for one in PREPARE_COMMANDS) and self.asking:
            return action in _WHILE_ASKING
        return super().check_action(action, parameters)

    # -- the page -----------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the fields, and beside or below them whether all is ready."""
        pm, now = self.post_mortem, self.service.now()
        wide = self.size.width >= WIDE and self.size.height >= TALL
        ready, rows = readiness_rows(pm, now, self.glyphs), prepare_rows(pm, now, self.glyphs)
        self.set_class(wide, "-aside")
        if wide:
            self.query_one("#aside", Ledger).show(beside(ready))
        else:
            rows += [parts.blank(), *ready]
        laid_out = self.body.size.height > 0  # before that, a highlight would scroll the rows above it away
        first = TITLE if pm.facts.happened else HAPPENED
        self.body.show(rows, select=first if laid_out and not self._begun else None)
        self._begun = self._begun or laid_out
        checks = readiness(pm, now)
        done = sum(one.done for one in checks)
        self.head(f"Prepare · {pm.title}", f"{done} of {len(checks)} ready")

    def invitation(self) -> str:
        """Say what the highlighted row takes."""
        return hint(self.body.key)

    def typed(self, text: str) -> None:
        """Show what would be understood, before Enter."""
        self.say(self._understood(text) if kept(text) else "")

    def on_ledger_highlighted(self, event: Ledger.Highlighted) -> None:
        """Read what is half typed against the row that is highlighted now."""
        event.stop()
        if event.ledger is not self.body or self.asking:
            return
        self.show_keys()
        if kept(self.capture.value):
            self.say(self._understood(self.capture.value))

    # -- lines and rows -----------------------------------------------------------------------------------

    def submit(self, text: str) -> bool:
        """Fill the highlighted field, and go on to the next; somebody who is named joins the list."""
        key = self.body.key
        if not self._keep(key, lambda: filling(key, text, self._desk)):
            return False
        if key.startswith(PERSON):
            self.body.select(SOMEBODY)
        elif key != SOMEBODY:
            self.body.step(1)
        return True

    def choose_row(self, key: str) -> None:
        """Go to the next of a few values, to where a line belongs, or edit the words in place."""
        if key == KIND:
            kind = _KINDS[(_KINDS.index(self.post_mortem.kind) + 1) % len(_KINDS)]
            self.attempt(lambda: self.service.do(change_kind, kind))
        elif key == AGENDA:
            self.action_agenda()
        elif key.startswith(PERSON):
            self.action_involvement()
        elif key == DRAFT:
            self.post_message(DraftRequested())
        elif key == SOMEBODY:
            self.say("Type a name, a role, and what they bring.")
        elif key.startswith((CHECK, ADVICE)):
            self.body.select(self._belongs(key))
        else:
            self._edit(key)

    def delete_row(self, key: str) -> None:
        """Empty the highlighted field, or take somebody off the list."""
        self._keep(key, lambda: emptied(key))

    def _edit(self, key: str) -> None:
        self.ask(
            "Change it here.",
            lambda text: self._keep(key, lambda: changed(key, text, self._desk)),
            present(key, self.post_mortem),
        )

    def _keep(self, key: str, read: Callable[[], Filling]) -> bool:
        try:
            filled = read()
        except Refusal as refusal:
            self.say_refusal(refusal)
            return False
        if not self.attempt(lambda: self.service.do(filled.verb), filled.remark):
            return False
        if key == AGENDA:
            self._replan()
        return True

    def _understood(self, text: str) -> str:
        try:
            return filling(self.body.key, text, self._desk).said
        except Refusal:
            return ""  # half a word is no mistake yet

    def _belongs(self, key: str) -> str:
        if key.startswith(CHECK):
            return WHERE[key.removeprefix(CHECK)]
        person = advice(self.post_mortem)[int(key.removeprefix(ADVICE))].person
        return f"{PERSON}{person}" if person is not None else SOMEBODY

    @property
    def _desk(self) -> Desk:
        return Desk(self.post_mortem, self.service.now(), self.service.new_id)

    # -- commands -----------------------------------------------------------------------------------------

    def action_begin(self) -> None:
        """Begin the meeting."""
        self.post_message(MeetingRequested())

    def action_report(self) -> None:
        """Read the report as it stands."""
        self.post_message(ReportRequested())

    def action_involvement(self) -> None:
        """Say what the highlighted person brings: the next of the four, or not known."""
        if (person := self._person()) is not None:
            brings = _CYCLE[(_CYCLE.index(person.involvement) + 1) % len(_CYCLE)]
            self.attempt(lambda: self.service.do(involve, person.id, brings))

    def action_reader(self) -> None:
        """Let the highlighted person read the report rather than sit in the room."""
        if (person := self._person()) is not None:
            said = f"{shortened(person.name, 40)} is a reader now. ^Z undoes."
            self.attempt(lambda: self.service.do(read_instead, person.id), said)

    def action_change(self) -> None:
        """Change the highlighted person in place."""
        if (person := self._person()) is not None:
            self._edit(f"{PERSON}{person.id}")

    def action_agenda(self) -> None:
        """Take the next usual agenda."""
        boxes = next_agenda(self.post_mortem.boxes)
        if self.attempt(lambda: self.service.do(plan_boxes, boxes), f"The meeting takes {sum(boxes)} minutes."):
            self._replan()

    def action_copy(self) -> None:
        """Copy the invitation to the clipboard."""
        self.app.copy_to_clipboard(invitation(self.post_mortem, self.service.now()))
        self.say("The invitation is copied. Where your terminal keeps no clipboard, F7 writes it as a file.")

    def action_write(self) -> None:
        """Write the invitation as a file, and say where it is."""
        name = f"{Path(file_name(self.post_mortem, Format.MARKDOWN)).stem}-invitation.txt"
        try:
            path = write_report(self._reports, name, invitation(self.post_mortem, self.service.now()))
        except Refusal as refusal:
            self.say_refusal(refusal)
        else:
            self.say(f"Written: {shown(path)}")

    def _person(self) -> Person | None:
        if not self.body.key.startswith(PERSON):
            self.say("Highlight a person first, with the arrow keys.")
            return None
        return find(self.post_mortem.people, self.body.key.removeprefix(PERSON), "person")

    def _replan(self) -> None:
        """Let the clocks of a meeting that has begun follow the agenda; one that has not begins with it anyway."""
        boxes = self.post_mortem.boxes
        if self.service.sitting is not None:
            self.attempt(lambda: self.service.steer(lambda sitting: sitting.replanned_for(boxes)))
