"""What a step of the meeting draws on beside its own post-mortem: earlier ones, the team's words, its tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pmfacil.columns import ColumnMemory
from pmfacil.past import Past
from pmfacil.wording.lexicon import BUILT_IN, Lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pmfacil.core.agenda import Step
    from pmfacil.core.guide import Prompt
    from pmfacil.exports import Exports
    from pmfacil.past import PastAction


@dataclass(frozen=True, slots=True)
class Aids:
    """`prompts` are the team's own questions for a step; they are asked before those of pmfacil.

    `exports` writes the report from within the meeting.
    `promised` are open actions of earlier post-mortems of the same team, or with a tag in common.
    """

    columns: ColumnMemory = field(default_factory=ColumnMemory)
    past: Past = field(default_factory=lambda: Past(tuple))
    lexicon: Lexicon = BUILT_IN
    prompts: Mapping[Step, tuple[Prompt, ...]] = field(default_factory=dict)
    exports: Exports | None = None
    promised: Callable[[], tuple[PastAction, ...]] = tuple
