"""Safe access to JSON of which nothing is known: each helper answers for any value, and none fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, cast

from pmfacil.core.errors import Unfit
from pmfacil.intake.sources.sourced import RAW

if TYPE_CHECKING:
    from collections.abc import Callable

Fields = dict[str, object]

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)


def parsed(text: str) -> object:
    """Return the value that `text` is as JSON; raises `Unfit` or, where it is too deep, `RecursionError`."""
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as fault:
        sentence = f"This JSON breaks off or goes wrong in line {fault.lineno}: save or download it again."
        raise Unfit(sentence) from None
    except ValueError:
        sentence = "This JSON holds a number of thousands of digits: save or download it again."
        raise Unfit(sentence) from None
    return value


def fields(value: object, *path: str) -> Fields:
    """Return the object at `path` within `value`; an empty one where there is none."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return cast(Fields, value) if isinstance(value, dict) else {}


def objects(value: object) -> list[Fields]:
    """Return the objects of a list; empty where `value` is no list."""
    return [cast(Fields, one) for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def rows(value: object, fits: Callable[[Fields], bool]) -> list[Fields]:
    """Return the objects of a list, or of the first list within an object, where at least one of them fits."""
    lists = [value] if isinstance(value, list) else list(fields(value).values())
    for each in lists:
        found = objects(each)
        if any(map(fits, found)):
            return found
    return []


def excerpt(value: object) -> str:
    """Return the beginning of a value as JSON, at most `RAW` characters, without writing out the rest."""
    written, length = [], 0
    for part in _ENCODER.iterencode(value):
        written.append(part[:RAW])
        length += len(part)
        if length >= RAW:
            break
    return "".join(written)[:RAW]
