"""The board: the actions of all post-mortems, kept alive. What is pressing stands first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from pmfacil.commands import Command, bindings
from pmfacil.core.errors import Unfit
from pmfacil.core.model import ActionState
from pmfacil.core.text import kept, shortened
from pmfacil.intake.dates import understand_date
from pmfacil.report.review import review_list
from pmfacil.screens.promised import PromisedScreen
from pmfacil.widgets.rows.board import day_said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from textual.binding import BindingType

    from pmfacil.core.promises import Promise

# F6 led here from the library: pressed twice in a hurry, it must not change anything.
BOARD_COMMANDS: Final = (
    Command("board.help", "help", "help", "What the board is for, and its keys", "f1", rank=1),
    Command("board.progress", "move('in progress')", "in progress", "Somebody is at it", "f2", rank=2),
    Command("board.done", "move('done')", "done", "It is done; whether it worked is seen later", "f3", rank=1),
    Command("board.mark", "mark", "mark", "Mark the highlighted action; the next key is for all marked", "f4", rank=2),
    Command("board.verified", "move('verified')", "verified", "The effect was seen: it leaves the board", "f5", rank=1),
    Command("board.blocked", "move('blocked')", "blocked", "It cannot go on; say why", "f7", rank=1),
    Command("board.drop", "move('dropped')", "drop", "Accept the risk that it is not done; say why", "f8", rank=2),
    Command("board.date", "redate", "date", "Give it another due date", "f9", rank=1),
    Command("board.view", "view", "view", "By how pressing, by owner, by post-mortem", "tab", rank=1),
    Command("board.undo", "undo", "undo", "Take the last change on the board back", "ctrl+z", rank=2),
    Command("board.review", "review", "review list", "Copy the open actions by owner, as Markdown", "ctrl+s", rank=3),
    Command("board.library", "library", "library", "Back to all post-mortems", "ctrl+l", rank=3),
    Command("board.palette", "app.command_palette", "all", "Find any command by its name", "ctrl+p", rank=1),
    Command("board.all", "mark_all", "mark all shown", "Mark everything shown, or take all marks back", "shift+f4"),
    Command("board.agreed", "move('agreed')", "back to agreed", "Nobody is at it yet"),
    Command("board.theme", "theme", "change the theme", "Calm, projector, or the terminal's own colours"),
)

_FOR_ACTIONS: Final = frozenset({"move", "redate", "mark", "mark_all"})
_NOT_WHILE_ASKED: Final = _FOR_ACTIONS | {"view", "undo", "review"}
_WHY: Final = {ActionState.BLOCKED: "What blocks it?", ActionState.DROPPED: "Not to be done: why is the risk accepted?"}
_LEAVES: Final = frozenset({ActionState.VERIFIED, ActionState.DROPPED})
_NO_DATE: Final = frozenset({"none", "no date", "no", "-", "–"})
_WORDS: Final = 28  # characters of an action in a sentence under the line


class BoardScreen(PromisedScreen):
    """Keys change what is marked, or else what is highlighted."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(BOARD_COMMANDS)
    NAME = "Actions"
    PURPOSE = (
        "Everything that any room agreed to do. Done is not verified: an action is over when its effect was seen, "
        "or when it is dropped and the risk accepted."
    )
    TIPS = (
        "Type to narrow: words of the action, its owner (@ana), its state, its reason, or the post-mortem.",
        "F4 marks several; the next key changes all of them, and ^Z takes it back in one step.",
        "Enter opens the post-mortem at the action. Tab shows owners, then post-mortems; Enter goes into one.",
        "Esc goes back step by step: the words, the marks, the group, the library.",
    )

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here now: owners and post-mortems have no state to change."""
        if not self.grouped:
            return BOARD_COMMANDS
        return tuple(one for one in BOARD_COMMANDS if one.action.partition("(")[0] not in _FOR_ACTIONS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a question be answered or left before anything else is changed."""
        return False if self.asking and action in _NOT_WHILE_ASKED else super().check_action(action, parameters)

    def action_move(self, state: str) -> None:
        """Say how far the actions meant have come; blocked and dropped ask why."""
        wanted = ActionState(state)
        if not (chosen := self._chosen()):
            return
        said = f"{wanted.value} and leaves the board" if wanted in _LEAVES else wanted.value

        def move(reason: str) -> bool:
            return self._change(chosen, lambda: self.board.move(chosen, wanted, reason), said)

        if (why := _WHY.get(wanted)) is None:
            move("")
        else:
            self.ask(f"{why}{_how_many(chosen)}", move)

    def action_redate(self) -> None:
        """Ask for another due date."""
        if not (chosen := self._chosen()):
            return

        def redate(typed: str) -> bool:
            try:
                day = self._day(typed)
            except Unfit as unfit:
                self.say_refusal(unfit)
                return False
            said = f"due by {day_said(day, self.board.today)}" if day else "without a date"
            return self._change(chosen, lambda: self.board.redate(chosen, day), said)

        self.ask(f"By when? friday, +2w, 12 March, or none.{_how_many(chosen)}", redate)

    def action_undo(self) -> None:
        """Take the last change on the board back."""
        undone: list[Promise] = []
        if not self.attempt(lambda: undone.extend(self.board.undo())):
            return
        if not undone:
            self.say("Nothing to take back: the board changed nothing since pmfacil was started.")
            return
        self.body.select(undone[0].key)
        self.say(f"Taken back: {_named(undone)}.")

    def action_review(self) -> None:
        """Copy the open actions by owner."""
        promises: list[Promise] = []
        if self.attempt(lambda: promises.extend(self.board.open_ones(self.wanted()))):
            self.app.copy_to_clipboard(review_list(promises, self.board.today))
            self.say(f"Copied: {_counted(len(promises))} by owner, as Markdown.")

    def _chosen(self) -> tuple[Promise, ...]:
        """Return what a key is for: all that is marked, else what is highlighted; nothing, and the sentence why."""
        if self.marked:
            return tuple(self.marked.values())
        if (one := self.shown.get(self.body.key)) is not None:
            return (one,)
        self.say_highlight()
        return ()

    def _change(self, chosen: Sequence[Promise], act: Callable[[], int], said: str) -> bool:
        before, here = self.body.keys, self.body.key
        changed: list[int] = []
        if not self.attempt(lambda: changed.append(act())):
            return False
        self.marked.clear()
        self.refresh_page()
        self._stay_near(before, here, {one.key for one in chosen})
        if not changed[0]:
            self.say(f"{_named(chosen)} {_be(len(chosen))} {said} already.")
            return True
        about = _named(chosen) if len(chosen) == 1 else _counted(changed[0])  # what stood so already is not counted
        self.say(f"{about} {_be(changed[0])} {said}. ^Z undoes.")
        return True

    def _stay_near(self, before: Sequence[str], here: str, changed: set[str]) -> None:
        """Keep the highlight where the eyes are: what was changed may stand in another section now, far away."""
        if here not in changed or self.body.keys == before:
            return
        place = before.index(here)
        near = [key for key in (*before[place + 1 :], *before[:place][::-1]) if key not in changed]
        if (key := next((key for key in near if key in self.shown), None)) is not None:
            self.body.select(key)

    def _day(self, typed: str) -> date | None:
        """Return the day that is meant; None for none, which has to be said: an empty line was a slip."""
        said = kept(typed)
        if said.casefold() in _NO_DATE:
            return None
        if (day := understand_date(said, self.board.today)) is not None:
            return day
        msg = (
            f"“{shortened(said, _WORDS)}” is no day I know. Try friday, +2w, 12 March, or none."
            if said
            else "Type the day, or none to take the date away. Esc leaves it as it is."
        )
        raise Unfit(msg)


def _named(promises: Sequence[Promise]) -> str:
    return f"“{shortened(promises[0].text, _WORDS)}”" if len(promises) == 1 else _counted(len(promises))


def _counted(count: int) -> str:
    return f"{count} action{'s' * (count != 1)}"


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _how_many(chosen: Sequence[Promise]) -> str:
    return f" ({_counted(len(chosen))})" if len(chosen) > 1 else ""
