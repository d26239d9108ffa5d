"""Where things live on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_documents_path

_NAME = "pmfacil"


def database_path(given: str | None = None) -> Path:
    """Return the database file: `given` (from `--db`), else `PMFACIL_DB`, else the platform's data folder."""
    chosen = given or os.environ.get("PMFACIL_DB")
    return Path(chosen).expanduser() if chosen else user_data_path(_NAME, appauthor=False) / "pmfacil.db"


def settings_path() -> Path:
    """Return the settings file that the user may edit."""
    return user_config_path(_NAME, appauthor=False) / "settings.toml"


def reports_path() -> Path:
    """Return the folder into which reports go unless another one is chosen."""
    return user_documents_path() / "post-mortems"
