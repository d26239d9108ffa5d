"""Commands run in this process, each test against a database of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command and return its exit code, what it printed, and what it complained of."""
    monkeypatch.setenv("PMFACIL_DB", str(tmp_path / "pmfacil.db"))

    def run(*words: str) -> tuple[int, str, str]:
        code = main(list(words))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run
