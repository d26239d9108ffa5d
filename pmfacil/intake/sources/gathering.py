"""Collects what a reader finds, and the sentences on what it left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Unfit
from pmfacil.core.model import EntryKind
from pmfacil.core.text import kept
from pmfacil.intake.sources.instants import DayAlone, Moment, NoInstant, moment
from pmfacil.intake.sources.json_shapes import excerpt
from pmfacil.intake.sources.plain import link, plain
from pmfacil.intake.sources.sourced import MOST, RAW, Batch, Sourced

if TYPE_CHECKING:
    from datetime import date

_PROBLEMS: Final = 20  # sentences shown; the rest are counted
_LATE: Final = datetime.max.replace(tzinfo=UTC)


class Gathering:
    """What one reader has found so far, and what it had to leave out."""

    def __init__(
        self, source: str, noun: str = "Item", *, day_first: bool | None = None, columns: tuple[str, ...] = ()
    ) -> None:
        """Begin a batch of `source`; `noun` is what its items are called in sentences about them."""
        self._source, self._noun, self._day_first, self._columns = source, noun, day_first, columns
        self._found: list[Sourced] = []
        self._problems: list[str] = []
        self._unsaid, self._too_many, self._zoned = 0, 0, True

    def take(
        self,
        number: int,
        item: object,
        *,
        at: object,
        text: object,
        kind: EntryKind = EntryKind.EVENT,
        or_at: object = None,
        until: object = None,
        evidence: str = "",
    ) -> None:
        """Take an item in, or note why not; `or_at` is another time of the same item, used where `at` is none.

        An item without a time is taken in without one; one with a wrong time or without words is left out.
        """
        if len(self._found) >= MOST:
            self._too_many += 1
            return
        if not (words := plain(text)):
            self._note(number, "it has no text")
            return
        day: date | None = None
        try:
            start = self._start(at, or_at)
        except DayAlone as fault:
            start, day = None, fault.day
        except NoInstant as fault:
            self._note(number, str(fault))
            return
        end = self._end(number, until, start)
        if start is not None:
            self._zoned &= start.zoned
        raw = item if isinstance(item, str) else excerpt(item)
        when, zoned = (start.at, start.zoned) if start else (None, True)
        self._found.append(Sourced(number, kept(raw[:RAW]), when, words, kind, end, link(evidence), zoned, day))

    def adopt(self, number: int, batch: Batch) -> None:
        """Take in all of a batch that was read out of item `number` of this file."""
        for item in batch.found:
            if len(self._found) < MOST:
                self._found.append(replace(item, number=number))
            else:
                self._too_many += 1
        for problem in batch.problems:
            self._note(number, _lowered(problem).rstrip("."))
        self._zoned &= bool(batch.zone) or all(item.at is None for item in batch.found)

    def leave_out(self, sentence: str) -> None:
        """Note a whole sentence on what was left out."""
        if len(self._problems) < _PROBLEMS:
            self._problems.append(sentence)
        else:
            self._unsaid += 1

    def batch(self, *, by_time: bool = False) -> Batch:
        """Return what was found, oldest first where `by_time`; raises `Unfit` where that is nothing."""
        if not self._found:
            if not self._problems:
                sentence = f"Nothing happened in this file ({self._source}): export it over the days of the incident."
                raise Unfit(sentence)
            first = _lowered(self._problems[0])
            sentence = f"Nothing in this file ({self._source}) could be taken in, so correct it and try again: {first}"
            raise Unfit(sentence)
        if self._too_many:
            self._problems.insert(0, f"Only the first {MOST:,} items were taken in, and {self._too_many:,} left out.")
        found = sorted(self._found, key=lambda item: item.at or _LATE) if by_time else self._found
        timed = any(item.at is not None for item in found)
        return Batch(self._source, tuple(found), self._said(), "UTC" if timed and self._zoned else "", self._columns)

    def _said(self) -> tuple[str, ...]:
        unsaid = self._unsaid + max(0, len(self._problems) - _PROBLEMS)
        return (*self._problems[:_PROBLEMS], *([f"… and {unsaid} more."] if unsaid else []))

    def _note(self, number: int, clause: str) -> None:
        self.leave_out(f"{self._noun} {number}: {clause}.")

    def _start(self, at: object, or_at: object) -> Moment | None:
        try:
            return moment(at, day_first=self._day_first) or moment(or_at, day_first=self._day_first)
        except NoInstant:
            if (other := self._other(or_at)) is not None:
                return other
            raise

    def _other(self, value: object) -> Moment | None:
        try:
            return moment(value, day_first=self._day_first)
        except NoInstant:
            return None

    def _end(self, number: int, value: object, start: Moment | None) -> datetime | None:
        try:
            end = moment(value, day_first=self._day_first)
        except NoInstant as fault:
            self._note(number, f"its end was left out, as {fault}")
            return None
        if end is None or start is None:
            return None
        if end.at < start.at:
            self._note(number, "its end was left out, as it lies before its start")
            return None
        self._zoned &= end.zoned
        return end.at


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
