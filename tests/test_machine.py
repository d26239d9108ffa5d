"""Where pmfacil finds things: paths, settings, the machine's zone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmfacil.bootstrap import local_zone, make_app, open_workshop
from pmfacil.paths import database_path, reports_path, settings_path
from pmfacil.settings import Settings, read_settings


def test_the_database_is_where_it_was_said_to_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert database_path().name == "pmfacil.db"
    monkeypatch.setenv("PMFACIL_DB", str(tmp_path / "env.db"))
    assert database_path() == tmp_path / "env.db"
    assert database_path("~/given.db") == Path("~/given.db").expanduser()
    assert reports_path().name == "post-mortems"


def test_without_a_file_the_defaults_stand(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == (Settings(), ())


def test_settings_are_read(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('theme = "projector"\nreports = "~/reports"\nzone = "Europe/London"\n')
    settings, complaints = read_settings(file)
    assert settings == Settings("projector", Path("~/reports").expanduser(), "Europe/London")
    assert complaints == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('theme = "neon"', "calm, projector, terminal are"),
        ("reports = 3", "write it as a text"),
        ('zone = "Atlantis"', 'zone = "Europe/London"'),
        ('colour = "red"', "is not a setting; theme, reports, zone, lexicon, prompts, hidden are"),
    ],
)
def test_a_bad_value_costs_a_sentence_and_nothing_else(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(line)
    settings, (complaint,) = read_settings(file)
    assert settings == Settings()
    assert said in complaint


@pytest.mark.parametrize("data", [b"theme = ", b"\xff\xfe", b"= 3"])
def test_a_file_that_is_no_toml_costs_a_sentence_too(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(data)
    assert "cannot be read" in read_settings(file)[1][0]


def test_the_app_starts_with_a_complaint_about_the_settings(tmp_path: Path) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text('theme = "neon"')
    workshop = open_workshop(str(tmp_path / "a.db"))
    assert "neon" in workshop.complaints[0]
    assert make_app(workshop).theme == "calm"
    assert workshop.library.new_id() != workshop.library.new_id()
    assert workshop.library.now().tzinfo is not None


def test_the_zone_is_the_machines_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/London")
    assert local_zone() == "Europe/London"
    monkeypatch.setenv("TZ", "UTC")
    assert local_zone() == "UTC"
    monkeypatch.delenv("TZ")
    monkeypatch.setattr(Path, "resolve", lambda _self: Path("/usr/share/zoneinfo/Asia/Tokyo"))
    assert local_zone() == "Asia/Tokyo"
    monkeypatch.setattr(Path, "resolve", lambda self: self)
    assert local_zone() == "UTC"
