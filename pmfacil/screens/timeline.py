"""Step 2, the timeline: one line, one Enter; then the room agrees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from pmfacil.commands import Command, bindings
from pmfacil.core import saying
from pmfacil.core.agenda import Step
from pmfacil.core.model import Anchor, DissentId, Entry, EntryId, EntryKind
from pmfacil.core.operations import (
    agree_timeline,
    classify_entry,
    clear_anchor,
    delete_entry,
    dissent_from_timeline,
    judge_signal,
    mark_anchor,
    record_entry,
    revise_entry,
    rule_out_anchor,
    star_entry,
)
from pmfacil.core.operations.items import find
from pmfacil.core.radar import gaps
from pmfacil.core.text import kept
from pmfacil.intake.placing import Context
from pmfacil.intake.timeline import flipped, line_for, next_kind, understand
from pmfacil.screens.dialogs.pick import PickScreen
from pmfacil.screens.reviewing import Remark
from pmfacil.screens.viewing import ViewingScreen
from pmfacil.widgets.rows.anchors import anchor_rows
from pmfacil.wording.findings import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import BindingType

    from pmfacil.facilitation import Snapshot
    from pmfacil.intake.timeline import Proposal
    from pmfacil.screens.reviewing import Reword

_KINDS = tuple(EntryKind)
_TURNS = ("next day", "earlier than the last entry")
_JUDGED = {None: False, False: True, True: None}


class TimelineScreen(ViewingScreen):
    """What happened, and when."""

    STEP = Step.TIMELINE
    SCOPE = Scope.NARRATIVE
    COMMANDS_HERE = (
        Command("timeline.star", "star", "star", "Star an entry that tells the story", "f4", rank=2),
        Command("timeline.kind", "kind", "kind", "Change the kind of the highlighted entry", "f5", rank=2),
        Command("timeline.agree", "agree", "agree", "Stamp that the room agrees", "f6", rank=1),
        Command("timeline.dissent", "dissent", "2nd account", "Keep a second account beside it", "f7", rank=2),
        Command("timeline.acted", "acted", "acted on?", "Say whether a signal was acted on", "f8", rank=2),
        Command(
            "timeline.radar",
            "beside",
            "radar",
            "What the timeline does not say yet, and how long things took",
            "f10,shift+f8",
            rank=2,
        ),
        Command(
            "timeline.find", "find", "find", "Jump to a time or a day; show a kind or a word alone", "ctrl+f", rank=2
        ),
        Command("timeline.flip", "flip", "other day", "Put the time you typed on the next day, or back", "tab"),
        Command(
            "timeline.moment",
            "moment",
            "moment",
            "Impact began, detected, acknowledged, mitigated, resolved",
            "shift+f5",
        ),
        Command(
            "timeline.foresight",
            "foresight",
            "foresight",
            "Stand at this entry, and cover what came later",
            "shift+f2",
        ),
        Command("timeline.clocks", "clocks", "clocks", "Times in the incident's zone, in UTC, or in both", "shift+f6"),
        Command(
            "timeline.bring_in",
            "bring_in",
            "bring in a file",
            "Draft from a chat, a log, a document, alerts",
            "shift+f3",
        ),
        Command("timeline.day_back", "other_day(-1)", "day before", "Jump to the day before", "ctrl+up"),
        Command("timeline.day_on", "other_day(1)", "day after", "Jump to the day after", "ctrl+down"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS_HERE)

    def invitation(self) -> str:
        """Show the shape of a line."""
        if self.standing is not None:
            return "what was known, seen, expected at this moment"
        return (
            "14:05 signal p99 alert fires" if not self.post_mortem.entries else "when, kind, what · Enter edits a row"
        )

    def echo(self, text: str) -> str:
        """Show how the line would be read, before Enter."""
        if text.lstrip().startswith("!"):
            return "a fix, to be parked"
        if self.standing is not None:
            return "what was known then"
        proposal = self._read(text)
        turns = any(note in _TURNS for note in proposal.notes)
        return proposal.echo(self._setting()) + ("  (Tab: the other day)" if turns else "")

    def submit(self, text: str) -> bool:
        """Record an entry, and stand on it."""
        if (entry := self.standing) is not None:
            return self.note_what_was_known(entry, text)
        proposal = self._read(text)
        entry = _entry(EntryId(self.service.new_id()), proposal)
        if not self.attempt(lambda: self.service.do(record_entry, entry)):
            return False
        self._mark(proposal, entry.id)
        if not self.view.shows(entry):
            self.look(replace(self.view, only=""))
        self.body.select(entry.id)
        self.review(entry.text, self._rewording(entry.id))
        return True

    def remarks(self, words: str, reword: Reword) -> Iterator[Remark]:
        """Ask what happened in between, where an entry ends a silence."""
        yield from super().remarks(words, reword)
        if (silent := gaps(self.post_mortem).get(EntryId(self.body.key))) is not None:
            yield Remark(f"{saying.length(silent)} with nothing recorded before this. What happened in between?")

    def _rewording(self, id: EntryId) -> Reword:
        def reword(words: str) -> Snapshot:
            return self.service.amend(revise_entry, replace(find(self.post_mortem.entries, id, "entry"), text=words))

        return reword

    def _mark(self, proposal: Proposal, id: EntryId) -> None:
        if (anchor := proposal.anchor) is not None:
            self.attempt(lambda: self.service.do(mark_anchor, anchor, id))

    def action_flip(self) -> None:
        """Put the time that is typed on the other day."""
        text = self.capture.value
        if kept(text) and (line := flipped(text, self._setting())) != text:
            self.capture.put(line)
            self.say(self.echo(line))

    def choose_row(self, key: str) -> None:
        """Edit the highlighted entry in place: its line comes back into the capture line."""
        entry = self._entry_with(key)
        if entry is None:
            return
        pm = self.post_mortem
        # Read against its own day and nothing before it, so that no edit rolls it over midnight.
        day = entry.at.astimezone(saying.zone_of(pm.zone)).date() if entry.at else self._setting().day

        def revised(text: str) -> bool:
            proposal = understand(text, Context(pm.zone, day, None, self.service.now()))
            if not self.attempt(lambda: self.service.do(revise_entry, _entry(entry.id, proposal, entry))):
                return False
            self._mark(proposal, entry.id)
            self.review(proposal.text, self._rewording(entry.id))
            return True

        self.ask("Edit or re-time this entry.", revised, seed=line_for(entry, pm.zone, on=day))

    def delete_row(self, key: str) -> None:
        """Delete the highlighted entry."""
        if (entry := self._entry_with(key)) is not None:
            self.attempt(lambda: self.service.do(delete_entry, entry.id), said="Deleted. ^Z brings it back.")

    def action_star(self) -> None:
        """Star the highlighted entry, or take the star back."""
        if (entry := self._highlighted()) is not None:
            self.attempt(lambda: self.service.do(star_entry, entry.id))

    def action_kind(self) -> None:
        """Give the line that is typed the next kind, or else the highlighted entry."""
        if kept(self.capture.value) and self._question is None:
            self.capture.put(next_kind(self.capture.value, self._setting()))
            self.say(self.echo(self.capture.value))
        elif (entry := self._highlighted()) is not None:
            kind = _KINDS[(_KINDS.index(entry.kind) + 1) % len(_KINDS)]
            self.attempt(lambda: self.service.do(classify_entry, entry.id, kind))

    def action_acted(self) -> None:
        """Say that a signal was not acted on, that it was, or neither."""
        if (entry := self._highlighted()) is not None:
            judged = _JUDGED[entry.acted_on]
            self.attempt(lambda: self.service.do(judge_signal, entry.id, acted_on=judged))

    def action_moment(self) -> None:
        """Say which moment the highlighted entry is; one that does not apply to this failure is ruled out here."""
        if (entry := self._highlighted()) is None:
            return

        def picked(key: str | None) -> None:
            if key is None:
                return
            does, _, name = key.partition(":")
            anchor = Anchor(name)
            acts = {
                "mark": lambda: self.service.do(mark_anchor, anchor, entry.id),
                "clear": lambda: self.service.do(clear_anchor, anchor),
                "rule out": lambda: self.service.do(rule_out_anchor, anchor),
            }
            self.attempt(acts[does])

        rows = anchor_rows(self.post_mortem, entry, self.glyphs)
        self.app.push_screen(PickScreen("Which moment is this?", rows), picked)

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
        entry = self._entry_with(self.body.key)
        if entry is None:
            self.say("Highlight an entry first, with the arrow keys.")
        return entry

    def _read(self, text: str) -> Proposal:
        return understand(text, self._setting())

    def _setting(self) -> Context:
        pm = self.post_mortem
        last = next((entry.at for entry in reversed(pm.entries) if entry.at is not None), None)
        return Context.of(pm, last=last, now=self.service.now())


def _entry(id: EntryId, proposal: Proposal, before: Entry | None = None) -> Entry:
    return Entry(
        id=id,
        text=proposal.text,
        kind=proposal.kind if proposal.kind_given or before is None else before.kind,
        at=proposal.at,
        until=proposal.until,
        approximate=proposal.approximate,
        day=proposal.day,
        starred=before.starred if before else False,
        evidence=proposal.evidence,
        acted_on=proposal.acted_on,
        known=before.known if before else "",
    )
