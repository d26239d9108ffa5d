"""One rule of the wording check, and all of them: data that reads like a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Final

from pmfacil.wording.findings import Category, Scope, Severity
from pmfacil.wording.people import ADVERBS, NAME, OWN, PERSON, ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRAGMENTS: Final = {"PERSON": PERSON, "ROLE": ROLE, "OWN": OWN, "NAME": NAME, "ADV": ADVERBS}
_IN_ACTIONS: Final = frozenset(["D2", "D7", "D10", "D15"])  # language.md, part 2: what is judged of an action
_MODULES: Final = ("rules_error", "rules_omission", "rules_counterfactual", "rules_blame", "rules_naming", "rules_tone")


@dataclass(frozen=True)
class Rule:
    """What fires a rule, what it says, and a sentence that it finds beside one that it leaves alone.

    A sentence without any of the `hints`, in small letters, is not looked at: most lines are fine.
    `code` is the line of the taxonomy (language.md, part 2). A group `span` in the pattern is what is pointed at, else
    all of it. Where `excuse` matches somewhere in the sentence, the rule is silent. `drops` tells that the sentence may
    do without the words.
    """

    name: str
    hints: tuple[str, ...]
    code: str
    category: Category
    severity: Severity
    pattern: str
    suggestion: str
    reference: str
    finds: tuple[str, ...]
    silent: tuple[str, ...]
    excuse: str = ""
    drops: bool = False

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern with people in it."""
        return _compiled(self.pattern)

    @cached_property
    def excusing(self) -> re.Pattern[str] | None:
        """What excuses it."""
        return _compiled(self.excuse) if self.excuse else None

    def holds_in(self, scope: Scope) -> bool:
        """Tell whether it is asked of words in such a field."""
        return scope is Scope.NARRATIVE or (scope is Scope.ACTION and self.code in _IN_ACTIONS)


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, gravest sources first."""
    return tuple(_read())


def _read() -> Iterator[Rule]:
    for name in _MODULES:
        yield from import_module(f"pmfacil.wording.{name}").RULES


def _compiled(pattern: str) -> re.Pattern[str]:
    for name, fragment in _FRAGMENTS.items():
        pattern = pattern.replace(f"<{name}>", fragment)
    return re.compile(pattern, re.IGNORECASE)
