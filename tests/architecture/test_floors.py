"""The floors hold, for imports that hide in functions too."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.architecture.source import imports, imports_any, modules

WITHOUT_TEXTUAL = (
    "pmfacil.__main__",
    "pmfacil.bootstrap",
    "pmfacil.cli",
    "pmfacil.codec",
    "pmfacil.columns",
    "pmfacil.core",
    "pmfacil.crash",
    "pmfacil.facilitation",
    "pmfacil.intake",
    "pmfacil.library",
    "pmfacil.shelf",
    "pmfacil.past",
    "pmfacil.paths",
    "pmfacil.archive",
    "pmfacil.exports",
    "pmfacil.importing",
    "pmfacil.publishing",
    "pmfacil.board",
    "pmfacil.trends",
    "pmfacil.rehearsal",
    "pmfacil.report",
    "pmfacil.running",
    "pmfacil.settings",
    "pmfacil.store",
    "pmfacil.wording",
)
WITH_TEXTUAL = (
    "pmfacil.app",
    "pmfacil.commands",
    "pmfacil.driver",
    "pmfacil.pen",
    "pmfacil.enduring",
    "pmfacil.looks",
    "pmfacil.screens",
    "pmfacil.themes",
    "pmfacil.widgets",
)
SQL = ("sqlalchemy", "sqlmodel", "sqlite3")

_WATCHED = """
import importlib, json, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def _loaded_by(*names: str) -> set[str]:
    """Return the top-level packages that a fresh interpreter holds after importing these modules."""
    told = subprocess.run([sys.executable, "-c", _WATCHED, *names], capture_output=True, text=True, check=True)
    return set(json.loads(told.stdout))


def _named(*folders: str) -> list[str]:
    return [module.name for module in modules() if module.within(*folders)]


def test_every_module_stands_either_below_textual_or_above_it() -> None:
    both = {*_named(*WITHOUT_TEXTUAL), *_named(*WITH_TEXTUAL), "pmfacil"}
    assert both == {module.name for module in modules()}


def test_all_that_stands_below_the_screens_runs_without_textual() -> None:
    """The static graph cannot see what an import pulls in; a fresh interpreter can."""
    loaded = _loaded_by(*_named(*WITHOUT_TEXTUAL))
    assert "pmfacil" in loaded
    assert not loaded & {"textual", "rich"}


def test_the_rules_and_the_wording_need_nothing_but_the_standard_library() -> None:
    loaded = _loaded_by(*_named("pmfacil.core", "pmfacil.wording"))
    # What the interpreter brings by itself is not theirs, nor is the table that `zoneinfo` finds its paths in.
    theirs = loaded - _loaded_by() - sys.stdlib_module_names
    assert {name for name in theirs if not name.startswith("_sysconfigdata")} == {"pmfacil"}


def test_no_function_of_the_rules_or_the_wording_imports_anything_else_later() -> None:
    allowed = {"pmfacil", *sys.stdlib_module_names}
    for module in modules():
        if module.within("pmfacil.core", "pmfacil.wording"):
            assert {name.partition(".")[0] for name in imports(module)} <= allowed, module.path


@pytest.mark.parametrize(
    ("wanted", "allowed"),
    [
        (SQL, ("pmfacil.store",)),
        (("pmfacil.store",), ("pmfacil.store", "pmfacil.bootstrap")),
        (("textual",), WITH_TEXTUAL),
        (("pmfacil.app",), ("pmfacil.bootstrap",)),
        (("pmfacil.bootstrap",), ("pmfacil.__main__", "pmfacil.cli")),
    ],
    ids=["SQL", "the store", "Textual", "the app", "the bootstrap"],
)
def test_only_those_who_may_import_it(wanted: tuple[str, ...], allowed: tuple[str, ...]) -> None:
    users = {module.name: found for module in modules() if (found := imports_any(module, *wanted))}
    assert users, "nobody imports it at all: the check has lost its object"
    outside = {name: found for name, found in users.items() if name not in _named(*allowed)}
    assert outside == {}


def test_widgets_know_neither_services_nor_screens() -> None:
    for module in modules():
        if module.within("pmfacil.widgets"):
            known = imports_any(module, "pmfacil.facilitation", "pmfacil.library", "pmfacil.screens", "pmfacil.app")
            assert known == [], module.path


def test_showing_the_first_list_needs_no_object_relational_mapper() -> None:
    """It costs a third of a second; the exact form of the start-up goal, without a clock."""
    assert not _loaded_by("pmfacil.bootstrap", "pmfacil.app") & {"sqlalchemy", "sqlmodel", "argparse"}
