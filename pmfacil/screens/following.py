"""The follow-up: a quarter of an hour over the actions of one post-mortem. Done is not verified."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal, Vertical

from pmfacil.commands import Command, bindings
from pmfacil.core.ending import FOLLOW_UP_DEFAULT, Effect, Finding, FindingId, FollowUpId
from pmfacil.core.errors import Unfit
from pmfacil.core.following import BOX, finding_on, follow_up_running, unanswered
from pmfacil.core.guide import FOLLOW_UP_PROMPTS
from pmfacil.core.model import Action, ActionState
from pmfacil.core.operations import begin_follow_up, end_follow_up, move_action, note_finding, redate_action
from pmfacil.core.sitting import LONGEST
from pmfacil.core.text import kept
from pmfacil.core.timer import ZERO, Countdown
from pmfacil.intake.dates import understand_date
from pmfacil.screens.ground import TALL, WIDE
from pmfacil.screens.messages import ReportRequested
from pmfacil.screens.service_page import ServicePage
from pmfacil.widgets.clock import BigClock
from pmfacil.widgets.plain import Line
from pmfacil.widgets.rows.following import following_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from pmfacil.core.ending import FollowUp
    from pmfacil.facilitation import Facilitation, Snapshot
    from pmfacil.widgets.glyphs import Glyphs

FOLLOWING_COMMANDS: Final = (
    Command("follow.help", "help", "help", "What a follow-up is for, and its keys", "f1", rank=1),
    Command("follow.question", "question", "question", "Ask the room the next question", "f2", rank=3),
    Command("follow.elsewhere", "elsewhere", "elsewhere", "Where else the same condition was seen", "f4", rank=2),
    Command("follow.seen", "effect('effect seen')", "effect seen", "It is done, and it worked: verified", "f5", rank=1),
    Command("follow.unseen", "effect('effect not seen')", "not seen", "It is done, and did not work", "f6", rank=1),
    Command(
        "follow.chance", "effect('no chance yet')", "no chance", "It is done; nothing has tried it yet", "f7", rank=2
    ),
    Command("follow.drop", "drop", "accept risk", "It will not be done: the risk is accepted; say why", "f8", rank=2),
    Command("follow.date", "redate", "new date", "It is still to be done: by when?", "f9", rank=1),
    Command("follow.end", "end", "end", "End the follow-up; the report carries what was found", "ctrl+n", rank=1),
    Command("follow.undo", "undo", "undo", "Take the last change back", "ctrl+z", rank=3),
    Command("follow.palette", "app.command_palette", "all", "Find any command by its name", "ctrl+p", rank=1),
    Command("follow.redo", "redo", "redo", "Bring back what undo took", "ctrl+y"),
    Command("follow.pause", "pause", "pause the clock", "Pause the clock, or let it run again", "ctrl+t"),
    Command("follow.report", "report", "report", "Read the report as it stands, and export it", "ctrl+s"),
    Command("follow.library", "library", "library", "Back to all post-mortems; everything is kept", "ctrl+l"),
    Command("follow.theme", "theme", "change the theme", "Calm, projector, or the terminal's own colours"),
)


class FollowUpScreen(ServicePage):
    """Each action is asked about once: a key says what was seen, a typed line adds a note or a link."""

    DRAFT = "follow-up"
    BINDINGS: ClassVar[list[BindingType]] = bindings(FOLLOWING_COMMANDS)
    NAME = "Follow-up"
    PURPOSE = (
        "Fifteen minutes over what was agreed: is it done, and did it work? What is still open gets a new date, "
        "or the risk is accepted. The report carries what was found."
    )
    TIPS = (
        "A typed line is a note on the highlighted action; an address in it is kept as its link.",
        "No chance yet is an honest answer: the follow-up can look once more.",
        "Dropping an action is a decision too. Say why, and nobody asks again.",
    )

    def __init__(self, service: Facilitation, glyphs: Glyphs) -> None:
        """Begin with the first question; the clock starts when the follow-up is shown."""
        super().__init__(service, glyphs)
        self._asked = 0
        self.clock = Countdown(BOX)
        self._seen = service.now()

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here."""
        return FOLLOWING_COMMANDS

    def compose_above(self) -> ComposeResult:
        """Lay out question and clock."""
        with Horizontal(id="prompt"):
            with Vertical(id="asking"):
                yield Line(id="question")
                yield Line(id="hint")
            yield BigClock(self.glyphs, id="clock")

    def on_mount(self) -> None:
        """Begin, or go on with one that was not ended."""
        self._seen = self.service.now()
        self.clock = self.clock.start(self._seen)
        self.attempt(lambda: self.service.do(begin_follow_up, FollowUpId(self.service.new_id()), self.service.now()))

    def invitation(self) -> str:
        """Invite to say what was seen."""
        return "F5 to F9 answer · type a note on the highlighted action"

    def show(self) -> None:
        """Show the actions with what was found about each."""
        pm, held = self.post_mortem, self._held()
        asked = unanswered(pm, held, self._today()) if held is not None else ()
        self.body.show(following_rows(pm, held, asked, self._today(), self.glyphs))
        self.head(f"Follow-up · {pm.title}", f"{len(asked)} to answer" if asked else "all answered")
        prompt = FOLLOW_UP_PROMPTS[self._asked % len(FOLLOW_UP_PROMPTS)]
        self.query_one("#question", Line).say(prompt.question)
        self.query_one("#hint", Line).say(prompt.hint)
        self.show_time()

    def beat(self) -> None:
        """Look at the clock once."""
        if self.query(BigClock):
            self.show_time()

    def show_time(self) -> None:
        """Show what the clock says now."""
        narrow = self.size.width < WIDE or self.size.height < TALL
        now = self.service.now()
        if not ZERO <= now - self._seen <= LONGEST:  # the machine slept, or its clock was set
            self.clock = self.clock.without_gap(self._seen, now)
        self._seen = now
        self.query_one(BigClock).tell(self.clock.reading(now), scale=1, small=narrow)

    # -- lines ------------------------------------------------------------------------------------------------

    def submit(self, text: str) -> bool:
        """Keep a note on the highlighted action; an address in it becomes its link."""
        note, link = _noted(text)
        return self._find(lambda found: replace(found, note=note or found.note, link=link or found.link), "Noted.")

    def choose_row(self, key: str) -> None:  # noqa: ARG002 - the highlighted action is meant
        """Edit the note on the highlighted action."""
        if (action := self._action()) is None or (held := self._held()) is None:
            return
        found = finding_on(self.post_mortem, held, action.id)
        seed = " ".join(part for part in (found.note, found.link) if part) if found else ""

        def noted(text: str) -> bool:
            note, link = _noted(text)
            return self._find(lambda found: replace(found, note=note, link=link), "Noted.")

        self.ask("What was seen? A note, a link.", noted, seed)

    # -- what can be done -------------------------------------------------------------------------------------

    def action_question(self) -> None:
        """Ask the next question."""
        self._asked += 1
        self.show()

    def action_pause(self) -> None:
        """Pause the clock, or let it run again."""
        now = self.service.now()
        running = self.clock.running_since is not None
        self.clock = self.clock.pause(now) if running else self.clock.start(now)
        self.say("The clock stands. ^T lets it run again." if running else "The clock runs.")
        self.show_time()

    def action_effect(self, effect: str) -> None:
        """Say what was seen of the highlighted action, and go on to the next that asks for an answer."""
        seen = Effect(effect)
        if self._find(lambda found: replace(found, effect=seen), f"{seen.value.capitalize()}."):
            self._go_on()

    def action_elsewhere(self) -> None:
        """Ask where else the same condition was seen."""
        if self._action() is None:
            return
        self.ask(
            "Where else was the same condition seen?",
            lambda text: self._find(lambda found: replace(found, elsewhere=text), "Kept."),
        )

    def action_drop(self) -> None:
        """Ask why the risk is accepted."""
        if (action := self._action()) is None:
            return
        now = self.service.now()

        def dropped(reason: str) -> bool:
            return self._answer(
                lambda: self.service.do(move_action, action.id, ActionState.DROPPED, reason, now),
                "Dropped: the risk is accepted.",
            )

        self.ask("Why is this risk accepted?", dropped)

    def action_redate(self) -> None:
        """Ask by when it will be done."""
        if (action := self._action()) is None:
            return

        def dated(typed: str) -> bool:
            return self._answer(lambda: self.service.do(redate_action, action.id, self._day(typed)), "Kept.")

        self.ask("By when? friday, +2w, 12 March.", dated)

    def action_end(self) -> None:
        """Ask whether to look once more, then end; the report comes up."""
        held = self._held()
        if held is None:
            self.post_message(ReportRequested())
            return
        left = len(unanswered(self.post_mortem, held, self._today()))
        open_still = any(action.state not in _FINISHED for action in self.post_mortem.actions)
        waiting = f"{left} action{'s' * (left != 1)} without an answer. " if left else ""
        seed = str(self._today() + FOLLOW_UP_DEFAULT) if open_still or left else ""
        self.ask(f"{waiting}When do we look once more? Nothing: not again.", lambda text: self._end(held, text), seed)

    def action_report(self) -> None:
        """Read the report as it stands."""
        self.post_message(ReportRequested())

    def _end(self, held: FollowUp, typed: str) -> bool:
        def end() -> Snapshot:
            next_on = self._day(typed) if kept(typed) else None
            return self.service.do(end_follow_up, held.id, self.service.now(), next_on)

        if not self.attempt(end):
            return False
        self.post_message(ReportRequested())
        return True

    def _find(self, change: Callable[[Finding], Finding], said: str) -> bool:
        action, held = self._action(), self._held()
        if action is None or held is None:
            return False
        before = finding_on(self.post_mortem, held, action.id)
        found = before or Finding(FindingId(self.service.new_id()), held.id, action.id)
        return self.attempt(lambda: self.service.do(note_finding, change(found), self.service.now()), said)

    def _answer(self, act: Callable[[], object], said: str) -> bool:
        """Do what answers the highlighted action, and go on to the next."""
        done = self.attempt(act, said)
        if done:
            self._go_on()
        return done

    def _go_on(self) -> None:
        """Put the highlight on the next action that asks for an answer, below this one or from the top."""
        held = self._held()
        asked = {one.id for one in unanswered(self.post_mortem, held, self._today())} if held else set()
        keys = self.body.keys
        here = keys.index(self.body.key) + 1 if self.body.key in keys else 0
        following = next((key for key in (*keys[here:], *keys[:here]) if key in asked), None)
        if following is not None:
            self.body.select(following)

    def _action(self) -> Action | None:
        if self.asking and not self.body.key:
            return None
        found = next((one for one in self.post_mortem.actions if one.id == self.body.key), None)
        if found is None:
            self.say("Highlight an action first, with the arrow keys.")
        return found

    def _held(self) -> FollowUp | None:
        return follow_up_running(self.post_mortem)

    def _today(self) -> date:
        return self.service.now().astimezone().date()

    def _day(self, typed: str) -> date:
        day = understand_date(typed, self._today())
        if day is None:
            msg = f"“{kept(typed)}” is no day I know. Try “friday”, “+2w” or “12 March”."
            raise Unfit(msg)
        return day


def _noted(text: str) -> tuple[str, str]:
    """Return what a typed line says of an action, and the first address in it."""
    words = text.split()
    links = [word for word in words if "://" in word]
    return " ".join(word for word in words if word not in links), next(iter(links), "")


_FINISHED: Final = frozenset([ActionState.VERIFIED, ActionState.DROPPED])
