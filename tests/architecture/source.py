"""The package as its own tests read it: every module parsed, every import found, deferred ones too."""

from __future__ import annotations

import ast
import importlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pmfacil

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).parents[2]
PACKAGE = Path(pmfacil.__file__).parent


class Module(NamedTuple):
    """One file of the package: its dotted name, its path below the root, its text and its syntax tree."""

    name: str
    path: str
    text: str
    tree: ast.Module

    def within(self, *folders: str) -> bool:
        """Tell whether the module is one of these, or lies below one of them."""
        return any(self.name == folder or self.name.startswith(f"{folder}.") for folder in folders)

    def load(self) -> ModuleType:
        """Import the module."""
        return importlib.import_module(self.name)


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        found.append(Module(name, path.relative_to(PACKAGE.parent).as_posix(), text, ast.parse(text)))
    return tuple(found)


def imports(module: Module) -> Iterator[str]:
    """Yield the full name of everything that a module imports at run time, wherever in the file it does so."""
    skipped = {node for block in _typing_only(module.tree) for node in ast.walk(block)}
    for node in ast.walk(module.tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module.path}:{node.lineno} imports relatively"
            # `from pmfacil import store` and `from pmfacil.store import x` both name the store.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports_any(module: Module, *wanted: str) -> list[str]:
    """Return what a module imports of these packages."""
    return [name for name in imports(module) if any(name == one or name.startswith(f"{one}.") for one in wanted)]


def _typing_only(tree: ast.Module) -> Iterator[ast.stmt]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            yield from node.body
