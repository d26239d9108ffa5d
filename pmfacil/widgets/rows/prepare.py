"""Preparing as rows: facts, moments, agenda, people, draft, and whether all is ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pmfacil.core import saying
from pmfacil.core.agenda import LEARNING_REVIEW, STEPS
from pmfacil.core.facts import Involvement
from pmfacil.core.measures import anchored
from pmfacil.core.model import Anchor
from pmfacil.core.readiness import ENDS, ENOUGH_ENTRIES, Topic, advice, matters, readiness, window
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from textual.content import Content

    from pmfacil.core.agenda import Boxes
    from pmfacil.core.facts import Person
    from pmfacil.core.model import PostMortem
    from pmfacil.core.readiness import Advice
    from pmfacil.widgets.glyphs import Glyphs

FIELD: Final = "field:"
MOMENT: Final = "moment:"
PERSON: Final = "person:"
CHECK: Final = "check:"
ADVICE: Final = "advice:"

TITLE: Final = f"{FIELD}title"
KIND: Final = f"{FIELD}kind"
DAY: Final = f"{FIELD}day"
HAPPENED: Final = f"{FIELD}happened"
TAGS: Final = f"{FIELD}tags"
ZONE: Final = f"{FIELD}zone"
LASTED: Final = f"{FIELD}lasted"
AGENDA: Final = f"{FIELD}agenda"
MEETS: Final = f"{FIELD}meets"
SOMEBODY: Final = f"{FIELD}somebody"
READERS: Final = f"{FIELD}readers"
DRAFT: Final = f"{FIELD}draft"

_LABEL: Final = 16  # cells of the indent, the longest label and the gap after it
_BRINGS: Final = 23  # cells of what somebody brings, and the gap after it


@dataclass(frozen=True, slots=True)
class Told:
    """A fact kept in the words in which it was told: its name in `Facts`, its label, what it asks, an example."""

    name: str
    label: str
    asks: str
    example: str

    @property
    def key(self) -> str:
        """The key of its row."""
        return f"{FIELD}{self.name}"


_STORY: Final = Told("happened", "Happened", "in a sentence or two, as a stranger would need it", "What happened?")
_SCALE: Final = (
    Told("severity", "Severity", "as your team says it", "SEV-2, P1, major"),
    Told("team", "Team", "whose earlier post-mortems belong beside this one", "Payments"),
)
_LINKS: Final = Told("links", "Links", "ticket, channel, dashboard", "https://…")
_IMPACT: Final = (
    Told("lasted", "Lasted", "how long did it go on?", "42 minutes"),
    Told("people_affected", "People", "how many people or customers?", "about 1,200 customers"),
    Told("contacts", "Support", "how many calls, tickets, complaints?", "38 tickets"),
    Told("money", "Money", "lost, refunded, spent", "£40k, not final"),
)
TOLD: Final = {told.key: told for told in (_STORY, *_SCALE, _LINKS, *_IMPACT)}
"""Every fact that is kept as it was told, by the key of its row."""

_HINTS: Final = {
    TITLE: "Another title",
    KIND: "Enter takes the next kind; or type: project, deadline, client",
    DAY: "yesterday, friday, 12 March",
    TAGS: "payments, release",
    ZONE: "Europe/London, New York, UTC",
    AGENDA: "Enter takes the next; or type: 75, learning, 5 20 25 10 15 5",
    MEETS: "fri 10:00, tomorrow 14:00",
    SOMEBODY: "Ana Ruiz, on-call engineer, responder",
    READERS: "Directors, customer care",
    DRAFT: "Enter goes to the draft",
    "moment": "13:58, ~14:05, 12 Mar 13:58",
    "person": "Enter changes what they bring · type to add somebody",
    "check": "Enter goes to where this is settled",
    "advice": "Enter goes to the person",
}

WHERE: Final = {
    "happened": HAPPENED,
    "affected": LASTED,
    "moments": f"{MOMENT}{Anchor.IMPACT_BEGAN.value}",
    "timeline": DRAFT,
    "people": SOMEBODY,
    "meeting": MEETS,
    "facilitator": SOMEBODY,
}
"""The row where each line of the checklist is settled."""


def prepare_rows(pm: PostMortem, now: datetime, glyphs: Glyphs) -> list[Row]:
    """Return everything that can be filled in before the meeting."""
    return [
        *_facts(pm),
        parts.blank(),
        parts.heading("What it affected", "as it was told: “about 1,200” will do"),
        *(_told(told, pm) for told in _IMPACT),
        parts.blank(),
        *_moments(pm),
        parts.blank(),
        *_meeting(pm, now),
        parts.blank(),
        *_people(pm, glyphs),
        parts.blank(),
        *_draft(pm),
    ]


def readiness_rows(pm: PostMortem, now: datetime, glyphs: Glyphs) -> list[Row]:
    """Return the checklist, and what to consider about the people."""
    rows = [parts.heading("Ready to meet?")]
    for check in readiness(pm, now):
        sign = f"{glyphs.tick} done" if check.done else f"{glyphs.hollow} open"
        lead = plain(f"{sign}  ", parts.GOOD if check.done else parts.ACCENT)
        rows.append(Row(f"{CHECK}{check.key}", lead, plain(check.sentence, parts.QUIET if check.done else "")))
    if found := advice(pm):
        rows += [parts.blank(), parts.heading("Worth a thought")]
        rows += (_advised(number, one, glyphs) for number, one in enumerate(found))
    return rows


def agenda_said(boxes: Boxes) -> str:
    """Return the minutes of every step."""
    return " · ".join(f"{step.called} {minutes}" for step, minutes in zip(STEPS, boxes, strict=True))


def brings_said(involvement: Involvement | None) -> str:
    """Return what somebody brings to the conversation."""
    return involvement.value if involvement is not None else "brings what?"


def moment_said(pm: PostMortem, anchor: Anchor) -> str:
    """Return when a moment was, on which day; empty where nobody said."""
    marked = anchored(pm)
    entry = marked.get(anchor)
    if entry is None:
        return "does not apply" if anchor in marked else ""
    if entry.at is None:
        return "in the draft, without a time"
    zone = saying.zone_of(pm.zone)
    return f"{saying.short_day(entry.at.astimezone(zone))} {saying.when(entry, zone)}"


def meeting_said(at: datetime) -> str:
    """Return when the room meets, on the clock of the room."""
    return f"{saying.short_day(parts.local(at))}, {saying.here(at)}"


def hint(key: str) -> str:
    """Return what the empty line invites to type while that row is highlighted."""
    if key in TOLD:
        return TOLD[key].example
    head, _, _ = key.partition(":")
    return _HINTS.get(key, _HINTS.get(head, ""))


def _row(key: str, label: str, value: str, asks: str, *, wanted: bool = False, note: Content | None = None) -> Row:
    style = parts.ACCENT if wanted and not value else parts.QUIET
    text = plain(value) if value else plain(asks, parts.QUIET)
    return Row(key, parts.padded(f"  {label}", _LABEL, style), joined(text, note) if note else text)


def _told(told: Told, pm: PostMortem, *, wanted: bool = False) -> Row:
    return _row(told.key, told.label, getattr(pm.facts, told.name), told.asks, wanted=wanted)


def _facts(pm: PostMortem) -> Iterator[Row]:
    day = saying.day(pm.occurred_on) if pm.occurred_on else ""
    tags = " ".join(f"#{tag}" for tag in pm.facts.tags)
    yield parts.heading("Facts", "all of it can wait, and can be changed")
    yield _row(TITLE, "Title", pm.title, "")
    yield _row(KIND, "Kind", pm.kind.value, "", note=parts.tail("Enter changes it"))
    yield _row(DAY, "Day", day, "when did it happen?", wanted=True)
    yield _told(_STORY, pm, wanted=True)
    yield from (_told(told, pm) for told in _SCALE)
    yield _row(TAGS, "Tags", tags, "words to find it by later")
    yield _told(_LINKS, pm)
    yield _row(ZONE, "Time zone", pm.zone, "")


def _moments(pm: PostMortem) -> Iterator[Row]:
    yield parts.heading("Moments", f"times in {pm.zone}; what is unknown can be left")
    for anchor in Anchor:
        label = anchor.value.capitalize()
        asks = "at what time?" if matters(anchor, pm.kind) else "only where it applies"
        wanted = matters(anchor, pm.kind) and anchor in ENDS
        yield _row(f"{MOMENT}{anchor.value}", label, moment_said(pm, anchor), asks, wanted=wanted)


def _meeting(pm: PostMortem, now: datetime) -> Iterator[Row]:
    review = " · learning review" if pm.boxes == LEARNING_REVIEW else ""
    total = f"{sum(pm.boxes)} minutes{review}"
    meets = pm.facts.meets_at
    found = window(pm, now)
    said = found.advice if found is not None else ""
    yield parts.heading("The meeting")
    yield _row(AGENDA, "Agenda", total, "", note=parts.tail(agenda_said(pm.boxes)))
    if meets is None:
        asks = said or "on which day, at what time?"
        yield _row(MEETS, "When", "", asks, wanted=True)
        return
    if found is not None and found.fits:
        said = "a good time"
    yield _row(MEETS, "When", meeting_said(meets), "", note=_noted(said, warns=found is not None and not found.fits))


def _noted(said: str, *, warns: bool) -> Content:
    return parts.tail(said, style=parts.ACCENT if warns else parts.QUIET)


def _people(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    count = f"{len(pm.people)} invited; Enter changes what they bring" if pm.people else "who saw it, from which seat?"
    about = {one.person: one.topic for one in advice(pm) if one.person is not None}
    yield parts.heading("People", count)
    for person in pm.people:
        yield _person(person, about.get(person.id), glyphs)
    asks = "Name, role, then involved, responder, context or outside"
    yield _row(SOMEBODY, "Add", "", asks, wanted=not pm.people)
    yield _row(READERS, "Readers", pm.closing.audience, "who gets the report without sitting in the room")


def _person(person: Person, topic: Topic | None, glyphs: Glyphs) -> Row:
    signs = {
        Involvement.INVOLVED: glyphs.filled,
        Involvement.RESPONDER: glyphs.right,
        Involvement.CONTEXT: glyphs.diamond,
        Involvement.OUTSIDE: glyphs.hollow,
    }
    brings = person.involvement
    words = f"  {signs[brings] if brings else glyphs.untick} {brings_said(brings)}"
    asks = {Topic.LEADER: "F8: a reader?", Topic.FACILITATOR: "a stake?"}.get(topic, "") if topic else ""
    return Row(
        f"{PERSON}{person.id}",
        parts.padded(words, _BRINGS, "" if brings else parts.ACCENT),
        joined(plain(person.name, parts.STRONG), parts.tail(person.role), parts.tail(asks, style=parts.ACCENT)),
    )


def _draft(pm: PostMortem) -> Iterator[Row]:
    count = len(pm.entries)
    said = f"{count} entr{'y' if count == 1 else 'ies'}" if count else ""
    yield parts.heading("Draft timeline", f"{ENOUGH_ENTRIES} entries or more save the room its first twenty minutes")
    yield _row(
        DRAFT,
        "Entries",
        said,
        "none yet; Enter goes there: type, paste or bring in a file",
        wanted=True,
        note=parts.tail("Enter goes there") if count else None,
    )


def _advised(number: int, one: Advice, glyphs: Glyphs) -> Row:
    how = parts.tail("F8 on the row") if one.topic is Topic.LEADER else plain("")
    return Row(f"{ADVICE}{number}", plain(f"{glyphs.right} ", parts.ACCENT), joined(plain(one.sentence), how))


def beside(rows: Iterable[Row]) -> list[Row]:
    """Return rows as they stand beside the list, where the highlight does not go."""
    return [Row("", row.lead, row.text, row.follow) for row in rows]
