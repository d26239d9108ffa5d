"""Actions as tables: as CSV for a spreadsheet, and as CSV that Jira imports."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from pmfacil.core.coverage import letters
from pmfacil.core.model import ActionState
from pmfacil.core.text import shortened, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pmfacil.core.model import Action, PostMortem

COLUMNS: Final = (
    "Action", "Owner", "Due", "Type", "State", "Reason", "Causes", "Done when", "Effect", "Post-mortem",
)  # fmt: skip
"""Columns of the table for a spreadsheet."""

JIRA_COLUMNS: Final = (
    "Summary", "Description", "Assignee", "Reporter", "Issue Type", "Priority", "Labels", "Due Date",
)  # fmt: skip
"""Columns by the names that Jira's importer maps to its fields by itself."""

_SUMMARY: Final = 255  # Jira refuses a longer summary; it counts as Java does, in UTF-16 units
# What makes a spreadsheet run a cell (OWASP, “CSV Injection”), also behind blanks and signs that nobody sees.
_RUNS: Final = frozenset("=+-@")
_TURNS: Final = ("\t", "\r", "\n")
_UNSEEN: Final = re.compile(r"^[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def actions_csv(pm: PostMortem) -> str:
    """Return every action as RFC 4180 has it: a line of headings, then one record each; days are ISO 8601."""
    return _written(COLUMNS, (tuple(map(cell, _row(pm, action))) for action in pm.actions))


def jira_csv(pm: PostMortem, *, reporter: str = "") -> str:
    """Return the actions as Jira's CSV importer takes them; dropped ones are left out.

    Labels have no blanks in them, because Jira parts them there; days are ISO 8601 (yyyy-MM-dd in the importer).
    """
    wanted = (action for action in pm.actions if action.state is not ActionState.DROPPED)
    return _written(JIRA_COLUMNS, (_issue(pm, action, reporter) for action in wanted))


def cell(text: str) -> str:
    """Return text on one line that no spreadsheet runs: an apostrophe stands before what would begin a formula."""
    said = visible(text)
    first = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)[:1])
    return f"'{said}" if text.startswith(_TURNS) or first in _RUNS else said


def addressed(pm: PostMortem, action: Action) -> str:
    """Return the causes that an action addresses, each with its letter where it has one."""
    names, texts = letters(pm), {cause.id: cause.text for cause in pm.causes}
    return "; ".join(f"{names[one]}: {texts[one]}" if one in names else texts[one] for one in action.causes)


def source(pm: PostMortem) -> str:
    """Return which post-mortem something is from: its title, and the day of the failure where one is known."""
    return f"{pm.title} ({pm.occurred_on.isoformat()})" if pm.occurred_on else pm.title


def _written(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return buffer.getvalue()


def _row(pm: PostMortem, action: Action) -> tuple[str, ...]:
    return (
        action.text,
        action.owner,
        action.due.isoformat() if action.due else "",
        action.type.value if action.type else "",
        action.state.value,
        action.reason,
        addressed(pm, action),
        action.done_when,
        action.effect,
        source(pm),
    )


def _issue(pm: PostMortem, action: Action, reporter: str) -> tuple[str, ...]:
    return (
        _summary(action.text),
        _description(pm, action),
        cell(action.owner),
        cell(reporter),
        "Task",
        "Medium",
        " ".join(dict.fromkeys(_labels(pm, action))),
        action.due.isoformat() if action.due else "",
    )


def _summary(text: str) -> str:
    room = _SUMMARY
    while (over := len((said := cell(shortened(text, room))).encode("utf-16-le")) // 2 - _SUMMARY) > 0:
        room -= (over + 1) // 2  # a letter is two units at most
    return said


def _description(pm: PostMortem, action: Action) -> str:
    whole = " ".join(visible(action.text).split())
    parts = (
        ("", whole if cell(whole) != _summary(action.text) else ""),
        ("Addresses: ", addressed(pm, action)),
        ("Done when: ", action.done_when),
        ("From the post-mortem: ", source(pm)),
    )
    # Only the first line begins the cell, and only that one could be run.
    first, *others = (f"{label}{visible(words)}" for label, words in parts if words.strip())
    return "\n".join((cell(first), *others))


def _labels(pm: PostMortem, action: Action) -> Iterator[str]:
    yield "post-mortem"
    if action.type:
        yield action.type.value
    yield from (label for tag in pm.facts.tags if (label := "-".join(visible(tag).split())))
