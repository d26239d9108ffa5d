"""Objects with a time and a message, whatever made them: structured logs, exports, one object per line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Unfit
from pmfacil.core.saying import listed
from pmfacil.intake.sources.gathering import Gathering
from pmfacil.intake.sources.json_shapes import Fields, fields, rows
from pmfacil.intake.sources.mapping import (
    JOINED,
    Mapping,
    Unmapped,
    guess,
    guess_text,
    guess_time,
    known,
    second_time,
    unmapped,
    untold,
)
from pmfacil.intake.sources.plain import quoted, scalar
from pmfacil.intake.sources.tables import kind_named

if TYPE_CHECKING:
    from pmfacil.intake.sources.documents import Document, Numbered
    from pmfacil.intake.sources.mapping import Told
    from pmfacil.intake.sources.sourced import Batch

_NAMED: Final = 6  # fields of an unknown object that a sentence names


def read_objects(document: Document, told: Told = untold) -> Batch:
    """Return what objects say happened; raises `Unfit` where no field of theirs says when or none says what."""
    values = objects_of(document)
    columns = columns_of(values)
    mapping = told(columns)
    if not (known(columns, mapping) if mapping else any(_is_readable(fields(value)) for _, value in values)):
        raise _unknown(document, columns, mapping)
    by_line = document.whole is None
    noun = "Line" if by_line else "Item"
    gathering = Gathering("JSON lines" if by_line else "JSON list", noun, columns=columns)
    for number in document.broken:
        gathering.leave_out(f"{noun} {number}: it is no whole JSON.")
    for number, value in values:
        _take(number, fields(value), mapping, gathering)
    return gathering.batch()


def objects_of(document: Document) -> list[Numbered]:
    """Return a document's values; those of a list within it, where it is one object that wraps them."""
    if _is_readable(wrapper := fields(document.whole)):
        return document.values
    wrapped = rows(wrapper, _is_readable) or rows(wrapper, bool)
    return list(enumerate(wrapped, 1)) if wrapped else document.values


def columns_of(values: list[Numbered]) -> tuple[str, ...]:
    """Return the names of all fields that hold words or numbers, in the order in which they come up."""
    return tuple(dict.fromkeys(name for _, value in values for name in _names(fields(value))))


def _take(number: int, held: Fields, mapping: Mapping | None, gathering: Gathering) -> None:
    names = _names(held)
    chosen = mapping or guess(names) or Mapping(guess_time(names), guess_text(names))
    gathering.take(
        number,
        held,
        at=_value(held, chosen.time),
        or_at=None if mapping else held.get(second_time(names, chosen)),
        text=held.get(chosen.text),
        kind=kind_named(held.get(chosen.kind)),
        until=held.get(chosen.end),
        evidence=scalar(held.get(chosen.evidence)),
    )


def _names(held: Fields) -> tuple[str, ...]:
    return tuple(name for name, one in held.items() if scalar(one))


def _is_readable(held: Fields) -> bool:
    return guess(_names(held)) is not None


def _value(held: Fields, name: str) -> object:
    if name in held or JOINED not in name:
        return held.get(name)
    return " ".join(filter(None, (scalar(held.get(one)) for one in name.split(JOINED))))


def _unknown(document: Document, columns: tuple[str, ...], mapping: Mapping | None) -> Unfit:
    wrapper = fields(document.whole)
    if wrapper and not mapping and not guess_time(columns) and not guess_text(columns):
        names = [quoted(name) for name in wrapper][:_NAMED]
        return Unfit(f"This JSON has no shape that is known here (it holds {listed(names)}): {_INSTEAD}.")
    if not columns:
        return Unfit(f"This JSON holds no objects with a time and a text: {_INSTEAD}.")
    return Unmapped(columns, unmapped(columns, mapping, "field"))


_INSTEAD: Final = "export a list of objects with a time and a text, or CSV"
