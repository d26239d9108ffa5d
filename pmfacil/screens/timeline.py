"""Step 2, the timeline: one line, one Enter; then the room agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pmfacil.commands import Command, bindings
from pmfacil.core import saying
from pmfacil.core.agenda import Step
from pmfacil.core.model import DissentId, Entry, EntryId, EntryKind
from pmfacil.core.operations import (
    agree_timeline,
    classify_entry,
    delete_entry,
    dissent_from_timeline,
    judge_signal,
    record_entry,
    revise_entry,
    star_entry,
)
from pmfacil.intake.placing import Context
from pmfacil.intake.timeline import line_for, understand
from pmfacil.screens.step import StepScreen
from pmfacil.widgets.rows.timeline import timeline_rows

if TYPE_CHECKING:
    from textual.binding import BindingType

    from pmfacil.facilitation import Snapshot
    from pmfacil.intake.timeline import Proposal
    from pmfacil.widgets.ledger import Row

_KINDS = tuple(EntryKind)
_JUDGED = {None: False, False: True, True: None}


class TimelineScreen(StepScreen):
    """What happened, and when."""

    STEP = Step.TIMELINE
    COMMANDS_HERE = (
        Command("timeline.star", "star", "star", "Star an entry that tells the story", "f4", rank=2),
        Command("timeline.kind", "kind", "kind", "Change the kind of the highlighted entry", "f5", rank=2),
        Command("timeline.agree", "agree", "agree", "Stamp that the room agrees", "f6", rank=1),
        Command("timeline.dissent", "dissent", "2nd account", "Keep a second account beside it", "f7", rank=2),
        Command("timeline.acted", "acted", "acted on?", "Say whether a signal was acted on", "f8", rank=2),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS_HERE)

    def rows(self, snapshot: Snapshot) -> list[Row]:
        """Return the entries with days, gaps, accounts and agreement."""
        return timeline_rows(snapshot.post_mortem, self.glyphs)

    def invitation(self) -> str:
        """Show the shape of a line."""
        return (
            "14:05 signal p99 alert fires" if not self.post_mortem.entries else "when, kind, what · Enter edits a row"
        )

    def echo(self, text: str) -> str:
        """Show how the line would be read, before Enter."""
        return "a fix, to be parked" if text.lstrip().startswith("!") else self._read(text).echo(self._setting())

    def submit(self, text: str) -> bool:
        """Record an entry, and stand on it."""
        entry = _entry(EntryId(self.service.new_id()), self._read(text))
        if not self.attempt(lambda: self.service.do(record_entry, entry)):
            return False
        self.body.select(entry.id)
        return True

    def choose_row(self, key: str) -> None:
        """Edit the highlighted entry in place: its line comes back into the capture line."""
        entry = self._entry(key)
        if entry is None:
            return
        pm = self.post_mortem
        # Read against its own day and nothing before it, so that no edit rolls it over midnight.
        day = entry.at.astimezone(saying.zone_of(pm.zone)).date() if entry.at else self._setting().day

        def revised(text: str) -> bool:
            proposal = understand(text, Context(pm.zone, day, None, self.service.now()))
            return self.attempt(lambda: self.service.do(revise_entry, _entry(entry.id, proposal, entry)))

        self.ask("Edit or re-time this entry.", revised, seed=line_for(entry, pm.zone, on=day))

    def delete_row(self, key: str) -> None:
        """Delete the highlighted entry."""
        if (entry := self._entry(key)) is not None:
            self.attempt(lambda: self.service.do(delete_entry, entry.id), said="Deleted. ^Z brings it back.")

    def action_star(self) -> None:
        """Star the highlighted entry, or take the star back."""
        if (entry := self._highlighted()) is not None:
            self.attempt(lambda: self.service.do(star_entry, entry.id))

    def action_kind(self) -> None:
        """Give the highlighted entry the next kind."""
        if (entry := self._highlighted()) is not None:
            kind = _KINDS[(_KINDS.index(entry.kind) + 1) % len(_KINDS)]
            self.attempt(lambda: self.service.do(classify_entry, entry.id, kind))

    def action_acted(self) -> None:
        """Say that a signal was not acted on, that it was, or neither."""
        if (entry := self._highlighted()) is not None:
            judged = _JUDGED[entry.acted_on]
            self.attempt(lambda: self.service.do(judge_signal, entry.id, acted_on=judged))

    def action_agree(self) -> None:
        """Ask the room whether it agrees, and stamp its yes."""
        self.confirm(
            "Ask the room: is this what happened? Is anything missing?",
            lambda: self.attempt(
                lambda: self.service.do(agree_timeline, self.service.now()), said="The room agrees. ^N goes on."
            ),
        )

    def action_dissent(self) -> None:
        """Keep a second account beside the timeline."""
        self.ask(
            "What did it look like from another seat? No name is kept.",
            lambda text: self.attempt(
                lambda: self.service.do(dissent_from_timeline, DissentId(self.service.new_id()), text)
            ),
        )

    def _highlighted(self) -> Entry | None:
        entry = self._entry(self.body.key)
        if entry is None:
            self.say("Highlight an entry first, with the arrow keys.")
        return entry

    def _entry(self, key: str) -> Entry | None:
        return next((entry for entry in self.post_mortem.entries if entry.id == key), None)

    def _read(self, text: str) -> Proposal:
        return understand(text, self._setting())

    def _setting(self) -> Context:
        pm = self.post_mortem
        known = [entry.at for entry in pm.entries if entry.at is not None]
        return Context.of(pm, last=known[-1] if known else None, now=self.service.now())


def _entry(id: EntryId, proposal: Proposal, before: Entry | None = None) -> Entry:
    return Entry(
        id=id,
        text=proposal.text,
        kind=proposal.kind if proposal.kind_given or before is None else before.kind,
        at=proposal.at,
        until=proposal.until,
        approximate=proposal.approximate,
        starred=before.starred if before else False,
        evidence=proposal.evidence,
        acted_on=proposal.acted_on,
    )
