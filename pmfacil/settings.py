"""What the user may set in `settings.toml`; a bad value costs a sentence, never the start."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pmfacil.core.agenda import Step
from pmfacil.core.errors import Unfit
from pmfacil.paths import expanded, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pmfacil.core.guide import Prompt
    from pmfacil.wording.lexicon import Lexicon

THEMES: Final = ("calm", "projector", "terminal")


@dataclass(frozen=True, slots=True)
class Settings:
    """`theme` is one of `THEMES`; `reports` is a folder; `zone` an IANA name; empty means the machine's own.

    `words` are the team's own for the wording check, `prompts` its own questions for a step;
    `hidden` are words that a report for readers outside masks.
    """

    theme: str = "calm"
    reports: Path | None = None
    zone: str = ""
    words: Mapping[str, object] = field(default_factory=dict)
    prompts: Mapping[Step, tuple[Prompt, ...]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()

    @property
    def lexicon(self) -> Lexicon:
        """The words of the wording check, the team's own among them."""
        from pmfacil.wording.lexicon import BUILT_IN, extended

        return extended(BUILT_IN, self.words)


def read_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings in the file and a sentence for each value that could not be used (the default stands)."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, UnicodeDecodeError) as fault:
        return Settings(), (_unreadable(path, fault),)
    import tomllib

    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        return Settings(), (_unreadable(path, fault),)
    settings, complaints = Settings(), []
    for key, value in found.items():
        taker = _TAKERS.get(key)
        taken = taker(settings, value) if taker else None
        if taken is None:
            complaints.append(f"{shown(path)}: {key} = {value!r} {_HINTS.get(key, _UNKNOWN)}")
        else:
            settings = taken
    return settings, tuple(complaints)


def is_zone(name: str) -> bool:
    """Tell whether this machine knows a zone by that IANA name."""
    from pmfacil.core.saying import zone_of

    return bool(name) and str(zone_of(name)) == name


def _unreadable(path: Path, fault: Exception) -> str:
    why = fault.strerror if isinstance(fault, OSError) else fault
    return f"{shown(path)} cannot be read ({why}); the defaults are used."


def _theme(settings: Settings, value: object) -> Settings | None:
    return replace(settings, theme=value) if isinstance(value, str) and value in THEMES else None


def _reports(settings: Settings, value: object) -> Settings | None:
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        return replace(settings, reports=expanded(value))
    except Unfit:
        return None


def _zone(settings: Settings, value: object) -> Settings | None:
    return replace(settings, zone=value) if isinstance(value, str) and is_zone(value) else None


def _lexicon(settings: Settings, value: object) -> Settings | None:
    if not isinstance(value, dict):
        return None
    extending = replace(settings, words=value)
    try:
        _ = extending.lexicon
    except ValueError:
        return None
    return extending


def _hidden(settings: Settings, value: object) -> Settings | None:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        return None
    return replace(settings, hidden=tuple(word.strip() for word in value))


def _prompts(settings: Settings, value: object) -> Settings | None:
    if not isinstance(value, dict):
        return None
    from pmfacil.core.guide import Prompt

    steps = {step.value: step for step in Step}
    prompts: dict[Step, tuple[Prompt, ...]] = {}
    for name, questions in value.items():
        if name not in steps or not isinstance(questions, list):
            return None
        if not all(isinstance(question, str) and question.strip() for question in questions):
            return None
        prompts[steps[name]] = tuple(Prompt(question.strip()) for question in questions)
    return replace(settings, prompts=prompts)


_TAKERS: Final[dict[str, Callable[[Settings, object], Settings | None]]] = {
    "theme": _theme,
    "reports": _reports,
    "zone": _zone,
    "lexicon": _lexicon,
    "prompts": _prompts,
    "hidden": _hidden,
}
_HINTS: Final = {
    "theme": f"is no theme; {', '.join(THEMES)} are.",
    "reports": 'is no folder; write it as a text: reports = "~/reports".',
    "zone": 'is no time zone; write one like zone = "Europe/London".',
    "lexicon": 'is no list of words; write a table like [lexicon] and in it people = ["night crew"].',
    "hidden": 'is no list of words; write hidden = ["Project Falcon", "shard 17"].',
    "prompts": f'is no list of questions; write a table [prompts] with a step ({", ".join(Step)}) = ["…?"].',
}
_UNKNOWN: Final = f"is not a setting; {', '.join(_TAKERS)} are."
