"""People's words reach the screen as content, never as markup: `[/x]` must not end the app."""

from __future__ import annotations

import ast

import pytest
from textual.content import Content
from textual.widgets import Static

from pmfacil.widgets.plain import Line
from tests.architecture.source import Module, modules

# The only stock widgets that never read markup in what they hold; all else is drawn through `plain.py`.
HARMLESS = {"Input", "TextArea"}
DOOR = "pmfacil.widgets.plain"
ABOVE = [module for module in modules() if module.within("pmfacil.app", "pmfacil.screens", "pmfacil.widgets")]
# Attributes that Textual reads as markup when it gets a `str`.
READ_AS_MARKUP = {"border_title", "border_subtitle", "tooltip"}


def _literal(node: ast.expr | None) -> bool:
    """Tell whether a value stands in the source, so that no user can have written it."""
    return isinstance(node, ast.Constant)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def markup_faults(tree: ast.AST) -> list[str]:
    """Return every place where a computed text could be read as markup."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(source), names=names) if source.startswith("textual.widgets"):
                found += [f"{node.lineno}: {one.name}" for one in names if one.name not in HARMLESS]
            case ast.Import(names=names):
                found += [f"{node.lineno}: {one.name}" for one in names if one.name.startswith("textual.widgets")]
            case ast.Call() if _called(node) == "notify":
                plain = any(one.arg == "markup" and _says_false(one.value) for one in node.keywords)
                found += [] if plain or _literal(node.args[0]) else [f"{node.lineno}: notify"]
            case ast.Call() if _called(node) in ("from_markup", "from_rich_text"):
                found += [] if node.args and _literal(node.args[0]) else [f"{node.lineno}: {_called(node)}"]
            case ast.Assign(targets=[ast.Attribute(attr=name)], value=value) if name in READ_AS_MARKUP:
                found += [] if _literal(value) else [f"{node.lineno}: {name}"]
            case ast.FunctionDef(name="render", returns=ast.Name(id="str")):
                found += [f"{node.lineno}: render returns str"]  # which is read as markup
    return found


def _says_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


@pytest.mark.parametrize("module", ABOVE, ids=lambda module: module.name)
def test_no_computed_text_can_be_read_as_markup(module: Module) -> None:
    if module.name != DOOR:
        assert markup_faults(module.tree) == [], module.path


@pytest.mark.parametrize(
    "source",
    [
        "from textual.widgets import Label",
        "from textual.widgets.option_list import Option",
        "import textual.widgets",
        "self.notify(str(refusal))",
        "self.app.notify(words, markup=True)",
        "Content.from_markup(words)",
        "body.border_title = pm.title",
        "class W:\n    def render(self) -> str:\n        return self.words",
    ],
)
def test_the_check_finds_what_it_is_for(source: str) -> None:
    assert markup_faults(ast.parse(source))


@pytest.mark.parametrize(
    "source", ["self.notify('Copied.')", "self.notify(words, markup=False)", "from textual.widgets import Input"]
)
def test_the_check_leaves_safe_lines_alone(source: str) -> None:
    assert markup_faults(ast.parse(source)) == []


def test_the_one_door_reads_no_markup() -> None:
    line = Line("[/x] [@click=app.quit]x[/]")
    assert isinstance(line, Static)
    assert line.said == "[/x] [@click=app.quit]x[/]"
    line.say(Content("[b]as typed[/b]"))
    assert line.said == "[b]as typed[/b]"
