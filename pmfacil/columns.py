"""Which columns of a table say when and what, as the user once said: asked once, then known for every such table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import TypeAdapter

    from pmfacil.intake.sources import Mapping


class ColumnMemory:
    """What was said of tables, in a small file of its own; a damaged file costs being asked again, and no more."""

    def __init__(self, path: Path | None = None) -> None:
        """Keep it at `path`, without one only while pmfacil runs; nothing is read or written yet."""
        self._path = path
        self._said: dict[tuple[str, ...], Mapping] = {}

    def told(self, columns: tuple[str, ...]) -> Mapping | None:
        """Return what was said of a table with just these columns, in any order."""
        return self._kept().get(_key(columns))

    def remember(self, columns: tuple[str, ...], mapping: Mapping) -> None:
        """Keep what was said of tables with these columns; raises `NotWritten` where the disk refuses."""
        self._said[_key(columns)] = mapping
        if self._path is None:
            return
        import json

        from pmfacil.report.writing import write_as

        kept = self._kept()
        text = json.dumps(_form().dump_python(list(kept.items()), mode="json"), ensure_ascii=False, indent=1)
        write_as(self._path, text, replace=True)

    def _kept(self) -> dict[tuple[str, ...], Mapping]:
        if self._path is None:
            return self._said
        try:
            return dict(_form().validate_json(self._path.read_bytes())) | self._said
        except (OSError, ValueError):
            return self._said


@cache
def _form() -> TypeAdapter[list[tuple[tuple[str, ...], Mapping]]]:
    from pydantic import TypeAdapter

    from pmfacil.intake.sources import Mapping

    return TypeAdapter(list[tuple[tuple[str, ...], Mapping]])


def _key(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(columns))
