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
_LEAST: Final = 0.12  # stories are long, and say much beside what they share


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


@dataclass(frozen=True, slots=True)
class PastStory:
    """What an earlier post-mortem was about: title, what happened, impact, trigger and summary in one text."""

    id: str
    title: str
    on: date
    text: str
    actions: tuple[PastAction, ...] = ()


class Past:
    """The other post-mortems, read once when they are first asked about."""

    def __init__(
        self, causes: Callable[[], tuple[PastCause, ...]], stories: Callable[[], tuple[PastStory, ...]] = tuple
    ) -> None:
        """Ask for the causes and the stories, newest first; both may raise a `Refusal`."""
        self._read_causes = causes
        self._read_stories = stories

    def similar(self, text: str) -> tuple[PastCause, ...]:
        """Return earlier causes that say nearly the same, the most alike first; none where nothing is near."""
        return tuple(self._causes[key] for key, _ in self._by_cause.alike(text, _SHOWN))

    def like(self, text: str) -> tuple[PastStory, ...]:
        """Return earlier post-mortems that are about much the same, the most alike first."""
        return tuple(self._stories[key] for key, _ in self._by_story.alike(text, _SHOWN, _LEAST))

    def promised(self, text: str) -> PastAction | None:
        """Return an action of the past that says nearly the same and is not done."""
        found = self._by_action.alike(text, 1)
        return self._standing[found[0][0]] if found else None

    @cached_property
    def _causes(self) -> tuple[PastCause, ...]:
        return self._read_causes()

    @cached_property
    def _stories(self) -> tuple[PastStory, ...]:
        return self._read_stories()

    @cached_property
    def _standing(self) -> tuple[PastAction, ...]:
        told = dict.fromkeys(action for cause in self._causes for action in cause.actions if action.standing)
        return tuple(told)

    @cached_property
    def _by_cause(self) -> Index[int]:
        return Index((place, cause.text) for place, cause in enumerate(self._causes))

    @cached_property
    def _by_story(self) -> Index[int]:
        return Index((place, story.text) for place, story in enumerate(self._stories))

    @cached_property
    def _by_action(self) -> Index[int]:
        return Index((place, action.text) for place, action in enumerate(self._standing))
