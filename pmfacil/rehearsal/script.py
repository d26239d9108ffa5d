"""The script of the rehearsal: what the room says, step by step, as a facilitator would type it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from pmfacil import codec
from pmfacil.core.agenda import Step
from pmfacil.core.kind import Kind
from pmfacil.core.model import Area, Mark


@dataclass(frozen=True)
class Cue:
    """One thing that the room says or does. `do` names it; `line` is what is typed for it."""

    do: str
    line: str = ""
    star: bool = False
    under: str = ""
    mark: Mark = Mark.OPEN
    reason: str = ""
    evidence: tuple[int, ...] = ()
    area: Area = Area.DETECTION
    keep: bool = False
    fix: str = ""
    cause: str = ""


@dataclass(frozen=True)
class Script:
    """A whole meeting, ready to be held."""

    title: str
    kind: Kind
    occurred_on: date
    zone: str
    steps: dict[Step, tuple[Cue, ...]]

    @property
    def entries(self) -> tuple[Cue, ...]:
        """The timeline's lines, in order; evidence points into them."""
        return tuple(cue for cue in self.steps[Step.TIMELINE] if cue.do == "entry")


@cache
def load_script() -> Script:
    """Return the script that comes with pmfacil."""
    data = files("pmfacil.rehearsal").joinpath("notebook_outage.json").read_text(encoding="utf-8")
    return codec.value(Script, json.loads(data))
