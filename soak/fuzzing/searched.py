"""Searches in a real index: any words are a query, and none is a fault in it."""

from __future__ import annotations

from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

from pmfacil.archive import Archive
from pmfacil.core.errors import Refusal
from pmfacil.store import open_shelf
from soak.fuzzing import words
from soak.fuzzing.part import must, shown
from soak.scene import furnish
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from pathlib import Path


class Searches:
    """Lines as somebody types them into the search, asked of an index."""

    def __init__(self, folder: Path) -> None:
        """Furnish a record to be searched."""
        path = folder / "searches" / "pmfacil.db"
        furnish(path, Random("searches"), 3, 30)
        self._shelf = open_shelf(path)
        with closing(open_shelf(path)):
            self._archive = Archive(self._shelf.archive, FakeClock(), Ids())

    def draw(self, rng: Random) -> object:
        """Return a line."""
        return words.raw_text(rng, 20) if rng.random() < 0.2 else words.line(rng, 6)

    def check(self, case: object) -> None:
        """Ask."""
        try:
            hits = self._archive.search(str(case))
        except Refusal as refusal:
            must("cannot be read" not in str(refusal), f"the index did not understand: {refusal}")
            shown(str(refusal))
            return
        for hit in hits:
            shown(hit.title, *(one.text for one in hit.excerpts))
