"""A file that a command was given: by its path, or `-` for standard input."""

from __future__ import annotations

import sys
from typing import Final

from pmfacil.core.errors import Unfit
from pmfacil.intake.sources import LARGEST
from pmfacil.paths import expanded

STANDARD_INPUT: Final = "-"


def name_of(file: str) -> str:
    """Return what a sentence calls it."""
    return "standard input" if file == STANDARD_INPUT else file


def bytes_of(file: str) -> bytes:
    """Return what it holds, at most one byte more than is read at all; raises `Unfit` where it cannot be read."""
    try:
        if file == STANDARD_INPUT:
            return sys.stdin.buffer.read(LARGEST + 1)
        with expanded(file).open("rb") as source:
            return source.read(LARGEST + 1)
    except OSError as fault:
        msg = f"{name_of(file)} cannot be read: {(fault.strerror or str(fault)).lower()}."
        raise Unfit(msg) from fault
