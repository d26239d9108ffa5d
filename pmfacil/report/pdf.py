"""The report on paper: A4, set by Typst, without a network or a font of this machine."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import ascii_uppercase
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, cast

import typst

from pmfacil.core.text import kept, shortened, visible

if TYPE_CHECKING:
    from pmfacil.report.document import Report, Section

_FOOTER: Final = 90  # letters of the title that the foot of a page has room for

# None of the fonts inside Typst can draw these: the pictures of control characters, and most emoji.
_PICTURES: Final = (
    "\u2400-\u2426\u26b3-\u26ff\u2705\u270a\u270b\u2716\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797"
    "\U0001f000-\U0001f6d0\U0001f6d2-\U0001f77f\U0001f900-\U0001faff"
)
_GLUE: Final = "\u200d\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"  # joins emoji, or colours them
_UNDRAWN: Final = re.compile(f"[{_PICTURES}][{_PICTURES}{_GLUE}]*")
_UNTOLD: Final = re.compile(f"[{_GLUE}]")
_FLAGS: Final = {0x1F1E6 + place: letter for place, letter in enumerate(ascii_uppercase)}  # the letters of countries


@dataclass(frozen=True, slots=True)
class Pages:
    """How many pages the report takes: what everybody reads, and the appendix."""

    main: int
    appendix: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A report as a PDF, and how long it became."""

    data: bytes
    pages: Pages


def pdf(report: Report) -> bytes:
    """Return the report as a PDF; the same report is the same bytes, everywhere."""
    return printed(report).data


def pages(report: Report) -> Pages:
    """Return how many pages the report takes on paper."""
    return printed(report).pages


def printed(report: Report) -> Printed:
    """Return the report as a PDF together with its length, for one and the same effort."""
    with TemporaryDirectory(prefix="pmfacil-") as folder:
        # The folder holds the template and nothing else, so that there is nothing else to be read.
        root = Path(folder)
        template = root / "report.typ"
        template.write_bytes(_template())
        compiler = typst.Compiler(
            template,
            root=root,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"report": json.dumps(_told(report))},
            package_path=root,
            package_cache_path=root,
        )
        try:
            data = compiler.compile(format="pdf", pdf_standards=["ua-1"])
        except typst.TypstError:
            # The standard for accessible documents allows no letter without a glyph; people do.
            data = compiler.compile(format="pdf")
        counted = json.loads(compiler.query("<pages>", field="value", one=True))
    # A PDF without an output path comes back as bytes; pages of pictures would be a list.
    return Printed(cast("bytes", data), Pages(counted["main"], counted["all"] - counted["main"]))


@cache
def _template() -> bytes:
    return files("pmfacil.report").joinpath("report.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _told(report: Report) -> object:
    return _plain(
        {
            "title": report.title,
            "footer": shortened(report.title, _FOOTER),
            "facts": report.facts,
            "sections": [_section(section) for section in report.sections],
            "appendix": [_section(section) for section in report.appendix],
        }
    )


def _section(section: Section) -> dict[str, object]:
    blocks = [{"is": type(block).__name__.lower(), **asdict(block)} for block in section.blocks]
    return {"title": section.title, "key": section.key, "blocks": blocks}


def _plain(value: object) -> object:
    """Return what JSON can hold, with every text in it fit to be shown."""
    match value:
        case str():
            return _UNDRAWN.sub(_named, visible(kept(value)).translate(_FLAGS))
        case dict():
            return {key: _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return value


def _named(found: re.Match[str]) -> str:
    """Return pictures as their names: a fire in words says more than an empty box."""
    drawn = _UNTOLD.sub("", found[0]) or found[0]
    names = (unicodedata.name(one, f"U+{ord(one):X}").lower() for one in drawn)
    return f"‹{' '.join(name.removeprefix('symbol for ') for name in names)}›"
