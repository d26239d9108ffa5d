"""Where pmfacil's files are: said, set, or the platform's own place."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmfacil.core.errors import Unfit
from pmfacil.paths import database_path, expanded, shown


def test_what_is_said_goes_before_what_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMFACIL_DB", "/set.db")
    assert database_path() == Path("/set.db")
    assert database_path("/said.db") == Path("/said.db")


def test_an_empty_variable_means_the_usual_place(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = database_path()
    monkeypatch.setenv("PMFACIL_DB", "")
    assert database_path() == usual


@pytest.mark.parametrize("given", ["", "  "])
def test_an_empty_name_is_refused_not_replaced(given: str) -> None:
    """`--db "$UNSET"` must not write into the library that matters."""
    with pytest.raises(Unfit, match="names no file"):
        database_path(given)


def test_a_home_that_is_not_there_is_refused_with_a_sentence() -> None:
    with pytest.raises(Unfit, match="Write the whole path"):
        expanded("~nobody-of-that-name/reports")


def test_a_place_is_said_without_the_name_of_whose_home_it_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    assert shown(Path("/home/ana/post-mortems")) == "~/post-mortems"
    assert shown(Path("/home/ana")) == "~"
    assert shown(Path("/home/anabel/post-mortems")) == "/home/anabel/post-mortems"
    assert expanded(shown(Path("/home/ana/post-mortems"))) == Path("/home/ana/post-mortems")
