"""Verbs of the close: who reports to whom and when, what stayed open, and that the meeting ended."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pmfacil.core.ending import FOLLOW_UP_EARLIEST, FOLLOW_UP_LATEST, Sharing
from pmfacil.core.errors import OutsideWindow, Unfit
from pmfacil.core.model import PostMortem, Question, QuestionId
from pmfacil.core.operations.items import find, swapped, without
from pmfacil.core.text import kept, required
from pmfacil.core.verbs import verb

if TYPE_CHECKING:
    from datetime import date, datetime

    from pmfacil.core.ending import SharingId


@verb("name the report owner")
def name_report_owner(pm: PostMortem, owner: str) -> PostMortem:
    """Say who sees the report through."""
    return replace(pm, closing=replace(pm.closing, report_owner=kept(owner)))


@verb("name the audience")
def name_audience(pm: PostMortem, audience: str) -> PostMortem:
    """Say who gets the report."""
    return replace(pm, closing=replace(pm.closing, audience=kept(audience)))


@verb("add a reader")
def add_reader(pm: PostMortem, reader: str) -> PostMortem:
    """Add one reader, or several with commas between them, to who gets the report; nobody is named twice."""
    named = readers(f"{pm.closing.audience}, {required(reader, 'reader')}")
    return replace(pm, closing=replace(pm.closing, audience=", ".join(named)))


@verb("note that the report was shared")
def share_report(pm: PostMortem, id: SharingId, to: str, now: datetime) -> PostMortem:
    """Keep when the report went out, and to whom."""
    return replace(pm, sharings=(*pm.sharings, Sharing(id, now, required(to, "list of readers"))))


@verb("delete a sharing")
def delete_sharing(pm: PostMortem, id: SharingId) -> PostMortem:
    """Take a record of sharing away."""
    find(pm.sharings, id, "sharing")
    return replace(pm, sharings=without(pm.sharings, id))


def readers(audience: str) -> tuple[str, ...]:
    """Return who is named as reader, each once, in order."""
    return tuple(dict.fromkeys(name for part in re.split(r"[,;]", audience) if (name := kept(part))))


@verb("plan when to share")
def plan_sharing(pm: PostMortem, share_on: date | None) -> PostMortem:
    """Say on which day the report goes out."""
    return replace(pm, closing=replace(pm.closing, share_on=share_on))


@verb("plan the follow-up")
def plan_follow_up(pm: PostMortem, follow_up_on: date, today: date) -> PostMortem:
    """Set the day of the follow-up; refuses with `OutsideWindow` but two to four weeks from `today`."""
    earliest, latest = today + FOLLOW_UP_EARLIEST, today + FOLLOW_UP_LATEST
    if not earliest <= follow_up_on <= latest:
        raise OutsideWindow(earliest, latest)
    return replace(pm, closing=replace(pm.closing, follow_up_on=follow_up_on))


@verb("count what was learned")
def count_learned(pm: PostMortem, hands: int | None) -> PostMortem:
    """Keep how many hands went up for "I learned something new"; a count, never names."""
    if hands is not None and hands < 0:
        msg = "Count the hands that are up: nought or more."
        raise Unfit(msg)
    return replace(pm, closing=replace(pm.closing, learned=hands))


@verb("add an open question")
def leave_question(pm: PostMortem, id: QuestionId, text: str) -> PostMortem:
    """Keep a question that the room could not answer."""
    return replace(pm, questions=(*pm.questions, Question(id, required(text, "question"))))


@verb("edit an open question")
def reword_question(pm: PostMortem, id: QuestionId, text: str) -> PostMortem:
    """Put an open question in other words."""
    question = replace(find(pm.questions, id, "question"), text=required(text, "question"))
    return replace(pm, questions=swapped(pm.questions, question))


@verb("delete an open question")
def delete_question(pm: PostMortem, id: QuestionId) -> PostMortem:
    """Take an open question away."""
    find(pm.questions, id, "question")
    return replace(pm, questions=without(pm.questions, id))


@verb("edit the summary")
def write_summary(pm: PostMortem, summary: str) -> PostMortem:
    """Put the summary in the room's own words; empty, it is drafted from the facts again."""
    return replace(pm, summary=kept(summary))


@verb("close the meeting")
def close_meeting(pm: PostMortem, now: datetime) -> PostMortem:
    """Say that the meeting is over; the report stands, and editing stays possible."""
    return replace(pm, closing=replace(pm.closing, closed_at=now))


@verb("open the meeting again")
def reopen_meeting(pm: PostMortem) -> PostMortem:
    """Take the end of the meeting back."""
    return replace(pm, closing=replace(pm.closing, closed_at=None))
