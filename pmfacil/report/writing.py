"""Report files: names that sort, atomic writes, and never a file silently overwritten."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Refusal
from pmfacil.paths import make_folder, shown

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem
    from pmfacil.report.formats import Format

_LONGEST: Final = 60  # characters of a title in a file name; the day and the ending come on top
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


class NotWritten(Refusal):
    """A file could not be written; `path` is the one that was meant, and nothing was changed."""

    def __init__(self, path: Path, why: str) -> None:
        """Name the file and say what is wrong and what to do."""
        self.path = path
        super().__init__(f"{shown(path)} was not written: {why}.")


def file_name(pm: PostMortem, form: Format, *, external: str | None = None) -> str:
    """Return a name that sorts by day and says what it is: `2026-03-12-checkout-outage.md`.

    `external` is the title that readers outside see: the true one may name what they must not know.
    """
    day = pm.occurred_on or pm.created_at.date()
    title = slug(pm.title) if external is None else f"{slug(external)}-external"
    return f"{day.isoformat()}-{title}.{form.ending}"


def slug(title: str) -> str:
    """Return a title as a part of a file name: lower-case ASCII letters, digits and hyphens, never empty."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-")
    return name if name and not _RESERVED.fullmatch(name) else f"post-mortem{f'-{name}' if name else ''}"


def write_report(folder: Path, name: str, text: str | bytes) -> Path:
    """Write `text` into `folder` and return where it is.

    A file of that name with the same content is left alone; one with other content is kept, and this one gets
    the next free number. Raises `NotWritten`.
    """
    stem, _, ending = name.partition(".")
    data = _data(text)
    try:
        make_folder(folder)
        for number in count(1):
            path = folder / (name if number == 1 else f"{stem}-{number}.{ending}")
            if path.is_file() and path.read_bytes() == data:
                return path
            if _placed(path, data, replace=False):
                return path
    except OSError as fault:
        raise NotWritten(folder / name, _why(fault)) from fault
    raise AssertionError  # pragma: no cover - the numbers never end


def write_as(path: Path, text: str | bytes, *, replace: bool = False) -> Path:
    """Write `text` to exactly `path`; refuses with `NotWritten` where a file is there, unless `replace`."""
    try:
        make_folder(path.parent)
        if _placed(path, _data(text), replace=replace):
            return path
    except OSError as fault:
        raise NotWritten(path, _why(fault)) from fault
    raise NotWritten(path, "a file of that name is there. Choose another name, or say --replace")


def _data(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _placed(path: Path, data: bytes, *, replace: bool) -> bool:
    """Put a complete file at `path` in one step; tell whether the place was free (or was to be replaced)."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".pmfacil-")
    waiting = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            waiting.replace(path)
            return True
        return _linked(waiting, path)
    finally:
        waiting.unlink(missing_ok=True)


def _linked(waiting: Path, path: Path) -> bool:
    try:
        path.hardlink_to(waiting)
    except FileExistsError:
        return False
    except OSError:  # a file system without links: claim the name first, then move the content over it
        try:
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            return False
        waiting.replace(path)
    return True


def _why(fault: OSError) -> str:
    match fault:
        case PermissionError():
            return "this folder does not let you write. Choose another one"
        case NotADirectoryError() | FileExistsError():
            return "a file stands where the folder should be. Choose another one"
        case _:
            return f"{(fault.strerror or str(fault)).lower()}. Choose another folder, or free some space"
