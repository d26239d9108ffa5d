"""Three themes: a calm dark one, a projector one of highest contrast, and the terminal's own colours."""

from __future__ import annotations

from typing import Final

from textual.theme import BUILTIN_THEMES, Theme

CALM: Final = Theme(
    name="calm",
    primary="#7AA2C9",
    secondary="#7AA2C9",
    accent="#E3B261",
    success="#8FBF8A",
    warning="#E3B261",
    error="#E08A7B",
    foreground="#D7DEE6",
    background="#11161C",
    surface="#171E26",
    panel="#1D2630",
    dark=True,
    text_alpha=1.0,
    variables={
        "quiet": "#98A4B0",
        "filled": "#2C3E50",
        "on-filled": "#FFFFFF",
        "highlight": "#22303E",
        "rule": "#2A3540",
        "input-cursor-background": "#D7DEE6",
        "input-cursor-foreground": "#11161C",
        "input-selection-background": "#2C3E50",
    },
)

PROJECTOR: Final = Theme(
    name="projector",
    primary="#0B4F8A",
    secondary="#0B4F8A",
    accent="#8A4B00",
    success="#1E6B2B",
    warning="#8A4B00",
    error="#A3221A",
    foreground="#111417",
    background="#FFFFFF",
    surface="#F4F6F8",
    panel="#E9EDF0",
    dark=False,
    text_alpha=1.0,
    variables={
        "quiet": "#4A535C",
        "filled": "#C3D4E3",
        "on-filled": "#000000",
        "highlight": "#DCE6EF",
        "rule": "#C9D1D8",
        "input-cursor-background": "#111417",
        "input-cursor-foreground": "#FFFFFF",
        "input-selection-background": "#C3D4E3",
    },
)

TERMINAL: Final = Theme(
    name="terminal",
    primary="ansi_blue",
    secondary="ansi_cyan",
    accent="ansi_yellow",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    ansi=True,
    variables={
        **BUILTIN_THEMES["ansi-dark"].variables,
        "quiet": "ansi_default",
        "filled": "ansi_blue",
        "on-filled": "ansi_bright_white",
        "highlight": "ansi_blue",
        "rule": "ansi_bright_black",
        "input-cursor-background": "ansi_white",
        "input-cursor-foreground": "ansi_black",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_white",
    },
)

THEMES: Final = (CALM, PROJECTOR, TERMINAL)
