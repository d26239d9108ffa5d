"""Take the README's pictures from the worked example: `python docs/take_screenshots.py`."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from pmfacil.app import PmFacilApp
from pmfacil.core.agenda import Step
from pmfacil.core.operations import reopen_meeting
from pmfacil.core.sitting import convene
from pmfacil.library import Library
from pmfacil.rehearsal import rehearse
from pmfacil.store import open_shelf

DOCS = Path(__file__).parent
NOW = datetime(2026, 3, 12, 15, 20, tzinfo=UTC)


async def take() -> None:
    """Save a picture of the timeline and of the root causes."""
    with tempfile.TemporaryDirectory() as folder:
        numbers = count()
        library = Library(open_shelf(Path(folder) / "a.db"), lambda: NOW, lambda: f"id{next(numbers):04d}", zone="UTC")
        worked = rehearse(library, worked=True)
        service = library.open(worked)
        service.do(reopen_meeting)
        boxes = service.snapshot.post_mortem.boxes
        began = NOW - timedelta(minutes=7)
        for step, minutes in ((Step.TIMELINE, 5), (Step.CAUSES, 4)):
            entered = NOW - timedelta(minutes=minutes, seconds=18)
            service.steer(
                lambda _, s=step, at=entered: replace(convene(boxes).enter(Step.OPEN, began).enter(s, at), seen_at=NOW)
            )
            app = PmFacilApp(library, Path(folder), start=worked)
            async with app.run_test(size=(120, 36)) as pilot:
                await pilot.pause()
                (DOCS / f"{step.value}.svg").write_text(app.export_screenshot(title="pmfacil"), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(take())
