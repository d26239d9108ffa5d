"""What the user may set in `settings.toml`; a bad value costs a sentence, never the start."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

if TYPE_CHECKING:
    from collections.abc import Callable

THEMES: Final = ("calm", "projector", "terminal")


@dataclass(frozen=True, slots=True)
class Settings:
    """`theme` is one of `THEMES`; `reports` is a folder; `zone` an IANA name; empty means the machine's own."""

    theme: str = "calm"
    reports: Path | None = None
    zone: str = ""


def read_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings in the file and a sentence for each value that could not be used (the default stands)."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        return Settings(), (f"{path} cannot be read ({fault}); the defaults are used.",)
    settings, complaints = Settings(), []
    for key, value in found.items():
        taker = _TAKERS.get(key)
        taken = taker(settings, value) if taker else None
        if taken is None:
            complaints.append(f"{path}: {key} = {value!r} {_HINTS.get(key, _UNKNOWN)}")
        else:
            settings = taken
    return settings, tuple(complaints)


def _theme(settings: Settings, value: object) -> Settings | None:
    return replace(settings, theme=value) if isinstance(value, str) and value in THEMES else None


def _reports(settings: Settings, value: object) -> Settings | None:
    return replace(settings, reports=Path(value).expanduser()) if isinstance(value, str) and value else None


def _zone(settings: Settings, value: object) -> Settings | None:
    return replace(settings, zone=value) if isinstance(value, str) and value in available_timezones() else None


_TAKERS: Final[dict[str, Callable[[Settings, object], Settings | None]]] = {
    "theme": _theme,
    "reports": _reports,
    "zone": _zone,
}
_HINTS: Final = {
    "theme": f"is no theme; {', '.join(THEMES)} are.",
    "reports": 'is no folder; write it as a text: reports = "~/reports".',
    "zone": 'is no time zone; write one like zone = "Europe/London".',
}
_UNKNOWN: Final = f"is not a setting; {', '.join(_TAKERS)} are."
