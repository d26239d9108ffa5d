"""What a free line of a document is worth as an action: who, by when, specific or vague, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pmfacil.wording.action_content import WeakReason, compiled
from pmfacil.wording.action_draft import Draft, Reading, read_draft
from pmfacil.wording.action_due import due_in, has_vague_due, is_vague_due
from pmfacil.wording.action_grade import graded
from pmfacil.wording.action_head import Form, head_of
from pmfacil.wording.action_line import ActionLine, Status, read_line
from pmfacil.wording.action_owner import owner_in

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONG_TITLE: Final = 3
"""Words from which a bold title can be the request itself ("Retry limits" is a topic)."""

_CAUSE: Final = r"\b(?:because|so\s+that|to\s+(?:prevent|avoid)|which\s+caused|that\s+caused)\b"
"""How a line tells by itself which condition it changes: in a document there is no link to a cause."""


class Verdict(StrEnum):
    """Whether somebody could check that the action is done."""

    SPECIFIC = "specific"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class ActionJudgement:
    """What a line says as an action: `owner` and `due` in its own words, `grade` from 0 to 6 ticks."""

    text: str
    verdict: Verdict
    weak_reasons: tuple[WeakReason, ...]
    owner: str | None
    due: str | None
    grade: int
    status: Status
    tracker: str | None


def judge_action(raw: str) -> ActionJudgement:
    """Judge one line as people write actions down; owner and date count for the grade, not for the verdict."""
    line = read_line(raw)
    owner = _standing(owner_in(line.text, line.cells), raw)
    due = _standing(_first(due_in(part, owner) for part in (line.text, *line.cells)), raw)
    told = _told(line)
    cause = int(bool(compiled(_CAUSE).search(raw)))
    reading = read_draft(Draft(told, owner or "", due or "", causes=cause), owner)
    return ActionJudgement(
        told,
        Verdict.VAGUE if reading.broken else Verdict.SPECIFIC,
        _reasons(reading, line),
        owner,
        due,
        graded(reading).count,
        Status.DONE if reading.head.form is Form.PAST else line.ticked,
        line.tracker,
    )


def _standing(said: str | None, raw: str) -> str | None:
    """Return words only as they stand in the line: where markup ran through them they are none to point at."""
    return said if said and said in raw else None


def _first(found: Iterable[str | None]) -> str | None:
    return next((one for one in found if one), None)


def _told(line: ActionLine) -> str:
    """Return the words that say what is to be done: a bold title that is itself a request, or what follows it."""
    head = head_of(line.title)
    words = head.text.split()
    asks = head.form is Form.REQUEST and len(words) >= _LONG_TITLE and not words[1].endswith("ing")
    return line.title if asks or line.title.lower().startswith("always ") else line.text


def _reasons(reading: Reading, line: ActionLine) -> tuple[WeakReason, ...]:
    due = reading.draft.due
    put_off = is_vague_due(due) if due else has_vague_due(line.text)
    found = set(reading.reasons)
    if not reading.draft.owner:
        found.add(WeakReason.NO_OWNER)
    if not due:
        found.add(WeakReason.NO_DUE)
    if put_off:
        found.add(WeakReason.VAGUE_DUE)
    return tuple(reason for reason in WeakReason if reason in found)
