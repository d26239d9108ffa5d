"""Zones as people write them beside a time: UTC, PST, CEST, UTC+2, +01:00, Eastern, Europe/London."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Minutes east of UTC. Only abbreviations that name one offset where people write English post-mortems: "IST" is
# India, Ireland or Israel, so it stays a word of the text.
_OFFSETS: Final = {
    "UTC": 0, "GMT": 0, "Z": 0, "BST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180,
    "MSK": 180, "SGT": 480, "HKT": 480, "AWST": 480, "JST": 540, "KST": 540, "ACST": 570, "AEST": 600, "AEDT": 660,
    "NZST": 720, "NZDT": 780, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360,
    "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600,
}  # fmt: skip
# Names that mean summer or winter time as the day has it.
_PLACES: Final = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    "EASTERN": "America/New_York", "CENTRAL": "America/Chicago", "MOUNTAIN": "America/Denver",
    "PACIFIC": "America/Los_Angeles",
}  # fmt: skip
_FURTHEST: Final = 14 * 60  # no place on earth is further from UTC

_WRITTEN: Final = {*_OFFSETS, "ET", "CT", "MT", "PT"} - {"Z"}
# In small letters only those that are no English word ("est." is an estimate).
_SMALL: Final = {name.lower() for name in ("UTC", "GMT", "BST", "CET", "CEST", "PST", "PDT", "EDT", "CDT", "MDT")}
_ABBREVIATIONS: Final = "|".join(sorted({*_WRITTEN, *_SMALL}, key=len, reverse=True))
PATTERN: Final = rf"""
    (?: (?:{_ABBREVIATIONS})(?:\s?[+-]\d{{1,2}}(?::?\d{{2}})?(?!\d))?(?![A-Za-z0-9_])
      | (?:Eastern|Central|Mountain|Pacific)(?:\s(?:Standard|Daylight|Summer))?(?:\s[Tt]ime)?(?![A-Za-z0-9_/])
      | Z(?![A-Za-z0-9_])
      | [+-]\d{{2}}:?\d{{2}}(?!\d)
      | (?:Africa|America|Asia|Australia|Europe|Pacific|Atlantic|Indian)/[A-Z][A-Za-z_]+
    )"""
"""A verbose pattern that matches a zone beside a time."""

_OFFSET: Final = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$")


def zone_named(written: str) -> tzinfo | None:
    """Return the zone that is written there; None where it names none that can be known."""
    name = written.strip()
    if not name:
        return None
    if "/" in name:
        return _place(name)
    word = re.split(r"[\s+-]", name, maxsplit=1)[0].upper()
    if word in _PLACES:
        return _place(_PLACES[word])
    if word and word not in _OFFSETS:
        return None
    minutes = _OFFSETS.get(word, 0)
    if offset := _OFFSET.search(name):
        shift = int(offset[2]) * 60 + int(offset[3] or 0)
        minutes += -shift if offset[1] == "-" else shift
    return timezone(timedelta(minutes=minutes)) if abs(minutes) <= _FURTHEST else None


def _place(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
