"""The forms in which a report can be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

from pmfacil import codec
from pmfacil.core.errors import Unfit
from pmfacil.report.composing import compose
from pmfacil.report.html import html
from pmfacil.report.markdown import markdown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pmfacil.core.model import PostMortem
    from pmfacil.core.sitting import Sitting
    from pmfacil.report.document import Report


class Format(StrEnum):
    """A form; its value is what people type."""

    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"
    TEXT = "txt"
    JSON = "json"
    CSV = "csv"
    JIRA = "jira"
    ICS = "ics"

    @property
    def ending(self) -> str:
        """What the name of a file ends in."""
        return "jira.csv" if self is Format.JIRA else self.value

    @property
    def public(self) -> bool:
        """Whether it can leave things out, as the version for readers outside does."""
        return self in _PUBLIC


_PUBLIC: Final = frozenset([Format.MARKDOWN, Format.HTML, Format.PDF, Format.TEXT])


@dataclass(frozen=True, slots=True)
class Manner:
    """How a report is written: `hidden` are the words to mask for readers outside, None for readers inside.

    `templates` are a team's own, by form; pmfacil's are used for the others.
    """

    hidden: tuple[str, ...] | None = None
    templates: Mapping[Format, str] = field(default_factory=dict)


INSIDE: Final = Manner()


def read_forms(said: str) -> tuple[Format, ...]:
    """Return the forms that a line names, each once; refuses with `Unfit` what is none, and an empty line."""
    words = [word.strip().casefold() for word in said.replace(",", " ").split()]
    unknown = [word for word in words if word not in set(Format)]
    if unknown or not words:
        msg = f"“{', '.join(unknown) or said}” is no format; {', '.join(Format)} are."
        raise Unfit(msg)
    return tuple(Format(word) for word in dict.fromkeys(words))


def rendered(form: Format, pm: PostMortem, sitting: Sitting | None, now: datetime, manner: Manner = INSIDE) -> bytes:
    """Return the report in that form, as a file holds it; refuses with `Unfit` where a template is wrong.

    JSON holds everything, so that an import gives back an equal post-mortem.
    """
    if form is Format.PDF:
        from pmfacil.report.pdf import pdf  # noqa: PLC0415 - Typst is loaded when a page is wanted

        return pdf(_report(pm, sitting, now, manner))
    return render(form, pm, sitting, now, manner).encode()


def render(form: Format, pm: PostMortem, sitting: Sitting | None, now: datetime, manner: Manner = INSIDE) -> str:
    """Return the report in a form that is text; refuses with `Unfit` one that is not, and a template that is wrong."""
    match form:
        case Format.MARKDOWN | Format.HTML | Format.TEXT:
            return _told(form, _report(pm, sitting, now, manner), manner)
        case Format.PDF:
            msg = "A PDF is no text. Write it into a file."
            raise Unfit(msg)
        case Format.JSON:
            return codec.document(pm, sitting)
        case Format.CSV | Format.JIRA:
            from pmfacil.report import tables  # noqa: PLC0415 - seldom wanted

            return tables.jira_csv(pm) if form is Format.JIRA else tables.actions_csv(pm)
        case Format.ICS:
            from pmfacil.report.calendar import calendar  # noqa: PLC0415 - its library takes its time

            return calendar(pm, now)
        case _:
            assert_never(form)


def outside_title(pm: PostMortem, hidden: tuple[str, ...]) -> str:
    """Return the title of a post-mortem as readers outside see it."""
    from pmfacil.report.external import external  # noqa: PLC0415 - seldom wanted

    return external(compose(pm, None, pm.created_at), pm, hidden).report.title


def _told(form: Format, report: Report, manner: Manner) -> str:
    if (template := manner.templates.get(form)) is not None:
        from pmfacil.report.templates import Kind, filled  # noqa: PLC0415 - few teams have templates

        return filled(Kind.HTML if form is Format.HTML else Kind.MARKDOWN, template, report)
    match form:
        case Format.HTML:
            return html(report)
        case Format.TEXT:
            from pmfacil.report.text import text  # noqa: PLC0415 - seldom wanted

            return text(report)
        case _:
            return markdown(report)


def _report(pm: PostMortem, sitting: Sitting | None, now: datetime, manner: Manner) -> Report:
    report = compose(pm, sitting, now)
    if manner.hidden is None:
        return report
    from pmfacil.report.external import external  # noqa: PLC0415 - seldom wanted

    return external(report, pm, manner.hidden).report
