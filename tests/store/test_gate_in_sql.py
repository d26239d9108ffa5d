"""The gate inside the file: programs that know nothing of pmfacil, and have foreign keys off, meet it too."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.ending import ActionId
from pmfacil.core.kind import Kind
from pmfacil.core.model import CauseId
from tests.meetings import settle_something

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pmfacil.core.model import PostMortem
    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library


@pytest.fixture
def acting(library: Library) -> Facilitation:
    """Causes settled, one action agreed."""
    service = library.open(library.begin("Checkout outage", Kind.INCIDENT, None))
    settle_something(service)
    service.do(verbs.agree_action, ActionId("a"), "Stage it", service.snapshot.post_mortem.settlements[0].causes)
    return service


@pytest.fixture
def stranger(acting: Facilitation, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another program's connection, as the sqlite3 shell makes it."""
    connection = sqlite3.connect(tmp_path / "pmfacil.db", isolation_level=None)
    assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 0
    yield connection
    connection.close()


def _unsettled(pm: PostMortem) -> CauseId:
    return next(cause.id for cause in pm.causes if cause.id not in pm.settlements[0].causes)


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE"])
def test_an_action_cannot_be_forged(acting: Facilitation, stranger: sqlite3.Connection, verb: str) -> None:
    pm = acting.snapshot.post_mortem
    forged = (
        f"{verb} INTO action VALUES (?, 'forged', 9, ?, ?, 'Fix it', '', NULL, NULL, '', '', 'agreed', '', 0, NULL)"
    )
    with pytest.raises(sqlite3.IntegrityError, match="no action without a settled cause"):
        stranger.execute(forged, (pm.id, pm.settlements[0].id, _unsettled(pm)))


@pytest.mark.parametrize("column", ["cause", "settlement", "post_mortem"])
def test_an_action_cannot_be_moved_away_from_its_settled_cause(stranger: sqlite3.Connection, column: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="no action without a settled cause"):
        stranger.execute(f"UPDATE action SET {column} = 'elsewhere'")


def test_a_further_cause_must_be_settled_too(acting: Facilitation, stranger: sqlite3.Connection) -> None:
    pm = acting.snapshot.post_mortem
    with pytest.raises(sqlite3.IntegrityError, match="no action without a settled cause"):
        stranger.execute(
            "INSERT INTO action_cause VALUES (?, 'a', ?, ?, 1)", (pm.id, pm.settlements[0].id, _unsettled(pm))
        )


@pytest.mark.parametrize(
    "spoiled",
    [
        "UPDATE post_mortem SET \"trigger\" = '  '",
        "UPDATE cause SET mark = 'open'",
        "UPDATE cause SET mark = 'contributing factor'",
        "UPDATE cause SET parent = NULL",  # now four lines without an answer are open
    ],
)
def test_a_settlement_cannot_stand_on_causes_that_are_not_ready(stranger: sqlite3.Connection, spoiled: str) -> None:
    stranger.execute("UPDATE settlement SET reopened_at = '2026-03-12T15:00:00Z'")
    stranger.execute(spoiled)
    with pytest.raises(sqlite3.IntegrityError, match="not ready to be settled"):
        stranger.execute("UPDATE settlement SET reopened_at = NULL")
    with pytest.raises(sqlite3.IntegrityError, match="not ready to be settled"):
        stranger.execute("INSERT INTO settlement SELECT post_mortem, 'new', 9, at, NULL FROM settlement")


def test_a_settlement_of_a_post_mortem_that_is_not_there_is_refused(stranger: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="not ready to be settled"):
        stranger.execute("INSERT INTO settlement VALUES ('nowhere', 's', 0, '2026-03-12T14:00:00Z', NULL)")


def test_undo_of_a_reopening_lets_the_settlement_stand_again(
    acting: Facilitation, stranger: sqlite3.Connection
) -> None:
    """The same rules, met by pmfacil itself on its way through the rows."""
    acting.do(verbs.ask_why, CauseId("new"), "Partners were not told", None, acting.now())
    assert stranger.execute("SELECT count(*) FROM settlement WHERE reopened_at IS NULL").fetchone()[0] == 0
    acting.undo()
    assert stranger.execute("SELECT count(*) FROM settlement WHERE reopened_at IS NULL").fetchone()[0] == 1
    acting.redo()
    assert stranger.execute("SELECT count(*) FROM settlement WHERE reopened_at IS NULL").fetchone()[0] == 0
