"""Actions of several post-mortems, for the board."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from pmfacil.core import operations as verbs
from pmfacil.core.ending import ActionId
from pmfacil.core.kind import Kind
from pmfacil.core.model import ActionState
from pmfacil.core.promises import Section, Wanted
from tests.meetings import settle_something

if TYPE_CHECKING:
    from pmfacil.board import Board
    from pmfacil.core.promises import Promise
    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library
    from tests.clock import FakeClock

TODAY = date(2026, 3, 12)


def held(library: Library, title: str = "Checkout outage") -> Facilitation:
    """A post-mortem whose causes are settled."""
    service = library.open(library.begin(title, Kind.INCIDENT, TODAY))
    settle_something(service)
    return service


def agree(
    service: Facilitation,
    text: str,
    owner: str = "Ana",
    days: int | None = None,
    state: ActionState = ActionState.AGREED,
    reason: str = "",
) -> ActionId:
    """An action that is due in so many days."""
    new = ActionId(service.new_id())
    due = None if days is None else TODAY + timedelta(days=days)
    causes = service.snapshot.post_mortem.settlements[-1].causes
    service.do(verbs.agree_action, new, text, causes, owner=owner, due=due)
    if state is not ActionState.AGREED:
        service.do(verbs.move_action, new, state, reason, service.now())
    return new


def everything(board: Board, wanted: Wanted | None = None) -> dict[Section, list[str]]:
    """What each section of the board says."""
    told = {section: [one.text for one in board.section(section, wanted or Wanted())] for section in Section}
    return {section: texts for section, texts in told.items() if texts}


def only(board: Board) -> Promise:
    """The one action on the board."""
    (one,) = [one for section in Section for one in board.section(section, Wanted())]
    return one


def well_filled(library: Library, clock: FakeClock) -> None:
    """A board with something in every section, from three post-mortems."""
    checkout = held(library, "Checkout charged cards twice")
    agree(checkout, "Refuse a second charge for one basket within ten minutes", "Ana Ruiz", -9)
    agree(checkout, "Page on-call when the charge queue holds over 500 jobs", "Ben Okoro", -2, ActionState.BLOCKED,
          "the pager contract is with procurement")  # fmt: skip
    agree(checkout, "Run the charge test against a copy of last week's traffic", "Ana Ruiz", 3, ActionState.IN_PROGRESS)
    clock.advance(minutes=-60 * 24 * 20)
    agree(checkout, "Show the number of open charges on the release page", "Chidi Eze", -12, ActionState.DONE)
    agree(checkout, "Write down who may stop a release", "Ben Okoro", -14, ActionState.VERIFIED)
    clock.advance(minutes=60 * 24 * 20)
    hub = held(library, "Hub lost its clock for an hour")
    agree(hub, "Alert when two clocks differ by more than a second", "Dana Levi", 0)
    agree(hub, "Ask the supplier for a second time source", "", 20, ActionState.BLOCKED, "no answer since February")
    agree(hub, "Name an owner for the time service", "")
    agree(hub, "Buy a new clock", "Dana Levi", 30, ActionState.DROPPED, "the second source is enough")
    late = held(library, "Migration of the archive ran into the morning")
    agree(late, "Stop the migration by itself at 06:00", "Chidi Eze", 25, ActionState.IN_PROGRESS)
    agree(late, "Move the archive in slices of a day", "émile Sorel", 330)
    agree(late, "Keep the old archive readable until the new one is checked", "Ben Okoro", -30, ActionState.VERIFIED)
