"""Step 3, root causes: impact, trigger, the tree of whys, and the room's word that the picture is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pmfacil.commands import Command, bindings
from pmfacil.core.agenda import Step
from pmfacil.core.errors import GateClosed, Refusal
from pmfacil.core.gate import unsettled
from pmfacil.core.model import Cause, CauseId, Entry, FixId, Mark, SettlementId
from pmfacil.core.operations import (
    ask_why,
    call_it_contributing,
    call_it_root_cause,
    delete_cause,
    link_evidence,
    name_trigger,
    open_line,
    park_fix,
    reword_cause,
    settle_causes,
    state_impact,
    stop_line,
)
from pmfacil.core.text import kept, shortened
from pmfacil.core.tree import above, by_parent, depth
from pmfacil.screens.dialogs.pick import PickScreen
from pmfacil.screens.reviewing import Remark
from pmfacil.screens.step import StepScreen
from pmfacil.widgets.rows.causes import IMPACT, TRIGGER, causes_rows
from pmfacil.widgets.rows.coach import causes_beside, fate
from pmfacil.widgets.rows.timeline import timeline_rows
from pmfacil.wording.cause_words import circular, missing_fix
from pmfacil.wording.findings import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import BindingType

    from pmfacil.facilitation import Snapshot
    from pmfacil.past import PastCause
    from pmfacil.screens.reviewing import Reword
    from pmfacil.widgets.row import Row

_LONG = 4  # whys after which a branch that stands alone is worth a question
_SHOWN = 48  # characters of a line that are enough to know it by


class CausesScreen(StepScreen):
    """What made that possible? The highlighted line is the one that the next answer answers."""

    STEP = Step.CAUSES
    SCOPE = Scope.NARRATIVE
    BESIDE = "What do the causes not say yet?"
    COMMANDS_HERE = (
        Command("causes.root", "root", "root cause", "Call the highlighted line a root cause", "f4", rank=1),
        Command("causes.factor", "factor", "contributing", "Call it a contributing factor", "f5", rank=2),
        Command("causes.settle", "settle", "settle", "Ask the room whether the picture is complete", "f6", rank=1),
        Command("causes.stop", "stop", "stop here", "Stop a line, with the reason", "f7", rank=2),
        Command("causes.evidence", "evidence", "evidence", "Point it at a timeline entry", "f8", rank=2),
        Command(
            "causes.coach",
            "beside",
            "coach",
            "Causes found before, sides nobody looked at, causes without a record",
            "f10,shift+f8",
            rank=2,
        ),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS_HERE)

    def rows(self, snapshot: Snapshot) -> list[Row]:
        """Return impact, trigger, tree and what the gate waits for."""
        return causes_rows(snapshot.post_mortem, self.glyphs)

    def invitation(self) -> str:
        """Invite to the first thing that has no words yet."""
        pm = self.post_mortem
        match self._wanted():
            case "impact":
                return "What did it do to people, and for how long?"
            case "trigger":
                return "What set it off?"
        line = self._cause()
        if line is None:
            return "Why could that happen? What made it possible?"
        return f"What made that possible? (why {depth(pm.causes, line.id) + 1})"

    def echo(self, text: str) -> str:
        """Show where the answer will hang."""
        if text.lstrip().startswith("!"):
            return "a fix, to be parked"
        if (wanted := self._wanted()) is not None:
            return wanted
        line = self._cause()
        if line is None:
            return "why 1 under the impact"
        return f"why {depth(self.post_mortem.causes, line.id) + 1} under “{shortened(line.text, _SHOWN)}”"

    def submit(self, text: str) -> bool:
        """Keep the impact, the trigger, or the next why; then stand on it, so that the next line goes deeper."""
        match self._wanted():
            case "impact":
                return self._fact(IMPACT, text)
            case "trigger":
                return self._fact(TRIGGER, text)
        new = CauseId(self.service.new_id())
        above = self._cause()
        parent = above.id if above is not None else None
        if not self.attempt(lambda: self.service.do(ask_why, new, text, parent, self.service.now())):
            return False
        self.body.select(new)
        self.review(text, self._rewording(new))
        return True

    def _rewording(self, id: CauseId) -> Reword:
        return lambda words: self.service.amend(reword_cause, id, words)

    def remarks(self, words: str, reword: Reword) -> Iterator[Remark]:
        """Say of a why: a fix that was not there, the same again, a promise that was made before."""
        yield from super().remarks(words, reword)
        line = self._cause()
        if line is None or line.text != kept(words):
            return
        if (absent := missing_fix(words)) is not None:
            yield Remark(
                f"That names what was not there. {absent.question}",
                f"parks “{shortened(absent.fix, _SHOWN)}” and rewords it",
                lambda: self._park_absent(absent.fix, absent.question, words, reword),
            )
        if (same := circular(words, [one.text for one in above(self.post_mortem.causes, line.id)])) is not None:
            question = f"That says the same again: “{shortened(same, _SHOWN)}”. What made that possible?"
            yield Remark(question, "rewords it", lambda: self.reworded(question, words, reword))
        for past in self._similar(words):
            told = next((one for one in past.actions if one.standing), None)
            if told is not None:
                yield Remark(f"“{shortened(told.text, _SHOWN)}” was {fate(told)}. What stood in its way?")

        if depth(self.post_mortem.causes, line.id) == _LONG and len(by_parent(self.post_mortem.causes)[None]) == 1:
            yield Remark("One line goes four whys deep, and stands alone. What else had to be true?")

    def _park_absent(self, fix: str, question: str, words: str, reword: Reword) -> None:
        new = FixId(self.service.new_id())
        if self.attempt(lambda: self.service.do(park_fix, new, fix, self.service.now())):
            self.reworded(question, words, reword)

    def beside(self) -> list[Row]:
        """Return what was found before, sides that nobody looked at, and causes that no record shows."""
        line = self._cause()
        words = kept(self.capture.value) or (line.text if line else "")
        return causes_beside(self.post_mortem, self._similar(words) if words else (), self.glyphs)

    def keep_draft(self) -> None:
        """Keep the half-typed line, and once it rests show what was found before that is like it."""
        super().keep_draft()
        self.show_beside()

    def _similar(self, words: str) -> tuple[PastCause, ...]:
        try:
            return self.aids.past.similar(words)
        except Refusal:  # the past can wait; the room goes on
            return ()

    def choose_row(self, key: str) -> None:
        """Edit the highlighted row in place."""
        if key in (IMPACT, TRIGGER):
            said = self.post_mortem.impact if key == IMPACT else self.post_mortem.trigger
            self.ask(f"The {key}, in a sentence.", lambda text: self._fact(key, text), seed=said)
        elif (line := self._cause()) is not None:
            self.ask(
                "Put this line in other words.",
                lambda text: self._reworded(line.id, text),
                seed=line.text,
            )

    def _reworded(self, id: CauseId, text: str) -> bool:
        if not self.attempt(lambda: self.service.do(reword_cause, id, text)):
            return False
        self.review(text, self._rewording(id))
        return True

    def delete_row(self, key: str) -> None:  # noqa: ARG002 - the highlighted line is the row
        """Delete the highlighted line with all below it."""
        if (line := self._cause()) is not None:
            self.attempt(
                lambda: self.service.do(delete_cause, line.id, self.service.now()),
                said="Deleted with what answered it. ^Z brings it back.",
            )

    def action_root(self) -> None:
        """Call the highlighted line a root cause, or take that back."""
        if (line := self._marking()) is None or self._taken_back(line, Mark.ROOT):
            return
        now = self.service.now()
        self.reasoned(lambda reason: self.service.do(call_it_root_cause, line.id, reason, now), said="A root cause.")

    def action_factor(self) -> None:
        """Call the highlighted line a contributing factor, or take that back."""
        if (line := self._marking()) is None or self._taken_back(line, Mark.CONTRIBUTING):
            return
        self.attempt(
            lambda: self.service.do(call_it_contributing, line.id, self.service.now()), said="A contributing factor."
        )

    def action_stop(self) -> None:
        """Stop the highlighted line with a reason, or open it again."""
        if (line := self._marking()) is None or self._taken_back(line, Mark.STOPPED):
            return
        now = self.service.now()
        self.reasoned(lambda reason: self.service.do(stop_line, line.id, reason, now), said="Stopped here.")

    def action_settle(self) -> None:
        """Ask the room whether the picture is complete; its yes opens the actions."""
        if missing := unsettled(self.post_mortem):
            self.say_refusal(GateClosed(missing))
            if missing[0].cause is not None:
                self.select(missing[0].cause)
            return
        self.confirm(
            "Ask the room: is the picture complete? What else had to be true?",
            lambda: self.attempt(
                lambda: self.service.do(settle_causes, SettlementId(self.service.new_id()), self.service.now()),
                said="Settled. Actions are open: ^N goes on.",
            ),
        )

    def action_evidence(self) -> None:
        """Choose the timeline entry that shows the highlighted line."""
        if (line := self._marking()) is None:
            return
        if not self.post_mortem.entries:
            self.say("There is no timeline to point at yet.")
            return

        def picked(key: str | None) -> None:
            entry = next((one for one in self.post_mortem.entries if one.id == key), None)
            if entry is not None:
                self._link(line, entry)

        rows = timeline_rows(self.post_mortem, self.glyphs)
        self.app.push_screen(
            PickScreen("Which entry shows it? Picking a linked one takes the link back.", rows), picked
        )

    def _link(self, line: Cause, entry: Entry) -> None:
        said = "Link taken back." if entry.id in line.evidence else "Linked."
        self.attempt(lambda: self.service.do(link_evidence, line.id, entry.id), said=said)

    def _wanted(self) -> str | None:
        """Name the fact that a typed line states: one that is highlighted and has no words, or comes first."""
        pm, key = self.post_mortem, self.body.key
        if key == TRIGGER and not pm.trigger:
            return TRIGGER
        if not pm.impact and not pm.causes and key in (IMPACT, TRIGGER, ""):
            return IMPACT
        if not pm.trigger and not pm.causes:
            return TRIGGER
        return None

    def _fact(self, key: str, text: str) -> bool:
        verb = state_impact if key == IMPACT else name_trigger
        if not self.attempt(lambda: self.service.do(verb, text)):
            return False
        self.review(text, lambda words: self.service.amend(verb, words))
        return True

    def _cause(self) -> Cause | None:
        return next((line for line in self.post_mortem.causes if line.id == self.body.key), None)

    def _marking(self) -> Cause | None:
        line = self._cause()
        if line is None:
            self.say("Highlight a why first, with the arrow keys.")
        return line

    def _taken_back(self, line: Cause, mark: Mark) -> bool:
        if line.mark is not mark:
            return False
        self.attempt(lambda: self.service.do(open_line, line.id, self.service.now()), said="Open again.")
        return True
