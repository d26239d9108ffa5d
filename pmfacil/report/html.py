"""The report as one HTML file: no script, no network, prints on A4, reads well in light and dark."""

from __future__ import annotations

import html as escaping
from importlib.resources import files
from typing import TYPE_CHECKING, assert_never

from pmfacil.core.text import visible
from pmfacil.report.document import Bullets, Paragraph, Strip, Table, Tree
from pmfacil.report.drawing import strip_svg, tree_svg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pmfacil.report.document import Block, Item, Report, Section


def escaped(text: str) -> str:
    """Return text that HTML shows as it was typed."""
    return escaping.escape(visible(text), quote=True)


def html(report: Report) -> str:
    """Return the report as a self-contained page."""
    return "\n".join(_page(report, style())) + "\n"


def style() -> str:
    """Return the styles of a page."""
    return files("pmfacil.report").joinpath("report.css").read_text(encoding="utf-8")


def body(section: Section) -> str:
    """Return what stands under the heading of a section."""
    return "\n".join(line for block in section.blocks for line in _block(block))


def _page(report: Report, style: str) -> Iterator[str]:
    yield "<!doctype html>"
    yield '<html lang="en-GB">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>{escaped(report.title)} – post-mortem</title>"
    yield f"<style>\n{style}</style>"
    yield "</head>"
    yield "<body>"
    yield "<main>"
    yield "<header>"
    yield "<p class=kicker>Post-mortem</p>"
    yield f"<h1 dir=auto>{escaped(report.title)}</h1>"
    yield "<dl>"
    for label, value in report.facts:
        yield f"<div><dt>{escaped(label)}</dt><dd dir=auto>{escaped(value)}</dd></div>"
    yield "</dl>"
    yield "</header>"
    for section in report.sections:
        yield from _section(section, 2)
    if report.appendix:
        yield '<section class=appendix aria-label="Appendix">'
        yield "<h2>Appendix</h2>"
        for section in report.appendix:
            yield from _section(section, 3)
        yield "</section>"
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"<section><h{level}>{escaped(section.title)}</h{level}>"
    yield body(section)
    yield "</section>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text, notice):
            yield f"<p dir=auto{' class=notice' if notice else ''}>{escaped(text)}</p>"
        case Bullets(items):
            yield from _bullets(items)
        case Table(headings, rows):
            yield from _table(headings, rows)
        case Strip(moments, spans):
            yield from strip_svg(moments, spans)
        case Tree(root, items):
            yield from tree_svg(root, items)
        case _:
            assert_never(block)


def _bullets(items: Sequence[Item]) -> Iterator[str]:
    yield "<ul>"
    for item in items:
        depth = f" style=--depth:{item.depth}" if item.depth else ""
        label = f"<b>{escaped(item.label)}</b> " if item.label else ""
        note = f" <i dir=auto>{escaped(item.note)}</i>" if item.note else ""
        yield f"<li{depth}>{label}<span dir=auto>{escaped(item.text)}</span>{note}</li>"
    yield "</ul>"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "<div class=table><table>"
    yield f"<thead><tr>{''.join(f'<th scope=col>{escaped(heading)}</th>' for heading in headings)}</tr></thead>"
    yield "<tbody>"
    for first, *others in rows:
        cells = "".join(f"<td dir=auto>{escaped(cell)}</td>" for cell in others)
        yield f"<tr><th scope=row dir=auto>{escaped(first)}</th>{cells}</tr>"
    yield "</tbody></table></div>"
