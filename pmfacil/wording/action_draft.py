"""An action as it stands in the app, read once: what its text says, and what its other fields hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pmfacil.wording.action_content import ContentRule, Part, WeakReason, compiled
from pmfacil.wording.action_due import is_vague_due
from pmfacil.wording.action_head import Form, Head, head_of
from pmfacil.wording.action_line import LONGEST
from pmfacil.wording.action_owner import is_group
from pmfacil.wording.action_rules import RULES, TOPIC
from pmfacil.wording.action_words import ARTEFACTS

MEASURE: Final = r"(?<![\w#.-])\d|`[^`]+`|[<>≥≤]"
"""What a stranger could measure: a number, a comparison, a piece of code."""

_TEST: Final = (
    rf"{MEASURE}|\b(?:when|whenever|once|if|until|in\s+case)\s+\w+|\b(?:test|check|probe|alert|alarm"
    r"|lint|gate)s?\s+(?:that|which|for|on|when)\b"
)
_BOUNDARY: Final = (
    rf"{MEASURE}|\b(?:{ARTEFACTS})\b|\b(?:for|in|on|of|from|between|to|per|across|at|out\s+of|into|before|after"
    r"|with)\s+(?:the\s+|an?\s+|our\s+|all\s+)?[\w`]"
    r"|(?-i:(?<=\s)[A-Z][\w-]*[A-Za-z]\b)|\w[/._]\w"
)
_WEAK_ACTION: Final = frozenset(WeakReason) - {WeakReason.NO_DONE_CRITERION}


@dataclass(frozen=True, slots=True)
class Draft:
    """An action with its fields, as far as they are filled in; see `grade` for what each means."""

    text: str
    owner: str = ""
    due: str = ""
    done_when: str = ""
    causes: int = 0
    days_left: int | None = None
    promised: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft and what its text says: the head of the action, and the rules of content that it breaks."""

    draft: Draft
    head: Head
    broken: tuple[ContentRule, ...]

    @property
    def reasons(self) -> frozenset[WeakReason]:
        """Why the text is vague; empty where it is not."""
        return frozenset(rule.reason for rule in self.broken)

    @property
    def asks(self) -> bool:
        """Whether the text says what will be done to what."""
        return self.head.form is not Form.TOPIC and " " in self.head.text and not self.reasons & _WEAK_ACTION

    @property
    def bounded(self) -> bool:
        """Whether the text has an edge: a number, a scope or an artefact."""
        return self.says(_BOUNDARY)

    @property
    def owned(self) -> bool:
        """Whether one person will tell us that it is done."""
        return not is_group(self.draft.owner)

    @property
    def dated(self) -> bool:
        """Whether there is a date, rather than a "soon"."""
        return bool(self.draft.due.strip()) and not is_vague_due(self.draft.due)

    @property
    def tested(self) -> bool:
        """Whether a stranger could check it, by its done-test or by the text alone."""
        done = read_text(self.draft.done_when)
        if done.head.text:
            return not done.reasons & {WeakReason.VAGUE_VERB, WeakReason.HEDGED, WeakReason.NO_DONE_CRITERION}
        return not self.broken and self.says(_TEST)

    def says(self, source: str) -> bool:
        """Tell whether the action, from its verb on, holds the pattern."""
        return bool(compiled(source).search(self.head.text))


def read_draft(draft: Draft, owner: str | None = None) -> Reading:
    """Read the text of a draft; an `owner` in front of its verb is no part of the action."""
    text = " ".join(draft.text[:LONGEST].split())
    head = head_of(text, owner)
    return Reading(draft, head, _broken(text, head))


def read_text(text: str) -> Reading:
    """Read a text that has no fields."""
    return read_draft(Draft(text))


def _broken(text: str, head: Head) -> tuple[ContentRule, ...]:
    """Return the rules that the words break; a bare topic is told where nothing more precise is."""
    parts = {Part.LINE: text, Part.HEAD: head.text, Part.CLAUSE: head.clause}
    found = tuple(rule for rule in RULES if _fires(rule, parts[rule.part], head.text))
    if not found and head.form is Form.TOPIC and _fires(TOPIC, head.text, head.text):
        return (TOPIC,)
    return found


def _fires(rule: ContentRule, part: str, whole: str) -> bool:
    return bool(compiled(rule.finds).search(part)) and not compiled(rule.excuse).search(whole)
