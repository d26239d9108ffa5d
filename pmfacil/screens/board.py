"""The board: the actions of all post-mortems, kept alive. What is pressing stands first."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from pmfacil.board import MOST_SHOWN
from pmfacil.commands import Command, bindings
from pmfacil.core.errors import Unfit
from pmfacil.core.model import ActionState, PostMortemId
from pmfacil.core.promises import Section, Wanted
from pmfacil.core.text import kept
from pmfacil.intake.dates import understand_date
from pmfacil.report.review import review_list
from pmfacil.screens.messages import OpenRequested
from pmfacil.screens.page import PageScreen
from pmfacil.screens.places import place_of
from pmfacil.widgets.rows.board import GROUP, board_rows, progress_rows, quiet_board

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.binding import BindingType

    from pmfacil.board import Board
    from pmfacil.core.promises import Promise
    from pmfacil.widgets.glyphs import Glyphs
    from pmfacil.widgets.ledger import Row

BOARD_COMMANDS: Final = (
    Command("board.help", "help", "help", "What the board is for, and its keys", "f1", rank=1),
    Command("board.verified", "move('verified')", "verified", "The effect was seen", "f2", rank=2),
    Command("board.mark", "mark", "mark", "Mark the highlighted action; the next key is for all marked", "f4", rank=2),
    Command("board.progress", "move('in progress')", "in progress", "Somebody is at it", "f5", rank=2),
    Command("board.done", "move('done')", "done", "It is done; whether it worked is seen later", "f6", rank=1),
    Command("board.blocked", "move('blocked')", "blocked", "It cannot go on; say why", "f7", rank=2),
    Command(
        "board.drop", "move('dropped')", "drop", "It will not be done: the risk is accepted; say why", "f8", rank=2
    ),
    Command("board.date", "redate", "date", "Give it another due date", "f9", rank=1),
    Command("board.view", "view", "view", "By how pressing, by owner, by post-mortem", "tab", rank=1),
    Command("board.review", "review", "review list", "Copy the open actions by owner, as Markdown", "ctrl+s", rank=3),
    Command("board.library", "library", "library", "Back to all post-mortems", "ctrl+l", rank=2),
    Command("board.undo", "undo", "undo", "Take the last change on the board back", "ctrl+z", rank=3),
    Command("board.palette", "app.command_palette", "all", "Find any command by its name", "ctrl+p", rank=1),
    Command("board.agreed", "move('agreed')", "back to agreed", "Nobody is at it yet"),
    Command("board.theme", "theme", "change the theme", "Calm, projector, or the terminal's own colours"),
)


class View(StrEnum):
    """How the board is laid out."""

    PRESSING = "by how pressing"
    OWNERS = "by owner"
    POST_MORTEMS = "by post-mortem"


_UNOWNED: Final = "nobody yet"
_WHY: Final = {ActionState.BLOCKED: "What blocks it?", ActionState.DROPPED: "Why is it dropped? It is a risk accepted."}


class BoardScreen(PageScreen):
    """Typing narrows the board; keys change what is marked, or else what is highlighted."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(BOARD_COMMANDS)
    NAME = "Actions"
    PURPOSE = (
        "Everything that any room agreed to do. Done is not verified: an action is over when its effect was seen, "
        "or when it is dropped and the risk accepted."
    )
    TIPS = (
        "Type to narrow: words of the action, its owner, or the post-mortem.",
        "F4 marks several; the next key changes all of them, and ^Z takes it back in one step.",
        "Enter opens the post-mortem at the action.",
    )

    def __init__(self, board: Board, glyphs: Glyphs) -> None:
        """Show this board."""
        super().__init__(glyphs)
        self._board = board
        self._view = View.PRESSING
        self._group: Wanted | None = None
        self._group_name = ""
        self._marked: dict[str, Promise] = {}
        self._shown: dict[str, Promise] = {}

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here."""
        return BOARD_COMMANDS

    def invitation(self) -> str:
        """Invite to narrow the board."""
        return "Type to narrow · Enter opens · F4 marks"

    def show(self) -> None:
        """Read the actions again and show them."""
        grouped = self._group is None and self._view is not View.PRESSING
        self.body.show(self._progress() if grouped else self._pressing())
        note = f"{len(self._marked)} marked" if self._marked else (self._group_name or self._view.value)
        self.head("Actions", note)

    def _wanted(self) -> Wanted:
        typed = "" if self.asking else kept(self.capture.value)
        words = tuple(word.lstrip("@") for word in typed.split() if word != "@")
        group = self._group or Wanted()
        return Wanted(words, group.owner, group.post_mortem)

    def _pressing(self) -> list[Row]:
        wanted = self._wanted()
        sections = {section: self._board.section(section, wanted, MOST_SHOWN) for section in Section}
        self._shown = {one.key: one for promises in sections.values() for one in promises}
        tally = self._board.tally(wanted)
        return board_rows(sections, tally, self._marked, self._board.today, self.glyphs) or quiet_board()

    def _progress(self) -> list[Row]:
        self._shown = {}
        owners = self._view is View.OWNERS
        progress = self._board.by_owner() if owners else self._board.by_post_mortem()
        typed = "" if self.asking else kept(self.capture.value).casefold().lstrip("@")
        return progress_rows([one for one in progress if typed in one.name.casefold()], _UNOWNED, self.glyphs)

    # -- lines ----------------------------------------------------------------------------------------------

    def typed(self, text: str) -> None:  # noqa: ARG002 - what is shown is read from the line
        """Narrow while typing."""
        self.say("")
        self.show()

    def submit(self, text: str) -> bool:
        """Open what is highlighted; the words stay, so that coming back finds the same list."""
        self.capture.give_back(text)
        if self.body.key:
            self.choose_row(self.body.key)
        return True

    def choose_row(self, key: str) -> None:
        """Open the post-mortem at the action, or narrow the board to an owner or a post-mortem."""
        if key.startswith(GROUP):
            self._narrow(key.removeprefix(GROUP))
        elif (one := self._shown.get(key)) is not None:
            step, select = place_of("action", one.action)
            self.post_message(OpenRequested(one.post_mortem, step=step, select=select))

    def _narrow(self, key: str) -> None:
        owners = self._view is View.OWNERS
        self._group = Wanted(owner=key) if owners else Wanted(post_mortem=PostMortemId(key))
        self.capture.put("")
        self.refresh_page()
        first = next(iter(self._shown.values()), None)
        self._group_name = f"of {key or _UNOWNED}" if owners else f"of {first.title}" if first else ""
        self.refresh_page()

    def let_go(self) -> None:
        """Widen the board again, step by step: the words, the marks, the group; then back to the library."""
        if self.capture.value:
            self.capture.put("")
        elif self._marked:
            self._marked.clear()
        elif self._group is not None:
            self._group, self._group_name = None, ""
        else:
            self.action_library()
        self.refresh_page()
        self.say("")

    # -- what can be done -------------------------------------------------------------------------------------

    def action_view(self) -> None:
        """Go to the next layout."""
        views = tuple(View)
        self._view = views[(views.index(self._view) + 1) % len(views)]
        self._group, self._group_name = None, ""
        self.refresh_page()

    def action_mark(self) -> None:
        """Mark the highlighted action, or take the mark back, and go on to the next."""
        if (one := self._shown.get(self.body.key)) is None:
            self.say("Highlight an action first, with the arrow keys.")
            return
        if self._marked.pop(one.key, None) is None:
            self._marked[one.key] = one
        self.refresh_page()
        self.body.step(1)

    def action_move(self, state: str) -> None:
        """Say how far the actions meant have come; blocked and dropped ask why."""
        wanted = ActionState(state)
        if (chosen := self._chosen()) is None:
            return
        if (why := _WHY.get(wanted)) is None:
            self._change(chosen, lambda: self._board.move(chosen, wanted, ""), wanted.value)
            return

        def because(reason: str) -> bool:
            return self._change(chosen, lambda: self._board.move(chosen, wanted, reason), wanted.value)

        self.ask(why, because)

    def action_redate(self) -> None:
        """Ask for another due date."""
        if (chosen := self._chosen()) is None:
            return

        def dated(typed: str) -> bool:
            return self._change(chosen, lambda: self._board.redate(chosen, self._day(typed)), "given another date")

        self.ask("By when? friday, +2w, 12 March; nothing: no date.", dated)

    def action_undo(self) -> None:
        """Take the last change on the board back."""
        undone: list[int] = []
        if self.attempt(lambda: undone.append(self._board.undo())):
            self.say(f"Undone: {_counted(undone[0])}." if undone[0] else "Nothing was changed on the board yet.")

    def action_review(self) -> None:
        """Copy the open actions by owner."""
        promises = self._board.open_ones(self._wanted())
        self.app.copy_to_clipboard(review_list(promises, self._board.today))
        self.say(f"Copied: {_counted(len(promises))} by owner, as Markdown.")

    def _change(self, chosen: tuple[Promise, ...], act: Callable[[], None], said: str) -> bool:
        if not self.attempt(act):
            return False
        self._marked.clear()
        self.refresh_page()
        self.call_after_refresh(self.say, f"{_counted(len(chosen)).capitalize()} {said}. ^Z takes it back.")
        return True

    def _chosen(self) -> tuple[Promise, ...] | None:
        if self.asking:
            return None
        if self._marked:
            return tuple(self._marked.values())
        if (one := self._shown.get(self.body.key)) is not None:
            return (one,)
        self.say("Highlight an action first, with the arrow keys.")
        return None

    def _day(self, typed: str) -> date | None:
        day = understand_date(typed, self._board.today)
        if day is None and kept(typed):
            msg = f"“{kept(typed)}” is no day I know. Try “friday”, “+2w” or “12 March”."
            raise Unfit(msg)
        return day


def _counted(count: int) -> str:
    return f"{count} action{'s' * (count != 1)}"
