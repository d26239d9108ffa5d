"""The frame around the code: exact requirements, no addresses, everything needed in the wheel."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import pmfacil
from tests.architecture.source import PACKAGE, ROOT

# Put together here, so that this file does not hold what it looks for.
REGISTRIES = tuple(f"{name}.{end}" for name, end in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org")))
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))


def _tracked() -> list[Path]:
    """Return what git keeps, or will; in a tree without git, all but what tools made."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0 and listed.stdout:
        return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    made = {".venv", "__pycache__", "dist"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not made & set(path.relative_to(ROOT).parts)]


def test_no_file_names_a_package_registry() -> None:
    """Whoever installs chooses where from."""
    tracked = _tracked()
    assert ROOT / "pyproject.toml" in tracked
    named = [
        f"{path.relative_to(ROOT)}: {registry}"
        for path in tracked
        for registry in REGISTRIES
        if registry.encode() in path.read_bytes()
    ]
    assert named == []


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_are_exact_and_hashed(path: Path) -> None:
    text = re.sub(r"^\s*#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    pinned = [line for line in text.splitlines() if line.strip()]
    assert pinned
    for line in pinned:
        assert re.match(r"[a-z0-9][a-z0-9._-]*(?:\[[a-z,]+\])?==\S+ ", line), line
        assert "--hash=sha256:" in line, line


def test_what_runs_is_what_was_tested() -> None:
    run, dev = (_versions(ROOT / "requirements" / name) for name in ("run.txt", "dev.txt"))
    assert run
    assert run.items() <= dev.items()


def _versions(path: Path) -> dict[str, str]:
    return dict(
        re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    )


def test_what_the_package_needs_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    here = {re.split(r"[<>=]", one)[0] for one in project["dependencies"] if "sys_platform == 'win32'" not in one}
    assert here <= _versions(ROOT / "requirements" / "run.txt").keys()


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    """A style sheet, a schema or a licence left behind shows only on somebody else's machine."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        packed = set(wheel.namelist())
    here = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert "pmfacil/app.tcss" in here
    assert here <= packed


def test_the_changelog_tells_of_this_version() -> None:
    told = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{pmfacil.__version__}]" in told
