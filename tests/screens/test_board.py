"""The board in the hands of a facilitator: look, narrow, mark, change, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.model import ActionState
from pmfacil.core.promises import Section, Wanted
from pmfacil.screens import promised
from pmfacil.screens.actions import ActionsScreen
from pmfacil.screens.board import BoardScreen
from pmfacil.screens.dialogs.help import HelpScreen
from pmfacil.screens.library import LibraryScreen
from pmfacil.widgets.ledger import Ledger
from tests.boards import agree, everything, held, well_filled
from tests.driving import Facilitator, make_app
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from pmfacil.library import Library
    from pmfacil.store import SqlShelf
    from tests.clock import FakeClock


@pytest.fixture
async def somebody(library: Library, clock: FakeClock, tmp_path: Path) -> AsyncIterator[Facilitator]:
    """Somebody who has opened a full board from the library."""
    well_filled(library, clock)
    async with make_app(library, tmp_path).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        driver = Facilitator(pilot)
        await driver.press("f6", "f6")  # twice in a hurry: nothing is changed
        assert isinstance(driver.app.screen, BoardScreen)
        yield driver


def _here(somebody: Facilitator) -> str:
    """The row that is highlighted, in words."""
    body = somebody.app.screen.query_one("#body", Ledger)
    return next((row.lead.plain + row.text.plain for row in body._rows if row.key and row.key == body.key), "")


def _texts(library: Library, section: Section) -> list[str]:
    return everything(library.board).get(section, [])


async def test_keys_move_the_highlighted_action_and_the_eyes_stay_where_they_are(
    somebody: Facilitator, library: Library
) -> None:
    assert "3 of 12 finished" in somebody.body
    assert "9 days over" in _here(somebody)
    await somebody.press("f2")
    assert "in progress" in _here(somebody)
    assert somebody.said("echo") == "“Refuse a second charge for…” is in progress. ^Z undoes."
    await somebody.press("f2")
    assert somebody.said("echo") == "“Refuse a second charge for…” is in progress already."
    await somebody.press("f3")
    assert "Refuse a second charge for one basket within ten minutes" in _texts(library, Section.UNVERIFIED)
    assert "Page on-call" in _here(somebody)  # what had stood below it
    await somebody.press("f5")
    assert somebody.said("echo") == "“Page on-call when the…” is verified and leaves the board. ^Z undoes."
    assert "Page on-call" not in somebody.body
    assert "Alert when two clocks" in _here(somebody)
    await somebody.press("ctrl+z")
    assert somebody.said("echo") == "Taken back: “Page on-call when the…”."
    assert "Page on-call" in _here(somebody)
    await somebody.press("ctrl+z", "ctrl+z")
    assert _texts(library, Section.OVERDUE)[0].startswith("Refuse a second charge")
    await somebody.press("ctrl+z")
    assert somebody.said("echo").startswith("Nothing to take back")


async def test_blocked_and_dropped_ask_why_in_place_and_the_filter_comes_back(
    somebody: Facilitator, library: Library
) -> None:
    await somebody.press(*"@ana", "f7")
    assert somebody.said("echo").startswith("What blocks it?")
    assert somebody.typed == ""
    await somebody.press("f3", "f4", "tab", "ctrl+z", "enter")  # only the question can be answered now
    assert "Why is this action blocked?" in somebody.said("echo")
    await somebody.pilot.resize_terminal(100, 30)
    await somebody.pilot.pause()
    assert "Chidi Eze" not in somebody.body  # still narrowed while it is asked
    await somebody.press(*"no key", "enter")
    assert somebody.typed == "@ana"
    assert "because no key" in _here(somebody)
    assert "is blocked. ^Z undoes." in somebody.said("echo")
    await somebody.press("f8", *"small", "escape")
    assert (somebody.typed, somebody.said("echo")) == ("@ana", "")
    await somebody.press("f8", *"small", "enter")
    assert "is dropped and leaves the board" in somebody.said("echo")
    assert [one.reason for one in library.board.section(Section.OVERDUE, Wanted(("@ana",)))] == []
    await somebody.press("ctrl+z")
    assert "because no key" in _here(somebody)


async def test_another_date_and_a_day_that_is_none(somebody: Facilitator, library: Library) -> None:
    await somebody.press("f9", *"soonish", "enter")
    assert somebody.said("echo") == "“soonish” is no day I know. Try friday, +2w, 12 March, or none."
    assert somebody.typed == "soonish"
    await somebody.press("ctrl+u", "enter")
    assert somebody.said("echo").startswith("Type the day, or none")
    await somebody.press(*"+2w", "enter")
    assert somebody.said("echo") == "“Refuse a second charge for…” is due by Thu 26 Mar. ^Z undoes."
    assert "Page on-call" in _here(somebody)
    await somebody.press("f9", *"none", "enter")
    assert "is without a date" in somebody.said("echo")
    assert "2 days over" not in somebody.body
    await somebody.press("f9", *"1 March 2027", "enter")
    assert "is due by 1 Mar 2027" in somebody.said("echo")
    await somebody.press("ctrl+z", "ctrl+z", "ctrl+z")
    assert len(_texts(library, Section.OVERDUE)) == 2


async def test_marks_outlive_narrowing_and_one_key_is_for_all_of_them(somebody: Facilitator, library: Library) -> None:
    await somebody.press("f4", "f4", "f4", "up", "f4", "down")
    assert somebody.said("ends") == "2 marked"
    await somebody.press(*"refuse")
    assert somebody.said("ends") == "2 marked, 1 of them not shown"
    await somebody.press("f7")
    assert "(2 actions)" in somebody.said("echo")
    await somebody.press(*"no licence", "enter")
    assert somebody.said("echo") == "2 actions are blocked. ^Z undoes."
    assert somebody.typed == "refuse"
    assert somebody.said("ends") == ""
    assert [one.reason for one in library.board.section(Section.OVERDUE, Wanted())] == ["no licence"] * 2
    await somebody.press("ctrl+z", "escape")
    assert somebody.said("echo") == ""
    await somebody.press("shift+f4", "f3")
    assert somebody.said("echo") == "8 actions are done. ^Z undoes."  # one was done already
    assert list(everything(library.board)) == [Section.UNVERIFIED]
    await somebody.press("ctrl+z")
    assert somebody.said("echo") == "Taken back: 8 actions."
    assert list(everything(library.board)) == list(Section)
    await somebody.press("f16", "f16")  # what terminals send for shift+F4
    assert somebody.said("ends") == ""


async def test_tab_goes_through_owners_and_post_mortems_and_enter_into_one(somebody: Facilitator) -> None:
    await somebody.press(*"e", "tab")
    assert somebody.said("title") == "Actions · by owner"
    assert somebody.body.index("Ben Okoro") < somebody.body.index("Chidi Eze") < somebody.body.index("émile Sorel")
    assert "Ana Ruiz" not in somebody.body
    await somebody.press("f3", "f4")
    assert somebody.said("echo") == "Enter shows the actions first."
    assert "mark" not in somebody.said("keys")
    await somebody.press("down", "enter")
    assert somebody.said("title") == "Actions · of Chidi Eze"
    assert somebody.typed == ""
    assert "Page on-call" not in somebody.body
    assert "0 of 2 finished" in somebody.body
    await somebody.press("escape")
    assert somebody.typed == "e"
    assert _here(somebody).strip().startswith("Chidi Eze")
    await somebody.press("escape", "up", "up", "up", "down", "down", "down", "down", "down", "enter")
    assert somebody.said("title") == "Actions · of nobody yet"
    await somebody.press("tab", "enter")
    assert somebody.said("title") == "Actions · of “Checkout charged cards twice”"
    await somebody.press("escape", *"zebra")
    assert "Nothing fits" in somebody.body
    await somebody.press("enter", "tab")
    assert somebody.said("title") == "Actions · by how pressing"
    assert "Nothing fits" in somebody.body
    await somebody.press("enter", "f4", "f9", "f3")
    assert somebody.said("echo") == "Highlight an action first, with the arrow keys."
    assert somebody.typed == "zebra"


async def test_enter_opens_the_post_mortem_at_the_action_and_esc_goes_back_step_by_step(
    somebody: Facilitator, library: Library
) -> None:
    await somebody.press("f4", *"clocks", "enter")
    assert isinstance(somebody.app.screen, ActionsScreen)
    body = somebody.app.screen.query_one("#body", Ledger)
    assert "Alert when two clocks differ" in next(row.text.plain for row in body._rows if row.key == body.key)
    checkout = next(one.id for one in library.summaries() if one.title.startswith("Checkout"))
    library.delete(checkout)
    await somebody.press("ctrl+l", "f6")
    assert somebody.typed == "clocks"
    assert somebody.said("ends") == ""  # the marked action is not here any more
    await somebody.press("escape", "f4", "escape")
    assert somebody.said("ends") == ""
    assert isinstance(somebody.app.screen, BoardScreen)
    await somebody.press("escape")
    assert isinstance(somebody.app.screen, LibraryScreen)


async def test_what_somebody_changed_since_is_not_undone(somebody: Facilitator, library: Library) -> None:
    await somebody.press("f3")
    checkout = library.open(next(one.id for one in library.summaries() if one.title.startswith("Checkout")))
    checkout.do(verbs.rename, "Checkout, again")
    await somebody.press("ctrl+z")
    assert "was changed since" in somebody.said("echo")
    assert len(_texts(library, Section.UNVERIFIED)) == 2
    library.delete(checkout.snapshot.post_mortem.id)
    await somebody.press("f3")
    assert "no longer here" in somebody.said("echo")


async def test_the_review_list_is_copied_and_help_explains(somebody: Facilitator) -> None:
    await somebody.press("ctrl+s")
    assert somebody.said("echo") == "Copied: 8 actions by owner, as Markdown."
    assert somebody.app.clipboard.startswith("# Actions, 12 March 2026\n\n## Ana Ruiz\n")
    await somebody.app.screen.run_action("move('agreed')")
    assert "is agreed already" in somebody.said("echo")
    await somebody.press("f1")
    assert isinstance(somebody.app.screen, HelpScreen)


async def test_a_board_that_cannot_be_read_says_so_and_comes_back(somebody: Facilitator, shelf: SqlShelf) -> None:
    await somebody.press("f4")
    shelf._connection.execute("ALTER TABLE action RENAME TO elsewhere")
    await somebody.press("f1", "escape")
    assert "The actions cannot be read" in somebody.said("echo")
    assert somebody.body == ""
    await somebody.press("ctrl+s")
    assert "The actions cannot be read" in somebody.said("echo")
    shelf._connection.execute("ALTER TABLE elsewhere RENAME TO action")
    await somebody.press("f1", "escape")
    assert "9 days over" in somebody.body


async def test_an_empty_board_and_hostile_words(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promised, "MOST_SHOWN", 1)
    async with make_app(library, tmp_path).run_test(size=(80, 24)) as pilot:
        somebody = Facilitator(pilot)
        await somebody.press("f6", "f3", "enter", "tab")
        assert somebody.body.splitlines()[0] == "Nothing is waiting"
        for words in HOSTILE.values():
            agree(held(library, words), words, words, -1, ActionState.BLOCKED, words)
        await somebody.press("tab", "tab", "down", "f2", "tab", "tab")
        assert "Only the first 1 are shown. Type to narrow the list." in somebody.body
        await somebody.press("tab")
        assert f"{len(HOSTILE) - 1} more. Type to narrow the list." in somebody.body
        await somebody.press(*"click")
        assert f"{HOSTILE['clickable markup']}  · @{HOSTILE['clickable markup']}" in somebody.body
