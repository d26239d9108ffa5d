"""Taking files in: exports of pmfacil, and post-mortems that were written elsewhere; one file or a folder of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Refusal, Unfit
from pmfacil.core.model import PostMortemId
from pmfacil.core.text import visible
from pmfacil.paths import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pmfacil.core.record import Record
    from pmfacil.library import Library

WRITTEN: Final = (".md", ".markdown", ".mdown", ".txt")
"""Endings of files that are read as written post-mortems."""

LARGEST: Final = 4 * 2**20
"""Bytes of one document; a report of a thousand pages is smaller."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: the post-mortem or record it is here now, or why it was refused.

    `record` is set for a written post-mortem.
    """

    path: Path
    id: str = ""
    title: str = ""
    was_here: bool = False
    copied: bool = False
    refused: str = ""
    record: Record | None = None


def take_in_path(library: Library, path: Path) -> tuple[Outcome, ...]:
    """Take in a file, or every post-mortem in a folder and below it; what cannot be read is told of one by one.

    Refuses with `Unfit` where there is no such file or folder, or nothing in it.
    """
    try:
        if not path.is_dir():
            return (take_in_file(library, path),)
        found = sorted(_files(path))
    except OSError as fault:
        msg = f"{shown(path)} cannot be read: {(fault.strerror or str(fault)).lower()}."
        raise Unfit(msg) from fault
    if not found:
        msg = f"There is no Markdown file in {shown(path)}. Post-mortems end in .md; exports of pmfacil in .json."
        raise Unfit(msg)
    return tuple(_taken(library, one) for one in found)


def take_in_file(library: Library, path: Path) -> Outcome:
    """Take in one file; raises a `Refusal` that says why not. The file is only read."""
    data = _bytes(path)
    if path.suffix.casefold() == ".json":
        return _export(library, path, data)
    from pmfacil.intake.material import text_of  # noqa: PLC0415 - exports need none of it

    received = library.archive.take_in(text_of(data), path.name)
    return Outcome(path, received.record.id, received.record.title, received.was_here, record=received.record)


def said(outcomes: tuple[Outcome, ...]) -> str:
    """Return in one line what became of files."""
    new = [one for one in outcomes if not one.refused and not one.was_here]
    known = sum(1 for one in outcomes if one.was_here)
    refused = [one for one in outcomes if one.refused]
    told = [f"“{visible(new[0].title)}” taken in" if len(new) == 1 else f"{len(new)} taken in"] if new else []
    told += [f"{known} here already"] if known else []
    told += [f"{len(refused)} could not be read ({refused[0].refused.rstrip('.')})"] if refused else []
    return f"{', '.join(told)}."


def _taken(library: Library, path: Path) -> Outcome:
    try:
        return take_in_file(library, path)
    except Refusal as refusal:
        return Outcome(path, refused=str(refusal))


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.suffix.casefold() in (*WRITTEN, ".json") and path.is_file():
            yield path


def _export(library: Library, path: Path, data: bytes) -> Outcome:
    from pmfacil import codec  # noqa: PLC0415 - pydantic takes its time

    try:
        document = codec.read_document(data)
    except codec.UnreadableError as fault:
        msg = f"{path.name} is not a post-mortem that pmfacil exported ({fault}). Nothing was changed."
        raise Unfit(msg) from fault
    taken = library.take_in(document.post_mortem, document.sitting)
    return Outcome(path, PostMortemId(taken.id), document.post_mortem.title, taken.was_here, taken.copied)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            data = source.read(LARGEST + 1)
    except OSError as fault:
        msg = f"{shown(path)} cannot be read: {(fault.strerror or str(fault)).lower()}."
        raise Unfit(msg) from fault
    if len(data) > LARGEST:
        msg = f"{path.name} is larger than {LARGEST // 2**20} MiB, which no post-mortem is. Nothing was changed."
        raise Unfit(msg)
    return data
