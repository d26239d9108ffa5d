"""What earlier post-mortems found, and what became of what they promised: to be seen beside what a room says now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pmfacil.core.model import ActionState
from pmfacil.wording.alike import Index

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

MOST_CAUSES: Final = 5000
"""The newest causes that are looked at: what is older has mostly been built over."""

_OVER: Final = frozenset([ActionState.DONE, ActionState.VERIFIED, ActionState.DROPPED])
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class PastAction:
    """Something that was agreed then, and how far it has come; `title` and `on` tell of its post-mortem."""

    text: str
    owner: str
    due: date | None
    state: ActionState
    title: str
    on: date

    @property
    def standing(self) -> bool:
        """Whether it was promised and is not done."""
        return self.state not in _OVER


@dataclass(frozen=True, slots=True)
class PastCause:
    """A root cause or contributing factor of an earlier post-mortem, with the actions that it got."""

    text: str
    title: str
    on: date
    actions: tuple[PastAction, ...] = ()


class Past:
    """The other post-mortems, read once when they are first asked about."""

    def __init__(self, read: Callable[[], tuple[PastCause, ...]]) -> None:
        """Ask `read` for the causes, newest first; it may raise a `Refusal`."""
        self._read = read

    def similar(self, text: str) -> tuple[PastCause, ...]:
        """Return earlier causes that say nearly the same, the most alike first; none where nothing is near."""
        return tuple(self._causes[key] for key, _ in self._by_cause.alike(text, _SHOWN))

    def promised(self, text: str) -> PastAction | None:
        """Return an action of the past that says nearly the same and is not done."""
        found = self._by_action.alike(text, 1)
        return self._standing[found[0][0]] if found else None

    @cached_property
    def _causes(self) -> tuple[PastCause, ...]:
        return self._read()

    @cached_property
    def _standing(self) -> tuple[PastAction, ...]:
        told = dict.fromkeys(action for cause in self._causes for action in cause.actions if action.standing)
        return tuple(told)

    @cached_property
    def _by_cause(self) -> Index[int]:
        return Index((place, cause.text) for place, cause in enumerate(self._causes))

    @cached_property
    def _by_action(self) -> Index[int]:
        return Index((place, action.text) for place, action in enumerate(self._standing))
