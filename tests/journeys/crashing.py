"""pmfacil with faults in it: F2 asks no question but breaks, as loudly as it can, and F12 breaks what paints."""

from __future__ import annotations

import sys
from typing import NoReturn

from pmfacil.__main__ import main
from pmfacil.screens.timed import TimedScreen
from pmfacil.widgets.plain import Line

WORDS = "Kestrel"


def broken(screen: TimedScreen) -> None:
    """Fail with people's words in the message and in the variables."""
    words = f"{WORDS} in {screen}"
    raise RuntimeError(words)


def unpainted(screen: TimedScreen) -> None:
    """Fail once when the next line is painted."""
    painted = Line.drawn

    def fail(*_given: object) -> NoReturn:
        Line.drawn = painted  # type: ignore[method-assign]  # once is enough
        raise ValueError(WORDS)

    Line.drawn = fail  # type: ignore[method-assign,assignment]  # that is the fault
    screen.say("painted now")


if __name__ == "__main__":
    TimedScreen.action_question = broken  # type: ignore[method-assign,assignment]  # that is the fault
    TimedScreen.action_presenter = unpainted  # type: ignore[method-assign,assignment]  # as above
    sys.exit(main())
