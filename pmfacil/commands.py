"""One command, one place: what a key does feeds the binding, the footer, the palette and the help."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from textual.binding import Binding, BindingType
from textual.command import DiscoveryHit, Hit, Hits, Provider

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

_SHIFTED: Final = re.compile(r"shift\+f\d{1,2}")


@dataclass(frozen=True, slots=True)
class Command:
    """Something the facilitator can do on a screen. Without a `key` it is in the palette alone.

    `rank` says how much it is wanted in the footer: 1 always, 2 and 3 while there is room, 0 never.
    """

    id: str
    action: str
    label: str
    help: str
    key: str = ""
    rank: int = 0

    @property
    def shown_key(self) -> str:
        """The key as the footer writes it: `F4`, `^N`."""
        first = self.key.split(",")[0]
        if first.startswith("ctrl+"):
            letter = first.removeprefix("ctrl+")
            return f"^{letter.upper()}" if len(letter) == 1 else f"Ctrl+{letter.capitalize()}"
        return "+".join(part.capitalize() for part in first.split("+"))


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Return the bindings of the commands that have a key."""
    return [
        Binding(_as_sent(command.key), command.action, command.label, show=False, id=command.id, tooltip=command.help)
        for command in commands
        if command.key
    ]


def _as_sent(keys: str) -> str:
    """Return the keys with what most terminals send for shift and a function key: F13 for the first, and so on."""
    sent = [f"f{int(key.removeprefix('shift+f')) + 12}" for key in keys.split(",") if _SHIFTED.fullmatch(key)]
    return ",".join([keys, *sent])


@runtime_checkable
class Commanded(Protocol):
    """A screen that says what can be done on it now."""

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every command that makes sense now, most wanted first."""


class Commands(Provider):
    """The palette: every command of the screen below it, whether it has a key or not."""

    async def discover(self) -> Hits:
        """Yield everything while nothing is typed."""
        for command in self._here():
            title, run = self._entry(command)
            yield DiscoveryHit(title, run, help=command.help)

    async def search(self, query: str) -> Hits:
        """Yield what matches what is typed."""
        matcher = self.matcher(query)
        for command in self._here():
            title, run = self._entry(command)
            if (score := matcher.match(title)) > 0:
                yield Hit(score, matcher.highlight(title), run, help=command.help)

    def _here(self) -> tuple[Command, ...]:
        return self.screen.commands if isinstance(self.screen, Commanded) else ()

    def _entry(self, command: Command) -> tuple[str, Callable[[], Coroutine[object, object, None]]]:
        # Through `run_action`, so that a screen's `check_action` guards the palette as it guards the keys.
        title = f"{command.label}  ({command.shown_key})" if command.key else command.label
        title = title[:1].upper() + title[1:]
        return title, partial(self.screen.run_action, command.action)
