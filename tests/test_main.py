"""The entry: a fault of any command is one sentence on standard error, and a note of where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from pmfacil.__main__ import main
from pmfacil.paths import crash_log_path

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

WORDS = "Kestrel"


def _broken(*_given: object) -> NoReturn:
    raise LookupError(WORDS)


def test_an_unexpected_fault_of_a_command_is_a_sentence_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("pmfacil.library.Library.summaries", _broken)
    assert main(["list", "--db", str(tmp_path / "a.db")]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith("pmfacil: something went wrong inside pmfacil; nothing that was kept is lost.")
    assert f" is noted in {crash_log_path()}. " in told.err
    assert WORDS not in told.err + crash_log_path().read_text(encoding="utf-8")
    assert "LookupError" in crash_log_path().read_text(encoding="utf-8")


def test_where_no_log_can_be_written_the_sentence_names_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("pmfacil.library.Library.summaries", _broken)
    monkeypatch.setattr("pmfacil.crash.CrashLog._write", lambda *_given: (_ for _ in ()).throw(OSError()))
    assert main(["list", "--db", str(tmp_path / "a.db")]) == 2
    assert "noted" not in capsys.readouterr().err


def test_ctrl_c_ends_a_command_with_what_shells_report_for_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupted(*_given: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("pmfacil.library.Library.summaries", interrupted)
    assert main(["list", "--db", str(tmp_path / "a.db")]) == 130
