"""What pmfacil knows is the user's own: nobody else may read it, nothing is sent, and nobody is written down."""

from __future__ import annotations

import ast
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmfacil.__main__ import main
from pmfacil.columns import ColumnMemory
from pmfacil.exports import Exports
from pmfacil.intake.sources import Mapping
from pmfacil.paths import columns_path, exports_path
from pmfacil.report.formats import Format

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = Path(__file__).parents[1] / "pmfacil"
_TELL_TALES = {
    "USER": "zq-user-zq", "LOGNAME": "zq-logname-zq", "USERNAME": "zq-username-zq", "HOSTNAME": "zq-hostname-zq",
    "EMAIL": "zq-email-zq@example.org", "GIT_AUTHOR_NAME": "zq-author-zq",
}  # fmt: skip


@pytest.fixture(params=[0o000, 0o022], ids=["umask 000", "umask 022"])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """A machine that lets everybody read what is written, unless it is asked not to."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def _everything(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Have pmfacil write all that it ever writes, somewhere below `home`."""
    db = ("--db", str(home / "deep" / "data" / "pmfacil.db"))
    home.mkdir(mode=0o700, exist_ok=True)
    table = home / "table.csv"
    table.touch(mode=0o600)
    table.write_text("seen,told\n2026-03-12 14:05,The pager went off\n", encoding="utf-8")
    assert main(["rehearse", "--worked", "--no-app", *db]) == 0
    worked = capsys.readouterr().out.strip()
    exported = ",".join(Format)
    for words in (
        ["new", "Checkout outage"],
        ["import", "timeline", str(table), "--into", worked, "--column", "time=seen", "--column", "text=told"],
        ["export", worked, "--format", exported, "--out", f"{home}/some/reports/"],
        ["export", worked, "--format", "md,html,pdf,txt", "--external", "--out", f"{home}/some/outside/"],
        ["publish", str(home / "a" / "site")],
        ["backup"],
        ["backup", str(home / "far" / "away" / "copy.db")],
        ["restore", str(home / "far" / "away" / "copy.db"), "--into", str(home / "back" / "again.db")],
        ["doctor", "--recover-into", str(home / "mended" / "new.db")],
        ["report-template", "init"],
        ["search", "pager"],
    ):
        code = main([*words, *db] if words[0] not in {"restore", "report-template"} else words)
        assert code == 0, (words, capsys.readouterr().err)
    Exports(home, exports_path()).choose([Format.MARKDOWN])
    ColumnMemory(columns_path()).remember(("when", "what"), Mapping("when", "what"))


@pytest.mark.usefixtures("umask")
def test_whatever_is_written_is_for_nobody_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    _everything(home, capsys)
    written = list(home.rglob("*"))
    assert len(written) > 30
    site = home / "a"
    for one in written:
        others = one.stat().st_mode & (0o022 if one.is_relative_to(site) else 0o077)  # a site is for all to read
        assert not others, (one, oct(stat.S_IMODE(one.stat().st_mode)))
    assert stat.S_IMODE((site / "site" / "index.html").stat().st_mode) == 0o644
    assert stat.S_IMODE((site / "site").stat().st_mode) == 0o755


@pytest.mark.usefixtures("umask")
def test_the_log_of_an_open_database_is_for_nobody_else(tmp_path: Path) -> None:
    from contextlib import closing

    from pmfacil.store import open_shelf

    path = tmp_path / "new" / "pmfacil.db"
    with closing(open_shelf(path)) as shelf:
        assert shelf.count() == 0
        beside = sorted(path.parent.iterdir())
        assert [one.suffix for one in beside] == [".db", ".db-shm", ".db-wal"]
        assert all(not one.stat().st_mode & 0o077 for one in (path.parent, *beside))


def test_nobody_and_no_machine_is_written_down(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "zq-home-zq"
    for name, value in _TELL_TALES.items():
        monkeypatch.setenv(name, value)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DOCUMENTS_DIR"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("socket.gethostname", "platform.node"):
        monkeypatch.setattr(name, lambda: "zq-host-zq")
    _everything(home, capsys)
    telling = [b"zq-", b"-zq", str(tmp_path).encode()]
    if len(host := os.uname().nodename.encode()) > 5:  # a shorter name stands in any PDF, by chance
        telling.append(host)
    for one in home.rglob("*"):
        if one.is_file():
            data = _unpacked(one)
            assert [word for word in telling if word in data] == [], one


def test_words_that_were_reworded_are_in_no_file(tmp_path: Path) -> None:
    from contextlib import closing
    from datetime import UTC, datetime

    from pmfacil.core.kind import Kind
    from pmfacil.core.model import Entry, EntryId
    from pmfacil.core.operations import record_entry, revise_entry
    from pmfacil.library import Library
    from pmfacil.store import open_shelf
    from pmfacil.store.backup import back_up, backups_of
    from tests.clock import FakeClock, Ids

    path, flagged = tmp_path / "pmfacil.db", "zyxwvutsrq carelessly forgot"
    with closing(open_shelf(path)) as shelf:
        library = Library(shelf, FakeClock(), Ids(), zone="UTC")
        service = library.open(library.begin("Checkout outage", Kind.INCIDENT, None))
        service.keep_draft("timeline", flagged)
        entry = Entry(EntryId("e1"), flagged, at=datetime(2026, 3, 12, 14, 0, tzinfo=UTC))
        service.do(record_entry, entry)
        service.keep_draft("timeline", "")
        assert library.archive.search("carelessly")
        service.amend(revise_entry, Entry(entry.id, "The runbook does not say it", at=entry.at))
        library.archive.search("carelessly")
        shelf._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        back_up(shelf._connection, path, backups_of(path), datetime(2026, 3, 13, tzinfo=UTC))
        service.undo()
        service.redo()
        assert not library.archive.search("carelessly")
        shelf._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert [one.name for one in tmp_path.rglob("*") if one.is_file() and b"zyxwv" in one.read_bytes()] == []


def _unpacked(file: Path) -> bytes:
    """Return all that a file says: the streams of a PDF unpacked, escapes of JSON undone."""
    import re
    import zlib
    from contextlib import suppress

    data = file.read_bytes()
    if data.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
            with suppress(zlib.error):
                data += zlib.decompress(stream)
    if file.suffix == ".json":
        data += json.dumps(json.loads(data), ensure_ascii=False).encode()
    return data


_WATCHED = """
import os, sys
def watch(event, args):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "urllib.Request"):
        os.write(2, f"{event} {args}".encode())
        os._exit(77)
sys.addaudithook(watch)
from pmfacil.__main__ import main
new = sys.argv[1]
for words in (["rehearse", "--worked", "--no-app"], ["new", "Checkout outage"], ["list"], ["search", "queue"],
              ["trends"], ["actions"], ["check", "--help"], ["backup"], ["doctor"], ["publish", new + "/site"]):
    code = main([*words, "--db", new + "/pmfacil.db"])
    assert code in (0, 1), (words, code)
"""


def test_no_command_opens_a_connection_in_a_process_of_its_own(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _WATCHED, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_module_of_ours_imports_what_speaks_to_a_network() -> None:
    spoken = {"socket", "http", "urllib", "ssl", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "xmlrpc"}
    allowed = {("urllib", "parse")}
    for file in sorted(_PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for name in names:
                parts = tuple(name.split("."))
                assert parts[0] not in spoken or parts[:2] in allowed, (file.name, name)
