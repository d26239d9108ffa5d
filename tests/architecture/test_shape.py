"""The shape of the code, as rules that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from textual.binding import Binding

import pmfacil
from pmfacil.screens import library, report, step, timed
from pmfacil.screens.dialogs import help as help_dialog
from pmfacil.screens.dialogs import new, pick
from pmfacil.screens.steps import step_screen
from pmfacil.themes import THEMES

PACKAGE: Final = Path(pmfacil.__file__).parent
ROOT: Final = PACKAGE.parent
MODULES: Final = sorted(PACKAGE.rglob("*.py"))
LOWER: Final = ("core", "wording", "intake", "report", "rehearsal", "store", "codec", "facilitation", "library", "cli")


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _named(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", MODULES, ids=_named)
def test_rooms_stay_small(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 300
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= (300 if isinstance(node, ast.ClassDef) else 40), f"{node.name}: {lines} lines"


@pytest.mark.parametrize("path", MODULES, ids=_named)
def test_nothing_is_caught_that_was_not_expected(path: Path) -> None:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            broad = isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")
            assert not broad or any(isinstance(inner, ast.Raise) for inner in ast.walk(node))


@pytest.mark.parametrize("floor", LOWER)
def test_the_lower_floors_never_bring_textual_along(floor: str) -> None:
    script = f"import sys, pkgutil, importlib, pmfacil.{floor} as top\n" + (
        "for one in pkgutil.walk_packages(getattr(top, '__path__', []), top.__name__ + '.'): importlib.import_module(one.name)\n"
        "print('textual' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("path", [*(PACKAGE / "core").rglob("*.py"), *(PACKAGE / "wording").rglob("*.py")], ids=_named)
def test_the_rules_need_nothing_but_the_standard_library(path: Path) -> None:
    for node in ast.walk(_tree(path)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            top = name.partition(".")[0]
            assert top in sys.stdlib_module_names or name.startswith(("pmfacil.core", "pmfacil.wording")), name


def test_no_colour_is_written_down_outside_the_themes() -> None:
    raw = re.compile(r"#[0-9a-fA-F]{3,8}\b(?![\w-]*\s*\{)|rgba?\(")
    for path in [PACKAGE / "app.tcss", *(PACKAGE / "widgets").rglob("*.py"), *(PACKAGE / "screens").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        found = [match for match in raw.findall(text) if not re.fullmatch(r"#(?:ends|body|echo|hint|keys|sign)", match)]
        assert found == [], f"{path}: {found}"


def test_peoples_words_reach_the_screen_through_one_door() -> None:
    for path in [*(PACKAGE / "widgets").rglob("*.py"), *(PACKAGE / "screens").rglob("*.py"), PACKAGE / "app.py"]:
        if path.name == "plain.py":
            continue
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                assert called not in {"Static", "Label", "Markdown", "from_markup"}, f"{path}:{node.lineno}"
                if called == "notify":
                    assert any(keyword.arg == "markup" for keyword in node.keywords), f"{path}:{node.lineno}"


def test_every_binding_has_an_id_and_says_what_it_does() -> None:
    assert callable(step_screen)
    classes = [*step.StepScreen.__subclasses__(), library.LibraryScreen, report.ReportScreen]
    classes += [pick.PickScreen, help_dialog.HelpScreen, new.NewScreen, step.CaptureLine]
    assert len(classes) == 12
    for one in classes:
        for binding in one.__dict__["BINDINGS"]:
            assert isinstance(binding, Binding)
            assert binding.id, one
            assert binding.tooltip, one
            assert not binding.priority, one


def test_no_two_commands_of_one_screen_share_a_key_or_an_id() -> None:
    every = [*step._HEAD, *step._TAIL, *timed.TIME_COMMANDS, *step._GOTO]
    for screen in step.StepScreen.__subclasses__():
        commands = [*every, *screen.COMMANDS_HERE]
        keys = [command.key for command in commands if command.key]
        assert len(set(keys)) == len(keys), screen
        assert len({command.id for command in commands}) == len(commands)


def test_every_command_has_its_action() -> None:
    every = [*step._HEAD, *step._TAIL, *timed.TIME_COMMANDS, *step._GOTO]
    for screen in step.StepScreen.__subclasses__():
        for command in (*every, *screen.COMMANDS_HERE):
            name = command.action.partition("(")[0]
            assert name.startswith("app.") or hasattr(screen, f"action_{name}"), command
    for one, commands in (
        (library.LibraryScreen, library.LIBRARY_COMMANDS),
        (report.ReportScreen, report.REPORT_COMMANDS),
    ):
        assert all(hasattr(one, f"action_{command.action}") or "." in command.action for command in commands)


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [theme for theme in THEMES if not theme.ansi], ids=lambda theme: theme.name)
def test_every_text_can_be_read(theme: object) -> None:
    """WCAG 2: 4.5:1 for every text on every ground it stands on, 7:1 for the question and the clock."""
    grounds = [getattr(theme, name) for name in ("background", "surface", "panel")]
    variables = getattr(theme, "variables")  # noqa: B009 - the parameter is only known as an object
    grounds.append(variables["highlight"])
    for ground in grounds:
        for name in ("foreground", "primary", "accent", "success", "error"):
            assert _contrast(getattr(theme, name), ground) >= 4.5, (name, ground)
        assert _contrast(variables["quiet"], ground) >= 4.5, ground
    assert _contrast(getattr(theme, "foreground"), grounds[0]) >= 7  # noqa: B009 - as above
    assert _contrast(variables["on-filled"], variables["filled"]) >= 7


def test_no_committed_file_names_a_package_registry() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    if tracked == [""]:
        pytest.skip("not a git checkout")
    hosts = re.compile(
        "|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs", "cra" + r"tes\.io"))
    )
    for name in filter(None, tracked):
        path = ROOT / name
        if path.is_file():
            assert not hosts.search(path.read_text(encoding="utf-8", errors="ignore")), name


def test_names_rhyme() -> None:
    for screen in step.StepScreen.__subclasses__():
        module = screen.__module__.rpartition(".")[2]
        wanted = "opening" if screen.STEP.value == "open" else screen.STEP.value
        assert module == wanted
