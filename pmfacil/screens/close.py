"""Step 6, close: read back, who reports to whom and when, what was learned; then the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pmfacil.commands import Command, bindings
from pmfacil.core.agenda import Step
from pmfacil.core.ending import FOLLOW_UP_DEFAULT, ActionId, SharingId
from pmfacil.core.errors import Refusal, Unfit
from pmfacil.core.model import QuestionId
from pmfacil.core.operations import (
    add_reader,
    close_meeting,
    count_learned,
    delete_question,
    delete_sharing,
    leave_question,
    name_audience,
    name_report_owner,
    plan_follow_up,
    plan_sharing,
    read_action_back,
    reopen_meeting,
    reword_question,
    share_report,
)
from pmfacil.core.text import kept
from pmfacil.intake.dates import understand_date
from pmfacil.paths import shown
from pmfacil.screens.messages import ReportRequested
from pmfacil.screens.step import StepScreen
from pmfacil.widgets.rows.actions import ACTION
from pmfacil.widgets.rows.close import (
    ASK,
    AUDIENCE,
    FIELD,
    FOLLOW_UP,
    LEARNED,
    QUESTION,
    REPORT_OWNER,
    SHARE_ON,
    SHARING,
    close_rows,
)

if TYPE_CHECKING:
    from datetime import date

    from textual.binding import BindingType

    from pmfacil.facilitation import Snapshot
    from pmfacil.widgets.row import Row


_MOST_DIGITS = 4  # no room holds ten thousand


class CloseScreen(StepScreen):
    """Each field is a row: a typed line fills the highlighted one and goes on to the next."""

    STEP = Step.CLOSE
    COMMANDS_HERE = (
        Command("close.end", "end", "end and report", "End the meeting and write the report", "f6", rank=1),
        Command("close.write", "write", "write files", "Write the report in every chosen form", "f8", rank=2),
        Command("close.shared", "shared", "sent it", "Note that the report went out, and to whom", "f7", rank=2),
        Command("close.reopen", "reopen", "open the meeting again", "Take the end of the meeting back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS_HERE)

    def rows(self, snapshot: Snapshot) -> list[Row]:
        """Return what is read back, the fields and the open questions."""
        return close_rows(snapshot.post_mortem, self.glyphs)

    def invitation(self) -> str:
        """Say what the highlighted row takes."""
        match self.body.key:
            case key if key.startswith(ACTION):
                return "Read it aloud; Enter when the owner said yes"
            case key if key == REPORT_OWNER:
                return "A name"
            case key if key == AUDIENCE:
                return "Teams, people, a list; a line here adds to them"
            case key if key == SHARE_ON:
                return "tomorrow, friday, 20 March"
            case key if key == FOLLOW_UP:
                return "Enter takes three weeks from today; or +2w, 2 April"
            case key if key == LEARNED:
                return "How many hands?"
            case _:
                return "An open question"

    def submit(self, text: str) -> bool:
        """Fill the highlighted field, or keep an open question."""
        key = self.body.key
        if key.startswith(FIELD) and key != ASK:
            filled = (
                self.attempt(lambda: self.service.do(add_reader, text)) if key == AUDIENCE else self._fill(key, text)
            )
            if not filled:
                return False
            self.body.step(1)
            return True
        question = QuestionId(self.service.new_id())
        return self.attempt(lambda: self.service.do(leave_question, question, text))

    def choose_row(self, key: str) -> None:
        """Tick an action as read back, take the usual follow-up, or edit the highlighted field."""
        if key.startswith(ACTION):
            action = ActionId(key.removeprefix(ACTION))
            self.attempt(lambda: self.service.do(read_action_back, action))
            self.body.step(1)
        elif key == FOLLOW_UP and self.post_mortem.closing.follow_up_on is None:
            today = self._today()
            self.attempt(lambda: self.service.do(plan_follow_up, today + FOLLOW_UP_DEFAULT, today))
            self.body.step(1)
        elif key.startswith(QUESTION):
            question = next(one for one in self.post_mortem.questions if f"{QUESTION}{one.id}" == key)
            self.ask(
                "Put the question in other words.",
                lambda text: self.attempt(lambda: self.service.do(reword_question, question.id, text)),
                seed=question.text,
            )
        elif key.startswith(FIELD) and key != ASK:
            label = key.removeprefix(FIELD)
            self.ask(f"Change: {label}.", lambda text: self._fill(key, text), seed=self._value(key))
        self.show_keys()

    def delete_row(self, key: str) -> None:
        """Empty the highlighted field, or delete the highlighted question."""
        if key.startswith(QUESTION):
            question = QuestionId(key.removeprefix(QUESTION))
            self.attempt(lambda: self.service.do(delete_question, question), said="Deleted. ^Z brings it back.")
        elif key.startswith(SHARING):
            sharing = SharingId(key.removeprefix(SHARING))
            self.attempt(lambda: self.service.do(delete_sharing, sharing), said="Deleted. ^Z brings it back.")
        elif key in (REPORT_OWNER, AUDIENCE, SHARE_ON, LEARNED):
            self._fill(key, "")

    def action_end(self) -> None:
        """End the meeting: the clock stops and the report comes up."""
        now = self.service.now()
        if self.attempt(lambda: self.service.do(close_meeting, now)):
            self.steer(lambda sitting: sitting.pause(now))
            self.post_message(ReportRequested())

    def action_write(self) -> None:
        """Write the report in every form that was chosen last, and say where it is."""
        exports = self.aids.exports
        if exports is None:
            return
        snapshot, now = self.service.snapshot, self.service.now()
        try:
            paths = exports.write(snapshot.post_mortem, self.service.sitting, now)
        except Refusal as refusal:
            self.say_refusal(refusal)
        else:
            from pmfacil.exports import said_files  # noqa: PLC0415 - it is loaded by now

            self.say(f"Written to {shown(exports.folder)}: {said_files(paths)}")

    def action_shared(self) -> None:
        """Ask to whom the report went, and keep it with the time."""

        def sent(text: str) -> bool:
            new = SharingId(self.service.new_id())
            return self.attempt(lambda: self.service.do(share_report, new, text, self.service.now()), said="Kept.")

        self.ask("The report went out. To whom?", sent, seed=self.post_mortem.closing.audience)

    def action_reopen(self) -> None:
        """Take the end of the meeting back; the clock runs again."""
        now = self.service.now()
        if self.attempt(lambda: self.service.do(reopen_meeting)):
            self.steer(lambda sitting: sitting.resume(now))

    def _fill(self, key: str, text: str) -> bool:
        try:
            snapshot = self._filled(key, text)
        except Refusal as refusal:
            self.say_refusal(refusal)
            return False
        self.snapshot = snapshot
        self.say("")
        return True

    def _filled(self, key: str, text: str) -> Snapshot:
        match key:
            case _ if key == REPORT_OWNER:
                return self.service.do(name_report_owner, text)
            case _ if key == AUDIENCE:
                return self.service.do(name_audience, text)
            case _ if key == LEARNED:
                return self.service.do(count_learned, _hands(text))
            case _ if key == SHARE_ON:
                return self.service.do(plan_sharing, self._day(text) if kept(text) else None)
            case _:
                return self.service.do(plan_follow_up, self._day(text), self._today())

    def _value(self, key: str) -> str:
        closing = self.post_mortem.closing
        values: dict[str, str | date | int | None] = {
            REPORT_OWNER: closing.report_owner,
            AUDIENCE: closing.audience,
            SHARE_ON: closing.share_on,
            FOLLOW_UP: closing.follow_up_on,
            LEARNED: closing.learned,
        }
        value = values[key]
        return "" if value is None else str(value)

    def _day(self, text: str) -> date:
        day = understand_date(text, self._today())
        if day is None:
            msg = f"“{kept(text)}” is no day I know. Try “friday”, “+3w” or “20 March”."
            raise Unfit(msg)
        return day

    def _today(self) -> date:
        return self.service.now().astimezone().date()


def _hands(text: str) -> int | None:
    if not kept(text):
        return None
    digits = "".join(char for char in kept(text) if char.isascii() and char.isdigit())
    if not digits or len(digits) > _MOST_DIGITS:
        msg = "Type how many hands are up, as a number."
        raise Unfit(msg)
    return int(digits)
