"""Names that rhyme, keys that do not collide, and texts that can be read on every ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.screens import step, timed
from pmfacil.screens.board import BOARD_COMMANDS
from pmfacil.screens.following import FOLLOWING_COMMANDS
from pmfacil.screens.library import LIBRARY_COMMANDS
from pmfacil.screens.prepare import PREPARE_COMMANDS
from pmfacil.screens.record import RECORD_COMMANDS
from pmfacil.screens.report import REPORT_COMMANDS
from pmfacil.screens.steps import screen_of
from pmfacil.screens.trends import TRENDS_COMMANDS
from pmfacil.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.theme import Theme

    from pmfacil.commands import Command


def _steps(base: type[step.StepScreen]) -> Iterator[type[step.StepScreen]]:
    for screen in base.__subclasses__():
        yield from _steps(screen)
        if "STEP" in vars(screen):
            yield screen


def test_the_module_of_a_screen_is_called_like_its_step() -> None:
    assert callable(screen_of)  # brings every step's screen along
    for screen in _steps(step.StepScreen):
        module = screen.__module__.rpartition(".")[2]
        assert module == ("opening" if screen.STEP.value == "open" else screen.STEP.value)


def test_no_two_commands_of_one_screen_share_a_key_or_an_id() -> None:
    for screen in _steps(step.StepScreen):
        commands = [*step._HEAD, *screen.COMMANDS_HERE, *step._TAIL, *timed.TIME_COMMANDS, *step._GOTO]
        keys = [command.key for command in commands if command.key]
        assert len(set(keys)) == len(keys), screen
        assert len({command.id for command in commands}) == len(commands)


@pytest.mark.parametrize(
    "commands",
    [
        BOARD_COMMANDS,
        FOLLOWING_COMMANDS,
        LIBRARY_COMMANDS,
        PREPARE_COMMANDS,
        RECORD_COMMANDS,
        REPORT_COMMANDS,
        TRENDS_COMMANDS,
    ],
    ids=lambda commands: commands[0].id,
)
def test_no_two_commands_of_one_page_share_a_key_or_an_id(commands: tuple[Command, ...]) -> None:
    keys = [command.key for command in commands if command.key]
    assert len(set(keys)) == len(keys)
    assert len({command.id for command in commands}) == len(commands)
    assert all(command.help for command in commands)


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str | None, other: str | None) -> float:
    darker, lighter = sorted((_luminance(one or ""), _luminance(other or "")))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [theme for theme in THEMES if not theme.ansi], ids=lambda theme: theme.name)
def test_every_text_can_be_read(theme: Theme) -> None:
    """WCAG 2: 4.5:1 for every text on every ground that it stands on, 7:1 for the question and the clock."""
    texts = (theme.foreground, theme.primary, theme.accent, theme.success, theme.error, theme.variables["quiet"])
    for ground in (theme.background, theme.surface, theme.panel, theme.variables["highlight"]):
        for text in texts:
            assert _contrast(text, ground) >= 4.5, (text, ground)
    assert _contrast(theme.foreground, theme.background) >= 7
    assert _contrast(theme.variables["on-filled"], theme.variables["filled"]) >= 7
