"""The difference between two post-mortems as JSON, and a post-mortem with a difference applied.

Items that a patch does not name stay the same objects, so a history of five hundred steps shares almost all
of itself.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING, Final, TypedDict, get_type_hints

from pmfacil import codec
from pmfacil.core import ending, facts, model
from pmfacil.core.changes import COLLECTIONS, between, key_of
from pmfacil.core.errors import IllegalValueError

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem

SCALARS: Final = tuple(one.name for one in fields(model.PostMortem) if one.name not in COLLECTIONS and one.name != "id")
"""The fields of a post-mortem that hold one value."""

ITEM_TYPES: Final = {
    "people": facts.Person,
    "entries": model.Entry,
    "anchors": model.AnchorMark,
    "dissents": model.Dissent,
    "causes": model.Cause,
    "settlements": model.Settlement,
    "actions": model.Action,
    "fixes": model.ParkedFix,
    "strengths": model.Strength,
    "accepted_risks": model.AcceptedRisk,
    "questions": model.Question,
    "sharings": ending.Sharing,
    "follow_ups": ending.FollowUp,
    "findings": ending.Finding,
}
"""What the items of each collection are."""


class Difference(TypedDict):
    """How one collection differs: keys that are gone, and items to put at their places."""

    gone: list[str]
    put: list[tuple[int, object]]


class DamagedPatchError(ValueError):
    """A patch does not fit what it is applied to."""


def patch(before: PostMortem, after: PostMortem) -> str:
    """Return what leads from `before` to `after`."""
    changed = {
        name: codec.plain(getattr(after, name)) for name in SCALARS if getattr(before, name) != getattr(after, name)
    }
    items = {}
    for name in COLLECTIONS:
        old, new = getattr(before, name), getattr(after, name)
        if old is not new and old != new:
            items[name] = _difference(old, new)
    return json.dumps({"fields": changed, "items": items}, ensure_ascii=False, separators=(",", ":"))


def applied(pm: PostMortem, text: str) -> PostMortem:
    """Return the post-mortem with a patch applied; raises `DamagedPatchError`."""
    try:
        read = json.loads(text)
        values = {name: codec.value(_hints()[name], data) for name, data in read["fields"].items()}
        for name, difference in read["items"].items():
            values[name] = _merged(getattr(pm, name), ITEM_TYPES[name], difference)
        return replace(pm, **values)  # type: ignore[arg-type]  # each was read as the type of its field
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, IllegalValueError) as fault:
        raise DamagedPatchError(str(fault)) from fault


@cache
def _hints() -> dict[str, type[object]]:
    return get_type_hints(model.PostMortem)


def _difference(old: tuple[object, ...], new: tuple[object, ...]) -> Difference:
    start, old, new = between(old, new)
    was = {key_of(item): item for item in old}
    keys = [key_of(item) for item in new]
    stays = set(keys)
    put = {key for key, item in zip(keys, new, strict=True) if was.get(key) is not item and was.get(key) != item}
    if [key for key in was if key in stays and key not in put] != [key for key in keys if key not in put]:
        put = stays  # what did not change traded places among itself
    return {
        "gone": [key for key in was if key not in stays],
        "put": [(start + at, codec.plain(item)) for at, item in enumerate(new) if keys[at] in put],
    }


def _merged(old: tuple[object, ...], kind: type[object], difference: Difference) -> tuple[object, ...]:
    put = [(index, codec.value(kind, data)) for index, data in difference["put"]]
    away = {*difference["gone"], *(key_of(item) for _, item in put)}
    items = [item for item in old if key_of(item) not in away]
    for index, item in put:
        items.insert(index, item)
    return tuple(items)
