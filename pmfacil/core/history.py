"""Undo and redo as a value: a present, a past and a future, for any kind of value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

T = TypeVar("T")

LIMIT: Final = 500
"""Steps that can be undone; the oldest are forgotten first."""


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """One change that was made: its label and the value on its other side."""

    label: str
    value: T


@dataclass(frozen=True, slots=True)
class History(Generic[T]):
    """A present value with the steps that led to it (newest last) and those undone (next to redo last)."""

    present: T
    past: tuple[Step[T], ...] = ()
    future: tuple[Step[T], ...] = ()
    merge: str | None = None

    def merges(self, key: str | None) -> bool:
        """Tell whether a commit under `key` would join the newest step instead of adding one."""
        return key is not None and key == self.merge and bool(self.past) and not self.future

    def commit(self, value: T, label: str, merge: str | None = None) -> History[T]:
        """Return the history with `value` as its present; commits in a row under one merge key are one step."""
        if self.merges(merge):
            return replace(self, present=value, past=(*self.past[:-1], Step(label, self.past[-1].value)))
        past = (*self.past, Step(label, self.present))[-LIMIT:]
        return History(value, past, (), merge)

    def amended(self, value: T, label: str) -> History[T]:
        """Return the history with the newest step leading to `value` instead: what it led to is in it no more."""
        return History(value, (*self.past[:-1], Step(label, self.past[-1].value)))

    def undo(self) -> History[T]:
        """Return the history one step back; with nothing to undo, itself."""
        if not self.past:
            return self
        *past, step = self.past
        return History(step.value, tuple(past), (*self.future, Step(step.label, self.present)))

    def redo(self) -> History[T]:
        """Return the history one step forward; with nothing to redo, itself."""
        if not self.future:
            return self
        *future, step = self.future
        return History(step.value, (*self.past, Step(step.label, self.present)), tuple(future))

    def settled(self) -> History[T]:
        """Return the history with its burst ended: the next commit is a step of its own."""
        return self if self.merge is None else replace(self, merge=None)

    @property
    def undoable(self) -> str | None:
        """The label of what undo would take back; None when there is nothing."""
        return self.past[-1].label if self.past else None

    @property
    def redoable(self) -> str | None:
        """The label of what redo would bring back; None when there is nothing."""
        return self.future[-1].label if self.future else None
