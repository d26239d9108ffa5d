"""What a typed line means in each field of the preparation; what cannot be read is refused with a sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, ParamSpec

from pmfacil.core import operations as verbs
from pmfacil.core import saying
from pmfacil.core.agenda import DEFAULT_BOXES
from pmfacil.core.errors import Unfit
from pmfacil.core.facts import PersonId
from pmfacil.core.measures import anchored
from pmfacil.core.model import Anchor, EntryId
from pmfacil.core.operations.items import find
from pmfacil.core.text import kept
from pmfacil.core.verbs import Verb
from pmfacil.intake import preparation
from pmfacil.widgets.rows.prepare import (
    AGENDA,
    DAY,
    KIND,
    MEETS,
    MOMENT,
    PERSON,
    READERS,
    SOMEBODY,
    TAGS,
    TITLE,
    TOLD,
    ZONE,
    agenda_said,
    brings_said,
    meeting_said,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pmfacil.core.facts import Person
    from pmfacil.core.model import PostMortem

P = ParamSpec("P")

_NOT_HERE: Final = frozenset({"-", "–", "n/a", "none", "does not apply"})


@dataclass(frozen=True, slots=True)
class Filling:
    """The verb that keeps a line, what it was understood as, and what is worth saying once it is kept."""

    verb: Verb[[]]
    said: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a line is read against: the post-mortem as it stands, the moment, and where new ids come from."""

    pm: PostMortem
    now: datetime
    new_id: Callable[[], str]


def filling(key: str, text: str, desk: Desk) -> Filling:
    """Return what a line means in the field with that key; raises `Unfit`."""
    words = kept(text)
    if key.startswith(MOMENT):
        return _moment(Anchor(key.removeprefix(MOMENT)), words, desk)
    if key == SOMEBODY or key.startswith(PERSON):
        return _invited(words, desk)
    if key in TOLD:
        return Filling(_stating(**{TOLD[key].name: words}))
    match key:
        case _ if key == TITLE:
            return Filling(_later(verbs.rename, words))
        case _ if key == KIND:
            kind = preparation.read_kind(words)
            return Filling(_later(verbs.change_kind, kind), kind.value)
        case _ if key == DAY:
            day = preparation.read_past_day(words, desk.now.astimezone().date())
            return Filling(_later(verbs.date_incident, day), f"{day:%A} {saying.day(day)}")
        case _ if key == TAGS:
            tags = tuple(words.split("," if "," in words else None))
            return Filling(_stating(tags=tags))
        case _ if key == ZONE:
            zone = preparation.read_zone(words)
            return Filling(_later(verbs.set_zone, zone), zone)
        case _ if key == AGENDA:
            boxes = preparation.read_agenda(words, desk.pm.boxes)
            return Filling(_later(verbs.plan_boxes, boxes), f"{sum(boxes)} minutes: {agenda_said(boxes)}")
        case _ if key == MEETS:
            at = preparation.read_meeting(words, desk.now)
            return Filling(_stating(meets_at=at), meeting_said(at))
        case _ if key == READERS:
            return Filling(_later(verbs.add_reader, words))
        case _:
            sentence = "This row takes no words. On an empty line, Enter goes to where it belongs."
            raise Unfit(sentence)


def changed(key: str, text: str, desk: Desk) -> Filling:
    """Return what the words of a field mean that were edited in place; none empty it. Raises `Unfit`."""
    if not kept(text):
        return emptied(key)
    if key.startswith(PERSON):
        person, guest = PersonId(key.removeprefix(PERSON)), preparation.read_guest(kept(text))

        def introduced(pm: PostMortem) -> PostMortem:
            return verbs.involve(verbs.introduce(pm, person, guest.name, guest.role), person, guest.involvement)

        return Filling(Verb(introduced, verbs.introduce.label))
    if key == READERS:
        return Filling(_later(verbs.name_audience, text))
    return filling(key, text, desk)


def emptied(key: str) -> Filling:
    """Return what deleting the words of a field means; raises `Unfit` where it cannot be empty."""
    if key.startswith(MOMENT):
        anchor = Anchor(key.removeprefix(MOMENT))
        return Filling(Verb(lambda pm: _forgotten(pm, anchor), verbs.clear_anchor.label))
    if key.startswith(PERSON):
        person = PersonId(key.removeprefix(PERSON))
        return Filling(_later(verbs.remove_person, person), remark="Taken off the list. ^Z undoes.")
    if key in TOLD:
        return Filling(_stating(**{TOLD[key].name: ""}))
    match key:
        case _ if key == DAY:
            return Filling(_later(verbs.date_incident, None))
        case _ if key == TAGS:
            return Filling(_stating(tags=()))
        case _ if key == MEETS:
            return Filling(_stating(meets_at=None))
        case _ if key == READERS:
            return Filling(_later(verbs.name_audience, ""))
        case _ if key == AGENDA:
            return Filling(_later(verbs.plan_boxes, DEFAULT_BOXES))
        case _ if key in (TITLE, KIND, ZONE):
            sentence = "This one cannot be empty: type what should stand there instead."
            raise Unfit(sentence)
        case _:
            sentence = "There is nothing to delete in this row."
            raise Unfit(sentence)


def present(key: str, pm: PostMortem) -> str:
    """Return the words of a field as they are typed, to be edited in place."""
    if key.startswith(MOMENT):
        return _moment_typed(pm, Anchor(key.removeprefix(MOMENT)))
    if key.startswith(PERSON):
        person: Person = find(pm.people, key.removeprefix(PERSON), "person")
        brings = person.involvement.value if person.involvement else ""
        return ", ".join(part for part in (person.name, person.role, brings) if part)
    if key in TOLD:
        return str(getattr(pm.facts, TOLD[key].name))
    meets = pm.facts.meets_at
    words = {
        TITLE: pm.title,
        DAY: pm.occurred_on.isoformat() if pm.occurred_on else "",
        TAGS: ", ".join(pm.facts.tags),
        ZONE: pm.zone,
        MEETS: f"{meets.astimezone():%Y-%m-%d %H:%M}" if meets else "",
        READERS: pm.closing.audience,
    }
    return words.get(key, "")


def _later(verb: Verb[P], *args: P.args, **kwargs: P.kwargs) -> Verb[[]]:
    return Verb(lambda pm: verb(pm, *args, **kwargs), verb.label)


def _stating(**facts: object) -> Verb[[]]:
    # Stated upon what the facts are by then: another window may have changed the others.
    return Verb(
        lambda pm: verbs.state_facts(pm, replace(pm.facts, **facts)),  # type: ignore[arg-type]  # by their names
        verbs.state_facts.label,
    )


def _invited(words: str, desk: Desk) -> Filling:
    guest = preparation.read_guest(words)
    said = " · ".join(part for part in (guest.name, guest.role, brings_said(guest.involvement)) if part)
    return Filling(
        Verb(
            lambda pm: verbs.invite(pm, PersonId(desk.new_id()), guest.name, guest.role, guest.involvement),
            verbs.invite.label,
        ),
        f"person {said}",
    )


def _moment(anchor: Anchor, words: str, desk: Desk) -> Filling:
    if words.casefold() in _NOT_HERE:
        return Filling(_later(verbs.rule_out_anchor, anchor), "does not apply here")
    moment = preparation.read_moment(words, anchor, desk.pm, desk.now)
    zone = saying.zone_of(desk.pm.zone)
    day = saying.day(moment.at.astimezone(zone))
    clock = f"{'~' if moment.approximate else ''}{saying.clock(moment.at, zone)}"
    notes = " · ".join(moment.notes)

    def timed(pm: PostMortem) -> PostMortem:
        new = EntryId(desk.new_id())
        return verbs.time_anchor(pm, anchor, new, moment.at, approximate=moment.approximate)

    return Filling(Verb(timed, verbs.time_anchor.label), " · ".join(filter(None, (f"{day} {clock}", notes))), notes)


def _forgotten(pm: PostMortem, anchor: Anchor) -> PostMortem:
    """Take a moment back, and its entry too where that says no more than the moment."""
    entry = anchored(pm).get(anchor)
    if entry is not None and entry.text == anchor.value.capitalize():
        return verbs.delete_entry(pm, entry.id)
    return verbs.clear_anchor(pm, anchor)


def _moment_typed(pm: PostMortem, anchor: Anchor) -> str:
    entry = anchored(pm).get(anchor)
    if entry is None or entry.at is None:
        return ""
    zone = saying.zone_of(pm.zone)
    local = entry.at.astimezone(zone)
    return f"{local:%Y-%m-%d} {'~' if entry.approximate else ''}{saying.clock(entry.at, zone)}"
