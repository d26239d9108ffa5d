"""Files say one thing, functions fit a screen, and public names are explained."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import Module, modules

FILE, FUNCTION, CLASS = 300, 40, 300

Defined = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _defined(module: Module) -> list[Defined]:
    return [node for node in ast.walk(module.tree) if isinstance(node, Defined)]


def _length(node: Defined) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_a_module_is_short_and_says_what_it_is(module: Module) -> None:
    assert len(module.text.splitlines()) <= FILE
    assert ast.get_docstring(module.tree), "a module begins with the one thing that it says"


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_functions_and_classes_are_short(module: Module) -> None:
    long = [
        f"{module.path}:{node.lineno} {node.name} has {_length(node)} lines"
        for node in _defined(module)
        if _length(node) > (CLASS if isinstance(node, ast.ClassDef) else FUNCTION)
    ]
    assert long == []


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_public_names_are_explained(module: Module) -> None:
    bare = [
        f"{module.path}:{node.lineno} {node.name}"
        for body in (module.tree.body, *(_public_bodies(module)))
        for node in body
        if isinstance(node, Defined) and not node.name.startswith("_") and not _explained(node)
    ]
    assert bare == []


def _explained(node: Defined) -> bool:
    overload = any(isinstance(one, ast.Name) and one.id in ("overload", "override") for one in node.decorator_list)
    return overload or bool(ast.get_docstring(node))


def _public_bodies(module: Module) -> list[list[ast.stmt]]:
    """Return what stands inside the classes that others may use."""
    return [node.body for node in _defined(module) if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_no_fault_is_swallowed_whole(module: Module) -> None:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler) and not _passed_on(node):
            caught = "" if node.type is None else ast.unparse(node.type)
            # What nobody expected is noted without its words in one place (`crash.fault_of` says why).
            whole = ("", "BaseException") if module.name == "pmfacil.crash" else ("", "Exception", "BaseException")
            assert caught not in whole, f"{module.path}:{node.lineno}"


def _passed_on(handler: ast.ExceptHandler) -> bool:
    """Tell whether the fault goes on its way after a roll-back: cleaning up swallows nothing."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None
