"""Somebody at an open post-mortem."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.app import PmFacilApp
from pmfacil.core.kind import Kind
from tests.driving import Facilitator

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library


@pytest.fixture
def begun(library: Library) -> Facilitation:
    return library.open(library.begin("Checkout outage", Kind.INCIDENT, None))


@pytest.fixture
async def somebody(begun: Facilitation, library: Library, tmp_path: Path) -> AsyncIterator[Facilitator]:
    """Somebody at an open post-mortem, in its first step."""
    app = PmFacilApp(library, tmp_path / "reports", start=begun.snapshot.post_mortem.id, live=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        yield Facilitator(pilot)
