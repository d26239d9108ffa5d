"""Every key has an id, an explanation and something to do, and leaves typing and the terminal alone."""

from __future__ import annotations

import inspect

import pytest
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

from tests.architecture.source import modules

# What a terminal sends for backspace, tab and enter: a binding on these would fire on the wrong key.
ALIASES = {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"}


def _owners() -> list[type[DOMNode]]:
    """Return every class of ours that declares bindings."""
    ours = [module.load() for module in modules() if module.within("pmfacil.app", "pmfacil.screens", "pmfacil.widgets")]
    found = {
        one
        for module in ours
        for _, one in inspect.getmembers(module, inspect.isclass)
        if one.__module__ == module.__name__ and issubclass(one, DOMNode) and "BINDINGS" in vars(one)
    }
    return sorted(found, key=lambda one: one.__qualname__)


def _declared(owner: type[DOMNode]) -> list[Binding]:
    assert all(isinstance(one, Binding) for one in owner.BINDINGS), f"{owner.__name__} has bindings without an id"
    return [one for one in owner.BINDINGS if isinstance(one, Binding)]


def test_the_screens_have_keys_at_all() -> None:
    assert {"LibraryScreen", "StepScreen", "CaptureLine"} <= {owner.__name__ for owner in _owners()}


@pytest.mark.parametrize("owner", _owners(), ids=lambda owner: owner.__name__)
def test_every_key_has_an_id_a_label_and_an_explanation(owner: type[DOMNode]) -> None:
    for binding in _declared(owner):
        assert binding.id, binding
        assert binding.description, binding
        assert binding.tooltip, binding


@pytest.mark.parametrize("owner", _owners(), ids=lambda owner: owner.__name__)
def test_every_key_has_something_to_do(owner: type[DOMNode]) -> None:
    for binding in _declared(owner):
        name, _, _ = binding.action.partition("(")
        target, _, verb = name.rpartition(".")
        assert callable(getattr(App if target == "app" else owner, f"action_{verb}", None)), binding


@pytest.mark.parametrize("owner", _owners(), ids=lambda owner: owner.__name__)
def test_no_key_gets_in_the_way_of_typing_or_of_the_terminal(owner: type[DOMNode]) -> None:
    for binding in _declared(owner):
        keys = {key.strip() for key in binding.key.split(",")}
        assert not keys & ALIASES, binding
        assert not any(len(key) == 1 for key in keys), f"{binding} would be typed, not done"
        assert not binding.priority or keys == {"ctrl+q"}, f"{binding} would fire through dialogs"


def test_an_id_means_one_key_and_one_action_everywhere() -> None:
    """Users re-map keys by id."""
    meanings: dict[str, set[tuple[str, str]]] = {}
    for owner in _owners():
        for binding in _declared(owner):
            assert binding.id is not None
            meanings.setdefault(binding.id, set()).add((binding.key, binding.action))
    assert {name: meant for name, meant in meanings.items() if len(meant) > 1} == {}


def test_no_handler_calls_the_handler_of_its_base() -> None:
    """Textual calls a message's handler in every class of a screen: calling it by hand does everything twice."""
    assert [module.name for module in modules() if "super().on_" in module.text] == []
