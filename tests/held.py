"""Post-mortems whose meeting has ended, in a few words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pmfacil.core import operations as verbs
from pmfacil.core.ending import ActionId
from pmfacil.core.facts import Facts
from pmfacil.core.kind import Kind
from pmfacil.core.model import ActionState
from tests.meetings import settle_something

if TYPE_CHECKING:
    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library


def held(
    library: Library,
    title: str = "Checkout outage",
    on: date | None = date(2026, 3, 12),
    *,
    kind: Kind = Kind.INCIDENT,
    team: str = "",
    tags: tuple[str, ...] = (),
    summary: str = "",
    actions: tuple[str, ...] = (),
    done: int = 0,
) -> Facilitation:
    """A closed post-mortem with those actions, the first `done` of them done."""
    service = library.open(library.begin(title, kind, on))
    service.do(verbs.state_facts, Facts(team=team, tags=tags))
    settle_something(service)
    if summary:
        service.do(verbs.write_summary, summary)
    cause = service.snapshot.post_mortem.settlements[0].causes
    for place, text in enumerate(actions):
        service.do(verbs.agree_action, ActionId(f"a{place}"), text, cause)
    for place in range(done):
        service.do(verbs.move_action, ActionId(f"a{place}"), ActionState.DONE, "", library.now())
    service.do(verbs.close_meeting, library.now())
    return service
