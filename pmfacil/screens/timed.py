"""Time on a live screen: clock, rail, header, the question to the room, and what pmfacil offers when time runs away."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final

from textual.css.query import NoMatches
from textual.reactive import reactive

from pmfacil.commands import Command
from pmfacil.core import saying
from pmfacil.core.agenda import STEPS, Step
from pmfacil.core.errors import Refusal
from pmfacil.core.gate import settlement_standing
from pmfacil.core.sitting import RATES, convene
from pmfacil.core.timer import ZERO, Phase
from pmfacil.screens.conversation import Offer
from pmfacil.screens.ground import TALL, WIDE
from pmfacil.screens.service import ServiceScreen
from pmfacil.widgets.clock import BigClock
from pmfacil.widgets.plain import Line
from pmfacil.widgets.rail import Rail, rail_state
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmfacil.core.guide import Prompt
    from pmfacil.core.sitting import Sitting
    from pmfacil.facilitation import Facilitation, Snapshot
    from pmfacil.widgets.glyphs import Glyphs

LANDING_LEFT: Final = timedelta(minutes=8)
"""With this much of the meeting left and the causes open, pmfacil offers to land (product.md, section 6)."""

_BEHIND: Final = timedelta(minutes=5)  # a drift worth interrupting the facilitator's eye for
_MINUTE: Final = timedelta(minutes=1)

TIME_COMMANDS: Final = (
    Command("time.pause", "pause", "pause the clock", "Pause the clock, or let it run again", "ctrl+t"),
    Command("time.plus", "extend(1)", "one minute more", "Give this step one minute more", "f9"),
    Command("time.plus5", "extend(5)", "five minutes more", "Give this step five minutes more", "shift+f9"),
    Command("time.minus", "extend(-1)", "one minute less", "Take one minute from this step", "ctrl+f9"),
    Command("time.replan", "replan", "share out the time left", "Fit the steps ahead into the time that is left"),
    Command("time.restart", "restart", "restart the clocks", "Set every clock back and begin this step anew"),
    Command("time.presenter", "presenter", "presenter size", "Question and clock alone, as large as they go", "f12"),
    Command("time.take", "take_offer", "take the offer", "Say yes to what pmfacil proposes above the line", "ctrl+o"),
    Command(
        "time.speed", "speed", "rehearsal speed", "Let a rehearsal's clock run 1, 10 or 60 times as fast", "shift+f12"
    ),
)


class TimedScreen(ServiceScreen):
    """A live screen with its clock. The app's heartbeat calls `beat` once a second; nothing here ticks by itself."""

    STEP: ClassVar[Step]

    # Each part paints what changed in it; the base class would have every cell of the screen painted at each Enter.
    snapshot: reactive[Snapshot | None] = reactive(None, init=False, always_update=True, repaint=False)

    def __init__(self, service: Facilitation, glyphs: Glyphs) -> None:
        """Begin with the step's first question and no offer."""
        super().__init__(service, glyphs)
        self._asked = 0
        self._offer: Offer | None = None
        self._declined: set[str] = set()
        self._phase: Phase | None = None
        self._lines: dict[str, Line] = {}  # to look for a part each second takes longer than to change it

    def prompts(self) -> tuple[Prompt, ...]:
        """Return the questions of this step."""
        raise NotImplementedError

    def line(self, name: str) -> Line:
        """Return one of the frame's texts by its id."""
        if (line := self._lines.get(name)) is None:
            line = self._lines[name] = self.query_one(f"#{name}", Line)
        return line

    @cached_property
    def clock(self) -> BigClock:
        """The clock of this step."""
        return self.query_one(BigClock)

    @cached_property
    def rail(self) -> Rail:
        """The six steps."""
        return self.query_one(Rail)

    @property
    def whole(self) -> bool:
        """Whether the screen has its parts: while an app ends, they go before the screen does."""
        try:
            return self.clock.parent is not None
        except NoMatches:
            return False

    def beat(self) -> None:
        """Look at the clock once; what goes wrong by itself is said, and never ends the meeting."""
        if not self.whole:
            return
        try:
            beat = self.service.beat()
        except Refusal as refusal:
            self.say_refusal(refusal)
            self.show_time()
            return
        if beat.changed:
            self.snapshot = self.service.snapshot
        if beat.skipped > ZERO:  # not in the line, where a question may stand
            away = saying.length(beat.skipped)
            self.notify(f"pmfacil was away for {away}. The clock stood still meanwhile.", markup=False)
        self.show_time()
        self._make_offer(self._gap_offer(beat.gap, beat.now) or self.own_offer() or self._time_offer(beat.now))

    # -- what is shown ----------------------------------------------------------------------------------

    def show_time(self) -> None:
        """Show what the clocks say now; what did not change is not painted."""
        now = self.service.now()
        snapshot = self.service.snapshot
        sitting = snapshot.sitting.going_on(now)
        reading = sitting.clocks[STEPS.index(self.STEP)].reading(now)
        presenting, size = self.has_class("-presenter"), self.size
        narrow = size.width < WIDE
        small = not presenting and (narrow or size.height < TALL)
        self.clock.tell(reading, scale=2 if presenting else 1, small=small)
        locked = settlement_standing(snapshot.post_mortem) is None
        state = rail_state(sitting, now, locked=locked, glyphs=self.glyphs)
        self.rail.tell(state, narrow=narrow)
        self.line("ends").say(ending(sitting, now))
        if self._phase is not None and reading.phase > self._phase and reading.running:
            self.app.bell()
        self._phase = reading.phase

    def show_prompt(self) -> None:
        """Show the question to put to the room."""
        pm = self.post_mortem
        title = pm.title if pm.occurred_on is None else f"{pm.title} · {saying.day(pm.occurred_on)}"
        self.line("title").say(parts.heading(title).text)
        prompts = self.prompts()
        prompt = prompts[self._asked % len(prompts)]
        self.line("question").say(prompt.question)
        self.line("hint").say(prompt.hint)

    # -- what the facilitator does with time ------------------------------------------------------------

    def action_question(self) -> None:
        """Ask the next question of the bank."""
        self._asked += 1
        self.show_prompt()

    def action_pause(self) -> None:
        """Pause the clock, or let it run again."""
        now = self.service.now()
        running = self.service.snapshot.sitting.clock.running_since is not None
        self.steer(lambda one: one.pause(now) if running else one.resume(now))
        self.say("The clock stands. ^T lets it run again." if running else "The clock runs.")

    def action_extend(self, minutes: int) -> None:
        """Give the step more minutes, or fewer."""
        self.steer(lambda one: one.extend(minutes * _MINUTE))
        amount = f"{abs(minutes)} minute{'s' * (abs(minutes) != 1)}"
        self.say(f"{amount} {'more' if minutes > 0 else 'less'} for this step.")

    def action_replan(self) -> None:
        """Share the time left out over the steps ahead."""
        now = self.service.now()
        self.steer(lambda one: one.replan(now))
        self.say("The time left is shared out over the steps ahead.")

    def action_restart(self) -> None:
        """Set every clock back to its box and begin this step anew."""
        now, boxes = self.service.now(), self.post_mortem.boxes
        self.steer(lambda one: convene(boxes).at_rate(one.rate, now).enter(self.STEP, now))
        self.say("Every clock is set back. This step begins now.")

    def action_presenter(self) -> None:
        """Enlarge question and clock, and hide the rest; the same key brings it back."""
        self.toggle_class("-presenter")
        self.show_time()

    def action_speed(self) -> None:
        """Let the rehearsal's clock go at the next speed."""
        now, rate = self.service.now(), self.service.snapshot.sitting.rate
        faster = RATES[(RATES.index(rate) + 1) % len(RATES)] if rate in RATES else RATES[0]
        self.steer(lambda one: one.at_rate(faster, now))
        self.say(f"The clock runs {faster} times as fast." if faster > 1 else "The clock runs in real time.")

    def steer(self, change: Callable[[Sitting], Sitting]) -> None:
        """Change the running meeting and show it."""
        self.attempt(lambda: self.service.steer(change))

    # -- what pmfacil offers ------------------------------------------------------------------------------

    def action_take_offer(self) -> None:
        """Say yes to the offer."""
        if (offer := self._offer) is not None:
            self._make_offer(None)
            offer.accept()

    def decline_offer(self) -> None:
        """Say no to the offer; it is not made again on this screen."""
        if (offer := self._offer) is not None:
            self._declined.add(offer.key)
            self._make_offer(None)
            offer.decline()

    def withdraw(self, offer: Offer | None) -> None:
        """Take an offer back; another one that stands is left alone."""
        if offer is not None and self._offer is offer:
            self._make_offer(None)

    def _make_offer(self, offer: Offer | None) -> None:
        self._offer = offer
        line = self.line("offer")
        line.say(offer.text if offer else "")
        if line.display != (offer is not None):  # setting it anew would arrange the screen anew, each second
            line.display = offer is not None

    def own_offer(self) -> Offer | None:
        """Return what the step itself offers now."""
        return None

    def _gap_offer(self, gap: timedelta, now: datetime) -> Offer | None:
        if gap == ZERO:
            return None
        seen = self.service.snapshot.sitting.seen_at or now
        since = f"{parts.local(seen):%H:%M}"
        return Offer(
            f"gap {since}",
            f"pmfacil was away for {saying.length(gap)} (since {since}).  ^O takes it out of the clock · Esc counts it",
            lambda: self.attempt(lambda: self.service.count_gap(counts=False)),
            lambda: self.attempt(lambda: self.service.count_gap(counts=True)),
        )

    def _time_offer(self, now: datetime) -> Offer | None:
        snapshot = self.service.snapshot
        sitting, pm = snapshot.sitting.going_on(now), snapshot.post_mortem
        if sitting.started_at is None or sitting.clock.running_since is None or pm.closing.closed_at is not None:
            return None
        left = sitting.plan_left(now)
        drift = sitting.drift(now)
        closed = settlement_standing(pm) is None and pm.landing is None
        if closed and left <= LANDING_LEFT and STEPS.index(self.STEP) >= STEPS.index(Step.CAUSES):
            minutes = max(0, round(left / _MINUTE))
            text = (
                f"{minutes} min left and the causes are open.  ^O lands: book part two, keep everything · Esc goes on"
            )
            return self._unless_declined(Offer("land", text, self.action_land, _nothing))
        if drift >= _BEHIND and self.STEP is not Step.CLOSE:
            text = f"{round(drift / _MINUTE)} min behind.  ^O shares the time left over the steps ahead · Esc leaves it"
            return self._unless_declined(Offer("replan", text, self.action_replan, _nothing))
        return None

    def _unless_declined(self, offer: Offer) -> Offer | None:
        return None if offer.key in self._declined else offer

    def action_land(self) -> None:
        """Land the meeting; how part two is booked is up to the step screen."""
        raise NotImplementedError


def _nothing() -> None:
    """Let an offer go without doing anything."""


def ending(sitting: Sitting, now: datetime) -> str:
    """Return when the meeting is about to end, on the clock of the wall, and how far it is from its plan."""
    if sitting.started_at is None:
        return "not started"
    end = parts.local(sitting.projected_end(now))
    minutes = round(sitting.drift(now) / _MINUTE)
    drift = "on time" if minutes == 0 else f"{abs(minutes)} min {'behind' if minutes > 0 else 'ahead'}"
    faster = f" · {sitting.rate}× clock" if sitting.rate > 1 else ""
    return f"ends about {end:%H:%M} · {drift}{faster}"
