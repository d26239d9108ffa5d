"""What a part of the fuzzer is, and the rules that every case must keep."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Protocol

from pmfacil.core.text import visible

if TYPE_CHECKING:
    from random import Random

_OBEYED: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
YEARS: Final = range(1900, 2201)


class Broken(AssertionError):
    """A case broke a rule."""


class Part(Protocol):
    """One door: what comes through it, and what must hold whatever comes."""

    def draw(self, rng: Random) -> object:
        """Return a case."""

    def check(self, case: object) -> None:
        """Put the case through; raises whatever is wrong. A `Refusal` is an answer."""


def must(holds: object, what: str) -> None:
    """Raise `Broken` where something does not hold."""
    if not holds:
        raise Broken(what)


def shown(*texts: str) -> None:
    """Hold what would go to the screen to what a terminal may be sent."""
    for text in texts:
        found = _OBEYED.search(visible(text))
        must(found is None, f"the screen would be sent {found}")


def sound(moment: datetime | date | None, *, wide: bool = False) -> None:
    """Hold a time to being aware, and within the years that anybody means (`wide`: within the calendar)."""
    if moment is None:
        return
    if isinstance(moment, datetime):
        must(moment.tzinfo is not None, f"{moment!r} is on no clock")
        moment.astimezone()
    must(wide or moment.year in YEARS, f"{moment!r} lies outside the years")
