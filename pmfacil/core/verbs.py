"""What a verb is: a pure step from one post-mortem to the next, with the label undo shows."""

from __future__ import annotations

from functools import update_wrapper
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmfacil.core.model import PostMortem

P = ParamSpec("P")


class Verb(Generic[P]):
    """A function from post-mortem to post-mortem (or a `Refusal`) that knows its own label."""

    def __init__(self, act: Callable[Concatenate[PostMortem, P], PostMortem], label: str) -> None:
        """Wrap `act`; `label` completes "undo …", so it starts with a small letter."""
        self._act = act
        self.label = label
        update_wrapper(self, act)

    def __call__(self, pm: PostMortem, /, *args: P.args, **kwargs: P.kwargs) -> PostMortem:
        """Return the next post-mortem, or raise the `Refusal` that says why not."""
        return self._act(pm, *args, **kwargs)


def verb(label: str) -> Callable[[Callable[Concatenate[PostMortem, P], PostMortem]], Verb[P]]:
    """Make a function a verb, named `label` in undo and redo."""

    def named(act: Callable[Concatenate[PostMortem, P], PostMortem]) -> Verb[P]:
        return Verb(act, label)

    return named
