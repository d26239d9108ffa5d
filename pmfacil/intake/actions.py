"""One typed line of an action: `text @owner by DATE #type /causes when: test`, and back again for editing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pmfacil.core.model import ActionType
from pmfacil.core.text import kept
from pmfacil.intake.dates import understand_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pmfacil.core.model import Action, CauseId

_OWNER: Final = re.compile(r'(?<!\S)@(?:"(?P<quoted>[^"]+)"|(?P<plain>[^\s",;]+))')
_TYPE: Final = re.compile(r"(?<!\S)#(?P<type>[a-z]+)\b", re.IGNORECASE)
_CAUSES: Final = re.compile(r"(?<!\S)/(?P<letters>[A-Za-z](?:,?[A-Za-z])*)(?!\S)")
_DONE: Final = re.compile(r"(?:^|\s)when:\s*(?P<test>.*)$", re.IGNORECASE | re.DOTALL)
_BY: Final = re.compile(r"(?:^|\s)(?:by|due)\s+", re.IGNORECASE)
_LONGEST_DATE: Final = 4  # words: "by 12 March 2026", "by end of month"


@dataclass(frozen=True, slots=True)
class ActionProposal:
    """A line as it was understood; what was not said is empty."""

    text: str
    owner: str
    due: date | None
    type: ActionType | None
    causes: tuple[CauseId, ...]
    done_when: str
    echo: str

    def revise(self, action: Action) -> Action:
        """Return the action with what the line says; causes that it does not name stay."""
        return replace(
            action,
            text=self.text,
            owner=self.owner,
            due=self.due,
            type=self.type,
            causes=self.causes or action.causes,
            done_when=self.done_when,
        )


def understand_action(
    line: str, today: date, letters: Mapping[str, CauseId], people: Sequence[str] = ()
) -> ActionProposal:
    """Return what a typed line proposes. A token that means nothing here stays part of the text.

    An owner that only one of the `people` can be is called by the whole name.
    """
    rest, done_when = _cut_done(kept(line))
    rest, said = _cut_owner(rest)
    owner = _whole_name(said, people)
    rest, kind = _cut_type(rest)
    rest, named = _cut_causes(rest, letters)
    rest, due = _cut_due(rest, today)
    text = " ".join(rest.split())
    causes = tuple(letters[letter] for letter in named)
    return ActionProposal(text, owner, due, kind, causes, done_when, _echo(owner, due, kind, named, done_when))


def line_for_action(action: Action, letters: Mapping[CauseId, str]) -> str:
    """Return the line that `understand_action` reads as this action; `letters` names the settled causes."""
    parts = [action.text]
    if action.owner:
        parts.append(f'@"{action.owner}"' if re.search(r"[\s,;]", action.owner) else f"@{action.owner}")
    if action.due:
        parts.append(f"by {action.due.isoformat()}")
    if action.type:
        parts.append(f"#{action.type.value}")
    if named := [letters[cause] for cause in action.causes if cause in letters]:
        parts.append(f"/{','.join(named)}")
    if action.done_when:
        parts.append(f"when: {action.done_when}")
    return " ".join(parts)


def _cut_done(line: str) -> tuple[str, str]:
    found = _DONE.search(line)
    return (line[: found.start()], found["test"].strip()) if found else (line, "")


def _cut_owner(line: str) -> tuple[str, str]:
    found = _OWNER.search(line)
    return (_without(line, found), found["quoted"] or found["plain"]) if found else (line, "")


def _whole_name(said: str, people: Sequence[str]) -> str:
    wanted = said.casefold()
    if not said or any(name.casefold() == wanted for name in people):
        return next((name for name in people if name.casefold() == wanted), said)
    fitting = [name for name in people if any(word.casefold().startswith(wanted) for word in name.split())]
    return fitting[0] if len(fitting) == 1 else said


def _cut_type(line: str) -> tuple[str, ActionType | None]:
    for found in _TYPE.finditer(line):
        fitting = [kind for kind in ActionType if kind.value.startswith(found["type"].casefold())]
        if len(fitting) == 1:
            return _without(line, found), fitting[0]
    return line, None


def _cut_causes(line: str, letters: Mapping[str, CauseId]) -> tuple[str, tuple[str, ...]]:
    for found in _CAUSES.finditer(line):
        said = found["letters"].upper()
        named = said.split(",") if "," in said else [said] if said in letters else list(said)
        if all(letter in letters for letter in named):
            return _without(line, found), tuple(dict.fromkeys(named))
    return line, ()


def _cut_due(line: str, today: date) -> tuple[str, date | None]:
    for found in reversed(list(_BY.finditer(line))):
        words = line[found.end() :].split()
        for count in range(min(_LONGEST_DATE, len(words)), 0, -1):
            phrase = " ".join(words[:count])
            if (due := understand_date(phrase.rstrip(".,;"), today)) is not None:
                return f"{line[: found.start()]} {' '.join(words[count:])}", due
    return line, None


def _without(line: str, found: re.Match[str]) -> str:
    return f"{line[: found.start()]} {line[found.end() :]}"


def _echo(owner: str, due: date | None, kind: ActionType | None, named: tuple[str, ...], done_when: str) -> str:
    parts = (
        f"owner {owner}" if owner else "no owner yet",
        f"due {due:%a} {due.day} {due:%B}" if due else "no date yet",
        kind.value if kind else "",
        f"cause{'s' * (len(named) != 1)} {', '.join(named)}" if named else "",
        f"done when {done_when}" if done_when else "",
    )
    return " · ".join(part for part in parts if part)
