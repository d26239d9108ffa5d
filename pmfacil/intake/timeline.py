"""One typed line of the timeline: `[when] [kind] text [link]`, and back again for editing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pmfacil.core.model import Anchor, Entry, EntryId, EntryKind
from pmfacil.core.saying import day, zone_of
from pmfacil.core.text import kept
from pmfacil.intake.clock import read_when

if TYPE_CHECKING:
    from datetime import date, datetime

    from pmfacil.intake.placing import Context

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
# What may stand at the end of a line, in any order; it needs words before it.
_TAIL: Final = re.compile(
    r"(?<!\s)\s+(?:(?P<link>https?://\S+)|#(?P<anchor>impact|detected|acknowledged|mitigated|resolved)"
    r"|\((?P<acted>(?:not )?)acted on\))$",
    re.IGNORECASE,
)
_ANCHORS: Final = {anchor.value.split()[0]: anchor for anchor in Anchor}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line as it was understood. `kind_given` and `when_given` tell what was typed and what was assumed."""

    text: str
    kind: EntryKind
    kind_given: bool
    at: datetime | None
    until: datetime | None
    day: date | None
    approximate: bool
    when_given: bool
    evidence: str
    acted_on: bool | None
    anchor: Anchor | None
    notes: tuple[str, ...]

    def echo(self, context: Context) -> str:
        """Return what was understood, for the eye: `12 March 14:05 · signal`."""
        parts = [_said_when(self, context), self.kind.value]
        if self.acted_on is not None:
            parts.append("acted on" if self.acted_on else "not acted on")
        if self.anchor is not None:
            parts.append(self.anchor.value)
        if self.evidence:
            parts.append("with a link")
        return " · ".join((*parts, *self.notes))


def understand(line: str, context: Context) -> Proposal:
    """Return what a typed line proposes; any text is understood, and what is not said stays unknown."""
    when = read_when(kept(line), context)
    kind, given, text = _kind(when.rest, timed=when.given)
    text, tails = _tails(text, kind)
    return Proposal(
        text=text.strip(),
        kind=kind,
        kind_given=given,
        at=when.at,
        until=when.until,
        day=when.day,
        approximate=when.approximate,
        when_given=when.given,
        evidence=tails.get("link", ""),
        acted_on=tails["acted"] == "" if "acted" in tails else None,
        anchor=_ANCHORS[tails["anchor"]] if "anchor" in tails else None,
        notes=when.notes,
    )


def flipped(line: str, context: Context) -> str:
    """Return the line with its time on the other day: the day before where it rolled over, else the day after.

    The line then names its day, so that the flip is seen, and flipping again takes it back.
    """
    words = kept(line)
    when = read_when(words, context)
    if when.at is None:
        return line
    base = context.last.astimezone(zone_of(context.zone)).date() if context.last else context.day
    local = when.at.astimezone(zone_of(context.zone))
    back = "next day" in when.notes or (base is not None and local.date() > base)
    shift = timedelta(days=-1 if back else 1)
    until = when.until + shift if when.until else None
    entry = Entry(EntryId(""), "", at=when.at + shift, until=until, approximate=when.approximate)
    return f"{_when_for(entry, context.zone, None)} {when.rest}"


def next_kind(line: str, context: Context) -> str:
    """Return the line with the next kind in place of the one it says, or assumes."""
    proposal = understand(line, context)
    kinds = tuple(EntryKind)
    following = kinds[(kinds.index(proposal.kind) + 1) % len(kinds)]
    when = read_when(kept(line), context)
    _, _, text = _kind(when.rest, timed=when.given)
    head = kept(line)[: len(kept(line)) - len(when.rest)]
    return f"{head}{following.value}: {text}"


def line_for(entry: Entry, zone: str, *, on: date | None = None) -> str:
    """Return the line that `understand` reads as this entry; the day is left out where it is `on`."""
    colon = ":" if _LITTLE.intersection(entry.text.casefold().split(maxsplit=1)[:1]) else ""
    parts = [_when_for(entry, zone, on), f"{entry.kind.value}{colon}", entry.text]
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


def _tails(text: str, kind: EntryKind) -> tuple[str, dict[str, str]]:
    """Cut what stands at the end of a line from its words: a link, a moment, whether a signal was acted on.

    Of two moments the last one counts; a second link stays among the words.
    """
    tails: dict[str, str] = {}
    while (found := _TAIL.search(text)) is not None:
        name = found.lastgroup or ""
        again = name == "link" and name in tails
        if not text[: found.start()].strip() or again or (name == "acted" and kind is not EntryKind.SIGNAL):
            break
        tails.setdefault(name, found[name] if name == "link" else found[name].casefold())
        text = text[: found.start()]
    return text, tails


def _when_for(entry: Entry, zone: str, on: date | None) -> str:
    if entry.at is None:
        return f"{entry.day.isoformat()}:" if entry.day else "?"
    local = entry.at.astimezone(zone_of(zone))
    said = "" if local.date() == on else f"{local.date().isoformat()} "
    said += ("~" if entry.approximate else "") + _clock(local)
    if entry.until is not None:
        said += f"-{_clock(entry.until.astimezone(zone_of(zone)))}"
    return f"{said} {local:%z}" if local.fold else said


def _clock(local: datetime) -> str:
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def _said_when(proposal: Proposal, context: Context) -> str:
    if proposal.day is not None:
        return f"{'~' if proposal.approximate else ''}{day(proposal.day)}, time unknown"
    if proposal.at is None:
        return "time unknown"
    zone = zone_of(context.zone)
    local = proposal.at.astimezone(zone)
    said = f"{local.day} {local:%B} {'~' if proposal.approximate else ''}{_clock(local)}"
    if proposal.until is not None:
        said += f"–{_clock(proposal.until.astimezone(zone))}"
    return said
