"""Leaving while the disk refuses: what was typed last goes into a file of its own, and is said once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmfacil.core.errors import Refusal
from pmfacil.core.text import visible

if TYPE_CHECKING:
    from pmfacil.exports import Exports
    from pmfacil.facilitation import Facilitation


def farewell(service: Facilitation, exports: Exports) -> str:
    """Write down what the database did not take, and return what to say in the terminal."""
    words = "\n".join(f"{place}: {visible(text)}" for place, text in service.unkept.items() if text.strip())
    said = f"The database did not take the words typed last:\n{words}"
    try:
        told, whole = exports.rescue(service.snapshot.post_mortem, service.sitting, service.now(), words)
    except (Refusal, OSError) as fault:
        return f"{said}\nNor could they be written elsewhere: {fault}"
    return f"{said}\nThey are in {visible(str(told))}, the whole post-mortem in {visible(str(whole))}."
