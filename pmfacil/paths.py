"""Where things live on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_documents_path, user_log_path

from pmfacil.core.errors import Unfit
from pmfacil.core.text import visible

_NAME = "pmfacil"


def database_path(given: str | None = None) -> Path:
    """Return the database file: `given` (from `--db`), else `PMFACIL_DB`, else the platform's data folder.

    Refuses with `Unfit` a name that names no file: a script whose variable is empty must not reach the usual one.
    """
    if given is not None and not given.strip():
        msg = "--db names no file. Give it one, or leave it out."
        raise Unfit(msg)
    chosen = given or os.environ.get("PMFACIL_DB")
    return expanded(chosen) if chosen else user_data_path(_NAME, appauthor=False) / "pmfacil.db"


def settings_path() -> Path:
    """Return the settings file that the user may edit."""
    return user_config_path(_NAME, appauthor=False) / "settings.toml"


def columns_path() -> Path:
    """Return the file that remembers which columns of a table say when and what."""
    return user_config_path(_NAME, appauthor=False) / "columns.json"


def exports_path() -> Path:
    """Return the file that remembers in which forms reports were written last."""
    return user_config_path(_NAME, appauthor=False) / "exports.json"


def crash_log_path() -> Path:
    """Return the file that says where in the program something went wrong."""
    return user_log_path(_NAME, appauthor=False) / "crashes.log"


def templates_path() -> Path:
    """Return the folder of a team's own report templates."""
    return user_config_path(_NAME, appauthor=False) / "templates"


def reports_path() -> Path:
    """Return the folder into which reports go unless another one is chosen."""
    return user_documents_path() / "post-mortems"


def expanded(typed: str) -> Path:
    """Return the path somebody typed, with `~` as a home folder; refuses with `Unfit` what can be no path here."""
    try:
        os.fsencode(typed)
        if "\0" not in typed:
            return Path(typed).expanduser()
    except UnicodeEncodeError:
        pass  # half a character, as a broken terminal types it
    except RuntimeError as fault:
        msg = f"{typed} begins with the home folder of somebody unknown here. Write the whole path."
        raise Unfit(msg) from fault
    msg = f"{visible(typed)} holds characters that no file's name can. Write the path again."
    raise Unfit(msg)


def shown(path: Path) -> str:
    """Return where something is as it may be said on a shared screen: without the name of whose home it is in."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - where nobody's home is known, pathlib raises
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)


def make_folder(folder: Path, mode: int = 0o700) -> None:
    """Make a folder, and those above it, for nobody but the user unless `mode` says more; what is there stays.

    Raises `OSError`. `Path.mkdir` gives its mode to the last folder only; the XDG base directory specification asks
    for 0700 on the way, too.
    """
    for one in (*reversed(folder.parents), folder):
        if not one.is_dir():
            one.mkdir(mode=mode, exist_ok=True)
