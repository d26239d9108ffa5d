"""The forms in which a report can be written."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from pmfacil import codec
from pmfacil.report.composing import compose
from pmfacil.report.html import html
from pmfacil.report.markdown import markdown

if TYPE_CHECKING:
    from datetime import datetime

    from pmfacil.core.model import PostMortem
    from pmfacil.core.sitting import Sitting


class Format(StrEnum):
    """A form; its value is what people type and what file names end in."""

    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"


def render(form: Format, pm: PostMortem, sitting: Sitting | None, now: datetime) -> str:
    """Return the report in that form; JSON holds everything, so that an import gives back an equal post-mortem."""
    match form:
        case Format.MARKDOWN:
            return markdown(compose(pm, sitting, now))
        case Format.HTML:
            return html(compose(pm, sitting, now))
        case Format.JSON:
            return codec.document(pm, sitting)
        case _:
            assert_never(form)
