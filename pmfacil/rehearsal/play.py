"""The worked example: the whole script, performed through the same verbs and the same gate as any meeting."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pmfacil.core import operations as verbs
from pmfacil.core.agenda import STEPS, Step
from pmfacil.core.coverage import letters
from pmfacil.core.ending import ActionId
from pmfacil.core.facts import PersonId
from pmfacil.core.guide import NORMS
from pmfacil.core.model import (
    CauseId,
    DissentId,
    Entry,
    EntryId,
    FixId,
    Mark,
    QuestionId,
    SettlementId,
    StrengthId,
)
from pmfacil.intake.actions import understand_action
from pmfacil.intake.dates import understand_date
from pmfacil.intake.placing import Context
from pmfacil.intake.timeline import understand

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem
    from pmfacil.facilitation import Facilitation
    from pmfacil.rehearsal.script import Cue, Script


def play(script: Script, service: Facilitation) -> None:
    """Hold the whole meeting of the script; raises a `Refusal` where the script breaks a rule."""
    player = _Player(script, service)
    for norm in NORMS:
        service.do(verbs.tick_norm, norm.key)
    for step in STEPS:
        player.enter(step)
        for cue in script.steps[step]:
            player.perform(cue)
    player.end()


class _Player:
    def __init__(self, script: Script, service: Facilitation) -> None:
        self._script = script
        self._service = service
        # The example's own clock: every step takes what it was given, so that the report's times make sense.
        self._now = service.now() - timedelta(minutes=sum(service.snapshot.post_mortem.boxes))

    def enter(self, step: Step) -> None:
        if step is not Step.OPEN:
            self._now += timedelta(minutes=self._pm.boxes[STEPS.index(step) - 1])
        self._service.steer(lambda sitting: sitting.enter(step, self._now))

    def end(self) -> None:
        self._now += timedelta(minutes=self._pm.boxes[-1])
        self._service.do(verbs.close_meeting, self._now)
        self._service.steer(lambda sitting: sitting.pause(self._now))

    def perform(self, cue: Cue) -> None:
        match cue.do:
            case "person":
                name, _, role = cue.line.partition(",")
                self._service.do(verbs.welcome, PersonId(self._id()), name, role)
            case "entry":
                self._entry(cue)
            case "fix":
                self._service.do(verbs.park_fix, FixId(self._id()), cue.line, self._now)
            case "dissent":
                self._service.do(verbs.dissent_from_timeline, DissentId(self._id()), cue.line)
            case "agree":
                self._service.do(verbs.agree_timeline, self._now)
            case "impact":
                self._service.do(verbs.state_impact, cue.line)
            case "trigger":
                self._service.do(verbs.name_trigger, cue.line)
            case "why":
                self._why(cue)
            case "settle":
                self._service.do(verbs.settle_causes, SettlementId(self._id()), self._now)
            case "strength":
                self._strength(cue)
            case "adopt" | "merge" | "drop" | "action" | "risk":
                self._action(cue)
            case _:
                self._close(cue)

    @property
    def _pm(self) -> PostMortem:
        return self._service.snapshot.post_mortem

    def _id(self) -> str:
        return self._service.new_id()

    def _entry(self, cue: Cue) -> None:
        known = [entry.at for entry in self._pm.entries if entry.at is not None]
        read = understand(cue.line, Context.of(self._pm, last=known[-1] if known else None, now=self._now))
        entry = Entry(
            EntryId(self._id()), read.text, read.kind, read.at, read.until, read.approximate, acted_on=read.acted_on
        )
        self._service.do(verbs.record_entry, entry)
        if cue.star:
            self._service.do(verbs.star_entry, entry.id)

    def _why(self, cue: Cue) -> None:
        new = CauseId(self._id())
        self._service.do(verbs.ask_why, new, cue.line, self._cause(cue.under) if cue.under else None, self._now)
        for index in cue.evidence:
            self._service.do(verbs.link_evidence, new, self._entry_at(index))
        match cue.mark:
            case Mark.ROOT:
                self._service.do(verbs.call_it_root_cause, new, cue.reason, self._now)
            case Mark.CONTRIBUTING:
                self._service.do(verbs.call_it_contributing, new, self._now)
            case Mark.STOPPED:
                self._service.do(verbs.stop_line, new, cue.reason, self._now)
            case Mark.OPEN:
                pass

    def _strength(self, cue: Cue) -> None:
        new = StrengthId(self._id())
        self._service.do(verbs.note_strength, new, cue.area, cue.line)
        if cue.keep:
            self._service.do(verbs.keep_strength, new)

    def _action(self, cue: Cue) -> None:
        fix = next((fix.id for fix in self._pm.fixes if fix.text == cue.fix), None)
        if cue.do == "drop" and fix is not None:
            self._service.do(verbs.drop_fix, fix, cue.reason)
            return
        if cue.do == "risk":
            self._service.do(verbs.accept_risk, self._cause(cue.cause), cue.reason)
            return
        named = {letter: cause for cause, letter in letters(self._pm).items()}
        read = understand_action(cue.line, self._now.date(), named)
        new = ActionId(self._id())
        if cue.do == "adopt" and fix is not None:
            self._service.do(verbs.adopt_fix, fix, new, read.causes)
        else:
            self._service.do(verbs.agree_action, new, read.text, read.causes)
        action = next(one for one in self._pm.actions if one.id == new)
        self._service.do(verbs.revise_action, read.revise(action))
        if cue.do == "merge" and fix is not None:
            self._service.do(verbs.merge_fix, fix, new)

    def _close(self, cue: Cue) -> None:
        today = self._now.date()
        match cue.do:
            case "read back":
                for action in self._pm.actions:
                    self._service.do(verbs.read_action_back, action.id)
            case "report owner":
                self._service.do(verbs.name_report_owner, cue.line)
            case "audience":
                self._service.do(verbs.name_audience, cue.line)
            case "share on":
                self._service.do(verbs.plan_sharing, understand_date(cue.line, today))
            case "follow-up":
                self._service.do(verbs.plan_follow_up, understand_date(cue.line, today) or today, today)
            case "learned":
                self._service.do(verbs.count_learned, int(cue.line))
            case "question":
                self._service.do(verbs.leave_question, QuestionId(self._id()), cue.line)

    def _cause(self, text: str) -> CauseId:
        return next(cause.id for cause in self._pm.causes if cause.text == text)

    def _entry_at(self, index: int) -> EntryId:
        line = self._script.entries[index].line
        text = understand(line, Context.of(self._pm, last=None, now=self._now)).text
        return next(entry.id for entry in self._pm.entries if entry.text == text)
