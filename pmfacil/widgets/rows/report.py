"""The report as rows: a preview on the screen, without Markdown widgets that would read markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.report.outline import Role
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.row import Row
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pmfacil.report.checks import Remark
    from pmfacil.report.outline import PreviewLine
    from pmfacil.report.pdf import Pages
    from pmfacil.widgets.glyphs import Glyphs

_STYLES: Final = {
    Role.TITLE: "bold $primary",
    Role.HEADING: "bold $accent",
    Role.NOTICE: "bold $accent",
    Role.QUIET: "$quiet",
}
REMARK: Final = "remark:"
_MOST_PAGES: Final = 2  # product.md, section 8
_CALLED: Final = {
    "md": "Markdown",
    "html": "HTML, one file",
    "pdf": "PDF",
    "txt": "plain text",
    "json": "JSON, complete",
    "csv": "CSV of actions",
    "jira": "CSV for Jira",
    "ics": "calendar",
}
_AIRY: Final = (Role.TITLE, Role.HEADING)  # what gets an empty line above it


def preview_rows(
    lines: Iterable[PreviewLine], remarks: Sequence[Remark], masked: Sequence[tuple[str, int]] | None = None
) -> list[Row]:
    """Return what to look at before export, then the whole report; only what can be gone to can be highlighted.

    `masked` is what the version for readers outside hides, None for the whole report.
    """
    return [*_looks(remarks), *(_hidden(masked) if masked is not None else ()), *_rows(lines)]


def outgoing_rows(forms: Sequence[str], folder: str, pages: Pages | None, glyphs: Glyphs) -> list[Row]:
    """Return in which forms the report goes out, where to, and how long it is."""
    rows = [parts.heading("Goes out as")]
    rows += [Row("", plain(f"  {glyphs.tick} ", parts.GOOD), plain(_CALLED.get(form, form))) for form in forms]
    rows += [parts.blank(), parts.heading("Into"), Row("", plain("  "), plain(folder)), parts.blank()]
    rows.append(parts.heading("How long"))
    if pages is None:
        return [*rows, parts.note("being measured", indent=2)]
    main = plain(_counted(pages.main, "page"), parts.ACCENT if pages.main > _MOST_PAGES else "")
    rows.append(Row("", plain("  "), main))
    if pages.main > _MOST_PAGES:
        advice = "Two are read. Star the entries that tell the story: the others go to the appendix."
        rows.append(parts.note(advice, indent=2))
    appendix = f"{_counted(pages.appendix, 'page')} of appendix" if pages.appendix else "no appendix"
    return [*rows, Row("", plain("  "), plain(appendix))]


def said_pages(pages: Pages | None) -> str:
    """Return how long a report is, for the header; nothing before it is measured."""
    if pages is None:
        return "as it stands"
    main = _counted(pages.main, "page")
    return f"{main} + {pages.appendix} of appendix" if pages.appendix else main


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _looks(remarks: Sequence[Remark]) -> Iterator[Row]:
    if not remarks:
        return
    yield parts.heading("Before it goes out", "nothing here stops you; Enter goes there")
    for place, remark in enumerate(remarks):
        yield Row(f"{REMARK}{place}", plain("  · ", parts.ACCENT), plain(remark.sentence))
    yield parts.blank()


def _hidden(masked: Sequence[tuple[str, int]]) -> Iterator[Row]:
    yield parts.heading("For readers outside", "what is masked, and how often")
    if not masked:
        yield parts.note("Nothing had to be masked.", indent=2)
    for words, times in masked:
        yield Row("", plain("  · ", parts.ACCENT), joined(plain(words), parts.tail(f"{times}×")))
    yield parts.blank()


def _rows(lines: Iterable[PreviewLine]) -> Iterator[Row]:
    first = True
    for line in lines:
        if line.role in _AIRY and not first:
            yield parts.blank()
        first = False
        style = _STYLES.get(line.role, "")
        yield Row("", plain(line.lead, parts.QUIET), joined(plain(line.text, style), parts.tail(line.note)))
