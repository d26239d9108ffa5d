"""The list at home: the newest post-mortems, or where typed words are found; what is due greets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Refusal
from pmfacil.core.stage import Stage
from pmfacil.core.text import kept
from pmfacil.screens.messages import OpenRequested, RecordRequested
from pmfacil.screens.page import PageScreen
from pmfacil.widgets.plain import Line
from pmfacil.widgets.rows.library import (
    Found,
    Place,
    Shelved,
    empty_rows,
    found_rows,
    library_rows,
    nothing_found_rows,
)

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.geometry import Size

    from pmfacil.archive import Hit
    from pmfacil.core.model import PostMortemId
    from pmfacil.library import Due, Library, Summary
    from pmfacil.widgets.glyphs import Glyphs
    from pmfacil.widgets.ledger import Ledger

_FACTS: Final = frozenset(["facts", "tag"])  # parts that stand on the page of what was prepared
_MORE: Final = 120  # lines that come when somebody goes down to the last; at first there are as many as the window has
_TITLE: Final = "title"


class FindingScreen(PageScreen):
    """Typing searches everything; Enter opens what is highlighted, at the place where it was found."""

    def __init__(self, library: Library, glyphs: Glyphs) -> None:
        """Show this library."""
        super().__init__(glyphs)
        self.library = library
        self._shown = 0
        self._places: dict[str, tuple[str, str, str]] = {}  # by the row's key: whose, which part, which item
        self._refused = False
        self._searching = False

    def compose_above(self) -> ComposeResult:
        """Say what pmfacil is for, or what is due."""
        yield Line(id="motto")

    def invitation(self) -> str:
        """Invite to search."""
        return "Type to search everything · Enter opens" if self.body.keys else ""

    def room(self) -> tuple[Size, ...]:
        """Return the size of the window, which is known before anything is laid out."""
        return (self.app.size,)

    def show(self) -> None:
        """Read the library again and show it, or what is found of the typed words."""
        self._greet(self.library.due())
        self.list_rows()

    def list_rows(self, *, select: str | None = None) -> None:
        """Show the newest post-mortems, or what is found of the typed words; a wrong filter leaves what stands."""
        self._refused = False
        try:
            self._list(kept(self._set_aside if self.asking else self.capture.value), select)
        except Refusal as refusal:
            self._refused = True
            self.say_refusal(refusal)

    def _list(self, typed: str, select: str | None) -> None:
        if not typed:
            self._show_newest(select)
            return
        query = self.library.archive.understand(typed)
        hits = self.library.archive.find(query)
        if query.empty:
            self._show_newest(select)
            if ":" not in typed:
                self.say("Search looks for letters and digits.")
        else:
            self._show_found(hits, typed, select)

    def _show_newest(self, select: str | None) -> None:
        count = self.library.count()
        self.head("pmfacil", f"{count:,} post-mortem{'s' * (count != 1)}" if count else "")
        self._places = {}
        self._shown = max(self._shown, self.app.size.height)
        shelved = map(_shelved, self.library.summaries(self._shown))
        self.body.show(library_rows(shelved, self.today(), self.glyphs) if count else empty_rows(), select=select)

    def _show_found(self, hits: tuple[Hit, ...], typed: str, select: str | None) -> None:
        self._places = {}
        found = [one for hit in hits if (one := self._found(hit)) is not None]
        from pmfacil.archive import MOST_HITS

        most = len(hits) == MOST_HITS
        self.head("pmfacil", f"the best {MOST_HITS}: more words find fewer" if most else f"{len(found)} found")
        rows = found_rows(found, self.today(), self.glyphs) if found else nothing_found_rows(typed)
        self.body.show(rows, select=select)

    def _found(self, hit: Hit) -> Found | None:
        summary = self.library.summary(_id(hit.id))
        if summary is None:
            return None
        title = next((one.pieces for one in hit.excerpts if one.part == _TITLE and one.text == summary.title), ())
        places: list[Place] = []
        for number, one in enumerate(hit.excerpts):
            if one.part != _TITLE:
                key = f"{hit.id} {number} {one.part} {one.item}"  # two tags stand in one place
                self._places[key] = (hit.id, one.part, one.item)
                places.append(Place(key, one.part, one.pieces))
        return Found(_shelved(summary), tuple(places), title)

    def _greet(self, due: Due) -> None:
        waiting = _said_due(due)
        motto = self.query_one("#motto", Line)
        motto.set_class(bool(waiting), "-due")
        motto.say(waiting or "From an incident to a report the room agreed on, in one sitting.")

    def today(self) -> date:
        """Return the day it is in the room."""
        return self.library.now().astimezone().date()

    # -- lines ----------------------------------------------------------------------------------------------

    def typed(self, text: str) -> None:  # noqa: ARG002 - what is shown is read from the line
        """Search while typing; the letter is on the screen before what it finds."""
        self.say("")
        if not self._searching:
            self._searching = True
            self.call_after_refresh(self._search)

    def _search(self) -> None:
        self._searching = False
        if not self.asking:
            self.list_rows()

    def submit(self, text: str) -> bool:
        """Open what is highlighted of what was found; the words stay, to come back to."""
        self.capture.give_back(text)
        self.list_rows()
        if not self._refused and (key := self.body.key):
            self.choose_row(key)
        return True

    def choose_row(self, key: str) -> None:
        """Open the highlighted post-mortem, at the place where words were found."""
        from pmfacil.core.record import RecordId
        from pmfacil.screens.places import place_of

        id_, part, item = self._places.get(key, (key, "", ""))
        try:
            summary = self.library.summary(_id(id_))
        except Refusal as refusal:
            self.say_refusal(refusal)
            return
        if summary is not None and summary.stage is Stage.WRITTEN:
            self.post_message(RecordRequested(RecordId(id_), item))
            return
        step, select = place_of(part, item)
        facts = part in _FACTS
        self.post_message(OpenRequested(_id(id_), step=step, select=select, prepare=facts))

    def let_go(self) -> None:
        """Show the whole list again."""
        self.capture.put("")
        self.refresh_page()
        self.say("")

    def on_ledger_highlighted(self, event: Ledger.Highlighted) -> None:
        """Show older post-mortems when the highlight comes to the last of those shown."""
        event.stop()
        if event.key and event.key in self.body.keys[-1:]:  # the list may have changed since
            self._show_more()

    def on_ledger_ended(self, event: Ledger.Ended) -> None:
        """Show older post-mortems when somebody scrolled down to the last of those shown."""
        event.stop()
        self._show_more()

    def _show_more(self) -> None:
        if not self.capture.value and len(self.body.keys) == self._shown:
            self._shown += _MORE
            self.list_rows()

    def highlighted(self) -> Summary | None:
        """Return what the highlight is on; where there is nothing, say so."""
        key = self.body.key
        try:
            one = self.library.summary(_id(self._places.get(key, (key,))[0])) if key else None
        except Refusal as refusal:
            self.say_refusal(refusal)
            return None
        if one is None:
            self.say("There is no post-mortem to do that with yet: ^N begins one.")
        return one


def _id(key: str) -> PostMortemId:
    from pmfacil.core.model import PostMortemId

    return PostMortemId(key)


def _said_due(due: Due) -> str:
    many = len(due.follow_ups)
    follow_ups = f"{many} follow-up{'s are' if many > 1 else ' is'} due (F7)" if many else ""
    overdue = f"{due.overdue:,} action{'s are' if due.overdue > 1 else ' is'} overdue (F6)" if due.overdue else ""
    return ", ".join(part for part in (follow_ups, overdue) if part)


def _shelved(one: Summary) -> Shelved:
    return Shelved(
        id=one.id,
        title=one.title,
        kind=one.kind.value,
        stage=one.stage.value,
        day=one.occurred_on or (None if one.stage is Stage.WRITTEN else one.created_at.astimezone().date()),
        open_actions=one.open_actions,
        follow_up_on=one.follow_up_on,
        rehearsal=one.rehearsal,
    )
