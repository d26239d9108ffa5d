"""Home: begin, open, rename, duplicate, delete, take in, rehearse; the way to the board and the trends."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from pmfacil.commands import Command, bindings
from pmfacil.core.errors import Refusal, Unfit
from pmfacil.core.stage import Stage
from pmfacil.core.text import kept, shortened
from pmfacil.paths import expanded
from pmfacil.screens.finding import FindingScreen
from pmfacil.screens.messages import (
    BoardRequested,
    FollowUpRequested,
    OpenRequested,
    RehearsalRequested,
    TrendsRequested,
)

if TYPE_CHECKING:
    from textual.binding import BindingType

    from pmfacil.core.model import PostMortemId
    from pmfacil.library import Summary
    from pmfacil.screens.dialogs.new import Beginning

LIBRARY_COMMANDS: Final = (
    Command("library.help", "help", "help", "What pmfacil does, and the keys of this screen", "f1", rank=1),
    Command("library.new", "new", "new", "Begin a post-mortem", "ctrl+n", rank=1),
    Command("library.actions", "actions", "actions", "The actions of all post-mortems", "f6", rank=1),
    Command("library.follow", "follow", "follow up", "Look again at what was agreed: did it work?", "f7", rank=1),
    Command("library.rehearse", "rehearse", "rehearse", "Practise on a real public incident", "ctrl+r", rank=2),
    Command("library.import", "take_in", "take in", "Markdown post-mortems, a folder, or a JSON export", "f3", rank=3),
    Command("library.trends", "trends", "trends", "What the whole record says", "f9", rank=2),
    Command("library.rename", "rename", "rename", "Give the highlighted post-mortem another title", "f4", rank=3),
    Command("library.copy", "duplicate", "duplicate", "Begin one with the same kind, agenda and people", "f5", rank=3),
    Command("library.delete", "delete", "delete", "Delete it; ^Z brings it back", "f8", rank=3),
    Command("library.undo", "undo", "undo", "Bring back what was deleted last", "ctrl+z", rank=3),
    Command("library.palette", "app.command_palette", "all", "Find any command by its name", "ctrl+p", rank=1),
    Command("library.worked", "worked", "open the worked example", "The rehearsal's incident, finished, to read"),
    Command("library.theme", "theme", "change the theme", "Calm, projector, or the terminal's own colours"),
)


class LibraryScreen(FindingScreen):
    """What can be done with a post-mortem as a whole."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(LIBRARY_COMMANDS)
    NAME = "pmfacil"
    PURPOSE = (
        "pmfacil leads a room through a blameless post-mortem: facts first, causes second, fixes only then. "
        "Everything is kept on this laptop the moment you press Enter; nothing is sent anywhere."
    )
    TIPS = (
        "Open a post-mortem to prepare it; ^N there begins the meeting, clock and all.",
        "Type to search everything ever written; “quotes” mean the words as they stand.",
        "Filters: kind:incident tag:db team:payments owner:ana state:overdue after:march before:2026",
        "Rehearse once before your first meeting.",
    )

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here."""
        return LIBRARY_COMMANDS

    def delete_row(self, key: str) -> None:  # noqa: ARG002 - what is highlighted
        """Delete what is highlighted."""
        self.action_delete()

    # -- what can be done -------------------------------------------------------------------------------------

    def action_new(self) -> None:
        """Ask for title, kind and day, and open what was begun."""
        from pmfacil.screens.dialogs.new import NewScreen

        def begun(beginning: Beginning | None) -> None:
            if beginning is not None:
                self.attempt(lambda: self._begin(beginning))

        self.app.push_screen(NewScreen(self.today()), begun)

    def _begin(self, beginning: Beginning) -> None:
        new = self.library.begin(beginning.title, beginning.kind, beginning.occurred_on)
        self.post_message(OpenRequested(new))

    def action_rehearse(self) -> None:
        """Begin a rehearsal."""
        self.post_message(RehearsalRequested())

    def action_worked(self) -> None:
        """Open the finished example."""
        self.post_message(RehearsalRequested(worked=True))

    def action_actions(self) -> None:
        """Go to the actions of all post-mortems."""
        self.post_message(BoardRequested())

    def action_trends(self) -> None:
        """Go to what the whole record says."""
        self.post_message(TrendsRequested())

    def action_follow(self) -> None:
        """Follow up the oldest that is due, else the highlighted one."""
        try:
            due = self.library.due().follow_ups
        except Refusal as refusal:
            self.say_refusal(refusal)
            return
        here = self.highlighted()
        chosen = here if here in due else due[0] if due else here
        if chosen is not None and chosen.stage is Stage.WRITTEN:
            self.say("That one was written elsewhere: its actions are not kept here.")
        elif chosen is not None:
            self.post_message(FollowUpRequested(chosen.id))

    def action_take_in(self) -> None:
        """Ask for a file or folder, and take in what is there."""
        from pmfacil.importing import said, take_in_path

        def taken(typed: str) -> bool:
            try:
                if not kept(typed):
                    msg = "Type where it is: ~/post-mortems, or one file."
                    raise Unfit(msg)
                outcomes = take_in_path(self.library, expanded(kept(typed)))
            except Refusal as refusal:
                self.say_refusal(refusal)
                return False
            self.say(said(outcomes))
            return True

        self.ask("Which Markdown file or folder?", taken, "~/", keys="takes it in")

    def action_rename(self) -> None:
        """Ask for another title."""
        from pmfacil.core.operations import rename

        if (one := self._ours()) is None:
            return

        def renamed(title: str) -> bool:
            return self.attempt(
                lambda: self.library.open(one.id).do(rename, title), f"Renamed “{shortened(title, 40)}”."
            )

        self.ask("Another title.", renamed, one.title)

    def action_duplicate(self) -> None:
        """Begin one like the highlighted one."""
        if (one := self._ours()) is not None:
            self.attempt(lambda: self._copy(one), "Begun with its kind, team, tags, agenda and people.")

    def _copy(self, one: Summary) -> None:
        new = self.library.duplicate(one.id)
        self.list_rows(select=new)

    def action_delete(self) -> None:
        """Ask, then delete."""
        if (one := self.highlighted()) is None:
            return

        def deleted(_typed: str) -> bool:
            return self.attempt(
                lambda: self.library.delete(one.id), "Deleted. ^Z brings it back; after 30 days it is gone for good."
            )

        self.ask(f"Delete “{shortened(one.title, 40)}”?", deleted, keys="deletes")

    def action_undo(self) -> None:
        """Bring back what was deleted last."""
        back: list[PostMortemId | None] = []
        if self.attempt(lambda: back.append(self.library.restore())):
            self.list_rows(select=back[0])
            self.say("It is back." if back[0] else "Nothing was deleted since pmfacil was started.")

    def _ours(self) -> Summary | None:
        one = self.highlighted()
        if one is not None and one.stage is Stage.WRITTEN:
            self.say("That one was written elsewhere, and stays as it was written.")
            return None
        return one
