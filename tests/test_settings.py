"""A settings file that people edit by hand, with what goes wrong when they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.core.agenda import Step
from pmfacil.core.guide import Prompt
from pmfacil.settings import THEMES, Settings, is_zone, read_settings
from pmfacil.themes import THEMES as DRAWN

if TYPE_CHECKING:
    from pathlib import Path


def test_every_theme_that_can_be_set_is_drawn() -> None:
    assert set(THEMES) == {theme.name for theme in DRAWN}


@pytest.mark.parametrize(
    "line",
    [
        'reports = "~nobody-of-that-name/x"',
        r'reports = "a\u0000b"',
        'reports = " "',
        'zone = "Europe"',
        'zone = ""',
        'zone = "../../etc/passwd"',
        "zone = 7",
        "theme = []",
        "theme.calm = true",
        "lexicon = 3",
        "lexicon.odd = []",
        "prompts = 3",
        'prompts.lunch = ["?"]',
        'prompts.causes = "?"',
        'prompts.causes = [" "]',
    ],
)
def test_an_odd_value_costs_a_sentence_and_not_the_start(tmp_path: Path, line: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(line, encoding="utf-8")
    settings, (complaint,) = read_settings(file)
    assert settings == Settings()
    assert complaint.startswith(f"{file}: {line.partition(' ')[0].partition('.')[0]} = ")
    assert complaint.isprintable()


def test_a_good_value_stands_beside_a_bad_one(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('theme = "neon"\nzone = "Asia/Tokyo"', encoding="utf-8")
    settings, complaints = read_settings(file)
    assert settings == Settings(zone="Asia/Tokyo")
    assert len(complaints) == 1


def test_a_folder_in_the_place_of_the_file_costs_a_sentence(tmp_path: Path) -> None:
    settings, (complaint,) = read_settings(tmp_path)
    assert settings == Settings()
    assert "cannot be read" in complaint


@pytest.mark.parametrize(
    ("name", "known"), [("UTC", True), ("Asia/Tokyo", True), ("", False), ("Asia", False), ("/etc/localtime", False)]
)
def test_a_zone_is_a_name_that_this_machine_knows(name: str, known: bool) -> None:
    assert is_zone(name) is known


def test_a_team_brings_its_own_words_and_questions(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[lexicon]\npeople = ["night crew"]\n[prompts]\ncauses = [" What would the night shift say? "]\n')
    settings, complaints = read_settings(file)
    assert complaints == ()
    assert settings.lexicon.people == ("night crew",)
    assert settings.prompts == {Step.CAUSES: (Prompt("What would the night shift say?"),)}
