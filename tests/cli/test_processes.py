"""The command line as shells and scripts meet it: pipes, closed readers, full disks, no terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

FULL = Path("/dev/full")


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database that `PMFACIL_DB` names for every process of a test."""
    file = tmp_path / "kept" / "pmfacil.db"
    monkeypatch.setenv("PMFACIL_DB", str(file))
    monkeypatch.setenv("PYTHONDEVMODE", "1")  # whatever is left open is told on standard error
    monkeypatch.setenv("PYTHONMALLOC", "pymalloc")  # the memory of Python itself need not be looked over
    return file


def _pmfacil(
    *words: str,
    input: bytes | None = None,
    out: int | IO[bytes] = subprocess.PIPE,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pmfacil", *words],
        input=input,
        stdin=subprocess.DEVNULL if input is None else None,
        stdout=out,
        stderr=subprocess.PIPE,
        env=os.environ | dict(environment),
        timeout=60,
        check=False,
    )


def _new(title: str = "Checkout outage") -> str:
    return _pmfacil("new", title).stdout.decode().strip()


def test_a_post_mortem_goes_from_one_library_to_another_through_a_pipe(tmp_path: Path) -> None:
    """Import, list, export and import again: nothing changes on the way."""
    worked = _pmfacil("rehearse", "--worked", "--no-app").stdout.decode().strip()
    exported = _pmfacil("export", worked, "--format", "json", "--out", "-").stdout
    other = ("--db", str(tmp_path / "other.db"))
    taken = _pmfacil(*other, "import", "-", input=exported)
    assert (taken.returncode, taken.stderr) == (0, b"")
    assert taken.stdout.decode() == f"{worked}  taken in\n"
    (listed,) = json.loads(_pmfacil(*other, "list", "--format", "json").stdout)
    assert (listed["id"], listed["stage"], listed["open_actions"]) == (worked, "closed", 4)
    again = _pmfacil(*other, "show", worked, "--format", "json").stdout
    assert json.loads(again) == json.loads(exported)
    assert b"was here already" in _pmfacil("import", "-", input=again).stdout


def test_the_database_and_its_folder_are_the_users_own(database: Path) -> None:
    assert _pmfacil("new", "Checkout outage").returncode == 0
    assert database.stat().st_mode & 0o777 == 0o600
    assert database.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in database.parent.iterdir()] == ["pmfacil.db"], "the log was not folded in"


def test_a_reader_that_goes_away_is_no_error() -> None:
    new = _new()
    running = subprocess.Popen(
        [sys.executable, "-m", "pmfacil", "show", new, "--format", "html"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    said = running.stderr.read()
    running.stderr.close()
    assert (running.wait(), said) == (0, b"")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no disk that is always full")
def test_output_that_cannot_be_written_is_said_in_a_sentence() -> None:
    _new()
    with FULL.open("wb") as full:
        done = _pmfacil("list", out=full)
    assert done.returncode == 2
    assert done.stderr == b"pmfacil: The output could not be written: no space left on device.\n"


def test_a_pipe_carries_utf_8_whatever_the_locale_says() -> None:
    title = "Überlauf – 🔥 “checkout”"
    new = _new(title)
    poor = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    (listed,) = json.loads(_pmfacil("list", "--format", "json", environment=poor).stdout.decode())
    assert listed["title"] == title
    assert title in _pmfacil("show", new, environment=poor).stdout.decode()


@pytest.mark.parametrize("words", [(), ("rehearse",), ("--db", "other.db")])
def test_without_a_terminal_the_app_says_so_and_leaves_no_rehearsal(words: tuple[str, ...], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pmfacil", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("pmfacil: The app needs a terminal")
    assert done.stderr.count(b"\n") == 1
    assert _pmfacil("list").stdout == b""


def test_an_unusable_settings_file_is_told_and_the_command_still_runs(tmp_path: Path) -> None:
    settings = tmp_path / "config" / "pmfacil" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('theme = "neon"', encoding="utf-8")
    done = _pmfacil("new", "Checkout outage", environment={"XDG_CONFIG_HOME": str(tmp_path / "config")})
    assert done.returncode == 0
    assert len(done.stdout.split()) == 1
    assert "calm, projector, terminal are" in done.stderr.decode()


_STARTED = """
import sys
from pmfacil import __main__, bootstrap
bootstrap.require_terminal = lambda: None
sys.stdin.isatty = lambda: True
made = bootstrap.make_app
def make_app(*args, **named):
    app = made(*args, **named)
    type(app).run_async = run_async
    return app
bootstrap.make_app = make_app
async def run_async(self):
    from textual.constants import MAX_FPS
    print(type(self).__name__, sorted({"argparse", "sqlalchemy"} & set(sys.modules)), MAX_FPS, sys.getswitchinterval())
sys.exit(__main__.main(sys.argv[1:]))
"""


@pytest.mark.parametrize("words", [(), ("--db", "a.db"), ("--db=a.db",)])
def test_the_app_starts_without_argument_parser_and_orm(words: tuple[str, ...], tmp_path: Path) -> None:
    """Both cost more than the first picture does."""
    done = subprocess.run(
        [sys.executable, "-c", _STARTED, *words],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "PmFacilApp [] 500 0.0005\n", "")


def test_it_paints_as_briskly_where_a_post_mortem_was_asked_for(tmp_path: Path) -> None:
    database = str(tmp_path / "a.db")
    made = _pmfacil("new", "Checkout outage", "--db", database).stdout.decode().strip()
    done = subprocess.run(
        [sys.executable, "-c", _STARTED, "open", made, "--db", database],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert done.stdout.endswith("500 0.0005\n"), done.stderr
