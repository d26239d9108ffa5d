"""Two windows on one file: what either did is there in the end, and neither sees an error."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.kind import Kind
from pmfacil.core.model import Entry, EntryId
from pmfacil.facilitation import Facilitation
from pmfacil.library import Library
from pmfacil.store import open_shelf
from tests.clock import FakeClock, Ids

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pmfacil.store import SqlShelf
    from tests.conftest import NewDatabase


@pytest.fixture
def windows(library: Library, clock: FakeClock, tmp_path: Path) -> Iterator[tuple[Facilitation, Facilitation]]:
    """One post-mortem, open twice."""
    new = library.begin("Checkout outage", Kind.INCIDENT, None)
    other = open_shelf(tmp_path / "pmfacil.db")
    yield library.open(new), Facilitation(other, new, clock, Ids("other"))
    other.close()


@settings(max_examples=50)
@given(turns=st.lists(st.sampled_from(["left", "right", "left beats", "right beats"]), min_size=10, max_size=40))
def test_no_entry_is_lost_however_two_windows_take_turns(turns: list[str], new_database: NewDatabase) -> None:
    path = new_database()
    shelves = {name: open_shelf(path) for name in ("left", "right")}
    new = Library(shelves["left"], FakeClock(), Ids(), zone="UTC").begin("Checkout outage", Kind.INCIDENT, None)
    windows = {name: Facilitation(shelf, new, FakeClock(), Ids(name)) for name, shelf in shelves.items()}
    said: list[str] = []
    for turn in turns:
        window = windows[turn.removesuffix(" beats")]
        if turn.endswith("beats"):
            window.beat()
        else:
            said.append(window.new_id())
            window.do(verbs.record_entry, Entry(EntryId(said[-1]), said[-1]))
    for window in windows.values():
        window.beat()
        assert [entry.text for entry in window.snapshot.post_mortem.entries] == said
    for shelf in shelves.values():
        shelf.close()


def test_the_heartbeat_of_one_window_keeps_the_step_that_the_other_took(
    windows: tuple[Facilitation, Facilitation], clock: FakeClock
) -> None:
    left, right = windows
    left.steer(lambda sitting: sitting.enter(Step.OPEN, clock()))
    right.beat()
    clock.advance(seconds=11)
    left.steer(lambda sitting: sitting.enter(Step.TIMELINE, clock()))
    assert right.beat().changed
    assert right.snapshot.sitting.step is Step.TIMELINE
    left.beat()
    assert left.snapshot.sitting.step is Step.TIMELINE


def test_a_clock_changed_in_one_window_is_changed_in_the_other_before_it_is_paused(
    windows: tuple[Facilitation, Facilitation], clock: FakeClock
) -> None:
    left, right = windows
    left.steer(lambda sitting: sitting.enter(Step.TIMELINE, clock()))
    right.steer(lambda sitting: sitting.pause(clock()))
    assert right.snapshot.sitting.step is Step.TIMELINE
    assert right.beat().changed, "the screen has not shown yet what the other window did"
    assert not right.beat().changed


def test_half_typed_words_in_one_window_are_no_reason_to_read_everything_again_in_the_other(
    windows: tuple[Facilitation, Facilitation],
) -> None:
    left, right = windows
    left.do(verbs.name_trigger, "A release")
    right.beat()
    before = right.snapshot.post_mortem
    left.keep_draft(Step.TIMELINE, "14:0")
    assert right.beat().changed
    assert right.snapshot.post_mortem is before
    assert right.draft(Step.TIMELINE) == "14:0"


_WRITER = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from pmfacil.core import operations as verbs
from pmfacil.core.model import Entry, EntryId, PostMortemId
from pmfacil.facilitation import Facilitation
from pmfacil.store import open_shelf
path, id, name = sys.argv[1:]
service = Facilitation(open_shelf(Path(path)), PostMortemId(id), lambda: datetime.now(UTC), str)
for number in range(40):
    service.do(verbs.record_entry, Entry(EntryId(f"{name}{number}"), f"{name}{number}"))
    service.beat()
"""


def test_three_processes_at_once_lose_nothing(library: Library, shelf: SqlShelf, tmp_path: Path) -> None:
    new = library.begin("Checkout outage", Kind.INCIDENT, None)
    command = [sys.executable, "-c", _WRITER, str(tmp_path / "pmfacil.db"), new]
    writers = [subprocess.Popen([*command, name], stderr=subprocess.PIPE, text=True) for name in "abc"]
    assert [writer.communicate()[1] for writer in writers] == ["", "", ""]
    kept = [entry.text for entry in shelf.load(new).history.present.entries]
    assert len(kept) == 120
    for name in "abc":  # each process's own words, in the order in which it said them
        assert [text for text in kept if text.startswith(name)] == [f"{name}{number}" for number in range(40)]


_OPENER = "import sys; from pathlib import Path; from pmfacil.store import open_shelf; open_shelf(Path(sys.argv[1])).listing()"


def test_a_file_that_many_processes_make_at_once_is_made_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _OPENER, str(tmp_path / "fresh" / "pmfacil.db")]
    openers = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(6)]
    assert [opener.communicate()[1] for opener in openers] == [""] * 6
