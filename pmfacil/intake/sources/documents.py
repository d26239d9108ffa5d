"""JSON as it lies in files: one value, several one after the other, or one per line with some lines broken."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

from pmfacil.core.errors import Unfit
from pmfacil.intake.sources.json_shapes import fields, parsed

Numbered = tuple[int, object]

_SAMPLE: Final = 20  # lines that show whether each holds an object
_DECODER: Final = json.JSONDecoder()
_FILLED: Final = re.compile(r"\S")
# What can only be meant as JSON: prose may begin with a bracket, a time in brackets, or a link.
_MEANT: Final = re.compile(r"\s*(?:\{\s*(?:\"|$)|\[\s*\{\s*(?:\"|$))")


@dataclass(frozen=True, slots=True)
class Document:
    """The JSON of a file: `whole` where it is one value, else None; all values with the line or place of each.

    `broken` are the numbers of lines that are no JSON.
    """

    whole: object
    values: list[Numbered]
    broken: tuple[int, ...] = ()


def document_in(text: str) -> Document | None:
    """Return the JSON that `text` holds; None where it is something else, though it may begin with a bracket.

    Raises `Unfit` where it can only be meant as JSON and is damaged, and `RecursionError` where it is too deep.
    """
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        whole = parsed(text)
    except Unfit:
        if document := _in_sequence(text) or _by_lines(text):
            return document
        if _MEANT.match(text):
            raise
        return None
    return Document(whole, list(enumerate(whole, 1)) if isinstance(whole, list) else [(1, whole)])


def _in_sequence(text: str) -> Document | None:
    found: list[Numbered] = []
    line, place = 1, 0
    while filled := _FILLED.search(text, place):
        line += text.count("\n", place, filled.start())
        try:
            value, place = _DECODER.raw_decode(text, filled.start())
        except ValueError:
            return None
        found.append((line, value))
        line += text.count("\n", filled.start(), place)
    return Document(None, found)


def _by_lines(text: str) -> Document | None:
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if sum(_is_object(line) for _, line in lines[:_SAMPLE]) * 2 <= len(lines[:_SAMPLE]):
        return None
    found: list[Numbered] = []
    broken: list[int] = []
    for number, line in lines:
        try:
            found.append((number, parsed(line)))
        except Unfit:
            broken.append(number)
    return Document(None, found, tuple(broken))


def _is_object(line: str) -> bool:
    try:
        return bool(fields(parsed(line)))
    except Unfit:
        return False
