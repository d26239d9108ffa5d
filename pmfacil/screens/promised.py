"""Looking at the board: how it is laid out, what it is narrowed to, what is marked."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pmfacil.board import MOST_SHOWN
from pmfacil.core.errors import Refusal
from pmfacil.core.model import PostMortemId
from pmfacil.core.promises import Section, Wanted
from pmfacil.core.text import kept, shortened
from pmfacil.screens.messages import OpenRequested
from pmfacil.screens.page import PageScreen
from pmfacil.screens.places import place_of
from pmfacil.widgets.rows.board import GROUP, UNOWNED, Page, board_rows, progress_rows, quiet_board

if TYPE_CHECKING:
    from pmfacil.board import Board
    from pmfacil.core.promises import Promise
    from pmfacil.widgets.glyphs import Glyphs
    from pmfacil.widgets.row import Row

_AROUND: Final = 5  # cells that frame and scrollbar take
_TITLE: Final = 60  # characters of a post-mortem's title over its actions


class View(StrEnum):
    """How the board is laid out."""

    PRESSING = "by how pressing"
    OWNERS = "by owner"
    POST_MORTEMS = "by post-mortem"


class PromisedScreen(PageScreen):
    """Typing narrows the board, Tab lays it out anew, Enter goes to what is highlighted."""

    def __init__(self, board: Board, glyphs: Glyphs) -> None:
        """Show this board."""
        super().__init__(glyphs)
        self.board = board
        self.marked: dict[str, Promise] = {}
        self.shown: dict[str, Promise] = {}
        self._view = View.PRESSING
        self._group: Wanted | None = None
        self._group_name = ""
        self._words_before = ""
        self._names: dict[str, str] = {}

    def invitation(self) -> str:
        """Invite to narrow the board."""
        return "Type to narrow · Enter shows the actions" if self.grouped else "Type to narrow · Enter opens · F4 marks"

    def on_screen_resume(self) -> None:
        """Forget the marks on what left the board while another screen was in front."""
        try:
            self.marked = {key: one for key, one in self.marked.items() if self.board.stands(one)}
        except Refusal as refusal:
            self.say_refusal(refusal)

    def show(self) -> None:
        """Read the actions again and show them."""
        try:
            rows = self._groups() if self.grouped else self._pressing()
        except Refusal as refusal:
            self.shown, rows = {}, []
            self.say_refusal(refusal)
        self.body.show(rows)
        self.head(f"Actions · {self._group_name or self._view.value}", self._marks_said())

    def wanted(self) -> Wanted:
        """Return what the board is narrowed to."""
        words = tuple(word for word in self._typed.split() if word != "@")
        group = self._group or Wanted()
        return Wanted(words, group.owner, group.post_mortem)

    @property
    def grouped(self) -> bool:
        """Whether owners or post-mortems are shown, and not their actions."""
        return self._group is None and self._view is not View.PRESSING

    @property
    def _typed(self) -> str:
        """The words that narrow the board, also while a question stands in their place."""
        return kept(self._set_aside if self.asking else self.capture.value)

    @property
    def _page(self) -> Page:
        # Of the screen, not of the list: a key may come before the list was laid out.
        return Page(self.board.today, self.glyphs, self.size.width - _AROUND)

    def _pressing(self) -> list[Row]:
        wanted = self.wanted()
        sections = {section: self.board.section(section, wanted, MOST_SHOWN) for section in Section}
        self.shown = {one.key: one for promises in sections.values() for one in promises}
        tally, progress = self.board.tally(wanted), self.board.progress(self._group or Wanted())  # steady while typing
        rows = board_rows(sections, tally, progress, self.marked, self._page)
        return rows if self.shown else [*rows, *quiet_board(narrowed=bool(wanted.words), below=bool(rows))]

    def _groups(self) -> list[Row]:
        self.shown = {}
        read = self.board.by_owner if self._view is View.OWNERS else self.board.by_post_mortem
        name = self._typed.removeprefix("@")
        progress = read(name, MOST_SHOWN + 1)
        self._names = {one.key: one.name for one in progress}
        return progress_rows(progress, MOST_SHOWN, self._page) if progress else quiet_board(narrowed=bool(name))

    def _marks_said(self) -> str:
        hidden = len(self.marked.keys() - self.shown.keys())
        unseen = f", {hidden} of them not shown" if hidden else ""
        return f"{len(self.marked)} marked{unseen}" if self.marked else ""

    # -- lines ----------------------------------------------------------------------------------------------

    def typed(self, text: str) -> None:  # noqa: ARG002 - what is shown is read from the line
        """Narrow while typing."""
        self.say("")
        self.show()

    def submit(self, text: str) -> bool:
        """Go to what is highlighted; the words stay, so that coming back finds the same list."""
        self.capture.give_back(text)
        if self.body.key:
            self.choose_row(self.body.key)
        return True

    def choose_row(self, key: str) -> None:
        """Open the post-mortem at the action, or narrow the board to an owner or a post-mortem."""
        if key.startswith(GROUP):
            self._narrow(key.removeprefix(GROUP))
        else:
            one = self.shown[key]
            step, select = place_of("action", one.action)
            self.post_message(OpenRequested(one.post_mortem, step=step, select=select))

    def _narrow(self, key: str) -> None:
        name = self._names[key]
        if self._view is View.OWNERS:
            self._group, self._group_name = Wanted(owner=key), f"of {name or UNOWNED}"
        else:
            self._group, self._group_name = Wanted(post_mortem=PostMortemId(key)), f"of “{shortened(name, _TITLE)}”"
        self._words_before = self.capture.value
        self.capture.put("")
        self.refresh_page()

    def let_go(self) -> None:
        """Widen the board again, step by step: the words, the marks, the group; then back to the library."""
        self.say("")
        if self.capture.value:
            self.capture.put("")
        elif self.marked:
            self.marked.clear()
        elif self._group is not None:
            self._widen(self._group)
        else:
            self.action_library()
        self.refresh_page()

    def _widen(self, group: Wanted) -> None:
        self._group, self._group_name = None, ""
        self.capture.put(self._words_before)
        self.show()
        self.body.select(f"{GROUP}{group.post_mortem or group.owner}")

    # -- what can be done -------------------------------------------------------------------------------------

    def action_view(self) -> None:
        """Go to the next layout."""
        views = tuple(View)
        self._view = views[(views.index(self._view) + 1) % len(views)]
        self._group, self._group_name = None, ""
        self.refresh_page()
        self.body.step(-len(self.body.keys))

    def action_mark(self) -> None:
        """Mark the highlighted action, or take the mark back, and go on to the next."""
        if (one := self.shown.get(self.body.key)) is None:
            self.say_highlight()
            return
        if self.marked.pop(one.key, None) is None:
            self.marked[one.key] = one
        self.refresh_page()
        self.body.step(1)

    def action_mark_all(self) -> None:
        """Mark every action shown; where all of them are marked, take the marks back."""
        if self.shown.keys() <= self.marked.keys():
            self.marked.clear()
        else:
            self.marked |= self.shown
        self.refresh_page()

    def say_highlight(self) -> None:
        """Say why a key that is for an action did nothing."""
        self.say(
            "Enter shows the actions first." if self.grouped else "Highlight an action first, with the arrow keys."
        )
