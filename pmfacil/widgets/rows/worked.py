"""What worked as rows: four areas, each with its lines; the highlighted area takes what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core.model import Area
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem, Strength
    from pmfacil.widgets.glyphs import Glyphs

_AREA: Final = "area:"

_QUESTIONS: Final = {
    Area.DETECTION: "how did we learn of it, and what made that quick?",
    Area.RESPONSE: "what helped people act: a habit, a tool, a trick?",
    Area.COMMUNICATION: "who knew in time, and how?",
    Area.LUCK: "would it have held on a Sunday night?",
}
_NAMES: Final = {
    Area.DETECTION: "Detection",
    Area.RESPONSE: "Response",
    Area.COMMUNICATION: "Communication",
    Area.LUCK: "Where we were lucky",
}


def area_key(area: Area) -> str:
    """Return the key of an area's own row."""
    return f"{_AREA}{area.value}"


def area_at(key: str, pm: PostMortem) -> Area:
    """Return the area that a key lies in; detection where it lies in none."""
    if key.startswith(_AREA):
        return Area(key.removeprefix(_AREA))
    return next((strength.area for strength in pm.strengths if strength.id == key), Area.DETECTION)


def worked_rows(pm: PostMortem, glyphs: Glyphs) -> list[Row]:
    """Return the whole body of the what-worked step."""
    rows: list[Row] = []
    for area in Area:
        if rows:
            rows.append(parts.blank())
        lead = plain(f"{_NAMES[area]}  ", parts.STRONG)
        rows.append(Row(area_key(area), lead, plain(_QUESTIONS[area], parts.QUIET)))
        rows.extend(_row(one, glyphs) for one in pm.strengths if one.area is area)
    return rows


def _row(strength: Strength, glyphs: Glyphs) -> Row:
    lead = plain(f"  {glyphs.filled} ", parts.GOOD)
    keep = plain(f"  {glyphs.star} keep", parts.ACCENT) if strength.keep else plain("")
    return Row(strength.id, lead, joined(plain(strength.text), keep))
