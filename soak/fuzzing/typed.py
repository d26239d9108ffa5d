"""What is typed: lines of every step, what is checked while they are typed, days and searches."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pmfacil.archive import parse_query
from pmfacil.core.agenda import DEFAULT_BOXES
from pmfacil.core.ending import ActionId
from pmfacil.core.errors import Refusal
from pmfacil.core.kind import Kind
from pmfacil.core.model import Action, Anchor, CauseId, Entry, EntryId, PostMortemId, SettlementId
from pmfacil.core.operations import begin, record_entry
from pmfacil.intake import preparation
from pmfacil.intake.actions import line_for_action, understand_action
from pmfacil.intake.dates import understand_date
from pmfacil.intake.placing import Context
from pmfacil.intake.timeline import flipped, line_for, next_kind, understand
from pmfacil.report.formats import read_forms
from pmfacil.wording.action_grade import grade
from pmfacil.wording.action_judge import judge_action
from pmfacil.wording.action_line import read_line
from pmfacil.wording.alike import alike
from pmfacil.wording.breadth import areas_of
from pmfacil.wording.cause_words import circular, missing_fix
from pmfacil.wording.check import check
from pmfacil.wording.document import check_text
from pmfacil.wording.findings import Scope
from pmfacil.wording.lexicon import BUILT_IN, extended
from pmfacil.wording.persons import stops_at
from soak.fuzzing import material, mutating, words
from soak.fuzzing.part import YEARS, must, shown, sound

if TYPE_CHECKING:
    from random import Random

_NOW: Final = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
_ZONES: Final = ("UTC", "Europe/London", "Asia/Kolkata", "Pacific/Apia", "America/St_Johns", "Atlantis", "")
_LETTERS: Final = {"A": CauseId("a"), "B": CauseId("b"), "AA": CauseId("c")}
_NAMES: Final = ("Ana Ruiz", "Bo", "李雷", "O'Neil", "a", "[x](", "Ana Ruiz")
_TODAYS: Final = (date(2026, 3, 12), date(2024, 2, 29), date(2026, 12, 31), date(1970, 1, 1))


class Typed:
    """Lines: a real one a little wrong, pieces of the grammar, or anything in Unicode."""

    def draw(self, rng: Random) -> object:
        """Return a line and a number that chooses what it is read against."""
        match rng.randrange(10):
            case 0 | 1 | 2:
                text = mutating.text(rng, rng.choice(material.lines()))
            case 3:
                text = words.raw_text(rng)
            case _:
                text = words.line(rng)
        return text, rng.randrange(10**6)

    def check(self, case: object) -> None:
        """Read the line."""
        text, choice = case  # type: ignore[misc]  # what `draw` returned
        self.read(text, choice)  # type: ignore[has-type]  # as above

    def read(self, text: str, choice: int) -> None:
        """Read the line as one step does."""
        raise NotImplementedError


class Timeline(Typed):
    """A line of the timeline: understood, kept, told again, and read again as the same."""

    def read(self, text: str, choice: int) -> None:
        """Understand it, turn it, keep it; what it is told as must be read as it was."""
        zone = _ZONES[choice % len(_ZONES)]
        last = (None, _NOW - timedelta(hours=choice % 50))[choice % 2]
        context = Context(
            zone, None if choice % 5 == 0 else _NOW.date(), last, _NOW, month_first=(None, True, False)[choice % 3]
        )
        said = understand(text, context)
        for moment in (said.at, said.until, said.day):
            sound(moment, wide=True)
        shown(said.echo(context), said.text, *said.notes)
        flipped(text, context)
        next_kind(text, context)
        if not said.text.strip() or any(one and one.year not in YEARS for one in (said.at, said.until, said.day)):
            return
        pm = begin(PostMortemId("p"), "t", Kind.INCIDENT, _NOW.date(), _NOW, zone=zone or "UTC")
        entry = Entry(EntryId("e"), said.text, said.kind, said.at, said.until, said.approximate, evidence=said.evidence,
                      acted_on=said.acted_on, day=said.day)  # fmt: skip
        kept = record_entry(pm, entry).entries[0]
        line = line_for(kept, zone)
        again = understand(line, context)
        told = Entry(kept.id, again.text, again.kind, again.at, again.until, again.approximate, evidence=again.evidence,
                     acted_on=again.acted_on, day=again.day)  # fmt: skip
        must(line_for(told, zone) == line, f"{line!r} is told again as {line_for(told, zone)!r}")


class Actions(Typed):
    """A line of an action, and the grade it gets while it is typed."""

    def read(self, text: str, choice: int) -> None:
        """Understand and grade it; what it is told as must be read as it was."""
        today = _TODAYS[choice % len(_TODAYS)]
        said = understand_action(text, today, _LETTERS, _NAMES)
        sound(said.due, wide=True)
        shown(said.echo, said.text, said.owner, said.done_when)
        grade(said.text, owner=said.owner, due=str(said.due or ""), done_when=said.done_when, causes=len(said.causes))
        if not said.text:
            return
        letters = {cause: letter for letter, cause in _LETTERS.items()}
        action = Action(ActionId("x"), SettlementId("s"), said.causes or (CauseId("a"),), said.text, said.owner,
        said.due,
                        said.type, done_when=said.done_when)  # fmt: skip
        line = line_for_action(action, letters)
        understand_action(line, today, _LETTERS, _NAMES)


class Wording(Typed):
    """Everything that is checked of words: blame, persons, causes, actions, likeness."""

    _lexicon = extended(
        BUILT_IN, {"people": ["night crew", "(("], "silence": ["a.*", "post mortem"], "blame": ["oops"]}
    )

    def read(self, text: str, choice: int) -> None:
        """Check the words, as each step does; every finding must stand in them."""
        for found in check(text, _NAMES, self._lexicon if choice % 2 else BUILT_IN, tuple(Scope)[choice % len(Scope)]):
            must(0 <= found.start <= found.end <= len(text), f"{found} does not stand in the words")
            shown(found.suggestion, found.rewrite or "")
        shown(stops_at(text, _NAMES) or "")
        shown(circular(text, (text[: choice % 40], "A release")) or "")
        if fix := missing_fix(text):
            shown(fix.question)
        areas_of(text)
        judge_action(text)
        read_line(text)
        alike(text, {1: text, 2: text[::-1], 3: "a release"})


class Pages(Typed):
    """Whole texts that `check` looks through."""

    def draw(self, rng: Random) -> object:
        """Return a page."""
        real = rng.choice(material.documents())
        return (mutating.text(rng, real[:1500]) if rng.random() < 0.5 else words.page(rng, 15)), 0

    def read(self, text: str, _choice: int) -> None:
        """Look through it."""
        for one in check_text(text, _NAMES):
            shown(one.finding.suggestion)


class Facts(Typed):
    """What is typed before a meeting, and the forms of a report."""

    _pm = begin(PostMortemId("p"), "t", Kind.INCIDENT, None, _NOW, zone="Europe/London")

    def read(self, text: str, choice: int) -> None:
        """Read it in every way in which it may be meant."""
        today = _TODAYS[choice % len(_TODAYS)]
        now = datetime(today.year, today.month, today.day, 23, 30, tzinfo=UTC)
        for read in (
            lambda: preparation.read_kind(text),
            lambda: preparation.read_zone(text),
            lambda: preparation.read_agenda(text, DEFAULT_BOXES),
            lambda: preparation.read_guest(text),
            lambda: read_forms(text),
            lambda: sound(preparation.read_past_day(text, today), wide=True),
            lambda: sound(preparation.read_meeting(text, now)),
            lambda: sound(preparation.read_moment(text, tuple(Anchor)[choice % 5], self._pm, now).at, wide=True),
        ):
            try:
                read()
            except Refusal as refusal:
                shown(str(refusal))
        sound(understand_date(text, today), wide=True)


class Queries(Typed):
    """What is searched for."""

    def read(self, text: str, choice: int) -> None:
        """Understand it."""
        try:
            query = parse_query(text, _TODAYS[choice % len(_TODAYS)])
        except Refusal as refusal:
            shown(str(refusal))
            return
        sound(query.after, wide=True)
        sound(query.before, wide=True)
