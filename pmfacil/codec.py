"""Values as plain JSON and back, validated on the way in: for the journal, the export and the import.

pydantic does the work (sqlmodel brings it along). The model's own rules still run, because its values are
built through their constructors.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, Literal, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from pmfacil.core.model import PostMortem
from pmfacil.core.sitting import Sitting
from pmfacil.core.text import AS_JSON

T = TypeVar("T")

SCHEMA: Final = 2
"""Version of the exported document; an older one is read, a newer one refused."""


class UnreadableError(ValueError):
    """A text is not what it should be; `str()` is one sentence that says where and why."""


@dataclass(frozen=True)
class Document:
    """The exported file: a whole post-mortem, and the meeting's clocks where there was one."""

    pmfacil: Literal[1, 2]
    post_mortem: PostMortem
    sitting: Sitting | None = None


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - "a form of type" has no type of its own yet
    return TypeAdapter(kind)


def plain(value: object) -> object:
    """Return a value of the model as JSON-able data."""
    form: Any = type(value)
    return _adapter(form).dump_python(value, mode="json")


def value(kind: type[T], data: object) -> T:
    """Return the value of type `kind` that `data` describes; raises `UnreadableError`."""
    try:
        form: Any = kind
        return cast("T", _adapter(form).validate_python(data))  # pydantic built what `kind` says
    except ValidationError as fault:
        raise UnreadableError(_sentence(fault)) from fault


def document(pm: PostMortem, sitting: Sitting | None) -> str:
    """Return the complete JSON export of a post-mortem, ending in a newline."""
    exported = Document(SCHEMA, pm, sitting)
    text: str = _adapter(Document).dump_json(exported, indent=2).decode()
    # JSON escapes C0 controls by itself; the others would still speak to a terminal that shows the file.
    return text.translate(AS_JSON) + "\n"


def read_document(text: str | bytes) -> Document:
    """Return what an export holds; raises `UnreadableError` with one sentence where it holds nothing usable."""
    try:
        return cast("Document", _adapter(Document).validate_json(text))  # as above
    except ValidationError as fault:
        raise UnreadableError(_sentence(fault)) from fault


def _sentence(fault: ValidationError) -> str:
    first = fault.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the document"
    return f"{where}: {first['msg'].removeprefix('Value error, ')}"
