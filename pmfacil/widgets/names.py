"""Completes a name after `@` while it is typed: the right arrow takes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from textual.suggester import Suggester

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_BEGUN: Final = re.compile(r'(?<!\S)@(?:"(?P<quoted>[^"]*)|(?P<plain>[^\s"]*))$')


class NameSuggester(Suggester):
    """Suggests the name that goes on where the line ends; after `@"` the whole name, else its first word."""

    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        """Ask `names` each time: people come in while the meeting goes on."""
        super().__init__(use_cache=False, case_sensitive=True)
        self._names = names

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with the name completed; None where no name is begun, or none goes on so."""
        begun = _BEGUN.search(value)
        if begun is None:
            return None
        quoted = begun["quoted"]
        typed = (quoted if quoted is not None else begun["plain"]).casefold()
        for name in self._names():
            whole = name if quoted is not None else name.partition(" ")[0]
            if typed and whole.casefold().startswith(typed) and len(whole) > len(typed):
                end = '"' if quoted is not None else ""
                return f"{value}{whole[len(typed) :]}{end}"
        return None
