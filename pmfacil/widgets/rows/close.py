"""The close as rows: actions to read back, the fields of the report, open questions, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core import saying
from pmfacil.core.coverage import letters
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts
from pmfacil.widgets.rows.actions import ACTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.model import PostMortem
    from pmfacil.widgets.glyphs import Glyphs

FIELD: Final = "field:"
QUESTION: Final = "question:"
SHARING: Final = "sharing:"

REPORT_OWNER: Final = f"{FIELD}report owner"
AUDIENCE: Final = f"{FIELD}audience"
SHARE_ON: Final = f"{FIELD}share on"
FOLLOW_UP: Final = f"{FIELD}follow-up"
LEARNED: Final = f"{FIELD}learned"
ASK: Final = f"{FIELD}open question"

_LABEL = 15  # cells of the longest label and the gap after it


def close_rows(pm: PostMortem, glyphs: Glyphs) -> list[Row]:
    """Return the whole body of the close step."""
    return [*_read_back(pm, glyphs), *_fields(pm), *_shared(pm, glyphs), *_questions(pm, glyphs), *_end(pm, glyphs)]


def _read_back(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    if not pm.actions:
        reason = pm.no_actions_because or "none were agreed"
        yield parts.heading("No actions to read back", reason)
        yield parts.blank()
        return
    yield parts.heading("Read back", "the owner says yes aloud; Enter ticks")
    names = letters(pm)
    for action in pm.actions:
        sign = plain(f"  {glyphs.tick if action.read_back else glyphs.hollow} ", parts.GOOD if action.read_back else "")
        owner = f"@{action.owner}" if action.owner else "no owner yet"
        due = f"by {saying.short_day(action.due)}" if action.due else "no date yet"
        causes = "cause " + ", ".join(names.get(cause, "?") for cause in action.causes)
        lacking = parts.tail(*(said for said in (owner, due) if said.startswith("no ")), style=parts.ACCENT)
        known = parts.tail(*(said for said in (owner, due, causes) if not said.startswith("no ")))
        yield Row(f"{ACTION}{action.id}", sign, joined(plain(action.text), lacking, known))
    yield parts.blank()


def _fields(pm: PostMortem) -> Iterator[Row]:
    closing = pm.closing
    present = sum(1 for person in pm.people if person.present)
    learned = ""
    if closing.learned is not None:
        learned = f"{closing.learned} of {present}" if present else str(closing.learned)
    fields = (
        (REPORT_OWNER, "Report owner", closing.report_owner, "who sees the report through?"),
        (AUDIENCE, "Goes to", closing.audience, "who should read it? Names, with commas between them"),
        (SHARE_ON, "Shared on", saying.day(closing.share_on) if closing.share_on else "", "by which day?"),
        (
            FOLLOW_UP,
            "Follow-up",
            saying.day(closing.follow_up_on) if closing.follow_up_on else "",
            "two to four weeks on; Enter takes three",
        ),
        (LEARNED, "Learned", learned, "hands up: who learned something new? A count, no names"),
    )
    for key, label, value, question in fields:
        lead = parts.padded(label, _LABEL, parts.QUIET if value else parts.ACCENT)
        yield Row(key, lead, plain(value) if value else plain(question, parts.QUIET))


def _shared(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    for sharing in pm.sharings:
        at = sharing.at.astimezone()
        lead = parts.padded(f"  {glyphs.tick} Sent", _LABEL, parts.GOOD)
        said = joined(plain(sharing.text), parts.tail(f"{saying.short_day(at.date())} {saying.here(sharing.at)}"))
        yield Row(f"{SHARING}{sharing.id}", lead, said)


def _questions(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    yield parts.blank()
    yield Row(
        ASK, parts.padded("Open questions", _LABEL + 1, parts.STRONG), plain("what could we not answer?", parts.QUIET)
    )
    for question in pm.questions:
        yield Row(f"{QUESTION}{question.id}", plain(f"  {glyphs.dot} "), plain(question.text))


def _end(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    yield parts.blank()
    if pm.closing.closed_at is None:
        yield parts.note("F6 ends the meeting and writes the report, here in the room.")
        return
    at = saying.here(pm.closing.closed_at)
    yield parts.note(f"{glyphs.tick} The meeting ended at {at}. Thank you.", style=parts.GOOD)
