"""Ways to look at the timeline: on another clock, some entries alone, a day or a time further, from one moment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmfacil.core.guide import FORESIGHT
from pmfacil.core.operations import note_known
from pmfacil.core.saying import zone_of
from pmfacil.core.text import kept
from pmfacil.intake.clock import read_when
from pmfacil.intake.placing import Context, day_of_story
from pmfacil.screens.taking import TakingScreen
from pmfacil.widgets.rows.radar import radar_rows
from pmfacil.widgets.rows.timeline import Clocks, View, timeline_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from pmfacil.core.guide import Prompt
    from pmfacil.core.model import Entry, EntryId
    from pmfacil.facilitation import Facilitation, Snapshot
    from pmfacil.rehearsal import Said
    from pmfacil.screens.aids import Aids
    from pmfacil.widgets.capture import CaptureLine
    from pmfacil.widgets.glyphs import Glyphs
    from pmfacil.widgets.row import Row

_CLOCKS = tuple(Clocks)


class ViewingScreen(TakingScreen):
    """The timeline as it is looked at; nothing here changes it, but for what was known at a moment."""

    BESIDE = "What does the timeline not say yet?"

    def __init__(
        self, service: Facilitation, glyphs: Glyphs, room: Callable[[], Said | None] | None, aids: Aids
    ) -> None:
        """Begin with the whole timeline, on the clock of the incident."""
        super().__init__(service, glyphs, room, aids)
        self.view = View()

    def rows(self, snapshot: Snapshot) -> list[Row]:
        """Return the entries that are looked at."""
        return timeline_rows(snapshot.post_mortem, self.glyphs, self.view)

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show the timeline; the entry that the room stood at may be gone."""
        if self.view.stand is not None and self._entry_with(self.view.stand) is None:
            self.view = replace(self.view, stand=None)
        super().watch_snapshot(snapshot)

    def beside(self) -> list[Row]:
        """Return the radar; while the room stands at a moment, nothing tells of what came later."""
        return [] if self.standing is not None else radar_rows(self.post_mortem, self.glyphs)

    def look(self, view: View) -> None:
        """Look at the timeline in another way."""
        self.view = view
        self.snapshot = self.service.snapshot

    # -- clocks, filters, jumps ---------------------------------------------------------------------------

    def action_clocks(self) -> None:
        """Show the times on the next clock: the incident's, UTC, both."""
        clocks = _CLOCKS[(_CLOCKS.index(self.view.clocks) + 1) % len(_CLOCKS)]
        self.look(replace(self.view, clocks=clocks))
        zone = self.post_mortem.zone
        self.say({Clocks.INCIDENT: f"Times in {zone}.", Clocks.UTC: "Times in UTC."}.get(clocks, f"{zone}, then UTC."))

    def action_find(self) -> None:
        """Ask for a time or a day to jump to, or for what to show alone."""
        self.ask("A time, a day, a kind, “starred”, or a word? Nothing shows all.", self._find)

    def _find(self, said: str) -> bool:
        words = kept(said)
        pm = self.post_mortem
        # A month in small letters is a word in a story, and a month here.
        when = read_when(words.title(), Context(pm.zone, day_of_story(pm), None, self.service.now()))
        if words and when.given and not when.rest and (when.at or when.day):
            self.look(replace(self.view, only="", stand=None))
            there = (one for one in pm.entries if _reaches(one, when.at, when.day, pm.zone))
            if (entry := next(there, pm.entries[-1] if pm.entries else None)) is not None:
                self.select(entry.id)
            self.say("")
            return True
        self.look(replace(self.view, only=words, stand=None))
        found = not words or any(self.view.shows(entry) for entry in pm.entries)
        if not found:
            self.look(replace(self.view, only=""))
        self.say("" if found else f"No entry has “{words}”.")
        return True

    def action_other_day(self, by: int) -> None:
        """Jump to the first entry of the day before or after."""
        zone = zone_of(self.post_mortem.zone)
        firsts: dict[date, EntryId] = {}
        here: date | None = None
        for entry in self.post_mortem.entries:
            on = entry.at.astimezone(zone).date() if entry.at is not None else entry.day
            if on is not None:
                firsts.setdefault(on, entry.id)
            if entry.id == self.body.key:
                here = on
        days = sorted(firsts)
        if not days or here is None:
            return
        wanted = min(max(days.index(here) + by, 0), len(days) - 1)
        self.select(firsts[days[wanted]])

    # -- foresight --------------------------------------------------------------------------------------------

    @property
    def standing(self) -> Entry | None:
        """The entry at whose moment the room stands."""
        return self._entry_with(self.view.stand) if self.view.stand is not None else None

    def action_foresight(self) -> None:
        """Stand at the highlighted entry, with all that came later covered; again uncovers it."""
        entry = self._entry_with(self.body.key)
        if self.standing is not None:
            self.look(replace(self.view, stand=None))
        elif entry is None:
            self.say("Highlight the entry to stand at first, with the arrow keys.")
        else:
            self.look(replace(self.view, stand=entry.id, only=""))
            self.body.select(entry.id)

    def prompts(self) -> tuple[Prompt, ...]:
        """Ask what was known, while the room stands at a moment."""
        return FORESIGHT if self.standing is not None else super().prompts()

    def on_capture_line_moved(self, event: CaptureLine.Moved) -> None:
        """Move to the next moment, while the room stands at one; else the highlight moves, as in every step."""
        if self.standing is None or event.pages:
            return
        event.prevent_default()
        event.stop()
        entries = self.post_mortem.entries
        here = next(index for index, one in enumerate(entries) if one.id == self.view.stand)
        entry = entries[min(max(here + event.by, 0), len(entries) - 1)]
        self.look(replace(self.view, stand=entry.id))
        self.body.select(entry.id)

    def on_capture_line_let_go(self, event: CaptureLine.LetGo) -> None:
        """Uncover and show all, where a question is not to be left first."""
        if self._question is None and (self.view.stand is not None or self.view.only):
            event.prevent_default()
            event.stop()
            self.look(replace(self.view, stand=None, only=""))

    def note_what_was_known(self, entry: Entry, words: str) -> bool:
        """Keep what was known at the moment of an entry."""
        known = f"{entry.known}; {words}" if entry.known else words
        return self.attempt(lambda: self.service.do(note_known, entry.id, known), said="Kept with this moment.")

    def _entry_with(self, id: str | None) -> Entry | None:
        return next((entry for entry in self.post_mortem.entries if entry.id == id), None)


def _reaches(entry: Entry, at: datetime | None, day: date | None, zone: str) -> bool:
    """Tell whether an entry lies at that instant or day, or after it."""
    if at is not None:
        return entry.at is not None and entry.at >= at
    on = entry.at.astimezone(zone_of(zone)).date() if entry.at is not None else entry.day
    return on is not None and day is not None and on >= day
