"""Which columns of a table say when and what; guessed from their names, or told by the user."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pmfacil.core.errors import Unfit
from pmfacil.core.saying import listed
from pmfacil.intake.sources.plain import quoted

JOINED: Final = " + "  # between the names of a day's and a time's column, where a table keeps them apart

_TIMES: Final = (
    "datetime", "timestamp", "@timestamp", "date_time", "time", "ts", "when", "at", "occurred_at", "occurred",
    "event_time", "created_at", "created_on", "created", "createdat", "start", "started_at", "started", "start_time",
    "start_date", "startsat", "starttime", "begin", "logged_at", "updated_at", "date", "day",
)  # fmt: skip
_TEXTS: Final = (
    "text", "message", "msg", "event", "description", "summary", "what", "what_happened", "title", "details", "detail",
    "subject", "entry", "note", "notes", "log", "body", "content", "comment", "activity", "action", "textpayload",
)  # fmt: skip
_KINDS: Final = ("kind", "type")
_EVIDENCE: Final = ("evidence", "link", "url", "html_url", "href", "permalink", "source_url")
_ENDS: Final = ("end", "ended_at", "end_time", "ended", "until", "finished_at", "endsat", "endtime", "resolved_at")
_EITHER: Final = ("datetime", "timestamp", "@timestamp")
_DAY, _HOUR = ("date", "day"), ("time", "start_time")
_BRACKET: Final = re.compile(r"\s*[(\[].*")
_SAID: Final = 12  # columns that a sentence names
_GAP: Final = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class Mapping:
    """The names of the columns that say when (`time`) and what (`text`); the others may be empty.

    `time` may name two columns, "date + time", where the day and the time of day stand apart.
    """

    time: str
    text: str
    kind: str = ""
    evidence: str = ""
    end: str = ""


Told = Callable[[tuple[str, ...]], Mapping | None]
"""What the user has said, now or earlier, of a table with these columns; None where nothing."""


class Unmapped(Unfit):
    """None of a table's `columns` is known to say when, or what; the user can say which do."""

    def __init__(self, columns: tuple[str, ...], sentence: str) -> None:
        """Keep the names to choose among."""
        self.columns = columns
        super().__init__(sentence)


def untold(_columns: tuple[str, ...]) -> Mapping | None:
    """Return None: nobody has said anything of any table."""
    return None


@lru_cache(maxsize=256)
def guess(columns: tuple[str, ...]) -> Mapping | None:
    """Return the mapping that common column names suggest; None where none says when or none says what."""
    time, text = guess_time(columns), guess_text(columns)
    if not time or not text:
        return None
    names = _named(columns)
    return Mapping(time, text, _first(names, _KINDS), _first(names, _EVIDENCE), _first(names, _ENDS))


def guess_time(columns: tuple[str, ...]) -> str:
    """Return the column, or the two joined, that says when; empty where none does."""
    names = _named(columns)
    day, hour = _first(names, _DAY), _first(names, _HOUR)
    if day and hour and not _first(names, _EITHER):
        return f"{day}{JOINED}{hour}"
    return _first(names, _TIMES)


def guess_text(columns: tuple[str, ...]) -> str:
    """Return the column that says what; empty where none does."""
    return _first(_named(columns), _TEXTS)


def second_time(columns: tuple[str, ...], mapping: Mapping) -> str:
    """Return the column to read where the first has no usable time; empty where there is none."""
    if JOINED in mapping.time and mapping.time not in columns:
        return mapping.time.partition(JOINED)[0]
    names = _named(columns)
    either = [names[name] for name in _EITHER if name in names]
    return next((name for name in either if name != mapping.time), "") if mapping.time in either else ""


def known(columns: tuple[str, ...], mapping: Mapping) -> bool:
    """Tell whether `columns` hold all that a mapping names."""
    times = [mapping.time] if mapping.time in columns else mapping.time.split(JOINED)
    named = (*times, mapping.text, *filter(None, (mapping.kind, mapping.evidence, mapping.end)))
    return all(name in columns for name in named)


def unmapped(columns: tuple[str, ...], mapping: Mapping | None = None, noun: str = "column") -> str:
    """Return the sentence for columns (or fields) of which none says when or none says what."""
    said = [quoted(name) for name in columns if name.strip()]
    rest = [f"{len(said) - _SAID} more"] if len(said) > _SAID else []
    names = f"the {noun}s are {listed([*said[:_SAID], *rest])}"
    if mapping is not None:
        return f"This table has no such {noun} as was asked for ({names}): choose the time and the text among these."
    guesses = {"time": guess_time(columns), "text": guess_text(columns)}
    lacking = listed([what for what, found in guesses.items() if not found])
    return f"No {noun} here is known to hold the {lacking} ({names}): map it to one of them, or rename that one."


def _named(columns: tuple[str, ...]) -> dict[str, str]:
    """Return the columns by their bare names: “Time (UTC)” is called time."""
    names: dict[str, str] = {}
    for column in columns:
        bare = _GAP.sub("_", _BRACKET.sub("", column.strip().casefold()))
        names.setdefault(bare.removesuffix("_utc"), column)
    return names


def _first(names: dict[str, str], wanted: tuple[str, ...]) -> str:
    return next((names[name] for name in wanted if name in names), "")
