"""The record: everything ever written, to be searched; and post-mortems of others, taken in to be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from pmfacil.core.errors import Unfit
from pmfacil.core.kind import Kind
from pmfacil.core.model import ActionState
from pmfacil.core.record import Record, RecordId
from pmfacil.core.stage import Stage
from pmfacil.core.text import kept, shortened
from pmfacil.intake.dates import understand_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

OPEN_STATE: Final = "open"
OVERDUE_STATE: Final = "overdue"

MOST_HITS: Final = 50
"""Post-mortems shown for one search; whoever needs more types another word."""

_QUOTES: Final = '"“”„'
_PARTS: Final = re.compile(
    rf"""(?P<filter>kind|tag|team|owner|state|after|before):
        (?:[{_QUOTES}](?P<said>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<value>[^\s{_QUOTES}]*))
    |[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?P<closed>[{_QUOTES}]?)
    |(?P<word>[^\s{_QUOTES}]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_WORD: Final = re.compile(r"[^\W_]")
_MOST_PHRASES: Final = 12  # whoever pastes a whole page looks for its first words
_LONGEST_PHRASE: Final = 200
_HALF_A_YEAR: Final = timedelta(days=183)
_STATES: Final = (OPEN_STATE, OVERDUE_STATE, *ActionState)
_STAGES: Final = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one after the other; the last of them may go on unless the phrase is `whole`."""

    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: phrases that must all occur, and filters; None and empty filter nothing."""

    phrases: tuple[Phrase, ...] = ()
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
    """A post-mortem in which something was found, with the best few places.

    `on` is the day it happened; where that was not told (`dated` is false), the day it was begun or taken in.
    """

    id: str
    title: str
    kind: Kind
    stage: Stage
    on: date
    excerpts: tuple[Excerpt, ...] = ()
    dated: bool = True


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

    def understand(self, text: str) -> Query:
        """Return what a line asks for; refuses with `Unfit` a filter that means nothing."""
        return parse_query(text, self._today())

    def find(self, query: Query, most: int = MOST_HITS) -> tuple[Hit, ...]:
        """Return where the query is found, the best first; nothing where it asks for nothing."""
        return () if query.empty else self.store.search(query, self._today(), most)

    def search(self, text: str, most: int = MOST_HITS) -> tuple[Hit, ...]:
        """Return where `text` is found, the best first; refuses with `Unfit` a filter that means nothing."""
        return self.find(self.understand(text), most)

    def record(self, id: RecordId) -> Record:
        """Return a post-mortem that was written elsewhere; raises `Gone`."""
        return self.store.record(id)

    def take_in(self, text: str, name: str) -> Received:
        """Take in a Markdown document that came from outside; the same document is taken in once.

        Refuses with `Unfit` what has no words.
        """
        text, name = _storable(text), kept(name)
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

    def _today(self) -> date:
        return self.now().astimezone().date()


def _storable(text: str) -> str:
    """Return a document as it came, but for what neither SQLite nor UTF-8 can hold."""
    return text.replace("\x00", "␀").encode(errors="replace").decode()


def parse_query(text: str, today: date) -> Query:
    """Return what a line asks for: words, “phrases in quotes”, and filters such as `kind:incident after:march`.

    A filter without a value says nothing yet. Refuses with `Unfit` a value that means nothing.
    """
    phrases: list[Phrase] = []
    filters: dict[str, list[str]] = {}
    for found in _PARTS.finditer(kept(text)):
        if name := found["filter"]:
            value = (found["said"] or found["value"] or "").strip().lstrip("#@")
            filters.setdefault(name.casefold(), []).extend([value] if value else [])
        elif _WORD.search(words := (found["phrase"] or found["word"] or "")[:_LONGEST_PHRASE].strip()):
            phrases.append(Phrase(words, whole=bool(found["closed"])))
    return _filtered(tuple(dict.fromkeys(phrases))[:_MOST_PHRASES], filters, today)


def _filtered(phrases: tuple[Phrase, ...], filters: dict[str, list[str]], today: date) -> Query:
    last = {name: values[-1] for name, values in filters.items() if values}
    state = _state(last["state"]) if "state" in last else ""
    stage = next((stage for stage in _STAGES if stage.value == state), None)
    return Query(
        phrases,
        kind=_kind(last["kind"]) if "kind" in last else None,
        tags=tuple(tag.casefold() for tag in filters.get("tag", ())),
        team=last.get("team", ""),
        owner=last.get("owner", ""),
        state=state if stage is None else "",
        stage=stage,
        after=_day(last["after"], today) if "after" in last else None,
        before=_day(last["before"], today) if "before" in last else None,
    )


def _kind(value: str) -> Kind:
    wanted = _spaced(value)
    found = [kind for kind in Kind if any(said.startswith(wanted) for said in (kind.value, *kind.value.split()))]
    if not found:
        msg = f"“{shortened(value, 20)}” is no kind. Try incident, project, deadline, escalation or other."
        raise Unfit(msg)
    return found[0]


def _state(value: str) -> str:
    wanted = _spaced(value)
    found = [str(state) for state in (*_STATES, *_STAGES) if state.startswith(wanted)]
    if not found:
        msg = f"“{shortened(value, 20)}” is no state. Try open, overdue, blocked, done, dropped, live or closed."
        raise Unfit(msg)
    return found[0]


def _spaced(value: str) -> str:
    return value.casefold().replace("-", " ").replace("_", " ")


def _day(value: str, today: date) -> date:
    """Return the day that is meant: a month, a weekday or a day without a year is the last one that was."""
    said = (f"last {value}", value, f"1 {value}", f"{value}-01", f"1 jan {value}")
    day, words = next(((day, words) for words in said if (day := understand_date(words, today))), (None, ""))
    if day is None:
        msg = f"“{shortened(value, 20)}” is no day. Try after:2026-03-01, after:march or after:2025."
        raise Unfit(msg)
    before = understand_date(words, today - _HALF_A_YEAR)
    if day > today and before is not None and (before.month, before.day) == (day.month, day.day):
        return before
    return day
