"""A written post-mortem on the screen: read, searched, copied, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmfacil.app import PmFacilApp
from pmfacil.core.record import RecordId
from pmfacil.screens.library import LibraryScreen
from pmfacil.screens.messages import RecordRequested
from pmfacil.screens.record import RecordScreen
from tests.driving import Facilitator
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.library import Library

TEXT = """\
# Mail was late

Date: 2025-11-03

## Timeline

- 06:10 A new relay stands before the queue
- 07:45 The queue grows at the café

## Root causes

- The relay drops what is over its limit

Thanks to everybody.
"""


async def test_a_document_is_read_searched_and_copied(library: Library, tmp_path: Path) -> None:
    record = library.archive.take_in(TEXT, "mail.md").record
    async with PmFacilApp(library, tmp_path).run_test(size=(120, 36)) as pilot:
        somebody = Facilitator(pilot)
        await pilot.pause()
        await somebody.press("enter")
        screen = somebody.app.screen
        assert isinstance(screen, RecordScreen)
        assert "mail.md · happened on 3 November 2025 · taken in on 12 March 2026" in somebody.body
        assert "timeline  06:10  A new relay stands before the queue" in somebody.body
        places = []
        for typed in ("QUEUE", "QUEUE", "QUEUE", "relay limit", "CAFE", "zeppelin"):
            await somebody.press("ctrl+u")
            await somebody.line(typed)
            places.append(record.passages[int(screen.body.key)].text[:9])
            assert somebody.typed == typed
        assert places == ["A new rel", "The queue", "A new rel", "The relay", "The queue", "The queue"]
        assert somebody.said("echo") == "Nothing here says that."
        await somebody.press("f6")
        assert (somebody.app.clipboard, somebody.said("echo")) == (TEXT, "Copied, as it was written.")
        await somebody.press("f1", "escape", "escape")
        assert (somebody.typed, isinstance(somebody.app.screen, RecordScreen)) == ("", True)
        await somebody.press("delete", "enter", "escape")
        assert isinstance(somebody.app.screen, LibraryScreen)
        assert library.archive.record(record.id) == record


async def test_hostile_documents_are_shown_and_one_that_is_gone_is_told(library: Library, tmp_path: Path) -> None:
    records = [library.archive.take_in(f"[/x] title\n\n- {words}", "[/y].md").record for words in HOSTILE.values()]
    async with PmFacilApp(library, tmp_path).run_test(size=(80, 24)) as pilot:
        somebody = Facilitator(pilot)
        await pilot.pause()
        for record in records:
            somebody.app.post_message(RecordRequested(record.id, "1"))
            await pilot.pause()
            assert "day unknown" in somebody.body
            assert "\x1b" not in somebody.body
        somebody.app.post_message(RecordRequested(RecordId("nowhere")))
        await pilot.pause()
        assert somebody.app.is_running
