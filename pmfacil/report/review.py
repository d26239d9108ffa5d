"""The review list: open actions by owner, as Markdown to paste into a one-to-one or a retro."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmfacil.core import saying
from pmfacil.core.following import overdue_by
from pmfacil.report.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from pmfacil.core.promises import Promise


def review_list(promises: Iterable[Promise], today: date) -> str:
    """Return actions as Markdown: owners in the order of the alphabet, those without one last."""
    owned: dict[str, list[Promise]] = {}
    for one in promises:
        owned.setdefault(one.owner, []).append(one)
    lines = [f"# Actions, {saying.day(today)}"]
    for owner in sorted(owned, key=lambda name: (not name, name.casefold())):
        lines += ["", f"## {escaped(owner) if owner else 'Nobody yet'}", ""]
        lines += [_line(one, today) for one in owned[owner]]
    if not owned:
        lines += ["", "Nothing is waiting."]
    return "\n".join(lines) + "\n"


def _line(one: Promise, today: date) -> str:
    return f"- [ ] {escaped(one.text)} ({'; '.join(_notes(one, today))})"


def _notes(one: Promise, today: date) -> Iterator[str]:
    late = overdue_by(one.due, one.state, today)
    over = f", {late} day{'s' * (late != 1)} over" if late else ""
    yield f"due {saying.day(one.due)}{over}" if one.due else "no date"
    yield f"{one.state.value}: {escaped(one.reason)}" if one.reason else one.state.value
    yield escaped(one.title)
