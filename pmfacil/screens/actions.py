"""Step 5, actions: what is missing while the gate is closed; parked fixes, coverage and actions once it is open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from pmfacil.commands import Command, bindings
from pmfacil.core.agenda import Step
from pmfacil.core.coverage import coverage, letters
from pmfacil.core.ending import ActionId
from pmfacil.core.errors import GateClosed, Refusal
from pmfacil.core.gate import Need, settlement_standing, verdict
from pmfacil.core.model import Action, CauseId, FixId
from pmfacil.core.operations import (
    accept_risk,
    adopt_fix,
    agree_action,
    agree_on_no_actions,
    delete_action,
    drop_fix,
    merge_fix,
    revise_action,
)
from pmfacil.core.operations.items import find
from pmfacil.intake.actions import line_for_action, understand_action
from pmfacil.screens.dialogs.pick import PickScreen
from pmfacil.screens.messages import StepRequested
from pmfacil.screens.step import StepScreen
from pmfacil.widgets.names import NameSuggester
from pmfacil.widgets.rows.actions import ACTION, CAUSE, FIX, MISSING, action_line, actions_rows
from pmfacil.widgets.rows.causes import TRIGGER
from pmfacil.widgets.rows.coach import actions_beside, said_grade
from pmfacil.wording.action_grade import grade
from pmfacil.wording.findings import Scope

if TYPE_CHECKING:
    from textual.binding import BindingType

    from pmfacil.facilitation import Snapshot
    from pmfacil.intake.actions import ActionProposal
    from pmfacil.past import PastAction
    from pmfacil.screens.reviewing import Reword
    from pmfacil.widgets.row import Row
    from pmfacil.wording.action_grade import Grade

_OPEN_GATE_ONLY = frozenset({"adopt", "merge", "risk", "drop", "no_actions"})


class ActionsScreen(StepScreen):
    """Agree on what to do, once the causes are settled."""

    STEP = Step.ACTIONS
    SCOPE = Scope.ACTION
    BESIDE = "Does every cause have an answer, and could a stranger check it?"
    COMMANDS_HERE = (
        Command("actions.adopt", "adopt", "adopt", "Turn the parked fix into an action", "f4", rank=2),
        Command("actions.merge", "merge", "merge", "An action covers the parked fix already", "f5", rank=2),
        Command("actions.risk", "risk", "accept risk", "Accept that a cause gets no action", "f6", rank=2),
        Command("actions.drop", "drop", "drop", "Let the parked fix go, with the reason", "f7", rank=2),
        Command("actions.none", "no_actions", "no actions", "Agree that nothing is to be done, with the reason", "f8"),
        Command(
            "actions.coach",
            "beside",
            "coach",
            "Causes × actions, and what would sharpen them",
            "f10,shift+f8",
            rank=2,
        ),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS_HERE)

    def on_mount(self) -> None:
        """Complete the names of owners."""
        self.capture.suggester = NameSuggester(self._people)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what makes actions only while the gate is open; the verbs refuse in any case."""
        if action in _OPEN_GATE_ONLY and settlement_standing(self.post_mortem) is None:
            return False
        return super().check_action(action, parameters)

    def rows(self, snapshot: Snapshot) -> list[Row]:
        """Return the locked panel, or fixes, causes and actions."""
        return actions_rows(snapshot.post_mortem, self.glyphs)

    def invitation(self) -> str:
        """Show the shape of an action, or say that fixes can be parked."""
        if settlement_standing(self.post_mortem) is None:
            return "! parks a fix · Enter jumps to what is missing"
        return "what, @owner, by friday, #prevent, /A, when: it can be checked"

    def echo(self, text: str) -> str:
        """Show how the line would be read, before Enter."""
        if text.lstrip().startswith("!"):
            return "a fix, to be parked"
        if settlement_standing(self.post_mortem) is None:
            return "actions are locked; ! at the start parks this as a fix"
        proposal = self._read(text)
        return proposal.echo + _guessed_type(proposal)

    def submit(self, text: str) -> bool:
        """Agree an action; its causes are those named, or the ones that the highlight stands on."""
        if settlement_standing(self.post_mortem) is None:
            self.say_refusal(GateClosed(verdict(self.post_mortem)))
            return False
        proposal = self._read(text)
        new = ActionId(self.service.new_id())
        causes = proposal.causes or self._causes_here()

        def agree() -> Snapshot:
            return self.service.do(
                agree_action,
                new,
                proposal.text,
                causes,
                owner=proposal.owner,
                due=proposal.due,
                type=proposal.type,
                done_when=proposal.done_when,
            )

        if not self.attempt(agree):
            return False
        self._look_over(new)
        return True

    def choose_row(self, key: str) -> None:
        """Jump to what is missing, or edit the highlighted action in place."""
        if key.startswith(MISSING):
            self._jump(int(key.removeprefix(MISSING)))
        elif (action := self._action(key)) is not None:
            self.ask(
                "Edit this action.",
                lambda text: self._revised(action, text),
                seed=line_for_action(action, letters(self.post_mortem)),
            )
        elif key.startswith(FIX):
            self.action_adopt()

    def delete_row(self, key: str) -> None:
        """Delete the highlighted action; the fix that it came from is parked again."""
        if (action := self._action(key)) is not None:
            self.attempt(lambda: self.service.do(delete_action, action.id), said="Deleted. ^Z brings it back.")

    def action_adopt(self) -> None:
        """Turn the highlighted fix into an action: its words come into the line, to be finished and kept."""
        fix = self._fix()
        if fix is None:
            return
        words = next(one.text for one in self.post_mortem.fixes if one.id == fix)

        def adopted(text: str) -> bool:
            return self._adopted(fix, self._read(text))

        self.ask("Adopt: add @owner, by a day, /cause, when: it is done.", adopted, seed=words)

    def action_merge(self) -> None:
        """Choose the action that covers the highlighted fix."""
        fix = self._fix()
        if fix is None:
            return
        if not self.post_mortem.actions:
            self.say("There is no action to merge it into yet. F4 adopts it.")
            return

        def picked(key: str | None) -> None:
            if key:
                action = ActionId(key.removeprefix(ACTION))
                self.attempt(lambda: self.service.do(merge_fix, fix, action), said="Merged.")

        names = letters(self.post_mortem)
        rows = [action_line(action, names, self.glyphs) for action in self.post_mortem.actions]
        self.app.push_screen(PickScreen("Which action covers this fix?", rows), picked)

    def action_drop(self) -> None:
        """Let the highlighted fix go, with the reason."""
        if (fix := self._fix()) is not None:
            self.reasoned(lambda reason: self.service.do(drop_fix, fix, reason), said="Dropped, with its reason.")

    def action_risk(self) -> None:
        """Accept that the highlighted cause gets no action, with the reason."""
        if not self.body.key.startswith(CAUSE):
            self.say("Highlight a cause first, with the arrow keys.")
            return
        cause = CauseId(self.body.key.removeprefix(CAUSE))
        self.reasoned(lambda reason: self.service.do(accept_risk, cause, reason), said="Accepted, with its reason.")

    def action_no_actions(self) -> None:
        """Agree that nothing is to be done, with the reason."""
        self.reasoned(lambda reason: self.service.do(agree_on_no_actions, reason), said="No actions, with the reason.")

    def _adopted(self, fix: FixId, proposal: ActionProposal) -> bool:
        new = ActionId(self.service.new_id())
        causes = proposal.causes or self._causes_here()
        if not self.attempt(lambda: self.service.do(adopt_fix, fix, new, causes)):
            return False
        action = self._action(f"{ACTION}{new}")
        return action is not None and self._finish(action, proposal)

    def _revised(self, action: Action, text: str) -> bool:
        return self._finish(action, self._read(text))

    def _finish(self, action: Action, proposal: ActionProposal) -> bool:
        revised = proposal.revise(action)
        if not self.attempt(lambda: self.service.do(revise_action, revised)):
            return False
        self._look_over(action.id)
        return True

    def _look_over(self, id: ActionId) -> None:
        """Say how far an action has come, and ask the one question that would sharpen it most."""
        self.body.select(f"{ACTION}{id}")
        action = find(self.post_mortem.actions, id, "action")
        self.say(said_grade(action, self._grade(action), self._promised(action)))
        self.review(action.text, self._rewording(id))

    def _rewording(self, id: ActionId) -> Reword:
        def reword(words: str) -> Snapshot:
            action = find(self.post_mortem.actions, id, "action")
            return self.service.amend(revise_action, replace(action, text=words))

        return reword

    def _promised(self, action: Action) -> PastAction | None:
        try:
            return self.aids.past.promised(action.text)
        except Refusal:  # the past can wait; the room goes on
            return None

    def _grade(self, action: Action) -> Grade:
        pm, today = self.post_mortem, self.service.now().date()
        return grade(
            action.text,
            owner=action.owner,
            due=action.due.isoformat() if action.due else "",
            done_when=action.done_when,
            causes=len(action.causes),
            days_left=(action.due - today).days if action.due else None,
            people=tuple(person.name for person in pm.people),
        )

    def beside(self) -> list[Row]:
        """Return causes × actions, the mix, and what would sharpen the highlighted action."""
        grades = [(action, self._grade(action)) for action in self.post_mortem.actions]
        here = self.body.key.removeprefix(ACTION)
        return actions_beside(self.post_mortem, grades, here, self.glyphs)

    def _jump(self, index: int) -> None:
        missing = verdict(self.post_mortem)[index]
        target = missing.cause or (TRIGGER if missing.need is Need.TRIGGER else "")
        self.post_message(StepRequested(Step.CAUSES, target))

    def _read(self, text: str) -> ActionProposal:
        names = {letter: cause for cause, letter in letters(self.post_mortem).items()}
        return understand_action(text, self.service.now().date(), names, self._people())

    def _people(self) -> tuple[str, ...]:
        """Return who may own an action: the people of the meeting, and whoever owns one already."""
        pm = self.post_mortem
        names = (*(person.name for person in pm.people), *(action.owner for action in pm.actions if action.owner))
        return tuple(dict.fromkeys(names))

    def _causes_here(self) -> tuple[CauseId, ...]:
        key = self.body.key
        if key.startswith(CAUSE):
            return (CauseId(key.removeprefix(CAUSE)),)
        if (action := self._action(key)) is not None:
            return action.causes
        covers = coverage(self.post_mortem)
        bare = [cover.cause.id for cover in covers if not cover.covered]
        return tuple(bare[:1] or [cover.cause.id for cover in covers[:1]])

    def _action(self, key: str) -> Action | None:
        return next((one for one in self.post_mortem.actions if f"{ACTION}{one.id}" == key), None)

    def _fix(self) -> FixId | None:
        if self.body.key.startswith(FIX):
            return FixId(self.body.key.removeprefix(FIX))
        self.say("Highlight a parked fix first, with the arrow keys.")
        return None


def _guessed_type(proposal: ActionProposal) -> str:
    """Return the type that an action looks like, as a question, where none was said."""
    guessed = grade(proposal.text).suggested_type if proposal.type is None and proposal.text else None
    return f" · #{guessed.value}?" if guessed is not None else ""
