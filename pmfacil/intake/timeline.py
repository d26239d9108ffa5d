"""One typed line of the timeline: `[when] [kind] text [link]`, and back again for editing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pmfacil.core.model import Entry, EntryKind
from pmfacil.core.saying import zone_of
from pmfacil.core.text import kept
from pmfacil.intake.clock import read_when

if TYPE_CHECKING:
    from datetime import date, datetime

    from pmfacil.core.model import PostMortem

_LETTERS: Final = {kind.value[0]: kind for kind in EntryKind}  # e c s d a c r: see _kind for the two that differ
_LETTERS["c"] = EntryKind.CHANGE
_LETTERS["m"] = EntryKind.COMMUNICATION

# After these a kind word is part of a sentence: "change of plan", "decision to wait", "action was taken".
_LITTLE: Final = frozenset(
    ["of", "in", "on", "to", "for", "at", "was", "were", "is", "are", "has", "had", "by", "and", "or"]
)

_KIND_WORD: Final = re.compile(
    rf"(?P<kind>{'|'.join(kind.value for kind in EntryKind)})(?P<colon>:)?\s+(?P<next>\S+)", re.IGNORECASE
)
_KIND_LETTER: Final = re.compile(r"(?P<letter>[ecsdamr])(?P<colon>:)?\s+(?=\S)")
_LINK: Final = re.compile(r"\s+(?P<link>https?://\S+)$")
_ACTED: Final = re.compile(r"\s*\((?P<not>not )?acted on\)$", re.IGNORECASE)
_SEPARATOR: Final = re.compile(r"^[\s,:;|–-]+")


@dataclass(frozen=True, slots=True)
class Context:
    """What a line is read against: the zone, the day that a bare time means, the last entry, and the moment."""

    zone: str
    day: date
    last: datetime | None
    now: datetime

    @classmethod
    def of(cls, pm: PostMortem, *, last: datetime | None, now: datetime) -> Context:
        """Return the context of a post-mortem's timeline; without a day of its own, today is meant."""
        day = pm.occurred_on or now.astimezone(zone_of(pm.zone)).date()
        return cls(pm.zone, day, last, now)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line as it was understood. `kind_given` and `when_given` tell what was typed and what was assumed."""

    text: str
    kind: EntryKind
    kind_given: bool
    at: datetime | None
    until: datetime | None
    approximate: bool
    when_given: bool
    evidence: str
    acted_on: bool | None
    notes: tuple[str, ...]

    def echo(self, context: Context) -> str:
        """Return what was understood, for the eye: `12 March 14:05 · signal`."""
        parts = [_said_when(self, context), self.kind.value]
        if self.acted_on is not None:
            parts.append("acted on" if self.acted_on else "not acted on")
        if self.evidence:
            parts.append("with a link")
        return " · ".join((*parts, *self.notes))


def understand(line: str, context: Context) -> Proposal:
    """Return what a typed line proposes; any text is understood, and what is not said stays unknown."""
    when = read_when(kept(line), zone=zone_of(context.zone), day=context.day, last=context.last, now=context.now)
    rest = _SEPARATOR.sub("", when.rest) if when.given else when.rest
    kind, given, text = _kind(rest, timed=when.given)
    evidence = ""
    if link := _LINK.search(text):
        evidence, text = link["link"], text[: link.start()]
    acted_on = None
    if kind is EntryKind.SIGNAL and (acted := _ACTED.search(text)) and acted.start():
        acted_on, text = acted["not"] is None, text[: acted.start()]
    return Proposal(
        text=text.strip(),
        kind=kind,
        kind_given=given,
        at=when.at,
        until=when.until,
        approximate=when.approximate,
        when_given=when.given,
        evidence=evidence,
        acted_on=acted_on,
        notes=when.notes,
    )


def line_for(entry: Entry, zone: str, *, day: date | None = None) -> str:
    """Return the line that `understand` reads as this entry; the day is left out where it is `day`."""
    parts = [_when_for(entry, zone, day), entry.kind.value, entry.text]
    if entry.acted_on is not None:
        parts.append("(acted on)" if entry.acted_on else "(not acted on)")
    if entry.evidence:
        parts.append(entry.evidence)
    return " ".join(parts)


def _kind(rest: str, *, timed: bool) -> tuple[EntryKind, bool, str]:
    word = _KIND_WORD.match(rest)
    if word and (word["colon"] or word["next"].casefold() not in _LITTLE):
        return EntryKind(word["kind"].casefold()), True, rest[word.start("next") :]
    letter = _KIND_LETTER.match(rest)
    # "14:05 a customer calls": a bare "a" is an article, so an action takes "a:".
    if letter and (letter["colon"] or (timed and letter["letter"] != "a")):
        return _LETTERS[letter["letter"]], True, rest[letter.end() :]
    return EntryKind.EVENT, False, rest


def _when_for(entry: Entry, zone: str, day: date | None) -> str:
    if entry.at is None:
        return "?"
    local = entry.at.astimezone(zone_of(zone))
    said = "" if local.date() == day else f"{local:%Y-%m-%d} "
    said += ("~" if entry.approximate else "") + _clock(local)
    if entry.until is not None:
        said += f"-{_clock(entry.until.astimezone(zone_of(zone)))}"
    return f"{said} {local:%z}" if local.fold else said


def _clock(local: datetime) -> str:
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def _said_when(proposal: Proposal, context: Context) -> str:
    if proposal.at is None:
        return "time unknown"
    zone = zone_of(context.zone)
    local = proposal.at.astimezone(zone)
    said = f"{local.day} {local:%B} {'~' if proposal.approximate else ''}{_clock(local)}"
    if proposal.until is not None:
        said += f"–{_clock(proposal.until.astimezone(zone))}"
    return said
