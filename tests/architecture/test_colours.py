"""Colours come from the theme: whoever needs another contrast changes one file."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from textual.color import Color, ColorParseError
from textual.theme import Theme

from pmfacil.themes import THEMES
from tests.architecture.source import PACKAGE, Module, modules

if TYPE_CHECKING:
    from pathlib import Path

LOOKS = sorted(PACKAGE.rglob("*.tcss"))
PAINTING = [
    module
    for module in modules()
    if module.within("pmfacil.app", "pmfacil.commands", "pmfacil.screens", "pmfacil.widgets")
]
COLOURED = re.compile(
    r"(?:^|[;{\s])(?:[a-z-]*color|background(?:-tint)?|tint|border(?:-[a-z]+)?|outline(?:-[a-z]+)?|hatch|keyline)"
    r"\s*:\s*([^;}]*)"
)
INHERITED = {"auto", "transparent"}  # names of no colour of their own


def raw_colours(css: str) -> list[str]:
    """Return the colours that a style sheet names by themselves instead of by a token of the theme."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    words = (word for value in COLOURED.findall(css) for word in re.sub(r"\([^)]*\)", "()", value).split())
    return [word for word in words if _raw(word)]


def _raw(word: str) -> bool:
    if word in INHERITED or word.startswith("$"):
        return False
    if word.startswith(("rgb(", "rgba(", "hsl(", "hsla(", "#")):
        return True
    try:
        Color.parse(word)
    except ColorParseError:
        return False
    return True


def _texts(module: Module) -> list[str]:
    return [
        node.value for node in ast.walk(module.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_there_are_looks_to_check() -> None:
    assert LOOKS
    assert any(COLOURED.search(path.read_text(encoding="utf-8")) for path in LOOKS)


@pytest.mark.parametrize("path", LOOKS, ids=lambda path: path.name)
def test_a_style_sheet_names_tokens_only(path: Path) -> None:
    assert raw_colours(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("module", PAINTING, ids=lambda module: module.name)
def test_widgets_and_screens_name_tokens_only(module: Module) -> None:
    for text in _texts(module):
        assert raw_colours(text) == [] or "{" not in text, module.path
        assert not re.search(r"#[0-9a-fA-F]{6}\b|\brgba?\(|\bhsla?\(|\bansi_", text), f"{module.path}: {text!r}"


@pytest.mark.parametrize(
    "css",
    [
        "A { color: red; }",
        "A { background: #112233; }",
        "A { border: tall rgb(1, 2, 3); }",
        "A { link-color: ansi_blue }",
        "A { border-left: tall white 50%; }",
    ],
)
def test_the_check_finds_raw_colours(css: str) -> None:
    assert raw_colours(css)


@pytest.mark.parametrize("css", ["#red { color: $accent; }", "A { border: tall $rule 50%; }", "A { border: none; }"])
def test_the_check_leaves_tokens_alone(css: str) -> None:
    assert raw_colours(css) == []


def test_every_theme_knows_our_own_tokens() -> None:
    """One that a theme left out would stop the app as soon as somebody chose that theme."""
    of_textual = set(Theme("any", primary="black").to_color_system().generate())
    ours = {name for theme in THEMES for name in theme.variables} - of_textual
    assert ours
    for theme in THEMES:
        assert ours <= set(theme.variables), theme.name
