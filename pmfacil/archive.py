"""The record: everything ever written, to be searched; and post-mortems of others, taken in to be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from pmfacil.core.errors import Unfit
from pmfacil.core.facts import Kind
from pmfacil.core.model import ActionState
from pmfacil.core.record import Record, RecordId
from pmfacil.core.stage import Stage
from pmfacil.intake.dates import understand_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

OPEN_STATE: Final = "open"
OVERDUE_STATE: Final = "overdue"

MOST_HITS: Final = 50
"""Post-mortems shown for one search; whoever needs more types another word."""

_FILTERS: Final = ("kind", "tag", "team", "owner", "state", "after", "before")
_PARTS: Final = re.compile(r'"[^"]*"?|[^\s"]+')
_WORD: Final = re.compile(r"[^\W_]+")
_STATES: Final = (OPEN_STATE, OVERDUE_STATE, *ActionState)
_STAGES: Final = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: phrases of words that must all occur, and filters; None and empty filter nothing.

    Each phrase is a tuple of words; `whole` says of which phrases the last word is meant as it stands.
    """

    phrases: tuple[tuple[str, ...], ...] = ()
    whole: frozenset[int] = frozenset()
    kind: Kind | None = None
    tags: tuple[str, ...] = ()
    team: str = ""
    owner: str = ""
    state: str = ""
    stage: Stage | None = None
    after: date | None = None
    before: date | None = None

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return self == Query()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Where something was found: the kind of passage, the item in the post-mortem, and its words.

    `pieces` are the words in order, each with whether it is what was looked for.
    """

    part: str
    item: str
    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The words without what marks them."""
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Hit:
    """A post-mortem in which something was found, with the best few places."""

    id: str
    title: str
    kind: Kind
    stage: Stage
    on: date
    excerpts: tuple[Excerpt, ...] = ()


class ArchiveStore(Protocol):
    """What the archive needs of a store."""

    def search(self, query: Query, today: date, most: int) -> tuple[Hit, ...]:
        """Return where the query is found, the best first; raises `CannotRead`."""

    def add_record(self, record: Record) -> None:
        """Write a record that the store does not have; raises `NotKept`."""

    def record(self, id: RecordId) -> Record:
        """Return a record; raises `Gone`, `CannotRead`."""

    def same_text(self, text: str) -> RecordId | None:
        """Return the record whose document says exactly this; None where there is none."""


@dataclass(frozen=True, slots=True)
class Received:
    """What was taken in: the record, and whether the same document was here already."""

    record: Record
    was_here: bool


@dataclass(frozen=True)
class Archive:
    """The record of everything, over one store."""

    store: ArchiveStore
    now: Callable[[], datetime]
    new_id: Callable[[], str] = field(repr=False)

    def search(self, text: str, most: int = MOST_HITS) -> tuple[Hit, ...]:
        """Return where `text` is found, the best first; refuses with `Unfit` a filter that it does not know."""
        today = self.now().astimezone().date()
        query = parse_query(text, today)
        return () if query.empty else self.store.search(query, today, most)

    def record(self, id: RecordId) -> Record:
        """Return a post-mortem that was written elsewhere; raises `Gone`."""
        return self.store.record(id)

    def take_in(self, text: str, name: str) -> Received:
        """Take in a Markdown document that came from outside; the same document is taken in once.

        Refuses with `Unfit` what has no words.
        """
        if not text.strip():
            msg = f"{name} has no words in it, so there is nothing to take in."
            raise Unfit(msg)
        if (known := self.store.same_text(text)) is not None:
            return Received(self.store.record(known), was_here=True)
        from pmfacil.intake.written import read_written  # noqa: PLC0415 - its Markdown parser is seldom wanted

        found = read_written(text, name)
        record = Record(RecordId(self.new_id()), found.title, name, self.now(), text, found.occurred_on, found.passages)
        self.store.add_record(record)
        return Received(record, was_here=False)


def parse_query(text: str, today: date) -> Query:
    """Return what a line asks for: words, “phrases in quotes”, and filters such as `kind:incident after:march`.

    A filter without a value says nothing yet. Refuses with `Unfit` a value that means nothing.
    """
    phrases: list[tuple[str, ...]] = []
    whole: set[int] = set()
    filters: dict[str, list[str]] = {}
    for part in _PARTS.findall(text):
        name, colon, value = part.partition(":")
        if colon and name.casefold() in _FILTERS:
            if value:
                filters.setdefault(name.casefold(), []).append(value)
        elif words := tuple(_WORD.findall(part.casefold())):
            if len(part) > 1 and part.startswith('"') and part.endswith('"'):
                whole.add(len(phrases))
            phrases.append(words)
    return _filtered(Query(tuple(phrases), frozenset(whole)), filters, today)


def _filtered(query: Query, filters: dict[str, list[str]], today: date) -> Query:
    last = {name: values[-1] for name, values in filters.items()}
    state = _state(last["state"]) if "state" in last else ""
    stages = [stage for stage in _STAGES if stage.value == state]
    return Query(
        query.phrases,
        query.whole,
        kind=_kind(last["kind"]) if "kind" in last else None,
        tags=tuple(tag.lstrip("#").casefold() for tag in filters.get("tag", ())),
        team=last.get("team", ""),
        owner=last.get("owner", "").lstrip("@"),
        state="" if stages else state,
        stage=stages[0] if stages else None,
        after=_day(last["after"], today) if "after" in last else None,
        before=_day(last["before"], today) if "before" in last else None,
    )


def _kind(value: str) -> Kind:
    found = [kind for kind in Kind if any(word.startswith(value.casefold()) for word in kind.value.split())]
    if not found:
        msg = f"“{value}” is no kind I know. Kinds: incident, project, deadline, escalation, other."
        raise Unfit(msg)
    return found[0]


def _state(value: str) -> str:
    wanted = value.casefold().replace("-", " ").replace("_", " ")
    found = [str(state) for state in (*_STATES, *_STAGES) if state.startswith(wanted)]
    if not found:
        msg = f"“{value}” is no state I know. Try open, overdue, blocked, done, verified, dropped, preparing or closed."
        raise Unfit(msg)
    return found[0]


def _day(value: str, today: date) -> date:
    readings = (understand_date(said, today) for said in (value, f"1 {value}", f"1 jan {value}"))
    day = next((found for found in readings if found is not None), None)
    if day is None:
        msg = f"“{value}” is no day I know. Try after:2026-03-01, after:march or after:2025."
        raise Unfit(msg)
    return day
