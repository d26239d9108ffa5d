"""While the disk refuses everything, nothing that is on the screen is lost: not in the report, and not at the end."""

from __future__ import annotations

import tempfile
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from pmfacil.app import PmFacilApp
from pmfacil.codec import read_document
from pmfacil.core.agenda import Step
from pmfacil.core.kind import Kind
from pmfacil.screens.messages import OpenRequested
from pmfacil.widgets.ledger import Ledger
from tests.driving import Facilitator

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest

    from pmfacil.library import Library
    from pmfacil.store import SqlShelf


@asynccontextmanager
async def _refused(library: Library, shelf: SqlShelf, app: PmFacilApp) -> AsyncIterator[Facilitator]:
    """Somebody at the timeline, with one line kept and one that the disk did not take."""
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        somebody = Facilitator(pilot)
        await somebody.go(Step.TIMELINE)
        await somebody.line("14:05 Alert fires")
        shelf._connection.execute("PRAGMA query_only = ON")
        await somebody.line("14:06 Nobody is paged")
        assert "was not kept" in somebody.said("echo")
        yield somebody


def _app(library: Library, reports: Path) -> PmFacilApp:
    new = library.begin("Checkout outage", Kind.INCIDENT, None)
    return PmFacilApp(library, reports, start=new, live=True)


def _texts(path: Path) -> list[str]:
    return [entry.text for entry in read_document(path.read_bytes()).post_mortem.entries]


async def test_the_whole_post_mortem_is_written_into_another_folder(
    library: Library, shelf: SqlShelf, tmp_path: Path
) -> None:
    (tmp_path / "reports").write_text("full, as far as anybody can tell")
    stick = tmp_path / "stick"
    async with _refused(library, shelf, _app(library, tmp_path / "reports")) as somebody:
        await somebody.press("ctrl+s", "f7")
        somebody.app.screen.keep_draft()  # type: ignore[attr-defined]  # as the timer does in the middle of the answer
        await somebody.line(str(stick))
        (written,) = stick.glob("*.json")
        assert _texts(written) == ["Alert fires"]
        assert "Written to" in somebody.said("echo")
        await somebody.press("ctrl+s")
        assert somebody.typed == "14:06 Nobody is paged"
        shelf._connection.execute("PRAGMA query_only = OFF")
        await somebody.press("enter")
        assert [one.text for one in somebody.screen.post_mortem.entries] == ["Alert fires", "Nobody is paged"]


async def test_whoever_leaves_then_finds_the_last_words_in_a_file(
    library: Library, shelf: SqlShelf, tmp_path: Path
) -> None:
    app = _app(library, tmp_path / "reports")
    async with _refused(library, shelf, app):
        await app.action_quit()
    (words,) = (tmp_path / "reports").glob("*-checkout-outage-half-typed.txt")
    (whole,) = (tmp_path / "reports").glob("*-checkout-outage.json")
    assert words.read_text(encoding="utf-8") == "timeline: 14:06 Nobody is paged\n"
    assert _texts(whole) == ["Alert fires"]
    assert app.farewell.splitlines() == [
        "The database did not take the words typed last:",
        "timeline: 14:06 Nobody is paged",
        f"They are in {words}, the whole post-mortem in {whole}.",
    ]


async def test_nothing_that_is_said_of_it_names_whose_home_it_is(
    library: Library, shelf: SqlShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    app = _app(library, tmp_path / "reports")
    async with _refused(library, shelf, app) as somebody:
        shelf._connection.execute("PRAGMA query_only = OFF")
        (tmp_path / "pmfacil.db").rename(tmp_path / "away.db")
        (tmp_path / "pmfacil.db").write_text("another one")
        await somebody.press("enter")
        assert "All before it is in ~/" in somebody.said("echo")
        await somebody.press("ctrl+s")
        assert "~/reports" in somebody.app.screen.query_one("#aside", Ledger).said
        await somebody.press("f6")
        assert somebody.said("echo").startswith("Written to ~/reports:")
        await app.action_quit()
    assert "They are in ~/reports/" in app.farewell
    assert str(tmp_path) not in app.farewell


async def test_where_the_reports_cannot_go_they_are_in_a_temporary_folder(
    library: Library, shelf: SqlShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reports").write_text("no folder")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    app = _app(library, tmp_path / "reports")
    async with _refused(library, shelf, app):
        await app.action_quit()
    (words,) = (tmp_path / "temporary").rglob("*-half-typed.txt")
    assert str(words) in app.farewell


async def test_where_no_file_can_be_written_the_words_are_said_once_more(
    library: Library, shelf: SqlShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reports").write_text("no folder")
    app = _app(library, tmp_path / "reports")
    async with _refused(library, shelf, app):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
        await app.action_quit()
        monkeypatch.undo()
    assert "timeline: 14:06 Nobody is paged\nNor could they be written elsewhere" in app.farewell


async def test_what_the_disk_refused_outlives_the_opening_of_another_post_mortem(
    library: Library, shelf: SqlShelf, tmp_path: Path
) -> None:
    other = library.begin("Another outage", Kind.INCIDENT, None)
    app = _app(library, tmp_path / "reports")
    async with _refused(library, shelf, app):
        await app.on_open_requested(OpenRequested(other))
        await app.action_quit()
    assert "timeline: 14:06 Nobody is paged" in app.farewell
    (words,) = (tmp_path / "reports").glob("*-checkout-outage-half-typed.txt")
    assert words.read_text(encoding="utf-8") == "timeline: 14:06 Nobody is paged\n"


async def test_what_the_disk_takes_after_all_is_back_where_it_was_typed(
    library: Library, shelf: SqlShelf, tmp_path: Path
) -> None:
    other = library.begin("Another outage", Kind.INCIDENT, None)
    app = _app(library, tmp_path / "reports")
    async with _refused(library, shelf, app) as somebody:
        first = somebody.screen.service.id
        await app.on_open_requested(OpenRequested(other))
        shelf._connection.execute("PRAGMA query_only = OFF")
        await app.action_quit()
    assert app.farewell == ""
    assert shelf.load(first).drafts == {"timeline": "14:06 Nobody is paged"}


async def test_whoever_leaves_with_everything_kept_is_told_nothing(
    library: Library, shelf: SqlShelf, tmp_path: Path
) -> None:
    app = _app(library, tmp_path / "reports")
    async with _refused(library, shelf, app):
        shelf._connection.execute("PRAGMA query_only = OFF")
        await app.action_quit()
    assert app.farewell == ""
    assert not (tmp_path / "reports").exists()
    assert shelf.load(library.summaries()[0].id).drafts == {"timeline": "14:06 Nobody is paged"}
