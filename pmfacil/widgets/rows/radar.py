"""The radar as rows: how long things took, and what the timeline does not say yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core import saying
from pmfacil.core.measures import Duration, Status, durations
from pmfacil.core.radar import Blip, Concern, radar
from pmfacil.widgets.plain import plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.model import PostMortem
    from pmfacil.widgets.glyphs import Glyphs

_HEADINGS: Final = {
    Concern.CONTRADICTION: "Can both be so?",
    Concern.SIGNAL: "Seen, and not acted on",
    Concern.GAP: "What happened in between?",
    Concern.MISSING: "When was this?",
    Concern.RECOLLECTION: "From memory",
}


def radar_rows(pm: PostMortem, glyphs: Glyphs) -> list[Row]:
    """Return the page: durations first, then what is worth a question, a heading for each kind."""
    if not pm.entries:
        return []
    return [*_durations(pm), *_blips(radar(pm), pm, glyphs)]


def said_length(duration: Duration) -> str:
    """Return a duration as it may honestly be said."""
    match duration.status:
        case Status.RECORDED if duration.length is not None:
            return f"{'about ' if duration.approximate else ''}{saying.length(duration.length)}"
        case Status.PENDING:
            return "pending"
        case Status.INVALID:
            return "ends before it starts"
        case _:
            return "does not apply"


def _durations(pm: PostMortem) -> Iterator[Row]:
    yield parts.heading("How long it took to")
    for duration in durations(pm):
        style = {Status.RECORDED: parts.STRONG, Status.INVALID: parts.BAD}.get(duration.status, parts.QUIET)
        lead = parts.padded(f"  {duration.name.removeprefix('time to ')}", 15)
        yield Row("", lead, plain(said_length(duration), style))


def _blips(blips: tuple[Blip, ...], pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    zone = saying.zone_of(pm.zone)
    at = {entry.id: entry.at for entry in pm.entries}
    told: Concern | None = None
    for blip in blips:
        if blip.concern is not told:
            yield parts.blank()
            yield parts.heading(_HEADINGS[blip.concern])
            told = blip.concern
        instant = at.get(blip.entry) if blip.entry is not None else None
        when = f"{saying.clock(instant, zone)}  " if instant and blip.concern is not Concern.RECOLLECTION else ""
        text = f"before {when}{blip.text}" if blip.concern is Concern.GAP else f"{when}{blip.text}"
        yield Row(blip.entry or "", plain(f"  {glyphs.dot} ", parts.QUIET), plain(text))
