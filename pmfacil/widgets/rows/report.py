"""The report as rows: a preview on the screen, without Markdown widgets that would read markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.report.outline import Role
from pmfacil.widgets.ledger import Row
from pmfacil.widgets.plain import joined, plain
from pmfacil.widgets.rows import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pmfacil.report.outline import PreviewLine

_STYLES: Final = {
    Role.TITLE: "bold $primary",
    Role.HEADING: "bold $accent",
    Role.NOTICE: "bold $accent",
    Role.QUIET: "$quiet",
}
_AIRY: Final = (Role.TITLE, Role.HEADING)  # what gets an empty line above it


def preview_rows(lines: Iterable[PreviewLine], remarks: Iterable[str]) -> list[Row]:
    """Return what to look at before export, then the whole report. Nothing in it can be highlighted."""
    return list(_rows(lines, tuple(remarks)))


def _rows(lines: Iterable[PreviewLine], remarks: tuple[str, ...]) -> Iterator[Row]:
    if remarks:
        yield parts.heading("Before you export", "nothing here stops you")
        for remark in remarks:
            yield Row("", plain("  · ", parts.ACCENT), plain(remark))
        yield parts.blank()
    first = True
    for line in lines:
        if line.role in _AIRY and not first:
            yield parts.blank()
        first = False
        style = _STYLES.get(line.role, "")
        yield Row("", plain(line.lead, parts.QUIET), joined(plain(line.text, style), parts.tail(line.note)))
