"""A post-mortem as a report: which section holds what, in which order (product.md, section 8)."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from pmfacil.core import saying
from pmfacil.core.coverage import coverage, letters, newest_settlement
from pmfacil.core.measures import durations
from pmfacil.core.model import ActionState, Area, Fate, Mark
from pmfacil.core.tree import walk
from pmfacil.report.appendix import appendix
from pmfacil.report.document import Bullets, Item, Paragraph, Report, Section, Table
from pmfacil.report.follow_ups import told_follow_ups
from pmfacil.report.strip import strip
from pmfacil.report.telling import said_duration, timeline_table, told_durations, told_entries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pmfacil.core.model import Action, CauseId, PostMortem
    from pmfacil.core.sitting import Sitting
    from pmfacil.report.document import Block

_AREAS: Final = {
    Area.DETECTION: "Detection",
    Area.RESPONSE: "Response",
    Area.COMMUNICATION: "Communication",
    Area.LUCK: "Where we were lucky",
}


def compose(pm: PostMortem, sitting: Sitting | None, now: datetime) -> Report:
    """Return the report of a post-mortem as it stands at `now`; sections with nothing to say are left out."""
    # The first page says what failed, what it did, why, and what is done about it; the rest stands on the second.
    parts = (
        ("summary", "Summary", _summary(pm)),
        ("impact", "Impact", chain(_sentence(pm.impact), _figures(pm), strip(pm))),
        ("trigger", "Trigger", _sentence(pm.trigger)),
        ("causes", "Root causes and contributing factors", _causes(pm)),
        ("actions", "Actions", _actions(pm)),
        ("risks", "Accepted risks", _risks(pm)),
        ("result", "Follow-up result", told_follow_ups(pm)),
        ("worked", "What worked", _worked(pm)),
        ("timeline", "Timeline", _timeline(pm)),
        ("accounts", "Second accounts", _bullets(Item(dissent.text) for dissent in pm.dissents)),
        ("questions", "Open questions", _bullets(Item(question.text) for question in pm.questions)),
        ("people", "People", _people(pm)),
        ("follow-up", "Follow-up", _follow_up(pm)),
    )
    sections = tuple(Section(title, blocks, key) for key, title, found in parts if (blocks := tuple(found)))
    return Report(pm.title, tuple(_facts(pm, now)), sections, appendix(pm, sitting, now))


def drafted_summary(pm: PostMortem) -> str:
    """Return a summary made of the facts alone: what, when, how long, what set it off, what came of it."""
    sentences = [f"{pm.title}{f' ({saying.day(pm.occurred_on)})' if pm.occurred_on else ''}."]
    if pm.facts.happened:
        sentences.append(_stopped(pm.facts.happened))
    if pm.impact:
        sentences.append(_stopped(pm.impact))
    known = [entry.at for entry in pm.entries if entry.at is not None]
    if known and known[-1] > known[0]:
        zone = saying.zone_of(pm.zone)
        span = saying.length(known[-1] - known[0])
        sentences.append(
            f"The timeline runs from {saying.clock(known[0], zone)} to {saying.clock(known[-1], zone)}"
            f" ({pm.zone}), {span}."
        )
    took = [
        f"{said_duration(one)} to {one.name.removeprefix('time to ')}"
        for one in durations(pm)
        if one.length is not None
    ]
    if took:
        sentences.append(f"It took {saying.listed(took)}.")
    if pm.trigger:
        sentences.append(f"Trigger: {_stopped(pm.trigger)}")
    roots = sum(1 for branch in walk(pm.causes) if branch.cause.mark is Mark.ROOT)
    factors = sum(1 for branch in walk(pm.causes) if branch.cause.mark is Mark.CONTRIBUTING)
    if newest_settlement(pm) is not None:
        counted = [_counted(roots, "root cause")] + ([_counted(factors, "contributing factor")] if factors else [])
        sentences.append(
            f"The room found {saying.listed(counted)} and agreed on {_counted(len(pm.actions), 'action')}."
        )
    return " ".join(sentences)


def _counted(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'s' * (count != 1)}"


def _stopped(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def _sentence(text: str) -> Iterator[Block]:
    if text:
        yield Paragraph(text)


def _figures(pm: PostMortem) -> Iterator[Block]:
    facts = pm.facts
    told = (
        ("How long", facts.lasted),
        ("People or customers affected", facts.people_affected),
        ("Support contacts", facts.contacts),
        ("Money", facts.money),
    )
    yield from _bullets(Item(value, label) for label, value in told if value)


def _bullets(items: Iterator[Item]) -> Iterator[Block]:
    if found := tuple(items):
        yield Bullets(found)


def _facts(pm: PostMortem, now: datetime) -> Iterator[tuple[str, str]]:
    yield "Kind", pm.kind.value
    if pm.occurred_on:
        yield "Happened on", saying.day(pm.occurred_on)
    yield "Times", pm.zone
    told = (("Severity", pm.facts.severity), ("Team", pm.facts.team), ("Tags", ", ".join(pm.facts.tags)))
    yield from ((label, value) for label, value in told if value)
    if pm.facts.links:
        yield "Links", pm.facts.links
    closed = pm.closing.closed_at
    yield (
        "Meeting",
        f"ended {saying.day(closed.astimezone())}" if closed else f"as it stood on {saying.day(now.astimezone())}",
    )
    if pm.closing.report_owner:
        yield "Report owner", pm.closing.report_owner
    if pm.rehearsal:
        yield "Rehearsal", "held for practice on a public incident"


def _summary(pm: PostMortem) -> Iterator[Block]:
    if newest_settlement(pm) is None:
        part_two = pm.landing.part_two_on if pm.landing else None
        later = f" Part two is on {saying.day(part_two)}." if part_two else ""
        yield Paragraph(f"Causes incomplete: no actions agreed.{later}", notice=True)
    yield Paragraph(pm.summary or drafted_summary(pm))


def _causes(pm: PostMortem) -> Iterator[Block]:
    zone = saying.zone_of(pm.zone)
    times = {entry.id: saying.when(entry, zone) for entry in pm.entries}
    names = letters(pm)
    items = []
    for branch in walk(pm.causes):
        line = branch.cause
        if not branch.leaf or line.mark not in (Mark.ROOT, Mark.CONTRIBUTING):
            continue
        evidence = saying.listed([times[one] for one in line.evidence])
        notes = (
            f"why {branch.depth}",
            f"evidence: {evidence}" if evidence else "",
            f"called so early because: {line.reason}" if line.reason else "",
        )
        mark = line.mark.value.capitalize()
        letter = names.get(line.id)
        items.append(Item(line.text, f"{letter} · {mark}" if letter else mark, _noted(notes)))
    yield from _bullets(iter(items))
    stopped = (branch.cause for branch in walk(pm.causes) if branch.cause.mark is Mark.STOPPED)
    yield from _bullets(Item(line.text, "Stopped", line.reason) for line in stopped)


def _noted(notes: tuple[str, ...]) -> str:
    return "; ".join(note for note in notes if note)


def _worked(pm: PostMortem) -> Iterator[Block]:
    ordered = chain.from_iterable([one for one in pm.strengths if one.area is area] for area in Area)
    yield from _bullets(Item(one.text, _AREAS[one.area], "worth keeping" if one.keep else "") for one in ordered)


def _actions(pm: PostMortem) -> Iterator[Block]:
    if pm.actions:
        names = letters(pm)
        headings = ("Action", "Owner", "Due", "Type", "Causes", "Done when", "State")
        yield Table(headings, tuple(_action(action, names) for action in pm.actions))
        bare = [cover.letter for cover in coverage(pm) if not cover.covered]
        if bare:
            yield Paragraph(
                f"No action and no accepted risk yet for cause{'s' * (len(bare) != 1)} {saying.listed(bare)}."
            )
    elif pm.no_actions_because:
        yield Paragraph(f"The room agreed on no actions: {_stopped(pm.no_actions_because)}")


def _action(action: Action, names: dict[CauseId, str]) -> tuple[str, ...]:
    state = action.state.value
    if action.state in (ActionState.BLOCKED, ActionState.DROPPED):
        state = f"{state}: {action.reason}"
    return (
        action.text,
        action.owner or "no owner yet",
        saying.day(action.due) if action.due else "no date yet",
        action.type.value if action.type else "–",
        ", ".join(names.get(cause, "–") for cause in action.causes),
        action.done_when or "–",
        state,
    )


def _risks(pm: PostMortem) -> Iterator[Block]:
    texts = {cause.id: cause.text for cause in pm.causes}
    names = letters(pm)
    yield from _bullets(
        Item(texts[risk.cause], names.get(risk.cause, ""), f"accepted because: {risk.reason}")
        for risk in pm.accepted_risks
    )


def _timeline(pm: PostMortem) -> Iterator[Block]:
    told = told_entries(pm)
    if not told:
        return
    yield timeline_table(told, pm)
    yield from _bullets(told_durations(pm))
    left = len(pm.entries) - len(told)
    agreed = pm.agreement
    notes = []
    if left:
        notes.append(f"{_counted(left, 'more entry') if left == 1 else f'{left} more entries'} in the appendix.")
    if agreed is not None:
        on = f"{saying.day(agreed.at.astimezone().date())}, {saying.here(agreed.at)}"
        notes.append(
            f"The room agreed on the timeline on {on}{'; it was amended after that' if agreed.amended else ''}."
        )
    if notes:
        yield Paragraph(" ".join(notes))


def _people(pm: PostMortem) -> Iterator[Block]:
    # Roles, not names: a name stands in the report only beside an action that its owner said yes to.
    roles = [person.role for person in pm.people if person.present and person.role]
    nameless = sum(1 for person in pm.people if person.present and not person.role)
    counted = [f"{role} ({roles.count(role)})" if roles.count(role) > 1 else role for role in dict.fromkeys(roles)]
    if nameless:
        counted.append(f"{nameless} more" if counted else _counted(nameless, "person").replace("persons", "people"))
    if counted:
        yield Paragraph(f"In the room: {', '.join(counted)}.")


def _follow_up(pm: PostMortem) -> Iterator[Block]:
    closing = pm.closing
    present = sum(1 for person in pm.people if person.present)
    waiting = sum(1 for fix in pm.fixes if fix.fate is Fate.PARKED)
    learned = f"{closing.learned} of {present}" if present else f"{closing.learned}"
    facts = (
        ("Report goes to", closing.audience),
        ("Shared on", saying.day(closing.share_on) if closing.share_on else ""),
        ("Follow-up on", saying.day(closing.follow_up_on) if closing.follow_up_on else ""),
        ("Learned something new", learned if closing.learned is not None else ""),
        ("Parked fixes not decided", str(waiting) if waiting else ""),
    )
    yield from _bullets(Item(value, label) for label, value in facts if value)
    yield from _bullets(
        Item(sharing.text, f"Sent on {saying.day(sharing.at.astimezone().date())}") for sharing in pm.sharings
    )
