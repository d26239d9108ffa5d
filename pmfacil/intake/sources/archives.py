"""Zip files, read in memory and with suspicion: nothing is unpacked to disk, and nothing beyond its limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Final, Self

from pmfacil.core.errors import Unfit
from pmfacil.intake.sources.sourced import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

LARGEST_UNPACKED: Final = 4 * LARGEST  # bytes of all members that are read
HIGHEST_RATIO: Final = 200  # times its packed size; chat packs to a tenth or a fiftieth
_ALWAYS: Final = 1024 * 1024  # bytes under which no ratio harms
_ENCRYPTED: Final = 0x1  # flag bit 0 of a member, APPNOTE.TXT 4.4.4
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What `zipfile` raises on a file that was made, or broken, to trip it up.
_FAULTS: Final = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError, OverflowError)
_DAMAGED: Final = "This zip file is damaged or cut short: download it again."


def is_zip(data: bytes) -> bool:
    """Tell whether data begins as a zip file does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class Archive:
    """The members of a zip file that are wanted, by name; use it as a context."""

    def __init__(self, data: bytes, wanted: Callable[[str], bool]) -> None:
        """Open a zip file; raises `Unfit` where it is damaged, locked, or would unpack to more than is sensible."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS:
            raise Unfit(_DAMAGED) from None
        self.all_names = tuple(self._zip.namelist())
        self._members = {one.filename: one for one in self._zip.infolist() if wanted(one.filename) and _inside(one)}
        self._weigh()

    @property
    def names(self) -> list[str]:
        """The wanted members' names, in order."""
        return sorted(self._members)

    def read(self, name: str) -> bytes:
        """Return the content of a member; raises `Unfit` where it is damaged."""
        try:
            with self._zip.open(self._members[name]) as member:
                return member.read(LARGEST + 1)
        except _FAULTS:
            raise Unfit(_DAMAGED) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def _weigh(self) -> None:
        members = self._members.values()
        if any(one.flag_bits & _ENCRYPTED for one in members):
            sentence = "This zip file is locked with a password: unlock it and pack it again without one."
            raise Unfit(sentence)
        if any(one.compress_type not in _METHODS for one in members):
            sentence = "This zip file is packed in an unusual way: pack it again as a plain zip."
            raise Unfit(sentence)
        unpacked = sum(one.file_size for one in members)
        if unpacked > LARGEST_UNPACKED or any(one.file_size > LARGEST for one in members):
            sentence = (
                f"This zip file unpacks to more than {LARGEST_UNPACKED // _ALWAYS} MiB, or one file in it to more than "
                f"{LARGEST // _ALWAYS}: export only the days of the incident."
            )
            raise Unfit(sentence)
        if unpacked > _ALWAYS and unpacked > HIGHEST_RATIO * sum(one.compress_size for one in members):
            sentence = "This zip file unpacks to far more than an export would: it was not opened."
            raise Unfit(sentence)


def _inside(member: zipfile.ZipInfo) -> bool:
    """Tell whether a member's name stays inside the archive; others are ignored."""
    name = member.filename.replace("\\", "/")
    return not member.is_dir() and not name.startswith("/") and ":" not in name and ".." not in name.split("/")
