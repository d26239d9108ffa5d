"""The one composition root: paths, database, services, app."""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final, Self

from pmfacil.core.errors import Unfit
from pmfacil.crash import CrashLog
from pmfacil.library import Library
from pmfacil.paths import (
    columns_path,
    crash_log_path,
    database_path,
    exports_path,
    reports_path,
    settings_path,
    templates_path,
)
from pmfacil.settings import is_zone, read_settings
from pmfacil.store import open_shelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmfacil.app import PmFacilApp
    from pmfacil.core.model import PostMortemId
    from pmfacil.crash import Calm
    from pmfacil.exports import Exports
    from pmfacil.screens.aids import Aids
    from pmfacil.settings import Settings
    from pmfacil.store.daily import Daily
    from pmfacil.store.upkeep import Upkeep


# A full collection of Textual's and our objects takes 50 to 80 ms, and by itself falls on the keys of somebody
# typing. What is there at the start stays to the end, so it is set apart; among what comes later, garbage is looked
# for after ten thousand new objects, not seven hundred. What a meeting makes between two full rounds is some MB.
_COLLECT_AFTER: Final = (10_000, 20, 20)

# Textual paints at beats. The first paint after a rest comes at once, but the one after it (the entry, when Enter has
# emptied the line) waits for the second beat: with 60 a second for 17 to 33 ms, with 500 for two to four.
_BEATS: Final = ("TEXTUAL_FPS", "500")

# Seconds until a thread that wants to run gets its turn. What is painted is written by a thread of Textual's, which
# waited for up to 5 ms (Python's own value) while the app went on with what is left to do after a paint.
_SWITCH: Final = 0.0005


@dataclass(frozen=True, slots=True)
class Workshop:
    """Everything a door (the app or the command line) works with; `with` closes the database in the end."""

    library: Library
    settings: Settings
    reports: Path
    complaints: tuple[str, ...]
    db: Path
    close: Callable[[], None]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_workshop(db: str | None = None) -> Workshop:
    """Open the database and read the settings; raises `CannotOpen`, and `Unfit` where `db` names no file."""
    settings, complaints = read_settings(settings_path())
    path = database_path(db)
    shelf = open_shelf(path)
    library = Library(shelf, _now, _new_id, zone=settings.zone or local_zone)
    return Workshop(library, settings, settings.reports or reports_path(), complaints, path, shelf.close)


def make_app(
    workshop: Workshop, start: PostMortemId | None = None, *, live: bool = False, calm: Calm | None = None
) -> PmFacilApp:
    """Return the app over a workshop, opening `start` where it is given, its meeting at once if `live`.

    `calm` is what it says first after a fault; then nothing is opened.
    """
    from pmfacil.app import PmFacilApp

    return PmFacilApp(
        workshop.library,
        workshop.reports,
        theme=workshop.settings.theme,
        aids=partial(_aids, workshop.settings),
        exports=partial(make_exports, workshop),
        start=start if calm is None else None,
        live=live,
        complaints=workshop.complaints if calm is None else (),
        daily=partial(make_daily, workshop.db),
        calm=calm,
    )


def _aids(settings: Settings) -> Aids:
    from pmfacil.columns import ColumnMemory
    from pmfacil.screens.aids import Aids

    return Aids(ColumnMemory(columns_path()), lexicon=settings.lexicon, prompts=settings.prompts)


def upkeep(db: str | None = None) -> Upkeep:
    """Return what looks after the database file as a whole; opens nothing."""
    from pmfacil.store.upkeep import Upkeep

    return Upkeep(database_path(db))


def make_daily(path: Path) -> Daily:
    """Return what is done to the database once a day."""
    from pmfacil.store.daily import Daily

    return Daily(path, _now)


def make_exports(workshop: Workshop) -> Exports:
    """Return how a workshop's reports are written."""
    from pmfacil.exports import Exports

    return Exports(workshop.reports, exports_path(), workshop.settings.hidden, templates_path())


def run_app(workshop: Workshop, start: PostMortemId | None = None, *, live: bool = False) -> int:
    """Run the app and return its exit code; refuses as `require_terminal` does."""
    require_terminal()
    sys.setswitchinterval(_SWITCH)
    os.environ.setdefault(*_BEATS)  # Textual reads it when it is first imported, which is later, in `make_app`
    from pmfacil.running import run_enduring

    def make(calm: Calm | None) -> PmFacilApp:
        app = make_app(workshop, start, live=live, calm=calm)
        gc.freeze()
        gc.set_threshold(*_COLLECT_AFTER)
        gc.enable()
        return app

    code = run_enduring(make, CrashLog(crash_log_path(), _now), clock=monotonic, present=sys.stdin.isatty)
    gc.freeze()  # everything is kept and the process ends: nobody needs the interpreter's last search for garbage
    return code


def require_terminal() -> None:
    """Refuse with `Unfit` where there is no terminal, or one that cannot place text: the app could not be used."""
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        msg = "The app needs a terminal to itself. For pipes and scripts there are commands: `pmfacil --help`."
        raise Unfit(msg)
    if os.environ.get("TERM") == "dumb":
        msg = "This terminal cannot place text (TERM=dumb). Use another one, or the commands: `pmfacil --help`."
        raise Unfit(msg)


def local_zone() -> str:
    """Return this machine's zone by its IANA name, or UTC where it does not tell."""
    told = os.environ.get("TZ", "").lstrip(":") or str(Path("/etc/localtime").resolve())
    name = _below_zoneinfo(told)
    return name if is_zone(name) else "UTC"


def _below_zoneinfo(place: str) -> str:
    """Return the zone that a path into the machine's zone files means; a plain name means itself."""
    parts = Path(place).parts
    folders = [index for index, part in enumerate(parts, 1) if part.startswith("zoneinfo")]
    return "/".join(parts[folders[-1] :]) if folders else place


def _new_id() -> str:
    from uuid import uuid4

    return uuid4().hex


def _now() -> datetime:
    return datetime.now(UTC)
