"""The root causes as rows: impact, trigger, the tree of whys with its guides, and what the gate waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from pmfacil.core import saying
from pmfacil.core.gate import settlement_standing, verdict
from pmfacil.core.model import Mark
from pmfacil.core.tree import walk
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.core.model import PostMortem
    from pmfacil.core.tree import Branch
    from pmfacil.widgets.glyphs import Glyphs

IMPACT: Final = "impact"
TRIGGER: Final = "trigger"

_STYLES: Final = {
    Mark.OPEN: "bold $accent",
    Mark.CONTRIBUTING: "$primary",
    Mark.ROOT: "bold $success",
    Mark.STOPPED: "$quiet",
}
_FACT = 9  # cells of "Trigger" and the gap after it


def causes_rows(pm: PostMortem, glyphs: Glyphs) -> list[Row]:
    """Return the whole body of the root causes step."""
    rows = [
        _fact(IMPACT, "Impact", pm.impact, "what did it do to people, and for how long?", bold=True),
        _fact(TRIGGER, "Trigger", pm.trigger, "what set it off? Named once, apart from the causes"),
    ]
    if pm.causes:
        rows.append(parts.blank())
        rows.extend(_lines(pm, glyphs))
    return [*rows, *_waiting(pm, glyphs)]


def _fact(key: str, label: str, text: str, question: str, *, bold: bool = False) -> Row:
    lead = parts.padded(label, _FACT, parts.STRONG if bold and text else parts.QUIET if text else parts.ACCENT)
    words = plain(text, parts.STRONG if bold else "") if text else plain(question, parts.QUIET)
    return Row(key, lead, words)


def _lines(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    zone = saying.zone_of(pm.zone)
    times = {entry.id: saying.when(entry, zone) for entry in pm.entries}
    whys = len(f"why {max(branch.depth for branch in walk(pm.causes))}") + 2
    for branch in walk(pm.causes):
        line = branch.cause
        style = _STYLES[line.mark] if branch.leaf else "$foreground"
        evidence = " ".join(times[one] for one in line.evidence)
        mark = f"{glyphs.of_mark(line.mark)} {line.mark.value}  " if branch.leaf else ""
        yield Row(
            line.id,
            joined(parts.padded(f"why {branch.depth}", whys, style), plain(_guides(branch, glyphs), parts.QUIET)),
            joined(
                plain(mark, style),
                plain(line.text, style if line.mark in (Mark.ROOT, Mark.OPEN) and branch.leaf else ""),
                parts.tail(f"evidence {evidence}" if evidence else "", line.reason),
            ),
            follow=joined(Content(" " * whys), plain(_guides(branch, glyphs, further=True), parts.QUIET)),
        )


def _guides(branch: Branch, glyphs: Glyphs, *, further: bool = False) -> str:
    *above, last = branch.lasts
    drawn = "".join("  " if done else glyphs.through for done in above)
    if further:
        return drawn + ("  " if last else glyphs.through)
    return drawn + (glyphs.last if last else glyphs.branch)


def _waiting(pm: PostMortem, glyphs: Glyphs) -> Iterator[Row]:
    yield parts.blank()
    settled = settlement_standing(pm)
    if settled is not None:
        at = saying.here(settled.at)
        yield parts.note(f"{glyphs.tick} Settled at {at}: the room called the picture complete", style=parts.GOOD)
        return
    yield parts.note("Before actions open:")
    for missing in verdict(pm):
        yield parts.note(f"{glyphs.dot} {missing.sentence}")
    if pm.landing is not None:
        day = pm.landing.part_two_on
        yield parts.note(
            f"Landed: the causes are incomplete. Part two {'on ' + saying.day(day) if day else 'has no day yet'}.",
            style=parts.ACCENT,
        )
