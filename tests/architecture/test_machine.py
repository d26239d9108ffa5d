"""The small machine that every test runs on is as `conftest.py` promises."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

from pmfacil.paths import database_path, reports_path, settings_path


@pytest.mark.parametrize("how", ["connect", "connect_ex"])
def test_no_test_reaches_the_network(how: str) -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one,
        pytest.raises(AssertionError, match="tried to reach"),
    ):
        getattr(one, how)(("127.0.0.1", 9))


def test_no_test_asks_for_the_address_of_a_machine() -> None:
    with pytest.raises(AssertionError, match="tried to reach"):
        socket.getaddrinfo("localhost", 80)


def test_no_test_touches_the_files_of_whoever_runs_it(tmp_path: Path) -> None:
    for path in (database_path(), settings_path(), reports_path(), Path.home()):
        assert path.is_relative_to(tmp_path)


def test_the_machine_stands_in_utc_and_brings_no_colours() -> None:
    assert time.tzname[0] == "UTC"
    assert not {"NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_DIM_FACTOR", "COLUMNS", "LINES"} & os.environ.keys()
