"""What differs between two post-mortems, told by identity: values that were not touched are the same objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pmfacil.core.model import AcceptedRisk, AnchorMark
from pmfacil.core.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.model import PostMortem

Items = tuple[object, ...]

COLLECTIONS: Final = (
    "people",
    "entries",
    "anchors",
    "dissents",
    "causes",
    "settlements",
    "actions",
    "fixes",
    "strengths",
    "accepted_risks",
    "questions",
    "sharings",
    "follow_ups",
    "findings",
)
"""The fields of a post-mortem that hold items with ids, each named before the ones that point at it."""

_SHOWN = 40  # characters of the words that were changed, in an undo label


@dataclass(frozen=True, slots=True)
class Change:
    """One item that was added (`before` None), changed, or taken away (`after` None)."""

    collection: str
    key: str
    before: object | None
    after: object | None


def key_of(item: object) -> str:
    """Return what an item is known by: its id, the cause whose risk it accepts, or the moment it marks."""
    match item:
        case AcceptedRisk():
            return item.cause
        case AnchorMark():
            return item.anchor.value
        case _:
            return str(getattr(item, "id"))  # noqa: B009 - an `object` here


def changes(before: PostMortem, after: PostMortem) -> Iterator[Change]:
    """Yield every item that differs, collection by collection."""
    for name in COLLECTIONS:
        old, new = getattr(before, name), getattr(after, name)
        if old is new:
            continue
        _, old, new = between(old, new)
        was = {key_of(item): item for item in old}
        for item in new:
            known = was.pop(key_of(item), None)
            if known is not item and known != item:
                yield Change(name, key_of(item), known, item)
        for key, item in was.items():
            yield Change(name, key, item, None)


def between(old: Items, new: Items) -> tuple[int, Items, Items]:
    """Return how many items both begin with, told by identity, and what each has from there to the end they share."""
    start = shared_start(old, new)
    old, new = old[start:], new[start:]
    end = shared_start(old[::-1], new[::-1])
    return start, old[: len(old) - end], new[: len(new) - end]


def shared_start(old: Items, new: Items) -> int:
    """Return how many items both begin with, told by identity."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (was, item) in pairs if was is not item), min(len(old), len(new)))


def subject(before: PostMortem, after: PostMortem) -> str:
    """Return the words of the first item that differs, short enough for a label; empty where there are none."""
    for change in changes(before, after):
        item = change.after or change.before
        words = getattr(item, "text", "") or getattr(item, "name", "")
        if words:
            return shortened(str(words), _SHOWN)
    return ""
