"""The review list: by owner, to be pasted where people talk, with every word as it was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pmfacil.core.ending import ActionId
from pmfacil.core.model import ActionState, PostMortemId
from pmfacil.core.promises import Promise
from pmfacil.core.text import visible
from pmfacil.report.markdown import escaped
from pmfacil.report.review import review_list
from tests.hostile import HOSTILE

TODAY = date(2026, 3, 12)
ONE = Promise(
    PostMortemId("pm"), ActionId("a"), "Stage hot fixes too", "Ana", date(2026, 3, 11), None, ActionState.AGREED, "",
    "Checkout outage", None,
)  # fmt: skip


def test_owners_come_by_the_alphabet_and_nobody_last() -> None:
    told = review_list(
        [
            replace(ONE, owner="", text="Name an owner", due=None),
            replace(ONE, owner="ben", due=date(2026, 3, 3), text="Cap the queue"),
            ONE,
            replace(ONE, state=ActionState.BLOCKED, reason="no licence", due=date(2026, 4, 1), text="Buy a clock"),
        ],
        TODAY,
    )
    assert (
        told
        == """\
# Actions, 12 March 2026

## Ana

- [ ] Stage hot fixes too (due 11 March 2026, 1 day over; agreed; Checkout outage)
- [ ] Buy a clock (due 1 April 2026; blocked: no licence; Checkout outage)

## ben

- [ ] Cap the queue (due 3 March 2026, 9 days over; agreed; Checkout outage)

## Nobody yet

- [ ] Name an owner (no date; agreed; Checkout outage)
"""
    )


def test_an_empty_list_says_so() -> None:
    assert review_list([], TODAY) == "# Actions, 12 March 2026\n\nNothing is waiting.\n"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words(name: str) -> None:
    words = HOSTILE[name]
    told = review_list(
        [replace(ONE, text=words, owner=words, reason=words, title=words, state=ActionState.BLOCKED)], TODAY
    )
    lines = told.splitlines()
    assert len(lines) == 5
    assert lines[2] == f"## {escaped(words)}"
    assert lines[4].startswith(f"- [ ] {escaped(words)} (due 11 March 2026, 1 day over; blocked: {escaped(words)}; ")
    assert told.count(escaped(words)) >= 4
    assert visible(told.replace("\n", "")) == told.replace("\n", "")
