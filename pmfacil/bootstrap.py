"""The one composition root: paths, database, services, app."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from pmfacil.library import Library
from pmfacil.paths import database_path, reports_path, settings_path
from pmfacil.settings import read_settings
from pmfacil.store import open_shelf

if TYPE_CHECKING:
    from pmfacil.app import PmFacilApp
    from pmfacil.core.model import PostMortemId
    from pmfacil.settings import Settings


@dataclass(frozen=True, slots=True)
class Workshop:
    """Everything a door (the app or the command line) works with."""

    library: Library
    settings: Settings
    reports: Path
    complaints: tuple[str, ...]


def open_workshop(db: str | None = None) -> Workshop:
    """Open the database and read the settings; raises `CannotOpen`."""
    settings, complaints = read_settings(settings_path())
    shelf = open_shelf(database_path(db))
    library = Library(shelf, _now, lambda: uuid4().hex, zone=settings.zone or local_zone())
    return Workshop(library, settings, settings.reports or reports_path(), complaints)


def make_app(workshop: Workshop, start: PostMortemId | None = None) -> PmFacilApp:
    """Return the app over a workshop, opening `start` where it is given."""
    from pmfacil.app import PmFacilApp  # noqa: PLC0415 - the command line never needs Textual

    return PmFacilApp(
        workshop.library,
        workshop.reports,
        theme=workshop.settings.theme,
        start=start,
        complaints=workshop.complaints,
    )


def local_zone() -> str:
    """Return this machine's zone by its IANA name, or UTC where it does not tell."""
    named = os.environ.get("TZ", "").lstrip(":")
    if named:
        return named if "/" in named else "UTC"
    parts = Path("/etc/localtime").resolve().parts
    return "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else "UTC"


def _now() -> datetime:
    return datetime.now(UTC)
