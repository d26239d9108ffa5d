"""A team's own templates for the Markdown and the HTML report, in Jinja2's sandbox.

What people typed is escaped wherever a template shows it, so that a template can change the wording and the order of
sections, and never let words become markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pmfacil.core.errors import Unfit
from pmfacil.paths import shown
from pmfacil.report import html, markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from jinja2.runtime import Context

    from pmfacil.report.document import Report, Section

# Whatever filters and operators raise on what they were not made for: a template may put anything to any of them.
_FAULTS: Final = (
    TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, AssertionError, RuntimeError,
    MemoryError,
)  # fmt: skip

_WIDENING: Final = frozenset(["format", "format_map", "center", "ljust", "rjust", "zfill", "expandtabs"])


class Kind(StrEnum):
    """Which report a template is for; the value is the name of its file."""

    MARKDOWN = "report.md.jinja"
    HTML = "report.html.jinja"


class _Ready(str):
    """Text that is markup already; only pmfacil makes it, so that no filter of a template can."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A section as a template sees it: `body` is ready to be shown."""

    key: str
    title: str
    body: _Ready


def starting_point(kind: Kind) -> str:
    """Return the template that writes what pmfacil writes without one, for a team to begin with."""
    return files("pmfacil.report").joinpath(kind.value).read_text(encoding="utf-8")


def filled(kind: Kind, source: str, report: Report) -> str:
    """Return the report as a template writes it; refuses with `Unfit`, naming the line, where the template is wrong."""
    try:
        template = _environment(kind).from_string(source)
        return template.render(**_told(report, _body(kind)), style=_Ready(html.style())).rstrip() + "\n"
    except TemplateSyntaxError as fault:
        msg = f"{kind.value}, line {fault.lineno}: {fault.message}. Mend it, or take it away to use pmfacil's own."
        raise Unfit(msg) from fault
    except _FAULTS as fault:
        msg = f"{kind.value}: {fault}. Mend it, or take it away to use pmfacil's own."
        raise Unfit(msg) from fault


def read_template(folder: Path, kind: Kind) -> str | None:
    """Return a team's template; None where there is none. Refuses with `Unfit` where it cannot be read."""
    path = folder / kind.value
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as fault:
        msg = f"{shown(path)} cannot be read ({fault}). Mend it, or take it away to use pmfacil's own."
        raise Unfit(msg) from fault


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox without what fills a memory, or takes hours, in a few characters: powers, and words made wide."""

    intercepted_binops = frozenset(["**", "*", "%"])

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Tell whether a template may reach an attribute."""
        return attr not in _WIDENING and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: object) -> None:
        """Refuse `str.format`, which the sandbox hands out before it asks `is_safe_attribute`."""
        if super().wrap_str_format(value) is not None:
            msg = "access to 'format' is unsafe: a width may be a billion"
            raise SecurityError(msg)

    def call_binop(self, _context: Context, operator: str, left: object, right: object) -> object:
        """Multiply or divide numbers; raises `SecurityError` for powers, and for words to be said a billion times."""
        if operator == "**" or not (isinstance(left, int | float) and isinstance(right, int | float)):
            msg = f"“{operator}” is for numbers only, and there are no powers"
            raise SecurityError(msg)
        return left * right if operator == "*" else left % right


def _environment(kind: Kind) -> ImmutableSandboxedEnvironment:
    # pmfacil's own escaping, in both forms: Jinja2 would know only that of HTML.
    escape = markdown.escaped if kind is Kind.MARKDOWN else html.escaped

    def shown(value: object) -> object:
        return value if isinstance(value, _Ready) else escape(str(value))

    sandbox = _Sandbox(
        undefined=StrictUndefined, finalize=shown, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    for name in _WIDENING & sandbox.filters.keys():
        del sandbox.filters[name]
    return sandbox


def _told(report: Report, body: Callable[[Section], str]) -> dict[str, object]:
    def parts(sections: Sequence[Section]) -> list[_Part]:
        return [_Part(one.key, one.title, _Ready(body(one))) for one in sections]

    sections, appendix = parts(report.sections), parts(report.appendix)
    return {
        "title": report.title,
        "facts": [{"label": label, "value": value} for label, value in report.facts],
        "sections": sections,
        "appendix": appendix,
        "section": {part.key: part for part in (*sections, *appendix)},
    }


def _body(kind: Kind) -> Callable[[Section], str]:
    return markdown.body if kind is Kind.MARKDOWN else html.body


KINDS: Final = tuple(Kind)
