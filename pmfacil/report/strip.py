"""The moments of an incident to scale: when impact began, when it was seen, mended, over."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pmfacil.core import saying
from pmfacil.core.measures import anchored
from pmfacil.report.document import Moment, Strip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.model import PostMortem


def strip(pm: PostMortem) -> Iterator[Strip]:
    """Yield the strip; nothing where fewer than two moments are known, or all at the same instant."""
    known = [(entry.at, anchor, entry) for anchor, entry in anchored(pm).items() if entry is not None and entry.at]
    known.sort(key=lambda one: one[0])
    if not known or known[0][0] == known[-1][0]:
        return
    zone, start = saying.zone_of(pm.zone), known[0][0]
    whole = known[-1][0] - start
    moments = tuple(
        Moment(anchor.value.capitalize(), saying.when(entry, zone).partition("–")[0], (at - start) / whole)
        for at, anchor, entry in known
    )
    yield Strip(moments, tuple(saying.length(later[0] - earlier[0]) for earlier, later in pairwise(known)))
