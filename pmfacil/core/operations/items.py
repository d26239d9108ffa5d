"""Finding, replacing and removing one item in a tuple of items with ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from pmfacil.core.errors import Gone

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_Identified)


def find(items: Sequence[Item], wanted: str, what: str) -> Item:
    """Return the item with that id; refuses with `Gone(what)`."""
    for item in items:
        if item.id == wanted:
            return item
    raise Gone(what)


def swapped(items: tuple[Item, ...], changed: Item) -> tuple[Item, ...]:
    """Return the items with `changed` in the place of the one that has its id."""
    return tuple(changed if item.id == changed.id else item for item in items)


def without(items: tuple[Item, ...], gone: str) -> tuple[Item, ...]:
    """Return the items but the one with that id."""
    return tuple(item for item in items if item.id != gone)
